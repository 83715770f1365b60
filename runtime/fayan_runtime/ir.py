"""The core form of a policy: small, typed, resolved, first-order, total and serialisable.

Everything is decided about a policy before it takes this form; executions (the reference interpreter, generated
Python, later a relational plan and a solver) and explanations read nothing else. Meaning, in short:

* A value is known, known not to exist (``None``, only for optional types), not known, or an error.
* Logic is strong Kleene: an absorbing operand decides; else unknown; else error; else the neutral element.
  Arithmetic, comparisons and calendar functions are strict: an error operand gives the error, else an unknown one unknown.
* ``Match`` and ``Cases`` whose subject is unknown are known where every arm they could take gives the same known value.
* Where nothing but an error can come of it, whatever an unknown value is, it is an error: an unknown number divided by zero, an unknown
  choice between errors.
* Definitions do not recurse; lists are finite; there is no clock (the date of assessment is a parameter) and no I/O.

Numbers are exact rationals in base units (元, 平方米, 月, 日, counts in their measure word; 年 as a duration is 12 月).
Years are integers, months are ``year * 12 + month - 1``, dates are ``datetime.date``, enumeration members are strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from attrs import field, fields, frozen

# ---------------------------------------------------------------- types


@frozen
class Type:
    """A type.

    ``kind``: bool, number, date, month, year, text, enum, set, record.
    ``name``: of the enumeration (for set: of its elements' enumeration, or ``年度`` for years), of the list (record).
    ``unit``: for numbers, base unit → exponent, sorted (元/平方米·月 is ``(("元", 1), ("平方米", -1), ("月", -1))``).
    ``shown``: the unit people read it in (元, %, 平方米, 年 …); no part of equality.
    ``optional``: ``None`` is a possible value.
    """

    kind: Literal["bool", "number", "date", "month", "year", "text", "enum", "set", "record"]
    name: str = ""
    unit: tuple[tuple[str, int], ...] = ()
    shown: str = field(default="", eq=False)
    optional: bool = False


@frozen
class Origin:
    """Where something stands and what it rests on: plain data. ``quote`` is words of 原文, empty where there are none."""

    line: int = 0
    text: str = ""
    quote: str = ""


NOWHERE = Origin()
Value = bool | int | Fraction | date | str | frozenset[str] | frozenset[int] | None

# ---------------------------------------------------------------- expressions


@frozen(kw_only=True, repr=False)
class Node:
    type: Type
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)

    def __repr__(self) -> str:
        """One for all nodes: one made for each class would cost every run some milliseconds."""
        shown = (each for each in fields(type(self)) if each.repr)
        return f"{type(self).__name__}({', '.join(f'{each.name}={getattr(self, each.name)!r}' for each in shown)})"


@frozen(kw_only=True, repr=False)
class Const(Node):
    """A literal; ``shown`` is how it was written (50万元)."""

    value: Value
    shown: str = field(default="", eq=False)


@frozen(kw_only=True, repr=False)
class Choose(Node):
    """The value under the option picked for a reading; one arm for each option, in the reading's order."""

    reading: str
    arms: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Param(Node):
    """A parameter of the definition, or ``评估日`` (date of assessment) anywhere, or ``发生日`` (event day) in a rule over items."""

    name: str


@frozen(kw_only=True, repr=False)
class Fact(Node):
    """A single-valued fact of a scope (企业, 全区)."""

    scope: str
    name: str


@frozen(kw_only=True, repr=False)
class Field(Node):
    """A field of an item: ``var`` is ``本`` (the rule's item) or the variable of an enclosing query."""

    var: str
    name: str


@frozen(kw_only=True, repr=False)
class Index(Node):
    """The position of an item in its list, from 1 as people count; never unknown."""

    var: str


@frozen(kw_only=True, repr=False)
class Call(Node):
    function: str
    args: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Not(Node):
    arg: Expr


@frozen(kw_only=True, repr=False)
class And(Node):
    args: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Or(Node):
    args: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Compare(Node):
    """``word`` is the comparison word as written (超过, 不早于 …), for explanations."""

    op: Literal[">", ">=", "<", "<=", "==", "!="]
    left: Expr
    right: Expr
    word: str = field(default="", eq=False)


@frozen(kw_only=True, repr=False)
class OneOf(Node):
    """The enumeration value is one of the members."""

    arg: Expr
    members: tuple[str, ...]


@frozen(kw_only=True, repr=False)
class Contains(Node):
    """The set holds some (``every`` false) or each of the members."""

    arg: Expr
    members: tuple[str, ...] | tuple[int, ...]
    every: bool


@frozen(kw_only=True, repr=False)
class HasYear(Node):
    """The set of years holds the year ``year``."""

    arg: Expr
    year: Expr


@frozen(kw_only=True, repr=False)
class IsNone(Node):
    """The optional value is known not to exist."""

    arg: Expr


@frozen(kw_only=True, repr=False)
class Add(Node):
    """Sum of terms; ``signs[i]`` is 1 or -1."""

    signs: tuple[int, ...]
    args: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Mul(Node):
    """Product of factors, left to right; ``inverse[i]`` divides. Division by zero, of anything but an error, is the error ``division-by-zero``."""

    inverse: tuple[bool, ...]
    args: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Extreme(Node):
    """The smaller or larger of the arguments (numbers, dates)."""

    largest: bool
    args: tuple[Expr, ...]


#: Which multiple of the step a number becomes.
Rounding = Literal["down", "up", "half"]
CalendarOp = Literal[
    "year_of", "year_end", "month_end", "month_of", "shift_year", "shift_month", "shift_date", "shift_day"
]


@frozen(kw_only=True, repr=False)
class Round(Node):
    """The number as a multiple of ``step``: the next lower one, the next higher one, or the nearer one (a half goes away from zero)."""

    arg: Expr
    step: int | Fraction
    way: Rounding


@frozen(kw_only=True, repr=False)
class Calendar(Node):
    """``year_of`` date|month → year · ``year_end`` year → date · ``month_end`` month → date · ``month_of`` date → month
    · ``shift_year`` year + amount · ``shift_month`` month + amount · ``shift_date`` date + amount months (day clipped to the month's end)
    · ``shift_day`` date + amount days. ``amount`` is an integer constant. A result outside years 1 to 9999 is the error ``date-out-of-range``.
    """

    op: CalendarOp
    arg: Expr
    amount: int = 0


@frozen(kw_only=True, repr=False)
class Match(Node):
    """By the member of an enumeration; the arms cover it. ``arms[i]`` is (members, value)."""

    subject: Expr
    arms: tuple[tuple[tuple[str, ...], Expr], ...]


@frozen(kw_only=True, repr=False)
class Cases(Node):
    """The value of the first condition that holds, else ``otherwise``."""

    whens: tuple[tuple[Expr, Expr], ...]
    otherwise: Expr


@frozen(kw_only=True, repr=False)
class Fail(Node):
    """The error ``code``, where the text gives no value. ``not-set``: a parameter on a day for which none is set; ``not-a-part``: more
    than the whole it is said to be a part of."""

    code: str


@frozen(kw_only=True, repr=False)
class Lookup(Node):
    """The field of the one row of a series (a list with a key year) for a year; a row that is absent is not known.

    ``None`` in the field is the error ``no-value``.
    """

    list: str
    year: Expr
    field_name: str


@frozen(kw_only=True, repr=False)
class Query(Node):
    """Over the items of a complete list. ``list`` is a list fact of 企业, or ``所计`` inside a ceiling's limit (the items it counts).

    some, none, every: Kleene over ``where``. count, sum, min, max, the: over the items for which ``where`` holds, unknown or
    error where any ``where`` is; sum of nothing is 0; min and max of nothing are ``None``; ``the`` of none or of several items is
    the error ``not-one``. A value that is ``None`` is the error ``no-value``.
    """

    kind: Literal["some", "none", "every", "count", "sum", "min", "max", "the"]
    list: str
    var: str
    where: Expr | None
    value: Expr | None


Expr = (
    Const | Choose | Param | Fact | Field | Index | Call | Not | And | Or | Compare | OneOf | Contains | HasYear | IsNone
    | Add | Mul | Extreme | Round | Calendar | Match | Cases | Fail | Lookup | Query
)  # fmt: skip

# ---------------------------------------------------------------- facts


@frozen(kw_only=True)
class FactDecl:
    """One declared fact or field. ``fields`` where it is a list; ``series`` where the list is keyed by its 年度 field and may lack years.

    ``event`` is the name of the field that dates its items (日期, 年度 or 所属期), empty where there is none. ``tally``, of a fact of the
    district, is the definition without parameters for which it counts the enterprises of a population, where it is not given.
    ``unseen``, of a value that stands in a text nobody has seen, says what is not known of it.
    """

    name: str
    type: Type
    evidence: str = ""
    default: Value = None
    has_default: bool = False
    fields: tuple[FactDecl, ...] = ()
    is_list: bool = False
    series: bool = False
    event: str = ""
    tally: str = ""
    unseen: str = ""
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Derivation:
    """A fact that, where it is not given, is what a function without parameters gives. ``reads`` are the facts it looks at."""

    scope: str
    fact: str
    function: str
    reads: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class Scope:
    name: str
    facts: tuple[FactDecl, ...]


@frozen(kw_only=True)
class EnumDecl:
    name: str
    members: tuple[str, ...]


@frozen(kw_only=True)
class ReadingDecl:
    """``options`` are (id, text), the first the default. ``uncomputed`` gives the reason where no rule computes it."""

    id: str
    question: str
    options: tuple[tuple[str, str], ...]
    uncomputed: str | None = None
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Function:
    """A definition; ``measure`` where it stands in one, ``document`` the number of the document it is of. Functions stand in the
    program after those they call.
    """

    name: str
    params: tuple[tuple[str, Type], ...]
    body: Expr
    measure: int | None = field(default=None, eq=False)
    document: str = field(default="", eq=False)
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


# ---------------------------------------------------------------- provisions

Nature = Literal["cash", "relief", "tax", "deduction", "price", ""]
Kind = Literal["award", "discretionary", "duty", "target", "selection"]


@frozen(kw_only=True)
class Condition:
    """A named condition. ``quote`` are the words it rests on (in ``origin``)."""

    name: str
    expr: Expr
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Period:
    """On the event day, both ends included; an end that is None or absent is open."""

    start: Expr | None
    end: Expr | None
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


#: The path of a fact; where that depends on a reading: its id, and one for each option.
Dated: TypeAlias = "str | tuple[str, tuple[tuple[str, Dated], ...]]"


@frozen(kw_only=True)
class Stage:
    """One stage: reached on the day ``on`` gives (optional date; None: not reached). ``of`` is the fact that dates it, for the item's name."""

    name: str
    amount: Expr
    on: Expr
    of: Dated
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)

    def path(self, readings: Mapping[str, str]) -> str:
        """``of`` under the options chosen (reading → option)."""
        of = self.of
        while not isinstance(of, str):
            reading, options = of
            of = dict(options)[readings[reading]]
        return of


