"""What every pass reports: a problem is a typed value; its wording stands on its class, once, in both languages.

Bands of codes: 1 syntax, 2 names, 3 types and units, 4 rules, 5 versions and dates, 6 lints, 7 facts and data, 9 our own fault.
A code is never used again for something else. The wording is a whole sentence with the class's own fields in braces;
a field that reads differently in the two languages is a :class:`Term`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, ClassVar, Literal, Self, dataclass_transform

from attrs import frozen

from fayan_dsl.source import Source, Span

Language = Literal["zh", "en"]


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Applicability(Enum):
    """Whether a fix may be applied without a person looking at it."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    SHOWN = "shown"


@frozen
class Term:
    """A word that reads differently in the two languages."""

    zh: str
    en: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@frozen
class Label:
    """A second place that helps to see the fault."""

    span: Span
    text: Term


@frozen
class Edit:
    span: Span
    text: str


@frozen
class Fix:
    title: Term
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SHOWN


@dataclass_transform(kw_only_default=True, frozen_default=True)
class _Typed:
    """Typed fields without generated code: there are hundreds of problem classes, and a run that finds nothing wrong needs none of them."""

    #: The names of all fields, those of the base class first.
    fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        declared: dict[str, str] = cls.__annotations__
        own = [name for name, kind in declared.items() if not kind.startswith("ClassVar")]
        cls.fields = tuple(dict.fromkeys([*cls.fields, *own]))

    def __init__(self, **values: Any) -> None:
        unmade = [name for name in self.fields if name not in values and not hasattr(type(self), name)]
        if unmade or not values.keys() <= set(self.fields):
            raise TypeError(
                f"{type(self).__name__}: {unmade} missing, {sorted(values.keys() - set(self.fields))} unknown"
            )
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is not to be changed")

    def but(self, **values: Any) -> Self:
        """The same with some fields otherwise."""
        return type(self)(**{**self.__dict__, **values})

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((type(self), self._key()))

    def _key(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.fields if name != "headings")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.fields)})"


class Problem(_Typed):
    """One fault. Subclasses add typed fields and the wording. The headings it stands under are no part of equality."""

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    zh: ClassVar[str]
    en: ClassVar[str]
    #: Whether what is wrong was read as what it must mean, so that nothing else follows from it.
    read_on: ClassVar[bool] = False
    #: What the page says of it where the wording is little without the names and numbers of a case: what is wrong, and why that matters.
    about_zh: ClassVar[str] = ""
    about_en: ClassVar[str] = ""
    #: The way out, in a sentence; fields in braces as in the title.
    help_zh: ClassVar[str] = ""
    help_en: ClassVar[str] = ""

    source: Source
    span: Span
    labels: tuple[Label, ...] = ()
    fixes: tuple[Fix, ...] = ()
    #: Headings the place stands under, outermost first: 政策 › 第二章 › 措施 5 › 奖励 首次认定.
    headings: tuple[str, ...] = ()

    def _said(self, template: str, language: Language) -> str:
        values: dict[str, object] = {}
        for name in self.fields:
            value = getattr(self, name)
            values[name] = value.say(language) if isinstance(value, Term) else value
        return template.format(**values)

    def title(self, language: Language = "zh") -> str:
        """One sentence that says what is wrong."""
        return self._said(self.zh if language == "zh" else self.en, language)

    def help(self, language: Language = "zh") -> str:
        """One sentence that says what to do; empty where there is nothing to add."""
        return self._said(self.help_zh if language == "zh" else self.help_en, language)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def in_order(problems: list[Problem]) -> list[Problem]:
    """The one order problems are shown in: file, place, severity, code."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return sorted(problems, key=lambda p: (p.source.name, p.span.start, rank[p.severity], p.code))


def all_problem_classes(root: type[Problem] = Problem) -> list[type[Problem]]:
    """Every concrete problem class that has been imported, by code."""
    found: list[type[Problem]] = []
    stack = [root]
    while stack:
        cls = stack.pop()
        stack.extend(cls.__subclasses__())
        if "code" in cls.__dict__:
            found.append(cls)
    return sorted(found, key=lambda cls: cls.code)
