"""What the policy decides, in the form that the function by hand gives."""

from __future__ import annotations

from benchmarks.by_hand import Answer
from fayan_runtime.outcome import Outcome


def answers(outcome: Outcome) -> dict[str, Answer]:
    return {
        each.name: (
            each.status,
            each.exact_amount,
            each.exact_paid,
            each.exact_payable,
            [
                (item.of, item.date, item.status, item.amount, item.paid, item.payable)
                for item in each.items
                if item.date
            ],
        )
        for each in outcome.provisions()
        if each.exact_amount is not None
    }
