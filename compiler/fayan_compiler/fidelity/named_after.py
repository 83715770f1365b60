"""The lints of what is named after something: a number counts the enterprises it is named after, a stage has the day it is."""

from __future__ import annotations

from collections import Counter

from fayan_compiler.fidelity.check import Check, here
from fayan_compiler.fidelity.table import RULES
from fayan_compiler.problems import fidelity as faults
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Term


def counted(check: Check) -> None:
    """逐户计 names the definition whose name and kinds are most like the fact's, of those counted and those nothing uses."""
    table = check.table
    facts = [
        fact
        for each in table.annotations
        if isinstance(each, tree.Facts)
        for fact in each.facts
        if fact.counted is not None and fact.counted.text in table.definitions
    ]
    if not facts:
        return
    used = {part.name for each in table.annotations for part in table.parts(each)}
    counts = Counter(fact.counted.text for fact in facts if fact.counted)
    said = {
        name: _pairs(name).union(*(_pairs(part.name) for part in table.parts(each) if part.name in table.types_with))
        for name, each in table.definitions.items()
        if not each.params
    }
    told: set[tuple[str, str]] = set()
    for fact in facts:
        assert fact.counted is not None
        name = fact.counted.text
        own = _pairs(fact.name.text)
        # where two facts count the same, one of them should not: any other definition may be what is meant
        like = {
            other: len(own & pairs)
            for other, pairs in said.items()
            if counts[name] > 1 or other in counts or other not in used
        }
        meant = max(like, key=lambda other: (like[other], other == name))
        theirs = [one for one in facts if one.counted and one.counted.text == meant]
        if like[meant] <= like[name] or any(len(_pairs(one.name.text) & said[meant]) >= like[meant] for one in theirs):
            continue
        if (meant, name) in told:  # the two have changed places
            continue
        told.add((name, meant))
        title = Term(f"改为“{meant}”", f"write {meant}")
        fix = Fix(title, (Edit(fact.counted.span, meant),), Applicability.UNSAFE)
        labels = [here(table.definitions[meant].name.span, "定义在这里", "the definition is here")]
        labels += [here(one.counted.span, "它写在这里", "it is counted here") for one in theirs if one.counted]
        check.say(
            faults.CountedByOther, fact.counted.span, *labels, fixes=(fix,),
            fact=fact.name.text, counted=name, meant=meant,
        )  # fmt: skip


def days(check: Check) -> None:
    """A stage goes by the day whose name is most like its own, of the days of its rule and of those that no rule goes by."""
    table = check.table
    rules = [each for each in table.annotations if isinstance(each, tree.Rule) and each.stages]
    if not rules:
        return
    used = {
        part.name for each in table.annotations if isinstance(each, (*RULES, tree.Define)) for part in table.parts(each)
    }
    facts = (fact for each in table.annotations if isinstance(each, tree.Facts) for fact in each.facts)
    dates = [fact.name.text for fact in facts if fact.type == "日期" and fact.shape == "value"]
    free = [name for name in dates if name not in used]
    for rule in rules:
        on = {stage.name.text: stage.on.name for stage in rule.stages if isinstance(stage.on, tree.Ref)}
        for stage in rule.stages:
            day = on.get(stage.name.text)
            if day is None or check.told_of(stage.span):
                continue
            own = _pairs(stage.name.text)
            # where two stages have one day, one of them should not: any other date may be what is meant
            known = dates if list(on.values()).count(day) > 1 else free
            like = {other: len(own & _pairs(other)) for other in dict.fromkeys([day, *on.values(), *known])}
            meant = max(like, key=lambda other: like[other])
            others = [name for name, other in on.items() if other == meant]
            if like[meant] <= like[day] or any(len(_pairs(name) & _pairs(meant)) >= like[meant] for name in others):
                continue
            fix = Fix(Term(f"改为“{meant}”", f"write {meant}"), (Edit(stage.on.span, meant),), Applicability.UNSAFE)
            check.say(
                faults.StageOtherDay, stage.on.span, fixes=(fix,), stage=stage.name.text, day=day, meant=meant
            )  # fmt: skip


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}
