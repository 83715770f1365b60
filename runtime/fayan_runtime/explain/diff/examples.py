"""An enterprise that shows a difference, in words: what it is, and what either version gives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.decision import Reason
from fayan_runtime.explain.diff.verdicts import VerdictWords
from fayan_runtime.explain.diff.words.verdicts import (
    ABOUT,
    DUTY,
    ERROR,
    GIVES,
    REFUSED_PRICE,
    SHOWS,
    SHOWS_PRICE,
    SITUATIONS,
)
from fayan_runtime.explain.words import STATUS
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.values import Absent
from fayan_runtime.verdicts import Result, Verdict, Witness


@frozen
class WitnessView:
    """``facts``: lines to read; ``before`` and ``after``: what each version gives."""

    shows: str
    on: str
    facts: list[str]
    before: str
    after: str
    #: Conditions that fail in one version and not in the other.
    reasons: list[str]


@frozen
class WitnessWords:
    verdicts: VerdictWords

    def view(self, verdict: Verdict, witness: Witness) -> WitnessView:
        label = self.verdicts.label
        old, new = self.verdicts.rules(verdict)
        return WitnessView(
            self.shows(verdict, witness),
            self.verdicts.words.tongue.numbers.day(witness.on),
            [line for scope, facts in witness.facts.items() for line in self.facts(scope, facts)],
            self.outcome(witness.before, old.nature if old else ""),
            self.outcome(witness.after, new.nature if new else ""),
            [
                *(label("no_word").format(label(side), said) for side, said in self.no_word(witness)),
                *(
                    f"{label('one_of_them') if result.status == 'granted' else ''}"
                    f"{label(side)}{label(self.refused(verdict, result))}{self.reason(each)}"
                    for side, result in (("old", witness.before), ("new", witness.after))
                    for each in result.reasons
                    if each.holds is False
                ),
                *(label("taken_otherwise").format(name, *map(self.yuan, amounts)) for name, *amounts in witness.taken),
            ],
        )

    def yuan(self, amount: int | Fraction) -> str:
        return self.verdicts.words.tongue.numbers.yuan(amount)

    def no_word(self, witness: Witness) -> Iterator[tuple[str, str]]:
        """The version that lacks a member which the enterprise has, and the members."""
        comparison, numbers = self.verdicts.comparison, self.verdicts.words.tongue.numbers
        for side, program in (("old", comparison.old), ("new", comparison.new)):
            members = {each.name: each.members for each in program.enums}
            found = [
                each
                for scope, facts in witness.facts.items()
                for name, value in facts.items()
                for type, each in self.valued(self.declared(scope, name), value)
                if type.kind in ("enum", "set") and each is not None and each not in members.get(type.name, (each,))
            ]
            if found:
                yield side, numbers.listed(dict.fromkeys(map(str, found)))

    @staticmethod
    def valued(declared: ir.FactDecl | None, value: Any) -> Iterator[tuple[ir.Type, object]]:
        """Each value in a fact, with its type."""
        if declared is None:
            return
        fields = {each.name: each.type for each in declared.fields}
        rows = value if fields else [{declared.name: value}]
        for row in rows:
            for name, each in row.items():
                type = fields.get(name, declared.type)
                yield from ((type, one) for one in (each if isinstance(each, list) else [each]))

    def refused(self, verdict: Verdict, result: Result) -> str:
        """“不给，因为”, of a target “没有做到，因为”, of a duty that is owed to others “管不到，因为”, of a price “不扣除，因为”."""
        if result.status == "not_applicable":
            return "not_owed_because"
        if self.verdicts.kind(verdict) in ABOUT:
            return "unmet_because"
        return "not_deducted_because" if self.verdicts.priced(verdict) else "because"

    def reason(self, reason: Reason) -> str:
        """By its name, where all that is to be said is that it does not hold."""
        told, words = reason.tell(self.verdicts.words.language), self.verdicts.words
        bare = told.startswith(words.tongue.always(False))
        return f"{reason.condition}{' ' if words.language == 'en' else ''}{told}" if bare else told

    def shows(self, verdict: Verdict, witness: Witness) -> str:
        if verdict.taken_over:
            return self.verdicts.label("still_old")
        if witness.fails:
            return self.verdicts.pick(ERROR[witness.shows])
        if self.verdicts.kind(verdict) in ABOUT:
            known = DUTY.get((witness.before.status, witness.after.status))
            return self.verdicts.pick(known[1] if known else (SHOWS | SITUATIONS)[witness.shows])
        if self.verdicts.priced(verdict):
            some = SHOWS_PRICE
            return self.verdicts.pick((SHOWS | some)[witness.shows])
        return self.verdicts.pick(SHOWS[witness.shows])

    def outcome(self, result: Result, nature: str) -> str:
        numbers, label = self.verdicts.words.tongue.numbers, self.verdicts.label
        if result.status in ("", "unreadable"):
            return label("unreadable" if result.status else "no_rule")
        if nature == "price" and result.status == "denied":
            return self.verdicts.pick(REFUSED_PRICE)
        if result.status != "granted" or result.amount is None:
            return self.verdicts.pick(STATUS[result.status])
        said = self.verdicts.pick(GIVES[nature or "cash"]).format(numbers.yuan(result.amount))
        if result.some_in_error:
            return f"{said}{label('at_least')}"
        if result.payable is None or result.payable == result.amount:
            return said
        return f"{said}{label('left').format(numbers.yuan(result.payable))}"

    def facts(self, scope: str, facts: dict[str, object]) -> list[str]:
        lines = []
        zh = self.verdicts.words.language == "zh"
        colon, comma = ("：", "，") if zh else (": ", ", ")
        none = self.verdicts.words.tongue.numbers.NONE
        for name, value in facts.items():
            declared = self.declared(scope, name)
            prefix = "" if scope == ENTERPRISE else scope
            if declared is not None and declared.fields:
                rows: list[dict[str, object]] = value  # type: ignore[assignment]
                kinds = {each.name: each.type for each in declared.fields}
                lines += [
                    f"{name} {number}{colon}"
                    + comma.join(f"{key} {self.shown(each, kinds[key])}" for key, each in row.items())
                    for number, row in enumerate(rows, 1)
                ] or [f"{name}{colon}{none}"]
            elif declared is not None:
                lines.append(f"{prefix}{name}{colon}{self.shown(value, declared.type)}")
        return lines

    def declared(self, scope: str, name: str) -> ir.FactDecl | None:
        """With the columns that either version has."""
        found = [
            fact
            for program in (self.verdicts.comparison.old, self.verdicts.comparison.new)
            for each in program.scopes
            for fact in each.facts
            if (each.name, fact.name) == (scope, name)
        ]
        columns = {one.name: one for each in found for one in each.fields}
        return evolve(found[-1], fields=tuple(columns.values())) if found else None

    def shown(self, value: object, kind: ir.Type) -> str:
        numbers = self.verdicts.words.tongue.numbers
        if isinstance(value, list):
            return numbers.listed(map(str, value)) or numbers.NONE
        if isinstance(value, str) or value is None or isinstance(value, (bool, int, Fraction, date, Absent)):
            return numbers.show(value, kind) if kind.kind != "month" or value is None else str(value)
        return str(value)
