"""One plan in several dialects of SQL: what they do not share is changed here, and only here.

The steps are made of nodes that DuckDB prints as they are. PostgreSQL and Spark lack 128-bit integers, for which decimals of 38 digits
stand in; Spark has no whole division of these and no texts joined over a window.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from fayan_compiler.targets.relational import items

Change = Callable[[exp.Expr], exp.Expr]
#: What an engine needs to be told before it executes a plan. DuckDB has an optimizer that takes for ever with selects that stand deep
#: in each other; so have levels of columns put into each other, and constraints inferred from them, in Spark, where nothing is small
#: for certain. DuckDB gives memory back to the system after each step otherwise, and asks for it again in the next.
SETTINGS: dict[str, dict[str, str]] = {
    "duckdb": {"disabled_optimizers": "'partial_aggregate_pushdown'", "allocator_flush_threshold": "'8GB'"},
    "postgres": {},
    "spark": {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.CollapseProject",
        "spark.sql.constraintPropagation.enabled": "false",
        "spark.sql.requireAllClusterKeysForCoPartition": "false",
        "spark.sql.autoBroadcastJoinThreshold": "-1",
    },
}
#: How long a line may be before it is broken, where SQL is made to be read.
WIDTH = 110
WIDE = "DECIMAL(38, 0)"
#: A decimal quotient has 32 digits before the point and 6 after it. With a divisor from ``SMALL`` on that is always enough.
SMALL, PART = 10**6, 10**19


def render(query: exp.Expr, dialect: str, pretty: bool = False) -> str:
    query = query.copy()
    for change in CHANGES[dialect]:
        query = query.transform(change, copy=False)
    return query.sql(dialect, copy=False, pretty=pretty, identify=True, max_text_width=WIDTH)


def in_order(codes: exp.Expr, dialect: str) -> exp.Expr:
    """The codes of missing facts, which a plan gives in any order and perhaps twice, each once and in order of declaration; null for
    none. Numbers are compared as such: 15.2.1 comes before 15.10.1."""
    comma, point, nothing = (exp.Literal.string(each) for each in (items.SEPARATOR, ".", ""))
    if dialect == "postgres":
        code = exp.column("code", quoted=True)
        each = exp.func("UNNEST", exp.func("STRING_TO_ARRAY", codes, comma))
        once = exp.select(exp.alias_(each, "code", quoted=True)).distinct().subquery("codes")
        numbers = exp.cast(exp.func("STRING_TO_ARRAY", code, point), "INT[]")
        ordered = exp.Order(this=code.copy(), expressions=[exp.Ordered(this=numbers)])
        joined = exp.GroupConcat(this=ordered, separator=comma)
        return exp.select(joined).from_(once).where(code.neq(nothing)).subquery()
    name = exp.to_identifier("code", quoted=True)

    def mapped(of: exp.Expr, made: exp.Expr) -> exp.Expr:
        return exp.Transform(this=of, expression=exp.Lambda(this=made, expressions=[name]))

    texts, numbers_of = (exp.DataType.build(each, dialect="duckdb") for each in ("TEXT[]", "INT[]"))
    there = exp.Lambda(this=exp.NEQ(this=name, expression=nothing), expressions=[name])
    given = exp.ArrayFilter(this=exp.Split(this=codes, expression=comma), expression=there)
    parts = mapped(given, exp.Cast(this=exp.Split(this=name, expression=point), to=numbers_of))
    sorted_once = exp.ArraySort(this=exp.ArrayDistinct(this=parts))
    told = mapped(sorted_once, exp.ArrayToString(this=exp.Cast(this=name, to=texts), expression=point))
    return exp.Nullif(this=exp.ArrayToString(this=told, expression=comma), expression=nothing)


def _wide(node: exp.Expr) -> exp.Expr:
    """A decimal where there is no integer of 128 bits."""
    if isinstance(node, exp.DataType) and node.this == exp.DataType.Type.INT128:
        return exp.DataType.build(WIDE)
    return node


def spelt(node: exp.Expr) -> exp.Expr:
    """A word that is one of a few is a text."""
    return node.this if isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.ENUM else node


def _kept(node: exp.Expr) -> exp.Expr:
    """A step and a level of columns worked out once: put into what looks at it, as PostgreSQL would, it grows beyond measure."""
    if isinstance(node, exp.CTE):
        node.set("materialized", True)
    if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Select) and isinstance(node.parent, exp.From):
        node.this.set("offset", exp.Offset(expression=exp.Literal.number(0)))
    return node


def _in_none(node: exp.Expr) -> exp.Expr:
    """``x IN ()`` holds for nothing."""
    nothing = isinstance(node, exp.In) and not node.expressions and not node.args.get("query")
    return exp.false() if nothing else node


def _is_element(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Anonymous) and node.name.upper() == "ARRAY_CONTAINS":
        held, member = node.expressions
        return exp.EQ(this=member, expression=exp.Any(this=exp.paren(held)))
    return node


def _joined(node: exp.Expr) -> exp.Expr:
    """Texts joined: a list, then its elements; null where there are none."""
    inner = node.this if isinstance(node, exp.Window) else node
    if not isinstance(inner, exp.GroupConcat) or isinstance(node.parent, exp.Window):
        return node
    gathered: exp.Expr = exp.ArrayAgg(this=inner.this.copy())
    if isinstance(node, exp.Window):
        node = node.copy()
        node.set("this", gathered)
        gathered = node
    joined = exp.Anonymous(this="ARRAY_JOIN", expressions=[gathered, inner.args["separator"].copy()])
    return exp.Nullif(this=joined, expression=exp.Literal.string(""))


def _whole_division(node: exp.Expr) -> exp.Expr:
    """Whole division of decimals, towards zero, from division without a remainder: exact, in two parts where the quotient is long."""
    if not isinstance(node, exp.IntDiv) or _is_narrow(node.this):
        return node
    a, b = (exp.cast(exp.paren(each.copy()), WIDE) for each in (node.this, node.expression))
    part = exp.cast(exp.Literal.number(PART), WIDE)
    high, low = _divided(a, part), _rest(a, part)
    lower = exp.Add(this=exp.Mul(this=_rest(high, b), expression=part), expression=low)
    in_two = exp.Add(
        this=exp.Mul(this=_divided(high, b), expression=part.copy()), expression=_divided(exp.paren(lower), b)
    )
    small = exp.Abs(this=b.copy()) < exp.Literal.number(SMALL)
    return exp.Case(ifs=[exp.If(this=small, true=in_two)], default=_divided(a, b))


def _is_narrow(number: exp.Expr) -> bool:
    """It plainly has 64 bits."""
    return isinstance(number, exp.Cast) and number.to.this == exp.DataType.Type.BIGINT


def _summed(node: exp.Expr) -> exp.Expr:
    """Integers of 64 bits are added up with more: their sum is an error where it does not fit into 64."""
    if isinstance(node, exp.Sum) and _is_narrow(node.this):
        return exp.Sum(this=exp.cast(node.this, WIDE))
    return node


def _rest(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    return exp.paren(exp.Mod(this=a.copy(), expression=b.copy()))


def _divided(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    whole = exp.paren(exp.Sub(this=a.copy(), expression=_rest(a, b)))
    return exp.cast(exp.Div(this=whole, expression=b.copy(), typed=True, safe=True), WIDE)


#: What is changed for each dialect, in this order.
CHANGES: dict[str, tuple[Change, ...]] = {
    "duckdb": (_in_none,),
    "postgres": (_in_none, spelt, _wide, _is_element, _kept),
    "spark": (_in_none, spelt, _wide, _summed, _whole_division, _joined),
}
