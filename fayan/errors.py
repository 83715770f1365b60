"""What the doors raise: something the caller gave is wrong, and problems say what and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fayan_dsl.problem import Problem


class FayanError(Exception):
    """Something the caller gave is wrong; ``problems`` say what and where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        from fayan.messages.render import render

        return render(self.problems)


class PolicyError(FayanError):
    """The policy file cannot be read or has errors."""


class FactsError(FayanError):
    """The facts cannot be read or do not fit what the policy declares."""


class UsageError(FayanError):
    """A date, reading or measure asked for is not there."""
