"""How fast is it? ``python -m benchmarks`` prints each time beside its bound. Times vary; nothing fails on them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.answers import answers
from benchmarks.by_hand import decide as decide_by_hand
from fayan.policy import load
from fayan_compiler.targets.python.closure import compile_closure

ROOT = Path(__file__).parent.parent
POLICY = ROOT / "policies" / "yubei_2024.pol"
ON = date(2025, 12, 31)
BY_HAND = {3, 5, 7}


def best(run: Callable[[], object], times: int, rounds: int = 7) -> float:
    """Seconds for one run: the best of several rounds, which other work on the machine disturbs least."""
    found = []
    for _ in range(rounds):
        start = perf_counter()
        for _ in range(times):
            run()
        found.append((perf_counter() - start) / times)
    return min(found)


def row(what: str, value: str, bound: str, held: bool) -> None:
    print(f"  {what:<46}{value:>14}{bound:>14}  {'' if held else '← over the bound'}")


def deciding() -> None:
    policy = load(POLICY)
    print(
        f"deciding on {ON}, microseconds for one enterprise                          (bound: all with reasons < 1000, ratio ≤ 5)"
    )
    print(
        f"  {'facts':<16}{'20 measures':>14}{'3 5 7':>12}{'by hand':>12}{'ratio':>10}   (the middle ones without reasons)"
    )
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        facts = policy.read_facts(path)
        full = best(partial(policy.decide, facts, ON), 200) * 1e6
        bare = best(partial(policy.decide, facts, ON, measures=BY_HAND, reasons=False), 400) * 1e6
        line = f"  {path.stem:<16}{full:>14.0f}{bare:>12.0f}"
        outcome = policy.decide(facts, ON, measures=BY_HAND).outcome
        if any(each.missing for each in outcome.provisions()):
            print(f"{line}{'–':>12}{'–':>10}   (facts are missing)")
            continue
        enterprise = facts.scopes["企业"]
        assert answers(outcome) == decide_by_hand(enterprise, ON), path
        hand = best(partial(decide_by_hand, enterprise, ON), 1000) * 1e6
        over = full >= 1000 or bare > 5 * hand
        print(f"{line}{hand:>12.0f}{bare / hand:>10.1f}{'   ← over the bound' if over else ''}")


def loading() -> None:
    load(POLICY)  # the parser's tables are kept after the first time
    program = load(POLICY).program
    whole = best(lambda: compile_closure(load(POLICY).program), 1) * 1e3
    compiling = best(lambda: compile_closure(program), 1) * 1e3
    print("milliseconds")
    row("load and compile the policy", f"{whole:.0f}", "< 300", whole < 300)
    row("  of which: program → Python functions", f"{compiling:.0f}", "< 120", compiling < 120)


def processes() -> None:
    facts = str(sorted((ROOT / "examples").glob("*.yaml"))[0])
    for what, bound, args in (
        ("fayan --version", 150, ["--version"]),
        ("fayan check", 500, ["check", str(POLICY)]),
        ("fayan eval", 700, ["eval", str(POLICY), "--facts", facts, "--on", str(ON)]),
        ("fayan diff, nothing changed", 1500, ["diff", str(POLICY), str(POLICY)]),
        ("fayan diff, six changes", 5000, ["diff", str(POLICY), str(ROOT / "examples" / "修订建议.pol")]),
    ):
        command = [sys.executable, "-m", "fayan", *args]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        run = partial(subprocess.run, command, check=True, capture_output=True, cwd=ROOT, env=environment)
        taken = best(run, 1, 3) * 1e3
        row(f"{what} (whole process)", f"{taken:.0f}", f"< {bound}", taken < bound)


def checking() -> None:
    """Generated policies of growing length: the time for a thousand lines should not grow with it."""
    from benchmarks.check import policy, seconds

    seconds(policy(100))  # modules are loaded once
    print("seconds")
    for lines in (1_250, 2_500, 5_000, 10_000):
        taken = seconds(policy(lines))
        row(f"check {lines} lines ({1000 * taken / lines:.2f} for a thousand)", f"{taken:.2f}", "< 6", taken < 6)
    taken = seconds(policy(10_000).replace("    收入 金额\n", ""))
    row("check 10000 lines where a fact is missing", f"{taken:.2f}", "< 6", taken < 6)


if __name__ == "__main__":
    deciding()
    print()
    loading()
    processes()
    checking()
