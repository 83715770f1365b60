"""Examples (示例) as cases that any execution can run: facts, a day, readings, and what must come out."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from fayan_runtime.decision import Amount
from fayan_runtime.ir import Value
from fayan_runtime.values import Facts


@frozen(kw_only=True)
class Expected:
    """What one rule or definition (its name) or one measure (its number) must give.

    ``outcome``: ``gets`` (granted, ``amount`` in all), ``pays`` (``amount`` payable), or a status such as ``denied``.
    Of a definition: ``is``, with its ``value``, or ``unknown``.
    ``because``: the condition that must not hold. ``lacks``: the paths of the facts that must be missing.
    """

    target: str | int
    outcome: str
    amount: Amount | None = None
    because: str = ""
    lacks: tuple[str, ...] = ()
    line: int = 0
    value: Value = None


@frozen(kw_only=True)
class ExampleCase:
    """One set of facts under one choice of readings; an example with a table gives one case for each row."""

    title: str
    line: int
    on: date
    facts: Facts
    readings: dict[str, str]
    expected: tuple[Expected, ...]
