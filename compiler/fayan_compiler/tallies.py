"""逐户计: figures of the district that are, where they are not given, the number of enterprises for which a definition holds."""

from __future__ import annotations

from attrs import evolve

from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import names as N
from fayan_compiler.problems import types as T
from fayan_compiler.problems.rules import CountsByDistrict
from fayan_compiler.scope import looked_at
from fayan_compiler.units import HOLE, TYPES, say
from fayan_dsl import tree
from fayan_runtime import ir
from fayan_runtime.names import ENTERPRISE


def with_tallies(low: Lowerer) -> tuple[ir.Scope, ...]:
    """The scopes, each figure that is counted with the definition it counts by."""
    found = {fact: _function(low, fact, name) for fact, name in low.symbols.counted.items()}
    return tuple(
        ir.Scope(name=scope, facts=tuple(evolve(each, tally=found.get(each.name) or "") for each in facts.values()))
        for scope, facts in low.symbols.scopes.items()
    )


def _function(low: Lowerer, fact: str, name: tree.Name) -> str | None:
    definition = low.symbols.definitions.get(name.text)
    if definition is None:
        plain = [one for one, found in low.symbols.definitions.items() if not found.params]
        low.reporter.unknown(N.UnknownName, name.span, name.text, plain)
        return None
    if definition.params:
        expected = str(len(definition.params))
        low.report(T.WrongArgumentCount, name, word=name.text, expected=expected, found=0, form=name.text)
        return None
    made = low.function(name.text, name.span)
    if made is None or made.function.body.type == HOLE:
        return None
    if made.function.body.type.kind != "bool":
        low.mismatch(name, say(TYPES["是否"]), made.function.body.type)
        return None
    for seen in looked_at(made.function, low.called_function):
        if low.symbols.facts[seen][0] != ENTERPRISE:
            low.report(CountsByDistrict, name, word=fact, definition=name.text, figure=seen)
            return None
    return made.function.name
