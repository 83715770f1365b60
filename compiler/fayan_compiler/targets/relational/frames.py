"""Rows of several grains, and what is known of each row as columns: the plan before it is cut into steps.

The *root* has a row for each enterprise. A *child* has a row for each row of its parent and each row of a list of that enterprise. A
column is *read* from the table of its frame, *computed* from columns of its frame and of those around it, or *gathered*: an aggregate
over the rows of a child. An *unfolded* child has no table: a row of its parent becomes some rows, and what each of its columns is in the
first of them, the second and so on are expressions over the parent. Columns have names of their own in the whole plan; the same expression is the same column, and a column is
of the innermost frame that it looks at, so nothing is computed for each item that can be computed for the enterprise.

What is gathered can be used in what is gathered next, so a frame comes in *rounds*: what round 0 has needs nothing gathered,
round n + 1 has what is gathered from children that look at round n. All that a round gathers from a child is one aggregation.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from attrs import define, field
from sqlglot import exp

from fayan_compiler.targets.relational import sql

KEY = "k"
Kind = Literal["read", "unfolded", "computed", "gathered"]


@define(eq=False, slots=False)
class Frame:
    """``table`` is where its own columns are read (None: it is unfolded), ``ids`` the columns that tell its rows apart."""

    table: exp.Table | None
    parent: Frame | None = None
    #: The name in ``table`` of the key and, in a child, of the position.
    named: tuple[str, ...] = ()
    #: Where it is unfolded, the column that says whether each row is there at all.
    there: str = ""

    @cached_property
    def depth(self) -> int:
        return 0 if self.parent is None else self.parent.depth + 1

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return (KEY,) if self.parent is None else (*self.parent.ids, f"i{self.depth}")

    @cached_property
    def unfolded(self) -> tuple[Frame, ...]:
        """The unfolded ones among this and those around it."""
        around = () if self.parent is None else self.parent.unfolded
        return (*around, self) if self.there else around

    def within(self, other: Frame) -> bool:
        """Whether the other is this frame or around it."""
        return self is other or (self.parent is not None and self.parent.within(other))


@define(eq=False)
class Column:
    """``expr`` is over columns of the table where it is read, else over columns of the plan, and a tuple (of what it is in each row) where
    it is unfolded; ``child`` is what it is gathered from, and ``where`` true of all rows there that count, whatever null is. What is
    ``seldom`` is null in most rows, and only looked at where something else is null.
    """

    name: str
    frame: Frame
    kind: Kind
    expr: exp.Expr
    child: Frame | None = None
    where: exp.Expr | None = None
    seldom: bool = False

    @property
    def within(self) -> Frame:
        """The frame whose columns ``expr`` is over."""
        if self.kind == "unfolded":
            assert self.frame.parent is not None
            return self.frame.parent
        return self.child or self.frame


def names_in(expr: exp.Expr) -> list[str]:
    """The columns an expression looks at, each as often as it stands there."""
    return [each.name for each in sql.parts_of(expr, exp.Column)]


@define
class Frames:
    """All frames of a plan with their columns."""

    root: Frame
    columns: dict[str, Column] = field(factory=dict)
    _children: dict[tuple[Frame, str], Frame] = field(factory=dict)
    _known: dict[tuple[Frame, str, str], str] = field(factory=dict)

    def child(self, parent: Frame, table: exp.Table, named: tuple[str, ...]) -> Frame:
        key = parent, sql.key_of(table)
        if key not in self._children:
            self._children[key] = Frame(table, parent, named)
        return self._children[key]

    def unfold(self, parent: Frame, there: Sequence[exp.Expr]) -> Frame:
        """A frame with a row for each of the conditions that is true."""
        found = Frame(None, parent)
        found.there = self.unfolded(found, there).name
        return found

    def unfolded(self, frame: Frame, each: Sequence[exp.Expr]) -> exp.Column:
        """What a column is in the first row, the second and so on; the same number for each frame."""
        return self._column(frame, "unfolded", exp.Tuple(expressions=[expr.copy() for expr in each]))

    def read(self, frame: Frame, expr: exp.Expr) -> exp.Column:
        """A column of the frame's table, or what is made of columns of its table."""
        return self._column(frame, "read", expr)

    def gather(self, child: Frame, aggregate: exp.Expr, where: exp.Expr | None = None) -> exp.Column:
        """An aggregate over the rows of a child, in its parent; null where there are none. ``where`` says of some that they do not count:
        rows for which it is not true are left out where no aggregate of the child needs them."""
        assert child.parent is not None
        found = self._column(child.parent, "gathered", aggregate, child)
        if where is not None and not isinstance(where, exp.Boolean):
            self.columns[found.name].where = self.keep(where, child)
        return found

    def position(self, frame: Frame) -> exp.Column:
        """The position of an item in its list, as a column like others."""
        return self.read(
            frame, exp.cast(exp.column(exp.to_identifier(frame.named[-1], quoted=True), table="t"), "BIGINT")
        )

    def keep(self, expr: exp.Expr, frame: Frame | None = None, seldom: bool = False) -> exp.Expr:
        """A column for what is worth one; of the frame it looks at, where that is not said."""
        if isinstance(expr, (exp.Column, exp.Literal, exp.Boolean, exp.Null)) or expr.find(exp.Column) is None:
            return expr
        found = self._column(frame or self.frame_of(expr), "computed", expr)
        self.columns[found.name].seldom = seldom
        return found

    def frame_of(self, *exprs: exp.Expr | None) -> Frame:
        """The innermost frame that any of them looks at."""
        found = self.root
        for expr in exprs:
            for name in names_in(expr) if expr is not None else ():
                other = self.columns[name].frame
                found = other if other.depth > found.depth else found
        return found

    def _column(
        self,
        frame: Frame,
        kind: Kind,
        expr: exp.Expr,
        child: Frame | None = None,
    ) -> exp.Column:
        key = child or frame, kind, sql.key_of(expr)
        if key not in self._known:
            name = self._known[key] = f"v{len(self.columns) + 1}"
            self.columns[name] = Column(name, frame, kind, expr, child)
        return exp.column(self._known[key])
