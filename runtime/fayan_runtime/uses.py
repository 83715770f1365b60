"""What rests on a definition: each part of a program is walked through once, and then only names are followed."""

from __future__ import annotations

from attrs import define, field

from fayan_runtime import ir
from fayan_runtime.reference import members_of
from fayan_runtime.walk import inside

#: What an expression names: a definition by its name, a fact as (scope, name).
Named = str | tuple[str, str]


def named_in(part: object) -> frozenset[Named]:
    """The definitions and single facts it speaks of itself."""
    found: set[Named] = set()
    for each in inside(part):
        if isinstance(each, ir.Call):
            found.add(each.function)
        elif isinstance(each, ir.Fact):
            found.add((each.scope, each.name))
    return frozenset(found)


@define(eq=False)
class Uses:
    """Of one program."""

    program: ir.Program
    _functions: dict[str, frozenset[Named]] = field(init=False)
    _provisions: dict[str, frozenset[Named]] = field(init=False)
    _adjustments: list[tuple[ir.Ceiling | ir.Highest | ir.Deduct, frozenset[Named]]] = field(init=False)
    _rules: dict[Named, tuple[str, ...]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self._functions = {each.name: named_in(each) for each in self.program.functions}
        self._provisions = {each.name: named_in(each) for each in self.program.provisions}
        self._adjustments = [(each, named_in(each)) for each in self.program.adjustments]

    def rules(self, definition: Named) -> tuple[str, ...]:
        """The rules that come to a definition or a fact: by way of others, of caps, of facts that are worked out."""
        if definition not in self._rules:
            self._rules[definition] = self._found(definition)
        return self._rules[definition]

    def above(self, definition: Named) -> set[Named]:
        """What comes to a definition or a fact, rules apart, and it itself."""
        wanted: set[Named] = {definition}
        before = -1
        while before != len(wanted):
            before = len(wanted)
            wanted.update(name for name, named in self._functions.items() if named & wanted)
            wanted.update((each.scope, each.fact) for each in self.program.derived if each.function in wanted)
        return wanted

    def _found(self, definition: Named) -> tuple[str, ...]:
        wanted = self.above(definition)
        shared = {one for each, named in self._adjustments if named & wanted for one in members_of(each)}
        return tuple(name for name, named in self._provisions.items() if name in shared or named & wanted)
