"""The tables of results: what the items of a provision come to, and one row for each enterprise and provision.

The missing facts stand there as codes (``fayan_runtime.codes`` tells them); amounts are in 元.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.between.parts import all_codes, col, null, number, step, text, total, union, when
from fayan_compiler.targets.relational.items import GRANTED, STATUSES, Items, said, word_of
from fayan_compiler.targets.relational.others import Decided
from fayan_compiler.targets.relational.sql import Expression
from fayan_runtime import ir
from fayan_runtime.names import KEY
from fayan_runtime.outcome import PAID
from fayan_runtime.results import LACKS, wide_columns, wide_name, words_of
from fayan_runtime.tables import POSITION

MONEY = "DECIMAL(38, 2)"


def yuan(fen: Expression) -> Expression:
    """分 as 元."""
    return exp.cast(exp.Mul(this=exp.cast(fen, MONEY), expression=exp.Literal.number("0.01")), MONEY)


def summed_up(provision: ir.Provision, at: int, items: Items) -> exp.Query:
    """What an award comes to, for the enterprises that have items of it."""
    found = _sums(provision.nature in PAID).from_(step(items.where[provision.name]))
    return found.where(col("provision").eq(number(at))).group_by(col("key"))


def _sums(is_paid: bool) -> exp.Select:
    granted = col("status").eq(number(GRANTED))
    settled = exp.and_(
        exp.and_(granted.copy(), col("least").eq(col("most"))).or_(col("status") > number(2)), col("whole").not_()
    )
    own = col("whole").not_()
    zero = number(0)
    amount = exp.func("COALESCE", total(when(granted, col("amount"))), zero)
    complete = exp.Min(this=when(settled, number(1), zero))
    columns: dict[str, Expression] = {
        "status": _status(exp.Min(this=col("status"))),
        "amount": yuan(amount),
        "paid": null(MONEY),
        "payable": null(MONEY),
        "complete": complete,
        "missing": all_codes(col("missing")),
    }
    if is_paid:
        vague = exp.Max(this=when(exp.and_(own, col("paid").is_(exp.Null())), number(1), zero))
        all_paid = exp.func("COALESCE", exp.Sum(this=when(own, col("paid"))), zero)
        lost = exp.Max(this=when(exp.and_(granted, col("payable").is_(exp.Null())), number(1), zero))
        is_open = col("status").isin(number(1), number(2))
        open_paid = exp.func("COALESCE", exp.Sum(this=when(exp.and_(own, is_open), col("paid"))), zero)
        open_vague = exp.Max(this=when(exp.and_(own, is_open, col("paid").is_(exp.Null())), number(1), zero))
        doubtful = exp.func("COALESCE", total(when(granted, col("amount") - col("least"))), zero)
        elsewhere = when(exp.or_(open_vague.eq(number(1)), open_paid >= doubtful), doubtful, open_paid)
        payable = exp.func("COALESCE", exp.Sum(this=when(granted, col("payable"))), zero) - exp.paren(elsewhere)
        columns["paid"] = yuan(when(vague.eq(zero), all_paid))
        columns["payable"] = yuan(when(lost.eq(zero), payable))
        columns["complete"] = when(lost.eq(zero), complete, zero)
    columns["complete"] = exp.EQ(this=exp.paren(columns["complete"]), expression=number(1))
    return exp.select(col("key"), *(exp.alias_(value, name, quoted=True) for name, value in columns.items()))


def _status(code: Expression) -> Expression:
    found = exp.Case(this=code)
    for number_of, name in enumerate(STATUSES):
        found = found.when(number(number_of), said(name))
    return found


def of_award(provision: ir.Provision, sums: str, enterprises: str) -> exp.Query:
    """One row for each enterprise: as its items sum up, or without any."""
    found = exp.select(*_rule(provision, col("k", "e")), *_named(provision, _of_sums(provision, "s"), []))
    same = col("k", "e").eq(col("key", "s"))
    return found.from_(step(enterprises).as_("e")).join(step(sums).as_("s"), on=same, join_type="left")


def _of_sums(provision: ir.Provision, sums: str) -> dict[str, Expression]:
    zero = yuan(number(0))
    is_paid = provision.nature in PAID
    there = col("key", sums).is_(exp.Null()).not_()
    return {
        "状态": exp.func("COALESCE", col("status", sums), said("not_applicable")),
        "金额": exp.func("COALESCE", col("amount", sums), zero),
        "已付": when(there, col("paid", sums), zero) if is_paid else null(MONEY),
        "应付": when(there, col("payable", sums), zero) if is_paid else null(MONEY),
        "完整": exp.func("COALESCE", col("complete", sums), exp.true()),
        LACKS: col("missing", sums),
    }


def of_other(provision: ir.Provision, decided: Decided | None, enterprises: str) -> exp.Query:
    """One row for each enterprise; ``decided`` is None where the policy is not yet in force."""
    columns, words = _of_decided(provision, decided)
    found = exp.select(*_rule(provision, col("k")), *_named(provision, columns, words))
    return found.from_(step(enterprises))


def _of_decided(provision: ir.Provision, decided: Decided | None) -> tuple[dict[str, Expression], Sequence[Expression]]:
    not_yet = decided is None
    award = not_yet and provision.kind == "award"
    zero = yuan(number(0)) if award else null(MONEY)
    paid = yuan(number(0)) if award and provision.nature in PAID else null(MONEY)
    columns = {
        "状态": said("not_in_force") if decided is None else decided.status,
        "金额": zero,
        "已付": paid,
        "应付": paid.copy(),
        "完整": sql.TRUE if decided is None else decided.complete,
        LACKS: null("TEXT") if decided is None else decided.missing,
    }
    words = (
        [number(0)] * words_of(provision) if decided is None and not award else list(decided.words) if decided else []
    )
    return columns, words


def side_by_side(asked: Sequence[tuple[ir.Provision, str | Decided | None]], enterprises: str) -> exp.Query:
    """One row for each enterprise, with what each provision comes to beside each other (``results.wide_columns``).

    Of each provision: the step of its sums, or how it is decided.
    """
    made: list[Expression] = [exp.alias_(col("k", "e"), KEY, quoted=True)]
    found = exp.select().from_(step(enterprises).as_("e"))
    for place, (provision, of) in enumerate(asked):
        words: Sequence[Expression] = []
        if isinstance(of, str):
            sums = f"s{place}"
            columns = _of_sums(provision, sums)
            found = found.join(step(of).as_(sums), on=col("k", "e").eq(col("key", sums)), join_type="left")
        else:
            columns, words = _of_decided(provision, of)
            words = [exp.cast(each.copy(), "BIGINT") for each in words] or [null("BIGINT")] * words_of(provision)
        columns |= {f"理由{at or ''}": word for at, word in enumerate(words)}
        names = {each.name for each in wide_columns(provision)}
        made += [
            exp.alias_(value, wide_name(provision, name), quoted=True)
            for name, value in columns.items()
            if wide_name(provision, name) in names
        ]
    return found.select(*made)


def codes(asked: Sequence[tuple[ir.Provision, str | Decided | None]], enterprises: str) -> exp.Query:
    """The codes of missing facts, as often as they stand there."""
    found: list[tuple[Expression, str]] = [(col("missing"), of) for _, of in asked if isinstance(of, str)]
    found += [(of.missing.copy(), enterprises) for _, of in asked if isinstance(of, Decided)]
    return union(
        [
            exp.select(exp.alias_(code, LACKS, quoted=True)).from_(step(of)).where(sql.there(code))
            for code, of in found
            if not sql.is_null(code)
        ]
        or [exp.select(exp.alias_(null("TEXT"), LACKS, quoted=True)).where(exp.false())]
    )


def _rule(provision: ir.Provision, key: Expression) -> list[Expression]:
    return [
        exp.alias_(key, KEY, quoted=True),
        exp.alias_(number(provision.measure), "措施", quoted=True),
        exp.alias_(text(provision.name), "事项", quoted=True),
    ]


def _named(provision: ir.Provision, columns: dict[str, Expression], words: Sequence[Expression]) -> list[Expression]:
    """In the order of the table, with what is the same in every row."""
    found = [exp.alias_(value.copy(), name, quoted=True) for name, value in columns.items()]
    found.insert(1, exp.alias_(text(provision.nature), "性质", quoted=True))
    return [*found, exp.alias_(_bits(words), "理由", quoted=True)]


def _bits(words: Sequence[Expression]) -> Expression:
    whole = exp.Array(expressions=[exp.cast(each.copy(), "BIGINT") for each in words])
    return exp.Cast(this=whole, to=sql.INTEGERS.copy())


def of_items(provision: ir.Provision, at: int, items: Items) -> exp.Query:
    """The items of an award."""
    is_paid = provision.nature in PAID
    columns = {
        POSITION: col("item"),
        "日期": col("day"),
        "状态": _status(col("status")),
        "核定前": yuan(col("uncapped")),
        "金额": yuan(col("amount")),
        "已付": yuan(col("paid")) if is_paid else null(MONEY),
        "应付": yuan(col("payable")) if is_paid else null(MONEY),
        LACKS: col("missing"),
        "理由": _bits([col(word_of(place)) for place in range(words_of(provision))]),
    }
    found = exp.select(
        *_rule(provision, col("key")), *(exp.alias_(value, name, quoted=True) for name, value in columns.items())
    )
    found = found.from_(step(items.where[provision.name]))
    return found.where(exp.and_(col("provision").eq(number(at)), col("whole").not_()))