@frozen(kw_only=True)
class Provision:
    """One rule.

    award: its items are those of ``each`` (a list), or ``stages``, or (neither) one item without event day. For an item, in this
    order of meaning: its event day ``on`` is known to be after the assessment, or an ``among`` is false, or it is not the first of
    its kind (folded into ``among``): no item. A ``period`` excludes its event day: not_in_force. A ``must`` is false: denied.
    Else something undecided: unknown, or error. Else granted, for ``amount`` rounded half up to 分; below zero it is the error
    ``negative-amount``, above ``values.LARGEST_AMOUNT`` the error ``amount-too-large``.

    What a provision comes to is the sum of its granted items. While an item is unknown or in error, that is the least it can come to:
    an item of another provision that is not decided is taken to use up as much of what they share (a ceiling, the highest, a
    deduction) as its amount, where that is known, else anything would; one of the same provision gives nothing, since what it takes from
    the others the provision keeps. What is still payable is the least in the same way.
    discretionary, selection: ``among`` false: not_applicable; ``must`` decide at the day of assessment; a selection with ``chosen`` true is granted;
    with ``chosen`` not known it is discretionary, not complete, and says what is missing.
    duty: ``among`` false: not_applicable; ``checks`` decide. target: ``goal``.
    """

    measure: int
    name: str
    kind: Kind
    nature: Nature = ""
    each: str = ""
    stages: tuple[Stage, ...] = ()
    among: tuple[Condition, ...] = ()
    must: tuple[Condition, ...] = ()
    periods: tuple[Period, ...] = ()
    on: Expr | None = None
    amount: Expr | None = None
    stated_total: Expr | None = None
    checks: tuple[Condition, ...] = ()
    goal: Expr | None = None
    until: str = ""
    chosen: Expr | None = None
    #: As written; ``places`` is how many enterprises that are.
    quota: str = ""
    places: int | None = None
    discretion: str = ""
    payer: str = ""
    evidence: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


