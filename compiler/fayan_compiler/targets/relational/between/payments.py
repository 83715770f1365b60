"""What was paid, set off against the items it was paid for: ``fayan_runtime.payments`` as joins.

Payments meet *events*: items of one provision with the same event day, or month, or year, as their list is dated. An event is a number:
the day as 20250630, with zeros for what does not count; 0 where there is no event day; below 0 where it is not known, for each item its own.
Only what a payment may be for passes a window.
"""

from __future__ import annotations

from sqlglot import exp, select

from fayan_compiler.targets.relational.between.parts import (
    all_codes,
    at_least_0,
    codes,
    col,
    null,
    number,
    over,
    smaller,
    step,
    text,
    union,
    when,
)
from fayan_compiler.targets.relational.items import ERROR, GRANTED, UNKNOWN, Items, Payments
from fayan_runtime import ir
from fayan_runtime.outcome import PAID
from fayan_runtime.payments import grain_of

EVENT = ("key", "provision", "event")
#: What of a day counts, by the grain of a provision.
PARTS = {"date": ("YEAR", "MONTH", "DAY"), "month": ("YEAR", "MONTH"), "year": ("YEAR",)}
UNITS = {"YEAR": 10_000, "MONTH": 100, "DAY": 1}


def set_off(program: ir.Program, items: Items, payments: Payments | None) -> str | None:
    """Give the items of provisions that are paid out ``paid`` and ``payable``; the step of the payments that meet none (``key``, ``payment``, ``measure``)."""
    of = {
        at: each
        for at, each in enumerate(program.provisions)
        if each.name in items.where and each.kind == "award" and each.nature in PAID
    }
    if not of:
        return None if payments is None else payments.name
    if payments is None:
        _conclude(items, of, None, 0)
        return None
    _events(program, items, of)
    _meet(program, items, of, payments)
    _share(items, payments)
    _conclude(items, of, "set off shares", payments.digits)
    met = select(col("key"), col("payment")).distinct().from_(step("set off meeting")).subquery("met")
    same = exp.and_(*(col(name, "met").eq(col(name, "payments")) for name in ("key", "payment")))
    return items.steps.add(
        "set off unmatched",
        select(*(col(name, "payments") for name in ("key", "payment", "measure")))
        .from_(step(payments.name).as_("payments"))
        .join(met, on=same, join_type="left")
        .where(col("payment", "met").is_(exp.Null())),
    )


def _event(grain: str, of: str = "") -> exp.Expr:
    parts = [
        exp.Mul(
            this=exp.cast(exp.Extract(this=exp.var(part), expression=col("day", of)), "INT"),
            expression=number(UNITS[part]),
        )
        for part in PARTS[grain]
    ]
    whole: exp.Expr = parts[0]
    for part in parts[1:]:
        whole = exp.Add(this=whole, expression=part)
    return whole


def _events(program: ir.Program, items: Items, of: dict[int, ir.Provision]) -> None:
    """What can be paid, by event."""
    parts: list[exp.Query] = []
    for at, each in of.items():
        event = when(col("dated").not_(), exp.Sub(this=number(-1), expression=col("item")))
        event = event.when(col("day").is_(exp.Null()).not_(), _event(grain_of(each, program))).else_(number(0))
        parts.append(
            select(*map(col, ("key", "provision", "item", "whole", "status", "amount")), event.as_("event"))
            .from_(step(items.where[each.name]))
            .where(col("provision").eq(number(at)))
        )
    items.steps.add("set off events", union(parts))


def _meet(program: ir.Program, items: Items, of: dict[int, ir.Provision], payments: Payments) -> None:
    """Which payment is perhaps for which event; and what is paid for each event, with what of that is not known."""
    about: list[exp.Query] = [
        select(
            number(at).as_("provision"),
            number(each.measure).as_("measure"),
            text(each.name).as_("about"),
            number(list(PARTS).index(grain_of(each, program))).as_("grain"),
        )
        for at, each in of.items()
    ]
    fits = [
        exp.or_(col(name, "payment").is_(exp.Null()), col(name, "payment").eq(col(name, "of")))
        for name in ("measure", "about")
    ]
    event = exp.Case()
    for at, grain in enumerate(PARTS):
        event = event.when(col("grain", "of").eq(number(at)), _event(grain, "payment"))
    own = (
        "key",
        "payment",
        "fen",
        "counts",
        "absent",
        "missing",
        *map("lack {}".format, ("measure", "about", "day", "fen")),
    )
    items.steps.add(
        "set off payments",
        select(*(col(name, "payment") for name in own), col("provision", "of"), event.as_("event"))
        .from_(step(payments.name).as_("payment"))
        .join(union(about).subquery("of"), on=exp.and_(*fits)),
    )
    paid, item = "paid", "item"
    meets = exp.or_(
        col("whole", item),
        col("event", item) <= number(0),
        col("event", paid).is_(exp.Null()),
        col("event", paid).eq(col("event", item)),
    )
    undated = exp.and_(col("event", item) > number(0), col("event", paid).is_(exp.Null()))
    vague = exp.or_(
        col("lack measure", paid).is_(exp.Null()).not_(),
        col("lack about", paid).is_(exp.Null()).not_(),
        col("event", item) < number(0),
        undated,
    )
    items.steps.add(
        "set off meeting",
        select(
            *(col(name, item) for name in (*EVENT, "whole")),
            *(col(name, paid) for name in ("payment", "fen", "counts", "absent", "missing", "lack fen")),
            vague.as_("vague"),
            when(
                vague, codes(col("lack measure", paid), col("lack about", paid), when(undated, col("lack day", paid)))
            ).as_("lack event", quoted=True),
        )
        .distinct()
        .from_(step("set off events").as_(item))
        .join(
            step("set off payments").as_(paid),
            on=exp.and_(*(col(name, item).eq(col(name, paid)) for name in ("key", "provision")), meets),
        ),
    )
    certain = exp.and_(col("vague").not_(), col("counts"))
    lacking = (
        exp.Case()
        .when(col("vague"), codes(col("lack event"), col("missing")))
        .when(col("absent").eq(number(UNKNOWN)), codes(col("missing")))
        .when(certain, col("lack fen"))
    )
    unsure = exp.and_(
        exp.or_(col("vague"), col("absent").eq(number(UNKNOWN)), exp.and_(certain, col("fen").is_(exp.Null())))
    )
    failed = exp.and_(col("vague").not_(), col("absent").eq(number(ERROR)))
    absent = exp.Max(this=when(failed, number(ERROR)).when(unsure, number(UNKNOWN)))
    sums = (
        select(
            *map(col, EVENT),
            exp.Sum(this=when(certain, col("fen"))).as_("total"),
            absent.as_("absent"),
            all_codes(lacking).as_("missing"),
        )
        .from_(step("set off meeting"))
        .where(exp.and_(col("whole").not_(), exp.or_(col("counts"), col("counts").is_(exp.Null()))))
        .group_by(*map(col, EVENT))
    )
    unknown = (
        select(
            *(col(name, item) for name in EVENT), null(_decimal(payments)), number(UNKNOWN), col("missing", "unknown")
        )
        .distinct()
        .from_(step("set off events").as_(item))
        .join(step(payments.unknown).as_("unknown"), on=col("key", item).eq(col("key", "unknown")))
        .where(col("whole", item).not_())
    )
    items.steps.add("set off sums", union([sums, unknown]))


