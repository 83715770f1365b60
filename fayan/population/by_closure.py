"""Deciding a population enterprise by enterprise, with the program as generated Python: slower than a query, and independent of it.

Large populations are shared between two processes; what comes out is the same, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from fayan.population import store
from fayan.population.question import Progress, Question
from fayan_compiler.targets.python.closure import Closure, compile_closure
from fayan_runtime.decision import Amount, ProvisionDecision
from fayan_runtime.outcome import Outcome
from fayan_runtime.results import DECISIONS, ITEMS, UNMATCHED, encode
from fayan_runtime.values import Facts, round_to_fen

if TYPE_CHECKING:
    from fayan.tables.staged import Staged

PROCESSES = 2
#: How many enterprises are handed over at once; what fits in one is decided here.
BATCH = 2_000
Batch = Sequence[tuple[str, Facts]]
Results = dict[str, list[tuple[Any, ...]]]


def decide(staged: Staged, question: Question, schema: str, progress: Progress) -> None:
    """The engine: see ``question.Engine``."""
    store.create(staged.connection, schema)
    batches = _batches(staged.all_facts())
    first = next(batches, None)
    if first is None:
        return
    for count, results in _decided(question, first, batches):
        store.insert(staged.connection, schema, results)
        progress(count)


def _batches(all: Iterable[tuple[str, Facts]]) -> Iterator[Batch]:
    each = iter(all)
    while batch := list(islice(each, BATCH)):
        yield batch


def _decided(question: Question, first: Batch, rest: Iterator[Batch]) -> Iterator[tuple[int, Results]]:
    second = next(rest, None)
    if second is None:
        _start(question)
        yield _decide(first)
        return
    # A process is started anew: a copy of this one would have half of DuckDB's threads.
    with get_context("spawn").Pool(PROCESSES, _start, (question,)) as pool:
        waiting = [pool.apply_async(_decide, (batch,)) for batch in (first, second)]
        while waiting:
            yield waiting.pop(0).get()
            waiting += [pool.apply_async(_decide, (batch,)) for batch in islice(rest, 1)]


# ---------------------------------------------------------------- in each process
_asked: tuple[Question, Closure]


def _start(question: Question) -> None:
    global _asked
    _asked = question, compile_closure(question.program)


def _decide(batch: Batch) -> tuple[int, Results]:
    return len(batch), _results(*_asked, batch)


def decide_batch(question: Question, batch: Batch) -> Results:
    """The rows of a few enterprises."""
    return _results(question, compile_closure(question.program), batch)


def _results(question: Question, closure: Closure, batch: Batch) -> Results:
    results: Results = {DECISIONS: [], ITEMS: [], UNMATCHED: []}
    for key, facts in batch:
        outcome = closure.decide(facts, question.on, dict(question.readings), question.measures, question.reasons)
        _add(results, question, key, outcome)
    return results


def _add(results: Results, question: Question, key: str, outcome: Outcome) -> None:
    for rule in question.program.provisions:
        measure = outcome.measures.get(rule.measure)
        if measure is None:
            continue
        of: ProvisionDecision = measure.provisions[rule.name]
        codes = encode(rule, of) if question.reasons else []
        amounts = map(money, (of.exact_amount, of.exact_paid, of.exact_payable))
        own = codes[0] if codes and rule.kind != "award" else []
        missing = of.missing if question.reasons else []
        results[DECISIONS].append(
            (key, rule.measure, rule.name, of.status, of.nature, *amounts, of.complete, missing, own)
        )
        if not question.reasons:
            continue
        for item, code in zip(of.items, codes if rule.kind == "award" else (), strict=True):
            values = map(money, (item.uncapped, item.amount, item.paid, item.payable))
            day: date | None = item.date
            results[ITEMS].append(
                (key, rule.measure, rule.name, item.index, day, item.status, *values, item.missing, code)
            )
    results[UNMATCHED] += [(key, payment.index) for payment in outcome.unmatched_payments]


def money(amount: Amount | None) -> Decimal | None:
    """In 分, as ``values.to_decimal`` has it: what was paid may have been given in parts of one."""
    return None if amount is None else Decimal(f"{int(round_to_fen(amount) * 100)}E-2")
