"""Whether the policy and the function by hand give the same answers."""

from __future__ import annotations

from benchmarks.by_hand import Line
from fayan_runtime.outcome import Outcome


def answers(outcome: Outcome) -> dict[str, list[Line]]:
    """An outcome in the form that ``by_hand.decide`` gives."""
    return {
        each.name: [
            (item.of, item.date, item.status, item.amount, item.paid, item.payable) for item in each.items if item.date
        ]
        for each in outcome.provisions()
        if each.exact_amount is not None
    }


def same_answers(outcome: Outcome, by_hand: dict[str, list[Line]]) -> bool:
    return answers(outcome) == by_hand
