"""推算: facts that a definition works out where they are not given, as ``fayan_runtime.derive`` does.

The enterprises are read a second time, as a frame beside the root: what works out a fact is asked only of those for which it is not given.
"""

from __future__ import annotations

from attrs import evolve
from sqlglot import exp

from fayan_compiler.targets.relational import items, sql
from fayan_compiler.targets.relational.choices import pick
from fayan_compiler.targets.relational.facts import list_known, read_facts
from fayan_compiler.targets.relational.frames import Frame
from fayan_compiler.targets.relational.lower import Env, Lowering
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import Value, truth
from fayan_runtime import ir
from fayan_runtime.names import ENTERPRISE, KEY


def work_out(low: Lowering) -> None:
    """Put what is worked out in the place of the facts that are not known, in order."""
    if not low.program.derived:
        return
    root = low.frames.root
    beside = low.frames.child(root, low.table(ENTERPRISE), (KEY, KEY))
    facts = read_facts(low, beside)
    for each in low.program.derived:
        place = each.scope, each.fact
        function = next(one for one in low.program.functions if one.name == each.function)
        given, asked = low.facts[place], low.frames.keep(facts[place].is_unknown)
        with low.among(beside, facts):
            found = low.value(function.body, Env())
            ready = sql.both(asked, _anything(low, each), _taken(low, found))
        ready = low.frames.keep(sql.holds(low.frames.gather(beside, exp.LogicalOr(this=ready), asked)))
        found = low.kept(_gathered(low, beside, found, asked))
        arms = [(ready, found), (sql.negated(ready), given)]
        made = pick(low, low.declared[place][1].type, arms, truth(True), [found, given])
        low.facts[place] = facts[place] = low.kept(made)


def _gathered(low: Lowering, beside: Frame, value: Value, asked: Expression) -> Value:
    """What the one row of an enterprise says, where it is asked."""

    def part(of: Expression | None, is_bool: bool = False) -> Expression | None:
        if of is None or low.frames.frame_of(of) is not beside:
            return of
        return low.frames.gather(beside, (exp.LogicalOr if is_bool else exp.Max)(this=of.copy()), asked)

    made = part(value.sql, value.kind == "bool")
    assert made is not None
    return evolve(
        value, sql=made, error=part(value.error), none=part(value.none, True), lacks=part(value.lacks), over=part(value.over)
    )  # fmt: skip


def _anything(low: Lowering, each: ir.Derivation) -> Expression:
    """Whether there is anything to work it out from."""
    if not each.reads:
        return sql.TRUE
    found = []
    for scope, name in each.reads:
        if (scope, name) in low.facts:
            value = low.facts[scope, name]
            found.append(
                sql.either(sql.there(value.sql), sql.holds(value.none) if value.none is not None else sql.FALSE)
            )
        else:
            found.append(list_known(low, name).sql)
    return sql.either(*found)


def _taken(low: Lowering, found: Value) -> Expression:
    """Known, or lacking just one fact."""
    known = sql.either(sql.there(found.sql), sql.FALSE if found.none is None else sql.holds(found.none))
    if found.lacks is None:
        return known
    first: Expression = exp.SplitPart(
        this=found.lacks.copy(), delimiter=sql.literal(items.SEPARATOR), part_index=sql.literal(1)
    )
    first = low.frames.keep(exp.DPipe(this=first, expression=sql.literal(items.SEPARATOR)))
    whole = exp.DPipe(this=found.lacks.copy(), expression=sql.literal(items.SEPARATOR))
    rest = exp.Anonymous(this="REPLACE", expressions=[whole, first.copy(), sql.literal("")])
    return sql.either(known, sql.holds(sql.equal(rest, sql.literal(""))))
