"""JSON Schema of the facts of one enterprise, for editors and for programs that write them. What it takes is still read and checked."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from fayan.complaints import described
from fayan.tables import spellings
from fayan_runtime.ir import FactDecl, Program, Scope, Type
from fayan_runtime.names import ENTERPRISE, YEAR_FIELD
from fayan_runtime.one_value import YEARS, is_count, is_ratio

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: What says that there is none.
_NONE = [{"type": "null"}, {"type": "string", "pattern": spellings.nothing()}]


def json_schema(program: Program) -> dict[str, Any]:
    """The schema of a facts file of a policy."""
    return _Schema(program).whole()


@define
class _Schema:
    """Types stand once, under ``$defs``: what may be written for one is long."""

    program: Program
    members: dict[str, tuple[str, ...]] = field(init=False)
    types: dict[str, dict[str, Any]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.members = {each.name: each.members for each in self.program.enums}

    def whole(self) -> dict[str, Any]:
        program = self.program
        scopes = {scope.name: self.scope(scope) for scope in program.scopes}
        return {
            "$schema": DIALECT,
            "$id": f"urn:fayan:facts:{program.digest}" if program.digest else "urn:fayan:facts",
            "title": f"{program.title}（{program.number}）：一户企业的事实",
            "description": "键不写是不知道；可无的事实写 null 或者“无”、清单写空的，是没有。",
            "type": "object",
            "properties": scopes,
            "required": [ENTERPRISE] if ENTERPRISE in scopes else [],
            "additionalProperties": False,
            "$defs": self.types,
        }

    def scope(self, scope: Scope) -> dict[str, Any]:
        return _object({fact.name: self.fact(fact) for fact in scope.facts})

    def fact(self, fact: FactDecl) -> dict[str, Any]:
        if fact.is_list:
            item = _object({each.name: self.fact(each) for each in fact.fields})
            if fact.series:
                item["required"] = [YEAR_FIELD]
            made: dict[str, Any] = {"anyOf": [{"type": "array", "items": item}, *_NONE]}
            said = ["年度数据：没有写的年度是不知道" if fact.series else "清单：写了就是全的"]
        else:
            members = self.members.get(fact.type.name, ())
            made = self.value(fact.type, members)
            what, example = described(fact.type, members)
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

    def value(self, type: Type, members: tuple[str, ...]) -> dict[str, Any]:
        one = self.named(type, _single(type, members))
        none = [] if "无" in members else _NONE
        if type.kind == "set":
            return {"anyOf": [{"type": "array", "items": one, "uniqueItems": True}, one, *none]}
        return {"anyOf": [one, *none]} if type.optional and none else one

    def named(self, type: Type, schema: dict[str, Any]) -> dict[str, Any]:
        """The same by its name, which is of ASCII as references are."""
        name = next((name for name, each in self.types.items() if each == schema), "")
        if not name:
            name = f"{type.kind}{sum(each.startswith(type.kind) for each in self.types) + 1}"
            self.types[name] = schema
        return {"$ref": f"#/$defs/{name}"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _single(type: Type, members: tuple[str, ...]) -> dict[str, Any]:
    match type.kind:
        case "bool":
            return {"anyOf": [{"enum": [True, False, "是", "否"]}, _text(spellings.truth())]}
        case "number":
            kind, most = "integer" if is_count(type) else "number", {"maximum": 1} if is_ratio(type) else {}
            return {"anyOf": [{"type": kind, "minimum": 0, **most}, _text(spellings.number(type))]}
        case "date":
            return _text(spellings.date())
        case "month":
            return _text(spellings.month())
        case "text" if type.name == "信用代码":
            return _text(spellings.credit_code())
        case "text" if type.name == "文号":
            return _text(spellings.document_number())
        case "text":
            return _text(spellings.text())
        case _ if members:  # editors offer what is listed
            return {"anyOf": [{"enum": list(members)}, _text(spellings.members(members))]}
        case _:
            year = {"type": "integer", "minimum": YEARS.start, "maximum": YEARS.stop - 1}
            return {"anyOf": [year, _text(spellings.year())]}


def _text(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern}
