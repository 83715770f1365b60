"""推算: facts that a definition works out where they are not given."""

from __future__ import annotations

from attrs import evolve

from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import names as N
from fayan_compiler.problems import types as T
from fayan_compiler.scope import looked_at
from fayan_compiler.units import HOLE, agree, say
from fayan_dsl import tree
from fayan_runtime import ir


def derivations(low: Lowerer) -> tuple[ir.Derivation, ...]:
    """All of them; each after those of the facts it looks at."""
    found = {fact: made for fact, name in low.symbols.derived.items() if (made := _derivation(low, fact, name))}
    order: list[ir.Derivation] = []
    while found:
        ready = [each for each in found.values() if not any(name in found for _, name in each.reads)]
        order += ready or found.values()  # what goes round in a circle is an error already
        found = {fact: each for fact, each in found.items() if each not in order}
    return tuple(order)


def _derivation(low: Lowerer, fact: str, name: tree.Name) -> ir.Derivation | None:
    scope, decl = low.symbols.facts[fact]
    definition = low.symbols.definitions.get(name.text)
    if definition is None:
        plain = [one for one, found in low.symbols.definitions.items() if not found.params]
        low.reporter.unknown(N.UnknownName, name.span, name.text, plain)
        return None
    if definition.params:
        expected, form = str(len(definition.params)), name.text
        low.report(T.WrongArgumentCount, name, word=name.text, expected=expected, found=0, form=form)
        return None
    made = low.function(name.text, name.span)
    if made is None or HOLE in (made.function.body.type, decl.type):
        return None
    type = made.function.body.type
    if type.optional and not decl.type.optional:
        low.report(T.UnguardedOptional, name, word=name.text)
        return None
    same = evolve(type, optional=decl.type.optional) == decl.type
    if not same and not (type.kind == decl.type.kind == "number" and agree(type, decl.type)):
        low.mismatch(name, say(decl.type), type)
        return None
    seen = set(looked_at(made.function, low.called_function))
    reads = tuple((of, one) for one, (of, found) in low.symbols.facts.items() if one in seen and not found.is_list)
    return ir.Derivation(scope=scope, fact=fact, function=made.function.name, reads=reads)
