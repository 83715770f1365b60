"""A whole policy as one plan: what is known of each enterprise and item, what stands between provisions, and the tables of results.

Readings, the day and the measures asked for are fixed when the plan is made.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from attrs import define, evolve, field, frozen
from sqlglot import exp

from fayan_compiler.targets.relational import calendar, choices, conclude, derived, lists, others, sql
from fayan_compiler.targets.relational.awards import Source, sources
from fayan_compiler.targets.relational.between.adjust import Between
from fayan_compiler.targets.relational.between.parts import col, union
from fayan_compiler.targets.relational.between.payments import set_off
from fayan_compiler.targets.relational.emit import Emitter
from fayan_compiler.targets.relational.facts import read_facts
from fayan_compiler.targets.relational.figures import Amounts, Columns, figure
from fayan_compiler.targets.relational.frames import Frame, Frames, names_in
from fayan_compiler.targets.relational.items import COLUMNS, Items, Payments, word_of
from fayan_compiler.targets.relational.lower import Env, Lowering
from fayan_compiler.targets.relational.narrowed import narrowed
from fayan_compiler.targets.relational.paid import Paid
from fayan_compiler.targets.relational.query import Steps
from fayan_compiler.targets.relational.sql import Expression
from fayan_runtime import ir
from fayan_runtime.between import looks_at_counted
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.results import DECISIONS, ITEMS, UNMATCHED, WIDE
from fayan_runtime.tables import POSITION

#: Modules that say how nodes are lowered.
NODES = (calendar, choices, lists)


@frozen
class Plan:
    """``tables``: name → the query that makes it, each from the tables of facts and those before it; ``results`` are the names that count.

    ``program`` has what is decided; the numbers in names of tables are those of its provisions and adjustments. ``notes`` say of columns
    by name what they are, in the words of the policy.
    """

    tables: dict[str, exp.Query]
    results: tuple[str, ...]
    program: ir.Program
    notes: Mapping[str, Collection[str]]


NOTHING = sql.null(sql.TEXT)
CODES = "codes"
#: What the steps are called that say what an award comes to.
SUMS_OF = "sums "
#: The enterprises for which 128 bits do not do: they are in no table of results that counts.
OVERFLOW = "overflow"


@define
class Planner:
    program: ir.Program
    on: date
    readings: Mapping[str, str]
    measures: Collection[int] | None
    reasons: bool
    wide: bool
    low: Lowering = field(init=False)
    steps: Steps = field(factory=Steps)
    sources: list[Source] = field(factory=list)
    others: dict[int, others.Decided] = field(factory=dict)
    figures: dict[int, int | Columns] = field(factory=dict)
    paid: Paid | None = None
    #: Whether something overflowed, in the root and in the frames of items.
    overflow: dict[Frame, Expression] = field(factory=dict)
    payments: Payments | None = None
    made: dict[Frame, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        between = Between(self.program, dict(self.readings), self.on)
        self.program = narrowed(self.program, self.measures, between.holds)
        frames = Frames(Frame(quoted(ENTERPRISE), None, (KEY,)))
        self.low = Lowering(self.program, self.on, self.readings, frames)

    @property
    def in_force(self) -> bool:
        return self.program.effective is None or self.on >= self.program.effective

    def asked(self, provision: ir.Provision) -> bool:
        return self.measures is None or provision.measure in self.measures

    def lower(self) -> None:
        self.low.facts = read_facts(self.low, self.low.frames.root)
        derived.work_out(self.low)
        if self.program.offset is not None:
            self.paid = Paid.of(self.low, self.program.offset)
        if not self.in_force:
            return
        between = Between(self.program, dict(self.readings), self.on)
        for number, provision in enumerate(self.program.provisions):
            if provision.kind == "award":
                self.sources += map(self._told, sources(self.low, number, between.keys()))
            elif self.asked(provision):
                decided = others.decide(self.low, provision)
                self.others[number] = decided if self.reasons else evolve(decided, missing=NOTHING, words=())
        for each in self.program.adjustments:
            for expr in (getattr(each, "limit", None), getattr(each, "received", None)):
                if expr is not None and between.holds(each.applies) and not _counts(between, expr):
                    self.figures[id(expr)] = figure(self.low, expr, Env())

    def _told(self, source: Source) -> Source:
        return source if self.reasons else evolve(source, columns={**source.columns, "missing": NOTHING}, words=())

    # ---- the tables

    def plan(self) -> Plan:
        self.lower()
        enterprises, items = self._emit()
        asked = [(at, each) for at, each in enumerate(self.program.provisions) if self.asked(each)]
        unmatched = None
        overflowing: list[str] = []
        if self.in_force:
            amounts = Amounts(self.low, items, enterprises, self.figures)
            Between(self.program, dict(self.readings), self.on).adjust(items, amounts)
            overflowing = amounts.overflowing
        unmatched = set_off(self.program, items, self.payments)
        decided: list[exp.Query] = []
        found: list[exp.Query] = []
        wide: list[tuple[ir.Provision, str | others.Decided | None]] = []
        for at, each in asked:
            if each.name in items.where:
                sums = self.steps.add(f"{SUMS_OF}{at}", conclude.summed_up(each, at, items))
                wide.append((each, sums))
                decided.append(conclude.of_award(each, sums, enterprises))
                found += [conclude.of_items(each, at, items)] if self.reasons else []
            else:
                wide.append((each, self.others.get(at)))
                decided.append(conclude.of_other(each, self.others.get(at), enterprises))
        results = {DECISIONS: union(decided)}
        if self.wide:
            results |= {WIDE: conclude.side_by_side(wide, enterprises), CODES: conclude.codes(wide, enterprises)}
        if found:
            results[ITEMS] = union(found)
        if unmatched is not None:
            results[UNMATCHED] = self._unmatched(unmatched)
        lost = [exp.select("k").from_(quoted(each)) for each in overflowing]
        lost += [exp.select("k").from_(quoted(self.made[frame])).where(each) for frame, each in self.overflow.items()]
        overflow = exp.select("k").distinct().from_(union(lost).subquery("·lost"))  # each once, wherever it overflowed
        tables = self.steps.tables(results | {OVERFLOW: overflow})
        return Plan(tables, (*results, OVERFLOW), self.program, self.low.notes)

    def _emit(self) -> tuple[str, Items]:
        """The steps that have what is known of each enterprise and item, before anything stands in between."""
        root = self.low.frames.root
        wanted: dict[Frame, dict[str, None]] = {root: {}}

        def want(frame: Frame, *exprs: Expression) -> None:
            for expr in exprs:
                wanted.setdefault(frame, {}).update(dict.fromkeys(names_in(expr)))

        self.overflow = overflowing_in(self.low, {root, *(source.frame for source in self.sources)})
        for frame, flag in self.overflow.items():
            want(frame, flag)
        for source in self.sources:
            want(source.frame, source.exists, *source.columns.values(), *source.words)
        for decided in self.others.values():
            want(root, decided.status, decided.complete, decided.missing, *decided.words)
        for found_figure in self.figures.values():
            if not isinstance(found_figure, int):
                want(root, *found_figure.values())
        if self.paid is not None:
            want(self.paid.frame, *self.paid.columns.values())
            want(root, self.paid.known.sql, self.paid.known.lacks or sql.FALSE)
        self.made = steps = Emitter(
            self.low.frames, self.steps, {frame: list(names) for frame, names in wanted.items()}
        ).emit()
        where: dict[str, str] = {}
        found: dict[int, list[exp.Query]] = {}
        words = max((len(source.words) for source in self.sources), default=0)
        for source in self.sources:
            found.setdefault(source.provision, []).append(self._items(source, steps[source.frame], words))
        for at, parts in found.items():
            where[self.program.provisions[at].name] = self.steps.add(f"items {at}", union(parts))
        self.payments = None if self.paid is None else self.paid.steps(self.steps, steps[self.paid.frame], steps[root])
        return steps[root], Items(self.steps, where, Between(self.program, dict(self.readings), self.on).keys(), words)

    def _items(self, source: Source, step: str, words: int) -> exp.Query:
        types = dict(zip(COLUMNS, ("", "INT", "INT", "", "DATE", "", "SMALLINT", *["BIGINT"] * 4, "TEXT"), strict=True))
        made = {"key": exp.column("k"), "provision": sql.literal(source.provision), **source.columns}
        told = [*source.words, *[sql.null(sql.INTEGER)] * (words - len(source.words))]
        made |= {word_of(place): word for place, word in enumerate(told)}
        typed = {
            name: exp.cast(value, types[name], copy=False) if types.get(name) else value for name, value in made.items()
        }
        named = [sql.named(value, name) for name, value in typed.items()]
        return sql.select(named, quoted(step), None if sql.is_true(source.exists) else source.exists)

    def _unmatched(self, name: str) -> exp.Query:
        key, position = exp.alias_(col("key"), KEY, quoted=True), exp.alias_(col("payment"), POSITION, quoted=True)
        found = exp.select(key, position).from_(quoted(name))
        if self.measures is None:
            return found
        assert self.payments is not None
        known = exp.select(col("key"), col("payment")).from_(quoted(self.payments.name))
        known = known.where(col("measure").isin(*map(sql.literal, sorted(self.measures))))
        same = exp.and_(*(col(each, "u").eq(col(each, "p")) for each in ("key", "payment")))
        found = exp.select(
            exp.alias_(col("key", "u"), KEY, quoted=True), exp.alias_(col("payment", "u"), POSITION, quoted=True)
        )
        return found.from_(quoted(name).as_("u")).join(known.subquery("p"), on=same)


def _counts(between: Between, limit: ir.Expr) -> bool:
    return between.holds(looks_at_counted(limit))


def overflowing_in(low: Lowering, frames: Collection[Frame]) -> dict[Frame, Expression]:
    """Whether anything overflowed in a row of one of the frames, among which the root is, or in what is gathered there."""
    found: dict[Frame, list[Expression]] = {low.frames.root: []}
    for flag in low.overflow:
        while (frame := low.frames.frame_of(flag)) not in frames:
            flag = low.frames.gather(frame, exp.LogicalOr(this=flag.copy()), flag)
        found.setdefault(frame, []).append(sql.holds(flag))
    return {frame: low.frames.keep(sql.either(*flags)) for frame, flags in found.items()}


def quoted(name: str) -> exp.Table:
    return exp.to_table(name, quoted=True)


def make_plan(
    program: ir.Program,
    on: date,
    readings: Mapping[str, str],
    measures: Collection[int] | None = None,
    reasons: bool = True,
    wide: bool = False,
) -> Plan:
    """``readings`` holds an option for each computed reading; without ``reasons`` there are no items, and nothing says what is missing.

    With ``wide`` there is one more result, ``WIDE``, and ``CODES``, which has the codes of missing facts that stand in 判定, perhaps twice.
    """
    return Planner(program, on, readings, measures, reasons, wide).plan()
