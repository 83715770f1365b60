"""Expressions: names resolved, types and units checked, and the core form made, in one walk.

Every method takes a tree node and the frame it stands in and returns a core expression. Where something is wrong it reports one
problem and returns a hole, whose type absorbs: whatever is made with a hole is a hole and says nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import permutations
from typing import Any

from attrs import define, evolve, field

from fayan_compiler import arithmetic, bands, blocks, comparisons, dated, decision_table, lists, naming, shares, units
from fayan_compiler.boundaries import OPS
from fayan_compiler.constants import literal
from fayan_compiler.declare import BUILT_IN, Symbols
from fayan_compiler.places import Origins, Place
from fayan_compiler.problems import names as N
from fayan_compiler.problems import rules as R
from fayan_compiler.problems import types as T
from fayan_compiler.report import Reporter
from fayan_compiler.scope import OWN, Frame, field_of, implied
from fayan_compiler.units import BOOL, DATE, HOLE, NOTHING, say
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Term
from fayan_dsl.source import Source, Span
from fayan_runtime import document_number, ir

#: Levels of the tree, of which a bracket may make several; brackets are counted where they are read.
MAX_NESTING = 1024
MAX_CALL_DEPTH = 64

_REPLACING = Term("互相代替", "used for one another")


@define
class Made:
    """A definition that has been lowered."""

    function: ir.Function
    readings: frozenset[str]
    depth: int


@define
class Lowerer:
    source: Source
    symbols: Symbols
    reporter: Reporter
    origins: Origins
    #: 文号, 成文日期, 施行日期 of the policy.
    number: str = ""
    dated: date | None = None
    effective: date | None = None
    #: 以上, 以下 … where the document means them in its own way.
    bounds: dict[str, str] = field(factory=dict)
    #: Readings met since this was last set anew, and all that any part of the policy uses.
    readings: set[str] = field(factory=set)
    used: set[str] = field(factory=set)
    #: Definitions made so far, by the name they have in the programme, which ``emitted`` gives.
    made: dict[str, Made | None] = field(factory=dict)
    emitted: Callable[[str], str] = field(default=lambda name: name)
    _busy: list[str] = field(factory=list)
    _depth: int = 0
    _nesting: int = 0
    _told_depth: bool = False
    _circles: set[frozenset[str]] = field(factory=set)

    # ------------------------------------------------------------ small tools
    def hole(self, node: tree.Node) -> ir.Expr:
        return ir.Const(type=HOLE, value=None, origin=self.origins.at(node.span))

    def written(self, node: tree.Node) -> str:
        """The node's own text, on one line."""
        return " ".join(self.source.text[node.span.start : node.span.end].split())

    def report(self, cls: type[Any], node: tree.Node, labels: tuple[Label, ...] = (), **fields: Any) -> None:
        self.reporter.report(cls, node.span, labels, **fields)

    def mismatch(self, node: tree.Node, expected: Term, found: ir.Type, hint: Term = N.NO_HINT) -> ir.Expr:
        if found != HOLE:
            hint = hint if hint.zh else self.way(expected)
            self.report(T.TypeMismatch, node, expected=expected, found=say(found), hint=hint)
        return self.hole(node)

    def way(self, expected: Term) -> Term:
        """What to write where a value of another type stands."""
        if expected == say(BOOL):
            return Term(
                "写成一个条件，如“收入 超过 100万元”“企业规模 为 小型”。",
                "Write a condition, as in 收入 超过 100万元 or 企业规模 为 小型.",
            )
        for name, enum in self.symbols.enums.items():
            if expected == say(ir.Type("enum", name=name)):
                listed = "、".join(enum.members[:8]) + ("等" if len(enum.members) > 8 else "")
                return Term(
                    f"可写的有：{listed}，或者这个类型的事实。", f"Known ones: {listed}, or a fact of this type."
                )
        return Term(f"这里改写成{expected.zh}。", f"Write {expected.en} here.")

    def solid(self, expr: ir.Expr, node: tree.Node) -> ir.Expr:
        """The value where a value is needed: it must not be one that may not exist."""
        if not expr.type.optional:
            return expr
        if expr.type == NOTHING:
            return self.mismatch(node, Term("一个值", "a value"), NOTHING)
        self.report(T.UnguardedOptional, node, word=self.written(node))
        return self.hole(node)

    def narrow(self, frame: Frame, known: Sequence[tuple[ir.Expr, bool]]) -> Frame:
        """The frame where these conditions are known to be true or false."""
        found = frozenset(one for expr, truth in known for one in implied(expr, truth))
        return evolve(frame, present=frame.present | found) if found else frame

    # ------------------------------------------------------------ what callers ask for
    def need(self, node: tree.Expr, frame: Frame, expected: ir.Type) -> ir.Expr:
        """A value that exists, of one type."""
        expr = self.solid(self.expr(node, frame, expected), node)
        type = expr.type
        if HOLE in (type, expected):
            return expr
        if type.kind != expected.kind or (type.name != expected.name and type.kind in ("enum", "set", "record")):
            return self.mismatch(node, say(expected), type)
        if type.kind == "number" and not units.agree(type, expected):
            self.report(T.UnitMismatch, node, left=say(expected), right=say(type), action=_REPLACING)
            return self.hole(node)
        return expr

    def truth(self, node: tree.Expr, frame: Frame) -> ir.Expr:
        return self.need(node, frame, BOOL)

    def money(self, node: tree.Expr, frame: Frame) -> ir.Expr:
        """An amount: it must come out in 元."""
        expr = self.solid(self.expr(node, frame, units.MONEY), node)
        if expr.type != HOLE and (expr.type.kind != "number" or expr.type.unit != units.MONEY.unit):
            if isinstance(node, tree.Number) and not node.unit:
                self.bare(node, expr.type)
            else:
                self.report(T.AmountNotMoney, node, found=say(expr.type))
            return self.hole(node)
        return expr

    def bare(self, node: tree.Number, type: ir.Type) -> None:
        """A number without a unit where an amount is needed: 50万 for 50万元."""
        written = self.written(node)
        hint = Term(f"写上单位，如 {written}元。", f"Write the unit, as in {written}元.")
        end = Span(node.span.end, node.span.end)
        fix = Fix(Term("补上“元”", "add 元"), (Edit(end, "元"),), Applicability.UNSAFE)
        self.reporter.report(T.AmountNotMoney, node.span, (), (fix,), found=say(type), hint=hint)

    def day(self, node: tree.Expr, frame: Frame, place: Term, optional: bool = False) -> ir.Expr:
        """A date where a rule needs one."""
        expr = self.expr(node, frame, evolve(DATE, optional=True) if optional else DATE)
        if not optional:
            expr = self.solid(expr, node)
        if expr.type not in (HOLE, NOTHING) and expr.type.kind != "date":
            self.report(T.NotADate, node, place=place, found=say(expr.type))
            return self.hole(node)
        return expr

    def value(self, value: tree.Value, frame: Frame, expected: ir.Type | None, how: str = "need") -> ir.Expr:
        """A value at a line's end or in a block; what it quotes becomes the quotation of all within."""
        outer = self.origins.quote
        self.origins.quote = self.origins.rest(value.cite, value.span, outer)
        match how:
            case "truth":
                expr = self.truth(value.expr, frame)
            case "money":
                expr = self.money(value.expr, frame)
            case _:
                expr = self.expr(value.expr, frame, expected)
        self.origins.quote = outer
        return expr

    # ------------------------------------------------------------ the walk
    def expr(self, node: tree.Expr, frame: Frame, expected: ir.Type | None = None) -> ir.Expr:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            if self._nesting == MAX_NESTING + 1 and not self._told_depth:
                self._told_depth = True
                self.report(R.NestingTooDeep, node, limit=MAX_NESTING)
            self._nesting -= 1
            return self.hole(node)
        expr = _WALK[type(node)](self, node, frame, expected)
        self._nesting -= 1
        if expr.type.optional and expr in frame.present:
            expr = evolve(expr, type=evolve(expr.type, optional=False))
        return expr

    def literal(self, node: tree.Expr, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        found = literal(node)
        assert found is not None
        shown = found.shown or self.written(node)
        if isinstance(node, tree.Text) and expected is not None and expected.name == "文号":
            return self.document_number(node, expected)
        if expected is not None and found.type == NOTHING and expected != HOLE:
            return ir.Const(
                type=evolve(expected, optional=True), value=None, shown=shown, origin=self.origins.at(node.span)
            )
        if (
            isinstance(node, tree.Number)
            and node.value == 0
            and not node.unit
            and expected
            and expected.kind == "number"
        ):
            return ir.Const(type=expected, value=0, shown=shown, origin=self.origins.at(node.span))
        return ir.Const(type=found.type, value=found.value, shown=shown, origin=self.origins.at(node.span))

    def document_number(self, node: tree.Text, expected: ir.Type) -> ir.Expr:
        number = document_number.normal(node.value)
        if number is None:
            return self.mismatch(node, say(expected), units.TEXT)
        return ir.Const(type=units.TYPES["文号"], value=number, shown=number, origin=self.origins.at(node.span))

    def nothing_read(self, node: tree.Hole, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return self.hole(node)

    # ------------------------------------------------------------ logic
    def all(self, node: tree.All, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return self.chain(ir.And, node, frame, True)

    def any(self, node: tree.Any, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return self.chain(ir.Or, node, frame, False)

    def chain(self, make: type[ir.And] | type[ir.Or], node: tree.All | tree.Any, frame: Frame, truth: bool) -> ir.Expr:
        """且 and 或: what an earlier part settles about existence holds in the later ones."""
        if isinstance(node, tree.Any) and (told := self.alternatives(node)):
            return told
        args: list[ir.Expr] = []
        for part in node.parts:
            arg = self.truth(part, frame)
            frame = self.narrow(frame, [(arg, truth)])
            args.append(arg)
        return make(type=BOOL, args=tuple(args), origin=self.origins.at(node.span))

    def alternatives(self, node: tree.Any) -> ir.Expr | None:
        """规模 为 小型 或 微型 is told: what 或 joins are conditions; members of a type are listed after 属于."""
        first, *rest = node.parts
        if isinstance(first, tree.OneOf):
            subject, members = first.subject, [*first.members, *rest]
        elif isinstance(first, tree.Compare) and OPS.get(first.op) == "==":
            subject, members = first.left, [first.right, *rest]
        else:
            return None
        named = [part.name for part in members if isinstance(part, tree.Ref)]
        if len(named) != len(members):
            return None
        enums = [name for name in self.symbols.enums_with(named[0]) if set(named) <= set(self.symbols.members_of(name))]
        if not enums:
            return None
        text = f"{self.written(subject)} 属于 {'、'.join(named)}"
        hint = Term(f"几种都可以的，写“{text}”。", f"Where any of them will do, write “{text}”.")
        fix = Fix(Term(f"改为“{text}”", f"write “{text}”"), (Edit(node.span, text),), Applicability.UNSAFE)
        found = say(ir.Type("enum", name=enums[0]))
        span = rest[0].span
        self.reporter.report(T.TypeMismatch, span, fixes=(fix,), expected=say(BOOL), found=found, hint=hint)
        return self.hole(node)

    def negation(self, node: tree.Not, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return ir.Not(type=BOOL, arg=self.truth(node.part, frame), origin=self.origins.at(node.span))

    def presence(self, node: tree.Presence, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return self.exists(node, node.subject, node.present, frame)

    def exists(self, node: tree.Expr, subject: tree.Expr, present: bool, frame: Frame) -> ir.Expr:
        arg = self.expr(subject, evolve(frame, present=frozenset()) if frame.present else frame)
        if arg.type == HOLE:
            return arg
        if not arg.type.optional:
            self.never_absent(subject, arg, frame)
            return self.hole(node)
        origin = self.origins.at(node.span)
        test = ir.IsNone(type=BOOL, arg=arg, origin=origin)
        return ir.Not(type=BOOL, arg=test, origin=origin) if present else test

    def never_absent(self, subject: tree.Expr, arg: ir.Expr, frame: Frame) -> None:
        """A fact is asked whether it exists that is not declared 可无: told where it is declared, with every place that asks."""
        decl = self.declaration(arg, frame)
        asked = Label(subject.span, Term("这里问有没有", "asked here"))
        if decl is None:
            self.report(T.NeverAbsent, subject, word=self.written(subject))
            return
        span, end = decl
        fix = Fix(Term("声明里加“可无”", "mark it 可无"), (Edit(Span(end, end), " 可无"),), Applicability.UNSAFE)
        self.reporter.report(T.NeverAbsent, span, (asked,), (fix,), word=self.source.text[span.start : span.end])

    def declaration(self, arg: ir.Expr, frame: Frame) -> tuple[Span, int] | None:
        """Where a fact of this file, or a field of a list, is declared, and the end of what says its type."""
        decl: ir.FactDecl | None = None
        if isinstance(arg, ir.Fact):
            decl = self.symbols.facts[arg.name][1]
        elif isinstance(arg, ir.Field):
            decl = field_of(frame.own if arg.var == OWN or frame.query is None else frame.query[1], arg.name)
        if decl is None or not 0 < decl.origin.line <= self.source.line_count:
            return None
        line = self.source.line_text(decl.origin.line).strip()
        match = re.match(rf"({re.escape(decl.name)})\s+(?:若干\s+)?\S+", line)
        if match is None:
            return None
        start = self.source.line_span(decl.origin.line).start
        return Span(start + match.start(1), start + match.end(1)), start + match.end()

    # ------------------------------------------------------------ calls
    def call(self, node: tree.Call, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        if node.name in self.symbols.definitions:
            return self.called(node, node.name, node.args, frame)
        if node.name in arithmetic.CALENDAR:
            return arithmetic.calendar(self, node, frame)
        if node.name in ("较小", "较大"):
            return arithmetic.extreme(self, node, frame)
        if node.name in arithmetic.ROUNDING:
            return arithmetic.rounding(self, node, frame)
        for arg in node.args:
            self.expr(arg, frame)
        known = [*self.symbols.definitions, *BUILT_IN]
        self.reporter.unknown(N.UnknownName, Span(node.span.start, node.span.start + len(node.name)), node.name, known)
        return self.hole(node)

    def count_args(self, node: tree.Expr, word: str, expected: str, form: str, found: int) -> ir.Expr:
        self.report(T.WrongArgumentCount, node, word=word, expected=expected, found=found, form=form)
        return self.hole(node)

    def called(self, node: tree.Call | tree.Ref, name: str, args: tuple[tree.Expr, ...], frame: Frame) -> ir.Expr:
        params = self.symbols.definitions[name].params
        if isinstance(node, tree.Ref) and dated.is_dated(self.symbols.definitions[name].node):
            day = dated.on_event_day(self, node, frame)
            if day is None:
                return self.hole(node)
            args = day
        if len(args) != len(params):
            form = f"{name}（{'，'.join(param for param, _ in params)}）" if params else name
            return self.count_args(node, name, str(len(params)), form, len(args))
        before = len(self.reporter.problems)
        lowered = tuple([self.need(arg, frame, type) for arg, (_, type) in zip(args, params, strict=True)])
        if isinstance(node, tree.Call) and len(self.reporter.problems) > before + 1:
            self.reordered(node, [type for _, type in params], frame, before)
        made = self.function(name, node.span)
        if made is None:
            return self.hole(node)
        self.readings |= made.readings
        self._depth = max(self._depth, made.depth)
        if made.function.body.type == HOLE or any(arg.type == HOLE for arg in lowered):
            return self.hole(node)
        function = made.function
        return ir.Call(type=function.body.type, function=function.name, args=lowered, origin=self.origins.at(node.span))

    def reordered(self, node: tree.Call, wanted: list[ir.Type], frame: Frame, before: int) -> None:
        """Where the values that do not fit would do in another order, that is told and not each of them."""
        told = self.reporter.problems[before:]
        wrong = [at for at, arg in enumerate(node.args) if any(one.span == arg.span for one in told)]
        if not all(isinstance(one, (T.TypeMismatch, T.UnitMismatch)) for one in told) or not 1 < len(wrong) <= 4:
            return
        del self.reporter.problems[before:]
        types = {at: self.expr(node.args[at], frame).type for at in wrong}
        del self.reporter.problems[before:]
        orders = [
            order
            for order in permutations(wrong)
            if all(_stands(types[given], wanted[at]) for given, at in zip(order, wrong, strict=True))
        ]
        if len(orders) != 1:
            self.reporter.problems += told
            return
        form = f"{node.name}（{'，'.join(param for param, _ in self.symbols.definitions[node.name].params)}）"
        edits = tuple(
            Edit(node.args[at].span, self.written(node.args[to])) for at, to in zip(wrong, orders[0], strict=True)
        )
        fix = Fix(Term("换过来", "exchange them"), edits, Applicability.UNSAFE)
        span = node.args[wrong[0]].span.to(node.args[wrong[-1]].span)
        self.reporter.report(T.WrongArgumentOrder, span, fixes=(fix,), word=node.name, form=form)

    def function(self, name: str, span: Span) -> Made | None:
        """A definition's core form, made when it is first asked for: callees stand before their callers."""
        if name in self._busy:
            self.circle(self._busy[self._busy.index(name) :])
            return None
        definition = self.symbols.definitions[name]
        if definition.make is not None:
            return definition.make()
        emitted = self.emitted(name)
        if emitted in self.made:
            return self.made[emitted]
        if len(self._busy) >= MAX_CALL_DEPTH:
            self.too_deep(span)
            return None
        kept = (self.readings, self._depth, self._nesting, self.origins.place, self.origins.quote)
        self.readings, self._depth, self._nesting = set(), 0, 0
        self.enter(definition.place)
        self._busy.append(name)
        body = self.value(definition.node.value, Frame(params=definition.params), None)
        if body.type == NOTHING:
            body = self.mismatch(definition.node.value, Term("一个值", "a value"), NOTHING)
        self._busy.pop()
        depth = self._depth + 1
        if depth == MAX_CALL_DEPTH + 1:
            self.too_deep(definition.node.name.span)
        self.origins.quote = self.origins.rest(definition.node.value.cite, definition.node.span)
        origin = self.origins.at(definition.node.span)
        measure = definition.place.number if definition.place.measure else None
        function = ir.Function(
            name=emitted, params=definition.params, body=body, measure=measure, document=self.number, origin=origin
        )
        made = Made(function, frozenset(self.readings), depth)
        self.readings, self._depth, self._nesting, self.origins.place, self.origins.quote = kept
        self.made[emitted] = made
        return made

    def circle(self, names: list[str]) -> None:
        """Definitions that use one another in a circle, told once whichever of them is asked for first."""
        if frozenset(names) in self._circles:
            return
        self._circles.add(frozenset(names))
        places = [self.symbols.definitions[name].node.name.span for name in names]
        first = min(range(len(names)), key=lambda one: places[one].start)
        names, places = names[first:] + names[:first], places[first:] + places[:first]
        labels = tuple(
            Label(place, Term(f"“{name}”用到“{user}”", f"“{name}” uses “{user}”"))
            for name, place, user in zip(names[1:], places[1:], (names + names[:1])[2:], strict=True)
        )
        cycle = " → ".join([*names, names[0]])
        self.reporter.report(N.CycleOfDefinitions, places[0], labels, cycle=cycle)

    def called_function(self, name: str) -> ir.Function | None:
        """A definition that has been made, by its name in the programme."""
        made = self.made.get(name)
        return made.function if made is not None else None

    def emit(self, name: str, body: ir.Expr, origin: ir.Origin) -> ir.Expr:
        """A definition without parameters that the compiler makes for itself, so that its value is computed once."""
        while name in self.made or name in self.symbols.definitions:
            name += "（又）"
        function = ir.Function(name=name, params=(), body=body, origin=origin)
        self.made[name] = made = Made(function, frozenset(self.readings), self._depth + 1)
        self._depth = made.depth
        return ir.Call(type=body.type, function=name, args=(), origin=origin)

    def too_deep(self, span: Span) -> None:
        if not self._told_depth:
            self._told_depth = True
            self.reporter.report(R.CallsTooDeep, span, limit=MAX_CALL_DEPTH)

    def enter(self, place: Place) -> None:
        """Go to a place: quotations are from there."""
        self.origins.place = place
        self.origins.quote = ""


def _stands(given: ir.Type, wanted: ir.Type) -> bool:
    """Whether a value of one type may stand for a parameter of the other."""
    if given.kind != wanted.kind or given.optional:
        return False
    return units.agree(given, wanted) if given.kind == "number" else given.name == wanted.name


_WALK: dict[type, Callable[..., ir.Expr]] = {
    tree.Number: Lowerer.literal, tree.DateLit: Lowerer.literal, tree.MonthLit: Lowerer.literal,
    tree.YearLit: Lowerer.literal, tree.Text: Lowerer.literal, tree.Truth: Lowerer.literal, tree.Nothing: Lowerer.literal,
    tree.Ref: naming.ref, tree.ReadingRef: naming.reading_ref, tree.FieldRef: naming.field_ref, tree.Call: Lowerer.call,
    tree.All: Lowerer.all, tree.Any: Lowerer.any, tree.Not: Lowerer.negation, tree.Compare: comparisons.compare,
    tree.OneOf: comparisons.one_of, tree.Contains: comparisons.contains, tree.Presence: Lowerer.presence,
    tree.Total: arithmetic.total, tree.Product: arithmetic.product, tree.Query: lists.query,
    tree.Quantified: lists.quantified, tree.By: blocks.by, tree.Cases: blocks.cases, tree.Table: decision_table.table, tree.Dated: dated.schedule,
    tree.Bands: bands.bands, tree.Share: shares.share,
    tree.Hole: Lowerer.nothing_read,
}  # fmt: skip
