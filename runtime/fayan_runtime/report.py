"""A decision as people and programs get it: what was decided, on what, and its forms."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import define, field

from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, MeasureDecision, ProvisionDecision, ReadingUse, Reason, Total
from fayan_runtime.derive import Derived, complete, derived
from fayan_runtime.outcome import Decide, Outcome, Payment
from fayan_runtime.printable import Printable
from fayan_runtime.values import Absent, Facts, to_decimal

SCHEMA = "fayan.decision/1"
Json = dict[str, Any]


@define(eq=False)
class Decision(Printable):
    """What one enterprise gets, and why.

    ``given`` are the facts as they were given, ``facts`` the same with those that were worked out (推算). ``source`` is the path of the policy as given. ``decide`` is the execution that was used, for asking what else could have been.
    """

    program: ir.Program = field(repr=False)
    source: str
    given: Facts = field(repr=False)
    on: date
    readings: dict[str, str]
    outcome: Outcome = field(repr=False)
    decide: Decide = field(repr=False)
    facts: Facts = field(init=False, repr=False)
    _others: dict[tuple[str, str], Outcome] = field(factory=dict, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self.facts = complete(self.program, self.given, self.on, self.readings)

    @property
    def derived(self) -> list[Derived]:
        """What was worked out, and where that differs from what was given."""
        return list(derived(self.program, self.given, self.on, self.readings))

    @property
    def subject(self) -> str:
        """The enterprise, by its name, else its credit code."""
        return self.facts.subject

    @property
    def measures(self) -> dict[int, MeasureDecision]:
        """By number: those that were asked for."""
        return self.outcome.measures

    @property
    def totals(self) -> dict[str, Total]:
        """By nature: cash, relief, tax, deduction."""
        return self.outcome.totals

    @property
    def unmatched_payments(self) -> list[Payment]:
        """Payments among the facts that were set off against nothing."""
        return self.outcome.unmatched_payments

    def compare_readings(self) -> None:
        """Fill in what every other option of the readings referred to would give: one reading changed at a time."""
        declared = {each.id: each for each in self.program.readings if each.uncomputed is None}
        for provision in self.outcome.provisions():
            for use in provision.readings:
                if use.id in declared:
                    options = [option for option, _ in declared[use.id].options if option != self.readings[use.id]]
                    others = {option: self.under(use.id, option).provision(provision) for option in options}
                    use.others = {option: result(other) for option, other in others.items()}
                    use.matters = any(
                        result(other) != result(provision) or inside(other) != inside(provision)
                        for other in others.values()
                    )

    def under(self, reading: str, option: str) -> Outcome:
        """What another option of a reading would give."""
        if (reading, option) not in self._others:
            readings = self.readings | {reading: option}
            self._others[reading, option] = self.decide(self.given, self.on, readings, tuple(self.measures))
        return self._others[reading, option]

    def to_dict(self, language: str = "zh") -> Json:
        """Keys and names are those of the policy; ``text`` of reasons is in the language."""
        program = self.program
        return {
            "schema": SCHEMA,
            "policy": {"number": program.number, "title": program.title, "digest": program.digest},
            "subject": self.subject,
            "on": self.on.isoformat(),
            "readings": dict(self.readings),
            **self._derived(language),
            "measures": [self._measure(measure, language) for measure in self.measures.values()],
            "unmatched_payments": [
                {"of": f"{self._payments}[{payment.index}]"}
                | {name: plain(name, value) for name, value in payment.row.items()}
                for payment in self.unmatched_payments
            ],
            "totals": {
                nature: {
                    "amount": money(total.exact_amount),
                    "payable": money(total.exact_payable),
                    "complete": total.complete,
                }
                for nature, total in self.totals.items()
            },
        }

    def _derived(self, language: str) -> Json:
        if not self.derived:
            return {}
        from fayan_runtime.explain.decision.view import worked_out

        told = [
            {"fact": each.fact, "value": shown(each.value), "by": each.by}
            | ({} if each.given is None else {"given": shown(each.given)})
            | {"text": text}
            for each, text in zip(self.derived, worked_out(self, language), strict=True)
        ]
        return {"derived": told}

    def _document(self, format: str, language: str) -> str:
        if format == "json":
            return json.dumps(self.to_dict(language), ensure_ascii=False, indent=2)
        from fayan_runtime.explain.render import render_decision

        return render_decision(self, format, language)

    @property
    def _payments(self) -> str:
        return self.program.offset.list if self.program.offset else ""

    def _measure(self, measure: MeasureDecision, language: str) -> Json:
        return {
            "id": measure.id,
            "title": measure.title,
            "status": measure.status,
            "responsible": list(measure.responsible),
            "provisions": [self._provision(provision, language) for provision in measure.provisions.values()],
        } | self._words(measure.id)

    def _words(self, number: int) -> Json:
        """What is not on file of a measure's words."""
        measure = next(each for each in self.program.measures if each.number == number)
        told = {"unseen": measure.unseen, "unrecorded": measure.unrecorded}
        return {key: text for key, text in told.items() if text}

    def _provision(self, provision: ProvisionDecision, language: str) -> Json:
        return {
            "name": provision.name,
            "status": provision.status,
            "nature": provision.nature,
            "payer": provision.payer,
            "amount": money(provision.exact_amount),
            "paid": money(provision.exact_paid),
            "payable": money(provision.exact_payable),
            "complete": provision.complete,
            "items": [item_dict(item) | self._nearest(provision, item) for item in provision.items],
            "reasons": [self._reason(reason, language) for reason in provision.reasons],
            "missing": provision.missing,
            "readings": [reading_dict(reading) for reading in provision.readings],
        } | ({} if provision.items else self._nearest(provision, None))

    def _nearest(self, provision: ProvisionDecision, item: Item | None) -> Json:
        """For what is denied: the smallest step of a single number or date that turns it, and what that gives; null where there is none."""
        if (item or provision).status != "denied":
            return {}
        from fayan_runtime.explain.decision.nearest import Change, nearest

        found = nearest(self, provision, item)
        if found is None:
            return {"nearest": None}
        change, (status, amount, payable) = found.change, found.own.after
        assert isinstance(change, Change)
        gives = {"status": status, "amount": money(amount), "payable": money(payable)}
        return {
            "nearest": {
                "fact": change.place.path,
                "from": written(change.old),
                "to": written(change.new),
                "gives": gives,
            }
        }

    def _reason(self, reason: Reason, language: str) -> Json:
        told = {
            "condition": reason.condition,
            "holds": reason.holds,
            "text": reason.tell(language),
            "quote": reason.quote,
            "at": f"{self.source}:{reason.line}",
            "of": reason.of,
            "role": reason.role,
        }
        return told | ({"error": reason.error} if reason.error else {})


