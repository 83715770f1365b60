"""Expressions: names resolved, types and units checked, and the core form made, in one walk.

Every method takes a tree node and the frame it stands in and returns a core expression. Where something is wrong it reports one
problem and returns a hole, whose type absorbs: whatever is made with a hole is a hole and says nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal, cast

from attrs import define, evolve, field

from fayan_compiler import units
from fayan_compiler.constants import literal
from fayan_compiler.declare import BUILT_IN, CONTEXT, Symbols
from fayan_compiler.places import Origins, Place
from fayan_compiler.problems import names as N
from fayan_compiler.problems import rules as R
from fayan_compiler.problems import types as T
from fayan_compiler.report import Reporter
from fayan_compiler.scope import COUNTED, OWN, Frame, field_of, implied
from fayan_compiler.units import BOOL, COUNT, DATE, HOLE, MONTH, NOTHING, YEAR, say
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
QueryKind = Literal["some", "none", "every", "count", "sum", "min", "max", "the"]
_PICKS: dict[str, QueryKind] = {
    "的": "the", "最早": "min", "最晚": "max", "最小": "min", "最大": "max", "合计": "sum", "个数": "count",
}  # fmt: skip
_QUANTIFIERS: dict[str, QueryKind] = {"有": "some", "没有": "none", "全部": "every"}
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
_YEARS_BACK = {"本年度": 0, "上年度": -1, "前年度": -2}
_PERCENT_OF = Term("写明是谁的百分之几，如“收入 × 10%”。", "Say of what it is a percentage, as in “收入 × 10%”.")
_COMPARED = Term("比较", "compared")
_ADDED = Term("相加减", "added")
_REPLACING = Term("互相代替", "used for one another")
_STANDING = Term("作同一个值的几种情形", "cases of one value")


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

    # ------------------------------------------------------------ names
    def ref(self, node: tree.Ref, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        name = node.name
        if expected is not None and expected.kind == "enum" and name in self.symbols.members_of(expected.name):
            return self.member(node, expected.name)
        meanings = self.meanings(name, frame)
        if frame.items and any(which == "其" for which, _ in meanings):
            meanings = [one for one in meanings if one[0] == "其"]
        if len(meanings) > 1:
            self.ambiguous(node, [which for which, _ in meanings])
            return self.hole(node)
        if meanings:
            return meanings[0][1](node)
        if expected == HOLE or (frame.own is not None and frame.own.type == HOLE):
            return self.hole(node)  # what could be meant hangs on something that is wrong already
        enums = self.symbols.enums_with(name)
        if len(enums) == 1:
            return self.member(node, enums[0])
        if enums:
            zh, en = (
                "、".join(f"类型“{enum}”的一种" for enum in enums),
                ", ".join(f"a member of {enum}" for enum in enums),
            )
            hint = Term("把它写在知道要哪个类型的地方。", "Write it where it is plain which type is meant.")
            self.report(N.AmbiguousName, node, word=name, meanings=Term(zh, en), hint=hint)
        elif expected is not None and expected.kind == "enum" and expected.name in self.symbols.enums:
            members = self.symbols.enums[expected.name].members
            known = [*members, *self.visible(frame)]
            self.reporter.unknown(N.UnknownMember, node.span, name, known, type=expected.name)
        else:
            self.reporter.unknown(N.UnknownName, node.span, name, self.visible(frame))
        return self.hole(node)

    def meanings(self, name: str, frame: Frame) -> list[tuple[str, Callable[[tree.Ref], ir.Expr]]]:
        """All that a bare name means here, each with what makes the expression."""
        found: list[tuple[str, Callable[[tree.Ref], ir.Expr]]] = []
        given = dict(frame.params).get(name)
        if given is not None:
            found.append(("参数", lambda node: ir.Param(type=given, name=name, origin=self.origins.at(node.span))))
        if frame.query is not None and (one := field_of(frame.query[1], name)):
            var, its = frame.query[0], one.type
            found.append(("其", lambda node: ir.Field(type=its, var=var, name=name, origin=self.origins.at(node.span))))
        if frame.own is not None and (one := field_of(frame.own, name)):
            own = one.type
            found.append(("本", lambda node: ir.Field(type=own, var=OWN, name=name, origin=self.origins.at(node.span))))
        if name in CONTEXT:
            found.append(("语言", lambda node: self.context(node, frame)))
        if name in self.symbols.definitions:
            found.append(("定义", lambda node: self.called(node, name, (), frame)))
        if name in self.symbols.facts:
            found.append(("事实", self.fact))
        return found

    def ambiguous(self, node: tree.Ref, kinds: list[str]) -> None:
        said = {
            "参数": ("定义的参数", "the parameter"),
            "其": ("清单里正在看的那一项", "the query's item"),
            "本": ("规则正在看的那一项", "the rule's item"),
            "语言": ("语言自己的词", "a word of the language"),
            "定义": ("定义", "the definition"),
            "事实": ("事实", "the fact"),
        }
        meanings = Term("、".join(said[kind][0] for kind in kinds), ", ".join(said[kind][1] for kind in kinds))
        ways = [f"“{kind} {node.name}”" for kind in kinds if kind in "其本"]
        hint = Term("给其中一个换个名字。", "Give one of them another name.")
        if ways:
            hint = Term(f"写明{'或'.join(ways)}，或者换个名字。", f"Write {' or '.join(ways)}, or choose another name.")
        self.report(N.AmbiguousName, node, word=node.name, meanings=meanings, hint=hint)

    def visible(self, frame: Frame) -> list[str]:
        """The names one may write here, nearest first."""
        items = [frame.query[1]] if frame.query else []
        items += [frame.own] if frame.own else []
        members = [member for enum in self.symbols.enums.values() for member in enum.members]
        fields = [one.name for decl in items for one in decl.fields]
        params = [name for name, _ in frame.params]
        return [*params, *fields, *self.symbols.definitions, *self.symbols.facts, *CONTEXT, *members]

    def member(self, node: tree.Ref, enum: str) -> ir.Expr:
        return ir.Const(
            type=ir.Type("enum", name=enum), value=node.name, shown=node.name, origin=self.origins.at(node.span)
        )

    def fact(self, node: tree.Ref) -> ir.Expr:
        scope, decl = self.symbols.facts[node.name]
        if decl.series:
            return self.series_misuse(node, decl)
        if decl.is_list:
            self.report(T.ListAsValue, node, word=node.name)
            return self.hole(node)
        return ir.Fact(type=decl.type, scope=scope, name=node.name, origin=self.origins.at(node.span))

    def context(self, node: tree.Ref, frame: Frame) -> ir.Expr:
        origin = self.origins.at(node.span)
        match node.name:
            case "评估日":
                return ir.Param(type=DATE, name="评估日", origin=origin)
            case "本文件":
                return ir.Const(type=units.TEXT, value=self.number, shown=self.number, origin=origin)
            case "成文日期" | "施行日期":
                day = self.dated if node.name == "成文日期" else self.effective
                return ir.Const(type=DATE if day else HOLE, value=day, shown=node.name, origin=origin)
        if not frame.event:
            hint = Term(
                "在定义里加一个参数（某日），由规则把发生日交给它。",
                "Give the definition a parameter （某日） and let the rule pass 发生日.",
            )
            self.report(N.OutsideItem, node, word=node.name, hint=hint)
            return self.hole(node)
        day_of = ir.Param(type=DATE, name="发生日", origin=origin)
        if node.name == "发生日":
            return day_of
        year = ir.Calendar(type=YEAR, op="year_of", arg=day_of, origin=origin)
        back = _YEARS_BACK[node.name]
        return ir.Calendar(type=YEAR, op="shift_year", arg=year, amount=back, origin=origin) if back else year

    def field_ref(self, node: tree.FieldRef, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        decl = frame.own if node.own else frame.query[1] if frame.query else None
        if decl is None:
            if not node.own:
                self.report(N.OutsideQuery, node, word=node.name)
            else:
                hint = Term("定义要看的值由参数交给它。", "What a definition looks at is passed as a parameter.")
                self.report(N.OutsideItem, node, word=f"本 {node.name}", hint=hint)
            return self.hole(node)
        found = field_of(decl, node.name)
        if found is None:
            self.reporter.unknown(
                N.UnknownField, node.span, node.name, [one.name for one in decl.fields], list=decl.name
            )
            return self.hole(node)
        var = OWN if node.own or frame.query is None else frame.query[0]
        return ir.Field(type=found.type, var=var, name=node.name, origin=self.origins.at(node.span))

    # ------------------------------------------------------------ readings
    def reading_ref(self, node: tree.ReadingRef, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        decl = self.reading(node)
        if decl is not None:
            option = decl.options[0][0] if decl.options else "a"
            self.report(R.ReadingAsValue, node, reading=node.id, option=option)
        return self.hole(node)

    def reading(self, node: tree.ReadingRef) -> ir.ReadingDecl | None:
        """The reading, noted as used; what is wrong with using it is reported."""
        decl = self.symbols.readings.get(node.id)
        if decl is None:
            self.reporter.unknown(N.UnknownReading, node.span, node.id, self.symbols.readings)
            return None
        self.used.add(node.id)
        if decl.uncomputed is not None:
            self.report(R.UncomputedReadingUsed, node, reading=node.id)
            return None
        self.readings.add(node.id)
        return decl

    def option_test(
        self, node: tree.Expr, subject: tree.ReadingRef, members: Sequence[tree.Expr], positive: bool
    ) -> ir.Expr:
        """``R5.1 为 b``: true under these options."""
        decl = self.reading(subject)
        if decl is None:
            return self.hole(node)
        ids = [id for id, _ in decl.options]
        picked = set()
        for member in members:
            if not isinstance(member, tree.Ref) or member.name not in ids:
                word = self.written(member)
                self.reporter.unknown(N.UnknownOption, member.span, word, ids, reading=decl.id)
                return self.hole(node)
            picked.add(member.name)
        origin = self.origins.at(node.span)
        arms = tuple(ir.Const(type=BOOL, value=(id in picked) is positive, origin=origin) for id in ids)
        return ir.Choose(type=BOOL, reading=decl.id, arms=arms, origin=origin)

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
                    return self.option_test(node, subject, (other,), op == "==")
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
            return isinstance(side, tree.Ref) and not self.meanings(side.name, frame)

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
            span = right.span if action is _STANDING else left.span.to(right.span)
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
            return self.option_test(node, node.subject, node.members, True)
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
            cycle = [*self._busy[self._busy.index(name) :], name]
            labels = tuple(
                Label(self.symbols.definitions[one].node.name.span, Term(f"“{one}”在这里", f"“{one}” is here"))
                for one in cycle[:-1]
            )
            self.reporter.report(N.CycleOfDefinitions, span, labels, cycle=" → ".join(cycle))
            return None
        if name in self.made:
            return self.made[name]
        if len(self._busy) >= MAX_CALL_DEPTH:
            self.too_deep(span)
            return None
        definition = self.symbols.definitions[name]
        kept = (
            self.readings,
            self._depth,
            self._nesting,
            self.origins.place,
            self.origins.quote,
            self.reporter.headings,
        )
        self.readings, self._depth, self._nesting = set(), 0, 0
        self.enter(definition.place, f"定义 {name}")
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
        function = ir.Function(name=name, params=definition.params, body=body, origin=origin)
        made = Made(function, frozenset(self.readings), depth)
        self.readings, self._depth, self._nesting, place, quote, headings = kept
        self.origins.place, self.origins.quote, self.reporter.headings = place, quote, headings
        self.made[name] = made
        return made

    def too_deep(self, span: Span) -> None:
        if not self._told_depth:
            self._told_depth = True
            self.reporter.report(R.CallsTooDeep, span, limit=MAX_CALL_DEPTH)

    def enter(self, place: Place, heading: str = "") -> None:
        """Go to a place: problems and quotations are from there."""
        self.origins.place = place
        self.origins.quote = ""
        self.reporter.headings = (*place.headings, heading) if heading else place.headings

    # ------------------------------------------------------------ lists
    def list_named(self, name: tree.Name, frame: Frame) -> ir.FactDecl | None:
        if name.text == COUNTED and frame.counted is not None:
            return frame.counted
        found = self.symbols.facts.get(name.text)
        if found is not None and found[1].is_list:
            return found[1]
        lists = self.symbols.lists
        self.reporter.unknown(N.UnknownList, name.span, name.text, lists)
        return None

    def query(self, node: tree.Query, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        decl = self.list_named(node.list, frame)
        if decl is None:
            return self.hole(node)
        if decl.series:
            return self.lookup(node, decl, frame)
        where, inner = self.filtered(node.where, decl, frame)
        kind = _PICKS[node.pick]
        value: ir.Expr | None = None
        type = COUNT
        if kind != "count":
            value = self.aggregated(node, decl, inner)
            if value.type == HOLE:
                return value
            type = evolve(value.type, optional=kind in ("min", "max") and decl.name != COUNTED)
        if where is not None and where.type == HOLE:
            return self.hole(node)
        var = cast(tuple[str, ir.FactDecl], inner.query)[0]
        return ir.Query(
            type=type, kind=kind, list=decl.name, var=var, where=where, value=value, origin=self.origins.at(node.span)
        )

    def filtered(self, where: tree.Expr | None, decl: ir.FactDecl, frame: Frame) -> tuple[ir.Expr | None, Frame]:
        """The condition on the items, and the frame of an item that meets it."""
        inner = evolve(frame, query=(f"其{frame.depth + 1}", decl), depth=frame.depth + 1, items=False)
        if where is None:
            return None, inner
        condition = self.truth(where, inner)
        return condition, self.narrow(inner, [(condition, True)])

    def aggregated(self, node: tree.Query, decl: ir.FactDecl, inner: Frame) -> ir.Expr:
        """What is picked of each item: always seen from the query's item."""
        picked = node.value
        if picked is None and node.pick in ("最早", "最晚") and decl.event:
            picked = tree.Ref(span=node.span, name=decl.event)
        fields = [one.name for one in decl.fields]
        if picked is None or (isinstance(picked, tree.Ref) and picked.name not in fields):
            missing = picked.name if isinstance(picked, tree.Ref) else ""
            span = picked.span if picked is not None else node.span
            self.reporter.unknown(N.UnknownField, span, missing, fields, list=decl.name)
            return self.hole(node)
        value = self.expr(picked, evolve(inner, items=True))
        if node.pick != "的":
            value = self.solid(value, picked)
        if value.type == HOLE or node.pick == "的":
            return value
        kinds = _DATED if node.pick in ("最早", "最晚") else ("number",)
        if value.type.kind not in kinds:
            instead = {"最早": "最小", "最晚": "最大", "最小": "最早", "最大": "最晚"}.get(node.pick, "个数")
            if value.type.kind not in ("number", *_DATED):
                instead = "个数"
            self.report(T.WrongComparison, picked, word=node.pick, found=say(value.type), instead=instead)
            return self.hole(node)
        return value

    def quantified(self, node: tree.Quantified, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        decl = self.list_named(node.list, frame)
        if decl is None:
            return self.hole(node)
        if decl.series:
            return self.series_misuse(node, decl)
        where, inner = self.filtered(node.where, decl, frame)
        var = cast(tuple[str, ir.FactDecl], inner.query)[0]
        return ir.Query(
            type=BOOL,
            kind=_QUANTIFIERS[node.quantifier],
            list=decl.name,
            var=var,
            where=where,
            value=None,
            origin=self.origins.at(node.span),
        )

    def lookup(self, node: tree.Query, decl: ir.FactDecl, frame: Frame) -> ir.Expr:
        """``系列 中 年度 为 式 的 字段``; the year is seen from outside the series."""
        where, picked = node.where, node.value
        key = where.left if isinstance(where, tree.Compare) and where.op == "为" else None
        if node.pick != "的" or not isinstance(key, (tree.Ref, tree.FieldRef)) or key.name != "年度":
            return self.series_misuse(node, decl)
        if not isinstance(picked, (tree.Ref, tree.FieldRef)):
            return self.series_misuse(node, decl)
        year = self.need(cast(tree.Compare, where).right, frame, YEAR)
        found = field_of(decl, picked.name)
        if found is None:
            fields = [one.name for one in decl.fields]
            self.reporter.unknown(N.UnknownField, picked.span, picked.name, fields, list=decl.name)
            return self.hole(node)
        if year.type == HOLE:
            return year
        type = evolve(found.type, optional=False)
        return ir.Lookup(
            type=type, list=decl.name, year=year, field_name=picked.name, origin=self.origins.at(node.span)
        )

    def series_misuse(self, node: tree.Node, decl: ir.FactDecl) -> ir.Expr:
        field = next((one.name for one in decl.fields if one.name != "年度"), "年度")
        self.report(R.SeriesMisuse, node, word=decl.name, field=field)
        return self.hole(node)

    # ------------------------------------------------------------ blocks
    def by(self, node: tree.By, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        if isinstance(node.subject, tree.ReadingRef):
            return self.by_reading(node, node.subject, frame, expected)
        subject = self.solid(self.expr(node.subject, frame), node.subject)
        known: tuple[str, ...] = ()
        if subject.type.kind == "enum" and subject.type.name in self.symbols.enums:
            known = self.symbols.enums[subject.type.name].members
        elif subject.type != HOLE:
            hint = Term("按数或日期分情形，用“分情形”。", "By numbers or dates, use 分情形.")
            self.mismatch(node.subject, Term("一个类型的值", "a value of an enumeration"), subject.type, hint)
        if not known:
            for arm in node.arms:
                self.value(arm.value, frame, expected)
            return self.hole(node)
        name = subject.type.name
        found, missing, sound = self.arms(
            node,
            known,
            lambda label: self.reporter.unknown(N.UnknownMember, label.span, label.text, known, type=name),
        )
        if missing and sound:
            self.reporter.report(R.MissingMember, _head(node), type=name, missing="、".join(missing))
        exprs = self.joined([arm.value for _, arm in found], frame, expected)
        if missing or not sound or exprs is None:
            return self.hole(node)
        arms = tuple((labels, value) for (labels, _), value in zip(found, exprs, strict=True) if labels)
        return ir.Match(type=self.common(exprs), subject=subject, arms=arms, origin=self.origins.at(node.span))

    def by_reading(self, node: tree.By, subject: tree.ReadingRef, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        decl = self.reading(subject)
        if decl is None:
            for arm in node.arms:
                self.value(arm.value, frame, expected)
            return self.hole(node)
        known = tuple(id for id, _ in decl.options)
        found, missing, sound = self.arms(
            node,
            known,
            lambda label: self.reporter.unknown(N.UnknownOption, label.span, label.text, known, reading=decl.id),
        )
        if missing and sound:
            self.reporter.report(R.MissingOption, _head(node), reading=decl.id, missing="、".join(missing))
        exprs = self.joined([arm.value for _, arm in found], frame, expected)
        if missing or not sound or exprs is None:
            return self.hole(node)
        value = {id: expr for (ids, _), expr in zip(found, exprs, strict=True) for id in ids}
        arms = tuple(value[id] for id in known)
        return ir.Choose(type=self.common(exprs), reading=decl.id, arms=arms, origin=self.origins.at(node.span))

    def arms(
        self, node: tree.By, known: tuple[str, ...], unknown: Callable[[tree.Name], None]
    ) -> tuple[list[tuple[tuple[str, ...], tree.Arm]], list[str], bool]:
        """Each row with the labels it covers, what no row covers, and whether all labels are known and stand once."""
        seen: dict[str, Span] = {}
        found: list[tuple[list[str], tree.Arm]] = []
        rest: list[str] | None = None
        sound = True
        for arm in node.arms:
            labels: list[str] = []
            for label in arm.labels:
                if label.text not in known:
                    sound = False
                    unknown(label)
                elif label.text in seen:
                    sound = False
                    self.duplicate(label.text, label.span, seen[label.text])
                else:
                    seen[label.text] = label.span
                    labels.append(label.text)
            if not arm.labels:
                if rest is not None:
                    sound = False
                    self.duplicate("其余", Span(arm.span.start, arm.span.start + 2), seen["其余"])
                else:
                    rest = labels
                    seen["其余"] = Span(arm.span.start, arm.span.start + 2)
            found.append((labels, arm))
        missing = [label for label in known if label not in seen]
        if rest is not None:
            rest.extend(missing)
            missing = []
        return [(tuple(labels), arm) for labels, arm in found], missing, sound

    def duplicate(self, word: str, span: Span, first: Span) -> None:
        label = Label(first, Term("先在这里写过", "first written here"))
        self.reporter.report(R.DuplicateArm, span, (label,), word=word)

    def cases(self, node: tree.Cases, frame: Frame, expected: ir.Type | None) -> ir.Expr:
        conditions: list[ir.Expr] = []
        frames: list[Frame] = []
        for when in node.whens:
            if when.condition is not None:
                condition = self.truth(when.condition, frame)
                conditions.append(condition)
                frames.append(self.narrow(frame, [(condition, True)]))
                frame = self.narrow(frame, [(condition, False)])
            else:
                frames.append(frame)
        values = [when.value for when in node.whens]
        exprs = self.joined(values, frame, expected, frames)
        if not node.whens or node.whens[-1].condition is not None:
            self.reporter.report(R.MissingOtherwise, _head(node))
            return self.hole(node)
        if exprs is None or len(conditions) != len(exprs) - 1 or any(one.type == HOLE for one in conditions):
            return self.hole(node)
        whens = tuple(zip(conditions, exprs[:-1], strict=True))
        return ir.Cases(type=self.common(exprs), whens=whens, otherwise=exprs[-1], origin=self.origins.at(node.span))

    def joined(
        self, values: Sequence[tree.Value], frame: Frame, expected: ir.Type | None, frames: Sequence[Frame] = ()
    ) -> list[ir.Expr] | None:
        """Rows that are cases of one value: all of the type of the first that has one."""
        exprs: list[ir.Expr] = []
        lead: tuple[tree.Value, ir.Type] | None = None
        sound = True
        for place, value in enumerate(values):
            want = expected if expected is not None else lead[1] if lead else None
            expr = self.value(value, frames[place] if frames else frame, want)
            exprs.append(expr)
            if expr.type == HOLE:
                sound = False
            elif expr.type == NOTHING or (isinstance(expr, ir.Const) and expr.value is None):
                continue
            elif lead is None:
                lead = (value, expr.type)
            elif not self.comparable(lead[0].expr, value.expr, lead[1], expr.type, _STANDING):
                sound = False
        if not sound:
            return None
        if lead is not None:
            none = evolve(lead[1], optional=True)
            exprs = [evolve(one, type=none) if one.type == NOTHING else one for one in exprs]
        return exprs

    def common(self, exprs: Sequence[ir.Expr]) -> ir.Type:
        type = next(
            (one.type for one in exprs if not isinstance(one, ir.Const) or one.value is not None), exprs[0].type
        )
        optional = any(one.type.optional for one in exprs)
        return evolve(type, optional=optional) if type.optional is not optional else type


def _head(node: tree.Node) -> Span:
    """The first words of a block, where its fault is underlined."""
    subject = node.subject.span if isinstance(node, tree.By) else None
    return Span(node.span.start, subject.end if subject else min(node.span.end, node.span.start + 3))


def _this_is(type: ir.Type) -> Term:
    said = say(type)
    return Term(f"这是{said.zh}", f"this is {said.en}")


_WALK: dict[type, Callable[..., ir.Expr]] = {
    tree.Number: Lowerer.literal, tree.DateLit: Lowerer.literal, tree.MonthLit: Lowerer.literal,
    tree.YearLit: Lowerer.literal, tree.Text: Lowerer.literal, tree.Truth: Lowerer.literal, tree.Nothing: Lowerer.literal,
    tree.Ref: Lowerer.ref, tree.ReadingRef: Lowerer.reading_ref, tree.FieldRef: Lowerer.field_ref, tree.Call: Lowerer.call,
    tree.All: Lowerer.all, tree.Any: Lowerer.any, tree.Not: Lowerer.negation, tree.Compare: Lowerer.compare,
    tree.OneOf: Lowerer.one_of, tree.Contains: Lowerer.contains, tree.Presence: Lowerer.presence,
    tree.Total: Lowerer.total, tree.Product: Lowerer.product, tree.Query: Lowerer.query,
    tree.Quantified: Lowerer.quantified, tree.By: Lowerer.by, tree.Cases: Lowerer.cases, tree.Hole: Lowerer.nothing_read,
}  # fmt: skip
