"""What each condition of a provision came to, two bits each (``fayan_runtime.results``)."""

from __future__ import annotations

from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import Value
from fayan_runtime.results import OUTCOMES, PER_WORD

TRUE, FALSE, UNKNOWN, ERROR = (OUTCOMES.index(each) for each in ("true", "false", "unknown", "error"))


def words(values: list[Value], last: Expression | None = None) -> tuple[Expression, ...]:
    """The integers of a reason code; ``last`` is what an amount comes to."""
    bits = [_outcome(each) for each in values] + ([] if last is None else [last])
    found = []
    for start in range(0, max(1, len(bits)), PER_WORD):
        whole: Expression = sql.null(sql.INTEGER)
        parts = [
            each if at == 0 else sql.binary(exp.Mul, sql.as_integer(each), sql.literal(4**at))
            for at, each in enumerate(bits[start : start + PER_WORD])
            if not (isinstance(each, exp.Literal) and each.this == "0")
        ]
        whole = sql.as_integer(sql.literal(0))
        for part in parts:
            whole = sql.binary(exp.Add, whole, part)
        found.append(whole)
    return tuple(found)


def _outcome(value: Value) -> Expression:
    arms = [(value.sql, sql.literal(TRUE)), (sql.negated(value.sql), sql.literal(FALSE))]
    if value.error is not None:
        arms.append((sql.there(value.error), sql.literal(ERROR)))
    if isinstance(value.sql, exp.Boolean):
        return sql.literal(TRUE if value.sql.this else FALSE)
    return sql.case(*arms, default=sql.literal(UNKNOWN))
