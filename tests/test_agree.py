"""The fast evaluator gives what the reference gives: on random programs and facts, and on the reference policy.

``FAYAN_SOAK`` sets how many random cases the soak runs take (``make soak``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import zip_longest
from math import inf
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import by_hand
from benchmarks.answers import answers
from fayan_compiler.targets.python import closure, plan, settle, support
from fayan_compiler.targets.python.closure import Closure, Context, compile_closure
from fayan_compiler.targets.python.source import Body, Module
from fayan_runtime import ir, reference
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.outcome import Outcome
from fayan_runtime.values import Facts, Failed, Unknown, exact
from tests.randomly import facts as random_facts
from tests.randomly import programs, schema
from tests.randomly.schema import BOOL, NUMBER
from tests.reference_policy import reference_policy

SOAK = int(os.environ.get("FAYAN_SOAK", "20000"))
fixed = settings(derandomize=True, database=None, deadline=None, max_examples=300)
soak = settings(fixed, derandomize=False, max_examples=SOAK)

# ---------------------------------------------------------------- comparing


def flat(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    """All that an outcome says, line by line."""

    def number(value: Any) -> object:
        return value if value is None else exact(Fraction(value))

    for measure in outcome.measures.values():
        yield ("措施", measure.id, measure.title, measure.status, measure.responsible)
        for each in measure.provisions.values():
            yield ("事项", each.measure, each.name, each.status, each.nature, each.payer, each.complete, each.lacking)
            yield ("金额", number(each.exact_amount), number(each.exact_paid), number(each.exact_payable))
            yield ("口径", *((use.id, use.used, use.matters, use.others) for use in each.readings))
            for item in each.items:
                yield ("项", item.of, item.name, item.index, item.date, item.status, item.lacking)
                yield ("项的金额", *map(number, (item.uncapped, item.amount, item.paid, item.payable)))
                yield ("步骤", *((name, number(old), number(new), line) for name, old, new, line in item.steps))
            for reason in each.reasons:
                yield ("理由", reason.condition, repr(reason.holds), reason.of, reason.role, reason.quote, reason.line)
                yield ("其中", reason.missing, reason.error)
    yield ("未抵扣", outcome.unmatched_payments)
    for nature, total in outcome.totals.items():
        yield ("合计", nature, number(total.exact_amount), number(total.exact_payable), total.complete)


def difference(one: Outcome, other: Outcome) -> object:
    """The first line in which they differ; None where they are alike."""
    return next((pair for pair in zip_longest(flat(one), flat(other)) if pair[0] != pair[1]), None)


def compare(program: ir.Program, fast: Closure, facts: Any, on: date, readings: dict[str, str]) -> object:
    return difference(reference.decide(program, facts, on, readings), fast.decide(facts, on, readings))


def same_value(one: Any, other: Any) -> bool:
    if isinstance(one, Unknown):
        return isinstance(other, Unknown) and one.missing == other.missing
    if isinstance(one, Failed):
        return isinstance(other, Failed) and (one.code, one.line) == (other.code, other.line)
    return not isinstance(other, Unknown | Failed) and bool(one == other) and (one is None) == (other is None)


# ---------------------------------------------------------------- random programs


def check_program(program: ir.Program, seed: int, doubt: float, on: date) -> None:
    fast = compile_closure(program)
    for number in range(3):
        facts = random_facts.random_facts(seed + number, doubt)
        readings = random_facts.random_readings(program, seed + number)
        assert compare(program, fast, facts, on, readings) is None


@fixed
@given(programs.programs, programs.seeds, programs.doubts, programs.days)
def test_random_programs_are_decided_alike(program: ir.Program, seed: int, doubt: float, on: date) -> None:
    """Statuses, items, amounts, payments, what is missing, how every condition comes out."""
    check_program(program, seed, doubt, on)


def check_functions(program: ir.Program, seed: int, doubt: float, on: date) -> None:
    """Each definition by itself, with the very error and its line."""
    module = Module(program)
    names = module.compile()
    facts, readings = random_facts.random_facts(seed, doubt), random_facts.random_readings(program, seed)
    options = [0 if each.uncomputed else "abc".index(readings[each.id]) for each in program.readings]
    env = Env(program, facts, on, readings)
    for function in program.functions:
        if not function.params:
            call = ir.Call(type=function.body.type, function=function.name, args=())
            fast = names[module.functions[function.name][0]](Context(program, facts, on, readings, options))
            assert same_value(evaluate(call, env), fast), function


@fixed
@given(programs.programs, programs.seeds, programs.doubts, programs.days)
def test_random_definitions_are_alike(program: ir.Program, seed: int, doubt: float, on: date) -> None:
    check_functions(program, seed, doubt, on)


@pytest.mark.soak
@soak
@given(programs.programs, programs.seeds, programs.doubts, programs.days)
def test_soak_random_programs(program: ir.Program, seed: int, doubt: float, on: date) -> None:
    check_program(program, seed, doubt, on)
    check_functions(program, seed, doubt, on)


# ---------------------------------------------------------------- the harness notices


def first_difference(most: int = 400) -> object:
    """The first difference that a fixed run of random programs shows; None where there is none."""
    for seed in range(most):
        program = programs.random_program(seed, 1 + seed % 6, seed % 5)
        fast = compile_closure(program)
        for number, doubt in enumerate((0.0, 0.1, 0.3)):
            facts = random_facts.random_facts(3 * seed + number, doubt)
            found = compare(program, fast, facts, schema.DATES[6], random_facts.random_readings(program, seed + number))
            if found is not None:
                return found
    return None


def emit(node: type, change: Callable[[Any], Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """A fault in how one kind of node becomes Python: as if it were another node."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        right = Body.EMIT[node]

        def wrong(body: Body, expr: Any, names: Any, level: int) -> Any:
            changed = change(expr)
            return (right if type(changed) is node else Body.EMIT[type(changed)])(body, changed, names, level)

        patch.setitem(Body.EMIT, node, wrong)

    return plant


