"""Small words for making SQL nodes, with constants worked out; null is told apart from false everywhere.

Nodes are dialect-neutral; what the dialects do not share is changed in ``dialects``. A node may stand in several places, for to copy each
time takes longer than all the rest of making a plan: what changes one copies it first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlglot import exp

TRUE, FALSE = exp.true(), exp.false()
INTEGER, WIDE, BOOL, DATE, TEXT = (exp.DataType.build(name) for name in ("BIGINT", "INT128", "BOOLEAN", "DATE", "TEXT"))
TEXTS, INTEGERS = (exp.DataType.build(name, dialect="duckdb") for name in ("TEXT[]", "BIGINT[]"))

Expression = exp.Expr
Leaf = TypeVar("Leaf", exp.Column, exp.Table)


def parts_of(expr: Expression, kind: type[Leaf]) -> list[Leaf]:
    """All columns, or tables, in the order in which they are written. A plan has hundreds of thousands of nodes, most of them looked at several
    times: sqlglot's own search takes four times as long."""
    found, waiting = [], [expr]
    while waiting:
        node = waiting.pop()
        if isinstance(node, kind):
            found.append(node)
        elif not isinstance(node, exp.DataType):
            for part in reversed(node.args.values()):
                if isinstance(part, list):
                    waiting.extend(each for each in reversed(part) if isinstance(each, exp.Expr))
                elif isinstance(part, exp.Expr):
                    waiting.append(part)
    return found


def key_of(expr: Expression) -> str:
    """What tells an expression from others."""
    return expr.sql(copy=False)


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


def word(value: str, among: tuple[str, ...]) -> Expression:
    """One of a few words, which a database may keep as its place among them."""
    return exp.Cast(this=exp.Literal.string(value), to=words_of(among))


@cache
def words_of(among: tuple[str, ...]) -> exp.DataType:
    return exp.DataType(this=exp.DataType.Type.ENUM, expressions=[exp.Literal.string(each) for each in among])


def null(type: exp.DataType) -> Expression:
    return exp.Cast(this=exp.null(), to=type)


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
    return exp.and_(*found, copy=False) if found else TRUE


def either(*exprs: Expression) -> Expression:
    if any(is_true(each) for each in exprs):
        return TRUE
    found = [each for each in exprs if not is_false(each)]
    return exp.or_(*found, copy=False) if found else FALSE


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
        found.append(exp.If(this=when, true=then))
    if not found:
        return exp.null() if default is None else default
    return exp.Case(ifs=found, default=None if isinstance(default, exp.Null) else default)


def coalesce(*exprs: Expression) -> Expression:
    found = list({key_of(each): each for each in exprs}.values())
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
    return exp.In(this=_wrapped(expr), expressions=members)


def together(*texts: Expression) -> Expression:
    """Codes one after the other, those that are null left out; null where nothing is left. Nothing is joined where all are null."""
    texts = tuple({key_of(each): each for each in texts}.values())
    if len(texts) == 1:
        return texts[0]
    joined = exp.Anonymous(this="CONCAT_WS", expressions=[exp.Literal.string(","), *texts])
    return case((either(*map(there, texts)), joined))


def gathered_text(expr: Expression) -> Expression:
    return exp.GroupConcat(this=expr, separator=exp.Literal.string(","))


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
    return exp.Alias(this=expr, alias=exp.to_identifier(name))


def integer(expr: Expression) -> Expression:
    """With 64 bits even where it is a literal."""
    inner = expr.this if isinstance(expr, exp.Neg) else expr
    return as_integer(expr) if isinstance(inner, exp.Literal) and not inner.is_string else expr


def as_text(expr: Expression) -> Expression:
    return exp.Cast(this=expr, to=TEXT)


def as_integer(expr: Expression) -> Expression:
    return exp.Cast(this=expr, to=INTEGER)


def _wrapped(expr: Expression) -> Expression:
    plain = isinstance(expr, (exp.Column, exp.Literal, exp.Boolean, exp.Null, exp.Func, exp.Cast, exp.Paren))
    plain = plain and not isinstance(expr, exp.Connector)
    return expr if plain else exp.Paren(this=expr)
