"""Expressions as they are written, without values."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.explain.phrase.bands import bands_of
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.interpreter import ENTERPRISE


@frozen
class Names:
    """What parameters stand for: the phrases of the arguments, or their own names."""

    program: ir.Program
    readings: dict[str, str]
    params: dict[str, str]
    depth: int = 0


def say(tongue: Tongue, expr: ir.Expr, program: ir.Program, readings: dict[str, str] | None = None) -> str:
    """The expression in words, under the readings given (else the defaults), definitions of conditions opened."""
    chosen = {each.id: each.options[0][0] for each in program.readings if each.options} | (readings or {})
    return _say(tongue, expr, Names(program, chosen, {}))


def _say(tongue: Tongue, expr: ir.Expr, names: Names) -> str:
    def inner(each: ir.Expr) -> str:
        return _say(tongue, each, names)

    def grouped(each: ir.Expr, *kinds: type) -> str:
        return tongue.bracket(inner(each)) if isinstance(_opened(each, names), kinds) else inner(each)

    match expr:
        case ir.Const(value=value):
            return tongue.constant(value, expr)
        case ir.Choose(reading=reading, arms=arms):
            return inner(arms[_option(reading, names)])
        case ir.Param(name=name):
            return names.params.get(name) or tongue.TODAY.get(name, name)
        case ir.Fact(scope=scope, name=name):
            return name if scope == ENTERPRISE else tongue.scoped(scope, name)
        case ir.Field(name=name):
            return name
        case ir.Index():
            return tongue.order()
        case ir.Call(function=name, args=args):
            return _say_call(tongue, name, args, expr, names)
        case ir.Not(arg=arg):
            return tongue.has(inner(arg.arg)) if isinstance(arg, ir.IsNone) else tongue.negated(inner(arg))
        case ir.And(args=args):
            return tongue.all_of([grouped(each, ir.Or) for each in _live(args, names)]) or tongue.numbers.YES
        case ir.Or(args=args):
            return tongue.any_of([grouped(each, ir.And) for each in _live(args, names)]) or tongue.numbers.NO
        case ir.Compare(left=left, right=right):
            return tongue.comparison(inner(left), expr, inner(right))
        case ir.OneOf(arg=arg, members=members):
            return tongue.among(inner(arg), members)
        case ir.Contains(arg=arg, members=members, every=every):
            return tongue.includes(inner(arg), [str(each) for each in members], every)
        case ir.HasYear(arg=arg, year=year):
            return tongue.includes(inner(arg), [inner(year)], every=False)
        case ir.IsNone(arg=arg):
            return tongue.has_no(inner(arg))
        case ir.Add(signs=signs, args=args):
            terms = [("＋" if sign > 0 else "−") + inner(each) for sign, each in zip(signs, args, strict=True)]
            return " ".join(f"{term[0]} {term[1:]}" for term in terms).removeprefix("＋ ")
        case ir.Mul(inverse=inverse, args=args):
            factors = [
                ("÷ " if over else "× ") + grouped(each, ir.Add) for over, each in zip(inverse, args, strict=True)
            ]
            return " ".join(factors).removeprefix("× ")
        case ir.Extreme(largest=largest, args=args):
            return tongue.extreme([inner(each) for each in args], largest)
        case ir.Calendar(op=op, arg=arg, amount=amount):
            return tongue.calendar(op, inner(arg), amount)
        case ir.Match(subject=subject, arms=arms):
            return tongue.clauses(tongue.by_member(inner(subject), members, inner(each)) for members, each in arms)
        case ir.Cases() if rows := rows_of(expr):
            return tongue.clauses(tongue.in_days(start, end, inner(each)) for start, end, each in rows)
        case ir.Cases() if cut := bands_of(expr):
            subject, bands = cut
            parts = [
                tongue.band(None if low is None else inner(low), None if high is None else inner(high), inner(rate))
                for low, high, rate in bands
            ]
            return tongue.in_bands(inner(subject), parts)
        case ir.Cases(whens=whens, otherwise=otherwise):
            told = [tongue.by_case(inner(when), inner(then)) for when, then in whens]
            return tongue.clauses([*told, tongue.otherwise(inner(otherwise))])
        case ir.Fail(code=code):
            return tongue.numbers.ERRORS[code]
        case ir.Lookup(year=year, field_name=name):
            return tongue.looked_up(inner(year), name, isinstance(year, ir.Const))
        case ir.Query(kind=kind, list=name, where=where, value=asked):
            of = "" if where is None else inner(where)
            if kind in ("some", "none", "every"):
                return tongue.quantified(kind, of, name)
            return tongue.aggregated(kind, of, name, "" if asked is None else inner(asked))


def _live(args: Sequence[ir.Expr], names: Names) -> list[ir.Expr]:
    """The parts that say something: not those a reading, or a definition under it, makes constant."""

    def settled(each: ir.Expr) -> bool:
        opened = _opened(each, names)
        if isinstance(opened, ir.Call):
            opened = _opened(next(f.body for f in names.program.functions if f.name == opened.function), names)
        return isinstance(opened, ir.Const)

    return [each for each in args if not settled(each)]


def _opened(expr: ir.Expr, names: Names) -> ir.Expr:
    while isinstance(expr, ir.Choose):
        expr = expr.arms[_option(expr.reading, names)]
    return expr


def _option(reading: str, names: Names) -> int:
    options = next(each.options for each in names.program.readings if each.id == reading)
    return [option for option, _ in options].index(names.readings[reading])


def _say_call(tongue: Tongue, name: str, args: Sequence[ir.Expr], expr: ir.Expr, names: Names) -> str:
    function = next(each for each in names.program.functions if each.name == name)
    said = {param: _say(tongue, arg, names) for (param, _), arg in zip(function.params, args, strict=True)}
    body = Names(names.program, names.readings, said, names.depth + 1)
    opened = _opened(function.body, names)
    thin = not args or isinstance(opened, (ir.Lookup, ir.Match, ir.Call, ir.Compare, ir.Calendar, ir.Param, ir.Const))
    if thin and names.depth < 6 and (args or expr.type.kind != "bool"):
        return _say(tongue, function.body, body)
    kinds = [
        (kind.kind, text)
        for (_, kind), text in zip(function.params, said.values(), strict=True)
        if kind.kind != "number"
    ]
    if expr.type.kind == "bool":
        return tongue.judged_by(name, [text for _, text in kinds])
    times = [text for kind, text in kinds if kind != "enum"]
    if rows_of(function.body) and len(times) == 1:
        return tongue.on_day(times[0], name)
    enums = [text for kind, text in kinds if kind == "enum"]
    return tongue.defined(name, enums, times, []) if _direct(function.body) else tongue.defined(name, enums, [], times)


def _direct(body: ir.Expr) -> bool:
    """Whether a definition looks at the very year it is asked about."""
    from fayan_runtime.explain.policy_parts import expressions

    def bare_year(each: ir.Expr) -> bool:
        return isinstance(each, ir.Param) and each.type.kind == "year"

    return any(
        any(map(bare_year, each.args)) if isinstance(each, ir.Call) and each.type.kind == "number" else False
        for each in expressions(body)
    )
