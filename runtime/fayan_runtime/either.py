"""What either version is given of an enterprise that shows a difference: by the names it has in its own file, as ``fayan eval`` takes them."""

from __future__ import annotations

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.comparison import Comparison
from fayan_runtime.verdicts import Plain, Witness


@frozen
class Given:
    """``readings``: those that are not at their default, with the option."""

    facts: Plain
    readings: dict[str, str]


def given(comparison: Comparison, witness: Witness) -> tuple[Given, Given]:
    """For the old version and the new. What only goes by another name in the new one is called so in the comparison of both."""
    was = {new: old for old, new in comparison.renumbered}
    letters = {(id, new): old for id, old, new in comparison.relettered}
    members = {(type, new): old for type, old, new in comparison.members}
    before, after = witness.before, witness.after
    return (
        Given(
            _as_called_then(before.facts, comparison.old, members),
            {was.get(id, id): letters.get((id, option), option) for id, option in before.readings},
        ),
        Given(after.facts, dict(after.readings)),
    )


def _as_called_then(facts: Plain, old: ir.Program, members: dict[tuple[str, str], str]) -> Plain:
    declared = {(scope.name, fact.name): fact for scope in old.scopes for fact in scope.facts}

    def called(fact: ir.FactDecl, value: object) -> object:
        if isinstance(value, list):
            fields = {each.name: each for each in fact.fields}
            return [
                {name: called(fields[name], each) for name, each in row.items()}
                if isinstance(row, dict)
                else called(fact, row)
                for row in value
            ]
        return members.get((fact.type.name, value), value) if isinstance(value, str) else value

    return {
        scope: {name: called(declared[scope, name], value) for name, value in own.items()}
        for scope, own in facts.items()
    }
