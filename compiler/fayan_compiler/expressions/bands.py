"""分段: each part of a quantity at a rate of its own, as tax law has it (超额累进).

Lowered to cases, by where the quantity lies: in each case the sum is written as one would work it out by hand, the bands
below in full and the rest at the rate of its own band.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import frozen

from fayan_compiler import units
from fayan_compiler.boundaries import meaning
from fayan_compiler.expressions.arithmetic import is_number
from fayan_compiler.expressions.comparisons import STANDING, comparable
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import bands as P
from fayan_compiler.scope import Frame
from fayan_compiler.units import BOOL, HOLE
from fayan_dsl import tree
from fayan_dsl.problem import Label, Term
from fayan_dsl.source import Span
from fayan_runtime import ir
from fayan_runtime.values import exact


@frozen
class Band:
    """``low`` and ``high`` are None where the row says nothing of them: from nothing on, and without end."""

    node: tree.Band
    low: ir.Const | None
    high: ir.Const | None
    rate: ir.Expr

    @property
    def start(self) -> int | Fraction:
        return _number(self.low) if self.low is not None else 0


def bands(low: Lowerer, node: tree.Bands, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    subject = low.solid(low.expr(node.subject, frame), node.subject)
    if subject.type == HOLE or not is_number(low, subject, node.subject):
        return low.hole(node)
    found = [band for row in node.bands if (band := _band(low, node, row, subject, frame)) is not None]
    if len(found) < len(node.bands):
        return low.hole(node)
    found.sort(key=lambda band: band.start)
    if not _joined(low, found):
        return low.hole(node)
    first = found[0].rate.type
    rates = [
        comparable(low, found[0].node.rate.expr, one.node.rate.expr, first, one.rate.type, STANDING) for one in found
    ]
    if not all(rates):
        return low.hole(node)
    return _cases(low, node, subject, found)


def _band(low: Lowerer, node: tree.Bands, row: tree.Band, subject: ir.Expr, frame: Frame) -> Band | None:
    limits: dict[str, ir.Const] = {}
    for edge in row.edges:
        limit = low.expr(edge.values[0], frame, subject.type)
        if not isinstance(limit, ir.Const) or limit.type == HOLE:
            return None
        if not comparable(low, node.subject, edge.values[0], subject.type, limit.type):
            return None
        side = "high" if edge.op == "至" or meaning(edge.op, low.bounds) in ("<", "<=") else "low"
        if edge.op != "至" and meaning(edge.op, low.bounds) in ("==", "!="):
            _bad(low, edge, Term(f"“{edge.op}”不是界限", f"“{edge.op}” is no limit"))
            return None
        if side in limits:
            which = Term("上限写了两次", "it has two upper limits")
            _bad(low, edge, which if side == "high" else Term("下限写了两次", "it has two lower limits"))
            return None
        limits[side] = limit
    start = _number(limits["low"]) if "low" in limits else 0
    if "high" in limits and _number(limits["high"]) <= start:
        _bad(low, row.edges[-1], Term("上限不高于下限", "its upper limit is not above its lower one"))
        return None
    rate = low.solid(low.value(row.rate, frame, None), row.rate.expr)
    if rate.type == HOLE or not is_number(low, rate, row.rate.expr):
        return None
    return Band(row, limits.get("low"), limits.get("high"), rate)


def _bad(low: Lowerer, node: tree.Node, why: Term) -> None:
    low.report(P.BandShape, node, why=why)


def _joined(low: Lowerer, found: Sequence[Band]) -> bool:
    """Whether the bands follow on one another from nothing on and without end."""
    if found[0].start > 0:
        limit = found[0].low
        assert limit is not None
        low.reporter.report(P.BandsGap, _edges(found[0]), where=_said("不超过", limit))
        return False
    for before, band in pairwise(found):
        label = Label(_edges(before), Term("前一段", "the band before"))
        start = band.low
        if before.high is None or band.start < _number(before.high):
            ends = [end for end in (before.high, band.high) if end is not None]
            where = _between(start, min(ends, key=_number) if ends else None)
            low.reporter.report(P.BandsOverlap, _edges(band), (label,), where=where)
            return False
        if band.start > _number(before.high):
            low.reporter.report(P.BandsGap, _edges(band), (label,), where=_between(before.high, start))
            return False
    last = found[-1].high
    if last is not None:
        low.reporter.report(P.BandsGap, _edges(found[-1]), where=_said("超过", last))
    return last is None


def _cases(low: Lowerer, node: tree.Bands, subject: ir.Expr, found: Sequence[Band]) -> ir.Expr:
    origin = low.origins.at(node.span)
    unit = units.times(subject.type.unit, found[0].rate.type.unit)
    type = ir.Type("number", unit=unit, shown=units.written(unit))

    def part(band: Band, size: ir.Expr) -> ir.Expr:
        at = low.origins.at(band.node.span)
        return ir.Mul(type=type, inverse=(False, False), args=(size, band.rate), origin=at)

    def amount(count: int) -> ir.Expr:
        """What is due where the quantity ends in this band."""
        below = [part(band, _size(band)) for band in found[:count]]
        band = found[count]
        size: ir.Expr = subject
        if band.low is not None and count:
            size = ir.Add(type=subject.type, signs=(1, -1), args=(subject, band.low), origin=origin)
        own = part(band, size)
        return ir.Add(type=type, signs=(1,) * (count + 1), args=(*below, own), origin=origin) if below else own

    def until(limit: ir.Const) -> ir.Expr:
        return ir.Compare(type=BOOL, op="<=", left=subject, right=limit, word="不超过", origin=limit.origin)

    nothing = ir.Const(type=subject.type, value=0, origin=origin)
    whens: list[tuple[ir.Expr, ir.Expr]] = [(until(nothing), ir.Const(type=type, value=0, origin=origin))]
    whens += [(until(band.high), amount(count)) for count, band in enumerate(found) if band.high is not None]
    return ir.Cases(type=type, whens=tuple(whens), otherwise=amount(len(found) - 1), origin=origin)


def _size(band: Band) -> ir.Const:
    """How much a whole band holds."""
    assert band.high is not None
    return ir.Const(
        type=band.high.type, value=exact(Fraction(_number(band.high)) - band.start), origin=band.high.origin
    )


def _number(limit: ir.Const) -> int | Fraction:
    assert isinstance(limit.value, int | Fraction)
    return limit.value


def _edges(band: Band) -> Span:
    return band.node.edges[0].span.to(band.node.edges[-1].span)


def _said(word: str, limit: ir.Const) -> Term:
    english = {"不超过": "up to", "超过": "above"}[word]
    return Term(f"{word}{limit.shown}", f"{english} {limit.shown}")


def _between(start: ir.Const | None, end: ir.Const | None) -> Term:
    if start is None:
        return _said("不超过", end) if end is not None else Term("全部", "as a whole")
    if end is None:
        return _said("超过", start)
    return Term(f"超过{start.shown}至{end.shown}", f"from {start.shown} to {end.shown}")
