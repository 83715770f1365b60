"""判定表: rows lowered to cases, and the proof that they neither meet nor leave a gap.

What a column can be is cut at every bound its cells name: into the bounds themselves and what lies between. A cell then covers
whole pieces, a row is a box of pieces, and whether rows meet or leave something out is a finite question, answered exactly.
Columns are taken to vary freely.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from attrs import define, evolve, field, frozen

from fayan_compiler.expressions import blocks
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import tables as P
from fayan_compiler.problems import types as T
from fayan_compiler.scope import Frame
from fayan_compiler.units import BOOL, HOLE
from fayan_dsl import tree
from fayan_dsl.problem import Label, Term
from fayan_dsl.source import Span
from fayan_runtime import ir
from fayan_runtime.units import MEASURE_WORDS

#: So many pieces are looked at before a table counts as too large.
MAX_STEPS = 200_000
_ORDERED = ("number", "date", "month", "year")
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def table(low: Lowerer, node: tree.Table, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    subjects = [low.solid(low.expr(subject, frame), subject) for subject in node.subjects]
    fit = [_can_be_a_column(low, one, subject) for one, subject in zip(subjects, node.subjects, strict=True)]
    rows = [row for row in node.rows if row.cells]
    rest = [row for row in node.rows if not row.cells]
    if not (_shape(low, node, rows, rest) and all(fit)):
        return low.hole(node)
    tests = [
        [_tests(low, subject, cell, frame) for subject, cell in zip(node.subjects, row.cells, strict=True)]
        for row in rows
    ]
    ordered = [*rows, *rest]
    values = blocks.joined(low, [row.value for row in ordered], frame, expected)
    if values is None or any(one.type == HOLE for row in tests for cell in row for one in cell):
        return low.hole(node)
    if not _Coverage(low, node, rows, subjects, tests).check(complete=bool(rest)):
        return low.hole(node)
    conditions = [_row_condition(low, row, cells) for row, cells in zip(rows, tests, strict=True)]
    if not rest:  # the rows cover everything, so the last one is what remains
        conditions.pop()
    return ir.Cases(
        type=blocks.common(low, values),
        whens=tuple(zip(conditions, values, strict=False)),
        otherwise=values[-1],
        origin=low.origins.at(node.span),
    )


def _can_be_a_column(low: Lowerer, one: ir.Expr, subject: tree.Expr) -> bool:
    if one.type.kind in (*_ORDERED, "bool", "enum", "text"):
        return True
    low.mismatch(subject, Term("一个值", "a single value"), one.type)
    return False


def _shape(low: Lowerer, node: tree.Table, rows: Sequence[tree.TableRow], rest: Sequence[tree.TableRow]) -> bool:
    """As many cells as columns in every row; 其余 once, and last."""
    columns = len(node.subjects)
    sound = True
    for row in rows:
        if len(row.cells) != columns:
            cells = len(row.cells)
            zh = f"表头有 {columns} 列条件，这一行有 {cells} 格"
            en = f"{columns} columns of conditions, {cells} cells in this row"
            low.report(P.TableShape, row, why=Term(zh, en))
            sound = False
    for row in node.rows[:-1]:
        if not row.cells:
            why = Term("“其余”后面还有别的行", "there are rows after 其余")
            low.reporter.report(P.TableShape, Span(row.span.start, row.span.start + 2), why=why)
            sound = False
    if not rows:
        low.report(P.TableShape, rest[0], why=Term("只有“其余”一行", "其余 is the only row"))
        sound = False
    return sound


def _tests(low: Lowerer, subject: tree.Expr, cell: tree.TableCell, frame: Frame) -> list[ir.Expr]:
    """What a cell asks of its column, as if it had been written out."""
    found: list[ir.Expr] = []
    for test in cell.tests:
        first = test.values[0]
        subject = evolve(subject, span=test.span)  # what is wrong with a cell is wrong in the cell
        if test.op == "属于" and len(test.values) > 1:
            written: tree.Expr = tree.OneOf(span=test.span, subject=subject, members=test.values)
        elif test.op in ("属于", "为") and isinstance(first, tree.Truth):
            written = subject if first.value else tree.Not(span=test.span, part=subject)
        else:
            op = "为" if test.op == "属于" else test.op
            written = tree.Compare(span=test.span, op=op, left=subject, right=first)
        one = low.truth(written, frame)
        if not _fixed(one):
            hint = Term("格里写定数、日期或种类的名字。", "Write a number, a date or the name of a member in a cell.")
            low.report(T.NotConstant, test, place=Term("判定表的格", "A cell of a table"), hint=hint)
            one = low.hole(test)
        found.append(evolve(one, origin=low.origins.at(test.span)) if one.type != HOLE else one)
    return found


def _fixed(test: ir.Expr) -> bool:
    match test:
        case ir.Compare():
            return isinstance(test.right, ir.Const)
        case ir.Or():
            return all(_fixed(arg) for arg in test.args)
        case _:
            return True


def _row_condition(low: Lowerer, row: tree.TableRow, cells: Sequence[Sequence[ir.Expr]]) -> ir.Expr:
    args = tuple(test for cell in cells for test in cell)
    span = row.cells[0].span.to(row.cells[-1].span)
    origin = low.origins.at(span)
    if len(args) == 1:
        return args[0]
    if not args:
        return ir.Const(type=BOOL, value=True, origin=origin)
    return ir.And(type=BOOL, args=args, origin=origin)


# ---------------------------------------------------------------- pieces
@frozen
class _Piece:
    """One value (``low`` is ``high``), or what lies strictly between two bounds; None is no bound."""

    low: Any
    high: Any

    def met_by(self, op: str, bound: Any) -> bool:
        if self.low is not None and self.low == self.high:
            return _HOLDS[op](self.low, bound)
        if op in ("==", "!="):
            return op == "!="  # a bound is never inside
        return (
            self.low is not None and self.low >= bound if op[0] == ">" else self.high is not None and self.high <= bound
        )


@define
class _Column:
    """One column: what can stand in it, in pieces."""

    subject: ir.Expr
    name: str
    enum: tuple[str, ...]
    tests: list[ir.Expr]
    shown: dict[Any, str] = field(factory=dict)

    @cached_property
    def pieces(self) -> list[Any]:
        kind = self.subject.type.kind
        if kind == "bool":
            return [True, False]
        if kind == "enum":
            return list(self.enum)
        bounds = self._bounds()
        if kind == "text":
            return [*sorted(bounds), None]
        found: list[_Piece] = []
        before = None
        for bound in sorted(bounds):
            if not self._adjacent(before, bound):
                found.append(_Piece(before, bound))
            found.append(_Piece(bound, bound))
            before = bound
        return [*found, _Piece(before, None)]

    def _bounds(self) -> set[Any]:
        found: set[Any] = set()
        waiting = list(self.tests)
        while waiting:
            match waiting.pop():
                case ir.Or(args=args):
                    waiting += args
                case ir.Compare(right=ir.Const(value=value, shown=shown)):
                    found.add(value)
                    self.shown[value] = shown
                case _:
                    pass
        return found

    def _adjacent(self, low: Any, high: Any) -> bool:
        """Nothing lies between: neighbouring days, months and years, and counts of things, which are whole."""
        if low is None:
            return False
        if isinstance(low, date):
            return bool((high - low).days == 1)
        counted = self.subject.type.unit in [((word, 1),) for word in MEASURE_WORDS]
        whole = isinstance(self.subject, (ir.Fact, ir.Field)) and counted
        return bool(high - low == 1) and (whole or self.subject.type.kind in ("month", "year"))

    def covered(self, test: ir.Expr) -> frozenset[int]:
        return frozenset(index for index, piece in enumerate(self.pieces) if self._met(test, piece))

    def _met(self, test: ir.Expr, piece: Any) -> bool:
        match test:
            case ir.Or(args=args):
                return any(self._met(arg, piece) for arg in args)
            case ir.Not():
                return not piece
            case ir.OneOf(members=members):
                return piece in members
            case ir.Compare(op=op, right=ir.Const(value=value)):
                return piece.met_by(op, value) if isinstance(piece, _Piece) else _HOLDS[op](piece, value)
            case _:
                return bool(piece)

    def say(self, index: int) -> str:
        """One piece in the words of the table."""
        piece = self.pieces[index]
        if isinstance(piece, bool):
            return f"{self.name} {'是' if piece else '否'}"
        if not isinstance(piece, _Piece):
            return f"{self.name} {piece if piece is not None else '其他'}"
        dated = self.subject.type.kind in ("date", "month", "year")
        over, under = ("晚于", "早于") if dated else ("超过", "不满")
        if piece.low is not None and piece.low == piece.high:
            return f"{self.name} {self.shown[piece.low]}"
        said = [f"{over} {self.shown[piece.low]}"] if piece.low is not None else []
        said += [f"{under} {self.shown[piece.high]}"] if piece.high is not None else []
        return f"{self.name} {'、'.join(said)}" if said else self.name


# ---------------------------------------------------------------- rows as boxes
Box = tuple[frozenset[int], ...]


class _TooMany(Exception):
    pass


@define
class _Coverage:
    low: Lowerer
    node: tree.Table
    rows: Sequence[tree.TableRow]
    subjects: Sequence[ir.Expr]
    tests: Sequence[Sequence[Sequence[ir.Expr]]]
    columns: list[_Column] = field(init=False)
    boxes: list[Box] = field(init=False)
    steps: int = 0

    def __attrs_post_init__(self) -> None:
        self.columns = [
            _Column(
                subject,
                self.low.written(self.node.subjects[place]),
                self.low.symbols.members_of(subject.type.name),
                [test for row in self.tests for test in row[place]],
            )
            for place, subject in enumerate(self.subjects)
        ]
        self.boxes = [
            tuple(self._cell(column, cell) for column, cell in zip(self.columns, row, strict=True))
            for row in self.tests
        ]

    def _cell(self, column: _Column, cell: Sequence[ir.Expr]) -> frozenset[int]:
        covered = frozenset(range(len(column.pieces)))
        for test in cell:
            covered &= column.covered(test)
        return covered

    def check(self, complete: bool) -> bool:
        before = len(self.low.reporter.problems)
        try:
            self.empty()
            if self.node.in_order:
                self.reached()
            else:
                self.apart()
            if not complete and len(self.low.reporter.problems) == before:
                self.gap()
        except _TooMany:
            self.low.reporter.report(P.TableTooLarge, self._head(), limit=MAX_STEPS)
        return len(self.low.reporter.problems) == before

    def _head(self) -> Span:
        return Span(self.node.span.start, self.node.span.start + 3)

    def empty(self) -> None:
        """A cell nothing can fulfil: 超过 5 且 不满 3."""
        for row, box in zip(self.rows, self.boxes, strict=True):
            for cell, covered in zip(row.cells, box, strict=True):
                if not covered:
                    why = Term("没有什么能同时满足这一格", "nothing can meet this cell")
                    self.low.report(P.RowNeverReached, cell, why=why)

    def apart(self) -> None:
        """No two rows fit at once; a row is told once."""
        for later, box in enumerate(self.boxes):
            for earlier, other in enumerate(self.boxes[:later]):
                self._count()
                shared = [here & there for here, there in zip(box, other, strict=True)]
                if all(shared):
                    label = Label(self._cells(earlier), Term("与这一行相交", "it meets this row"))
                    span = self._cells(later)
                    self.low.reporter.report(
                        P.OverlappingRows, span, (label,), where=self._where([min(s) for s in shared])
                    )
                    break

    def reached(self) -> None:
        for place, box in enumerate(self.boxes):
            if all(box) and self._uncovered(box, self.boxes[:place]) is None:
                why = Term("前面的行已经全管到了", "the rows above cover all of it")
                self.low.reporter.report(P.RowNeverReached, self._cells(place), why=why)

    def gap(self) -> None:
        everything = tuple(frozenset(range(len(column.pieces))) for column in self.columns)
        missing = self._uncovered(everything, self.boxes)
        if missing is not None:
            self.low.reporter.report(P.UncoveredCase, self._head(), where=self._where(missing))

    def _uncovered(self, box: Box, others: Sequence[Box]) -> list[int] | None:
        """One choice of pieces in ``box`` that none of the others covers, or None."""
        near = [other for other in others if all(here & there for here, there in zip(box, other, strict=True))]
        seen: set[tuple[int, frozenset[int]]] = set()

        def search(column: int, rows: frozenset[int]) -> list[int] | None:
            if not rows:
                return [min(cell) for cell in box[column:]]
            if column == len(box) or (column, rows) in seen:
                return None
            for piece in sorted(box[column]):
                self._count()
                left = frozenset(row for row in rows if piece in near[row][column])
                found = search(column + 1, left)
                if found is not None:
                    return [piece, *found]
            seen.add((column, rows))
            return None

        return search(0, frozenset(range(len(near))))

    def _count(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise _TooMany

    def _cells(self, row: int) -> Span:
        cells = self.rows[row].cells
        return cells[0].span.to(cells[-1].span)

    def _where(self, pieces: Sequence[int]) -> str:
        return "，".join(column.say(piece) for column, piece in zip(self.columns, pieces, strict=True))
