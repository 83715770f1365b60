"""Where policies lie side by side: a folder on disk, or a folder as it was at a revision of a repository."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from attrs import frozen

from fayan.documents.texts import read_source
from fayan_dsl.source import Source

#: In this folder beside a policy lie the documents that it refers to.
UPSTREAM = "upstream"


class Shelf(Protocol):
    """One folder. Two shelves are equal where they are the same folder at the same time."""

    @property
    def name(self) -> str:
        """The last name of the folder."""

    def policies(self) -> Sequence[str]:
        """The names of the policies that lie here, in one order; as sources they are called so."""

    def start(self, name: str, size: int) -> bytes | None:
        """The first bytes of a policy; None where it cannot be read."""

    def source(self, name: str) -> Source:
        """The text of a policy, or a :class:`fayan.PolicyError` that says why not."""


@frozen
class Folder:
    """A folder on disk. A link that leads out of it is none of its files."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    def policies(self) -> list[str]:
        try:
            found = sorted(self.path.glob("*.pol"))
        except OSError:
            return []
        place = self.path.resolve()
        return [str(file) for file in found if _is_file(file) and file.resolve().parent == place]

    def start(self, name: str, size: int) -> bytes | None:
        try:
            with Path(name).open("rb") as stream:
                return stream.read(size)
        except OSError:
            return None

    def source(self, name: str) -> Source:
        return read_source(name)


def beside(policy: str) -> tuple[Shelf, ...]:
    """The folders of a policy on disk, the nearest first; none where there is no such file."""
    path = Path(policy)
    return (Folder(path.parent / UPSTREAM), Folder(path.parent)) if _is_file(path) else ()


def bundled() -> Folder:
    """The library that comes with fayan."""
    installed = Path(__file__).with_name(UPSTREAM)
    return Folder(installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "policies" / UPSTREAM)


def each_once(shelves: Sequence[Shelf]) -> Iterator[Shelf]:
    seen: set[object] = set()
    for shelf in shelves:
        place = shelf.path.resolve() if isinstance(shelf, Folder) else shelf
        if place not in seen:
            seen.add(place)
            yield shelf


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
