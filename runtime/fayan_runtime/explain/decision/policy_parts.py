"""What a rule of the policy reads and rests on: its paragraphs, facts and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from fayan_runtime import ir, walk
from fayan_runtime.explain.phrase.tongue import Tongue


def paragraphs(measure: ir.Measure) -> list[str]:
    """The sentences of 原文 put back into paragraphs."""
    found: list[str] = []
    for each in measure.sentences:
        if each.opens or not found:
            found.append(each.text)
        else:
            found[-1] += each.text
    return found


def reached(program: ir.Program, part: object) -> Iterator[ir.Expr]:
    """Every expression in it, and in the definitions it uses, each of which is gone through once."""
    functions = {each.name: each for each in program.functions}
    seen: set[str] = set()
    todo = [part]
    while todo:
        for each in walk.inside(todo.pop()):
            yield each
            if isinstance(each, ir.Call) and each.function not in seen:
                seen.add(each.function)
                todo.append(functions[each.function].body)


def facts_read(program: ir.Program, rule: ir.Provision) -> list[ir.FactDecl]:
    """The facts a rule reads, through definitions, in order of declaration."""
    names = {rule.each} if rule.each else set()
    for each in reached(program, rule):
        match each:
            case ir.Fact(name=name) | ir.Lookup(list=name) | ir.Query(list=name):
                names.add(name)
    return [fact for scope in program.scopes for fact in scope.facts if fact.name in names]


def evidence(tongue: Tongue, program: ir.Program, rule: ir.Provision) -> list[str]:
    """Evidence to attach: the rule's own, then what the facts it reads are shown by."""
    found: dict[str, list[str]] = {}
    for fact in facts_read(program, rule):
        for text in [fact.evidence, *(each.evidence for each in fact.fields)]:
            if text:
                found.setdefault(text, []).append(fact.name)
    shown = (
        f"{tongue.cited(text)}{tongue.aside(tongue.numbers.listed(dict.fromkeys(names)))}"
        for text, names in found.items()
    )
    return [*map(tongue.cited, rule.evidence), *shown]


def gaps(tongue: Tongue, label: dict[str, str], measure: ir.Measure) -> list[str]:
    """What is not on file of a measure's words."""
    told = (("unseen", measure.unseen), ("unrecorded", measure.unrecorded))
    return [tongue.stated(label[name], tongue.cited(text)) for name, text in told if text]
