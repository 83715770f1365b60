"""What stands in a text nobody has seen: no version is said to be another, nor to be the same, by what such a value is taken to be.

A value of one text that was not seen may be anything. Where both versions have it of one text, it is the same in both.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from fayan_runtime import ir

#: A fact of a scope.
Named = tuple[str, str]


@define(eq=False)
class Unseen:
    programs: tuple[ir.Program, ir.Program]
    #: Those that one version alone has, or that are of two texts.
    facts: frozenset[Named] = field(init=False)
    #: Of these, those that go by one name in both versions.
    of_two_texts: frozenset[Named] = field(init=False)

    def __attrs_post_init__(self) -> None:
        old, new = (
            {(scope.name, fact.name): bool(fact.unseen) for scope in program.scopes for fact in scope.facts}
            for program in self.programs
        )
        found = {each for side in (old, new) for each, unseen in side.items() if unseen}
        both = found & old.keys() & new.keys()
        self.of_two_texts = frozenset(each for each in both if not self._of_one_text(each[1]))
        self.facts = frozenset(found - both) | self.of_two_texts

    def _of_one_text(self, name: str) -> bool:
        """Two drafts of one document, or a document that both refer to."""
        old, new = self.programs
        taken = [{each.number for each in program.imports if name in each.takes} for program in self.programs]
        return old.number == new.number or bool(taken[0] & taken[1])

    def taken(self, facts: Mapping[str, Mapping[str, object]]) -> tuple[str, ...]:
        """The names of those that an enterprise was given a value for."""
        return tuple(name for scope, own in facts.items() for name in own if (scope, name) in self.facts)
