"""Two versions of a policy, compared: the Python door to what ``fayan diff`` prints."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from attrs import define, evolve

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


def diff(
    old: Policy | str | os.PathLike[str], new: Policy | str | os.PathLike[str], names: tuple[str, str] | None = None
) -> Diff:
    """Compare two policies, given as loaded or as files. Errors of either raise :class:`fayan.PolicyError`.

    ``names`` tell apart two versions with one document number, such as two revisions of a draft; else the names of the files do.
    """
    from fayan_compiler.diff.versions import compare_versions
    from fayan_compiler.examples import compile_examples

    before, after = (each if isinstance(each, Policy) else load(each) for each in (old, new))
    cases = [compile_examples(each.tree, each.program)[0] for each in (before, after)]
    found = compare_versions(before.program, after.program, *cases)
    return Diff(evolve(found, names=names or (before.tree.source.name, after.tree.source.name)))


def diff_revisions(file: str | os.PathLike[str], old: str, new: str | None = None) -> Diff:
    """Compare a policy in a git repository as it was at ``old`` with what it was at ``new``, or is on disk.

    What it refers to is taken from the same revision. A revision or path that is not there raises :class:`fayan.FayanError`.
    """
    from fayan.repository import Repository

    repository = Repository.of(str(file))
    before, after = (None if each is None else repository.revision(each) for each in (old, new))
    assert before is not None
    versions = before.load(str(file)), load(file) if after is None else after.load(str(file))
    return diff(*versions, names=(before.label, str(file) if after is None else after.label))
