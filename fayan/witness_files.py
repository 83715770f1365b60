"""The enterprises that show what a comparison says, each as a facts file that ``fayan eval`` takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fayan_runtime.interpreter import ENTERPRISE
from fayan_runtime.values import to_decimal

if TYPE_CHECKING:
    from fayan_compiler.diff.members import Plain
    from fayan_compiler.diff.replay import Version
    from fayan_runtime import ir
    from fayan_runtime.comparison import Comparison, Result, Verdict, Witness

_SHOWS = {"gains": "新版才有", "loses": "新版没有了", "more": "新版多得", "less": "新版少得"}


def write_witnesses(comparison: Comparison, folder: str) -> list[str]:
    """Write them all; the names of the files, in the order of the verdicts. One file for both versions, or one for each where a version lacks
    a fact or the reading, or has the rule under another number or name in what was paid. One that shows the same under several readings is written once.

    Raises OSError.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    versions = Versions(comparison)
    written: dict[str, str] = {}
    files: list[str] = []
    for verdict, witness in _each(comparison):
        text = _facts(witness.facts)
        name = f"第{verdict.measure}条_{verdict.provision}_{_SHOWS[witness.shows]}"
        name += "".join(f"_{id}_{option}" for id, option in verdict.readings)
        if written.setdefault(f"{verdict.provision}{text}", name) == name:
            sides = [_text(verdict, witness, *each) for each in versions.of(verdict, witness)]
            named = {name: sides[0]} if sides[0] == sides[1] else {f"{name}_旧版": sides[0], f"{name}_新版": sides[1]}
            for each, said in named.items():
                (place / f"{each}.yaml").write_text(said, "utf-8")
                files.append(f"{each}.yaml")
    return files


class Versions:
    """What each of the two versions can be given of an enterprise."""

    def __init__(self, comparison: Comparison) -> None:
        from fayan_compiler.diff.replay import Version

        self.old, self.new = Version(comparison.old, comparison.new), Version(comparison.new, comparison.old)
        #: Readings by their number in the old version, where the new one has another.
        self.was = {new: old for old, new in comparison.renumbered}
        self.named = {(type, new): old for type, old, new in comparison.members}

    def of(self, verdict: Verdict, witness: Witness) -> list[tuple[Plain, list[tuple[str, str]]]]:
        """For the old version and the new: the facts that it can be told, and the readings, as it calls those that it has."""
        from fayan_compiler.diff.align import Pair
        from fayan_compiler.diff.replay import Replay

        old, new = (
            next((each for each in version.program.provisions if each.name == name), None)
            for version, name in ((self.old, verdict.old), (self.new, verdict.provision))
        )
        before = Replay(self.old, self.new, Pair(old, new), ({}, {})).paid_as_before(witness.facts)
        then, now = self._as_called_then(self.old.told(before)), self.new.told(witness.facts)
        sides: tuple[tuple[Version, Plain, dict[str, str]], ...] = (self.old, then, self.was), (self.new, now, {})
        return [
            (
                {scope: facts for scope, facts in given.items() if facts or scope == ENTERPRISE},
                [(called.get(id, id), option) for id, option in verdict.readings if _has(version.program, id, option)],
            )
            for version, given, called in sides
        ]

    def _as_called_then(self, facts: Plain) -> Plain:
        """With the members that have another name now by the name they had."""

        def called(declared: ir.FactDecl, value: object) -> object:
            if isinstance(value, list):
                fields = {each.name: each for each in declared.fields}
                return [
                    {name: called(fields[name], each) for name, each in row.items()}
                    if isinstance(row, dict)
                    else called(declared, row)
                    for row in value
                ]
            return self.named.get((declared.type.name, value), value) if isinstance(value, str) else value

        of = self.old.words.facts
        return {
            scope: {name: called(of[scope, name], value) for name, value in own.items()} for scope, own in facts.items()
        }


def _each(comparison: Comparison) -> Iterator[tuple[Verdict, Witness]]:
    for verdict in comparison.verdicts:
        for witness in verdict.witnesses:
            yield verdict, witness


def _has(program: ir.Program, id: str, option: str) -> bool:
    return any(each.id == id and option in dict(each.options) for each in program.readings)


def _text(verdict: Verdict, witness: Witness, facts: Plain, readings: list[tuple[str, str]]) -> str:
    """The facts, after what both versions make of them, for a reader; the day and the readings, as they are given on the command line."""
    reading = "".join(f" --reading {id}={option}" for id, option in readings)
    return (
        f"# 第{verdict.measure}条 {verdict.provision}：旧版 {_said(witness.before)}；新版 {_said(witness.after)}\n"
        f"# fayan eval 政策文件 --facts 本文件 --on {witness.on.isoformat()}{reading}\n" + _facts(facts)
    )


def _said(result: Result) -> str:
    if result.status in ("", "unreadable"):
        return "没有这样的事实" if result.status else "没有这项规则"
    from fayan_runtime.explain.words import STATUS

    if result.status != "granted" or result.amount is None:
        return STATUS[result.status][0]
    said = f"{STATUS[result.status][0]} {to_decimal(result.amount):,}元"
    if result.payable is None or result.payable == result.amount:
        return said
    return f"{said}（抵扣已付以后还应付 {to_decimal(result.payable):,}元）"


def _facts(given: Plain) -> str:
    lines: list[str] = []
    for scope, facts in given.items():
        lines += [f"{scope}:" + ("" if facts else " {}")]
        for name, value in facts.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                lines.append(f"  {name}:")
                for row in value:
                    lines += [
                        f"    {'- ' if first else '  '}{key}: {_scalar(each)}" for first, (key, each) in _counted(row)
                    ]
            else:
                lines.append(f"  {name}: {_scalar(value)}")
    return "\n".join(lines) + "\n"


def _counted(row: dict[str, object]) -> Iterator[tuple[bool, tuple[str, object]]]:
    for number, item in enumerate(row.items()):
        yield number == 0, item


def _scalar(value: object) -> str:
    """As YAML and JSON both have it; a number with decimals as it is written, for it is one in whole 分 or hundredths of a percent."""
    match value:
        case bool():
            return "是" if value else "否"
        case None:
            return "null"
        case Fraction():
            return str(Decimal(value.numerator) / Decimal(value.denominator))
        case date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(_scalar, value))}]"
        case str():
            return json.dumps(value, ensure_ascii=False)
    return str(value)