# ---------------------------------------------------------------- between provisions, in the order of the text
Member = tuple[str, str]  # (provision, stage or empty)


@frozen(kw_only=True)
class Ceiling:
    """Items covered are filled in order (of provisions and lists, or of event days) until ``limit`` is used up.

    Counted for each year of the event day where ``per_year``; apart for each covered member's provision where ``split`` holds, and
    apart for each value of the fields of the ``keys`` whose condition holds. All conditions read readings only.
    """

    measure: int
    name: str
    per_year: bool
    covers: tuple[tuple[Member, Expr], ...]
    limit: Expr
    split: Expr
    keys: tuple[tuple[str, Expr], ...]
    by_date: bool
    applies: Expr
    readings: tuple[str, ...] = ()
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Highest:
    """cumulative: in order of event day, an item pays what brings the total to the highest amount so far; ``received``, what was
    got elsewhere, is an amount from the start. yearly: of the items of one calendar year only the first of those with the
    highest amount pays."""

    measure: int
    members: tuple[Member, ...]
    mode: Literal["cumulative", "yearly"]
    received: Expr | None = None
    applies: Expr
    readings: tuple[str, ...] = ()
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Deduct:
    """What the ``less`` provisions give is taken off ``member``'s items, in order, not below 0."""

    measure: int
    member: str
    less: tuple[str, ...]
    applies: Expr
    readings: tuple[str, ...] = ()
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Offset:
    """Set-off against payments: a list with fields 措施 事项 日期 金额; ``among`` says which payments count."""

    list: str
    among: tuple[Condition, ...]
    readings: tuple[str, ...] = ()
    origin: Origin = field(default=NOWHERE, eq=False, repr=False)


