"""What a language must be able to say. The walks in ``told`` and ``written`` decide what is said; a tongue decides how.

Every method is given parts that are already said and puts them together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from fayan_runtime import ir
from fayan_runtime.explain.numbers import Numbers
from fayan_runtime.explain.words import Language

#: ``times`` are the years and days a definition looks at; ``before`` those it only counts back from.
Times = Sequence[str]


class Tongue(ABC):
    language: Language
    numbers: Numbers
    #: The context words, as they are called in a sentence.
    TODAY: dict[str, str]
    EQUALS: str
    PLUS: str

    # ------------------------------------------------------------ joining
    @abstractmethod
    def clauses(self, parts: Iterable[str]) -> str:
        """Several statements in one sentence."""

    @abstractmethod
    def refused(self, told: str, why: str) -> str:
        """An amount that was computed, and why it is none."""

    @abstractmethod
    def bracket(self, text: str) -> str: ...

    @abstractmethod
    def cited(self, text: str) -> str:
        """Words of the policy's own, left as they are, in a sentence."""

    @abstractmethod
    def aside(self, text: str) -> str:
        """In brackets after a word."""

    # ------------------------------------------------------------ names
    @abstractmethod
    def nth(self, name: str, position: int) -> str:
        """An item of a list; ``position`` counts from 0."""

    @abstractmethod
    def of_item(self, item: str, field: str) -> str: ...

    @abstractmethod
    def in_year(self, year: str, name: str) -> str: ...

    @abstractmethod
    def defined(self, name: str, enums: Sequence[str], times: Times, before: Times) -> str:
        """What a definition with parameters stands for."""

    @abstractmethod
    def parameter(self, name: str, kind: ir.Type) -> str:
        """A parameter whose argument is not at hand."""

    @abstractmethod
    def constant(self, value: object, expr: ir.Const) -> str:
        """A literal, as it was written where the language is that of the policy."""

    # ------------------------------------------------------------ with the values put in
    @abstractmethod
    def with_value(self, name: str, value: str) -> str:
        """A name and its value, inside a sentence."""

    @abstractmethod
    def stated(self, name: str, value: str) -> str:
        """A name and its value, as a sentence."""

    @abstractmethod
    def waived(self, reading: str) -> str:
        """A reading under which nothing is asked."""

    @abstractmethod
    def given(self, sentence: str, name: str, value: str) -> str:
        """A sentence that applies because of a category."""

    @abstractmethod
    def unknown(self, name: str) -> str: ...

    @abstractmethod
    def whichever(self, unknown: str, members: Sequence[str], come_out: str, told: Sequence[str]) -> str:
        """It is not known which of several ways applies; all come out the same. ``members``: the categories, where it goes by them."""

    @abstractmethod
    def all_come_out(self, holds: bool | None) -> str:
        """Met, not met or (None) not to be computed, on every way."""

    @abstractmethod
    def all_give(self, value: str) -> str:
        """The same value on every way."""

    @abstractmethod
    def if_it_is(self, members: Sequence[str], told: str) -> str:
        """What is the case where what was named before is of a category."""

    @abstractmethod
    def undecided(self, name: str, compare: ir.Compare, other: str) -> str:
        """A comparison of which one side is not known; ``name`` is that side."""

    @abstractmethod
    def not_comparable(self) -> str: ...

    @abstractmethod
    def compared(self, name: str, value: str, compare: ir.Compare, holds: bool, other: str) -> str:
        """``name`` is empty where the value speaks for itself."""

    @abstractmethod
    def category(self, name: str, value: str, other: str = "") -> str:
        """``other`` is what the value is not."""

    @abstractmethod
    def one_of(self, name: str, value: str, holds: bool, members: Sequence[str]) -> str: ...

    @abstractmethod
    def contains(self, name: str, value: str, members: Sequence[str]) -> str: ...

    @abstractmethod
    def lacks(self, name: str, value: str, members: Sequence[str]) -> str: ...

    @abstractmethod
    def contains_none(self, name: str, value: str, members: Sequence[str]) -> str: ...

    @abstractmethod
    def has_year(self, name: str, value: str, holds: bool, year: str) -> str: ...

    @abstractmethod
    def there_is_no(self, name: str, provided: bool) -> str:
        """``provided``: it would be laid down by the policy, not be a fact."""

    @abstractmethod
    def always(self, holds: bool) -> str: ...

    @abstractmethod
    def item_found(self, item: str, told: str) -> str: ...

    @abstractmethod
    def item_fails(self, item: str, told: str) -> str: ...

    @abstractmethod
    def item_comes_first(self, item: str) -> str: ...

    @abstractmethod
    def none_comes_first(self, name: str) -> str: ...

    @abstractmethod
    def item_open(self, item: str, told: str) -> str: ...

    @abstractmethod
    def items_open(self, wanting: str, items: Sequence[str], dated: bool) -> str: ...

    @abstractmethod
    def none_of_kind(self, kinds: Sequence[str], name: str) -> str: ...

    @abstractmethod
    def every_one(self, name: str) -> str: ...

    # ------------------------------------------------------------ as written
    @abstractmethod
    def scoped(self, scope: str, name: str) -> str: ...

    @abstractmethod
    def comes_before(self, position: str) -> str:
        """An item of a list comes before a position in it."""

    @abstractmethod
    def order(self) -> str: ...

    @abstractmethod
    def has(self, name: str) -> str: ...

    @abstractmethod
    def has_no(self, name: str) -> str: ...

    @abstractmethod
    def negated(self, said: str) -> str: ...

    @abstractmethod
    def is_yes(self, name: str) -> str:
        """A fact of yes or no is yes."""

    @abstractmethod
    def is_no(self, name: str) -> str:
        """A fact of yes or no is no."""

    @abstractmethod
    def all_of(self, parts: Sequence[str]) -> str: ...

    @abstractmethod
    def any_of(self, parts: Sequence[str]) -> str: ...

    @abstractmethod
    def comparison(self, left: str, compare: ir.Compare, right: str) -> str: ...

    @abstractmethod
    def among(self, name: str, members: Sequence[str]) -> str: ...

    @abstractmethod
    def includes(self, name: str, members: Sequence[str], every: bool) -> str: ...

    @abstractmethod
    def extreme(self, parts: Sequence[str], largest: bool) -> str: ...

    @abstractmethod
    def limited(self, said: str, limits: Sequence[tuple[str, bool]]) -> str:
        """Held between limits, each with whether it is the least it can be."""

    @abstractmethod
    def calendar(self, expr: ir.Calendar, said: str, amount: int) -> str:
        """``amount`` is that of all shifts taken together."""

    @abstractmethod
    def by_member(self, subject: str, members: Sequence[str], then: str) -> str: ...

    @abstractmethod
    def by_case(self, when: str, then: str) -> str: ...

    @abstractmethod
    def otherwise(self, then: str) -> str: ...

    @abstractmethod
    def rounded(self, number: str, step: str, way: str) -> str: ...

    @abstractmethod
    def foremost(self, which: str, measured: str) -> str:
        """The item that takes what is left over of a pot."""

    @abstractmethod
    def takes_remainder(self, it_does: bool) -> str: ...

    @abstractmethod
    def band(self, start: str | None, end: str | None, rate: str) -> str:
        """The part of a quantity between two limits and its rate."""

    @abstractmethod
    def in_bands(self, subject: str, bands: Sequence[str]) -> str: ...

    @abstractmethod
    def in_days(self, start: date | None, end: date | None, value: str) -> str:
        """A value that is set from one day to another."""

    @abstractmethod
    def on_day(self, day: str, name: str) -> str:
        """The value of a parameter on a day."""

    @abstractmethod
    def looked_up(self, year: str, name: str, fixed: bool) -> str: ...

    @abstractmethod
    def quantified(self, kind: Literal["some", "none", "every"], where: str, name: str, plain: bool) -> str:
        """``plain``: what is asked of an item is one comparison."""

    @abstractmethod
    def aggregated(self, kind: str, where: str, name: str, value: str) -> str: ...

    @abstractmethod
    def judged_by(self, name: str, enums: Sequence[str], times: Times) -> str:
        """A definition of a condition that is not opened."""
