"""A made-up population as files: folders of Parquet parts of the same enterprises, which say that they are made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fayan.tables.parquet_files import MARK, VERSION
from fayan.tables.synth.population import Population

#: How many enterprises stand in one part.
PART = 100_000
NOTE = "合成数据：由程序随机生成，企业、代码、金额都是虚构的。Synthetic data: made up by a program."


def write_parquet(
    population: Population, folder: Path, part: int = PART, done: Callable[[int], None] | None = None
) -> None:
    """``folder/企业/00000.parquet`` …; ``done`` is told how many enterprises are written."""
    from pyarrow import parquet

    metadata = {
        MARK: VERSION,
        "fayan.synthetic": NOTE,
        "fayan.synth": json.dumps(about(population), ensure_ascii=False),
    }
    written = 0
    for number, tables in enumerate(population.parts(part)):
        for name, table in tables.items():
            place = folder / name
            place.mkdir(parents=True, exist_ok=True)
            parquet.write_table(
                table.replace_schema_metadata(metadata), place / f"{number:05}.parquet", compression="zstd"
            )
        written += len(tables["企业"])
        if done:
            done(written)
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
