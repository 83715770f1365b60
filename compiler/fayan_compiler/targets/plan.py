"""What is made once of a program: a plan for each provision and for what stands between them, with generated functions.

Every function takes the context of a decision first; those of an item also its event day, position and row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from attrs import fields, frozen

from fayan_compiler.targets import settle
from fayan_compiler.targets.python_source import COUNTED, ENTERPRISE, Module, Names, Operand
from fayan_compiler.targets.settle import Generated
from fayan_runtime import ir
from fayan_runtime.outcome import PAID
from fayan_runtime.reference import happened, readings_of, within

T = TypeVar("T")
THIS = "本"

#: Role, condition, and what a reason says of it: name, quote, line.
Tested = tuple[str, ir.Condition, str, str, int]


@frozen
class Source:
    """Where an item comes from: the path and name it gets, its event day (None: it has none) and its amount."""

    of: str
    name: str
    day: Generated | None
    amount: Generated
    summing: Tested


@frozen
class Plan:
    """A provision with its functions.

    ``test`` gives, for an item, None where there is none, else the status that is already decided (or empty), how the
    conditions come out together, and the value of each of ``tested``. For other provisions it gives the values alone.
    """

    provision: ir.Provision
    tested: tuple[Tested, ...]
    test: Generated
    each: str
    scope: int
    sources: tuple[Source, ...]
    readings: tuple[str, ...]
    grain: str
    paid: bool
    deciding: bool


@frozen
class MeasurePlan:
    """``adjustments`` in the order of the text, each with the function that says whether it applies."""

    measure: ir.Measure
    plans: tuple[Plan, ...]
    adjustments: tuple[tuple[Generated, settle.Ceiling | settle.Highest | settle.Deduct], ...]


Namespace = dict[str, Any]
#: What can be made once the module has run.
Made = Callable[[Namespace], T]


def compile_plans(program: ir.Program) -> tuple[tuple[MeasurePlan, ...], settle.Offset | None]:
    """Write the functions of a program, run the module, and put the plans together."""
    module = Module(program)
    measures = [
        (
            measure,
            [_provision(module, each) for each in program.provisions if each.measure == measure.number],
            [_adjustment(module, each) for each in program.adjustments if each.measure == measure.number],
        )
        for measure in program.measures
    ]
    offset = None if program.offset is None else _offset(module, program.offset)
    names = module.compile()
    made = [
        MeasurePlan(measure, tuple(plan(names) for plan in plans), tuple(each(names) for each in adjustments))
        for measure, plans, adjustments in measures
    ]
    return tuple(made), None if offset is None else offset(names)


# ---------------------------------------------------------------- provisions


def _provision(module: Module, provision: ir.Provision) -> Made[Plan]:
    sources = _sources(module, provision)
    if provision.kind == "award":
        tested, test = _test_item(module, provision)
    else:
        tested, test = _test_other(module, provision)
    each = "" if provision.stages or provision.kind != "award" else provision.each
    scope, grain = 0, "date"
    if provision.each:
        scope, _, fact = module.facts[ENTERPRISE, provision.each]
        grain = next((each.type.kind for each in fact.fields if each.name == fact.event), "date")
    return lambda names: Plan(
        provision=provision,
        tested=tuple((role, condition, *_said(condition)) for role, condition in tested),
        test=names[test],
        each=each,
        scope=scope,
        sources=tuple(source(names) for source in sources),
        readings=tuple(readings_of(module.program, provision)),
        grain=grain,
        paid=provision.kind == "award" and provision.nature in PAID,
        deciding=provision.kind not in ("duty", "target"),
    )


def _said(condition: ir.Condition) -> tuple[str, str, int]:
    return condition.name, condition.origin.quote, condition.origin.line


def _dated(provision: ir.Provision) -> bool:
    return bool(provision.stages) or provision.on is not None


def _item_names(dated: bool) -> Names:
    """Day, position and row, as the functions of an item call them."""
    return Names({"发生日": Operand("d", none=not dated)}, {THIS: ("i", "r")})


def _sources(module: Module, provision: ir.Provision) -> list[Made[Source]]:
    if provision.kind != "award":
        return []
    if provision.stages:
        return [_source(module, stage.of, stage.name, stage.on, stage.amount) for stage in provision.stages]
    assert provision.amount is not None
    return [_source(module, provision.each, "", provision.on, provision.amount)]


def _source(module: Module, of: str, name: str, on: ir.Expr | None, amount: ir.Expr) -> Made[Source]:
    day = None if on is None else module.add(on, _item_names(False))
    line = amount.origin.line
    value = module.add(amount, _item_names(on is not None), needed=line)
    summing = ir.Condition(name="金额", expr=amount, origin=amount.origin)
    said: Tested = ("amount", summing, *_said(summing))
    return lambda names: Source(of, name, None if day is None else names[day], names[value], said)


def _test_item(module: Module, provision: ir.Provision) -> tuple[list[tuple[str, ir.Condition]], str]:
    """A function that tests all conditions; with ``full`` false it stops where the status is decided."""
    dated = _dated(provision)
    tested = [("among", each) for each in provision.among]
    if dated:
        tested = [("event", happened(provision)), *tested]
        tested += [("period", within(period)) for period in provision.periods]
    tested += [("must", each) for each in provision.must]
    failing = {"period": "not_in_force", "must": "denied"}
    names = _item_names(dated)
    name = module.fresh("f")
    with module.body(name, names, "full") as body:
        body.line("status, overall = '', True")
        values = []
        for role, condition in tested:
            value = body.keep(body.strict(condition.expr, names, 0, condition.origin.line)).text
            values.append(value)
            with body.block(f"if {value} is not True:"):
                if role in failing:
                    with body.block(f"if {value} is False:"):
                        body.line(f"if not full: return {failing[role]!r}, overall, ()")
                        body.line(f"status = status or {failing[role]!r}")
                    body.line(f"else: overall = undecided(overall, {value})")
                else:
                    body.line(f"if {value} is False: return None")
                    body.line(f"overall = undecided(overall, {value})")
        body.line(f"return status, overall, ({''.join(f'{value}, ' for value in values)})")
    return tested, name


def _test_other(module: Module, provision: ir.Provision) -> tuple[list[tuple[str, ir.Condition]], str]:
    def bare(role: str, name: str, expr: ir.Expr | None) -> list[tuple[str, ir.Condition]]:
        return [] if expr is None else [(role, ir.Condition(name=name, expr=expr, origin=provision.origin))]

    tested = [("among", each) for each in provision.among]
    match provision.kind:
        case "target":
            tested += bare("goal", provision.name, provision.goal)
        case "duty":
            tested += [("check", each) for each in provision.checks]
        case _:
            tested += [("must", each) for each in provision.must]
            tested += bare("chosen", "入选", provision.chosen)
    name, names = module.fresh("f"), Names()
    with module.body(name, names) as body:
        values = [body.keep(body.strict(each.expr, names, 0, each.origin.line)).text for _, each in tested]
        body.line(f"return ({''.join(f'{value}, ' for value in values)})")
    return tested, name


# ---------------------------------------------------------------- between provisions


def _adjustment(
    module: Module, of: ir.Ceiling | ir.Highest | ir.Deduct
) -> Made[tuple[Generated, settle.Ceiling | settle.Highest | settle.Deduct]]:
    applies = module.add(of.applies, Names())
    line = of.origin.line
    match of:
        case ir.Highest():
            highest = settle.Highest(line, of.members, of.mode == "yearly")
            return lambda names: (names[applies], highest)
        case ir.Deduct():
            deduct = settle.Deduct(line, of.member, of.less)
            return lambda names: (names[applies], deduct)
    covers = [(name, stage, module.add(when, Names())) for (name, stage), when in of.covers]
    keys = [(name, module.add(when, Names())) for name, when in of.keys]
    split = module.add(of.split, Names())
    limit = module.add(of.limit, Names(counted="counted"))

    def made(names: Namespace) -> tuple[Generated, settle.Ceiling]:
        return names[applies], settle.Ceiling(
            of.name, line, of.per_year, of.by_date,
            [(name, stage, names[when]) for name, stage, when in covers],
            [(name, names[when]) for name, when in keys],
            names[split], names[limit], _reads_items(of.limit),
        )  # fmt: skip

    return made


def _reads_items(limit: ir.Expr) -> bool:
    """Whether a limit looks at the items its ceiling counts."""
    waiting: list[object] = [limit]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ir.Query) and part.list == COUNTED:
            return True
        if isinstance(part, tuple):
            waiting += part
        elif isinstance(part, ir.Node):
            waiting += [getattr(part, each.name) for each in fields(type(part))]
    return False


def _offset(module: Module, of: ir.Offset) -> Made[settle.Offset]:
    names = Names(items={THIS: ("i", "r")})
    name = module.fresh("f")
    with module.body(name, names) as body:
        values = [body.strict(each.expr, names, 0, of.origin.line).text for each in of.among]
        body.line(f"return all_hold(({''.join(f'{value}, ' for value in values)}))")
    return lambda made: settle.Offset(of.list, made[name])
