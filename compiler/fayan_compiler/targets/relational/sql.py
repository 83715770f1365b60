"""Small words for making SQL nodes, with constants worked out; null is told apart from false everywhere.

Nodes are dialect-neutral; what the dialects do not share is changed in ``dialects``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlglot import exp

TRUE, FALSE = exp.true(), exp.false()
INTEGER, WIDE, BOOL, DATE, TEXT = (exp.DataType.build(name) for name in ("BIGINT", "INT128", "BOOLEAN", "DATE", "TEXT"))
TEXTS, INTEGERS = (exp.DataType.build(name, dialect="duckdb") for name in ("TEXT[]", "BIGINT[]"))

Expression = exp.Expr


def literal(value: Any) -> Expression:
    match value:
        case bool():
            return exp.Boolean(this=value)
        case int():
            return exp.Literal.number(value) if value >= 0 else exp.Neg(this=exp.Literal.number(-value))
        case date():
            return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
        case str():
            return exp.Literal.string(value)
        case frozenset():
            return exp.Array(expressions=[literal(each) for each in sorted(value)])
        case _:
            raise AssertionError(value)


def word(value: str, among: Sequence[str]) -> Expression:
    """One of a few words, which a database may keep as its place among them."""
    places = [exp.Literal.string(each) for each in among]
    return exp.Cast(this=exp.Literal.string(value), to=exp.DataType(this=exp.DataType.Type.ENUM, expressions=places))


def null(type: exp.DataType) -> Expression:
    return exp.Cast(this=exp.null(), to=type.copy())


def is_true(expr: Expression) -> bool:
    return isinstance(expr, exp.Boolean) and bool(expr.this)


def is_false(expr: Expression) -> bool:
    return isinstance(expr, exp.Boolean) and not expr.this


def is_null(expr: Expression) -> bool:
    return isinstance(expr, exp.Null) or (isinstance(expr, exp.Cast) and is_null(expr.this))


def both(*exprs: Expression) -> Expression:
    """And: with null as not known, as in SQL."""
    if any(is_false(each) for each in exprs):
        return FALSE
    found = [each for each in exprs if not is_true(each)]
    return exp.and_(*found) if found else TRUE


def either(*exprs: Expression) -> Expression:
    if any(is_true(each) for each in exprs):
        return TRUE
    found = [each for each in exprs if not is_false(each)]
    return exp.or_(*found) if found else FALSE


def negated(expr: Expression) -> Expression:
    if isinstance(expr, exp.Boolean):
        return FALSE if expr.this else TRUE
    return exp.Not(this=_wrapped(expr))


def missing(expr: Expression) -> Expression:
    """Is null."""
    if isinstance(expr, (exp.Boolean, exp.Literal)):
        return FALSE
    return exp.Is(this=_wrapped(expr), expression=exp.null())


def there(expr: Expression) -> Expression:
    """Is not null."""
    if isinstance(expr, (exp.Boolean, exp.Literal)):
        return TRUE
    return exp.Not(this=exp.Is(this=_wrapped(expr), expression=exp.null()))


def case(*arms: tuple[Expression, Expression], default: Expression | None = None) -> Expression:
    """The value of the first condition that is true."""
    found = []
    for when, then in arms:
        if is_false(when) or isinstance(when, exp.Null):
            continue
        if is_true(when):
            default = then
            break
        found.append(exp.If(this=when.copy(), true=then.copy()))
    if not found:
        return exp.null() if default is None else default
    return exp.Case(ifs=found, default=None if default is None or isinstance(default, exp.Null) else default.copy())


def coalesce(*exprs: Expression) -> Expression:
    found = list({each.sql(): each.copy() for each in exprs}.values())
    return found[0] if len(found) == 1 else exp.Coalesce(this=found[0], expressions=found[1:])


def holds(expr: Expression) -> Expression:
    """True, and not null."""
    return expr if isinstance(expr, exp.Boolean) else coalesce(expr, FALSE)


def binary(node: type[exp.Binary], left: Expression, right: Expression) -> Expression:
    return node(this=_wrapped(left), expression=_wrapped(right))


def equal(left: Expression, right: Expression) -> Expression:
    return binary(exp.EQ, left, right)


def one_of(expr: Expression, members: list[Expression]) -> Expression:
    if len(members) == 1:
        return equal(expr, members[0])
    return exp.In(this=_wrapped(expr), expressions=[each.copy() for each in members])


def together(*texts: Expression) -> Expression:
    """Codes one after the other, those that are null left out; null where nothing is left. Nothing is joined where all are null."""
    texts = tuple({each.sql(): each for each in texts}.values())
    if len(texts) == 1:
        return texts[0]
    joined = exp.Anonymous(this="CONCAT_WS", expressions=[exp.Literal.string(","), *(each.copy() for each in texts)])
    return case((either(*map(there, texts)), joined))


def gathered_text(expr: Expression) -> Expression:
    return exp.GroupConcat(this=expr.copy(), separator=exp.Literal.string(","))


def select(columns: Iterable[Expression], of: Expression, where: Expression | None = None) -> exp.Select:
    """Nothing is copied: a plan is made of thousands of nodes."""
    found = exp.Select(expressions=list(columns))
    found.set("from_", exp.From(this=of))
    if where is not None:
        found.set("where", exp.Where(this=where))
    return found


def nested(query: exp.Query, alias: str) -> exp.Subquery:
    return exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier(alias)))


def step(name: str, alias: str = "") -> exp.Table:
    found = exp.Table(this=exp.to_identifier(name, quoted=True))
    if alias:
        found.set("alias", exp.TableAlias(this=exp.to_identifier(alias)))
    return found


def named(expr: Expression, name: str) -> exp.Alias:
    return exp.Alias(this=expr.copy(), alias=exp.to_identifier(name))


def integer(expr: Expression) -> Expression:
    """With 64 bits even where it is a literal."""
    inner = expr.this if isinstance(expr, exp.Neg) else expr
    return as_integer(expr) if isinstance(inner, exp.Literal) and not inner.is_string else expr


def as_text(expr: Expression) -> Expression:
    return exp.Cast(this=expr.copy(), to=TEXT.copy())


def as_integer(expr: Expression) -> Expression:
    return exp.Cast(this=expr.copy(), to=INTEGER.copy())


def _wrapped(expr: Expression) -> Expression:
    plain = isinstance(expr, (exp.Column, exp.Literal, exp.Boolean, exp.Null, exp.Func, exp.Cast, exp.Paren))
    plain = plain and not isinstance(expr, exp.Connector)
    return expr.copy() if plain else exp.paren(expr.copy(), copy=False)
