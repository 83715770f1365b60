"""Every syntax node, as plain frozen data. The tree mirrors the file; it holds no types and no parents.

``span`` is no part of equality, so two trees are equal when they say the same thing. Long chains (且、或、+、×) are flat.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import field, fields, frozen

from fayan_dsl.source import Source, Span


@frozen(kw_only=True, repr=False)
class Node:
    span: Span = field(eq=False, repr=False)

    def __repr__(self) -> str:
        """One for all nodes: one made for each class would cost every run some milliseconds."""
        shown = (each for each in fields(type(self)) if each.repr)
        return f"{type(self).__name__}({', '.join(f'{each.name}={getattr(self, each.name)!r}' for each in shown)})"


# ---------------------------------------------------------------- words
@frozen(kw_only=True, repr=False)
class Name(Node):
    text: str


@frozen(kw_only=True, repr=False)
class Cite(Node):
    """「…」 at a line's end: the words of 原文 the line rests on; 「甲……乙」 spans what lies between."""

    text: str


# ---------------------------------------------------------------- expressions
@frozen(kw_only=True, repr=False)
class Number(Node):
    """A number with its unit, as written: ``50万元`` is value 500000 (base units), unit 元, text 50万元.

    ``unit`` is the unit word without its multiplier (元, 平方米, 元/平方米·月, 月, 年, 日, 家 …), ``%`` for a percentage
    (value already divided by 100), or empty. ``value`` is in that unit (10年 is 10 with unit 年).
    """

    value: Fraction
    unit: str
    text: str


@frozen(kw_only=True, repr=False)
class DateLit(Node):
    """A calendar date; ``iso`` is YYYY-MM-DD and has been checked to exist."""

    iso: str


@frozen(kw_only=True, repr=False)
class MonthLit(Node):
    year: int
    month: int


@frozen(kw_only=True, repr=False)
class YearLit(Node):
    year: int


@frozen(kw_only=True, repr=False)
class Text(Node):
    value: str


@frozen(kw_only=True, repr=False)
class Truth(Node):
    """是 or 否."""

    value: bool


@frozen(kw_only=True, repr=False)
class Nothing(Node):
    """无: there is none."""


@frozen(kw_only=True, repr=False)
class Ref(Node):
    """A bare name: fact, parameter, definition without parameters, enumeration member, context word."""

    name: str


@frozen(kw_only=True, repr=False)
class ReadingRef(Node):
    """A reading's number where a value stands, as in ``R3.4 为 c``."""

    id: str


@frozen(kw_only=True, repr=False)
class FieldRef(Node):
    """``本 X`` (of the item the rule is deciding) or ``其 X`` (of the item the query is looking at)."""

    own: bool
    name: str


@frozen(kw_only=True, repr=False)
class Call(Node):
    name: str
    args: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class All(Node):
    parts: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Any(Node):
    parts: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Not(Node):
    part: Expr


@frozen(kw_only=True, repr=False)
class Compare(Node):
    """``left op right``; ``op`` is the Chinese comparison word (超过 达到 不超过 为 早于 以上 …)."""

    op: str
    left: Expr
    right: Expr


@frozen(kw_only=True, repr=False)
class OneOf(Node):
    """``X 属于 甲、乙``."""

    subject: Expr
    members: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Contains(Node):
    """``X 含 甲、乙`` (at least one of them) or ``X 都含 甲、乙`` (each of them)."""

    subject: Expr
    members: tuple[Expr, ...]
    every: bool


@frozen(kw_only=True, repr=False)
class Presence(Node):
    """``已有 X`` or ``未有 X``."""

    present: bool
    subject: Expr


@frozen(kw_only=True, repr=False)
class Total(Node):
    """A chain of + and -; each term with its sign, the first always ``+``."""

    terms: tuple[tuple[str, Expr], ...]


@frozen(kw_only=True, repr=False)
class Product(Node):
    """A chain of × and ÷; each factor with its operator, the first always ``×``."""

    factors: tuple[tuple[str, Expr], ...]


@frozen(kw_only=True, repr=False)
class Query(Node):
    """``清单 中 [条件] 的 [最早] 字段``: ``pick`` is 的 (the only one), 最早 最晚 最大 最小 合计 个数."""

    list: Name
    where: Expr | None
    pick: str
    value: Expr | None


@frozen(kw_only=True, repr=False)
class Quantified(Node):
    """``清单 中 有|没有|全部 条件 的``."""

    list: Name
    quantifier: str
    where: Expr


@frozen(kw_only=True, repr=False)
class Arm(Node):
    """One row of a 按 or 依 block; ``labels`` is empty for 其余."""

    labels: tuple[Name, ...]
    value: Value


