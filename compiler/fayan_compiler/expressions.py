"""Expressions: names resolved, types and units checked, and the core form made, in one walk.

Every method takes a tree node and the frame it stands in and returns a core expression. Where something is wrong it reports one
problem and returns a hole, whose type absorbs: whatever is made with a hole is a hole and says nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal, cast

from attrs import define, evolve, field

from fayan_compiler import blocks, decision_table, lists, naming, units
from fayan_compiler.constants import literal
from fayan_compiler.declare import BUILT_IN, Symbols
from fayan_compiler.places import Origins, Place
from fayan_compiler.problems import names as N
from fayan_compiler.problems import rules as R
from fayan_compiler.problems import types as T
from fayan_compiler.report import Reporter
from fayan_compiler.scope import Frame, implied
from fayan_compiler.units import BOOL, DATE, HOLE, MONTH, NOTHING, YEAR, say
from fayan_dsl import tree
from fayan_dsl.problem import Label, Term
from fayan_dsl.source import Source, Span
from fayan_runtime import ir

#: Levels of the tree, of which a bracket may make several; brackets are counted where they are read.
MAX_NESTING = 1024
MAX_CALL_DEPTH = 64

Op = Literal[">", ">=", "<", "<=", "==", "!="]
_OPS: dict[str, Op] = {
    "超过": ">", "高于": ">", "以外": ">", "达到": ">=", "不低于": ">=", "以上": ">=", "不满": "<", "低于": "<",
    "不超过": "<=", "以下": "<=", "以内": "<=", "为": "==", "不为": "!=", "早于": "<", "不早于": ">=", "晚于": ">", "不晚于": "<=",
}  # fmt: skip
_DATE_WORDS = {">": "晚于", ">=": "不早于", "<": "早于", "<=": "不晚于"}
_NUMBER_WORDS = {">": "超过", ">=": "达到", "<": "不满", "<=": "不超过"}
_OF_DATES = set(_DATE_WORDS.values())
_DATED = ("date", "month", "year")
#: Built-in functions of one argument: word → (accepted kinds, operation, amount, type of the result).
_CALENDAR: dict[str, tuple[tuple[str, ...], str, int, ir.Type]] = {
    "年度": (("date", "month"), "year_of", 0, YEAR),
    "上年": (("year",), "shift_year", -1, YEAR),
    "前年": (("year",), "shift_year", -2, YEAR),
    "年末": (("year",), "year_end", 0, DATE),
    "月末": (("month",), "month_end", 0, DATE),
    "月份": (("date",), "month_of", 0, MONTH),
}
_FORMS = {
    "年度": "年度（日期）", "上年": "上年（年度）", "前年": "前年（年度）", "年末": "年末（年度）", "月末": "月末（年月）",
    "月份": "月份（日期）", "较小": "较小（甲，乙）", "较大": "较大（甲，乙）",
}  # fmt: skip
_KINDS = {"date": DATE, "month": MONTH, "year": YEAR}
_PERCENT_OF = Term("写明是谁的百分之几，如“收入 × 10%”。", "Say of what it is a percentage, as in “收入 × 10%”.")
_COMPARED = Term("比较", "compared")
_ADDED = Term("相加减", "added")
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
    #: Readings met since this was last set anew, and all that any part of the policy uses.
    readings: set[str] = field(factory=set)
    used: set[str] = field(factory=set)
    made: dict[str, Made | None] = field(factory=dict)
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
            self.report(T.TypeMismatch, node, expected=expected, found=say(found), hint=hint)
        return self.hole(node)

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
            self.report(T.AmountNotMoney, node, found=say(expr.type))
            return self.hole(node)
        return expr

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

    def nothing_read(self, node: tree.Hole, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return self.hole(node)

    # ------------------------------------------------------------ logic
    def all(self, node: tree.All, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return self.chain(ir.And, node, frame, True)

    def any(self, node: tree.Any, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return self.chain(ir.Or, node, frame, False)

    def chain(self, make: type[ir.And] | type[ir.Or], node: tree.All | tree.Any, frame: Frame, truth: bool) -> ir.Expr:
        """且 and 或: what an earlier part settles about existence holds in the later ones."""
        args: list[ir.Expr] = []
        for part in node.parts:
            arg = self.truth(part, frame)
            frame = self.narrow(frame, [(arg, truth)])
            args.append(arg)
        return make(type=BOOL, args=tuple(args), origin=self.origins.at(node.span))

    def negation(self, node: tree.Not, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return ir.Not(type=BOOL, arg=self.truth(node.part, frame), origin=self.origins.at(node.span))

    def presence(self, node: tree.Presence, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        return self.exists(node, node.subject, node.present, frame)

    def exists(self, node: tree.Expr, subject: tree.Expr, present: bool, frame: Frame) -> ir.Expr:
        arg = self.expr(subject, evolve(frame, present=frozenset()) if frame.present else frame)
        if arg.type == HOLE:
            return arg
        if not arg.type.optional:
            self.report(T.NeverAbsent, subject, word=self.written(subject))
            return self.hole(node)
        origin = self.origins.at(node.span)
        test = ir.IsNone(type=BOOL, arg=arg, origin=origin)
        return ir.Not(type=BOOL, arg=test, origin=origin) if present else test

    # ------------------------------------------------------------ comparisons
    def compare(self, node: tree.Compare, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        op = _OPS[node.op]
        equality = op in ("==", "!=")
        if equality:
            for subject, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(subject, tree.ReadingRef):
                    return naming.option_test(self, node, subject, (other,), op == "==")
                if isinstance(other, tree.Nothing):
                    return self.exists(node, subject, op == "!=", frame)
        left, right = self.pair(node.left, node.right, frame)
        if HOLE in (left.type, right.type):
            return self.hole(node)
        if not equality and not self.ordered(node, left.type, op):
            return self.hole(node)
        if not self.comparable(node.left, node.right, left.type, right.type):
            return self.hole(node)
        return ir.Compare(type=BOOL, op=op, left=left, right=right, word=node.op, origin=self.origins.at(node.span))

    def pair(self, left: tree.Expr, right: tree.Expr, frame: Frame) -> tuple[ir.Expr, ir.Expr]:
        """Both sides, each read in the light of the other's type; a bare member of an enumeration comes second."""

        def bare(side: tree.Expr) -> bool:
            return isinstance(side, tree.Ref) and not naming.meanings_of(self, side.name, frame)

        if bare(left) and not bare(right):
            second = self.solid(self.expr(right, frame), right)
            return self.solid(self.expr(left, frame, second.type), left), second
        first = self.solid(self.expr(left, frame), left)
        return first, self.solid(self.expr(right, frame, first.type), right)

    def ordered(self, node: tree.Compare, type: ir.Type, op: Op) -> bool:
        """超过、不满… compare numbers; 早于、晚于… compare dates."""
        if type.kind in (_DATED if node.op in _OF_DATES else ("number",)):
            return True
        instead = _DATE_WORDS[op] if type.kind in _DATED else _NUMBER_WORDS[op] if type.kind == "number" else "为"
        self.report(T.WrongComparison, node, word=node.op, found=say(type), instead=instead)
        return False

    def comparable(
        self, left: tree.Expr, right: tree.Expr, one: ir.Type, other: ir.Type, action: Term = _COMPARED
    ) -> bool:
        if one.kind == other.kind == "number":
            if units.agree(one, other):
                return True
            labels = (Label(left.span, _this_is(one)), Label(right.span, _this_is(other)))
            span = right.span if action is blocks.STANDING else left.span.to(right.span)
            hint = _PERCENT_OF if "%" in (one.shown, other.shown) else T.SAME_UNIT
            self.reporter.report(
                T.UnitMismatch, span, labels, left=say(one), right=say(other), action=action, hint=hint
            )
            return False
        if one.kind == other.kind and (one.name == other.name or one.kind == "text"):
            return True
        hint = N.NO_HINT
        if {one.kind, other.kind} == {"date", "year"}:
            hint = Term(
                "用“年度（日期）”取出年度，或写出完整的日期。", "Take the year with 年度（日期）, or write a full date."
            )
        self.mismatch(right, say(one), other, hint)
        return False

    def one_of(self, node: tree.OneOf, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        if isinstance(node.subject, tree.ReadingRef):
            return naming.option_test(self, node, node.subject, node.members, True)
        arg = self.solid(self.expr(node.subject, frame), node.subject)
        if arg.type == HOLE:
            return arg
        origin = self.origins.at(node.span)
        if arg.type.kind == "enum":
            members = self.members(node.members, arg.type.name)
            return ir.OneOf(type=BOOL, arg=arg, members=members, origin=origin) if members else self.hole(node)
        tests = []
        for member in node.members:
            other = self.solid(self.expr(member, frame, arg.type), member)
            if other.type == HOLE or not self.comparable(node.subject, member, arg.type, other.type):
                return self.hole(node)
            tests.append(ir.Compare(type=BOOL, op="==", left=arg, right=other, word="为", origin=origin))
        return ir.Or(type=BOOL, args=tuple(tests), origin=origin)

    def members(self, nodes: Sequence[tree.Expr], enum: str) -> tuple[str, ...] | None:
        """Members of one enumeration, or None with a problem."""
        known = self.symbols.enums[enum].members
        found: list[str] = []
        for node in nodes:
            word = node.name if isinstance(node, tree.Ref) else self.written(node)
            if word not in known:
                self.reporter.unknown(N.UnknownMember, node.span, word, known, type=enum)
                return None
            found.append(word)
        return tuple(found)

    def contains(self, node: tree.Contains, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        arg = self.solid(self.expr(node.subject, frame), node.subject)
        if arg.type == HOLE:
            return arg
        if arg.type.kind != "set":
            hint = Term("一个值用“属于”。", "For a single value use 属于.")
            return self.mismatch(node.subject, Term("若干（一组值）", "a set"), arg.type, hint)
        origin = self.origins.at(node.span)
        if arg.type.name in self.symbols.enums:
            members = self.members(node.members, arg.type.name)
            if members is None:
                return self.hole(node)
            return ir.Contains(type=BOOL, arg=arg, members=members, every=node.every, origin=origin)
        years = [self.need(member, frame, YEAR) for member in node.members]
        if any(year.type == HOLE for year in years):
            return self.hole(node)
        if all(isinstance(year, ir.Const) for year in years):
            fixed = tuple(cast(int, year.value) for year in years if isinstance(year, ir.Const))
            return ir.Contains(type=BOOL, arg=arg, members=fixed, every=node.every, origin=origin)
        tests = tuple(ir.HasYear(type=BOOL, arg=arg, year=year, origin=origin) for year in years)
        if len(tests) == 1:
            return tests[0]
        make = ir.And if node.every else ir.Or
        return make(type=BOOL, args=tests, origin=origin)

    # ------------------------------------------------------------ arithmetic
    def total(self, node: tree.Total, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        first_node = node.terms[0][1]
        first = self.solid(self.expr(first_node, frame), first_node)
        if first.type.kind in _DATED:
            return self.shifted(node, first, frame)
        args = [first]
        sound = first.type == HOLE or self.is_number(first, first_node)
        for _, term in node.terms[1:]:
            arg = self.solid(self.expr(term, frame), term)
            args.append(arg)
            if HOLE in (first.type, arg.type) or not sound or not self.is_number(arg, term):
                sound = False
            else:
                sound = self.comparable(first_node, term, first.type, arg.type, _ADDED)
        if not sound or first.type == HOLE:
            return self.hole(node)
        type = next((arg.type for arg in args if arg.type.unit), first.type)
        signs = tuple(1 if sign == "+" else -1 for sign, _ in node.terms)
        return ir.Add(type=type, signs=signs, args=tuple(args), origin=self.origins.at(node.span))

    def is_number(self, expr: ir.Expr, node: tree.Expr) -> bool:
        if expr.type.kind == "number":
            return True
        self.mismatch(node, Term("数", "a number"), expr.type)
        return False

    def shifted(self, node: tree.Total, start: ir.Expr, frame: Frame) -> ir.Expr:
        """A date, month or year and fixed lengths of time: 日期 + 3个月, 年度 - 1年."""
        for sign, term in node.terms[1:]:
            by = self.expr(term, frame)
            if by.type == HOLE:
                return by
            if by.type.kind != "number" or by.type.unit not in ((("月", 1),), (("日", 1),)):
                return self.mismatch(term, Term("一段时间，如3个月", "a length of time such as 3个月"), by.type)
            kind, in_days = start.type.kind, by.type.unit == (("日", 1),)
            step = 12 if kind == "year" else 1
            amount = by.value if isinstance(by, ir.Const) else None
            if not isinstance(amount, int) or amount % step or (in_days and kind != "date"):
                whole = Term(
                    "日期加减整月或整日，年月加减整月，年度加减整年。",
                    "Dates move by whole months or days, months by months, years by years.",
                )
                self.report(T.NotConstant, term, place=Term("这段时间", "This length of time"), hint=whole)
                return self.hole(node)
            op = "shift_day" if in_days else f"shift_{kind}"
            start = ir.Calendar(
                type=start.type,
                op=cast(Any, op),
                arg=start,
                amount=amount // step * (1 if sign == "+" else -1),
                origin=self.origins.at(node.span),
            )
        return start

    def product(self, node: tree.Product, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        unit: units.Unit = ()
        args: list[ir.Expr] = []
        sound, money_over_money, percent = True, False, False
        for sign, factor in node.factors:
            arg = self.solid(self.expr(factor, frame), factor)
            args.append(arg)
            if arg.type == HOLE or not self.is_number(arg, factor):
                sound = False
                continue
            money_over_money |= sign == "÷" and bool(unit) and unit == arg.type.unit == units.MONEY.unit
            percent |= arg.type.shown == "%"
            unit = units.times(unit, arg.type.unit, 1 if sign == "×" else -1)
        if not sound:
            return self.hole(node)
        shown = units.written(unit) if unit else "%" if money_over_money or percent else ""
        inverse = tuple(sign == "÷" for sign, _ in node.factors)
        type = ir.Type("number", unit=unit, shown=shown)
        return ir.Mul(type=type, inverse=inverse, args=tuple(args), origin=self.origins.at(node.span))

    # ------------------------------------------------------------ calls
    def call(self, node: tree.Call, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        if node.name in self.symbols.definitions:
            return self.called(node, node.name, node.args, frame)
        if node.name in _CALENDAR:
            return self.calendar(node, frame)
        if node.name in ("较小", "较大"):
            return self.extreme(node, frame)
        for arg in node.args:
            self.expr(arg, frame)
        known = [*self.symbols.definitions, *BUILT_IN]
        self.reporter.unknown(N.UnknownName, Span(node.span.start, node.span.start + len(node.name)), node.name, known)
        return self.hole(node)

    def count_args(self, node: tree.Expr, word: str, expected: str, form: str, found: int) -> ir.Expr:
        self.report(T.WrongArgumentCount, node, word=word, expected=expected, found=found, form=form)
        return self.hole(node)

    def calendar(self, node: tree.Call, frame: Frame) -> ir.Expr:
        kinds, op, amount, type = _CALENDAR[node.name]
        if len(node.args) != 1:
            return self.count_args(node, node.name, "1", _FORMS[node.name], len(node.args))
        arg = self.solid(self.expr(node.args[0], frame), node.args[0])
        if arg.type == HOLE:
            return arg
        if arg.type.kind not in kinds:
            said = [say(_KINDS[kind]) for kind in kinds]
            expected = Term("或".join(term.zh for term in said), " or ".join(term.en for term in said))
            return self.mismatch(node.args[0], expected, arg.type)
        return ir.Calendar(type=type, op=cast(Any, op), arg=arg, amount=amount, origin=self.origins.at(node.span))

    def extreme(self, node: tree.Call, frame: Frame) -> ir.Expr:
        if len(node.args) < 2:
            return self.count_args(node, node.name, "2", _FORMS[node.name], len(node.args))
        args = [self.solid(self.expr(arg, frame), arg) for arg in node.args]
        if any(arg.type == HOLE for arg in args):
            return self.hole(node)
        first = args[0]
        if first.type.kind not in ("number", *_DATED):
            return self.mismatch(node.args[0], Term("数或日期", "a number or a date"), first.type)
        for other, arg in zip(node.args[1:], args[1:], strict=True):
            if not self.comparable(node.args[0], other, first.type, arg.type):
                return self.hole(node)
        return ir.Extreme(
            type=first.type, largest=node.name == "较大", args=tuple(args), origin=self.origins.at(node.span)
        )

    def called(self, node: tree.Call | tree.Ref, name: str, args: tuple[tree.Expr, ...], frame: Frame) -> ir.Expr:
        params = self.symbols.definitions[name].params
        if len(args) != len(params):
            form = f"{name}（{'，'.join(param for param, _ in params)}）" if params else name
            return self.count_args(node, name, str(len(params)), form, len(args))
        lowered = tuple([self.need(arg, frame, type) for arg, (_, type) in zip(args, params, strict=True)])
        made = self.function(name, node.span)
        if made is None:
            return self.hole(node)
        self.readings |= made.readings
        self._depth = max(self._depth, made.depth)
        if made.function.body.type == HOLE or any(arg.type == HOLE for arg in lowered):
            return self.hole(node)
        return ir.Call(type=made.function.body.type, function=name, args=lowered, origin=self.origins.at(node.span))

    def function(self, name: str, span: Span) -> Made | None:
        """A definition's core form, made when it is first asked for: callees stand before their callers."""
        if name in self._busy:
            self.circle(self._busy[self._busy.index(name) :])
            return None
        if name in self.made:
            return self.made[name]
        if len(self._busy) >= MAX_CALL_DEPTH:
            self.too_deep(span)
            return None
        definition = self.symbols.definitions[name]
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
        function = ir.Function(name=name, params=definition.params, body=body, measure=measure, origin=origin)
        made = Made(function, frozenset(self.readings), depth)
        self.readings, self._depth, self._nesting, self.origins.place, self.origins.quote = kept
        self.made[name] = made
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

    def too_deep(self, span: Span) -> None:
        if not self._told_depth:
            self._told_depth = True
            self.reporter.report(R.CallsTooDeep, span, limit=MAX_CALL_DEPTH)

    def enter(self, place: Place) -> None:
        """Go to a place: quotations are from there."""
        self.origins.place = place
        self.origins.quote = ""


def _this_is(type: ir.Type) -> Term:
    said = say(type)
    return Term(f"这是{said.zh}", f"this is {said.en}")


_WALK: dict[type, Callable[..., ir.Expr]] = {
    tree.Number: Lowerer.literal, tree.DateLit: Lowerer.literal, tree.MonthLit: Lowerer.literal,
    tree.YearLit: Lowerer.literal, tree.Text: Lowerer.literal, tree.Truth: Lowerer.literal, tree.Nothing: Lowerer.literal,
    tree.Ref: naming.ref, tree.ReadingRef: naming.reading_ref, tree.FieldRef: naming.field_ref, tree.Call: Lowerer.call,
    tree.All: Lowerer.all, tree.Any: Lowerer.any, tree.Not: Lowerer.negation, tree.Compare: Lowerer.compare,
    tree.OneOf: Lowerer.one_of, tree.Contains: Lowerer.contains, tree.Presence: Lowerer.presence,
    tree.Total: Lowerer.total, tree.Product: Lowerer.product, tree.Query: lists.query,
    tree.Quantified: lists.quantified, tree.By: blocks.by, tree.Cases: blocks.cases, tree.Table: decision_table.table, tree.Hole: Lowerer.nothing_read,
}  # fmt: skip
