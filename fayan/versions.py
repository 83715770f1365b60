"""Two versions of a policy, compared: the Python door to what ``fayan diff`` prints."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from attrs import define

from fayan.policy import Policy, load
from fayan_runtime.printable import Printable

if TYPE_CHECKING:
    from fayan_runtime.comparison import Comparison


@define(eq=False)
class Diff(Printable):
    """What changed, for whom and to how much."""

    comparison: Comparison

    def _document(self, format: str, language: str) -> str:
        from fayan_runtime.explain.render import render_comparison

        return render_comparison(self.comparison, format, language)


def diff(old: Policy | str | os.PathLike[str], new: Policy | str | os.PathLike[str]) -> Diff:
    """Compare two policies, given as loaded or as files. Errors of either raise :class:`fayan.PolicyError`."""
    from fayan_compiler.diff.versions import compare_versions
    from fayan_compiler.examples import compile_examples

    before, after = (each if isinstance(each, Policy) else load(each) for each in (old, new))
    cases = [compile_examples(each.tree, each.program)[0] for each in (before, after)]
    return Diff(compare_versions(before.program, after.program, *cases))
