"""The walk from expressions to their core form: names resolved, types and units checked in one go.

Every maker takes a tree node and the frame it stands in and returns a core expression. Where something is wrong it reports one
problem and returns a hole, whose type absorbs: whatever is made with a hole is a hole and says nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import define, evolve, field

from fayan_compiler import units
from fayan_compiler.places import Origins, Place
from fayan_compiler.problems import names as N
from fayan_compiler.problems import rules as R
from fayan_compiler.problems import types as T
from fayan_compiler.report import Reporter
from fayan_compiler.scope import Frame, implied
from fayan_compiler.symbols import Made, Symbols
from fayan_compiler.units import BOOL, DATE, HOLE, NOTHING, say
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Term
from fayan_dsl.source import Source, Span
from fayan_runtime import ir

#: Levels of the tree, of which a bracket may make several; brackets are counted where they are read.
MAX_NESTING = 1024
MAX_CALL_DEPTH = 64

_REPLACING = Term("互相代替", "used for one another")


#: Node, frame, and the type that is expected, if any.
Maker = Callable[["Lowerer", Any, Frame, ir.Type | None], ir.Expr]


@define
class Lowerer:
    source: Source
    symbols: Symbols
    reporter: Reporter
    origins: Origins
    #: 文号, 成文日期, 施行日期 of the policy.
    number: str
    dated: date | None
    effective: date | None
    #: 以上, 以下 … where the document means them in its own way.
    bounds: dict[str, str]
    #: What makes the core form of each kind of node.
    makers: Mapping[type[tree.Expr], Maker]
    #: Readings met since this was last set anew, and all that any part of the policy uses.
    readings: set[str] = field(factory=set)
    used: set[str] = field(factory=set)
    #: Definitions made so far, by the name they have in the program, which ``emitted`` gives.
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
        with self.origins.resting(value.cite, value.span):
            match how:
                case "truth":
                    return self.truth(value.expr, frame)
                case "money":
                    return self.money(value.expr, frame)
                case _:
                    return self.expr(value.expr, frame, expected)

    # ------------------------------------------------------------ the walk
    def expr(self, node: tree.Expr, frame: Frame, expected: ir.Type | None = None) -> ir.Expr:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            if self._nesting == MAX_NESTING + 1 and not self._told_depth:
                self._told_depth = True
                self.report(R.NestingTooDeep, node, limit=MAX_NESTING)
            self._nesting -= 1
            return self.hole(node)
        expr = self.makers[type(node)](self, node, frame, expected)
        self._nesting -= 1
        if expr.type.optional and expr in frame.present:
            expr = evolve(expr, type=evolve(expr.type, optional=False))
        return expr

    def miscounted(self, node: tree.Node, word: str, expected: int, form: str, found: int) -> ir.Expr:
        """A function or definition that is given more or fewer values than it takes."""
        self.report(T.WrongArgumentCount, node, word=word, expected=str(expected), found=found, form=form)
        return self.hole(node)

    # ------------------------------------------------------------ definitions
    def use(self, made: Made) -> None:
        """Note what a definition that is called brings along: its readings, and how deep its calls go."""
        self.readings |= made.readings
        self._depth = max(self._depth, made.depth)

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
        """A definition that has been made, by its name in the program."""
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
