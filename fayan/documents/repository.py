"""Policies as they were at a revision of a git repository. Git is asked; nothing is checked out and nothing is written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from attrs import frozen

from fayan.documents.shelves import UPSTREAM, Shelf
from fayan.documents.texts import decoded, read_bytes
from fayan.errors import PolicyError, UsageError
from fayan.problems.git import NoGit, NoRepository, NoSuchRevision, NotAtRevision
from fayan.problems.given import whole
from fayan_dsl.problem import Term

if TYPE_CHECKING:
    from fayan_dsl.source import Source


#: What the name of a policy ends in.
POLICY = ".pol"


@frozen
class Repository:
    """``work`` is a folder inside of it."""

    work: Path

    @classmethod
    def of(cls, file: str) -> Repository:
        """The repository that a file lies in, or lay in: the file and even its folder may be gone by now."""
        path = Path(file).absolute()
        folder = next(each for each in path.parents if each.is_dir())
        found = cls(folder)
        answer = found._ask("rev-parse", "--show-toplevel")
        if answer.returncode:
            source, span = whole(file, file)
            raise UsageError([NoRepository(source=source, span=span, path=file, reason=_said(answer))])
        return found

    def revision(self, name: str) -> Revision:
        """A branch, tag or commit by its name."""
        commit = (
            self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            .stdout.decode("ascii", "replace")
            .strip()
        )
        if name.startswith("-") or not commit.isalnum():  # nothing at all, or “^” and a commit that is left out
            source, span = whole(name, name)
            raise UsageError([NoSuchRevision(source=source, span=span, given=name)])
        return Revision(self, name, commit)

    def path_of(self, file: str) -> str:
        """The file's path from the top of the repository."""
        prefix = os.fsdecode(self._ask("rev-parse", "--show-prefix").stdout).rstrip("\n")
        inside = Path(file).absolute().relative_to(self.work)
        return str(PurePosixPath(prefix) / inside.as_posix())

    def renamed(self, old: Revision, new: Revision | None) -> dict[str, str]:
        """Policies that were renamed between two revisions, or a revision and what is on disk: path then → path now."""
        ends = [old.commit, *([new.commit] if new else [])]
        return dict(
            _renames(
                self._ask(
                    "diff", "--no-relative", "--find-renames", "--name-status", "-z", *ends, "--", f":(top)*{POLICY}"
                )
            )
        )

    def path_then(self, path: str, old: Revision, new: Revision | None) -> str:
        """Where what is at a path now lay at an old revision: step by step, where it was rewritten by and by."""
        now = {after: before for before, after in self.renamed(old, new).items()}
        if path in now:
            return now[path]
        commits = f"{old.commit}..{new.commit if new else 'HEAD'}"
        steps = self._ask("log", "--follow", "--format=", "--name-status", "-z", commits, "--", f":(top,literal){path}")
        for before, after in _renames(steps):
            path = before if after == path else path
        return path

    def _ask(self, *question: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", *question], cwd=self.work, env=_environment(), capture_output=True, check=False
            )
        except ValueError:  # no name of git's has a zero byte
            return subprocess.CompletedProcess(question, 128, b"", b"")
        except FileNotFoundError:
            source, span = whole("git", "git")
            raise UsageError([NoGit(source=source, span=span)]) from None


