"""What one version decides only where it is given, and the other where it is not; what nobody has seen: the rules that read such things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field

from fayan_compiler.targets.smt.slices import Slice
from fayan_compiler.targets.smt.store import Store
from fayan_runtime import ir
from fayan_runtime.names import ENTERPRISE

#: A fact of a scope, or a list of the enterprise.
Named = tuple[str, str]


@define(eq=False)
class Untold:
    programs: tuple[ir.Program, ir.Program]
    store: Store
    #: Facts of one name that stand in two texts nobody has seen.
    unseen: frozenset[Named]
    #: Fields of rows that one version takes to be something where they are not given.
    _fields: set[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        defaults = [set(_field_defaults(program)) for program in self.programs]
        both = [{each[:2] for each in _fields(program)} for program in self.programs]
        self._fields = {each[1] for each in defaults[0] ^ defaults[1] if each[:2] in both[0] & both[1]}

    def of(self, slices: Sequence[Slice]) -> str:
        """Why rules that are the same where both versions can be told everything are not decided beyond; empty where they are."""
        if not (self._fields or self.unseen):
            return ""
        if not self.unseen.isdisjoint(self.read(slices)):
            return "unseen"
        parts = self.store.reached(one for slice in slices for one in slice.expressions).values()
        return "given" if any(isinstance(each, ir.Field) and each.name in self._fields for each in parts) else ""

    def read(self, slices: Iterable[Slice]) -> Iterator[Named]:
        """The facts they read, and the lists."""
        for slice in slices:
            yield from ((ENTERPRISE, each.each) for each in slice.near.values() if each.each)
            for each in self.store.reached(slice.expressions).values():
                if isinstance(each, ir.Fact):
                    yield each.scope, each.name
                elif isinstance(each, ir.Query | ir.Lookup):
                    yield ENTERPRISE, each.list


def defaults(program: ir.Program) -> dict[Named, ir.FactDecl]:
    """The single facts that are taken to be something where they are not given."""
    return {(scope.name, fact.name): fact for scope in program.scopes for fact in scope.facts if fact.has_default}


def _fields(program: ir.Program) -> Iterator[tuple[str, str, ir.FactDecl]]:
    own = next((scope.facts for scope in program.scopes if scope.name == ENTERPRISE), ())
    return ((fact.name, each.name, each) for fact in own for each in fact.fields)


def _field_defaults(program: ir.Program) -> Iterator[tuple[str, str, object]]:
    return ((name, one, each.default) for name, one, each in _fields(program) if each.has_default)
