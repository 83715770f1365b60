"""``python -m benchmarks.population``: whole populations, each comparison a ratio in one run on one machine. See docs/benchmarks.md."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.population.jobs import HAND, MEMORY, RESULTS, THREADS, question
from benchmarks.population.made_up import connect, population, staged
from benchmarks.population.measure import Taken, apart
from fayan.population.engines import engine
from fayan_runtime.names import KEY
from fayan_runtime.results import DECISIONS

#: A rate of enterprises decided in a second, as the policy's 20 measures on two cores should reach; ratios to SQL by hand; GiB.
RATE, BARE, TOLD, MOST = 300_000, 1.3, 2.0, 8.0
SMALL = 20_000
MEASURES = "3,5,7"


def alike(path: Path) -> tuple[int, list[tuple[object, ...]]]:
    """How many rows the SQL by hand gives, and those in which the plan gives something else: status, amount or what is payable."""
    connection = connect(path, THREADS, MEMORY)
    connection.execute(f"CREATE TABLE hand AS {HAND.read_text('utf-8')}")
    asked = question(MEASURES, reasons=False)
    engine("duckdb")(staged(connection, asked.program), asked, RESULTS, lambda count: None)
    columns = f'"{KEY}", "措施", "事项", "状态", "金额", "应付"'
    plan, hand = f'SELECT {columns} FROM "{RESULTS}"."{DECISIONS}"', f"SELECT {columns} FROM hand"
    both = f"(({plan}) EXCEPT ALL ({hand})) UNION ALL (({hand}) EXCEPT ALL ({plan}))"
    differing = connection.execute(both).fetchall()
    (rows,) = connection.execute("SELECT count(*) FROM hand").fetchone() or (0,)
    connection.close()
    return rows, differing


def by_hand(path: Path, output: Path, n: int, rounds: int) -> None:
    """(a) Statuses, amounts and what is payable are the same, row by row; then both are timed."""
    rows, differing = alike(path)
    assert not differing, differing
    print(f"(a) measures {MEASURES} of {n} enterprises, Parquet in and out; {rows} rows are alike")
    ours = apart("by_hand", path, output / "hand", rounds=rounds)
    line("SQL by hand", ours, "")
    for what, how, bound in (("the plan without reasons", "bare", BARE), ("the plan with reasons", "long", TOLD)):
        taken = apart("by_plan", path, output / how, MEASURES, how, rounds=rounds)
        ratio = taken.cpu / ours.cpu
        line(what, taken, f"{ratio:.2f} × (bound {bound})", ratio <= bound)


def all_measures(path: Path, output: Path, n: int, rounds: int) -> None:
    """(b) With one row for each enterprise, as the long table, without writing, and what a program has to do that only reads and writes."""
    print(f"(b) all measures with reasons, {THREADS} threads")
    forms = (
        ("one row for each enterprise, items", "wide"),
        ("every cell worked out, no file", "decided"),
        ("the long table, items", "long"),
    )
    for what, how in forms:
        taken = apart("by_plan", path, output / "all", "", how, rounds=rounds)
        rate = THREADS * n / taken.cpu
        line(what, taken, f"{rate:,.0f} a second of {THREADS} cores (bound {RATE:,})", rate >= RATE)
    least = apart("floor", path, output / "floor", rounds=rounds)
    line(
        "only read and written", least, f"{THREADS * n / least.cpu:,.0f} a second of {THREADS} cores, deciding nothing"
    )


def linear(folder: Path, output: Path, n: int) -> None:
    print("(c) fayan run: tables checked, everything decided, summed up and written")
    sizes = [n // 10, n // 3, n]
    taken = [apart("whole", population(folder, size), output / f"whole {size}") for size in sizes]
    first = taken[0].cpu / sizes[0]
    for size, each in zip(sizes, taken, strict=True):
        grown = each.cpu / size / first
        held = grown <= 1.1 and each.peak <= MOST
        line(
            f"{size} enterprises",
            each,
            f"{1e6 * each.cpu / size:.0f} µs each, {grown:.2f} × the first (bound 1.1)",
            held,
        )


def engines(path: Path, output: Path, n: int) -> None:
    few = min(n, 5_000)
    print("(e) the engines, all measures with reasons")
    closure = apart("by_closure", path, few)
    plan = apart("by_plan", path, output / "engines", "", "long")
    line(f"one by one, {few} enterprises", closure, f"{1e6 * closure.cpu / few:.0f} µs each")
    line(f"one plan, {n} enterprises", plan, f"{1e6 * plan.cpu / n:.0f} µs each")


def kernel(path: Path) -> None:
    from benchmarks.population.kernel import compared

    compared(path, THREADS, MEMORY)


def line(what: str, taken: Taken, said: str, held: bool = True) -> None:
    numbers = f"{taken.wall:>9.1f} s{taken.cpu:>9.1f} s of processors{taken.peak:>7.2f} GiB" if what else " " * 47
    print(f"  {what:<30}{numbers}  {said}{'' if held else '   ← over the bound'}", flush=True)


def run(n: int = SMALL, largest: int = 0, rounds: int = 1, only: str = "abcde", kept: Path | None = None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, output = kept or Path(temporary), Path(temporary)
        path = population(folder, n)
        parts: dict[str, Callable[[], None]] = {
            "a": partial(by_hand, path, output, n, rounds),
            "b": partial(all_measures, path, output, n, rounds),
            "c": partial(linear, folder, output, largest or n),
            "d": partial(kernel, population(folder, min(n, 100_000))),
            "e": partial(engines, path, output, n),
        }
        for each in only:
            parts[each]()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.population", description=__doc__)
    parser.add_argument("--n", type=int, default=SMALL, help="how many enterprises")
    parser.add_argument("--largest", type=int, default=0, help="the largest population of (c); n where it is left out")
    parser.add_argument("--rounds", type=int, default=1, help="of several rounds the one that took least counts")
    parser.add_argument("--only", default="abcde", help="the parts to run")
    parser.add_argument("--keep", type=Path, help="a folder where the made-up populations stay for the next run")
    given = parser.parse_args()
    run(given.n, given.largest, given.rounds, given.only, given.keep)