@frozen(kw_only=True)
class Sentence:
    """One ｜ line of 原文, verbatim; ``opens`` where it begins a paragraph."""

    text: str
    opens: bool = False
    line: int = 0


@frozen(kw_only=True)
class Passage:
    """A run of sentences; the rules under it, up to the next passage, rest on it.

    ``marks`` say what it is where no rule rests on it, and which figures no rule computes with: (程式, 说明, 倡导, 不编码 or 数字, reason).
    ``sees`` are rules that stand under other passages and rest on this one too.
    """

    sentences: tuple[Sentence, ...]
    marks: tuple[tuple[str, str], ...] = ()
    sees: tuple[str, ...] = ()


@frozen(kw_only=True)
class Measure:
    number: int
    title: str
    chapter: str
    responsible: tuple[str, ...]
    passages: tuple[Passage, ...]
    #: What of its words was not seen; and, where its figures are known and its words are not on file, where the figures are from.
    unseen: str | None = None
    unrecorded: str | None = None
    #: Where 原文未见 stands in the file.
    unseen_line: int = field(default=0, eq=False)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for passage in self.passages for sentence in passage.sentences)


@frozen(kw_only=True)
class Import:
    """A document that is referred to: the number ``asked`` for, and the version of it that was used (in force on the day ``on``).

    ``measure`` is where (0: for the whole policy), ``takes`` are the names taken from it, as they are called here.
    """

    measure: int
    asked: str
    number: str
    title: str
    source: str
    on: date | None
    takes: tuple[str, ...]


@frozen(kw_only=True)
class Program:
    """A whole policy."""

    name: str
    number: str
    title: str
    issuer: str
    #: None: not seen. Without a known effective date nothing is too early.
    dated: date | None
    effective: date | None
    digest: str
    headers: tuple[tuple[str, str], ...]
    chapters: tuple[tuple[str, str, int], ...]
    enums: tuple[EnumDecl, ...]
    scopes: tuple[Scope, ...]
    readings: tuple[ReadingDecl, ...]
    functions: tuple[Function, ...]
    measures: tuple[Measure, ...]
    provisions: tuple[Provision, ...]
    adjustments: tuple[Ceiling | Highest | Deduct, ...]
    offset: Offset | None
    imports: tuple[Import, ...] = ()
    #: In an order in which each looks only at facts that are given or worked out before it.
    derived: tuple[Derivation, ...] = ()

    @property
    def unseen(self) -> str:
        """What of the whole document was not seen, beyond its measures."""
        return dict(self.headers).get("原文未见", "")
