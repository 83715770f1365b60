"""What examples put to the test, in words and as data: what is still to be tried first, then thresholds and readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from fayan.examples.suggest import Suggestion
from fayan.examples.trial import Report
from fayan_dsl.problem import Language
from fayan_runtime.coverage import Atom, Branch, Coverage, Goal

NEAR = {"below": ("略低", "just below"), "at": ("恰好", "at"), "above": ("略高", "just above")}


@frozen
class Share:
    met: int
    total: int

    @classmethod
    def of(cls, coverage: Coverage) -> Share:
        goals = coverage.goals
        return cls(sum(goal.covered for goal in goals), len(goals))

    @property
    def percent(self) -> int:
        """Rounded down: 100 only where all is met."""
        return 100 * self.met // self.total if self.total else 100

    def reaches(self, least: int) -> bool:
        return 100 * self.met >= least * self.total


def lines(report: Report, language: Language) -> list[str]:
    """In text: the goals not met by rule, the thresholds not neared on all sides, the options never chosen."""
    zh, coverage = language == "zh", report.coverage
    missing = [goal for goal in coverage.goals if not goal.covered]
    found: list[str] = []
    if missing:
        found += [
            "",
            "没有试到的：" if zh else "Not tried:",
            *by_owner(report, ((goal.of, lacking(goal, zh)) for goal in missing)),
        ]
    sides = [
        (atom, "、".join(NEAR[each][0] for each in lacks) if zh else ", ".join(NEAR[each][1] for each in lacks))
        for atom in coverage.atoms
        if atom.threshold and (lacks := [each for each in NEAR if each not in atom.near])
    ]
    if sides:
        found += ["", "门槛附近没有试过的：" if zh else "Thresholds not neared:"]
        found += by_owner(report, ((atom, f"没有{said}的" if zh else f"nothing {said}") for atom, said in sides))
    left = [f"{id} {'、'.join(options)}" for id, options in unused(coverage).items() if options]
    if left:
        found += ["", f"没有用过的口径：{'；'.join(left)}" if zh else f"Readings never used: {'; '.join(left)}"]
    return found


def by_owner(report: Report, told: Iterable[tuple[Atom | Branch, str]]) -> list[str]:
    """Under the rule or definition, each with its line and words."""
    found: list[str] = []
    owner = last = ""
    for of, said in told:
        if of.owner != owner:
            owner = of.owner
            found.append(f"  {owner}")
        place = f"    {report.path}:{of.line}  {of.text}"
        if place != last:
            found.append(place)
        last = place
        found.append(f"        {said}")
    return found


def lacking(goal: Goal, zh: bool) -> str:
    of = goal.of
    if isinstance(of, Branch):
        return "没有走到过" if zh else "never taken"
    holds = ("成立" if goal.outcome else "不成立") if zh else ("hold" if goal.outcome else "fail")
    if goal.outcome in of.seen:
        return f"{holds}过，但那时别的条件已经定了结果" if zh else f"seen to {holds}, but something else decided then"
    return f"没有{holds}的情形" if zh else f"never seen to {holds}"


def unused(coverage: Coverage) -> dict[str, list[str]]:
    """The options of each computed reading that no example goes by."""
    used: dict[str, set[str]] = {}
    for branch in coverage.branches:
        if branch.reading:
            used.setdefault(branch.reading, set()).update(branch.options if branch.taken else ())
    declared = {each.id: [option for option, _ in each.options] for each in coverage.program.readings}
    return {id: [option for option in declared[id] if option not in options] for id, options in used.items()}


# ---------------------------------------------------------------- suggestions


def suggestions(answer: str, report: Report, found: Sequence[Suggestion], language: Language) -> list[str]:
    """Everything but the blocks is a comment, so that the whole can be pasted at the end of a measure."""
    zh = language == "zh"
    left = [goal for goal in report.coverage.goals if not goal.covered]
    if zh:
        head = f"# 下面 {len(found)} 个示例可以补上没有试到的。结果是照现在的规则算出来的，请人逐个核对，对了再去掉“待核对”。"
        head = head if found else "# 没有可以补的示例。"
    else:
        head = f"# These {len(found)} examples try what has not been tried. What they expect was computed by the rules as they are: have it checked."
        head = head if found else "# There is no example to add."
    lines = [f"# {answer}", head, ""]
    for each in found:
        lines += [*each.text.split("\n")]
    if left:
        lines.append(
            "# 没有找到能试到下面这些的情形，也许本来就试不到："
            if zh
            else "# No case was found for these; perhaps there is none:"
        )
        lines += [f"# {line}" for line in by_owner(report, ((goal.of, lacking(goal, zh)) for goal in left))]
    return lines


# ---------------------------------------------------------------- data


def document(report: Report) -> dict[str, Any]:
    share = Share.of(report.coverage)
    return {
        "met": share.met,
        "total": share.total,
        "percent": share.percent,
        "conditions": [
            {
                **place(report, atom),
                "true": True in atom.seen,
                "false": False in atom.seen,
                "decided_true": True in atom.decided,
                "decided_false": False in atom.decided,
                "threshold": [each for each in NEAR if each in atom.near] if atom.threshold else None,
            }
            for atom in report.coverage.atoms
        ],
        "branches": [
            {**place(report, each), "reading": each.reading, "options": list(each.options), "taken": each.taken}
            for each in report.coverage.branches
        ],
        "unused_readings": {id: options for id, options in unused(report.coverage).items() if options},
    }


def place(report: Report, of: Atom | Branch) -> dict[str, str]:
    return {"of": of.owner, "text": of.text, "at": f"{report.path}:{of.line}"}


def suggestion(report: Report, of: Suggestion) -> dict[str, Any]:
    covers = [
        {**place(report, goal.of), "outcome": goal.outcome if isinstance(goal.of, Atom) else "taken"}
        for goal in of.covers
    ]
    return {"rule": of.rule, "example": of.text, "covers": covers}
