"""Missing facts as short codes, which a database can carry: ``order.item.field`` by their places among all facts from 0, or ``order`` alone."""

from __future__ import annotations

from collections.abc import Iterable

from fayan_runtime import ir
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.values import Path

#: What stands within a code, and between codes.
WITHIN, BETWEEN = ".", ","


def paths(program: ir.Program, codes: str | None) -> tuple[Path, ...]:
    """The facts whose codes stand in a text, in order of declaration."""
    facts = declared(program)

    def path(code: str) -> Path:
        order, *of = map(int, code.split(WITHIN))
        name, fact = facts[order]
        if not of:
            return order, 0, 0, name
        return order, of[0], of[1], f"{name}[{of[0]}].{fact.fields[of[1]].name}"

    return tuple(sorted({path(code) for code in (codes or "").split(BETWEEN) if code}))


def codes(program: ir.Program, paths: Iterable[str]) -> str:
    """The codes of facts by their paths."""
    orders = {name: (order, fact) for order, (name, fact) in enumerate(declared(program))}

    def code(path: str) -> str:
        if path in orders:
            return f"{orders[path][0]}"
        name, of, field = path.rpartition("[")[0], *path.rpartition("[")[2].split(f"]{WITHIN}")
        order, fact = orders[name]
        return WITHIN.join((f"{order}", of, f"{[each.name for each in fact.fields].index(field)}"))

    return BETWEEN.join(map(code, paths))


def declared(program: ir.Program) -> list[tuple[str, ir.FactDecl]]:
    """All facts in order, by their names in paths."""
    scopes = sorted(program.scopes, key=lambda each: each.name != ENTERPRISE)
    return [
        (fact.name if scope.name == ENTERPRISE else f"{scope.name}.{fact.name}", fact)
        for scope in scopes
        for fact in scope.facts
    ]
