"""Facts as columns: of the enterprise, of the district, and of the items of a list (``tables`` says how they stand there).

The code of a fact that is missing is its place among all facts; of a field of an item ``order.item.field``, as in ``values.Path``.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.frames import Frame
from fayan_compiler.targets.relational.lower import Env, Lowering, Rows, lowers
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import Value, of_bool
from fayan_runtime import ir
from fayan_runtime.codes import WITHIN
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.one_value import YEARS
from fayan_runtime.tables import DIGITS, KNOWN, NONE, POSITION, Column, Table, tables_of


def column(name: str) -> exp.Column:
    return exp.column(exp.to_identifier(name, quoted=True), table="t")


def read_facts(low: Lowering, frame: Frame) -> dict[tuple[str, str], Value]:
    """All single facts, in a frame of enterprises."""
    found = {}
    for each in tables_of(low.program):
        if each.of is not None:
            continue
        for one in each.columns:
            if one.fact is not None:
                order, _ = low.declared[each.name, one.fact.name]
                code = sql.literal(f"{order}")
                found[each.name, one.fact.name] = low.kept(_read(low, frame, each, one, code))
    return found


def _read(low: Lowering, frame: object, of: Table, one: Column, code: Expression) -> Value:
    """A column of a table as a value; what is null there and not known to be none is not known."""

    def read(name: str) -> Expression:
        found: Expression = column(name)
        if of.of is None and of.name != ENTERPRISE:  # one row for all
            found = exp.select(column(name)).from_(exp.alias_(low.table(of.name), "t", table=True)).subquery()
        return found

    assert one.fact is not None
    optional = one.fact.type.optional
    raw = read(one.name)
    value = Value("number" if one.kind == "number" else one.fact.type.kind, raw, unknown=True)
    if one.kind == "number":
        value = evolve(value, sql=_scaled(raw, one.scale), scale=Fraction(1, 10**one.scale), bound=10**DIGITS)
    elif one.kind in ("month", "year"):
        value = evolve(value, sql=sql.as_integer(raw), years=(YEARS.start, YEARS.stop - 1))
    elif one.kind == "date":
        value = evolve(value, years=(YEARS.start, YEARS.stop - 1))
    frames = low.frames
    made = frames.read(frame, value.sql)  # type: ignore[arg-type]
    none = frames.read(frame, read(one.name + NONE)) if optional else None  # type: ignore[arg-type]
    unknown = sql.missing(made) if none is None else sql.both(sql.missing(made), sql.negated(sql.holds(none)))
    return evolve(value, sql=made, none=none, lacks=frames.keep(sql.case((unknown, code))))


def _scaled(raw: Expression, scale: int) -> Expression:
    """A decimal as an integer. 64 bits do for what is usual, and are much faster."""
    if not scale:
        return sql.as_integer(raw)
    usual = sql.binary(exp.LT, exp.Abs(this=raw.copy()), sql.literal(10 ** (DIGITS - 2 * scale)))
    roomy = exp.cast(raw.copy(), f"DECIMAL(38, {scale})")
    narrow, wide = (sql.as_integer(sql.binary(exp.Mul, each, sql.literal(10**scale))) for each in (raw, roomy))
    return sql.case((usual, narrow), default=wide)


# ---------------------------------------------------------------- items


def rows_of(low: Lowering, parent: object, name: str) -> Rows:
    """The items of a list for each row of a frame."""
    order, fact = low.declared[ENTERPRISE, name]
    frame = low.frames.child(parent, low.table(name), (KEY, POSITION))  # type: ignore[arg-type]
    return Rows(frame, fact, order)


def list_known(low: Lowering, name: str) -> Value:
    """Whether it is known which items there are, with what is lacking where it is not."""
    order, fact = low.declared[ENTERPRISE, name]
    if fact.series:
        return of_bool(sql.TRUE)
    known = low.frames.keep(sql.holds(low.frames.read(low.frames.root, column(name + KNOWN))))
    lacks = sql.case((sql.negated(known), sql.literal(f"{order}")))
    return Value("bool", known, unknown=True, lacks=low.frames.keep(lacks))


def field_of(low: Lowering, rows: Rows, name: str) -> Value:
    found = next(each for each in tables_of(low.program) if each.of is rows.of)
    one = next(each for each in found.columns if each.name == name and each.fact is not None)
    number = [each.name for each in rows.of.fields].index(name)
    position = low.frames.position(rows.frame)
    return low.kept(_read(low, rows.frame, found, one, code_of(rows.order, position, number)))


def code_of(order: int, item: Expression, field: int) -> Expression:
    texts = [sql.literal(f"{order}{WITHIN}"), sql.as_text(item), sql.literal(f"{WITHIN}{field}")]
    return exp.DPipe(this=exp.DPipe(this=texts[0], expression=texts[1]), expression=texts[2])


@lowers(ir.Field)
def _field(low: Lowering, expr: ir.Field, env: Env) -> Value:
    return field_of(low, env.items[expr.var], expr.name)


@lowers(ir.Index)
def _index(low: Lowering, expr: ir.Index, env: Env) -> Value:
    position = low.frames.position(env.items[expr.var].frame)
    made = low.frames.keep(sql.binary(exp.Add, position, sql.literal(1)))
    return Value("number", made, bound=2**31)