@frozen(kw_only=True, repr=False)
class By(Node):
    """``按 式子`` or ``依 R5.2`` with its rows."""

    subject: Expr
    arms: tuple[Arm, ...]


@frozen(kw_only=True, repr=False)
class When(Node):
    """One row of 分情形; ``condition`` is None for 否则."""

    condition: Expr | None
    value: Value


@frozen(kw_only=True, repr=False)
class Cases(Node):
    whens: tuple[When, ...]


@frozen(kw_only=True, repr=False)
class Band(Node):
    """``超过 100万元 至 500万元 的部分 按 2%``; the op of an edge is a comparison word or 至."""

    edges: tuple[CellTest, ...]
    rate: Value


@frozen(kw_only=True, repr=False)
class Bands(Node):
    """分段: each part of the subject at its rate."""

    subject: Expr
    bands: tuple[Band, ...]


@frozen(kw_only=True, repr=False)
class Remainder(Node):
    """尾差: to the ``item`` named, or the ``amount`` where the ``condition`` holds, or (none of them) to no one."""

    item: str = ""
    amount: Expr | None = None
    condition: Expr | None = None


@frozen(kw_only=True, repr=False)
class Share(Node):
    """``分配 总额``, ``按 甲`` among the rule's items, ``按 甲 占 总数`` among enterprises."""

    pot: Expr
    weight: Expr
    total: Expr | None
    remainder: Remainder


@frozen(kw_only=True, repr=False)
class DatedRow(Node):
    """``自 2022年7月1日 起 10%``, or with a last day (至)."""

    start: DateLit
    end: DateLit | None
    value: Value


@frozen(kw_only=True, repr=False)
class Dated(Node):
    """The rows of a 参数: values by the day."""

    rows: tuple[DatedRow, ...]


@frozen(kw_only=True, repr=False)
class CellTest(Node):
    """``不低于 300人``, or 属于 and what is listed; ``op`` is the Chinese comparison word."""

    op: str
    values: tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class TableCell(Node):
    """All its tests hold; none: 任意."""

    tests: tuple[CellTest, ...]


@frozen(kw_only=True, repr=False)
class TableRow(Node):
    """``cells`` is empty for 其余."""

    cells: tuple[TableCell, ...]
    value: Value


@frozen(kw_only=True, repr=False)
class Table(Node):
    """判定表: a column for each subject. ``in_order``: the first row that fits counts; else no two rows may fit at once."""

    in_order: bool
    subjects: tuple[Expr, ...]
    rows: tuple[TableRow, ...]


@frozen(kw_only=True, repr=False)
class Hole(Node):
    """What stands where something could not be read: absorbs, so that one mistake gives one message."""


Expr = (
    Number | DateLit | MonthLit | YearLit | Text | Truth | Nothing | Ref | ReadingRef | FieldRef | Call | All | Any | Not | Compare
    | OneOf | Contains | Presence | Total | Product | Query | Quantified | By | Cases | Table | Bands | Share | Dated | Hole
)  # fmt: skip


@frozen(kw_only=True, repr=False)
class Value(Node):
    """An expression at a line's end or a block under the line, with the words it rests on."""

    expr: Expr
    cite: Cite | None = None


# ---------------------------------------------------------------- declarations
@frozen(kw_only=True, repr=False)
class Mark(Node):
    """说明 程式 倡导 不编码: what kind of sentence this is, where no rule rests on it."""

    kind: str
    text: str


@frozen(kw_only=True, repr=False)
class See(Node):
    """``见 后续复核``: the rules named, which stand elsewhere in the measure, rest on this sentence too."""

    names: tuple[Name, ...]


@frozen(kw_only=True, repr=False)
class Figure(Node):
    """``数字 2335 体系名称``, ``用词 …``, ``单位 …``: figures, names or responsible units of 原文 that no rule uses.

    The first word is as the text has it (several with 、), then the reason. ``kind`` is 数字, 用词 or 单位.
    """

    kind: str
    text: str


@frozen(kw_only=True, repr=False)
class Waiver(Node):
    check: Name
    reason: str


@frozen(kw_only=True, repr=False)
class Take(Node):
    """``甲 作 乙``: what the other document calls 甲 is 乙 here."""

    name: Name
    alias: Name


@frozen(kw_only=True, repr=False)
class Import(Node):
    """``引用 文号``: the document of this number, or the version of it in force on the day ``version``, and what is taken from it."""

    number: Name
    version: DateLit | None
    takes: tuple[Take, ...]


