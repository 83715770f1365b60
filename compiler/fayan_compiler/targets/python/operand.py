"""What the parts of a generated function are written with: operands, and the names an expression may refer to."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, field, frozen

Item = tuple[str, str]
"""The names of an item's position and of its row."""


@frozen
class Operand:
    """A Python expression, to be evaluated once. ``plain``: a name or literal, which may be repeated.

    ``known``: never ``Unknown`` or ``Failed``. ``none``: may be None. ``size``: how deep the expression nests.
    """

    text: str
    known: bool = False
    none: bool = False
    size: int = 0

    @property
    def plain(self) -> bool:
        return self.size == 0


@frozen
class Names:
    """What an expression can refer to: parameters and items, by their names in Python."""

    params: dict[str, Operand] = field(factory=dict)
    items: dict[str, Item] = field(factory=dict)
    counted: str = ""

    def bind(self, var: str, item: Item) -> Names:
        return evolve(self, items={**self.items, var: item})

    def all(self) -> list[str]:
        """Each name once, in the order in which they are handed on."""
        names = [operand.text for operand in self.params.values()]
        names += [name for item in self.items.values() for name in item]
        return list(dict.fromkeys([*names, self.counted] if self.counted else names))


def either(name: str, arms: Sequence[Operand]) -> Operand:
    return Operand(name, known=all(arm.known for arm in arms), none=any(arm.none for arm in arms))


def guarded(text: str, arg: Operand, kind: str) -> Operand:
    """``text`` where the argument is known."""
    if arg.known:
        return Operand(f"({text})", known=True, size=1)
    return Operand(f"({text} if {arg.text}.__class__ is {kind} else {arg.text})", size=1)
