"""A population in parts, one after the other: what is decided is kept, so that a run that was ended goes on where it was.

Parts are the folders inside the input folder, each a population by itself; the figures of the district may stand beside them. Each part
gives a folder of Parquet, put in its place whole. They grow in a folder beside the output, which gets its name when all is done; a manifest
says what was asked of what, so that nothing is ever put together that was not.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import evolve, frozen

from fayan.errors import FactsError, UsageError
from fayan.population import outputs, store
from fayan.population.district import District, added, district, write
from fayan.population.question import Engine, Question
from fayan.problems import population as faults
from fayan.problems.given import tail
from fayan.problems.given import whole as whole_text
from fayan.progress import progress
from fayan.tables.keys import read_keys
from fayan.tables.read import SUFFIXES, connect, entries, not_read, read_tables
from fayan.tables.rejects import REJECTS
from fayan.tables.sheet import ROW
from fayan.tables.staged import Staged
from fayan.tables.staging import REPEATS, ROWS_OF, Count
from fayan.whole import clear, unfinished, whole
from fayan_dsl.problem import Term
from fayan_runtime.ir import Program
from fayan_runtime.names import DISTRICT, ENTERPRISE, KEY
from fayan_runtime.results import DECISIONS, ITEMS, TABLES, UNMATCHED, WIDE
from fayan_runtime.tables import POSITION, tables_of

MANIFEST, FACTS, COUNTS = "运行.json", "事实", "行数.json"
SCHEMA = "fayan.run-parts/1"


@frozen
class Parts:
    """``folders`` by name; ``beside`` are files of 全区 that hold for each. ``output`` is where the results grow; where it is empty, they
    are kept until the run is closed.
    """

    given: Path
    folders: tuple[Path, ...]
    beside: tuple[Path, ...]
    unread: tuple[Path, ...]
    output: str = ""


def parts_of(inputs: Sequence[str | os.PathLike[str]], output: str, resume: bool) -> Parts | None:
    """The parts, where the one input is a folder of folders; they grow in the output where that is in parts too."""
    found = _parts(inputs)
    alike = bool(output) and outputs.writer(output, resume=True)[0] in (outputs.parquet_folder, outputs.wide_folder)
    if resume and not (found and alike) and all(Path(each).exists() for each in inputs):
        source, span = tail(f"-o {output}", output) if output else tail("--resume", "--resume")
        raise UsageError([faults.NothingToResume(source=source, span=span)])
    return evolve(found, output=output) if found and alike else found


def _parts(inputs: Sequence[str | os.PathLike[str]]) -> Parts | None:
    if len(inputs) != 1 or not Path(inputs[0]).is_dir():
        return None
    given = Path(inputs[0])
    inside = entries(given)
    folders = tuple(path for path in inside if path.is_dir())
    files = [path for path in inside if not path.is_dir()]
    district = tuple(path for path in files if path.stem == DISTRICT)
    others = tuple(path for path in files if path.stem != DISTRICT)
    # a folder that is called like a table has the parts of that table; beside tables there are no parts
    if not folders or any(each.name == ENTERPRISE for each in folders) or any(_is_table(each) for each in others):
        return None
    return Parts(given, folders, district, others)


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


@frozen
class Grown:
    """All parts decided: ``staged`` reads their facts and results where they were written, in ``folder``; ``held`` where that goes again."""

    staged: Staged
    district: District
    parts: Parts
    schema: str
    folder: Path
    held: TemporaryDirectory[str] | None = None

    @property
    def output(self) -> str:
        return self.parts.output

    def part_of(self, file: str) -> str:
        """The part that a file is of."""
        return Path(file).relative_to(self.parts.given).parts[0]

    def close(self) -> None:
        if self.held:
            self.held.cleanup()

    def finish(self, report: Callable[[Path], None]) -> None:
        """Add what is said of all parts together, and only then give the folder its name."""
        done = Path(self.output)
        if self.folder == done:
            return
        report(self.folder)
        if done.exists():
            done.rmdir()  # it is empty
        self.folder.rename(done)
        _look_into(self.staged, done, self.parts, self.schema)


def run_parts(parts: Parts, question: Question, decide: Engine, resume: bool, schema: str) -> Grown:
    """Decide the parts that are not decided yet."""
    if parts.unread:
        raise FactsError(list(map(not_read, parts.unread)))
    if not parts.output:
        held = TemporaryDirectory(prefix="fayan-")
        try:
            return evolve(_grown(parts, question, decide, Path(held.name) / "各份", False, schema), held=held)
        except BaseException:
            held.cleanup()
            raise
    _, problems = outputs.writer(parts.output, resume)
    if problems:
        raise UsageError(problems)
    folder = Path(parts.output)
    if resume and (folder / MANIFEST).exists():
        _same(folder, _asked(parts, question), parts.output)
        area = _district(parts, question, decide, folder)
        return Grown(_together(folder, parts, question, schema), area, parts, schema, folder)
    return _grown(parts, question, decide, unfinished(folder), resume, schema)


def _grown(parts: Parts, question: Question, decide: Engine, folder: Path, resume: bool, schema: str) -> Grown:
    """Part after part, in a folder that goes on where it was."""
    _begin(folder, parts, question, resume)
    area = _district(parts, question, decide, folder)
    with progress(len(parts.folders)) as step:
        for part in parts.folders:
            if not (folder / part.name).exists():
                _part(part, parts, question, decide, area, folder, schema, outputs.is_wide(parts.output))
            step(1)
    return Grown(_together(folder, parts, question, schema), area, parts, schema, folder)


# ---------------------------------------------------------------- what was asked


def _asked(parts: Parts, question: Question) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "policy": question.program.digest,
        "on": question.on.isoformat(),
        "readings": dict(question.readings),
        "measures": None if question.measures is None else list(question.measures),
        "district": {path.name: _digest(path) for path in parts.beside},
        "parts": {folder.name: _digest(folder) for folder in parts.folders},
    }


def _digest(path: Path) -> str:
    """Of a file, or of every file in a folder with its name."""
    found = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as opened:
                found.update(hashlib.file_digest(opened, "sha256").digest())
            found.update(str(file.relative_to(path.parent)).encode())
    return f"sha256:{found.hexdigest()}"


def _begin(growing: Path, parts: Parts, question: Question, resume: bool) -> None:
    asked = _asked(parts, question)
    if resume and (growing / MANIFEST).exists():
        _same(growing, asked, parts.output)
        return
    _apart(parts, question.program)
    clear(growing)
    growing.mkdir()
    with whole(growing / MANIFEST) as beside:
        beside.write_text(json.dumps(asked, ensure_ascii=False, indent=2), "utf-8")


def _same(folder: Path, asked: dict[str, Any], output: str) -> None:
    """Refuse to go on with what was asked otherwise."""
    before = _json(folder / MANIFEST)
    words = {
        "policy": "政策",
        "on": "评估日",
        "readings": "口径",
        "measures": "措施",
        "district": "全区的数",
        "parts": "输入",
    }
    differs = [name for name in asked if before.get(name) != asked[name]]
    if differs:
        source, span = tail(f"-o {output}", output)
        told = Term("、".join(words.get(name, name) for name in differs), ", ".join(differs))
        raise UsageError([faults.NotTheSameRun(source=source, span=span, path=output, differs=told)])


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _apart(parts: Parts, program: Program) -> None:
    """No enterprise has rows in two parts: each would be decided on a part of its facts. It is seen before anything is decided."""
    with connect() as connection:
        connection.execute(f"CREATE TABLE keys (part INTEGER, 表 VARCHAR, {KEY} VARCHAR)")
        for place, folder in enumerate(parts.folders):
            keys, problems = read_keys([folder], program)
            if problems:
                raise FactsError(problems)
            connection.register("found", keys)
            connection.execute(f"INSERT INTO keys SELECT {place}, 表, {KEY} FROM found")
        torn = connection.execute(
            f"SELECT {KEY}, count(*) OVER () FROM keys GROUP BY {KEY}"
            f" HAVING min(part) <> max(part) AND bool_or(表 = '{ENTERPRISE}') ORDER BY 1 LIMIT 1"
        ).fetchone()
        if torn is None:
            return
        key, count = torn
        (first, *others) = connection.execute(
            f"SELECT part, 表 FROM keys WHERE {KEY} = ? ORDER BY 表 <> '{ENTERPRISE}', part, 表", [key]
        ).fetchall()
    second = next(each for each in others if each[0] != first[0])
    places = [f"{parts.folders[part].name}/{table}" for part, table in (first, second)]
    source, span = whole_text(str(parts.given), str(parts.given))
    raise FactsError(
        [faults.InTwoParts(source=source, span=span, key=key, first=places[0], second=places[1], count=count)]
    )


# ---------------------------------------------------------------- one after the other


def _read(folder: Path, parts: Parts, question: Question) -> Staged:
    staged, problems = read_tables([folder, *parts.beside], question.program)
    if staged is None:
        raise FactsError(problems)
    return staged


def _district(parts: Parts, question: Question, decide: Engine, growing: Path) -> District:
    """Figures of the district over all parts: they are needed before any is decided, and kept."""
    kept = growing / f"{DISTRICT}.json"
    if not kept.exists():
        found: list[District] = []
        for folder in parts.folders:
            with _read(folder, parts, question) as staged:
                found.append(district(staged, question, decide, lambda count: None))
            if not found[-1].counted:
                break
        with whole(kept) as beside:
            beside.write_text(json.dumps(added(found).to_plain(), ensure_ascii=False, indent=2), "utf-8")
    return District.of_plain(json.loads(kept.read_text("utf-8")))


def _part(
    folder: Path,
    parts: Parts,
    question: Question,
    decide: Engine,
    area: District,
    growing: Path,
    schema: str,
    wide: bool,
) -> None:
    with _read(folder, parts, question) as staged, whole(growing / folder.name) as beside:
        write(staged, area.figures)
        decide(staged, question, schema, lambda count: None)
        beside.mkdir()
        if wide:
            store.widen(staged.connection, schema, question)
        for table in (DECISIONS, ITEMS, UNMATCHED, *([WIDE] if wide else [])):
            outputs.copy(staged, question, outputs.result(question, schema, table), beside / f"{table}.parquet")
        for name in (REJECTS, REPEATS):
            outputs.copy(staged, question, f"SELECT * FROM {name} ORDER BY rowid", beside / f"{name}.parquet")
        staged.write_parquet(beside / FACTS)
        counts = [[each.table, each.given, each.kept, each.rejected] for each in staged.counts]
        (beside / COUNTS).write_text(json.dumps(counts, ensure_ascii=False), "utf-8")


# ---------------------------------------------------------------- all together


def _files(folder: Path, parts: Parts, name: str) -> list[str]:
    return [str(folder / each.name / f"{name}.parquet") for each in parts.folders]


def _together(folder: Path, parts: Parts, question: Question, schema: str) -> Staged:
    tables = tables_of(question.program)
    connection = connect()
    connection.execute(f"CREATE SCHEMA {schema}")
    connection.execute(
        f"CREATE TABLE {DISTRICT} AS {_all(folder, evolve(parts, folders=parts.folders[:1]), _facts(DISTRICT))}"
    )
    for name in (REJECTS, REPEATS):
        connection.execute(f"CREATE TABLE {name} AS {_all(folder, parts, name)}")
    counts = tuple(_counted(folder, parts))
    staged = Staged(question.program, connection, tables, tuple(each.table for each in counts), counts)
    _look_into(staged, folder, parts, schema)
    return staged


def _look_into(staged: Staged, folder: Path, parts: Parts, schema: str) -> None:
    """The facts and results of all parts, as views of their files."""
    views = {f'"{each.name}"': _facts(each.name) for each in staged.tables if each.name != DISTRICT}
    for view, name in views.items():
        staged.connection.execute(f"CREATE OR REPLACE VIEW {view} AS {_all(folder, parts, name)}")
    for table in TABLES:  # as they were decided, without what is only told beside that
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        staged.connection.execute(
            f"CREATE OR REPLACE VIEW {schema}.{table.name} AS SELECT {columns} FROM ({_all(folder, parts, table.name)})"
        )
    if staged.program.offset:
        # only those that meet no item say on which row they stand
        view, rows = f'"{staged.program.offset.list}{ROWS_OF}"', _all(folder, parts, UNMATCHED)
        staged.connection.execute(f"CREATE OR REPLACE VIEW {view} AS SELECT {KEY}, {POSITION}, {ROW} FROM ({rows})")


def _facts(table: str) -> str:
    return f"{FACTS}/{table}"


def _all(folder: Path, parts: Parts, name: str) -> str:
    listed = ", ".join("'" + each.replace("'", "''") + "'" for each in _files(folder, parts, name))
    return f"SELECT * FROM read_parquet([{listed}])"


def _counted(folder: Path, parts: Parts) -> Iterator[Count]:
    """The rows of each table over all parts; 全区 beside the parts is one."""
    found: dict[str, list[int]] = {}
    for each in parts.folders:
        for table, *numbers in json.loads((folder / each.name / COUNTS).read_text("utf-8")):
            before = found.get(table, [0, 0, 0])
            found[table] = numbers if table == DISTRICT else [a + b for a, b in zip(before, numbers, strict=True)]
    for table, (given, kept, rejected) in found.items():
        yield Count(table, given, kept, rejected)
