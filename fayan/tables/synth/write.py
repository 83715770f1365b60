"""A made-up population as files: folders of Parquet parts of the same enterprises, which say that they are made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fayan import problems_population as faults
from fayan.population.progress import progress
from fayan.problems import tail, why_unwritable
from fayan.tables.parquet_files import MARK, VERSION
from fayan.tables.read import no_facts
from fayan.tables.synth.population import Population
from fayan.whole import whole
from fayan_dsl.problem import Problem

#: How many enterprises stand in one part.
PART = 100_000
NOTE = "合成数据：由程序随机生成，企业、代码、金额都是虚构的。Synthetic data: made up by a program."


def write_population(population: Population, output: str) -> list[Problem]:
    """Write it whole under the name ``output``, or not at all."""
    if problems := no_facts(population.program):
        return problems
    path = Path(output)
    source, span = tail(f"-o {output}", output)
    if path.suffix:
        return [faults.UnknownOutput(source=source, span=span, path=output)]
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        return [faults.OutputThere(source=source, span=span, path=output)]
    try:
        with progress(population.n) as done, whole(path) as beside:
            if path.is_dir():
                path.rmdir()  # it is empty
            parquet_folder(population, beside, done)
    except OSError as error:
        return [faults.NotWritten(source=source, span=span, path=output, reason=why_unwritable(error))]
    return []


def parquet_folder(population: Population, folder: Path, done: Callable[[int], None], part: int = PART) -> None:
    """``folder/企业/00000.parquet`` …, the lists of the same enterprises in parts of the same number; ``done`` is told of each part."""
    from pyarrow import parquet

    said = json.dumps(about(population), ensure_ascii=False)
    metadata = {MARK: VERSION, "fayan.synthetic": NOTE, "fayan.synth": said}
    folder.mkdir()
    for number, tables in enumerate(population.parts(part)):
        for name, table in tables.items():
            place = folder / name
            place.mkdir(exist_ok=True)
            parquet.write_table(
                table.replace_schema_metadata(metadata), place / f"{number:05}.parquet", compression="zstd"
            )
        done(len(tables["企业"]))
    (folder / "说明.json").write_text(json.dumps(about(population), ensure_ascii=False, indent=2) + "\n", "utf-8")


def about(population: Population) -> dict[str, Any]:
    program = population.program
    return {
        "schema": "fayan.synth/1",
        "synthetic": True,
        "note": NOTE,
        "policy": {"number": program.number, "digest": program.digest},
        "n": population.n,
        "seed": population.seed,
    }
