"""IR → the source of plain Python functions: three-address code that is fast where values are known.

What comes out is made of words of this file, of fresh names (``v1``, ``f2`` …) and of ``repr`` of the program's checked
identifiers and small constants; other constants are bound to names in the namespace. No one's text ever becomes code.

* Arithmetic and comparisons are Python operators: ``values.Absent`` answers them for values that are not there.
* And, or and case distinctions are ``while 1`` blocks that are left as soon as the answer is known.
* Readings are a tuple of option numbers, so a choice is ``R[7] == 0``.
* Code that is nested deeply goes on in a function of its own, so depth is bounded only by memory.

The helpers that the functions call are in ``support``; they are off the hot path, or take more than one operator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from attrs import define, evolve, field

from fayan_compiler.targets.python import support
from fayan_compiler.targets.python.operand import Names, Operand, either, guarded
from fayan_runtime import ir
from fayan_runtime.names import COUNTED, ENTERPRISE
from fayan_runtime.values import Failed

#: Levels of expression in one Python function (Python allows 20 nested loops and 100 indentations).
DEEPEST = 10
#: Levels of operators in one Python expression, and operands in a row.
LONGEST = 8


@define
class Module:
    """The Python module being written, and what it refers to."""

    program: ir.Program
    lines: list[str] = field(factory=list)
    namespace: dict[str, object] = field(factory=lambda: dict(support.NAMESPACE))
    readings: dict[str, int] = field(init=False)
    #: Definition → its name, and whether it may give None.
    functions: dict[str, tuple[str, bool]] = field(factory=dict)
    #: (scope, fact) → (number of the scope, order of declaration, declaration).
    facts: dict[tuple[str, str], tuple[int, int, ir.FactDecl]] = field(init=False)
    optional_fields: set[str] = field(init=False)
    _waiting: list[tuple[str, ir.Expr, Names]] = field(factory=list)
    _fresh: int = 0
    _constants: dict[object, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.readings = {reading.id: i for i, reading in enumerate(self.program.readings)}
        declared = [(i, scope.name, fact) for i, scope in enumerate(self.program.scopes) for fact in scope.facts]
        self.facts = {(scope, fact.name): (at, order, fact) for order, (at, scope, fact) in enumerate(declared)}
        fields = [each for _, _, fact in declared for each in fact.fields]
        self.optional_fields = {each.name for each in fields if each.type.optional}
        for function in self.program.functions:
            self.define(function)

    # ---- names

    def fresh(self, letter: str = "v") -> str:
        self._fresh += 1
        return f"{letter}{self._fresh}"

    def constant(self, value: object) -> str:
        """A literal where it is short, else a name for the value."""
        if value is None or value.__class__ in (bool, int, str):
            return f"({value!r})" if value.__class__ is int else repr(value)
        try:
            key = (value.__class__, value)
            name = self._constants.get(key)
        except TypeError:
            return self._bind(value)
        if name is None:
            name = self._constants[key] = self._bind(value)
        return name

    def failed(self, code: str, line: int) -> str:
        name = self._constants.get((code, line))
        if name is None:
            name = self._constants[(code, line)] = self._bind(Failed(code, line))
        return name

    def _bind(self, value: object) -> str:
        name = self.fresh("k")
        self.namespace[name] = value
        return name

    # ---- functions

    def define(self, function: ir.Function) -> None:
        """A definition. One without parameters is computed once for each decision."""
        params = {name: Operand(self.fresh("p"), none=type.optional) for name, type in function.params}
        name = self.fresh("f")
        slot = None if params else len(self.functions)
        self.functions[function.name] = name, self.function(name, function.body, Names(params), slot)

    def function(self, name: str, expr: ir.Expr, names: Names, slot: int | None = None) -> bool:
        """``def name(c, …)`` that returns the expression's value, remembered in ``slot`` where there is one; whether it may be None."""
        with self.body(name, names) as body:
            if slot is not None:
                body.line(f"v = c.M[{slot}]")
                body.line("if v is not ...: return v")
            value = body.emit(expr, names, 0)
            body.line(f"return {value.text}" if slot is None else f"c.M[{slot}] = v = {value.text}")
            if slot is not None:
                body.line("return v")
        return value.none

    def add(self, expr: ir.Expr, names: Names, needed: int | None = None) -> str:
        """The name of a new function for an expression; ``needed`` is the line of the error where None is one."""
        name = self.fresh("f")
        with self.body(name, names) as body:
            value = body.emit(expr, names, 0)
            body.line(f"return {(value if needed is None else body.need(value, needed)).text}")
        return name

    def later(self, expr: ir.Expr, names: Names) -> str:
        """A call of a function yet to be written."""
        name = self.fresh("f")
        self._waiting.append((name, expr, names))
        return f"{name}({', '.join(['c', *names.all()])})"

    @contextmanager
    def body(self, name: str, names: Names, *more: str) -> Iterator[Body]:
        """The body of a new function."""
        body = Body(self)
        yield body
        self.lines.append(f"def {name}({', '.join(['c', *names.all(), *more])}):")
        self.lines += [f" {letter} = c.{letter}" for letter in sorted(body.uses)]
        self.lines += body.lines

    def compile(self) -> dict[str, Any]:
        """Run the module: its functions by name."""
        while self._waiting:
            self.function(*self._waiting.pop())
        source = "\n".join(self.lines)
        exec(compile(source, "<fayan>", "exec", dont_inherit=True, optimize=0), self.namespace)
        return self.namespace


