"""Values that depend on a case: 按, 依 and 分情形."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve

from fayan_compiler import units
from fayan_compiler.expressions import readings
from fayan_compiler.expressions.comparisons import STANDING, comparable
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import names as N
from fayan_compiler.problems import rules as R
from fayan_compiler.scope import Frame
from fayan_compiler.units import HOLE, NOTHING
from fayan_dsl import tree
from fayan_dsl.problem import Label, Term
from fayan_dsl.source import Span
from fayan_runtime import ir


def by(low: Lowerer, node: tree.By, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    if isinstance(node.subject, tree.ReadingRef):
        return by_reading(low, node, node.subject, frame, expected)
    subject = low.solid(low.expr(node.subject, frame), node.subject)
    known: tuple[str, ...] = ()
    if subject.type.kind == "enum" and subject.type.name in low.symbols.enums:
        known = low.symbols.enums[subject.type.name].members
    elif subject.type != HOLE:
        hint = Term("按数或日期分情形，用“分情形”。", "By numbers or dates, use 分情形.")
        low.mismatch(node.subject, Term("一个类型的值", "a value of an enumeration"), subject.type, hint)
    if not known:
        for arm in node.arms:
            low.value(arm.value, frame, expected)
        return low.hole(node)
    name = subject.type.name
    found, missing, sound = read_arms(
        low,
        node,
        known,
        lambda label: low.reporter.unknown(N.UnknownMember, label.span, label.text, known, type=name),
    )
    if missing and sound:
        low.reporter.report(R.MissingMember, _head(node), type=name, missing="、".join(missing))
    exprs = joined(low, [arm.value for _, arm in found], frame, expected)
    if missing or not sound or exprs is None:
        return low.hole(node)
    arms = tuple((labels, value) for (labels, _), value in zip(found, exprs, strict=True) if labels)
    return ir.Match(type=common(low, exprs), subject=subject, arms=arms, origin=low.origins.at(node.span))


def by_reading(
    low: Lowerer, node: tree.By, subject: tree.ReadingRef, frame: Frame, expected: ir.Type | None
) -> ir.Expr:
    decl = readings.reading(low, subject)
    if decl is None:
        for arm in node.arms:
            low.value(arm.value, frame, expected)
        return low.hole(node)
    known = tuple(id for id, _ in decl.options)
    found, missing, sound = read_arms(
        low,
        node,
        known,
        lambda label: low.reporter.unknown(N.UnknownOption, label.span, label.text, known, reading=decl.id),
    )
    if missing and sound:
        low.reporter.report(R.MissingOption, _head(node), reading=decl.id, missing="、".join(missing))
    exprs = joined(low, [arm.value for _, arm in found], frame, expected)
    if missing or not sound or exprs is None:
        return low.hole(node)
    value = {id: expr for (ids, _), expr in zip(found, exprs, strict=True) for id in ids}
    arms = tuple(value[id] for id in known)
    return ir.Choose(type=common(low, exprs), reading=decl.id, arms=arms, origin=low.origins.at(node.span))


def read_arms(
    low: Lowerer, node: tree.By, known: tuple[str, ...], unknown: Callable[[tree.Name], None]
) -> tuple[list[tuple[tuple[str, ...], tree.Arm]], list[str], bool]:
    """Each row with the labels it covers, what no row covers, and whether all labels are known and stand once."""
    seen: dict[str, Span] = {}
    found: list[tuple[list[str], tree.Arm]] = []
    rest: list[str] | None = None
    strange: list[tree.Name] = []
    again: list[tree.Name] = []
    for arm in node.arms:
        labels: list[str] = []
        fallback = tree.Name(span=Span(arm.span.start, arm.span.start + 2), text="其余")
        for label in arm.labels or (fallback,):
            if arm.labels and label.text not in known:
                strange.append(label)
            elif label.text in seen:
                again.append(label)
            else:
                seen[label.text] = label.span
                labels.append(label.text)
        if not arm.labels and rest is None:
            labels = rest = []
        if not strange and not again:
            found.append((labels, arm))
    sound = not strange and not again
    if again:
        duplicates(low, again, seen)
    elif strange:
        before = len(low.reporter.problems)
        unknown(strange[0])
        if len(strange) > 1:
            low.reporter.tear(strange[0].text)
        if len(low.reporter.problems) > before:
            low.reporter.also([one.span for one in strange[1:]], Term("这里的也不认得", "not known here either"))
    missing = [label for label in known if label not in seen]
    if rest is not None:
        rest.extend(missing)
        missing = []
    return [(tuple(labels), arm) for labels, arm in found], missing, sound


def duplicates(low: Lowerer, again: list[tree.Name], first: dict[str, Span]) -> None:
    """Labels that have a row already; where there are several, the line that the later rows stand under is missing."""
    labels = [Label(first[again[0].text], Term("先在这里写过", "first written here"))]
    labels += [Label(one.span, Term("这里也是第二次写", "written a second time here too")) for one in again[1:]]
    words = "、".join(dict.fromkeys(one.text for one in again))
    low.reporter.torn |= len(again) > 1
    low.reporter.report(R.DuplicateArm, again[0].span, tuple(labels), word=words, rows=len(again))


def cases(low: Lowerer, node: tree.Cases, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    conditions: list[ir.Expr] = []
    frames: list[Frame] = []
    for when in node.whens:
        if when.condition is not None:
            condition = low.truth(when.condition, frame)
            conditions.append(condition)
            frames.append(low.narrow(frame, [(condition, True)]))
            frame = low.narrow(frame, [(condition, False)])
        else:
            frames.append(frame)
    values = [when.value for when in node.whens]
    exprs = joined(low, values, frame, expected, frames)
    if not node.whens or node.whens[-1].condition is not None:
        low.reporter.report(R.MissingOtherwise, _head(node))
        return low.hole(node)
    if exprs is None or len(conditions) != len(exprs) - 1 or any(one.type == HOLE for one in conditions):
        return low.hole(node)
    whens = tuple(zip(conditions, exprs[:-1], strict=True))
    return ir.Cases(type=common(low, exprs), whens=whens, otherwise=exprs[-1], origin=low.origins.at(node.span))


def joined(
    low: Lowerer, values: Sequence[tree.Value], frame: Frame, expected: ir.Type | None, frames: Sequence[Frame] = ()
) -> list[ir.Expr] | None:
    """Rows that are cases of one value: all of what is expected, or else of the type that most of them have."""
    exprs: list[ir.Expr] = []
    typed: list[tuple[tree.Value, ir.Type]] = []
    sound = True
    for place, value in enumerate(values):
        want = expected if expected is not None else typed[0][1] if typed else None
        expr = low.value(value, frames[place] if frames else frame, want)
        exprs.append(expr)
        if expr.type == HOLE:
            sound = False
        elif expr.type == NOTHING or (isinstance(expr, ir.Const) and expr.value is None):
            continue
        else:
            typed.append((value, expr.type))
    lead = _lead(typed, expected)
    for each in typed:
        if lead is not None and each is not lead:
            sound &= comparable(low, lead[0].expr, each[0].expr, lead[1], each[1], STANDING)
    if not sound:
        return None
    if lead is not None:
        none = evolve(typed[0][1], optional=True)
        exprs = [evolve(one, type=none) if one.type == NOTHING else one for one in exprs]
    return exprs


def _lead(typed: list[tuple[tree.Value, ir.Type]], expected: ir.Type | None) -> tuple[tree.Value, ir.Type] | None:
    """The row whose type is the right one: what is expected, else what most have; a row without a unit lacks one."""
    if not typed:
        return None

    def rank(each: tuple[tree.Value, ir.Type]) -> tuple[bool, bool, int]:
        type = each[1]
        alike = sum(type.kind == other.kind and type.unit == other.unit for _, other in typed)
        fits = expected is not None and (type.kind, type.unit) == (expected.kind, expected.unit)
        return fits, not (type.kind == "number" and units.plain(type)), alike

    return max(typed, key=rank)


def common(low: Lowerer, exprs: Sequence[ir.Expr]) -> ir.Type:
    type = next((one.type for one in exprs if not isinstance(one, ir.Const) or one.value is not None), exprs[0].type)
    optional = any(one.type.optional for one in exprs)
    return evolve(type, optional=optional) if type.optional is not optional else type


def _head(node: tree.Node) -> Span:
    """The first words of a block, where its fault is underlined."""
    subject = node.subject.span if isinstance(node, tree.By) else None
    return Span(node.span.start, subject.end if subject else min(node.span.end, node.span.start + 3))
