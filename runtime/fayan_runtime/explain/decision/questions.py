"""From a missing fact to the question to ask and the evidence to attach."""

from __future__ import annotations

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.explain.phrase.names import called, find, split
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.explain.words import pick

#: By kind of value; ``{}`` is what the fact is called.
ASKED = {
    "bool": ("{}：是，还是否？", "{}: yes or no?"),
    "date": ("{}是哪一天？", "What is {} (a date)?"),
    "month": ("{}是哪年哪月？", "What is {} (a month)?"),
    "year": ("{}是哪一年？", "What is {} (a year)?"),
    "enum": ("{}是哪一种（{members}）？", "Which is {}: {members}?"),
    "number": ("{}是多少？", "What is {} (a number)?"),
    "measured": ("{}是多少（单位：{unit}）？", "What is {}, in {unit}?"),
    "set": ("{}有哪些（可多选：{members}）？", "Which belong to {} (one or more of {members})?"),
    "years": ("{}有哪些？", "Which years belong to {}?"),
    "text": ("{}是什么？", "What is {}?"),
}
ITEMS = ("请逐条填报{}；一条也没有的，填“无”。", "List every {}; where there is none, put “无” (none).")
NONE = ("没有的，填“无”。", " Where there is none, put “无” (none).")
UNKNOWN = ("请补充{}。", "Supply {}.")


@frozen
class Question:
    path: str
    called: str
    question: str
    evidence: str


def ask(tongue: Tongue, program: ir.Program, path: str) -> Question:
    """The question for a path such as 年度经营[2024].产值, 认定记录[0].日期, 区内企业, 全区.国家小巨人企业数."""
    scope, name, at, field = split(program, path)
    fact = find(program, scope, name)
    said = called(tongue, program, path)
    if fact is None:
        return Question(path, said, pick(UNKNOWN, tongue.language).format(said), "")
    if fact.is_list and not at:
        return Question(path, said, pick(ITEMS, tongue.language).format(said), tongue.cited(fact.evidence))
    asked = next((each for each in fact.fields if each.name == field), fact)
    return Question(
        path, said, _asked(tongue, program, said, asked.type), tongue.cited(asked.evidence or fact.evidence)
    )


def _asked(tongue: Tongue, program: ir.Program, said: str, kind: ir.Type) -> str:
    members = tongue.numbers.listed(next((each.members for each in program.enums if each.name == kind.name), ()))
    unit = ("" if tongue.language == "en" else kind.shown) or tongue.numbers.unit(kind.unit) or kind.shown
    form = kind.kind
    if form == "number" and unit:
        form_name = "measured"
    elif form == "set" and not members:
        form_name = "years"
    else:
        form_name = form if form in ASKED else "text"
    question = pick(ASKED[form_name], tongue.language).format(said, members=members, unit=unit)
    return question + (pick(NONE, tongue.language) if kind.optional or form == "set" else "")
