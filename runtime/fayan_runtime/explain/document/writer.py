"""What the parts of the document share: a program in one language, which readings an expression rests on, how measures are called."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from attrs import define, field

from fayan_runtime import ir, walk
from fayan_runtime.explain.document.words import labels
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.explain.phrase.written import Writer
from fayan_runtime.names import OWN

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


@define
class Scribe:
    program: ir.Program
    language: str
    tongue: Tongue = field(init=False)
    label: dict[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.tongue = tongue(self.language)
        self.label = labels(self.language)

    def said(self, name: str, *parts: str) -> str:
        return self.label[name].format(*parts)

    def writer(self, own: str = "", opening: bool = True) -> Writer:
        """``own`` is the list of the rule's items."""
        return Writer(self.tongue, self.program, lists={OWN: own} if own else {}, opening=opening)

    def listed(self, parts: Iterable[str]) -> str:
        return self.tongue.numbers.listed(parts)

    def called(self, number: int) -> str:
        return self.said("measure", str(number)) if number else self.label["preamble"]

    def measures(self, numbers: Iterable[int]) -> str:
        """措施3、5—8、10."""
        order = sorted(set(numbers))
        runs: list[list[int]] = []
        for number in filter(None, order):
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        parts = [f"{run[0]}—{run[-1]}" if len(run) > 2 else self.listed(str(each) for each in run) for run in runs]
        several = [self.said("measures" if len(order) > 1 else "measure", self.listed(parts))] if parts else []
        return self.listed(([self.label["preamble"]] if 0 in order else []) + several)

    def is_common(self, period: ir.Period) -> bool:
        """Whether a period holds for more than one measure: it stands outside them, and each rule has it."""
        of = {rule.measure for rule in self.program.provisions if period in rule.periods}
        return len(of) > 1 and not period.origin.quote

    def rules_of(self, number: int) -> list[ir.Provision]:
        return [each for each in self.program.provisions if each.measure == number]

    def definitions(self, measure: int | None) -> list[ir.Function]:
        """Those that stand in a measure (None: outside measures) of this very document."""
        number = self.program.number
        return [each for each in self.program.functions if own(each, number) and each.measure == measure]

    def taken(self) -> list[ir.Function]:
        """Those of other documents."""
        return [each for each in self.program.functions if not own(each, self.program.number)]

    def readings(self, *nodes: object) -> tuple[str, ...]:
        """The readings the expressions rest on, through definitions, in order of declaration."""
        functions = {each.name: each for each in self.program.functions}
        found: set[str] = set()
        opened: set[str] = set()
        todo = list(nodes)
        while todo:
            for each in walk.inside(todo.pop()):
                match each:
                    case ir.Choose(reading=reading):
                        found.add(reading)
                    case ir.Call(function=name) if name not in opened:
                        opened.add(name)
                        todo.append(functions[name].body)
        return tuple(each.id for each in self.program.readings if each.id in found)

    def ids(self, readings: Iterable[str]) -> str:
        return self.listed(readings)

    def settled(self, expr: ir.Expr) -> ir.Const | None:
        """The constant an expression comes to under the readings taken, if it does."""
        writer = self.writer()
        opened = writer.opened(expr)
        while isinstance(opened, ir.Call):
            opened = writer.opened(writer.function(opened.function).body)
        return opened if isinstance(opened, ir.Const) else None

    def applies(self, expr: ir.Expr) -> bool:
        """Whether something between rules applies under the readings taken."""
        from fayan_runtime.interpreter import Env, evaluate
        from fayan_runtime.values import Facts

        taken = {each.id: each.options[0][0] for each in self.program.readings if each.options}
        return evaluate(expr, Env(self.program, Facts({}, ""), date.min, taken)) is True

    def time(self, text: str) -> str:
        """2025年, 2025年12月31日 or 2025-12-31, as it was written, in the language."""
        if _ISO.fullmatch(text):
            return self.tongue.numbers.day(date.fromisoformat(text))
        found = _TIME.fullmatch(text.replace(" ", ""))
        if found is None:
            return text
        year, month, day = (int(each) if each else 0 for each in found.groups())
        if day:
            return self.tongue.numbers.day(date(year, month, day))
        return self.tongue.numbers.month(year * 12 + month - 1) if month else self.tongue.numbers.year(year)


def own(function: ir.Function, number: str) -> bool:
    return function.document in ("", number)
