"""The enterprises that show what a comparison says, each as a facts file that ``fayan eval`` takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fayan_runtime.either import Given, given

if TYPE_CHECKING:
    from fayan_runtime.comparison import Comparison
    from fayan_runtime.explain.diff.examples import WitnessWords
    from fayan_runtime.verdicts import Plain, Verdict, Witness

_SHOWS = {"gains": "新版才有", "loses": "新版没有了", "more": "新版多得", "less": "新版少得"}
#: Where the other version cannot work it out.
_FAILS = _SHOWS | {"gains": "旧版无法计算", "loses": "新版无法计算"}


def write_witnesses(comparison: Comparison, folder: str) -> list[str]:
    """Write them all; the names of the files, in the order of the verdicts. One file for both versions, or one for each where a version lacks
    a fact or the reading, or has the rule under another number or name in what was paid. One that shows the same under several readings is written once.

    Raises OSError.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    words = _words(comparison)
    written: dict[str, str] = {}
    files: list[str] = []
    for verdict, witness in _each(comparison):
        text = _facts(witness.facts)
        shows = (_FAILS if witness.fails else _SHOWS)[witness.shows]
        name = f"第{verdict.measure}条_{verdict.provision}_{shows}"
        name += "".join(f"_{id}_{option}" for id, option in verdict.readings)
        if written.setdefault(f"{verdict.provision}{text}", name) == name:
            sides = [_text(words, verdict, witness, each) for each in given(comparison, witness)]
            named = {name: sides[0]} if sides[0] == sides[1] else {f"{name}_旧版": sides[0], f"{name}_新版": sides[1]}
            for each, said in named.items():
                (place / f"{each}.yaml").write_text(said, "utf-8")
                files.append(f"{each}.yaml")
    return files


def _each(comparison: Comparison) -> Iterator[tuple[Verdict, Witness]]:
    for verdict in comparison.verdicts:
        for witness in verdict.witnesses:
            yield verdict, witness


def _words(comparison: Comparison) -> WitnessWords:
    from fayan_runtime.explain.diff.changes import ChangeWords
    from fayan_runtime.explain.diff.examples import WitnessWords
    from fayan_runtime.explain.diff.verdicts import VerdictWords

    return WitnessWords(VerdictWords(comparison, ChangeWords(comparison, "zh")))


def _text(words: WitnessWords, verdict: Verdict, witness: Witness, side: Given) -> str:
    """The facts, after what both versions make of them, for a reader; the day and the readings, as they are given on the command line."""
    reading = "".join(f" --reading {id}={option}" for id, option in side.readings.items())
    shown = words.view(verdict, witness)
    return (
        f"# 第{verdict.measure}条 {verdict.provision}：旧版 {shown.before}；新版 {shown.after}\n"
        f"# fayan eval 政策文件 --facts 本文件 --on {witness.on.isoformat()}{reading}\n" + _facts(side.facts)
    )


def _facts(facts: Plain) -> str:
    lines: list[str] = []
    for scope, own in facts.items():
        lines += [f"{scope}:" + ("" if own else " {}")]
        for name, value in own.items():
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
