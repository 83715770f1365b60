"""The lint of numbers that are counted: each counts the enterprises that it is named after."""

from __future__ import annotations

from collections import Counter

from fayan_compiler.fidelity.check import Check, here
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


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}
