"""The lints of what is named after something: a number counts the enterprises it is named after, a stage has the day it is."""

from __future__ import annotations

from collections import Counter

from fayan_compiler.fidelity.check import Check, here
from fayan_compiler.problems.fidelity.amounts import StageOtherDay
from fayan_compiler.problems.fidelity.names import CountedByOther
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Term
from fayan_dsl.source import Span


def counted(check: Check) -> None:
    """逐户计 names the definition whose name and kinds are most like the fact's, of those counted and those nothing uses.

    Where two facts count the same, one of them should not: any other definition may be what is meant.
    """
    table = check.table
    facts = {fact.name.text: fact.counted for fact in table.facts if fact.counted is not None}
    facts = {fact: name for fact, name in facts.items() if name.text in table.definitions}
    counts = Counter(name.text for name in facts.values())
    said = {
        name: _pairs(name).union(*(_pairs(part.name) for part in table.parts(each) if part.name in table.types_with))
        for name, each in (table.definitions.items() if facts else ())
        if not each.params
    }
    told: set[tuple[str, str]] = set()
    for fact, node in facts.items():
        name, own = node.text, _pairs(fact)
        better = {other: like for other in said if (like := len(own & said[other])) > len(own & said.get(name, set()))}
        better = {each: like for each, like in better.items() if each in counts or _free(check, each, counts[name] > 1)}
        if not better:
            continue
        meant = max(better, key=lambda other: better[other])
        theirs = {one: other for one, other in facts.items() if other.text == meant}
        if any(len(_pairs(one) & said[meant]) >= better[meant] for one in theirs):
            continue
        if (meant, name) in told:  # the two have changed places
            continue
        told.add((name, meant))
        labels = [here(table.definitions[meant].name.span, "定义在这里", "the definition is here")]
        labels += [here(other.span, "它写在这里", "it is counted here") for other in theirs.values()]
        check.say(
            CountedByOther, node.span, *labels, fixes=(_instead(node.span, meant),),
            fact=fact, counted=name, meant=meant,
        )  # fmt: skip


def days(check: Check) -> None:
    """A stage goes by the day whose name is most like its own, of the days of its rule and of those that no rule goes by.

    Where two stages have one day, one of them should not: any other date may be what is meant.
    """
    for rule in check.table.annotations:
        if not isinstance(rule, tree.Rule) or not rule.stages:
            continue
        on = {stage.name.text: stage.on.name for stage in rule.stages if isinstance(stage.on, tree.Ref)}
        dates = [fact.name.text for fact in check.table.facts if fact.type == "日期" and fact.shape == "value"]
        for stage in rule.stages:
            day, own = on.get(stage.name.text, ""), _pairs(stage.name.text)
            known = dict.fromkeys([*on.values(), *dates])
            better = {each: like for each in known if (like := len(own & _pairs(each))) > len(own & _pairs(day))}
            twice = list(on.values()).count(day) > 1
            better = {each: like for each, like in better.items() if each in on.values() or _free(check, each, twice)}
            if not day or not better or check.told_of(stage.span):
                continue
            meant = max(better, key=lambda other: better[other])
            others = [name for name, other in on.items() if other == meant]
            if not any(len(_pairs(name) & _pairs(meant)) >= better[meant] for name in others):
                fix = _instead(stage.on.span, meant)
                name = stage.name.text
                check.say(StageOtherDay, stage.on.span, fixes=(fix,), stage=name, day=day, meant=meant)


def _free(check: Check, name: str, twice: bool) -> bool:
    """Whether a name may be what is meant although nothing here goes by it: nothing else uses it, or one is used ``twice``."""
    return twice or name not in check.table.used


def _instead(span: Span, meant: str) -> Fix:
    return Fix(Term(f"改为“{meant}”", f"write {meant}"), (Edit(span, meant),), Applicability.UNSAFE)


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}
