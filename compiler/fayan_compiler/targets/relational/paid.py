"""What was paid, as the set-off asks for it (``items.Payments``)."""

from __future__ import annotations

from attrs import frozen
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.facts import field_of, list_known, rows_of
from fayan_compiler.targets.relational.frames import Frame
from fayan_compiler.targets.relational.items import ERROR, UNKNOWN, Payments
from fayan_compiler.targets.relational.logic import kleene
from fayan_compiler.targets.relational.lower import Env, Lowering
from fayan_compiler.targets.relational.query import Steps
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import Value, needed
from fayan_runtime import ir
from fayan_runtime.names import OWN

FIELDS = {"measure": "措施", "about": "事项", "day": "日期", "fen": "金额"}


@frozen(eq=False)
class Paid:
    frame: Frame
    columns: dict[str, Expression]
    known: Value
    digits: int

    @classmethod
    def of(cls, low: Lowering, offset: ir.Offset) -> Paid:
        rows = rows_of(low, low.frames.root, offset.list)
        env = Env().bind(OWN, rows)
        columns: dict[str, Expression] = {"payment": low.frames.position(rows.frame)}
        digits = 0
        for name, of in FIELDS.items():
            value = field_of(low, rows, of)
            columns[name] = value.sql
            if name == "measure":
                whole = exp.IntDiv(this=value.sql.copy(), expression=sql.literal(value.scale.denominator))
                columns[name] = sql.case((_whole(value), whole), (sql.there(value.sql), sql.literal(-1)))
            if name == "fen":
                digits = max(0, len(str(value.scale.denominator)) - 3)
                factor = 100 * value.scale
                columns[name] = _decimal(value.sql, int(factor * 10**digits), digits)
            columns[f"lack {name}"] = value.lacks or sql.null(sql.TEXT)
        counts = low.kept(kleene(low, [low.kept(needed(low.value(each.expr, env))) for each in offset.among], False))
        error = sql.FALSE if counts.error is None else sql.there(counts.error)
        absent = sql.case((error, sql.literal(ERROR)), (sql.missing(counts.sql), sql.literal(UNKNOWN)))
        columns |= {"counts": counts.sql, "absent": absent, "missing": counts.lacks or sql.null(sql.TEXT)}
        return cls(rows.frame, columns, list_known(low, offset.list), digits)

    def steps(self, steps: Steps, rows: str, enterprises: str) -> Payments:
        key = exp.alias_(exp.column("k"), "key", quoted=True)
        types = {"absent": "SMALLINT"}
        made = [
            exp.alias_(exp.cast(value.copy(), types[name]) if name in types else value.copy(), name, quoted=True)
            for name, value in self.columns.items()
        ]
        name = steps.add("payments", exp.select(key, *made).from_(exp.to_table(rows, quoted=True)))
        lacks = exp.alias_((self.known.lacks or sql.null(sql.TEXT)).copy(), "missing", quoted=True)
        unknown = (
            exp.select(key.copy(), lacks)
            .from_(exp.to_table(enterprises, quoted=True))
            .where(sql.negated(self.known.sql))
        )
        return Payments(name, steps.add("payments unknown", unknown), self.digits)


def _whole(value: Value) -> Expression:
    """That the number is an integer."""
    if value.scale == 1:
        return sql.there(value.sql)
    return sql.equal(exp.Mod(this=value.sql.copy(), expression=sql.literal(value.scale.denominator)), sql.literal(0))


def _decimal(value: Expression, factor: int, digits: int) -> Expression:
    """An integer times a factor, over a power of ten, as an exact decimal."""
    whole: Expression = exp.cast(value.copy(), "DECIMAL(30, 0)")
    if factor != 1:
        whole = exp.Mul(this=whole, expression=sql.literal(factor))
    unit = exp.Literal.number("0." + "0" * (digits - 1) + "1") if digits else sql.literal(1)
    return exp.cast(exp.Mul(this=whole, expression=unit), f"DECIMAL(38, {digits})")
