"""What a run writes, by the name of the output: Parquet and JSON lines for programs, CSV, workbooks and pages for people."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fayan.population import store, wording
from fayan.problems import population as faults
from fayan.problems.files import why_unwritable
from fayan.problems.given import NOTHING_MORE, tail
from fayan.whole import whole
from fayan_dsl.problem import Problem, Term
from fayan_runtime.codes import declared
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.written import say
from fayan_runtime.explain.words import pick
from fayan_runtime.reference import conditions_of
from fayan_runtime.results import DECISIONS, ITEMS, OUTCOMES, PER_WORD, UNMATCHED, WIDE

if TYPE_CHECKING:
    from fayan.population.question import Question
    from fayan.population.run import Run
    from fayan.tables.staged import Staged

#: What takes a run to a path that is not there yet; the language is that of pages.
Writer = Callable[["Run", Path, str], None]
REPORT = "汇总.json"
_WAYS = Term(
    "名字以 .xlsx（工作簿）、.html（网页）、.csv、.parquet、.jsonl 结尾；没有后缀的是 Parquet 的文件夹，名字以 .csv/ 结尾的是 CSV 的文件夹。",
    "End its name in .xlsx, .html, .csv, .parquet or .jsonl; a name without a suffix is a folder of Parquet, one that ends in .csv/ a folder"
    " of CSV.",
)
EXPLANATIONS = "说明"
#: What the bits of reason codes say, beside those that have them.
REASONS = "理由"


def writer(output: str, resume: bool = False, inputs: Iterable[str] = ()) -> tuple[Writer | None, list[Problem]]:
    """How an output of this name is written, checked before anything is decided; nothing that is read is written over."""
    path = Path(output)
    folder = output.endswith(("/", os.sep))
    found = {"": parquet_folder, ".csv": csv_folder} if folder or not path.suffix else FILES
    made = found.get(path.suffix.lower())
    source, span = tail(f"-o {output}", output)
    if made is None:
        return None, [faults.UnknownOutput(source=source, span=span, path=output, ways=_WAYS)]
    if any(_among(path, Path(each)) for each in inputs):
        return None, [faults.OutputIsInput(source=source, span=span, path=output)]
    full = path.exists() and (not path.is_dir() or any(path.iterdir()))
    if made in (parquet_folder, csv_folder) and full and not (resume and made is parquet_folder):
        way = Term("接着没有做完的一次运行，用 --resume。", " To go on with a run that did not finish, use --resume.")
        go_on = way if made is parquet_folder else NOTHING_MORE
        return None, [faults.OutputThere(source=source, span=span, path=output, resume=go_on)]
    if not path.parent.is_dir():
        return None, [_unwritten(output, FileNotFoundError(0, "No such file or directory"))]
    return _WIDE.get(made, made) if is_wide(output) else made, []


def is_wide(output: str) -> bool:
    """Whether an output has one row for each enterprise in place of one for each provision: its name says so."""
    return Path(output).stem.endswith("宽")


def _among(path: Path, read: Path) -> bool:
    """Whether a file is there that is read: as a table, or in a folder of tables."""
    return path.exists() and read.exists() and (path.samefile(read) or (path.is_file() and path.parent.samefile(read)))


def write(run: Run, output: str, language: str) -> list[Problem]:
    """Write it whole, with the rejects beside it where it cannot hold them."""
    made, problems = writer(output)
    path = Path(output)
    if made is None:
        return problems
    try:
        if made in (parquet, wide_parquet, csv_file, json_lines):
            _rejects_beside(run, path.with_name(f"{path.stem}.退回.csv"), language)
        if made in (parquet, wide_parquet, json_lines):
            with whole(path.with_name(f"{path.stem}.{REASONS}.csv")) as beside:
                _reasons(run, beside, language)
        with whole(path) as beside:
            if path.is_dir():
                path.rmdir()  # it is empty
            made(run, beside, language)
    except OSError as error:
        return [_unwritten(output, error)]
    return []


def _rejects_beside(run: Run, path: Path, language: str) -> None:
    """Before the results are: where they are, what is missing from them is beside them, whenever the run ends; and not of another run."""
    if not run.population.faults:
        path.unlink(missing_ok=True)
        return
    with whole(path) as beside:
        _csv(run, beside, wording.rejects(language), language)


def _unwritten(output: str, error: OSError) -> Problem:
    source, span = tail(f"-o {output}", output)
    return faults.NotWritten(source=source, span=span, path=output, reason=why_unwritable(error))


def beside(output: str, name: str, text: str) -> None:
    """Write a page into the folder of explanations: inside a folder, beside a file."""
    path = Path(output)
    folder = path / EXPLANATIONS if path.is_dir() else path.with_name(f"{path.stem}.{EXPLANATIONS}")
    folder.mkdir(exist_ok=True)
    with whole(folder / name) as page:
        page.write_text(text, "utf-8")


# ---------------------------------------------------------------- for programs


def parquet(run: Run, path: Path, language: str) -> None:
    _parquet(run, path, DECISIONS)


def parquet_folder(run: Run, path: Path, language: str) -> None:
    _folder(run, path, language, DECISIONS)


def wide_parquet(run: Run, path: Path, language: str) -> None:
    store.widen(run.staged.connection, run.schema, run.question)
    _parquet(run, path, WIDE)


def wide_folder(run: Run, path: Path, language: str) -> None:
    store.widen(run.staged.connection, run.schema, run.question)
    _folder(run, path, language, WIDE)


def _folder(run: Run, path: Path, language: str, decisions: str) -> None:
    path.mkdir()
    for table in (decisions, ITEMS, UNMATCHED):
        _parquet(run, path / f"{table}.parquet", table)
    report(run, path, language)


def report(run: Run, path: Path, language: str) -> None:
    """What a folder of Parquet has beside the tables of results: what was rejected, and the sums."""
    copy(run.staged, run.question, f"SELECT * FROM ({wording.rejects().query})", path / "退回.parquet")
    _reasons(run, path / f"{REASONS}.csv", language)
    (path / REPORT).write_text(run.to_json(language), "utf-8")


def _reasons(run: Run, path: Path, language: str) -> None:
    """Which bits of the reason code of which provision say what of which condition."""
    said, of = tongue(language), run.question
    names = ("措施", "事项", "第几个数", "从第几位", "条件", "全文", "0", "1", "2", "3")
    outcomes = [pick(pair, language) for pair in (("符合", "met"), *(wording.OUTCOME[each] for each in OUTCOMES[1:]))]
    lines: list[Iterable[Any]] = [names]
    for rule in of.asked:
        for number, (_, condition) in enumerate(conditions_of(rule)):
            words = say(said, condition.expr, of.program, dict(of.readings))
            place = (number // PER_WORD, number % PER_WORD * 2)
            lines.append((rule.measure, rule.name, *place, condition.name, words, *outcomes))
    _write_csv(path, lines)


def _parquet(run: Run, path: Path, table: str) -> None:
    copy(run.staged, run.question, result(run.question, run.schema, table), path)


def result(question: Question, schema: str, table: str) -> str:
    """SQL of a table of results as it is written: what was decided says under which readings, what meets no item what it is."""
    if table == DECISIONS:
        return store.decisions(question, schema)
    return store.unmatched(question.program, schema) if table == UNMATCHED else f"SELECT * FROM {schema}.{table}"


def copy(staged: Staged, question: Question, query: str, path: Path) -> None:
    """Write what a query gives as Parquet, which says of what policy, day and readings it is."""
    about: dict[str, Any] = {
        "policy": question.program.digest,
        "on": question.on.isoformat(),
        "readings": dict(question.readings),
    }
    if WIDE in query:
        about["facts"] = [[name, [each.name for each in fact.fields]] for name, fact in declared(question.program)]
    said = json.dumps(about, ensure_ascii=False).replace("'", "''")
    place = str(path).replace("'", "''")
    staged.connection.execute(
        f"COPY ({query}) TO '{place}' (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{'fayan.run': '{said}'}})"
    )


def json_lines(run: Run, path: Path, language: str) -> None:
    used = store.readings(run.question)
    with path.open("w", encoding="utf-8") as file:
        for row in run.rows():
            row[store.READINGS] = used[row["事项"]]
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


# ---------------------------------------------------------------- for people


def html(run: Run, path: Path, language: str) -> None:
    path.write_text(run.to_html(language), "utf-8")


def csv_file(run: Run, path: Path, language: str) -> None:
    run.prepare(language)
    _csv(run, path, wording.decisions(run.schema, language), language)


def csv_folder(run: Run, path: Path, language: str) -> None:
    """Its files have the same names in either language: programs look for them."""
    run.prepare(language)
    path.mkdir()
    for sheet in wording.sheets(run.schema, run.question.program, language):
        _csv(run, path / f"{sheet.name[0]}.csv", sheet, language)
    named = [section.title for section in run.population.sections()]
    for name, section in zip(named, run.population.sections(language), strict=True):
        titles = [column.title for column in section.columns]
        _write_csv(path / f"汇总-{name}.csv", [titles, *section.rows])


def _csv(run: Run, path: Path, sheet: wording.Sheet, language: str) -> None:
    def lines() -> Iterable[Iterable[Any]]:
        yield [pick(column, language) for column in sheet.columns]
        yield from wording.rows(run.staged.connection, sheet.query)

    _write_csv(path, lines())


def _write_csv(path: Path, rows: Iterable[Iterable[Any]]) -> None:
    """With a byte order mark, by which spreadsheet programs know the encoding."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file).writerow
        for row in rows:
            write([inert(cell) for cell in row])


#: What makes a formula of a cell, full-width signs too, which some programs take for the plain ones.
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(cell: Any) -> Any:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_SIGNS) else cell


def xlsx(run: Run, path: Path, language: str) -> None:
    from fayan.population.workbook import write_workbook

    run.prepare(language)
    write_workbook(run, path, language)


_WIDE: dict[Writer, Writer] = {parquet: wide_parquet, parquet_folder: wide_folder}
FILES: dict[str, Writer] = {
    ".parquet": parquet,
    ".csv": csv_file,
    ".xlsx": xlsx,
    ".html": html,
    ".htm": html,
    ".jsonl": json_lines,
}
