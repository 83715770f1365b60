"""What names mean all over one policy."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field, frozen

from fayan_compiler.places import Place
from fayan_dsl import tree
from fayan_runtime import ir

Provision = tree.Rule | tree.Duty | tree.Goal | tree.Selection


@frozen
class Made:
    """A definition in its core form: the readings that it rests on, and how deep its calls go."""

    function: ir.Function
    readings: frozenset[str]
    depth: int


@define
class Definition:
    """``make`` gives the core form of one that stands in another document; None: it stands in this one."""

    node: tree.Define
    place: Place
    params: tuple[tuple[str, ir.Type], ...]
    make: Callable[[], Made | None] | None = None


@define
class Symbols:
    """What names mean all over the policy."""

    enums: dict[str, ir.EnumDecl] = field(factory=dict)
    scopes: dict[str, dict[str, ir.FactDecl]] = field(factory=dict)
    #: Fact → (scope, declaration).
    facts: dict[str, tuple[str, ir.FactDecl]] = field(factory=dict)
    #: Fact → the definition that works it out (推算).
    derived: dict[str, tree.Name] = field(factory=dict)
    #: Fact of the district → the definition whose enterprises it is the number of (逐户计).
    counted: dict[str, tree.Name] = field(factory=dict)
    readings: dict[str, ir.ReadingDecl] = field(factory=dict)
    reading_nodes: dict[str, tuple[tree.Reading, Place]] = field(factory=dict)
    definitions: dict[str, Definition] = field(factory=dict)
    provisions: dict[str, tuple[Provision, Place]] = field(factory=dict)
    #: Stage → the rules that have one of this name.
    stages: dict[str, list[str]] = field(factory=dict)
    ceilings: dict[str, tree.Ceiling] = field(factory=dict)
    #: Rules of other documents, which 见 may name.
    elsewhere: set[str] = field(factory=set)

    @property
    def lists(self) -> dict[str, ir.FactDecl]:
        return {name: decl for name, (_, decl) in self.facts.items() if decl.is_list}

    def members_of(self, enum: str) -> tuple[str, ...]:
        return self.enums[enum].members if enum in self.enums else ()

    def enums_with(self, member: str) -> list[str]:
        return [name for name, enum in self.enums.items() if member in enum.members]
