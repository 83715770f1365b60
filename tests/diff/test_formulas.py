"""The formulas say what the reference says: on random programs and on the reference policy, for enterprises of which everything is known.

The symbols of the world are given values; what the formulas then come down to is compared with the reference's decision.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import z3
from attrs import define, evolve, field
from hypothesis import given, settings
from hypothesis import strategies as st

from fayan_compiler.diff.replay import ENTITLED
from fayan_compiler.targets.smt import expressions, normal, rules, terms
from fayan_compiler.targets.smt.expressions import Formulas
from fayan_compiler.targets.smt.normal import Normal
from fayan_compiler.targets.smt.rules import Rules
from fayan_compiler.targets.smt.slices import Slices
from fayan_compiler.targets.smt.store import Store
from fayan_compiler.targets.smt.terms import FALSE, TRUE, Term
from fayan_compiler.targets.smt.world import Unsupported, World
from fayan_runtime import ir, reference
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.values import Facts
from tests.randomly import facts as random_facts
from tests.randomly import programs
from tests.reference_policy import reference_policy

YEARS = range(2015, 2035)
fixed = settings(derandomize=True, database=None, deadline=None, max_examples=60)


@define(eq=False)
class Told(World):
    """A world in which every fact has its value."""

    facts: Facts = field(kw_only=True)
    day: date = field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        self.on = z3.IntVal(terms.encode(self.day))

    def fact(self, scope: str, name: str) -> Term:
        return self.told(self.declared(scope, name).type, self.facts.scopes[scope][name])

    def item(self, name: str, index: int, field_name: str) -> Term:
        declared = next(each for each in self.declared(ENTERPRISE, name).fields if each.name == field_name)
        rows: Any = self.facts.scopes[ENTERPRISE][name]
        row = rows[index] if index < len(rows) else None
        return Term(expressions.zero(declared.type)) if row is None else self.told(declared.type, row[field_name])

    def present(self, name: str, index: int) -> z3.BoolRef:
        rows: Any = self.facts.scopes[ENTERPRISE][name]
        return TRUE if index < len(rows) else FALSE

    def year(self, name: str, field_name: str, year: Any) -> Term:
        declared = next(each for each in self.declared(ENTERPRISE, name).fields if each.name == field_name)
        rows: Any = self.facts.scopes[ENTERPRISE][name]
        found = Term(z3.RealVal(0), fail=TRUE)
        for each, row in rows.items():
            told = self.told(declared.type, row[field_name])
            found = terms.either(year == each, Term(told.value, fail=told.none), found)
        return found

    def told(self, type: ir.Type, value: Any) -> Term:
        if value is None:
            return Term(expressions.zero(type), none=TRUE)
        match type.kind:
            case "set" if type.name == "年度":
                return Term(lambda year: z3.Or(False, *(year == each for each in value)))
            case "set":
                return Term({each: TRUE if each in value else FALSE for each in self.members(type.name)})
            case "bool":
                return Term(TRUE if value else FALSE)
            case "number":
                return Term(z3.RealVal(str(Fraction(value))))
            case "date":
                return Term(z3.IntVal(terms.encode(value)))
            case "year" | "month":
                return Term(z3.IntVal(value))
        return Term(z3.IntVal(self.word(value)))


def known(facts: Facts) -> Facts:
    """Nothing negative, and every year of a series there: what the formulas speak about."""

    def positive(value: Any) -> Any:
        match value:
            case dict():
                return {key: positive(each) for key, each in value.items()}
            case list():
                return [positive(each) for each in value]
            case int() | Fraction() if not isinstance(value, bool):
                return abs(value)
        return value

    scopes = positive(facts.scopes)
    for name, value in scopes[ENTERPRISE].items():
        if isinstance(value, dict):
            some = next(iter(value.values()), None)
            if some is not None:
                scopes[ENTERPRISE][name] = {year: value.get(year, {**some, "年度": year}) for year in YEARS}
    return Facts(scopes, facts.subject)


def disagreement(program: ir.Program, facts: Facts, on: date, readings: dict[str, str]) -> object:
    """The first rule for which the formulas say something else; None where they agree."""
    decided = reference.decide(program, facts, on, readings)
    found = {
        (measure, name): each for measure, made in decided.measures.items() for name, each in made.provisions.items()
    }
    world = Told((program,), 4, YEARS, facts=facts, day=on)
    slices = Slices(Normal(Store(), program, readings))
    for provision in program.provisions:
        mine = found[provision.measure, provision.name]
        try:
            said = Rules(Formulas(slices.normal.store, world), slices.slice(provision.name)).outcome(set_off=True)
        except Unsupported:
            continue
        entitled = z3.is_true(z3.simplify(said.entitled))
        if entitled != (mine.status in ENTITLED):
            return provision.name, mine.status, entitled
        if provision.kind == "award" and entitled and z3.is_true(z3.simplify(said.least)):
            payable = mine.exact_payable if z3.is_true(z3.simplify(said.certain)) else None
            for what, right in ((said.amount, mine.exact_amount), (said.payable, payable)):
                amount: Any = z3.simplify(what)
                if right is not None and Fraction(amount.as_fraction()) != right:
                    return provision.name, right, amount
    return None


def series_given(facts: Facts) -> bool:
    return all(value for value in facts.scopes[ENTERPRISE].values() if isinstance(value, dict))


def twice(program: ir.Program) -> bool:
    """A rule that counts twice in one cap or 就高, which is an error (FY4025)."""
    members = [
        [name for (name, _), _ in each.covers] if isinstance(each, ir.Ceiling) else [name for name, _ in each.members]
        for each in program.adjustments
        if not isinstance(each, ir.Deduct)
    ]
    return any(len(set(names)) < len(names) for names in members)


def check_program(seed: int, on: date) -> object:
    program = programs.random_program(seed, 1 + seed % 6, seed % 6)
    facts = known(random_facts.random_facts(seed, 0.0))
    if not series_given(facts) or twice(program):
        return None
    return disagreement(program, facts, on, random_facts.random_readings(program, seed))


@fixed
@given(programs.seeds, programs.days)
def test_random_programs(seed: int, on: date) -> None:
    assert check_program(seed, on) is None


REAL = reference_policy().program


def check_policy(seed: int, on: date) -> object:
    facts = known(random_facts.real_facts(REAL, seed, 0.0))
    return disagreement(REAL, facts, on, random_facts.random_readings(REAL, seed)) if series_given(facts) else None


@settings(fixed, max_examples=12)
@given(programs.seeds, st.sampled_from([date(2024, 12, 11), date(2025, 6, 30), date(2025, 12, 31), date(2030, 1, 1)]))
def test_the_reference_policy(seed: int, on: date) -> None:
    assert check_policy(seed, on) is None


# ---------------------------------------------------------------- planted faults
FAULTS: dict[str, tuple[Any, str, Any]] = {
    "rounding down": (terms, "round_to_fen", lambda amount: z3.ToReal(z3.ToInt(amount * 100)) / 100),
    "nothing comes first": (rules, "before", lambda one, other, by_date: FALSE),
    "the first is the largest": (terms, "least", lambda values, largest: values[0]),
    "dividing by zero gives something": (
        expressions,
        "product",
        lambda factors, inverse: evolve(expressions_product(factors, inverse), fail=FALSE),
    ),
    "a comparison turned round loses its bound": (normal, "_TURNED", {"<": ">=", "<=": ">="}),
    "not under and stays and": (normal, "_OPPOSITE", {each: each for each in normal._OPPOSITE}),
    "what was paid is forgotten": (rules, "event", lambda grain, day: z3.IntVal(0)),
    "an error is false": (
        expressions,
        "kleene",
        lambda args, absorbing: evolve(terms.kleene(args, absorbing), fail=FALSE),
    ),
}
expressions_product = expressions.product


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_noticed(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, wrong = FAULTS[fault]
    monkeypatch.setattr(module, name, wrong)
    assert any(check_program(seed, date(2025, 12, 31)) is not None for seed in range(400))
