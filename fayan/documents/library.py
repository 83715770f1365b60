"""The library of a policy file: the documents that it may refer to.

They lie in the folder ``upstream`` beside the policy, beside the policy itself, or in the library that comes with fayan; a number
that is found in a nearer place hides it in those farther off. Nothing outside these folders is read. Only the heads of the files
are looked at, and only what something is taken from, or an article cited of, is read and parsed. ``shelves.py`` says how a folder is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fayan.documents.shelves import UPSTREAM, Shelf, beside, bundled, each_once
from fayan.errors import PolicyError
from fayan_compiler.library import Head, Library, asked, head_of
from fayan_compiler.places import every_annotation
from fayan_compiler.problems.imports import LibraryTooLarge
from fayan_dsl import tree
from fayan_dsl.lines import even
from fayan_dsl.parse import parse
from fayan_dsl.problem import Problem, Term

#: So many files are looked at in a folder, and so much of each for its head.
MAX_FILES = 1000
_HEAD_BYTES = 8192
_BESIDE = Term("政策文件所在的文件夹", "the folder of the policy")


def library_of(
    policy: tree.Policy, cache: Path | None, shelves: Sequence[Shelf] | None = None
) -> tuple[Library, list[Problem]]:
    """What the policy refers to, and what these documents refer to in their turn; with what is wrong with their text.

    ``shelves`` are the folders to look into before the library that comes with fayan; else those beside the policy.
    """
    references = [node for _, node in every_annotation(policy) if isinstance(node, tree.Import)]
    if not references:
        return Library(), []
    heads: list[Head] = []
    lies: dict[str, Shelf] = {}
    for shelf in each_once([*(beside(policy.source.name) if shelves is None else shelves), bundled()]):
        files = shelf.policies()
        nearer = {head.number for head in heads}
        if len(files) > MAX_FILES:
            missing = [node.number.span for node in references if asked(node)[0] not in nearer]
            if not missing:
                break
            where = Term("upstream 文件夹", "the folder upstream") if shelf.name == UPSTREAM else _BESIDE
            problem = LibraryTooLarge(
                source=policy.source, span=missing[0], folder=where, found=len(files), limit=MAX_FILES
            )
            return Library(complete=False), [problem]
        found = [head for file in files if (head := _head(shelf, file)) is not None and head.number not in nearer]
        heads += found
        lies |= {head.source: shelf for head in found}
    trees: dict[str, tree.Policy] = {}
    library, wanted = Library(tuple(heads), trees), _taken_from(policy) + _articles_cited(policy)
    problems: list[Problem] = []
    while wanted:
        head = library.picked(*wanted.pop())
        if head is not None and head.number not in trees:
            read, wrong = _read(lies[head.source], head.source, cache)
            problems += wrong
            if read is not None:
                trees[head.number] = read
                wanted += _taken_from(read)
    return library, problems


def _taken_from(policy: tree.Policy) -> list[tuple[str, date | None]]:
    return [asked(node) for _, node in every_annotation(policy) if isinstance(node, tree.Import) and node.takes]


def _articles_cited(policy: tree.Policy) -> list[tuple[str, date | None]]:
    """Documents of which the text names an article: whether it is there their own text says."""
    text = "".join(even(policy.source.text).split())
    named = [asked(node) for _, node in every_annotation(policy) if isinstance(node, tree.Import) and not node.takes]
    return [each for each in named if re.search(rf"{re.escape(''.join(each[0].split()))}）?第[^条]{{1,6}}条", text)]


def _head(shelf: Shelf, file: str) -> Head | None:
    data = shelf.start(file, _HEAD_BYTES)
    return None if data is None else head_of(data.decode("utf-8-sig", "ignore"), file)


def _read(shelf: Shelf, file: str, cache: Path | None) -> tuple[tree.Policy | None, list[Problem]]:
    try:
        return parse(shelf.source(file), cache=cache)
    except PolicyError as error:
        return None, list(error.problems)