@frozen(kw_only=True, repr=False)
class TypeDecl(Node):
    name: Name
    members: tuple[Name, ...]


@frozen(kw_only=True, repr=False)
class Fact(Node):
    """One row of 事实. ``type`` is a type word or unit; ``shape`` is one of value, set, list, series.

    ``derived`` is the definition that works it out where it is not given (推算), ``counted`` the one whose enterprises it is the number of (逐户计).
    ``unseen`` says what is not known of it, where it stands in a text nobody has seen (原文未见).
    """

    name: Name
    type: str
    shape: str
    optional: bool
    default: Expr | None
    derived: Name | None
    counted: Name | None
    evidence: str
    unseen: str
    fields: tuple[Fact, ...]


@frozen(kw_only=True, repr=False)
class Facts(Node):
    scope: Name
    facts: tuple[Fact, ...]


@frozen(kw_only=True, repr=False)
class Param(Node):
    name: Name
    type: str | None


@frozen(kw_only=True, repr=False)
class Define(Node):
    """定义; a 参数 is one whose value is ``Dated`` and whose only parameter is the day."""

    name: Name
    params: tuple[Param, ...]
    value: Value


@frozen(kw_only=True, repr=False)
class Option(Node):
    id: Name
    text: str


@frozen(kw_only=True, repr=False)
class Reading(Node):
    """A 口径: the first option is the default. ``uncomputed`` gives the reason why no rule computes it."""

    id: Name
    question: str
    cite: Cite | None
    options: tuple[Option, ...]
    uncomputed: str | None


# ---------------------------------------------------------------- rules
@frozen(kw_only=True, repr=False)
class Condition(Node):
    """A 须 or 其中 line; ``label`` is its name where the drafter gave one."""

    label: Name | None
    value: Value


@frozen(kw_only=True, repr=False)
class Each(Node):
    word: str
    list: Name
    cite: Cite | None


@frozen(kw_only=True, repr=False)
class First(Node):
    by: tuple[Name, ...]


@frozen(kw_only=True, repr=False)
class Stage(Node):
    name: Name
    amount: Expr
    on: Expr
    cite: Cite | None


@frozen(kw_only=True, repr=False)
class Staged(Node):
    """``分阶段共 300万元``: the total the text states for the stages."""

    total: Expr
    cite: Cite | None


@frozen(kw_only=True, repr=False)
class Period(Node):
    """有效期 自 X 至 Y, on the event day (for the whole policy where it stands in an appendix)."""

    start: Expr | None
    end: Expr | None
    cite: Cite | None


@frozen(kw_only=True, repr=False)
class Rule(Node):
    """奖励 减免 补贴 减征 扣除 评审价 支持 对象. Clauses may be absent; what must be there is checked later."""

    kind: str
    name: Name
    cite: Cite | None
    each: Each | None
    among: tuple[Condition, ...]
    must: tuple[Condition, ...]
    first: First | None
    on: Value | None
    amount: Value | None
    staged: Staged | None
    stages: tuple[Stage, ...]
    periods: tuple[Period, ...]
    payer: str
    discretion: str
    nature: Name | None
    evidence: tuple[str, ...]
    waivers: tuple[Waiver, ...]


@frozen(kw_only=True, repr=False)
class Duty(Node):
    name: Name
    cite: Cite | None
    among: tuple[Condition, ...]
    checks: tuple[Value, ...]
    discretion: str
    evidence: tuple[str, ...]


@frozen(kw_only=True, repr=False)
class Goal(Node):
    """目标 名 条件 截至 年度或日期."""

    name: Name
    condition: Expr
    until: Expr
    cite: Cite | None


@frozen(kw_only=True, repr=False)
class Selection(Node):
    name: Name
    cite: Cite | None
    must: tuple[Condition, ...]
    quota: Number | None
    chosen: Value | None
    discretion: str
    evidence: tuple[str, ...]


@frozen(kw_only=True, repr=False)
class Member(Name):
    """A rule or stage, and the measure it stands in where that is another one: ``措施 5 首次认定``."""

    measure: int | None = None


@frozen(kw_only=True, repr=False)
class Covers(Node):
    names: tuple[Member, ...]
    when: Expr | None
    cite: Cite | None


@frozen(kw_only=True, repr=False)
class Split(Node):
    """分算: counted apart, by the fields named or (none named) by rule."""

    by: tuple[Name, ...]
    when: Expr | None


@frozen(kw_only=True, repr=False)
class Ceiling(Node):
    """限额. ``scope`` is 每户每年 or 每户; ``by_date`` fills in order of event day, else in order of rules and lists."""

    name: Name
    scope: str
    cite: Cite | None
    covers: tuple[Covers, ...]
    limit: Value | None
    splits: tuple[Split, ...]
    by_date: bool
    applies: Expr | None


