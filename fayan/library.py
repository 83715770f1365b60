"""The library of a policy file: the documents that it may refer to.

They lie in the folder ``upstream`` beside the policy, beside the policy itself, or in the library that comes with fayan; a number
that is found in a nearer place hides it in those farther off. Nothing outside these folders is read. Only the heads of the files
are looked at, and only what something is taken from is read and parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fayan_compiler.library import Head, Library, asked, head_of
from fayan_compiler.places import every_annotation
from fayan_compiler.problems.imports import LibraryTooLarge
from fayan_dsl import tree
from fayan_dsl.parse import parse
from fayan_dsl.problem import Term

if TYPE_CHECKING:
    from fayan_dsl.problem import Problem

FOLDER = "upstream"
#: So many files are looked at in a folder, and so much of each for its head.
MAX_FILES = 1000
_HEAD_BYTES = 8192
_BESIDE = Term("政策文件所在的文件夹", "the folder of the policy")


def library_of(policy: tree.Policy, cache: Path | None) -> tuple[Library, list[Problem]]:
    """What the policy refers to, and what these documents refer to in their turn; with what is wrong with their text."""
    references = [node for _, node in every_annotation(policy) if isinstance(node, tree.Import)]
    if not references:
        return Library(), []
    heads: list[Head] = []
    for folder in _folders(Path(policy.source.name)):
        files = list(_files(folder))
        nearer = {head.number for head in heads}
        if len(files) > MAX_FILES:
            missing = [node.number.span for node in references if asked(node)[0] not in nearer]
            if not missing:
                break
            where = Term("upstream 文件夹", "the folder upstream") if folder.name == FOLDER else _BESIDE
            problem = LibraryTooLarge(
                source=policy.source, span=missing[0], folder=where, found=len(files), limit=MAX_FILES
            )
            return Library(complete=False), [problem]
        heads += [head for file in files if (head := _head(file)) is not None and head.number not in nearer]
    trees: dict[str, tree.Policy] = {}
    library, wanted = Library(tuple(heads), trees), _taken_from(policy)
    problems: list[Problem] = []
    while wanted:
        head = library.picked(*wanted.pop())
        if head is not None and head.number not in trees:
            found, wrong = _read(head, cache)
            problems += wrong
            if found is not None:
                trees[head.number] = found
                wanted += _taken_from(found)
    return library, problems


def _taken_from(policy: tree.Policy) -> list[tuple[str, date | None]]:
    return [asked(node) for _, node in every_annotation(policy) if isinstance(node, tree.Import) and node.takes]


def _folders(policy: Path) -> Iterator[Path]:
    """The nearest first; each once."""
    bundled = Path(__file__).with_name(FOLDER)
    beside = [policy.parent / FOLDER, policy.parent] if _is_file(policy) else []
    standard = bundled if bundled.is_dir() else Path(__file__).resolve().parents[1] / "policies" / FOLDER
    seen: set[Path] = set()
    for folder in (*beside, standard):
        if folder.resolve() not in seen:
            seen.add(folder.resolve())
            yield folder


def _files(folder: Path) -> Iterator[Path]:
    """The policies of a folder, in one order; a link that leads out of it is none of them."""
    try:
        found = sorted(folder.glob("*.pol"))
    except OSError:
        return
    place = folder.resolve()
    yield from (file for file in found if _is_file(file) and file.resolve().parent == place)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _head(file: Path) -> Head | None:
    try:
        with file.open("rb") as stream:
            return head_of(stream.read(_HEAD_BYTES).decode("utf-8-sig", "ignore"), str(file))
    except OSError:
        return None


def _read(head: Head, cache: Path | None) -> tuple[tree.Policy | None, list[Problem]]:
    from fayan.policy import PolicyError, read_source

    try:
        return parse(read_source(head.source), cache=cache)
    except PolicyError as error:
        return None, list(error.problems)
