"""Every comparison with a number or a day that is laid down, and the reading it holds under where it is not the one used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import evolve, field, frozen

from fayan_runtime import ir, walk
from fayan_runtime.explain.document.writer import Scribe
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.explain.phrase.written import Writer, is_table

#: Options that are taken though they are not the ones used: (reading, option).
Taken = tuple[tuple[str, str], ...]
MEASURED = ("number", "date", "month", "year")


@frozen
class Threshold:
    measure: int
    text: str
    rules: tuple[str, ...]
    taken: Taken


def thresholds(scribe: Scribe) -> list[Threshold]:
    """In the order of the rules; what holds of a rule under the options used is told as such, though it holds under others
    too. Where one rule takes another option to get there, and the next does not, these are two thresholds."""
    found: dict[tuple[int, str, Taken], list[str]] = {}
    for rule in scribe.program.provisions:
        own: dict[str, Taken] = {}
        for text, taken in Walk(scribe).rule(rule):
            if text not in own or len(taken) < len(own[text]):
                own[text] = taken
        for text, taken in own.items():
            found.setdefault((rule.measure, text, taken), []).append(rule.name)
    return [Threshold(measure, text, tuple(names), taken) for (measure, text, taken), names in found.items()]


@frozen
class Walk:
    """Through one rule; ``seen`` are the definitions opened, with what they were opened for."""

    scribe: Scribe
    seen: set[tuple[object, ...]] = field(factory=set)

    def rule(self, rule: ir.Provision) -> Iterator[tuple[str, Taken]]:
        writer, tongue = self.scribe.writer(rule.each), self.scribe.tongue
        day = writer.say(rule.on) if rule.on is not None else self.scribe.label["stage_days"]
        for period in (each for each in rule.periods if not self.scribe.is_common(each)):
            edges: tuple[tuple[ir.Expr | None, Literal[">=", "<="]], ...] = ((period.start, ">="), (period.end, "<="))
            for end, op in edges:
                for constant, taken in self.ends(end, writer, ()):
                    test = ir.Compare(type=ir.Type("bool"), op=op, left=constant, right=constant, word=BOUND[op])
                    yield tongue.comparison(day, test, writer.say(constant)), taken
        for condition in (*rule.among, *rule.must, *rule.checks):
            yield from self.compared(condition.expr, writer, ())

    def ends(self, expr: ir.Expr | None, writer: Writer, taken: Taken) -> Iterator[tuple[ir.Const, Taken]]:
        """The days a period may begin or end with."""
        match expr:
            case ir.Const(value=value) if value is not None:
                yield expr, taken
            case ir.Choose():
                for arm, under, more in self.options(expr, writer, taken):
                    yield from self.ends(arm, under, more)
            case ir.Call():
                yield from self.ends(writer.function(expr.function).body, writer.inside(expr), taken)

    def compared(self, node: object, writer: Writer, taken: Taken) -> Iterator[tuple[str, Taken]]:
        match node:
            case tuple():
                for each in node:
                    yield from self.compared(each, writer, taken)
            case ir.Choose():
                for arm, under, more in self.options(node, writer, taken):
                    yield from self.compared(arm, under, more)
            case ir.Call():
                inner = writer.inside(node)
                key = (node.function, tuple(each.said.text for each in inner.params.values()), taken)
                body = writer.function(node.function).body
                if key not in self.seen and not rows_of(body) and not is_table(body):
                    self.seen.add(key)
                    yield from self.compared(body, inner, taken)
            case ir.Match(arms=arms) if (known := writer.constant(node.subject)) is not None:
                yield from self.compared(tuple(then for members, then in arms if known.value in members), writer, taken)
            case ir.Compare(op=op, right=right) if (
                op not in ("==", "!=") and right.type.kind in MEASURED and fixed(right)
            ):
                yield writer.say(node), taken
            case ir.Query(var=var, list=name):
                inner = evolve(writer, lists=writer.lists | {var: name})
                yield from self.compared((node.where, node.value), inner, taken)
            case ir.Node():
                for each in walk.children(node):
                    yield from self.compared(each, writer, taken)

    def options(self, expr: ir.Choose, writer: Writer, taken: Taken) -> Iterator[tuple[ir.Expr, Writer, Taken]]:
        """Each arm with the option that leads to it, those that contradict an option taken before left out."""
        declared = next(each.options for each in self.scribe.program.readings if each.id == expr.reading)
        before = writer.readings.get(expr.reading)
        for place, ((option, _), arm) in enumerate(zip(declared, expr.arms, strict=True)):
            if before in (None, option):
                under = evolve(writer, readings=writer.readings | {expr.reading: option})
                yield arm, under, taken + (((expr.reading, option),) if place and before is None else ())


BOUND = {">=": "不早于", "<=": "不晚于"}


def fixed(expr: ir.Expr) -> bool:
    """Whether the value is written down: constants and what is computed from them."""
    return all(isinstance(each, (ir.Const, ir.Add, ir.Mul)) for each in walk.inside(expr))