def _decimal(payments: Payments) -> str:
    return f"DECIMAL(38, {payments.digits})"


def _share(items: Items, payments: Payments) -> None:
    """Payments for one event are used up in the order of its items, those not decided last; what is left belongs to the last."""
    item, sums = "item", "sums"
    is_open = when(col("status").isin(number(UNKNOWN), number(ERROR)), number(1), number(0))
    order = [is_open, col("item")]
    amount = exp.func("COALESCE", col("amount"), number(0))
    items.steps.add(
        "set off paid",
        select(
            *(col(name, item) for name in ("key", "provision", "item", "status", "amount", "event")),
            *(col(name, sums) for name in ("total", "absent", "missing")),
        )
        .from_(step("set off events").as_(item))
        .join(step("set off sums").as_(sums), on=exp.and_(*(col(name, item).eq(col(name, sums)) for name in EVENT)))
        .where(col("whole", item).not_()),
    )
    before = over(exp.Sum(this=exp.cast(amount, _decimal(payments))), EVENT, order, "before")
    after = over(exp.Count(this=exp.Star()), EVENT, order, "after")
    items.steps.add(
        "set off order",
        select(
            *map(col, ("key", "provision", "item", "amount", "total", "absent", "missing")),
            exp.func("COALESCE", before, number(0)).as_("before"),
            exp.func("COALESCE", after, number(0)).as_("after"),
        ).from_(step("set off paid")),
    )
    left = exp.Sub(this=col("total"), expression=col("before"))
    part = (
        exp.Case()
        .when(col("absent").is_(exp.Null()).not_(), exp.Null())
        .when(col("after") > number(0), at_least_0(smaller(left, amount)))
        .when(col("total") < number(0), col("total"))
        .else_(at_least_0(left))
    )
    items.steps.add(
        "set off shares",
        select(
            *map(col, ("key", "provision", "item")),
            exp.cast(part, _decimal(payments)).as_("paid"),
            col("absent"),
            when(col("absent").eq(number(UNKNOWN)), col("missing")).as_("missing"),
        ).from_(step("set off order")),
    )


def _conclude(items: Items, of: dict[int, ir.Provision], shares: str | None, digits: int) -> None:
    """Note what was paid for each item. Where that is not known, neither is what a granted item still pays."""
    decimal = f"DECIMAL(38, {digits})"
    standing: dict[str, list[int]] = {}
    for at, each in of.items():
        standing.setdefault(items.where[each.name], []).append(at)
    for number_of, (relation, provisions) in enumerate(standing.items()):
        amount, granted = col("amount", "item"), col("status", "item").eq(number(GRANTED))
        paid: exp.Expr = exp.cast(number(0), decimal)
        missing: exp.Expr = col("missing", "item")
        if shares is not None:
            paid = when(col("absent", "share").is_(exp.Null()), exp.func("COALESCE", col("paid", "share"), paid))
            missing = when(
                exp.and_(granted, col("missing", "share").is_(exp.Null()).not_()),
                codes(missing, col("missing", "share")),
                missing,
            )
        payable = when(granted, when(paid.is_(exp.Null()).not_(), at_least_0(exp.cast(amount, decimal) - paid))).when(
            amount.is_(exp.Null()).not_(), number(0)
        )
        query = select(
            *(missing.as_("missing") if name == "missing" else col(name, "item") for name in items.columns),
            paid.as_("paid"),
            exp.cast(payable, decimal).as_("payable"),
        ).from_(step(relation).as_("item"))
        if shares is not None:
            same = exp.and_(*(col(name, "item").eq(col(name, "share")) for name in ("key", "provision", "item")))
            query = query.join(step(shares).as_("share"), on=same, join_type="left")
        query = query.where(col("provision", "item").isin(*map(number, provisions)))
        done = items.steps.add(f"set off done {number_of}", query)
        items.where |= {of[at].name: done for at in provisions}
