"""What every lint on 原文 is: a finding that a policy may let stand."""

from __future__ import annotations

from typing import ClassVar

from fayan_dsl.problem import Problem


class Lint(Problem):
    """A finding that ``容许 {word} 因 …`` lets stand."""

    #: What the check is called in a policy.
    word: ClassVar[str]
