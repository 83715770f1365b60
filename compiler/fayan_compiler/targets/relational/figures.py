"""Amounts that adjustments refer to: limits and what was received, for each enterprise or for each group of items that share a limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import define, field
from sqlglot import exp

from fayan_compiler.targets.relational import derived, sql
from fayan_compiler.targets.relational.arithmetic import MONEY, rounded
from fayan_compiler.targets.relational.between.parts import col, step
from fayan_compiler.targets.relational.emit import Emitter
from fayan_compiler.targets.relational.facts import read_facts
from fayan_compiler.targets.relational.frames import Frame, Frames, names_in
from fayan_compiler.targets.relational.items import ERROR, MOST, UNKNOWN, Figure, Items
from fayan_compiler.targets.relational.lower import Env, Lowering, Rows
from fayan_compiler.targets.relational.query import Steps
from fayan_compiler.targets.relational.sql import Expression
from fayan_compiler.targets.relational.values import VARIES, Value, needed
from fayan_runtime import ir
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.tables import POSITION, tables_of

Columns = dict[str, Expression]


def figure(low: Lowering, expr: ir.Expr, env: Env) -> int | Columns:
    """An amount in 分, rounded, from 0 to ``MOST``; where it is more, the enterprise is told to overflow."""
    value = low.kept(rounded(low, low.kept(needed(low.value(expr, env))), MONEY, "half"))
    if value.const is not VARIES and value.const is not None and value.const * 100 <= MOST:
        return max(0, int(value.const * 100))
    most, zero = sql.literal(MOST), sql.literal(0)
    over, under = sql.binary(exp.GT, value.sql, most), sql.binary(exp.LT, value.sql, zero)
    low.overflow.append(low.frames.keep(sql.holds(over)))
    fen = sql.case((over, most), (under, zero), (sql.there(value.sql), sql.as_integer(value.sql)))
    return {
        "fen": low.frames.keep(fen),
        "absent": low.frames.keep(_absent(value)),
        "missing": value.lacks or sql.null(sql.TEXT),
    }


def _absent(value: Value) -> Expression:
    error = sql.FALSE if value.error is None else sql.there(value.error)
    return sql.case((error, sql.literal(ERROR)), (sql.missing(value.sql), sql.literal(UNKNOWN)))


def select(columns: Columns, of: str, ids: Sequence[Expression]) -> exp.Select:
    types = {"fen": "BIGINT", "absent": "SMALLINT", "missing": "TEXT"}
    made = [exp.alias_(exp.cast(value.copy(), types[name]), name, quoted=True) for name, value in columns.items()]
    return exp.select(*ids, *made).from_(step(of))


@define
class Amounts:
    """``figures``: what was worked out for each enterprise, by expression; it stands in the step ``enterprises``."""

    low: Lowering
    items: Items
    enterprises: str
    figures: dict[int, int | Columns]
    #: Steps with the keys of enterprises for which 128 bits did not do.
    overflowing: list[str] = field(factory=list)

    @property
    def steps(self) -> Steps:
        return self.items.steps

    def of_enterprise(self, expr: ir.Expr) -> int | Figure:
        found = self.figures[id(expr)]
        if isinstance(found, int):
            return found
        return Figure(
            self.steps.add("figure", select(found, self.enterprises, [exp.alias_(exp.column("k"), "key", quoted=True)]))
        )

    def of_group(self, expr: ir.Expr) -> Callable[[str, Sequence[str]], Figure]:
        return lambda counted, group: Groups(self, expr, counted, list(group)).figure()


GROUP = "group"


@define
class Groups:
    """A plan beside the plan: its root has a row for each group of counted items, everything else as for the enterprise of the group."""

    amounts: Amounts
    expr: ir.Expr
    counted: str
    group: list[str]

    def figure(self) -> Figure:
        amounts, steps = self.amounts, self.amounts.steps
        whole: Expression = sql.as_text(col(self.group[0]))
        for name in self.group[1:]:
            part = exp.DPipe(this=sql.literal("\x1f"), expression=sql.coalesce(sql.as_text(col(name)), sql.literal("")))
            whole = exp.DPipe(this=whole, expression=part)
        numbered = exp.select(
            exp.alias_(whole, GROUP, quoted=True), *map(col, self.group), col("provision"), col("item")
        )
        members = steps.add("group members", numbered.from_(step(self.counted)))
        groups = steps.add("groups", exp.select(col(GROUP), *map(col, self.group)).distinct().from_(step(members)))
        tables = {
            each.name: self._table(each.name, [one.name for one in each.columns if one.name != KEY], groups)
            for each in tables_of(amounts.low.program)
            if each.name == ENTERPRISE or each.of is not None
        }
        low = Lowering(
            amounts.low.program,
            amounts.low.on,
            amounts.low.readings,
            Frames(Frame(tables[ENTERPRISE], None, (KEY,))),
            tables=tables,
        )
        low.facts = read_facts(low, low.frames.root)
        derived.work_out(low)
        found = figure(low, self.expr, Env(counted=self._counted(low, members)))
        if isinstance(found, int):
            found = {"fen": sql.literal(found), "absent": exp.null(), "missing": sql.null(sql.TEXT)}
        from fayan_compiler.targets.relational.plan import overflowing_in

        overflow = overflowing_in(low, {low.frames.root})[low.frames.root]
        wanted = dict.fromkeys(name for each in (*found.values(), overflow) for name in names_in(each))
        root = low.frames.root
        done = Emitter(low.frames, steps, {root: list(wanted)}).emit()[root]
        named = steps.add("group figures", select(found, done, [exp.alias_(exp.column("k"), GROUP, quoted=True)]))
        own = exp.select(
            *(col(name, "g") for name in self.group), *(col(name, "f") for name in ("fen", "absent", "missing"))
        )
        own = own.from_(step(groups).as_("g")).join(step(named).as_("f"), on=col(GROUP, "g").eq(col(GROUP, "f")))
        if not sql.is_false(overflow):
            lost = exp.select(exp.alias_(col("key", "g"), "k")).from_(step(groups).as_("g"))
            lost = lost.join(step(done).as_("f"), on=col(GROUP, "g").eq(exp.column("k", table="f"))).where(overflow)
            amounts.overflowing.append(steps.add("group overflow", lost))
        return Figure(steps.add("figure", own), tuple(self.group[1:]))

    def _table(self, name: str, columns: list[str], groups: str) -> exp.Table:
        """A table of facts with the groups in the place of the keys."""
        made = exp.select(exp.alias_(col(GROUP, "g"), KEY, quoted=True), *(col(each, "t") for each in columns))
        made = made.from_(self.amounts.low.table(name).as_("t")).join(
            step(groups).as_("g"), on=col(KEY, "t").eq(col("key", "g"))
        )
        return step(self.amounts.steps.add(f"{name} of groups", made))

    def _counted(self, low: Lowering, members: str) -> Rows:
        """The rows of the list that the counted items are."""
        program = low.program
        named = [program.provisions[at].each for at in self._provisions() if program.provisions[at].each]
        of = next(iter(named), next(fact.name for (_, _), (_, fact) in low.declared.items() if fact.is_list))
        numbers = [at for at in self._provisions() if program.provisions[at].each == of]
        order, fact = low.declared[ENTERPRISE, of]
        columns = next(each.columns for each in tables_of(program) if each.of is fact)
        made = exp.select(
            exp.alias_(col(GROUP, "m"), KEY, quoted=True),
            *(col(each.name, "t") for each in columns if each.name != KEY),
        )
        on = exp.and_(col(KEY, "t").eq(col("key", "m")), col(POSITION, "t").eq(col("item", "m")))
        made = made.from_(self.amounts.low.table(of).as_("t")).join(step(members).as_("m"), on=on)
        made = made.where(col("provision", "m").isin(*map(sql.literal, numbers)))
        frame = low.frames.child(low.frames.root, step(self.amounts.steps.add("counted", made)), (KEY, POSITION))
        return Rows(frame, fact, order)

    def _provisions(self) -> list[int]:
        """The provisions whose items may be counted."""
        for each in self.amounts.low.program.adjustments:
            if isinstance(each, ir.Ceiling) and each.limit is self.expr:
                names = {name for (name, _), _ in each.covers}
                return [at for at, one in enumerate(self.amounts.low.program.provisions) if one.name in names]
        return []
