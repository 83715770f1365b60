"""Expressions as they are written, without values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import evolve, field, frozen

from fayan_runtime import ir, walk
from fayan_runtime.explain.phrase.bands import Row, bands_of
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.explain.phrase.shares import foremost, is_of_peers
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.names import ENTERPRISE, OWN

#: Definitions are opened only so deep.
DEPTH = 6
Form = Literal["word", "statement", "and", "or", "sum", "product", "cases", "list"]


@frozen
class Said:
    """A phrase and what kind it is, so that whoever puts it into another knows whether it needs brackets."""

    text: str
    form: Form = "word"


@frozen
class Bound:
    """What a parameter stands for: the argument in words; the argument itself where it is a constant."""

    said: Said
    constant: ir.Const | None = None


@frozen
class Writer:
    """``readings`` are the options taken, the first ones where nothing else is said. ``lists``: variable → the list whose items it
    stands for, where a day is called by its list (认定记录的日期).

    ``opening``: definitions that only pass on, look up or compare are said by what they mean; else all are called by name.
    """

    tongue: Tongue
    program: ir.Program
    readings: dict[str, str] = field(factory=dict)
    lists: dict[str, str] = field(factory=dict)
    opening: bool = True
    params: dict[str, Bound] = field(factory=dict)
    depth: int = 0

    def say(self, expr: ir.Expr) -> str:
        return self.said(expr).text

    def grouped(self, expr: ir.Expr, *forms: Form) -> str:
        said = self.said(expr)
        return self.tongue.bracket(said.text) if said.form in forms else said.text

    def said(self, expr: ir.Expr) -> Said:
        tongue, say = self.tongue, self.say
        match expr:
            case ir.Const(value=value):
                return Said(tongue.constant(value, expr))
            case ir.Choose():
                return self.said(self.chosen(expr))
            case ir.Param(name=name):
                return self.params[name].said if name in self.params else Said(tongue.TODAY.get(name, name))
            case ir.Fact(scope=scope, name=name):
                return Said(name if scope == ENTERPRISE else tongue.scoped(scope, name))
            case ir.Field(var=var, name=name):
                if expr.type.kind == "bool" and var != OWN:
                    return Said(tongue.is_yes(name), "statement")
                own = self.lists.get(var) if expr.type.kind == "date" else None
                return Said(tongue.of_item(own, name) if own else name)
            case ir.Index():
                return Said(tongue.order())
            case ir.Call():
                return self.call(expr)
            case ir.Not(arg=arg):
                return self.negation(arg)
            case ir.And(args=args) | ir.Or(args=args):
                return self.several(expr, self.telling(args))
            case ir.Compare(op="<", left=ir.Index(), right=right):
                return Said(tongue.comes_before(say(right)), "statement")
            case ir.Compare(left=left, right=right):
                return Said(tongue.comparison(self.operand(left), expr, self.operand(right)), "statement")
            case ir.OneOf(arg=arg, members=members):
                return Said(tongue.among(say(arg), members), "statement")
            case ir.Contains(arg=arg, members=members, every=every):
                return Said(tongue.includes(say(arg), [str(each) for each in members], every), "statement")
            case ir.HasYear(arg=arg, year=year):
                return Said(tongue.includes(say(arg), [say(year)], every=False), "statement")
            case ir.IsNone(arg=arg):
                return Said(tongue.has_no(say(arg)), "statement")
            case ir.Add(signs=signs, args=args):
                return Said(self.total(signs, args), "sum")
            case ir.Mul(inverse=inverse, args=args):
                return Said(self.product(inverse, args), "product")
            case ir.Extreme() if limits := limits_of(expr):
                inner, bounds = limits
                core = self.grouped(inner, "cases", "list")
                return Said(tongue.limited(core, [(say(limit), least) for limit, least in bounds]), "list")
            case ir.Extreme(largest=largest, args=args):
                parts = [self.grouped(each, "sum", "product", "cases", "list") for each in args]
                return Said(tongue.extreme(parts, largest), "list")
            case ir.Round(arg=arg, step=step, way=way):
                return Said(tongue.rounded(say(arg), tongue.numbers.show(step, expr.type), way))
            case ir.Calendar():
                arg, amount = unshifted(expr)
                return Said(tongue.calendar(expr, say(arg), amount))
            case ir.Match():
                return self.by_member(expr)
            case ir.Cases() if rows := rows_of(expr):
                return Said(tongue.clauses(tongue.in_days(start, end, say(each)) for start, end, each in rows), "cases")
            case ir.Cases() if cut := bands_of(expr):
                return self.bands(*cut)
            case ir.Cases(whens=whens, otherwise=otherwise):
                told = [tongue.by_case(say(when), say(then)) for when, then in whens]
                return Said(tongue.clauses([*told, tongue.otherwise(say(otherwise))]), "cases")
            case ir.Fail(code=code):
                return Said(tongue.numbers.ERRORS[code])
            case ir.Lookup(year=year, field_name=name):
                return Said(tongue.looked_up(say(year), name, isinstance(year, ir.Const)))
            case ir.Query():
                return self.query(expr)

    # ------------------------------------------------------------ readings and definitions
    def chosen(self, expr: ir.Choose) -> ir.Expr:
        options = next(each.options for each in self.program.readings if each.id == expr.reading)
        taken = self.readings.get(expr.reading, options[0][0])
        return expr.arms[[option for option, _ in options].index(taken)]

    def opened(self, expr: ir.Expr) -> ir.Expr:
        while isinstance(expr, ir.Choose):
            expr = self.chosen(expr)
        return expr

    def function(self, name: str) -> ir.Function:
        return next(each for each in self.program.functions if each.name == name)

    def inside(self, call: ir.Call) -> Writer:
        """Within the body of a definition, its parameters standing for the arguments."""
        function = self.function(call.function)
        bound = {
            name: Bound(self.said(arg), self.constant(arg))
            for (name, _), arg in zip(function.params, call.args, strict=True)
        }
        return evolve(self, params=bound, lists={}, depth=self.depth + 1)

    def constant(self, expr: ir.Expr) -> ir.Const | None:
        expr = self.opened(expr)
        if isinstance(expr, ir.Param) and expr.name in self.params:
            return self.params[expr.name].constant
        return expr if isinstance(expr, ir.Const) else None

    def call(self, call: ir.Call) -> Said:
        function = self.function(call.function)
        body = self.opened(function.body)
        thin = isinstance(body, THIN) or not (call.args or is_table(body) or is_of_peers(body))
        if self.opening and thin and self.depth < DEPTH and (call.args or call.type.kind != "bool"):
            return self.inside(call).said(function.body)
        if indicator(body) is not None:
            return self.inside(call).said(body)
        said = [(kind.kind, self.say(arg)) for (_, kind), arg in zip(function.params, call.args, strict=True)]
        times = [text for kind, text in said if kind in ("year", "month", "date")]
        enums = [text for kind, text in said if kind in ("enum", "text")]
        if call.type.kind == "bool":
            return Said(self.tongue.judged_by(call.function, enums, times))
        if rows_of(function.body) and len(times) == 1:
            return Said(self.tongue.on_day(times[0], call.function))
        direct = self.direct(function)
        return Said(self.tongue.defined(call.function, enums, times if direct else [], [] if direct else times))

    def direct(self, function: ir.Function) -> bool:
        """Whether a definition looks at the very year it is asked about, not only at years before it."""
        years = {name for name, kind in function.params if kind.kind == "year"}

        def looks(node: object) -> bool:
            match node:
                case ir.Calendar(op="shift_year", amount=amount) if amount < 0:
                    return False
                case ir.Call(function=name, args=args):
                    bare = any(isinstance(each, ir.Param) and each.name in years for each in args)
                    return (bare and self.direct(self.function(name))) or any(map(looks, args[: 0 if bare else None]))
                case ir.Param(name=name):
                    return name in years
                case tuple():
                    return any(map(looks, node))
                case ir.Node():
                    return any(map(looks, walk.children(node)))
            return False

        return looks(function.body) or not years

    # ------------------------------------------------------------ logic
    def several(self, expr: ir.And | ir.Or, args: Sequence[ir.Expr]) -> Said:
        both = isinstance(expr, ir.And)
        if len(args) == 1:
            return self.said(args[0])
        if not args:
            return Said(self.tongue.numbers.YES if both else self.tongue.numbers.NO)
        parts = [self.grouped(each, "or" if both else "and", "cases") for each in args]
        return Said(self.tongue.all_of(parts), "and") if both else Said(self.tongue.any_of(parts), "or")

    def negation(self, arg: ir.Expr) -> Said:
        tongue = self.tongue
        match self.opened(arg):
            case ir.IsNone(arg=held):
                return Said(tongue.has(self.say(held)), "statement")
            case ir.Field(name=name):
                return Said(tongue.is_no(name), "statement")
            case ir.Fact() | ir.Lookup() as fact:
                return Said(tongue.is_no(self.say(fact)), "statement")
            case ir.Query(kind="some") as found:
                return self.query(evolve(found, kind="none"))
            case ir.Query(kind="none") as missing:
                return self.query(evolve(missing, kind="some"))
            case other:
                return Said(tongue.negated(self.grouped(other, "and", "or", "cases")), "statement")

    def telling(self, args: Sequence[ir.Expr]) -> list[ir.Expr]:
        """The parts that say something: not those a reading makes constant, nor “there is an X” beside what says more of X."""

        def settled(each: ir.Expr) -> bool:
            opened = self.opened(each)
            if isinstance(opened, ir.Call):
                opened = self.opened(self.function(opened.function).body)
            return isinstance(opened, ir.Const)

        def guard(each: ir.Expr) -> bool:
            return isinstance(each, ir.Not) and isinstance(each.arg, ir.IsNone) and place(each.arg.arg) in compared

        sides = (side for each in args if isinstance(each, ir.Compare) for side in (each.left, each.right))
        compared = {where for each in sides if (where := place(each)) is not None}
        return [each for each in args if not settled(each) and not guard(each)]

    def by_member(self, expr: ir.Match) -> Said:
        known = self.constant(expr.subject)
        if known is not None:
            return self.said(next(then for members, then in expr.arms if known.value in members))
        year = indicator(expr)
        if year is not None:
            return Said(self.tongue.looked_up(self.say(year), self.say(expr.subject), False))
        subject = self.say(expr.subject)
        told = [self.tongue.by_member(subject, members, self.say(then)) for members, then in expr.arms]
        return Said(self.tongue.clauses(told), "cases")

    # ------------------------------------------------------------ arithmetic
    def operand(self, expr: ir.Expr) -> str:
        return self.grouped(expr, "cases", "list")

    def total(self, signs: Sequence[int], args: Sequence[ir.Expr]) -> str:
        text = ""
        for place, (sign, each) in enumerate(zip(signs, args, strict=True)):
            term = self.operand(each) if sign > 0 else self.grouped(each, "sum", "cases", "list")
            text += (f" {self.tongue.PLUS} " if place else "") + term if sign > 0 else f"{' ' if place else ''}− {term}"
        return text

    def product(self, inverse: Sequence[bool], args: Sequence[ir.Expr]) -> str:
        text = ""
        for place, (over, each) in enumerate(zip(inverse, args, strict=True)):
            forms: tuple[Form, ...] = ("sum", "product", "cases", "list") if over else ("sum", "cases", "list")
            factor = self.grouped(each, *forms)
            text += f" ÷ {factor}" if over and place else f"1 ÷ {factor}" if over else (" × " if place else "") + factor
        return text

    def bands(self, subject: ir.Expr, bands: Sequence[Row]) -> Said:
        parts = [
            self.tongue.band(
                None if low is None else self.operand(low),
                None if high is None else self.operand(high),
                self.operand(rate),
            )
            for low, high, rate in bands
        ]
        return Said(self.tongue.in_bands(self.operand(subject), parts), "list")

    # ------------------------------------------------------------ lists
    def query(self, expr: ir.Query) -> Said:
        if (found := foremost(expr)) is not None:
            return Said(self.tongue.foremost(found[0], self.say(found[1])), "statement")
        where = None if expr.where is None else self.said(expr.where)
        of = "" if where is None else where.text
        if expr.kind in ("some", "none", "every"):
            plain = where is None or where.form == "statement"
            return Said(self.tongue.quantified(expr.kind, of, expr.list, plain), "statement")
        value = "" if expr.value is None else self.grouped(expr.value, "sum", "product", "cases")
        return Said(self.tongue.aggregated(expr.kind, of, expr.list, value), "list" if of else "word")


THIN = (ir.Lookup, ir.Match, ir.Call, ir.Compare, ir.Calendar, ir.Param, ir.Const)


def say(tongue: Tongue, expr: ir.Expr, program: ir.Program, readings: dict[str, str] | None = None) -> str:
    """The expression in words, under the readings given, else the defaults."""
    return Writer(tongue, program, readings or {}).say(expr)


def limits_of(expr: ir.Expr) -> tuple[ir.Expr, list[tuple[ir.Const, bool]]] | None:
    """What is held between constants, and these from the innermost, each with whether it is the least it can be; None where there is no
    more than one."""
    bounds: list[tuple[ir.Const, bool]] = []
    while isinstance(expr, ir.Extreme) and len(expr.args) == 2:
        limits = [each for each in expr.args if isinstance(each, ir.Const)]
        if len(limits) != 1:
            break
        bounds.insert(0, (limits[0], expr.largest))
        expr = next(each for each in expr.args if each is not limits[0])
    return (expr, bounds) if len(bounds) > 1 else None


def indicator(body: ir.Expr) -> ir.Expr | None:
    """The year, where the body only looks up, by the name of an indicator (产值, 主营业务收入), the figure of that name."""
    if not isinstance(body, ir.Match):
        return None
    years = [then.year for members, then in body.arms if isinstance(then, ir.Lookup) and members == (then.field_name,)]
    return years[0] if len(years) == len(body.arms) and all(each == years[0] for each in years) else None


def unshifted(expr: ir.Calendar) -> tuple[ir.Expr, int]:
    """The year before the year before last is three years back."""
    if expr.op == "shift_year" and isinstance(expr.arg, ir.Calendar) and expr.arg.op == "shift_year":
        arg, amount = unshifted(expr.arg)
        return arg, amount + expr.amount
    return expr.arg, expr.amount


def is_table(body: ir.Expr) -> bool:
    """Whether a value goes by so many cases that it is a table, called by its name in a sentence."""
    return isinstance(body, ir.Cases) and len(body.whens) > 2 and not rows_of(body) and bands_of(body) is None


def place(expr: ir.Expr) -> tuple[str, str] | None:
    """Which fact or field an expression is, its type (optional or not) left out."""
    match expr:
        case ir.Fact(scope=scope, name=name):
            return scope, name
        case ir.Field(var=var, name=name):
            return var, name
    return None
