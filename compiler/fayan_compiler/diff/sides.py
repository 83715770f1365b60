"""Both versions under one pair of eyes: whether two things say the same, and one change between them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from attrs import define

from fayan_compiler.diff.align import Pair, pair_functions
from fayan_compiler.diff.keys import Keys
from fayan_compiler.diff.parts import Parts, expressions
from fayan_compiler.diff.renamed import Names, in_names, perhaps_renamed, renamed
from fayan_runtime import ir
from fayan_runtime.changes import Aspect, Change, Thing


@define(eq=False, slots=False)
class Sides:
    """``old`` is in the new version's names for what only goes by another one."""

    given: ir.Program
    new: ir.Program

    @cached_property
    def names(self) -> Names:
        return renamed(self.given, self.new)

    @cached_property
    def old(self) -> ir.Program:
        return in_names(self.given, self.names)

    @property
    def members(self) -> Iterator[tuple[str, str, str]]:
        """Members that only go by another name: (type, old name, new name)."""
        types = self.names.types
        return ((types.get(type, type), old, new) for (type, old), new in self.names.members.items())

    @property
    def relettered(self) -> Iterator[tuple[str, str, str]]:
        """Options that only have another letter: (reading, old, new)."""
        return ((id, old, new) for (id, old), new in self.names.options.items())

    @cached_property
    def functions(self) -> list[Pair[ir.Function]]:
        return pair_functions(self.old, self.new, in_names(self.old, perhaps_renamed(self.old, self.new)))

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Definitions: old name → new name."""
        pairs = ((pair.old, pair.new) for pair in self.functions)
        return {old.name: new.name for old, new in pairs if old and new and old.name != new.name}

    @cached_property
    def before(self) -> Keys:
        """Old names of definitions go by the new ones."""
        return Keys(self.old, self.renamed)

    @cached_property
    def after(self) -> Keys:
        return Keys(self.new)

    def differ(self, old: object, new: object) -> bool:
        if old is None or new is None:
            return old is not new
        return self.before.shallow(old) != self.after.shallow(new)

    def change(self, aspect: Aspect, of: str, name: str, old: Any, new: Any, **sides: Thing) -> Change:
        """``old`` and ``new`` are where the two sides stand; ``before`` and ``after`` what they are, where that is another thing."""
        before, after = sides.get("before", old), sides.get("after", new)
        parts = Parts(self.old, self.new, self.differ)
        return Change(
            aspect=aspect,
            of=of,
            name=name,
            before=before,
            after=after,
            parts=tuple(
                part
                for sides in zip(expressions(before), expressions(after), strict=False)
                for part in parts.of(*sides)
            ),
            old=getattr(old, "origin", ir.NOWHERE),
            new=getattr(new, "origin", ir.NOWHERE),
        )