@frozen(kw_only=True, repr=False)
class Highest(Node):
    """就高 甲、措施 5 乙 累计|每年 [已享受 式子] [当 …]. Names are rules or stages; 已享受 is what was got under other documents."""

    names: tuple[Member, ...]
    mode: str
    received: Expr | None
    when: Expr | None
    cite: Cite | None


@frozen(kw_only=True, repr=False)
class Deduct(Node):
    """扣减 甲 减去 乙、丙 [当 …]."""

    name: Member
    less: tuple[Member, ...]
    when: Expr | None
    cite: Cite | None


@frozen(kw_only=True, repr=False)
class Offset(Node):
    """抵扣 已兑付: what was paid for the same item is taken off what is payable."""

    list: Name
    among: tuple[Condition, ...]


# ---------------------------------------------------------------- examples
Cell = tuple[Expr, ...]


@frozen(kw_only=True, repr=False)
class Given(Node):
    """``设 名 值`` (``cell``), or a table with a header row (``rows``, the first being the header)."""

    name: Name
    cell: Cell | None
    rows: tuple[tuple[Cell, ...], ...]


@frozen(kw_only=True, repr=False)
class Choice(Node):
    reading: Name
    option: Name


@frozen(kw_only=True, repr=False)
class Expect(Node):
    """``则 [R3.2 b] 规则 得 18万元`` or ``… 不予 因 条件``. ``measure`` where a whole measure is meant.

    ``outcome`` is 得, 应付, 为, or a status word; ``amount`` goes with the first two, ``value`` with 为 (of a definition).
    """

    choices: tuple[Choice, ...]
    target: Name | None
    measure: int | None
    outcome: str
    amount: Number | None
    because: Name | None
    lacks: str
    value: Expr | None = None


@frozen(kw_only=True, repr=False)
class ExpectTable(Node):
    """A table of cases; header cells are variables used in 设, reading numbers, or rule names."""

    rows: tuple[tuple[Cell, ...], ...]


@frozen(kw_only=True, repr=False)
class Example(Node):
    title: str
    on: DateLit | None
    given: tuple[Given, ...]
    expects: tuple[Expect | ExpectTable, ...]


# ---------------------------------------------------------------- the document
Annotation = (
    Mark | See | Figure | Waiver | Define | Reading | TypeDecl | Facts | Rule | Duty | Goal | Selection
    | Ceiling | Highest | Deduct | Offset | Period | Import | Example
)  # fmt: skip


@frozen(kw_only=True, repr=False)
class Sentence(Node):
    """One ｜ line, verbatim, without the bar. ``opens`` where it begins a paragraph (｜｜, or the first of its measure)."""

    text: str
    opens: bool


@frozen(kw_only=True, repr=False)
class Passage(Node):
    """A run of ｜ lines and the annotations under the last of them. Declarations that rest on silence have no sentences."""

    sentences: tuple[Sentence, ...]
    annotations: tuple[Annotation, ...]


@frozen(kw_only=True, repr=False)
class Measure(Node):
    """A measure; number 0 is the notice and preamble before the first chapter."""

    number: int
    title: str
    chapter: str
    units: tuple[str, ...]
    units_text: str
    passages: tuple[Passage, ...]
    #: 原文未见: what is not known of its words, and where it was looked for. 原文未录: the source of its figures, its words not being on file.
    unseen: str | None
    unrecorded: str | None = None
    #: Where 原文未见 stands.
    unseen_at: Span | None = field(default=None, eq=False)


@frozen(kw_only=True, repr=False)
class Chapter(Node):
    label: str
    title: str
    first_measure: int


@frozen(kw_only=True, repr=False)
class Appendix(Node):
    """附: a part that is not 原文; its declarations hold for the whole policy."""

    title: str
    annotations: tuple[Annotation, ...]


@frozen(kw_only=True, repr=False)
class Header(Node):
    """``text`` is empty for a date that is known not to have been seen (未见)."""

    key: str
    text: str


@frozen(kw_only=True, repr=False)
class Policy(Node):
    """A whole file. ``headers`` by their Chinese keys; dates are ISO."""

    source: Source = field(eq=False, repr=False)
    title: str
    headers: tuple[Header, ...]
    chapters: tuple[Chapter, ...]
    measures: tuple[Measure, ...]
    appendices: tuple[Appendix, ...]
    #: Words on lines that could not be read: a name that is only there is no unknown name.
    unread: frozenset[str] = field(default=frozenset(), eq=False, repr=False)