@frozen
class Revision:
    """A commit; ``name`` is what it was asked for by."""

    repository: Repository
    name: str
    commit: str

    def policy(self, file: str, path: str = "") -> tuple[Source, tuple[Shelf, ...]]:
        """The text of a policy as it was, and the folders of the documents that it refers to as they were.

        ``file`` is its path on disk, ``path`` from the top of the repository, where it was another one.
        """
        path = path or self.repository.path_of(file)
        if self.kind(path) != "blob":
            source, span = whole(file, file)
            alike = [each for each in self.listed("") if PurePosixPath(each).name == PurePosixPath(path).name]
            elsewhere = (
                Term(f"当时在 {'、'.join(alike)}。", f" It was at {', '.join(alike)}.") if alike else Term("", "")
            )
            raise PolicyError(
                [NotAtRevision(source=source, span=span, path=path, revision=self.name, elsewhere=elsewhere)]
            )
        folder = PurePosixPath(path).parent
        shelves = (Shelved(self, str(folder / UPSTREAM)), Shelved(self, str(folder)))
        return self.source(path), shelves

    def called(self, path: str) -> str:
        return f"{self.name}:{path}"

    @property
    def label(self) -> str:
        """“HEAD~1 3fa2b1c0de”: what was asked for, and which commit that is."""
        return self.name if self.commit.startswith(self.name) else f"{self.name} {self.commit[:10]}"

    def kind(self, path: str) -> str:
        """What lies there: blob, tree, nothing; a link is nothing that is read."""
        entries = self._entries("--full-tree", self.commit, path)
        return next((kind for mode, kind, name in entries if name == path and mode != "120000"), "")

    def listed(self, folder: str) -> list[str]:
        """The policies right in a folder; all of them for no folder."""
        where = [f"{folder}/"] if folder not in ("", ".") else []
        recursive = ["-r"] if folder == "" else []
        entries = self._entries(*recursive, "--full-tree", self.commit, *where)
        return sorted(
            name for mode, kind, name in entries if kind == "blob" and mode != "120000" and name.endswith(POLICY)
        )

    def source(self, path: str) -> Source:
        with self._open(path) as stream:
            return decoded(self.called(path), read_bytes(self.called(path), stream))

    def start(self, path: str, size: int) -> bytes:
        with self._open(path) as stream:
            return stream.read(size)

    def _open(self, path: str) -> _Output:
        return _Output(["git", "cat-file", "blob", f"{self.commit}:{path}"], self.repository.work)

    def _entries(self, *what: str) -> list[tuple[str, str, str]]:
        """(mode, kind, path) of what git lists."""
        answer = self.repository._ask("ls-tree", "-z", *what)
        found = []
        for line in answer.stdout.decode("utf-8", "replace").split("\0"):
            head, tab, name = line.partition("\t")
            if tab:
                mode, kind, _ = head.split(" ")
                found.append((mode, kind, name))
        return found


@frozen
class Shelved:
    """A folder as it was at a revision."""

    revision: Revision
    folder: str

    @property
    def name(self) -> str:
        return PurePosixPath(self.folder).name

    def policies(self) -> Sequence[str]:
        return [self.revision.called(path) for path in self.revision.listed(self.folder)]

    def start(self, name: str, size: int) -> bytes | None:
        return self.revision.start(self._path(name), size)

    def source(self, name: str) -> Source:
        return self.revision.source(self._path(name))

    def _path(self, name: str) -> str:
        return name.removeprefix(self.revision.called(""))


def _renames(answer: subprocess.CompletedProcess[bytes]) -> Iterator[tuple[str, str]]:
    """(path before, path after) of what ``--name-status -z`` lists; the newest first, where commits are listed."""
    words = iter(os.fsdecode(answer.stdout).lstrip("\n").split("\0"))
    for status in words:
        if status.strip()[:1] in ("R", "C"):
            yield next(words, ""), next(words, "")
        elif status.strip():
            next(words, "")


class _Output:
    """What a command writes, read as far as is wanted."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.process = subprocess.Popen(
            command, cwd=folder, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def __exit__(self, *_: object) -> None:
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process.wait()


def _environment() -> dict[str, str]:
    """Without what a hook of git is told about its own repository: the one asked about is the file's. Messages in one language."""
    own = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
    return {name: value for name, value in os.environ.items() if name not in own} | {"LC_ALL": "C"}


def _said(answer: subprocess.CompletedProcess[bytes]) -> Term:
    """Git's own words, where it is not simply that there is no repository."""
    line = answer.stderr.decode("utf-8", "replace").strip().splitlines()
    told = line[0].removeprefix("fatal: ") if line else ""
    return (
        Term("", "") if told.startswith("not a git repository") else Term(f"（git 说 {told}）", f" (git says {told})")
    )
