"""What facts and items are called."""

from __future__ import annotations

from fayan_runtime import ir
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.names import ENTERPRISE


def item_name(tongue: Tongue, path: str) -> str:
    """认定记录第1项 for 认定记录[0]; a stage's fact stays as it is."""
    name, _, rest = path.partition("[")
    return tongue.nth(name, int(rest.rstrip("]"))) if rest else path


def called(tongue: Tongue, program: ir.Program, path: str) -> str:
    """How the fact at a path such as 年度经营[2024].产值, 认定记录[0].日期, 区内企业, 全区.国家小巨人企业数 is called."""
    scope, name, at, field = split(program, path)
    fact = find(program, scope, name)
    if fact is None:
        return path
    if not at:
        return name if scope == ENTERPRISE else tongue.scoped(scope, name)
    if fact.series:
        return tongue.in_year(tongue.numbers.year(int(at)), field)
    return tongue.of_item(tongue.nth(name, int(at)), field)


def split(program: ir.Program, path: str) -> tuple[str, str, str, str]:
    """Scope, fact, item or year, field of a path."""
    scope, name = ENTERPRISE, path
    for each in program.scopes:
        if path.startswith(f"{each.name}."):
            scope, name = each.name, path.removeprefix(f"{each.name}.")
    name, _, rest = name.partition("[")
    at, _, field = rest.partition("].")
    return scope, name, at, field


def find(program: ir.Program, scope: str, name: str) -> ir.FactDecl | None:
    facts = (fact for each in program.scopes if each.name == scope for fact in each.facts)
    return next((fact for fact in facts if fact.name == name), None)
