"""Frames → steps of a query: which columns are needed at all, in which round, and each round as common table expressions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce

from attrs import define, field
from sqlglot import exp

from fayan_compiler.targets.relational import sql
from fayan_compiler.targets.relational.between.parts import union
from fayan_compiler.targets.relational.frames import Column, Frame, Frames, names_in
from fayan_compiler.targets.relational.query import Steps

#: Levels of expressions that are put into each other.
DEEPEST = 12
#: Columns that an expression with others put into it looks at.
LARGEST = 60
#: Selects that are put into each other.
HIGHEST = 30


@define(eq=False)
class Round:
    """A frame with what is known after a round of gathering; ``around`` is the round of the parent that it looks at.

    ``out`` is what others ask of it, ``all`` what it needs to have for that, ``gathered`` what it gathers, by child.
    """

    frame: Frame
    around: Round | None
    number: int
    out: dict[str, None] = field(factory=dict)
    all: dict[str, None] = field(factory=dict)
    gathered: dict[Frame, list[Column]] = field(factory=dict)
    step: str = ""


@define
class Emitter:
    """``outputs``: frame → columns that are asked for. The root's and those of its children."""

    frames: Frames
    steps: Steps
    outputs: dict[Frame, list[str]]
    exprs: dict[str, exp.Expr] = field(init=False)
    #: The columns that each of them looks at.
    looked_at: dict[str, list[str]] = field(init=False)
    _needs: dict[tuple[str, Frame], int] = field(factory=dict)
    _rounds: dict[tuple[Frame, Round | None, int], Round] = field(factory=dict)

    def emit(self) -> dict[Frame, str]:
        """The step with the columns asked for, of each frame."""
        self.exprs = _put_together(self.frames, [name for names in self.outputs.values() for name in names])
        self.looked_at = {name: names_in(expr) for name, expr in self.exprs.items()}
        root = self.frames.root
        asked = [name for names in self.outputs.values() for name in names]
        last = self.round(root, None, max((self.need(name, root) for name in asked), default=0))
        found: dict[Frame, Round] = {}
        for frame, names in self.outputs.items():
            if frame is not root:
                found[frame] = self.round(frame, last, max((self.need(name, frame) for name in names), default=0))
                self.ask(found[frame], names)
        for each in found.values():
            self.settle(each)
        self.ask(last, self.outputs.get(root, []))
        self.settle(last)
        found[root] = last
        return {frame: self.write(each) for frame, each in found.items()}

    # ---- rounds

    def round(self, frame: Frame, around: Round | None, number: int) -> Round:
        key = frame, around, number
        if key not in self._rounds:
            self._rounds[key] = Round(frame, around, number)
        return self._rounds[key]

    def before(self, of: Round) -> Round:
        return self.round(of.frame, of.around, of.number - 1)

    def need(self, name: str, frame: Frame) -> int:
        """The round of ``frame`` that a column of it, or of a frame within it, looks at."""
        if name not in self.frames.columns:  # what tells rows apart
            return 0
        key = name, frame
        if key not in self._needs:
            column = self.frames.columns[name]
            found = 0
            starts = column.kind == "read" or (column.kind == "unfolded" and column.frame is frame)
            if column.frame.within(frame) and not starts:
                found = max((self.need(each, frame) for each in self._inputs(column)), default=0)
                found += column.kind == "gathered" and column.frame is frame
            for each in column.frame.unfolded:
                if each.there != name and each is not frame and each.within(frame):
                    found = max(found, self.need(each.there, frame))
            self._needs[key] = found
        return self._needs[key]

    # ---- what is needed

    def ask(self, of: Round, names: Iterable[str]) -> None:
        """That a round has these columns."""
        for name in names:
            if name not in of.frame.ids:
                of.out[name] = None
                self._have(of, name)

    def _have(self, of: Round, name: str) -> None:
        if name in of.all or name in of.frame.ids:
            return
        of.all[name] = None
        column = self.frames.columns[name]
        if column.frame is not of.frame or self.need(name, of.frame) < of.number:
            return
        if column.kind == "computed":
            for each in self.looked_at[name]:
                self._have(of, each)
        elif column.kind == "gathered":
            assert column.child is not None
            of.gathered.setdefault(column.child, []).append(column)

    def settle(self, of: Round) -> None:
        """Ask of the rounds before, around and within for what this one has from them."""
        carried = [name for name in of.all if self._carried(of, name)]
        if of.number == 0:
            if of.around is not None:
                self.ask(of.around, carried)
                unfolded = [name for name in self._own(of) if self.frames.columns[name].kind == "unfolded"]
                self.ask(of.around, [each for name in unfolded for each in self.looked_at[name]])
            return
        before = self.before(of)
        self.ask(before, carried)
        for child, columns in of.gathered.items():
            inside = self.inside(of, child)
            self.ask(inside, [name for column in columns for name in self._inputs(column)])
            self.settle(inside)
        self.settle(before)

    def inside(self, of: Round, child: Frame) -> Round:
        """The round of a child whose rows are gathered."""
        inputs = [name for column in of.gathered[child] for name in self._inputs(column)]
        return self.round(child, self.before(of), max((self.need(name, child) for name in inputs), default=0))

    def _inputs(self, column: Column) -> list[str]:
        """What a column is made of."""
        return [*self.looked_at[column.name], *(names_in(column.where) if column.where is not None else ())]

    def _carried(self, of: Round, name: str) -> bool:
        return self.frames.columns[name].frame is not of.frame or self.need(name, of.frame) < of.number

    def _own(self, of: Round) -> list[str]:
        """The columns that a frame starts with."""
        found = [name for name in of.all if self.frames.columns[name].frame is of.frame]
        return [name for name in dict.fromkeys((*found, of.frame.there)) if name]

    # ---- writing

    def write(self, of: Round) -> str:
        if not of.step:
            of.step = self.steps.add("f", self._layers(of, self._base(of)))
        return of.step

    def _base(self, of: Round) -> exp.Query:
        if of.number:
            return self._gather(of)
        return self._read(of) if of.frame.table is not None else self._unfold(of)

    def _unfold(self, of: Round) -> exp.Query:
        """Round 0 of a frame that is unfolded: what is around it, once for each of its rows."""
        assert of.around is not None
        frame, around = of.frame, sql.step(self.write(of.around))
        assert frame.parent is not None
        own = [name for name in self._own(of) if self.frames.columns[name].kind == "unfolded"]
        carried = [name for name in of.all if self._carried(of, name)]
        found: list[exp.Query] = []
        for place, there in enumerate(self.exprs[frame.there].expressions):
            made = [
                *map(exp.column, (*frame.parent.ids, *carried)),
                sql.named(sql.literal(place), frame.ids[-1]),
                *(sql.named(self.exprs[name].expressions[place], name) for name in own if name in of.all),
            ]
            found.append(sql.select(made, around.copy(), there.copy()))
        return union(found)

    def _read(self, of: Round) -> exp.Select:
        """Round 0: the table, with what is around it."""
        frame, columns = of.frame, [self.frames.columns[name] for name in of.all]
        assert frame.table is not None
        ids = frame.ids[-len(frame.named) :] if frame.depth < 2 else frame.ids[-1:]
        made: list[exp.Expr] = [
            sql.named(_of("t", name), id) for id, name in zip(ids, frame.named[-len(ids) :], strict=True)
        ]
        made += [sql.named(each.expr, each.name) for each in columns if each.frame is frame and each.kind == "read"]
        table = frame.table.copy()
        table.set("alias", exp.TableAlias(this=exp.to_identifier("t")))
        carried = [column.name for column in columns if column.frame is not frame]
        if of.around is None or (frame.depth == 1 and not carried):
            return sql.select(made, table)
        outer = frame.ids[:-1] if frame.depth > 1 else ()
        made += [exp.column(name, table="o") for name in (*outer, *carried)]
        found = sql.select(made, table)
        on = exp.EQ(this=_of("t", frame.named[0]), expression=exp.column(frame.ids[0], table="o"))
        found.append("joins", exp.Join(this=sql.step(self.write(of.around), "o"), on=on))
        return found

    def _gather(self, of: Round) -> exp.Select:
        """A later round: the one before, with what is gathered from each child."""
        carried = [name for name in of.all if self._carried(of, name)]
        ids = of.frame.ids
        made: list[exp.Expr] = [exp.column(name, table="o") for name in (*ids, *carried)]
        joins = []
        for number, (child, columns) in enumerate(of.gathered.items()):
            alias = f"g{number}"
            own = [sql.named(self.exprs[column.name], column.name) for column in columns]
            counting = sql.either(*(sql.TRUE if each.where is None else each.where for each in columns))
            inside = sql.select(
                [*(exp.column(id) for id in ids), *own],
                sql.step(self.write(self.inside(of, child))),
                None if sql.is_true(counting) else counting,
            )
            inside.set("group", exp.Group(expressions=[exp.column(id) for id in ids]))
            on = [exp.EQ(this=exp.column(id, table="o"), expression=exp.column(id, table=alias)) for id in ids]
            joins.append(exp.Join(this=sql.nested(inside, alias), on=exp.and_(*on, copy=False), side="LEFT"))
            made += [exp.column(column.name, table=alias) for column in columns]
        found = sql.select(made, sql.step(self.write(self.before(of)), "o"))
        found.set("joins", joins)
        return found

    def _layers(self, of: Round, base: exp.Query) -> exp.Query:
        """Computed columns on top of each other, each select using what the one below has."""
        depths: dict[str, int] = {}

        def depth(name: str) -> int:
            column = None if name in of.frame.ids else self.frames.columns[name]
            if column is None or column.kind != "computed" or self._carried(of, name):
                return 0
            if name not in depths:
                depths[name] = 1 + max((depth(each) for each in self.looked_at[name]), default=0)
            return depths[name]

        layers: dict[int, list[str]] = {}
        for name in of.all:
            layers.setdefault(depth(name), []).append(name)
        last_use = dict.fromkeys(of.out, 10**9)
        for number in sorted(layers):
            for name in layers[number] if number else ():
                for each in self.looked_at[name]:
                    last_use[each] = max(last_use.get(each, 0), number)
        have = layers.get(0, [])
        found = base
        for number in sorted(layers):
            if number == 0:
                continue
            kept = [name for name in have if last_use.get(name, 0) > number]
            made = [sql.named(self.exprs[name], name) for name in layers[number]]
            below: exp.Expr = sql.nested(found, "l")
            if number % HIGHEST == 0:
                below = sql.step(self.steps.add("f", found))
                self.steps.kept.add(below.name)
            found = sql.select([*map(exp.column, (*of.frame.ids, *kept)), *made], below)
            have = [*kept, *layers[number]]
        return found


