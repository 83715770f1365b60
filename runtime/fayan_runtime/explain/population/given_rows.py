"""What is said of single rows that were given: payments that meet no item, rows that repeat another, rejected ones."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.population.section import Cell, Column, Section
from fayan_runtime.explain.words import pick
from fayan_runtime.names import KEY
from fayan_runtime.population import Rejected, Repeat, Unmatched

REJECTS_SHOWN = 20
UNMATCHED_SHOWN = 100


def unmatched_section(of: Unmatched, language: str) -> Section:
    """Payments that are set off against nothing: paid for something else, or told wrongly."""

    def both(zh: str, en: str) -> str:
        return pick((zh, en), language)

    columns = [
        Column(KEY if language == "zh" else "Credit code"),
        Column(both("行", "Row"), "label"),
        Column(both("措施", "No."), "label"),
        Column(both("事项", "Provision")),
        Column(both("日期", "Date")),
        Column(both("金额（元）", "Amount (RMB)"), "money"),
    ]
    rows: list[list[Cell]] = [
        [each.key, each.row, each.measure, each.provision, each.day.isoformat() if each.day else None, each.amount]
        for each in of.payments[:UNMATCHED_SHOWN]
    ]
    amount = tongue(language).numbers.yuan(Fraction(of.amount))
    unknown = both(f"，另有 {of.unknown} 笔金额不明", f" and {of.unknown} of an amount not known")
    more = unknown if of.unknown else ""
    notes = [
        both(
            f"共 {of.count} 笔，{amount}{more}：没有哪一项的措施、事项、日期与它们都相同，所以没有抵扣，应付里没有减去。请核对日期、事项"
            "有没有写错；付的就是别的钱，不用改。",
            f"{of.count} in all, {amount}{more}: no item has their measure, provision and date, so nothing is set off and payable is not"
            " less by them. Check the date and the provision; leave them where something else was paid for.",
        )
    ]
    if left := of.count - len(rows):
        notes.append(both(f"还有 {left} 笔，见“未对上”。", f"{left} more: see “Unmatched”."))
    title = both("没有对上的已付款项", "Payments that meet no item")
    return Section("unmatched", title, columns, rows, notes)


def repeats_section(repeats: Sequence[Repeat], count: int, language: str) -> Section:
    """Rows that say the same as an earlier one of their enterprise."""

    def both(zh: str, en: str) -> str:
        return pick((zh, en), language)

    in_parts = any(each.part for each in repeats)
    columns = [Column(both("分区", "Part"))] if in_parts else []
    columns += [
        Column(both("表", "Table")),
        Column(both("行", "Row"), "label"),
        Column(both("与第几行相同", "Same as row"), "label"),
        Column(KEY if language == "zh" else "Credit code"),
    ]
    shown = repeats[:REJECTS_SHOWN]
    rows: list[list[Cell]] = [
        [*([each.part] if in_parts else []), each.table, each.row, each.first, each.key] for each in shown
    ]
    notes = [
        both(
            "各列都与同一户前面的一行相同。两次一样的认定、付款、租赁可能确有其事，所以都照算了；重复录入的，删去一行再判定。",
            "Every column is that of an earlier row of the enterprise. Two payments or leases may be alike, so all were counted; remove what was"
            " entered twice and decide again.",
        )
    ]
    if left := count - len(rows):
        notes.append(both(f"还有 {left} 行。", f"{left} more."))
    return Section("repeats", both("与前面的行相同的", "Rows that repeat another"), columns, rows, notes)


def rejects_section(
    rejects: Sequence[Rejected],
    faults: int,
    language: str,
    more: str = "",
    title: tuple[str, str] = ("退回的", "Rejected"),
) -> Section:
    """The first faults, with all the rows that each is in; ``more`` says where the others stand."""

    def both(zh: str, en: str) -> str:
        return pick((zh, en), language)

    columns = [
        Column(both("表和行", "Table and rows")),
        Column(both("列", "Column")),
        Column(both("所填", "Given")),
        Column(both("事由", "Reason")),
        Column(both("代码", "Code"), wide=True),
    ]
    alike: dict[tuple[str, str, str], list[Rejected]] = {}
    for each in rejects:
        alike.setdefault((each.column, each.zh, each.given), []).append(each)
    several = list(alike.values())[:REJECTS_SHOWN]
    rows: list[list[Cell]] = [
        [_places(of_one, language), each.column, each.given, both(each.zh, each.en), each.code]
        for of_one in several
        for each in of_one[:1]
    ]
    left = faults - sum(map(len, several))
    notes = [both(f"还有 {left} 处{more}。", f"{left} more{more}.")] if left else []
    return Section(
        "rejects",
        both(*title),
        columns,
        rows,
        notes,
        told=[_told(of_one, language) for of_one in several],
    )


def _told(of_one: Sequence[Rejected], language: str) -> str:
    of = of_one[0]
    place = _places(of_one, language) + (f" {of.column}" if of.column else "")
    return pick((f"{place}：{of.zh}", f"{place}: {of.en}"), language)


def _places(of_one: Sequence[Rejected], language: str) -> str:
    """All the rows that have one fault: a code miscopied in 企业 leaves many rows without their enterprise."""
    rows: dict[str, list[str]] = {}
    for each in of_one:
        table = f"{each.part}/{each.table}" if each.part else each.table
        rows.setdefault(table, []).extend([] if each.row is None else [str(each.row)])
    return pick(("；", "; "), language).join(table + _rows(found, language) for table, found in rows.items())


def _rows(rows: Sequence[str], language: str) -> str:
    if not rows:
        return ""
    return pick((f"第{'、'.join(rows)}行", f" row{'s' if len(rows) > 1 else ''} {', '.join(rows)}"), language)
