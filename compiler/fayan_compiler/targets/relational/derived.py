"""推算: facts that a definition works out where they are not given, as ``fayan_runtime.derive`` does."""

from __future__ import annotations

from sqlglot import exp

from fayan_compiler.targets.relational import items, sql
from fayan_compiler.targets.relational.choices import pick
from fayan_compiler.targets.relational.facts import list_known
from fayan_compiler.targets.relational.lower import Env, Lowering
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import Value, truth
from fayan_runtime import ir


def work_out(low: Lowering) -> None:
    """Put what is worked out in the place of the facts that are not known, in order."""
    for each in low.program.derived:
        given = low.facts[each.scope, each.fact]
        function = next(one for one in low.program.functions if one.name == each.function)
        found = low.value(function.body, Env(asked=low.frames.keep(given.is_unknown)))
        ready = low.frames.keep(sql.both(given.is_unknown, _anything(low, each), _taken(low, found)))
        arms = [(ready, found), (sql.negated(ready), given)]
        made = pick(low, _type(low, each), arms, truth(True), [found, given])
        low.facts[each.scope, each.fact] = low.kept(made)


def _type(low: Lowering, each: ir.Derivation) -> ir.Type:
    return low.declared[each.scope, each.fact][1].type


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
