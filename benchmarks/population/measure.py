"""What a job takes: each runs in a process of its own, so that its memory and its time are its own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from attrs import frozen

ROOT = Path(__file__).parents[2]


@frozen
class Taken:
    """Seconds by the clock, seconds of all processors (which other work on the machine disturbs less), GiB at the peak."""

    wall: float
    cpu: float
    peak: float


def _cpu() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)


def measured(job: Callable[[], object]) -> Taken:
    """The job as it runs in this process."""
    wall, cpu = perf_counter(), _cpu()
    job()
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Taken(perf_counter() - wall, _cpu() - cpu, peak / 2**20)


def apart(job: str, *args: object, rounds: int = 1) -> Taken:
    """A job of ``benchmarks.population.jobs`` in a process of its own; of several rounds the one that took least."""
    command = [sys.executable, "-m", "benchmarks.population.jobs", job, *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    found = []
    for _ in range(rounds):
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT, env=environment).stdout
        found.append(Taken(**json.loads(told.splitlines()[-1])))
    return min(found, key=lambda each: each.cpu)