def _of(table: str, name: str) -> exp.Column:
    return exp.column(exp.to_identifier(name, quoted=True), table=table)


def _put_together(frames: Frames, asked: Sequence[str]) -> dict[str, exp.Expr]:
    """The expressions of the columns that are needed; one that is used once is put where it is used.

    So is one that is seldom looked at, as often as it is: it is then worked out in those rows only.
    """
    uses: Counter[str] = Counter(asked)
    waiting = list(dict.fromkeys(asked))
    seen = set(waiting)
    order: list[str] = []
    while waiting:
        name = waiting.pop()
        order.append(name)
        column = frames.columns[name]
        there = [each.there for each in (column.child or column.frame).unfolded]
        # What rows are left out by is a column, however often it is used.
        apart = [*there, *(names_in(column.where) if column.where is not None else ())]
        uses.update(dict.fromkeys(apart, 2))
        for each in (*apart, *(names_in(column.expr) if column.kind != "read" else ())):
            uses[each] += 1
            if each in frames.columns and each not in seen:
                seen.add(each)
                waiting.append(each)
    wanted = set(asked)
    kept = {
        name
        for name in order
        if name in wanted
        or frames.columns[name].kind != "computed"
        or (uses[name] > 1 and not frames.columns[name].seldom)
    }
    found: dict[str, exp.Expr] = {}
    heights: dict[str, int] = {}
    sizes = dict.fromkeys(kept, 1)
    for name in sorted(order, key=lambda each: int(each[1:])):  # what a column looks at was made before it
        column = frames.columns[name]
        if column.kind == "read":
            found[name] = column.expr
            continue
        inside = column.within
        used = [
            each
            for each in dict.fromkeys(names_in(column.expr))
            if each in found
            and each not in kept
            and (frames.columns[each].frame is inside or (frames.columns[each].seldom and sizes[each] < 3))
        ]
        height = reduce(max, (heights[each] for each in used), 0) + 1
        size = sum(sizes.get(each, 1) for each in names_in(column.expr))
        if height > (3 if column.seldom else 1) * DEEPEST or size > LARGEST:
            kept.update(used)
            used, height = [], 1
            size = len(names_in(column.expr))
        kept.update(each for each in names_in(column.expr) if each in found and each not in used)
        heights[name], sizes[name] = height, size
        found[name] = _with(column.expr, {each: found[each] for each in used})
    return found


def _with(expr: exp.Expr, put: dict[str, exp.Expr]) -> exp.Expr:
    if not put:
        return expr

    def change(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name in put:
            inner = put[node.name].copy()
            plain = isinstance(inner, (exp.Case, exp.Func, exp.Cast, exp.Paren, exp.Column)) and not isinstance(
                inner, exp.Connector
            )
            return inner if plain else exp.paren(inner, copy=False)
        return node

    return expr.copy().transform(change, copy=False)
