"""What is made once of a program: a plan for each provision and for what stands between them, with generated functions.

Every function takes the context of a decision first; those of an item also its event day, position and row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from attrs import frozen

from fayan_compiler.targets.python import settle
from fayan_compiler.targets.python.operand import Names, Operand
from fayan_compiler.targets.python.settle import Generated
from fayan_compiler.targets.python.source import Body, Module
from fayan_runtime import ir
from fayan_runtime.between import looks_at_counted
from fayan_runtime.names import ENTERPRISE, OWN
from fayan_runtime.outcome import PAID
from fayan_runtime.reference import conditions_of, members_of, readings_of, summing

T = TypeVar("T")

#: Role, condition, and what a reason says of it: name, quote, line.
Tested = tuple[str, ir.Condition, str, str, int]


@frozen
class Plan:
    """A provision with its functions.

    ``test`` gives for an award its items as tuples, or ``Unknown`` where their list is: position, row, event day, status
    where it is decided already (else empty), how the conditions come out together, the value of each of ``tested``, and the amount
    unless it is decided already.
    For other provisions it gives the values alone. ``sources`` are for each stage, or the one there is: the name an
    item gets, and what a reason says of its amount.
    """

    provision: ir.Provision
    is_award: bool
    tested: tuple[Tested, ...]
    test: Generated
    sources: tuple[tuple[str, Tested], ...]
    readings: tuple[str, ...]
    grain: str
    paid: bool
    deciding: bool


@frozen
class MeasurePlan:
    measure: ir.Measure
    plans: tuple[Plan, ...]


@frozen
class Between:
    """What stands between provisions of some measures, with the function that says whether it applies."""

    measures: frozenset[int]
    applies: Generated
    adjustment: settle.Ceiling | settle.Highest | settle.Deduct


Namespace = dict[str, Any]
#: What can be made once the module has run.
Made = Callable[[Namespace], T]


def compile_plans(
    program: ir.Program,
) -> tuple[tuple[MeasurePlan, ...], tuple[Between, ...], settle.Offset | None]:
    """Write the functions of a program, run the module, and put the plans together; adjustments in the order of the text."""
    module = Module(program)
    measures = [
        (
            measure,
            [_provision(module, each) for each in program.provisions if each.measure == measure.number],
        )
        for measure in program.measures
    ]
    between = [_adjustment(module, each) for each in program.adjustments]
    offset = None if program.offset is None else _offset(module, program.offset)
    names = module.compile()
    made = [MeasurePlan(measure, tuple(plan(names) for plan in plans)) for measure, plans in measures]
    return tuple(made), tuple(each(names) for each in between), None if offset is None else offset(names)


# ---------------------------------------------------------------- provisions


def _provision(module: Module, provision: ir.Provision) -> Made[Plan]:
    is_award = provision.kind == "award"
    tested, test = (_test_items if is_award else _test_other)(module, provision)
    sources = []
    if is_award:
        for name, _, amount in _sources(provision):
            due = summing(amount)
            sources.append((name, ("amount", due, *_said(due))))
    grain = "date"
    if provision.each:
        _, _, fact = module.facts[ENTERPRISE, provision.each]
        grain = next((each.type.kind for each in fact.fields if each.name == fact.event), "date")
    return lambda names: Plan(
        provision=provision,
        is_award=is_award,
        tested=tuple((role, condition, *_said(condition)) for role, condition in tested),
        test=names[test],
        sources=tuple(sources),
        readings=tuple(readings_of(module.program, provision)),
        grain=grain,
        paid=is_award and provision.nature in PAID,
        deciding=provision.kind not in ("duty", "target"),
    )


def _said(condition: ir.Condition) -> tuple[str, str, int]:
    return condition.name, condition.origin.quote, condition.origin.line


def _sources(provision: ir.Provision) -> list[tuple[str, ir.Expr | None, ir.Expr]]:
    """Name, event day and amount of each stage, or of the items of the list, or of the one item."""
    if provision.stages:
        return [(stage.name, stage.on, stage.amount) for stage in provision.stages]
    assert provision.amount is not None
    return [("", provision.on, provision.amount)]


def _test_items(module: Module, provision: ir.Provision) -> tuple[list[tuple[str, ir.Condition]], str]:
    """A function that finds the items; with ``full`` false it stops testing where the status is decided."""
    sources = _sources(provision)
    dated = sources[0][1] is not None
    tested = [(role, condition) for role, condition in conditions_of(provision) if role != "amount"]
    names = Names({"发生日": Operand("d", none=not dated)}, {OWN: ("i", "r")})
    name = module.fresh("f")
    with module.body(name, Names(), "full") as body:
        body.line("found = []")
        if provision.each and not provision.stages:
            rows = body.keep(Operand(body.scope(ENTERPRISE, provision.each), size=1)).text
            body.line(f"if {rows}.__class__ is Unknown: return {rows}")
            with body.block(f"for i, r in enumerate({rows}):"):
                on = sources[0][1]
                body.line(f"d = {'None' if on is None else body.emit(on, names, 0).text}")
                _test_item(body, tested, sources, names)
        else:
            days = ["None" if on is None else body.emit(on, Names(), 0).text for _, on, _ in sources]
            body.line("r = None")
            with body.block(f"for i, d in enumerate(({''.join(f'{day}, ' for day in days)})):"):
                _test_item(body, tested, sources, names)
        body.line("return found")
    return tested, name


def _test_item(
    body: Body,
    tested: list[tuple[str, ir.Condition]],
    sources: list[tuple[str, ir.Expr | None, ir.Expr]],
    names: Names,
) -> None:
    """The inside of a loop over what could become items, with ``i``, ``r`` and ``d`` set."""
    if sources[0][1] is not None:
        body.line("if d is None: continue")
    body.line("status, overall, amount = '', True, None")
    failing = {"period": "not_in_force", "must": "denied"}
    values = []
    for role, condition in tested:
        value = body.keep(body.strict(condition.expr, names, 0, condition.origin.line)).text
        values.append(value)
        with body.block(f"if {value} is not True:"):
            if role not in failing:
                body.line(f"if {value} is False: continue")
                body.line(f"overall = undecided(overall, {value})")
                continue
            with body.block(f"if {value} is False:"):
                with body.block("if not full:"):
                    body.line(f"found.append((i, r, d, {failing[role]!r}, overall, (), None))")
                    body.line("continue")
                body.line(f"status = status or {failing[role]!r}")
            body.line(f"else: overall = undecided(overall, {value})")
    with body.block("if not status:"):
        for number, (_, _, amount) in enumerate(sources):
            with body.block("if 1:" if len(sources) == 1 else f"if i == {number}:"):
                body.line(f"amount = {body.strict(amount, names, 0, amount.origin.line).text}")
    body.line(f"found.append((i, r, d, status, overall, ({''.join(f'{value}, ' for value in values)}), amount))")


def _test_other(module: Module, provision: ir.Provision) -> tuple[list[tuple[str, ir.Condition]], str]:
    tested = conditions_of(provision)
    name, names = module.fresh("f"), Names()
    with module.body(name, names) as body:
        values = [body.keep(body.strict(each.expr, names, 0, each.origin.line)).text for _, each in tested]
        body.line(f"return ({''.join(f'{value}, ' for value in values)})")
    return tested, name


# ---------------------------------------------------------------- between provisions


def _adjustment(module: Module, of: ir.Ceiling | ir.Highest | ir.Deduct) -> Made[Between]:
    applies = module.add(of.applies, Names())
    line = of.origin.line
    involved = {*members_of(of), *(of.less if isinstance(of, ir.Deduct) else ())}
    measures = frozenset(each.measure for each in module.program.provisions if each.name in involved)
    match of:
        case ir.Highest():
            received = None if of.received is None else module.add(of.received, Names())

            def highest(names: Namespace) -> Between:
                got = None if received is None else names[received]
                return Between(measures, names[applies], settle.Highest(line, of.members, of.mode == "yearly", got))

            return highest
        case ir.Deduct():
            deduct = settle.Deduct(line, of.member, of.less)
            return lambda names: Between(measures, names[applies], deduct)
    covers = [(name, stage, module.add(when, Names())) for (name, stage), when in of.covers]
    keys = [(name, module.add(when, Names())) for name, when in of.keys]
    split = module.add(of.split, Names())
    limit = module.add(of.limit, Names(counted="counted"))
    looks = module.add(looks_at_counted(of.limit), Names())

    def ceiling(names: Namespace) -> Between:
        found = settle.Ceiling(
            of.name, line, of.per_year, of.by_date,
            [(name, stage, names[when]) for name, stage, when in covers],
            [(name, names[when]) for name, when in keys],
            names[split], names[limit], names[looks],
        )  # fmt: skip
        return Between(measures, names[applies], found)

    return ceiling


def _offset(module: Module, of: ir.Offset) -> Made[settle.Offset]:
    names = Names(items={OWN: ("i", "r")})
    name = module.fresh("f")
    with module.body(name, names) as body:
        values = [body.strict(each.expr, names, 0, of.origin.line).text for each in of.among]
        body.line(f"return all_hold(({''.join(f'{value}, ' for value in values)}))")
    return lambda made: settle.Offset(of.list, made[name])
