"""Plain official Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fayan_runtime import ir
from fayan_runtime.explain.numbers import numbers
from fayan_runtime.explain.phrase.tongue import Times, Tongue

#: A comparison word and what is said where it does not hold.
OPPOSITE = {
    "超过": "未超过", "高于": "不高于", "达到": "未达到", "不低于": "低于", "以上": "不足", "不满": "已满", "低于": "不低于",
    "不超过": "超过", "以下": "超过", "以内": "超过", "以外": "未超过", "为": "不是", "不为": "为",
    "早于": "不早于", "不早于": "早于", "晚于": "不晚于", "不晚于": "晚于",
}  # fmt: skip
BY_OP = {">": "超过", ">=": "达到", "<": "低于", "<=": "不超过", "==": "为", "!=": "不为"}
#: Words that follow the number in the policy, and what is said before it.
SPOKEN = {"以上": "不低于", "以下": "不超过", "以内": "不超过", "以外": "超过"}
#: The context words, as they are called in a sentence.
TODAY = {"评估日": "评估日", "发生日": "事项日期"}
DAYS = {"date": "有关日期", "month": "有关月份", "year": "有关年度"}


def word(compare: ir.Compare) -> str:
    return compare.word or BY_OP[compare.op]


class Chinese(Tongue):
    language = "zh"
    numbers = numbers("zh")
    TODAY = TODAY
    EQUALS, PLUS = "＝", "＋"

    def clauses(self, parts: Iterable[str]) -> str:
        return "；".join(parts)

    def refused(self, told: str, why: str) -> str:
        return f"{told}，{why}"

    def bracket(self, text: str) -> str:
        return f"（{text}）"

    def cited(self, text: str) -> str:
        return text

    def aside(self, text: str) -> str:
        return f"（{text}）"

    # ------------------------------------------------------------ names
    def nth(self, name: str, position: int) -> str:
        return f"{name}第{position + 1}项"

    def of_item(self, item: str, field: str) -> str:
        return f"{item}的{field}"

    def in_year(self, year: str, name: str) -> str:
        return f"{year}{name}"

    def defined(self, name: str, enums: Sequence[str], times: Times, before: Times) -> str:
        joint = "的" if any("的" in each or "第" in each for each in times) else ""
        return "".join([*times, joint, *enums, name, *(f"（从{each}往前数）" for each in before)])

    def parameter(self, name: str, kind: ir.Type) -> str:
        """The parameter 某租金 is called 租金; a day is “the day in question”."""
        return DAYS.get(kind.kind, name.removeprefix("某")) if name.startswith("某") else name

    def constant(self, value: object, expr: ir.Const) -> str:
        """A day that is named, not written (施行日期), is told with its date."""
        said = self.numbers.show(value, expr.type)
        named = expr.type.kind == "date" and value is not None and not any(each.isdigit() for each in expr.shown)
        return f"{expr.shown}（{said}）" if named and expr.shown else expr.shown or said

    # ------------------------------------------------------------ with the values put in
    def with_value(self, name: str, value: str) -> str:
        return f"{name} {value}"

    def stated(self, name: str, value: str) -> str:
        return f"{name}：{value}"

    def waived(self, reading: str) -> str:
        return f"按口径{reading}的现用读法，不作此项要求"

    def given(self, sentence: str, name: str, value: str) -> str:
        return f"{sentence}（{name}为{value}）"

    def unknown(self, name: str) -> str:
        return f"{name}不明"

    def whichever(self, unknown: str, members: Sequence[str], come_out: str, told: Sequence[str]) -> str:
        any_of = f"不论为{'、'.join(members[:-1])}还是{members[-1]}" if len(members) > 1 else "不论哪种情形"
        return f"{unknown}，但{any_of}{come_out}：{'；'.join(told)}"

    def all_come_out(self, holds: bool | None) -> str:
        return {True: "都符合", False: "都不符合", None: "都无法计算"}[holds]

    def all_give(self, value: str) -> str:
        return f"都是{value}"

    def if_it_is(self, members: Sequence[str], told: str) -> str:
        return f"为{'、'.join(members)}的，{told}"

    def undecided(self, name: str, compare: ir.Compare, other: str) -> str:
        return f"{name}不明，不能判断是否{SPOKEN.get(word(compare), word(compare))} {other}"

    def not_comparable(self) -> str:
        return "无法比较"

    def compared(self, name: str, value: str, compare: ir.Compare, holds: bool, other: str) -> str:
        said = SPOKEN.get(word(compare), word(compare)) if holds else OPPOSITE[word(compare)]
        return f"{f'{name} ' if name else ''}{value}，{said} {other}"

    def category(self, name: str, value: str, other: str = "") -> str:
        return f"{name}为{value}" + (f"，不是{other}" if other else "")

    def one_of(self, name: str, value: str, holds: bool, members: Sequence[str]) -> str:
        said = "属于" if len(members) > 1 else "是"
        return f"{f'{name} ' if name else ''}{value}，{'' if holds else '不'}{said}{'、'.join(members)}"

    def contains(self, name: str, value: str, members: Sequence[str]) -> str:
        return f"{name}填报为“{value}”，含{'、'.join(members)}"

    def lacks(self, name: str, value: str, members: Sequence[str]) -> str:
        return f"{name}填报为“{value}”，缺{'、'.join(members)}"

    def contains_none(self, name: str, value: str, members: Sequence[str]) -> str:
        return f"{name}填报为“{value}”，不含{'、'.join(members)}" + ("中任何一项" if len(members) > 1 else "")

    def has_year(self, name: str, value: str, holds: bool, year: str) -> str:
        return f"{name} {value}，{'含' if holds else '不含'}{year}"

    def there_is_no(self, name: str, provided: bool) -> str:
        return f"{'没有规定' if provided else '没有'}{name}"

    def always(self, holds: bool) -> str:
        return "无条件成立" if holds else "不成立"

    def item_found(self, item: str, told: str) -> str:
        return f"{item}（{told}）"

    def item_fails(self, item: str, told: str) -> str:
        return f"{item}{told}"

    def item_comes_first(self, item: str) -> str:
        return f"{item}在前"

    def none_comes_first(self, name: str) -> str:
        return f"在此之前没有同类的{name}"

    def item_open(self, item: str, told: str) -> str:
        return f"{item}的{told}"

    def items_open(self, wanting: str, items: Sequence[str], dated: bool) -> str:
        return f"{wanting}不明，不能判断{'、'.join(items)}是否{'有效' if dated else '符合'}"

    def none_of_kind(self, kinds: Sequence[str], name: str) -> str:
        return f"没有{'、'.join(kinds) or '符合条件'}的{name}"

    def every_one(self, name: str) -> str:
        return f"{name}每一条都符合"

    # ------------------------------------------------------------ as written
    def scoped(self, scope: str, name: str) -> str:
        return f"{scope}{name}"

    def comes_before(self, position: str) -> str:
        return f"排在{position}之前"

    def order(self) -> str:
        return "次序"

    def has(self, name: str) -> str:
        return f"已有{name}"

    def has_no(self, name: str) -> str:
        return f"没有{name}"

    def negated(self, said: str) -> str:
        return f"不属于{said}"

    def is_yes(self, name: str) -> str:
        return f"“{name}”为是"

    def is_no(self, name: str) -> str:
        return f"“{name}”为否"

    def all_of(self, parts: Sequence[str]) -> str:
        return f"{'，'.join(parts[:-1])}，且{parts[-1]}" if len(parts) > 1 else "".join(parts)

    def any_of(self, parts: Sequence[str]) -> str:
        return f"{'，'.join(parts[:-1])}，或者{parts[-1]}" if len(parts) > 1 else "".join(parts)

    def comparison(self, left: str, compare: ir.Compare, right: str) -> str:
        return f"{left}{SPOKEN.get(word(compare), word(compare))}{right}"

    def among(self, name: str, members: Sequence[str]) -> str:
        return f"{name}为{'或者'.join(each for each in ('、'.join(members[:-1]), members[-1]) if each)}"

    def includes(self, name: str, members: Sequence[str], every: bool) -> str:
        some = len(members) > 1
        return f"{name}{'同时' if some and every else ''}含{'、'.join(members)}{'中至少一项' if some and not every else ''}"

    def extreme(self, parts: Sequence[str], largest: bool) -> str:
        return f"{'、'.join(parts)}中较{'大' if largest else '小'}的"

    def limited(self, said: str, limits: Sequence[tuple[str, bool]]) -> str:
        return f"{said}，" + "、".join(f"{'最少' if least else '最多'}{limit}" for limit, least in limits)

    def calendar(self, expr: ir.Calendar, said: str, amount: int) -> str:
        match expr.op:
            case "year_of":
                return f"{said}所在年度"
            case "year_end":
                return f"{said}末"
            case "month_of":
                return f"{said}所在月"
            case "month_end":
                return f"{said}的月末" if expr.arg.type.kind == "month" else f"{said}所在月末"
            case "shift_year" if amount in (-1, -2) and said == "年度":
                return "上年度" if amount == -1 else "前年度"
            case "shift_year" if amount == -1:
                return f"{said}的上一年"
        unit = {"shift_year": "年", "shift_day": "日"}.get(expr.op, "个月")
        return f"{said}{'后' if amount > 0 else '前'}第{abs(amount)}{unit}"

    def by_member(self, subject: str, members: Sequence[str], then: str) -> str:
        return f"{subject}为{'、'.join(members)}的，{then}"

    def by_case(self, when: str, then: str) -> str:
        return f"{when.removesuffix('的')}的，{then}"

    def otherwise(self, then: str) -> str:
        return f"其他情形，{then}"

    def rounded(self, number: str, step: str, way: str) -> str:
        how = {"down": "去尾", "up": "进一", "half": "四舍五入"}[way]
        return f"{number}（{how}到{'分' if step == '0.01元' else step}）"

    def foremost(self, which: str, measured: str) -> str:
        return {"largest": f"{measured}最大的一项", "first": "最先的一项", "last": "最后的一项"}[which]

    def takes_remainder(self, it_does: bool) -> str:
        return "尾差归本项" if it_does else "尾差归别的一项"

    def band(self, start: str | None, end: str | None, rate: str) -> str:
        upto = f"至{end}" if start is not None else f"不超过{end}"
        return f"{f'超过{start}' if start is not None else ''}{upto if end is not None else ''}的部分按{rate}"

    def in_bands(self, subject: str, bands: Sequence[str]) -> str:
        return f"{subject}分段计算，{'，'.join(bands)}"

    def in_days(self, start: date | None, end: date | None, value: str) -> str:
        since = self.numbers.day(start) if start is not None else ""
        return f"{since}至{self.numbers.day(end)}，{value}" if end is not None else f"{since}起，{value}"

    def on_day(self, day: str, name: str) -> str:
        return f"{day}的{name}"

    def looked_up(self, year: str, name: str, fixed: bool) -> str:
        return f"{year}{name}" if fixed else f"{year}的{name}"

    def quantified(self, kind: str, where: str, name: str, plain: bool) -> str:
        if not where:
            return {"some": f"有{name}", "none": f"没有{name}", "every": f"每一条{name}都是"}[kind]
        if kind == "every":
            return f"每一条{name}都是{where}的"
        if plain:
            return f"{'有' if kind == 'some' else '没有'}{where}的{name}"
        return f"{name}中{'有' if kind == 'some' else '没有'}一条{where}的"

    def aggregated(self, kind: str, where: str, name: str, value: str) -> str:
        if kind in ("min", "max"):
            value = f"最{'小' if kind == 'min' else '大'}的{value}"
        elif kind in ("sum", "count"):
            value = f"{value}合计" if kind == "sum" else "条数"
        of = f"{name}中{where}的" if where else f"{name}中" if kind in ("min", "max") else f"{name}的"
        return f"{of}，{value}" if where and kind == "sum" else of + value

    def judged_by(self, name: str, enums: Sequence[str], times: Times) -> str:
        inner = [*enums, *([f"以{'、'.join(times)}为准"] if times else [])]
        return f"{name}（{'，'.join(inner)}）" if inner else name
