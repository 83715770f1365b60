"""Members of a type that one version alone has a word for: what the other makes of an enterprise that is such a thing.

A version is asked with what it can be told, and grants nothing by what it cannot name. A row with a member it has no word for is not there
for it; a set is without the member; a fact that may be none is none; any other is not given, and then what it is by default, what it is
worked out as, or not known. This is said twice: of facts (``Words.told``), on which a version is run, and of a program
(``Words.of_both``), which formulas about one enterprise of both versions are made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import define, evolve, fields, has

from fayan_compiler.targets.smt.expressions import UNTOLD
from fayan_runtime import ir, walk
from fayan_runtime.names import ENTERPRISE, OWN
from fayan_runtime.verdicts import Plain

BOOL = ir.Type("bool")


@define(eq=False, slots=False)
class Words:
    """Those of one version, beside another."""

    program: ir.Program
    other: ir.Program

    @cached_property
    def lacking(self) -> dict[str, tuple[str, ...]]:
        """Of the types that both have, the members that only the other has."""
        theirs = {each.name: each.members for each in self.other.enums}
        found = {
            each.name: tuple(sorted({*theirs.get(each.name, ())} - {*each.members})) for each in self.program.enums
        }
        return {name: members for name, members in found.items() if members}

    def lacks(self, type: ir.Type) -> tuple[str, ...]:
        return self.lacking.get(type.name, ()) if type.kind in ("enum", "set") else ()

    @cached_property
    def facts(self) -> dict[tuple[str, str], ir.FactDecl]:
        return {(scope.name, fact.name): fact for scope in self.program.scopes for fact in scope.facts}

    # ------------------------------------------------------------ of facts
    def told(self, facts: Plain) -> tuple[Plain, frozenset[str]]:
        """What the version can be told of them, and the paths of facts that it cannot be given for want of a word."""
        if not self.lacking:
            return facts, frozenset()
        told: Plain = {}
        left_out: list[str] = []
        for scope, own in facts.items():
            told[scope] = {}
            for name, value in own.items():
                declared = self.facts.get((scope, name))
                path = name if scope == ENTERPRISE else f"{scope}.{name}"
                if declared is None:
                    told[scope][name] = value
                elif declared.fields and isinstance(value, list):
                    told[scope][name] = list(self._rows(declared, value, path, left_out))
                else:
                    self._put(told[scope], declared, value, path, left_out)
        return told, frozenset(left_out)

    def _rows(
        self, declared: ir.FactDecl, rows: list[dict[str, object]], path: str, left_out: list[str]
    ) -> Iterator[dict[str, object]]:
        columns = {each.name: each for each in declared.fields}
        for row in rows:
            if not declared.series and any(
                each in self.lacks(columns[name].type)
                for name, each in row.items()
                if name in columns and columns[name].type.kind == "enum"
            ):
                continue
            told: dict[str, object] = {}
            for name, each in row.items():
                if name in columns:
                    self._put(told, columns[name], each, f"{path}[{row.get('年度')}].{name}", left_out)
                else:
                    told[name] = each
            yield told

    def _put(
        self, told: dict[str, object], declared: ir.FactDecl, value: object, path: str, left_out: list[str]
    ) -> None:
        lacks = self.lacks(declared.type)
        if declared.type.kind == "set" and isinstance(value, list):
            told[declared.name] = [each for each in value if each not in lacks]
        elif value not in lacks:
            told[declared.name] = value
        elif declared.type.optional:
            told[declared.name] = None
        else:
            left_out.append(path)

    # ------------------------------------------------------------ of the program
    @cached_property
    def of_both(self) -> ir.Program:
        """The same program over the members of both versions."""
        if not self.lacking:
            return self.program
        made: ir.Program = self._of(self.program, {})
        enums = (evolve(each, members=each.members + self.lacking.get(each.name, ())) for each in made.enums)
        return evolve(made, enums=tuple(enums))

    def _of(self, thing: Any, over: Mapping[str, str]) -> Any:
        """``over``: the list that each variable ranges over."""
        if isinstance(thing, tuple):
            return tuple(self._of(each, over) for each in thing)
        if isinstance(thing, ir.Node):
            return self._expression(thing, over)  # type: ignore[arg-type]
        if not has(type(thing)) or isinstance(thing, ir.Origin | ir.Type):
            return thing
        if isinstance(thing, ir.Provision):
            over = {OWN: thing.each}
        elif isinstance(thing, ir.Offset):
            over = {OWN: thing.list}
        changed = {
            each.name: new
            for each in fields(type(thing))
            if (new := self._of(value := getattr(thing, each.name), over)) is not value and new != value
        }
        made = evolve(thing, **changed) if changed else thing
        if isinstance(made, ir.Provision | ir.Offset) and (told := self._row_told(over[OWN], OWN)) is not None:
            made = evolve(made, among=(*made.among, ir.Condition(name="", expr=told)))
        return made

    def _expression(self, expr: ir.Expr, over: Mapping[str, str]) -> ir.Expr:
        if isinstance(expr, ir.Query):
            over = {**over, expr.var: expr.list}
        if self._of_positions(expr):
            return expr
        made = walk.rebuilt(expr, lambda each: each if self._as_position(expr, each) else self._expression(each, over))
        match made:
            case ir.Fact():
                return self._single(made, self.facts[made.scope, made.name], derived=(made.scope, made.name))
            case ir.Lookup():
                columns = self.facts[ENTERPRISE, made.list].fields
                return self._single(made, next(each for each in columns if each.name == made.field_name))
            case ir.Query() if (told := self._row_told(made.list, made.var)) is not None:
                return self._query(made, told)
            case ir.Index():
                return self._position(made, over.get(made.var, ""))
            case ir.Compare() if made.left.type.kind == "set" and self.lacks(made.left.type):
                # whether sets are equal is another thing in each version, and nothing that formulas can say
                return ir.Param(type=BOOL, name=f"sets without {self.lacking}")
        return made

    def _of_positions(self, expr: ir.Expr) -> bool:
        """Which of two rows comes first: the same of all rows and of those that are there."""
        sides = (expr.left, expr.right) if isinstance(expr, ir.Compare) else ()
        return bool(sides) and all(
            isinstance(each, ir.Index) or (isinstance(each, ir.Param) and each.name in self._positions)
            for each in sides
        )

    def _as_position(self, call: ir.Expr, arg: ir.Expr) -> bool:
        return (
            isinstance(call, ir.Call)
            and isinstance(arg, ir.Index)
            and any(
                each is arg and name in self._positions
                for each, (name, _) in zip(call.args, self._functions[call.function].params, strict=True)
            )
        )

    @cached_property
    def _functions(self) -> dict[str, ir.Function]:
        return {each.name: each for each in self.program.functions}

    @cached_property
    def _positions(self) -> frozenset[str]:
        """Parameters that stand for positions only, and are only compared with positions."""
        given: dict[str, list[bool]] = {}
        for expr in walk.inside(self.program):
            if isinstance(expr, ir.Call):
                for arg, (name, _) in zip(expr.args, self._functions[expr.function].params, strict=True):
                    given.setdefault(name, []).append(isinstance(arg, ir.Index))
            inner = walk.children(expr)
            beside = isinstance(expr, ir.Compare) and isinstance(expr.left, ir.Index) != isinstance(
                expr.right, ir.Index
            )
            for each in inner:
                if isinstance(each, ir.Param):
                    given.setdefault(each.name, []).append(beside)
        return frozenset(name for name, all_so in given.items() if all(all_so))

    def _position(self, expr: ir.Index, name: str) -> ir.Expr:
        """Among the rows that are there for this version."""
        var = f"{expr.var}·"
        told = self._row_told(name, var)
        if told is None:
            return expr
        first = ir.Compare(type=BOOL, op="<=", left=ir.Index(type=expr.type, var=var), right=expr)
        where = ir.And(type=BOOL, args=(told, first))
        return ir.Query(type=expr.type, kind="count", list=name, var=var, where=where, value=None)

    def _single(self, expr: ir.Expr, declared: ir.FactDecl, derived: tuple[str, str] | None = None) -> ir.Expr:
        lacks = self.lacks(declared.type) if declared.type.kind == "enum" else ()
        if not lacks:
            return expr
        foreign: ir.Expr = ir.OneOf(type=BOOL, arg=expr, members=lacks)
        otherwise: ir.Expr = ir.Fail(type=expr.type, code=UNTOLD)
        function = next((each.function for each in self.program.derived if (each.scope, each.fact) == derived), "")
        if declared.type.optional:
            given = ir.Not(type=BOOL, arg=ir.IsNone(type=BOOL, arg=expr))
            foreign = ir.And(type=BOOL, args=(given, foreign))
            otherwise = ir.Const(type=expr.type, value=None)
        elif declared.has_default:
            otherwise = ir.Const(type=expr.type, value=declared.default)
        elif function:
            otherwise = ir.Call(type=expr.type, function=function, args=())
        return ir.Cases(type=expr.type, whens=((foreign, otherwise),), otherwise=expr)

    def _row_told(self, name: str, var: str) -> ir.Expr | None:
        """That a row is there for this version: it has a word for each member in it. None where it has for all there can be."""
        declared = self.facts.get((ENTERPRISE, name))
        tests: list[ir.Expr] = []
        for each in declared.fields if declared is not None and not declared.series else ():
            if each.type.kind == "enum" and (lacks := self.lacks(each.type)):
                value = ir.Field(type=each.type, var=var, name=each.name)
                test: ir.Expr = ir.Not(type=BOOL, arg=ir.OneOf(type=BOOL, arg=value, members=lacks))
                if each.type.optional:
                    test = ir.Or(type=BOOL, args=(ir.IsNone(type=BOOL, arg=value), test))
                tests.append(test)
        return ir.And(type=BOOL, args=tuple(tests)) if tests else None

    @staticmethod
    def _query(query: ir.Query, told: ir.Expr) -> ir.Query:
        if query.where is None:
            return query if query.kind == "every" else evolve(query, where=told)
        if query.kind == "every":
            return evolve(query, where=ir.Or(type=BOOL, args=(ir.Not(type=BOOL, arg=told), query.where)))
        return evolve(query, where=ir.And(type=BOOL, args=(told, query.where)))
