"""JSON Schema of the facts of one enterprise, for editors and for programs that write them. What it takes is still read and checked."""

from __future__ import annotations

from typing import Any

from fayan.complaints import described
from fayan_runtime.ir import FactDecl, Program, Scope, Type
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.one_value import MAX_TEXT, YEARS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DIGIT = "[0-9０-９]"
_NUMBER = rf"^\s*[+＋]?{_DIGIT}[0-9０-９,，]*([.．]{_DIGIT}+)?([eE][+-]?[0-9]+)?\D*$"
_PATTERNS = {
    "date": rf"^\s*{_DIGIT}{{4}}\s*[年/／\-－−]\s*{_DIGIT}{{1,2}}\s*[月/／\-－−]\s*{_DIGIT}{{1,2}}\s*日?\s*$",
    "month": rf"^\s*{_DIGIT}{{4}}\s*[年/／\-－−]\s*{_DIGIT}{{1,2}}\s*月?\s*$",
    "year": rf"^\s*{_DIGIT}{{4}}\s*(年度?)?\s*$",
}
_NONE = {"enum": [None, "无"]}


def json_schema(program: Program) -> dict[str, Any]:
    """The schema of a facts file of a policy."""
    members = {each.name: each.members for each in program.enums}
    scopes = {scope.name: _scope(scope, members) for scope in program.scopes}
    return {
        "$schema": DIALECT,
        "$id": f"urn:fayan:facts:{program.digest}" if program.digest else "urn:fayan:facts",
        "title": f"{program.title}（{program.number}）：一户企业的事实",
        "description": "键不写是不知道；可无的事实写 null 或者“无”、清单写空的，是没有。",
        "type": "object",
        "properties": scopes,
        "required": [ENTERPRISE] if ENTERPRISE in scopes else [],
        "additionalProperties": False,
    }


def _scope(scope: Scope, members: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return _object({fact.name: _fact(fact, members) for fact in scope.facts})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _fact(fact: FactDecl, members: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    if fact.is_list:
        item = _object({each.name: _fact(each, members) for each in fact.fields})
        if fact.series:
            item["required"] = ["年度"]
        made: dict[str, Any] = {"anyOf": [{"type": "array", "items": item}, _NONE]}
        said = ["年度数据：没有写的年度是不知道" if fact.series else "清单：写了就是全的"]
    else:
        made = _value(fact.type, members.get(fact.type.name, ()))
        what, example = described(fact.type, members.get(fact.type.name, ()))
        said = [f"{what.zh}，如 {example}"] if fact.type.kind not in ("set", "enum") else []
        if fact.type.optional:
            said.append("没有的写 null 或者“无”")
        if fact.has_default:
            said.append(f"不写的，当作 {fact.default}")
    if fact.evidence:
        said.append(f"佐证：{fact.evidence}")
    if fact.unseen:
        said.append(f"原文未见：{fact.unseen}")
    return {**made, "title": fact.name, **({"description": "；".join(said)} if said else {})}


def _value(type: Type, members: tuple[str, ...]) -> dict[str, Any]:
    one = _single(type, members)
    if type.kind == "set":
        return {"anyOf": [{"type": "array", "items": one, "uniqueItems": True}, one, _NONE]}
    return {"anyOf": [one, _NONE]} if type.optional else one


def _single(type: Type, members: tuple[str, ...]) -> dict[str, Any]:
    match type.kind:
        case "bool":
            return {"enum": [True, False, "是", "否", "true", "false"]}
        case "number":
            most = {"maximum": 1} if type.shown == "%" and not type.unit else {}
            return {"anyOf": [{"type": "number", "minimum": 0, **most}, {"type": "string", "pattern": _NUMBER}]}
        case "date" | "month":
            return {"type": "string", "pattern": _PATTERNS[type.kind]}
        case "text":
            code = (
                {"pattern": r"^\s*[0-9A-HJ-NPQRTUWXY０-９Ａ-ＨＪ-ＮＰＱＲＴＵＷＸＹ]{18}\s*$"}
                if type.name == "信用代码"
                else {}
            )
            return {"type": "string", "minLength": 1, "maxLength": MAX_TEXT, **code}
        case _ if members:
            return {"enum": list(members)}
        case _:
            year = {"type": "integer", "minimum": YEARS.start, "maximum": YEARS.stop - 1}
            return {"anyOf": [year, {"type": "string", "pattern": _PATTERNS["year"]}]}