def helper(name: str, wrong: Callable[..., Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """A fault in a function that generated code calls."""
    return lambda patch: patch.setitem(support.NAMESPACE, name, wrong)


def replaced(module: Any, name: str, wrong: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(module, name, wrong)


def boundary(expr: ir.Compare) -> ir.Compare:
    return evolve(expr, op=">=") if expr.op == ">" else expr


right_pay = settle.pay


def pay_twice(item: Any, paid: Any) -> None:
    right_pay(item, paid * 2)


right_conclude = settle._conclude


def conclude_alone(case: Any, least: Any, most: Any, amount: Any, *rest: Any) -> None:
    right_conclude(case, least, most, least, *rest)


def conclude_silently(case: Any, least: Any, most: Any, amount: Any, missing: Any, *rest: Any) -> None:
    right_conclude(case, least, most, amount, frozenset(), *rest)


def without_ends(provision: ir.Provision) -> list[tuple[str, ir.Condition]]:
    return reference.conditions_of(
        evolve(provision, periods=tuple(evolve(period, end=None) for period in provision.periods))
    )


right_highest = settle.Highest


def highest_alone(line: int, members: Any, yearly: bool, received: Any) -> settle.Highest:
    return right_highest(line, members, yearly, None)


FAULTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "超过 counts the boundary": emit(ir.Compare, boundary),
    "or as and": emit(ir.Or, lambda expr: ir.And(type=BOOL, args=expr.args, origin=expr.origin)),
    "some and every": emit(ir.Query, lambda expr: evolve(expr, kind="every") if expr.kind == "some" else expr),
    "a term added instead of taken off": emit(ir.Add, lambda expr: evolve(expr, signs=tuple(1 for _ in expr.signs))),
    "a reading ignored": emit(ir.Choose, lambda expr: evolve(expr, arms=(expr.arms[0],) * len(expr.arms))),
    "unknown or unknown lacks one side": helper("undecided", lambda so_far, absent: absent),
    "division by zero is zero": helper("divide", lambda a, b, zero: 0 if b.__class__ is int and not b else support.divide(a, b, zero)),
    "a case that may hold does": helper("of_cases", lambda cases, last: cases[0][1]),
    "all arms alike is unknown": helper("of_arms", lambda subject, values: subject),
    "none of several is the first": helper("the", lambda terms, failed: terms[0] if terms else failed),
    "amounts cut off": replaced(closure, "round_to_fen", lambda amount: Fraction(amount * 100 // 1, 100)),
    "the end of a period ignored": replaced(plan, "conditions_of", without_ends),
    "items in the order of the list": replaced(settle, "_by_day", lambda place: (date.min, place[0], 0)),
    "ceilings shared by all years": replaced(settle, "_year", lambda case: 2024),
    "what is not known takes nothing": replaced(settle.Case, "most", lambda case: case.item.amount or 0),
    "what is not known takes all": replaced(settle.Case, "most", lambda case: inf if case.bounds else case.item.amount),
    "open items of one provision take from each other": replaced(settle, "_conclude", conclude_alone),
    "what others lack is not lacking": replaced(settle, "_conclude", conclude_silently),
    "payments for open items are forgotten": replaced(closure, "_paid_elsewhere", lambda cases: 0),
    "what was received elsewhere is forgotten": replaced(settle, "Highest", highest_alone),
    "payments meet by day alone": replaced(settle, "_event", lambda grain, day: day),
    "payments count twice": replaced(settle, "pay", pay_twice),
    "unmatched payments kept quiet": replaced(settle, "Payment", lambda index, row: None),
    "what can be worked out is not": replaced(closure, "complete", lambda program, facts, on, readings: facts),
    "a year that is absent lacks nothing": helper("lacking", lambda year, place: Unknown(frozenset())),
}  # fmt: skip


def test_no_fault_no_difference() -> None:
    assert first_difference() is None


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    FAULTS[fault](monkeypatch)
    assert first_difference() is not None


# ---------------------------------------------------------------- one program, asked in other ways


def target(goal: ir.Expr) -> ir.Program:
    """A program whose one provision is the target ``goal``."""
    provision = ir.Provision(measure=1, name="目标", kind="target", goal=goal)
    return evolve(programs.random_program(1, 1, 1), provisions=(provision,), adjustments=(), offset=None)


def status(program: ir.Program) -> str:
    outcome = compile_closure(program).decide(random_facts.random_facts(1, 0.0), schema.DATES[6])
    return outcome.measures[1].provisions["目标"].status


def truth(value: bool) -> ir.Const:
    return ir.Const(type=BOOL, value=value)


def test_deep_nesting_goes_on_in_further_functions() -> None:
    expr: ir.Expr = truth(True)
    for _ in range(400):
        expr = ir.Or(type=BOOL, args=(truth(False), ir.And(type=BOOL, args=(truth(True), ir.Not(type=BOOL, arg=expr)))))
    assert status(target(expr)) == "target_met"
    assert status(target(ir.Not(type=BOOL, arg=expr))) == "target_unmet"


def test_deep_nesting_of_queries_keeps_their_items_apart() -> None:
    """Each item is compared with the items of all queries around it, across the functions the code is cut into."""
    rows = ["报价", *(f"项{i}" for i in range(30))]
    field = [ir.Field(type=NUMBER, var=var, name="数额") for var in rows[1:]]
    same = tuple(ir.Compare(type=BOOL, op="==", left=field[0], right=each) for each in field)
    expr: ir.Expr = ir.And(type=BOOL, args=same)
    for var in reversed(rows[1:]):
        expr = ir.Query(type=BOOL, kind="some", list="投标", var=var, where=expr, value=None)
    facts = random_facts.random_facts(1, 0.0)
    for bids, expected in (([], "target_unmet"), ([5], "target_met")):
        facts.scopes["企业"]["投标"] = [{"级别": "甲级", "数额": bid} for bid in bids]
        outcome = compile_closure(target(expr)).decide(facts, schema.DATES[6])
        assert outcome.measures[1].status == expected


@pytest.mark.parametrize("count", [1, 8, 9, 1000])
def test_long_chains(count: int) -> None:
    ones = (ir.Const(type=NUMBER, value=1),) * count
    for total, expected in (
        (ir.Add(type=NUMBER, signs=(1,) * count, args=ones), count),
        (ir.Add(type=NUMBER, signs=(-1,) * count, args=ones), -count),
        (ir.Mul(type=NUMBER, inverse=(True,) * count, args=ones), 1),
    ):
        equal = ir.Compare(type=BOOL, op="==", left=total, right=ir.Const(type=NUMBER, value=expected))
        assert status(target(equal)) == "target_met"
    assert status(target(ir.Or(type=BOOL, args=(truth(False),) * count))) == "target_unmet"
    assert status(target(ir.Or(type=BOOL, args=(*(truth(False),) * count, truth(True))))) == "target_met"
    assert (
        status(target(ir.Cases(type=BOOL, whens=((truth(False), truth(False)),) * count, otherwise=truth(True))))
        == "target_met"
    )


def test_names_and_texts_never_become_code() -> None:
    """Whatever a name or text holds, it stays a string."""
    hostile = '\'] or c.boom() or x[\'"""\n\\'
    fact = ir.FactDecl(name=hostile, type=schema.TEXT)
    goal = ir.Compare(
        type=BOOL, op="==", left=ir.Fact(type=fact.type, scope=hostile, name=hostile), right=ir.Const(type=fact.type, value=hostile)
    )  # fmt: skip
    program = evolve(target(goal), scopes=(ir.Scope(name=hostile, facts=(fact,)),), functions=())
    facts = Facts({hostile: {hostile: hostile}}, "")
    assert compile_closure(program).decide(facts, schema.DATES[6]).measures[1].status == "target_met"


@fixed
@given(programs.programs, programs.seeds, programs.doubts, st.sets(st.integers(1, 3)))
def test_leaving_things_out_changes_nothing_else(program: ir.Program, seed: int, doubt: float, asked: set[int]) -> None:
    """Fewer measures give the same for those asked; without reasons all but the reasons and the readings used is the same."""
    fast, facts, on = compile_closure(program), random_facts.random_facts(seed, doubt), schema.DATES[6]
    some = reference.decide(program, facts, on, random_facts.random_readings(program, seed), asked)
    assert difference(some, fast.decide(facts, on, random_facts.random_readings(program, seed), asked)) is None
    whole, bare = fast.decide(facts, on), fast.decide(facts, on, reasons=False)
    assert all(not each.reasons and not each.readings for each in bare.provisions())
    for each in whole.provisions():
        each.reasons, each.readings = [], []
    assert difference(whole, bare) is None


# ---------------------------------------------------------------- the reference policy


@cache
def yubei() -> tuple[ir.Program, Closure]:

    program = reference_policy().program
    return program, compile_closure(program)


real_days = st.sampled_from(
    [date(2024, 12, 11), date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31), date(2029, 1, 1)]
)


def check_policy(seed: int, doubt: float, on: date) -> None:
    program, fast = yubei()
    facts = random_facts.real_facts(program, seed, doubt)
    assert compare(program, fast, facts, on, random_facts.random_readings(program, seed)) is None
    assert compare(program, fast, facts, on, fast.defaults) is None


@settings(fixed, max_examples=120)
@given(programs.seeds, programs.doubts, real_days)
def test_the_policy_is_decided_alike_on_random_facts(seed: int, doubt: float, on: date) -> None:
    check_policy(seed, doubt, on)


@pytest.mark.soak
@settings(soak, max_examples=max(1, SOAK // 20))
@given(programs.seeds, programs.doubts, real_days)
def test_soak_the_policy(seed: int, doubt: float, on: date) -> None:
    check_policy(seed, doubt, on)


def test_random_facts_reach_every_part_of_the_policy() -> None:
    """Every award is granted, denied and unknown for some of the random facts, so that agreeing on them says something."""
    program, fast = yubei()
    seen: dict[str, set[str]] = {}
    for seed in range(150):
        facts = random_facts.real_facts(program, seed, (0.0, 0.05)[seed % 2])
        for each in fast.decide(facts, date(2025, 12, 31), random_facts.random_readings(program, seed)).provisions():
            seen.setdefault(f"{each.measure} {each.name}", set()).add(each.status)
    awards = {f"{each.measure} {each.name}" for each in program.provisions if each.kind == "award"}
    assert {name for name in awards if "granted" not in seen[name]} == set()
    assert {name for name in awards if "unknown" not in seen[name]} == set()


def test_reasons_are_worded_alike() -> None:
    program, fast = yubei()
    facts, on = random_facts.real_facts(program, 7, 0.05), date(2025, 12, 31)
    one, other = reference.decide(program, facts, on, fast.defaults), fast.decide(facts, on)
    pairs = [
        (mine.text, theirs.text)
        for ours, given in zip(one.provisions(), other.provisions(), strict=True)
        for mine, theirs in zip(ours.reasons, given.reasons, strict=True)
    ]
    assert len(pairs) > 30
    assert all(mine == theirs and mine for mine, theirs in pairs)


def test_a_function_by_hand_gives_the_same() -> None:
    """A third opinion on measures 3, 5 and 7, under the default readings, wherever everything it reads is known."""
    program, fast = yubei()
    agreed: dict[str, int] = {}
    growing = {"元1": (50_000_000, 60_000_000, 66_000_000, 75_000_000, 95_000_000), "year": (2022, 2023, 2024, 2025)}
    for seed in range(900):
        facts = random_facts.real_facts(program, seed, 0.0, **(growing if seed % 3 else {}))
        if seed % 3 == 2:  # one that has what most of the measures ask for
            enterprise: dict[str, Any] = facts.scopes["企业"]
            enterprise.update(区内企业=True, 迁入日期=None)
            for row in enterprise["认定记录"]:
                row["有效期至"] = None
            for number, row in enumerate(enterprise["年度经营"].values()):
                row["产值"] = row["主营业务收入"] = 50_000_000 * 13**number // 10**number
        on = date(2025, 12, 31) if seed % 4 else date(2025, 6, 30)
        outcome = fast.decide(facts, on, measures={3, 5, 7})
        if any(each.status in ("unknown", "error") or not each.complete for each in outcome.provisions()):
            continue
        assert answers(outcome) == by_hand.decide(facts.scopes["企业"], on), seed
        for each in outcome.provisions():
            agreed[each.name] = agreed.get(each.name, 0) + (each.exact_payable not in (0, None))
    assert len(agreed) == 8
    assert min(agreed.values()) > 5, agreed