def shown(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, Fraction) else value


def item_dict(item: Item) -> Json:
    """An item as JSON has it."""
    return {
        "of": item.of,
        "name": item.name,
        "date": None if item.date is None else item.date.isoformat(),
        "status": item.status,
        "uncapped": money(item.uncapped),
        "amount": money(item.amount),
        "paid": money(item.paid),
        "payable": money(item.payable),
        "missing": item.missing,
        "steps": [
            {"name": name, "before": money(before), "after": money(after), "line": line}
            for name, before, after, line in item.steps
        ],
    }


def reading_dict(reading: ReadingUse) -> Json:
    """The use of a reading as JSON has it."""
    others = {
        option: {"status": status, "amount": money(amount), "payable": money(payable)}
        for option, (status, amount, payable) in reading.others.items()
    }
    return {"id": reading.id, "used": reading.used, "matters": reading.matters, "others": others}


def money(amount: Amount | None) -> str | None:
    """An amount as JSON has it: a text in 元 with two decimals, so that no reader makes a binary number of it."""
    return None if amount is None else str(to_decimal(amount))


def written(value: date | Amount) -> str:
    """A date, or an exact number: as a decimal, where it is none as a fraction."""
    if isinstance(value, date):
        return value.isoformat()
    from fayan_runtime.explain.numbers import decimals, fixed

    places = decimals(value)
    return str(value) if places is None else fixed(value, places).replace(",", "")


def plain(name: str, value: object) -> object:
    """A field of a payment as JSON has it: what is not known as null."""
    if isinstance(value, Absent):
        return None
    if isinstance(value, date):
        return value.isoformat()
    return money(value) if name == "金额" and isinstance(value, int | Fraction) else value


# ---------------------------------------------------------------- other readings


def result(provision: ProvisionDecision) -> tuple[str, Amount | None, Amount | None]:
    """Status, amount and what is payable: what is told of another option."""
    return provision.status, provision.exact_amount, provision.exact_payable


def inside(provision: ProvisionDecision) -> tuple[object, ...]:
    """What an equal status and amount may hide: whether all is decided, and how each item came out."""
    items = [(each.of, each.name, each.status, each.amount) for each in provision.items]
    return provision.complete, provision.missing, items
