"""Before and after, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field, frozen

from fayan_runtime.explain.diff.sides import SideWords


@frozen
class Line:
    """Before and after in words; a side that is empty is not there. ``joined`` as that of a part; ``cases``: in which cases it holds, from
    the outermost (None: in all others); ``note`` says what else there is to say of it. ``seen``: both sides
    are known; else it is told as what cannot be compared, never as the cause of anything."""

    before: str
    after: str
    note: str = ""
    joined: str = ""
    cases: tuple[str | None, ...] = ()
    seen: bool = field(default=True, kw_only=True)


@frozen
class Both:
    """The words of the old version and of the new."""

    old: SideWords
    new: SideWords

    @staticmethod
    def apart(before: str, after: str, note: str = "") -> Iterator[Line]:
        if before != after:
            yield Line(before, after, note)

    def members(self, before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
        """What was put in and what was taken out of a list; as a whole where that says no more."""
        gone, come = [each for each in before if each not in after], [each for each in after if each not in before]
        if len(gone) == len(before) or len(come) == len(after) or (gone and come):
            yield Line(self.old.listed(before), self.new.listed(after))
        elif gone or come:
            yield Line(self.old.listed(gone), self.new.listed(come))
