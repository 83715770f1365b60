"""Two versions of a policy, compared: the Python door to what ``fayan diff`` prints."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import define, evolve

from fayan.errors import UsageError
from fayan.not_in_force import not_in_force
from fayan.policy import Policy, compile_source, load
from fayan_runtime.printable import Printable, PrintablePolicy

if TYPE_CHECKING:
    from fayan_runtime.comparison import Comparison
    from fayan_runtime.timeline import Chronicle, Pick


@define(eq=False)
class Diff(Printable):
    """What changed, for whom and to how much."""

    comparison: Comparison
    policies: tuple[Policy, Policy]

    def over(
        self,
        tables: Iterable[str | os.PathLike[str]],
        on: date | str,
        readings: Mapping[str, str] | None = None,
        engine: str = "",
    ) -> Diff:
        """With what it comes to for the enterprises of some tables, decided by both versions on the day ``on``.

        A reading that only one version has is chosen there.
        """
        from fayan.population.effects import effects

        given = dict(readings or {})
        ours = [{each.id for each in policy.program.readings} for policy in self.policies]
        questions = [
            policy.question(
                on, {id: option for id, option in given.items() if id in own or id not in ours[0] | ours[1]}
            )
            for policy, own in zip(self.policies, ours, strict=True)
        ]
        found = effects(self.policies, (questions[0], questions[1]), self.comparison, [*tables], engine)
        return Diff(evolve(self.comparison, effects=found), self.policies)

    def _document(self, format: str, language: str) -> str:
        from fayan_runtime.explain.render import render_comparison

        return render_comparison(self.comparison, format, language)


@define(eq=False)
class Timeline(Printable):
    """Which version of a policy and which of its rules held when, and what lies between."""

    chronicle: Chronicle

    def _document(self, format: str, language: str) -> str:
        from fayan_runtime.explain.render import render_timeline

        return render_timeline(self.chronicle, format, language)


def timeline(versions: Iterable[Policy | str | os.PathLike[str]]) -> Timeline:
    """The versions of a policy in time, given as loaded or as files, in any order."""
    from fayan_runtime.timeline import chronicle

    loaded = [each if isinstance(each, Policy) else load(each) for each in versions]
    return Timeline(chronicle([(each.program, each.tree.source.name) for each in loaded]))


@define(eq=False)
class InForce(PrintablePolicy):
    """The version that holds on a day, and why it is this one."""

    policy: Policy
    pick: Pick

    def _document(self, format: str, language: str) -> str:
        from fayan_runtime.explain.render import render_policy

        return render_policy(self.policy.program, format, language, self.pick)


def in_force(versions: Iterable[Policy | str | os.PathLike[str]], on: date | str) -> InForce:
    """Which of several versions of a policy holds on a day: the last to take effect of those that have not ended.

    None, or none that can be told, raises :class:`fayan.UsageError`; a date that was not seen is never guessed.
    """
    from fayan import choices
    from fayan_runtime import timeline

    day, problems = choices.read_date(on, "on") if isinstance(on, str) else (on, [])
    if day is None:
        raise UsageError(problems)
    loaded = [each if isinstance(each, Policy) else load(each) for each in versions]
    found = timeline.versions_of([(each.program, each.tree.source.name) for each in loaded])
    pick = timeline.in_force(found, day)
    problem = not_in_force(found, pick)
    if problem is not None:
        raise UsageError([problem])
    return InForce(next(each for each in loaded if pick.version and each.program is pick.version.program), pick)


def diff(
    old: Policy | str | os.PathLike[str], new: Policy | str | os.PathLike[str], names: tuple[str, str] | None = None
) -> Diff:
    """Compare two policies, given as loaded or as files. Errors of either raise :class:`fayan.PolicyError`.

    ``names`` tell apart two versions with one document number, such as two revisions of a draft; else the names of the files do.
    """
    from fayan.examples.hold import tried
    from fayan_compiler.diff.versions import compare_versions

    before, after = (each if isinstance(each, Policy) else load(each) for each in (old, new))
    sides = [tried(each) for each in (before, after)]
    # what cannot be read in one version is there all the same: neither gone nor new
    left_out = sides[0].unreadable | sides[1].unreadable
    cases = [[case for case in each.cases if case.title not in left_out] for each in sides]
    found = compare_versions(before.program, after.program, *cases)
    found = evolve(found, rejected_examples=(sides[0].rejected, sides[1].rejected))
    names = names or (before.tree.source.name, after.tree.source.name)
    return Diff(evolve(found, names=names), (before, after))


def diff_revisions(file: str | os.PathLike[str], old: str, new: str | None = None) -> Diff:
    """Compare a policy in a git repository as it was at ``old`` with what it was at ``new``, or is on disk.

    A file that was renamed in between is found by either name. What it refers to is taken from the same revision. A revision or path
    that is not there raises :class:`fayan.FayanError`.
    """
    from fayan.documents.repository import Repository

    repository = Repository.of(str(file))
    before, after = (None if each is None else repository.revision(each) for each in (old, new))
    assert before is not None
    path = then = now = repository.path_of(str(file))
    if before.kind(path) != "blob":
        then = repository.path_then(path, before, after)
    elif after is not None and after.kind(path) != "blob":
        now = repository.renamed(before, after).get(path, path)
    was = compile_source(*before.policy(str(file), then))
    has_become = load(file) if after is None else compile_source(*after.policy(str(file), now))
    names = before.label, str(file) if after is None else after.label
    if then != now:
        names = f"{names[0]} {then}", names[1] if after is None else f"{names[1]} {now}"
    return diff(was, has_become, names=names)
