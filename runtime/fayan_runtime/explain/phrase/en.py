"""Plain English. Names of the policy stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from fayan_runtime import ir
from fayan_runtime.explain.numbers import numbers
from fayan_runtime.explain.phrase.tongue import Times, Tongue

#: What is said where a comparison holds and where it does not: of amounts, and of times.
SIZE = {
    ">": ("exceeds", "does not exceed"),
    ">=": ("is at least", "is less than"),
    "<": ("is less than", "is not less than"),
    "<=": ("does not exceed", "exceeds"),
    "==": ("equals", "does not equal"),
    "!=": ("does not equal", "equals"),
}
TIME = {
    ">": ("is later than", "is not later than"),
    ">=": ("is not earlier than", "is earlier than"),
    "<": ("is earlier than", "is not earlier than"),
    "<=": ("is not later than", "is later than"),
    "==": ("is the same as", "is not the same as"),
    "!=": ("is not the same as", "is the same as"),
}
AGGREGATES = {"sum": "total", "min": "smallest", "max": "largest", "the": ""}
#: The context words, as they are called in a sentence.
TODAY = {"评估日": "the date of assessment", "发生日": "the date of the event"}
DAYS = {"date": "the date in question", "month": "the month in question", "year": "the year in question"}
ORDINALS = {1: "", 2: "second ", 3: "third "}
UNITS = {"shift_year": "year", "shift_day": "day"}


def words(compare: ir.Compare, holds: bool = True) -> str:
    table = TIME if compare.left.type.kind in ("date", "month", "year") else SIZE
    return table[compare.op][0 if holds else 1]


def either(parts: Sequence[str], joint: str = "or") -> str:
    """甲, 乙 or 丙."""
    return f" {joint} ".join(each for each in (", ".join(parts[:-1]), parts[-1]) if each)


class English(Tongue):
    language = "en"
    numbers = numbers("en")
    TODAY = TODAY
    EQUALS, PLUS = "=", "+"

    def clauses(self, parts: Iterable[str]) -> str:
        return "; ".join(parts)

    def refused(self, told: str, why: str) -> str:
        return f"{told}, {why}"

    def bracket(self, text: str) -> str:
        return f"({text})"

    def cited(self, text: str) -> str:
        return f"“{text.replace('“', '‘').replace('”', '’')}”" if text else ""

    def aside(self, text: str) -> str:
        return f" ({text})"

    # ------------------------------------------------------------ names
    def nth(self, name: str, position: int) -> str:
        return f"{name} no. {position + 1}"

    def of_item(self, item: str, field: str) -> str:
        return f"{field} of {item}"

    def in_year(self, year: str, name: str) -> str:
        return f"{name} in {year}"

    def defined(self, name: str, enums: Sequence[str], times: Times, before: Times) -> str:
        of = f" of {', '.join(enums)}" if enums else ""
        at = f" in {', '.join(times)}" if times else ""
        return name + of + at + (f" (counted back from {', '.join(before)})" if before else "")

    def parameter(self, name: str, kind: ir.Type) -> str:
        return DAYS.get(kind.kind, name.removeprefix("某")) if name.startswith("某") else name

    def constant(self, value: object, expr: ir.Const) -> str:
        return self.numbers.show(value, expr.type)

    # ------------------------------------------------------------ with the values put in
    def with_value(self, name: str, value: str) -> str:
        return f"{name} ({value})"

    def stated(self, name: str, value: str) -> str:
        return f"{name}: {value}"

    def waived(self, reading: str) -> str:
        return f"not required under the option used for reading {reading}"

    def given(self, sentence: str, name: str, value: str) -> str:
        return f"{sentence} ({name} is {value})"

    def unknown(self, name: str) -> str:
        return f"{name} is not known"

    def whichever(self, unknown: str, members: Sequence[str], come_out: str, told: Sequence[str]) -> str:
        any_of = f"whether {either(members)}" if len(members) > 1 else "whichever case applies"
        return f"{unknown}, but {any_of}, {come_out}: {'; '.join(told)}"

    def all_come_out(self, holds: bool | None) -> str:
        return {True: "it is met", False: "it is not met", None: "it cannot be computed"}[holds]

    def all_give(self, value: str) -> str:
        return f"it is {value}"

    def if_it_is(self, members: Sequence[str], told: str) -> str:
        return f"if {either(members)}, {told}"

    def undecided(self, name: str, compare: ir.Compare, other: str) -> str:
        return f"{name} is not known, so it cannot be said whether it {words(compare)} {other}"

    def not_comparable(self) -> str:
        return "cannot be compared"

    def compared(self, name: str, value: str, compare: ir.Compare, holds: bool, other: str) -> str:
        if not name:
            return f"{value} {words(compare, holds)} {other}"
        return f"{name} is {value}, which {words(compare, holds)} {other}"

    def category(self, name: str, value: str, other: str = "") -> str:
        return f"{name} is {value}" + (f", not {other}" if other else "")

    def one_of(self, name: str, value: str, holds: bool, members: Sequence[str]) -> str:
        said = f"{'is' if holds else 'is not'} {'one of ' if len(members) > 1 else ''}{', '.join(members)}"
        return f"{name} is {value}, which {said}" if name else f"{value} {said}"

    def contains(self, name: str, value: str, members: Sequence[str]) -> str:
        return f"{name} is given as “{value}”, which includes {either(members, 'and')}"

    def lacks(self, name: str, value: str, members: Sequence[str]) -> str:
        return f"{name} is given as “{value}”; {either(members, 'and')} {'are' if len(members) > 1 else 'is'} missing"

    def contains_none(self, name: str, value: str, members: Sequence[str]) -> str:
        any_of = "any of " if len(members) > 1 else ""
        return f"{name} is given as “{value}”, which does not include {any_of}{', '.join(members)}"

    def has_year(self, name: str, value: str, holds: bool, year: str) -> str:
        return f"{name} is {value}, which {'includes' if holds else 'does not include'} {year}"

    def there_is_no(self, name: str, provided: bool) -> str:
        return f"no {name} is laid down" if provided else f"there is no {name}"

    def always(self, holds: bool) -> str:
        return "always met" if holds else "never met"

    def item_found(self, item: str, told: str) -> str:
        return f"{item}: {told}"

    def item_fails(self, item: str, told: str) -> str:
        return f"{item}: {told}"

    def item_comes_first(self, item: str) -> str:
        return f"{item} comes before it"

    def none_comes_first(self, name: str) -> str:
        return f"there is no earlier {name} of the same kind"

    def item_open(self, item: str, told: str) -> str:
        return f"{item}: {told}"

    def items_open(self, wanting: str, items: Sequence[str], dated: bool) -> str:
        asked = "still valid" if dated else "what is asked for"
        return f"{wanting}: not known, so it cannot be said whether {either(items)} is {asked}"

    def none_of_kind(self, kinds: Sequence[str], name: str) -> str:
        return f"there is no {name} " + (f"of the kind {either(kinds)}" if kinds else "that meets the conditions")

    def every_one(self, name: str) -> str:
        return f"every {name} meets the conditions"

    # ------------------------------------------------------------ as written
    def scoped(self, scope: str, name: str) -> str:
        return f"{name} ({scope})"

    def comes_before(self, position: str) -> str:
        return f"it comes before {position}"

    def order(self) -> str:
        return "position"

    def has(self, name: str) -> str:
        return f"there is a {name}"

    def has_no(self, name: str) -> str:
        return f"there is no {name}"

    def negated(self, said: str) -> str:
        return f"not ({said})" if " " in said else f"not {said}"

    def is_yes(self, name: str) -> str:
        return f"{name} is “yes”"

    def is_no(self, name: str) -> str:
        return f"{name} is “no”"

    def all_of(self, parts: Sequence[str]) -> str:
        return either(parts, "and") if parts else ""

    def any_of(self, parts: Sequence[str]) -> str:
        return either(parts) if parts else ""

    def comparison(self, left: str, compare: ir.Compare, right: str) -> str:
        said = "is" if compare.op == "==" else words(compare)
        return f"{left} {said} {right}"

    def among(self, name: str, members: Sequence[str]) -> str:
        return f"{name} is {either(members)}"

    def includes(self, name: str, members: Sequence[str], every: bool) -> str:
        if len(members) == 1:
            return f"{name} includes {members[0]}"
        return (
            f"{name} includes {either(members, 'and')}"
            if every
            else f"{name} includes at least one of {', '.join(members)}"
        )

    def extreme(self, parts: Sequence[str], largest: bool) -> str:
        return f"the {'larger' if largest else 'smaller'} of {either(parts, 'and')}"

    def limited(self, said: str, limits: Sequence[tuple[str, bool]]) -> str:
        return ", ".join([said, *(f"at {'least' if least else 'most'} {limit}" for limit, least in limits)])

    def calendar(self, expr: ir.Calendar, said: str, amount: int) -> str:
        match expr.op:
            case "year_of":
                return f"the year of {said}"
            case "year_end":
                return f"the end of {said}"
            case "month_of":
                return f"the month of {said}"
            case "month_end":
                return f"the end of {'' if expr.arg.type.kind == 'month' else 'the month of '}{said}"
            case "shift_year" if amount < 0:
                return f"the {ORDINALS.get(-amount, f'{-amount}th ')}year before {said}"
        unit = UNITS.get(expr.op, "month")
        return f"{abs(amount)} {unit}{'s' if abs(amount) != 1 else ''} {'after' if amount > 0 else 'before'} {said}"

    def by_member(self, subject: str, members: Sequence[str], then: str) -> str:
        return f"where {subject} is {either(members)}: {then}"

    def by_case(self, when: str, then: str) -> str:
        return f"where {when}: {then}"

    def otherwise(self, then: str) -> str:
        return f"otherwise: {then}"

    def rounded(self, number: str, step: str, way: str) -> str:
        how = {"down": "down", "up": "up", "half": "half up"}[way]
        return f"{number} (rounded {how} to {step})"

    def foremost(self, which: str, measured: str) -> str:
        return {"largest": f"the item with the largest {measured}"}.get(which, f"the {which} item")

    def takes_remainder(self, it_does: bool) -> str:
        return f"what is left over goes to {'this' if it_does else 'another'} item"

    def band(self, start: str | None, end: str | None, rate: str) -> str:
        since = f"above {start}" if start is not None else ""
        return f"{rate} of the part {since}{f' up to {end}' if end is not None else ''}".replace("  ", " ")

    def in_bands(self, subject: str, bands: Sequence[str]) -> str:
        return f"of {subject}, {', '.join(bands)}"

    def in_days(self, start: date | None, end: date | None, value: str) -> str:
        since = f" from {self.numbers.day(start)}" if start is not None else ""
        return f"{value}{since} {f'to {self.numbers.day(end)}' if end is not None else 'onwards'}"

    def on_day(self, day: str, name: str) -> str:
        return f"{name} on {day}"

    def looked_up(self, year: str, name: str, fixed: bool) -> str:
        return f"{name} in {year}"

    def quantified(self, kind: str, where: str, name: str, plain: bool) -> str:
        such = f" for which {where}" if where else ""
        if kind == "every":
            return f"every {name} is such that {where}"
        return f"there is {'a' if kind == 'some' else 'no'} {name}{such}"

    def aggregated(self, kind: str, where: str, name: str, value: str) -> str:
        such = f" for which {where}" if where else ""
        if kind == "count":
            return f"the number of {name}{such}"
        what = AGGREGATES[kind]
        return f"the {f'{what} ' if what else ''}{value} over {name}{such}"

    def judged_by(self, name: str, enums: Sequence[str], times: Times) -> str:
        inner = [*enums, *([f"as of {', '.join(times)}"] if times else [])]
        return f"{name} ({', '.join(inner)})" if inner else name
