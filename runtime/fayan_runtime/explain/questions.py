"""From a missing fact to the question to ask and the evidence to attach."""

from __future__ import annotations

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.explain.numbers import unit_text
from fayan_runtime.explain.phrase import item_name
from fayan_runtime.interpreter import ENTERPRISE


@frozen
class Question:
    path: str
    called: str
    question: str
    evidence: str


def ask(program: ir.Program, path: str) -> Question:
    """The question for a path such as 年度经营[2024].产值, 认定记录[0].日期, 区内企业, 全区.国家小巨人企业数."""
    scope, name = ENTERPRISE, path
    for each in program.scopes:
        if path.startswith(f"{each.name}."):
            scope, name = each.name, path.removeprefix(f"{each.name}.")
    name, _, rest = name.partition("[")
    fact = find(program, scope, name)
    if fact is None:
        return Question(path, path, f"请补充{path}。", "")
    if not rest:
        whole = name if scope == ENTERPRISE else scope + name
        if fact.is_list:
            return Question(path, whole, f"请逐条填报{name}；一条也没有的，填“无”。", fact.evidence)
        return Question(path, whole, _asked(program, whole, fact.type), fact.evidence)
    at, _, field = rest.partition("].")
    inner = next((each for each in fact.fields if each.name == field), fact)
    called = f"{at}年{field}" if fact.series else f"{item_name(program, f'{name}[{at}]')}的{field}"
    return Question(path, called, _asked(program, called, inner.type), inner.evidence or fact.evidence)


def find(program: ir.Program, scope: str, name: str) -> ir.FactDecl | None:
    return next(
        (fact for each in program.scopes if each.name == scope for fact in each.facts if fact.name == name), None
    )


def _asked(program: ir.Program, called: str, kind: ir.Type) -> str:
    none = "没有的，填“无”。" if kind.optional else ""
    members = next((each.members for each in program.enums if each.name == kind.name), ())
    match kind.kind:
        case "bool":
            return f"{called}：是，还是否？"
        case "date":
            return f"{called}是哪一天？{none}"
        case "month":
            return f"{called}是哪年哪月？{none}"
        case "year":
            return f"{called}是哪一年？{none}"
        case "enum":
            return f"{called}是哪一种（{'、'.join(members)}）？{none}"
        case "set":
            choice = f"（可多选：{'、'.join(members)}）" if members else ""
            return f"{called}有哪些{choice}？没有的，填“无”。"
        case "number":
            unit = kind.shown or unit_text(kind.unit)
            return f"{called}是多少{f'（单位：{unit}）' if unit else ''}？{none}"
        case _:
            return f"{called}是什么？{none}"