@define
class Body:
    """The statements of one Python function being written."""

    module: Module
    lines: list[str] = field(factory=list)
    uses: set[str] = field(factory=set)
    indent: int = 1

    def line(self, text: str) -> None:
        self.lines.append(" " * self.indent + text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        self.line(head)
        self.indent += 1
        yield
        self.indent -= 1

    def use(self, letter: str) -> str:
        self.uses.add(letter)
        return letter

    # ---- operands

    def keep(self, operand: Operand) -> Operand:
        """The operand under a name, so that it can be used several times."""
        if operand.plain:
            return operand
        name = self.module.fresh()
        self.line(f"{name} = {operand.text}")
        return evolve(operand, text=name, size=0)

    def short(self, operand: Operand) -> Operand:
        return self.keep(operand) if operand.size >= LONGEST else operand

    def need(self, operand: Operand, line: int) -> Operand:
        """The operand where a value is needed: None is an error."""
        if not operand.none:
            return operand
        value = self.keep(operand).text
        name = self.module.fresh()
        self.line(f"{name} = {value} if {value} is not None else {self.module.failed('no-value', line)}")
        return Operand(name)

    def emit(self, expr: ir.Expr, names: Names, level: int) -> Operand:
        """The operand that has the expression's value once the statements written so far have run."""
        if level > DEEPEST and not isinstance(expr, LEAVES):
            return Operand(self.module.later(expr, names), none=True, size=1)
        return self.EMIT[expr.__class__](self, expr, names, level + 1)

    def strict(self, expr: ir.Expr, names: Names, level: int, line: int) -> Operand:
        """The operand of a strict operation."""
        return self.short(self.need(self.emit(expr, names, level), line))

    # ---- leaves

    def _const(self, expr: ir.Const, names: Names, level: int) -> Operand:
        return Operand(self.module.constant(expr.value), known=True, none=expr.value is None)

    def _param(self, expr: ir.Param, names: Names, level: int) -> Operand:
        return Operand(self.use("D"), known=True) if expr.name == "评估日" else names.params[expr.name]

    def _fact(self, expr: ir.Fact, names: Names, level: int) -> Operand:
        _, _, fact = self.module.facts[expr.scope, expr.name]
        return Operand(self.scope(expr.scope, expr.name), none=fact.type.optional, size=1)

    def scope(self, scope: str, name: str) -> str:
        at, _, _ = self.module.facts[scope, name]
        return f"{self.use('S')}[{at}][{name!r}]"

    def _field(self, expr: ir.Field, names: Names, level: int) -> Operand:
        _, row = names.items[expr.var]
        return Operand(
            f"{row}[{expr.name!r}]", none=expr.type.optional or expr.name in self.module.optional_fields, size=1
        )

    def _index(self, expr: ir.Index, names: Names, level: int) -> Operand:
        return Operand(f"({names.items[expr.var][0]} + 1)", known=True, size=1)

    def _fail(self, expr: ir.Fail, names: Names, level: int) -> Operand:
        return Operand(self.module.failed(expr.code, expr.origin.line))

    # ---- choices

    def _choose(self, expr: ir.Choose, names: Names, level: int) -> Operand:
        option = f"{self.use('R')}[{self.module.readings[expr.reading]}]"
        if all(isinstance(arm, ir.Const) for arm in expr.arms):
            values = tuple(arm.value for arm in expr.arms if isinstance(arm, ir.Const))
            return Operand(f"{self.module.constant(values)}[{option}]", known=True, none=None in values, size=1)
        result = self.module.fresh()
        arms = []
        for number, arm in enumerate(expr.arms):
            with self.block(f"if {option} == {number}:"):
                arms.append(self._set(result, arm, names, level))
        return either(result, arms)

    def _set(self, result: str, expr: ir.Expr, names: Names, level: int) -> Operand:
        operand = self.emit(expr, names, level)
        self.line(f"{result} = {operand.text}")
        return operand

    def _match(self, expr: ir.Match, names: Names, level: int) -> Operand:
        subject = self.keep(self.strict(expr.subject, names, level, expr.origin.line))
        s = subject.text
        if all(isinstance(arm, ir.Const) for _, arm in expr.arms):
            table = {name: arm.value for members, arm in expr.arms if isinstance(arm, ir.Const) for name in members}
            t = self.module.constant(table)
            none = None in table.values()
            if subject.known:
                return Operand(f"{t}[{s}]", known=True, none=none, size=1)
            return Operand(f"({t}[{s}] if {s}.__class__ is str else of_table({s}, {t}))", none=none, size=1)
        result, every = self.module.fresh(), "" if subject.known else self.module.fresh()
        if every:
            self.line(f"{every} = None if {s}.__class__ is str else []")
        arms = []
        for members, arm in expr.arms:
            test = (
                f"{s} == {members[0]!r}" if len(members) == 1 else f"{s} in {self.module.constant(frozenset(members))}"
            )
            with self.block(f"if {every} is not None or {test}:" if every else f"if {test}:"):
                arms.append(self._set(result, arm, names, level))
                if every:
                    self.line(f"if {every} is not None: {every}.append({result})")
        if every:
            self.line(f"if {every} is not None: {result} = of_arms({s}, {every})")
        return evolve(either(result, arms), known=subject.known and all(arm.known for arm in arms))

    def _cases(self, expr: ir.Cases, names: Names, level: int) -> Operand:
        result, open = self.module.fresh(), self.module.fresh()
        arms = []
        self.line(f"{open} = None")
        sure = True
        with self.block("while 1:"):
            for when, value in expr.whens:
                test = self.keep(self.strict(when, names, level, expr.origin.line))
                sure = sure and test.known
                with self.block(f"if {test.text} is not False:"):
                    if not test.known:
                        with self.block(f"if {test.text}.__class__ is Failed:"):
                            self.line(f"{result} = {test.text}")
                            self.line("break")
                    arms.append(self._set(result, value, names, level))
                    self.line(f"if {test.text} is True: break")
                    self.line(f"if {open} is None: {open} = []")
                    self.line(f"{open}.append(({test.text}, {result}))")
            arms.append(self._set(result, expr.otherwise, names, level))
            self.line("break")
        self.line(f"if {open} is not None: {result} = of_cases({open}, {result})")
        return evolve(either(result, arms), known=sure and all(arm.known for arm in arms))

    def _call(self, expr: ir.Call, names: Names, level: int) -> Operand:
        name, none = self.module.functions[expr.function]
        args = [self.short(self.emit(arg, names, level)) for arg in expr.args]
        size = 1 + max((arg.size for arg in args), default=0)
        return Operand(f"{name}({', '.join(['c', *(arg.text for arg in args)])})", none=none, size=size)

    # ---- logic

    def _not(self, expr: ir.Not, names: Names, level: int) -> Operand:
        arg = self.keep(self.strict(expr.arg, names, level, expr.origin.line))
        if arg.known:
            return Operand(f"(not {arg.text})", known=True, size=1)
        return Operand(f"(not {arg.text} if {arg.text}.__class__ is bool else {arg.text})", size=1)

    def _logic(self, expr: ir.And | ir.Or, names: Names, level: int) -> Operand:
        if len(expr.args) == 1:
            return self.strict(expr.args[0], names, level, expr.origin.line)
        absorbing = isinstance(expr, ir.Or)
        result, sure = self.module.fresh(), True
        self.line(f"{result} = {not absorbing}")
        with self.block("while 1:"):
            for arg in expr.args:
                operand = self.keep(self.strict(arg, names, level, expr.origin.line))
                sure = sure and operand.known
                with self.block(f"if {operand.text} is not {not absorbing}:"):
                    if operand.known:
                        self.line(f"{result} = {absorbing}; break")
                    else:
                        self.line(f"if {operand.text} is {absorbing}: {result} = {absorbing}; break")
                        self.line(f"{result} = undecided({result}, {operand.text})")
            self.line("break")
        return Operand(result, known=sure)

    def _compare(self, expr: ir.Compare, names: Names, level: int) -> Operand:
        left = self.strict(expr.left, names, level, expr.origin.line)
        right = self.strict(expr.right, names, level, expr.origin.line)
        known = left.known and right.known
        return Operand(f"({left.text} {expr.op} {right.text})", known=known, size=1 + max(left.size, right.size))

    def _one_of(self, expr: ir.OneOf, names: Names, level: int) -> Operand:
        arg = self.keep(self.strict(expr.arg, names, level, expr.origin.line))
        members = self.module.constant(frozenset(expr.members))
        return guarded(f"{arg.text} in {members}", arg, "str")

    def _contains(self, expr: ir.Contains, names: Names, level: int) -> Operand:
        arg = self.keep(self.strict(expr.arg, names, level, expr.origin.line))
        members = self.module.constant(frozenset(expr.members))
        return guarded(
            f"{members} <= {arg.text}" if expr.every else f"not {members}.isdisjoint({arg.text})", arg, "frozenset"
        )

    def _has_year(self, expr: ir.HasYear, names: Names, level: int) -> Operand:
        held = self.keep(self.strict(expr.arg, names, level, expr.origin.line))
        year = self.keep(self.strict(expr.year, names, level, expr.origin.line))
        test = f"{held.text}.__class__ is frozenset and {year.text}.__class__ is int"
        return Operand(f"({year.text} in {held.text} if {test} else strict({held.text}, {year.text}))", size=1)

    def _is_none(self, expr: ir.IsNone, names: Names, level: int) -> Operand:
        arg = self.keep(self.emit(expr.arg, names, level))
        if arg.known:
            return Operand(f"({arg.text} is None)" if arg.none else "False", known=True, size=1)
        return Operand(f"({arg.text} if {arg.text}.__class__ in ABSENT else {arg.text} is None)", size=1)

    # ---- numbers and dates

    def _add(self, expr: ir.Add, names: Names, level: int) -> Operand:
        total = Operand("", known=True)
        for number, (sign, arg) in enumerate(zip(expr.signs, expr.args, strict=True)):
            term = self.strict(arg, names, level, expr.origin.line)
            start = total.text or ("0" if sign < 0 else "")
            text = f"{start} {'+' if sign > 0 else '-'} {term.text}" if start else term.text
            total = Operand(text, known=total.known and term.known, size=max(total.size, term.size + 1))
            if number % LONGEST == LONGEST - 1:
                total = self.keep(evolve(total, size=1))
        return evolve(total, text=f"({total.text})", size=total.size + 1)

    def _mul(self, expr: ir.Mul, names: Names, level: int) -> Operand:
        value = Operand("", known=True)
        for inverse, arg in zip(expr.inverse, expr.args, strict=True):
            factor = self.strict(arg, names, level, expr.origin.line)
            known, size = value.known and factor.known, 1 + max(value.size, factor.size)
            if inverse:
                safe = known and isinstance(arg, ir.Const) and arg.value != 0
                text = f"divide({value.text or '1'}, {factor.text}, {self.module.failed('division-by-zero', expr.origin.line)})"
                value = Operand(text, known=safe, size=size)
            elif value.text:
                value = Operand(f"({value.text} * {factor.text})", known=known, size=size)
            else:
                value = evolve(factor, size=size)
            value = self.short(value)
        return value

    def _extreme(self, expr: ir.Extreme, names: Names, level: int) -> Operand:
        best = self.keep(self.strict(expr.args[0], names, level, expr.origin.line))
        op = ">" if expr.largest else "<"
        for arg in expr.args[1:]:
            other = self.keep(self.strict(arg, names, level, expr.origin.line))
            o, b = other.text, best.text
            known = other.known and best.known
            if known:
                text = f"{o} if {o} {op} {b} else {b}"
            else:
                test = self.keep(Operand(f"{o} {op} {b}", size=1)).text
                text = f"{o} if {test} is True else {b} if {test} is False else strict({b}, {o})"
            best = self.keep(Operand(text, known=known, size=1))
        return best

    def _round(self, expr: ir.Round, names: Names, level: int) -> Operand:
        arg = self.keep(self.strict(expr.arg, names, level, expr.origin.line))
        return Operand(f"rounded({arg.text}, {self.module.constant(expr.step)}, {expr.way!r})", size=1)

    def _calendar(self, expr: ir.Calendar, names: Names, level: int) -> Operand:
        arg = self.keep(self.strict(expr.arg, names, level, expr.origin.line))
        if expr.op == "year_of":
            if expr.arg.type.kind == "date":
                return guarded(f"{arg.text}.year", arg, "date")
            return guarded(f"{arg.text} // 12", arg, "int")
        failed = self.module.failed("date-out-of-range", expr.origin.line)
        return Operand(f"{expr.op}({arg.text}, {self.module.constant(expr.amount)}, {failed})", size=1)

    # ---- lists

    def _lookup(self, expr: ir.Lookup, names: Names, level: int) -> Operand:
        year = self.keep(self.strict(expr.year, names, level, expr.origin.line))
        _, order, fact = self.module.facts[ENTERPRISE, expr.list]
        column = [each.name for each in fact.fields].index(expr.field_name)
        rows, row = self.keep(Operand(self.scope(ENTERPRISE, expr.list), size=1)).text, self.module.fresh()
        self.line(f"{row} = {rows}.get({year.text}) if {rows}.__class__ is dict else None")
        path = self.module.constant((order, column, expr.list, expr.field_name))
        text = f"({row}[{expr.field_name!r}] if {row} is not None else lacking({year.text}, {path}))"
        return self.need(Operand(text, none=True, size=1), expr.origin.line)

    def _query(self, expr: ir.Query, names: Names, level: int) -> Operand:
        result = self.module.fresh()
        if expr.list == COUNTED:
            self._loop(expr, result, names, names.counted, level)
            return Operand(result, none=expr.kind in ("min", "max"))
        rows = self.keep(Operand(self.scope(ENTERPRISE, expr.list), size=1)).text
        self.line(f"if {rows}.__class__ is Unknown: {result} = {rows}")
        with self.block("else:"):
            self._loop(expr, result, names, rows, level)
        return Operand(result, none=expr.kind in ("min", "max"))

    def _loop(self, expr: ir.Query, result: str, names: Names, rows: str, level: int) -> None:
        """Set ``result`` from the rows that are known."""
        line = expr.origin.line
        index, row = self.module.fresh("i"), self.module.fresh("r")
        inner = names.bind(expr.var, (index, row))
        start = {"some": "False", "none": "True", "every": "True", "count": "0", "sum": "0"}
        self.line(f"{result} = {start.get(expr.kind, '[]')}")
        source = rows if expr.list == COUNTED else f"enumerate({rows})"
        with self.block(f"for {index}, {row} in {source}:"):
            holds = Operand("True", known=True)
            if expr.where is not None:
                holds = self.keep(self.strict(expr.where, inner, level, line))
            w = holds.text
            if expr.kind in ("some", "none", "every"):
                decisive = expr.kind != "every"
                self.line(f"if {w} is {decisive}: {result} = {expr.kind == 'some'}; break")
                self.line(f"if {w} is not {not decisive}: {result} = undecided({result}, {w})")
                return
            with self.block(f"if {w} is True:"):
                value = Operand("1", known=True)
                if expr.value is not None:
                    value = self.strict(expr.value, inner, level, line)
                add = f"{result} = {result} + {{}}" if expr.kind in ("count", "sum") else f"{result}.append({{}})"
                self.line(add.format(value.text))
            if not holds.known:
                self.line(f"elif {w} is not False: {add.format(w)}")
        if expr.kind in ("min", "max"):
            self.line(f"{result} = extreme({result}, {expr.kind})")
        elif expr.kind == "the":
            self.line(f"{result} = the({result}, {self.module.failed('not-one', line)})")

    EMIT: ClassVar[dict[type, Callable[[Body, Any, Names, int], Operand]]] = {
        ir.Const: _const, ir.Param: _param, ir.Fact: _fact, ir.Field: _field, ir.Index: _index, ir.Choose: _choose,
        ir.Match: _match, ir.Cases: _cases, ir.Call: _call, ir.Not: _not, ir.And: _logic, ir.Or: _logic,
        ir.Compare: _compare, ir.OneOf: _one_of, ir.Contains: _contains, ir.HasYear: _has_year, ir.IsNone: _is_none,
        ir.Add: _add, ir.Mul: _mul, ir.Extreme: _extreme, ir.Round: _round, ir.Calendar: _calendar, ir.Fail: _fail, ir.Lookup: _lookup,
        ir.Query: _query,
    }  # fmt: skip


LEAVES = (ir.Const, ir.Param, ir.Fact, ir.Field, ir.Index)
