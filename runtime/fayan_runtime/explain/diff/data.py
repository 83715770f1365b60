"""A comparison as JSON, for programs: codes stay codes, sentences are in the language of the view."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fayan_runtime import ir
from fayan_runtime.comparison import Comparison
from fayan_runtime.effects import Effects, Mover, Shift
from fayan_runtime.either import Given, given
from fayan_runtime.explain.diff.measures import RowView
from fayan_runtime.explain.diff.view import DiffView
from fayan_runtime.explain.words import pick
from fayan_runtime.texts import TextPart, TextRow
from fayan_runtime.values import to_decimal
from fayan_runtime.verdicts import Recount, Result, Verdict, Witness

SCHEMA = "fayan.diff/1"


def comparison_json(comparison: Comparison, view: DiffView) -> str:
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "old": _policy(comparison.old),
        "new": _policy(comparison.new),
        "same": comparison.same,
        "decided": comparison.decided,
        "headline": view.headline,
        "rejected_examples": {"old": [*comparison.rejected_examples[0]], "new": [*comparison.rejected_examples[1]]},
        "renamed": [{"old": old, "new": new} for old, new in comparison.renamed],
        "renumbered": [{"old": old, "new": new} for old, new in comparison.renumbered],
        "besides": [{"measure": measure, **_changed(each)} for measure, each in view.besides],
        "unfollowed": [_unfollowed(comparison, *each) for each in comparison.unfollowed],
        "changes": [_changed(each) for each in view.whole],
        "measures": [
            {
                "old": each.numbers[0],
                "new": each.numbers[1],
                "heading": each.heading,
                "note": each.note,
                "text": [_row(row) for row in each.rows],
                "changes": [_changed(one) for one in each.changes],
            }
            for each in view.measures
        ],
        "people": None if comparison.effects is None else _people(comparison.effects, view.people, view.language),
        "verdicts": [_verdict(each, comparison, view.language) for each in comparison.verdicts],
        "recounts": [_recount(each, comparison, view.language) for each in comparison.recounts],
        "bound": comparison.bound,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _policy(program: ir.Program) -> dict[str, str]:
    return {"number": program.number, "title": program.title, "digest": program.digest}


def _people(effects: Effects, headline: str, language: str) -> dict[str, object]:
    def shifts(of: Mapping[str, Shift]) -> dict[str, object]:
        return {nature: shift(each) for nature, each in of.items()}

    def shift(of: Shift) -> dict[str, object]:
        return {"before": str(of.before), "after": str(of.after), "open": of.open, "alike": of.alike}

    def mover(of: Mover) -> dict[str, object]:
        return {
            "key": of.key, "measure": of.measure, "provision": of.provision, "nature": of.nature,
            "before": {"status": of.status_before, "amount": str(of.before)},
            "after": {"status": of.status_after, "amount": str(of.after)},
            "because": [each.text for each in of.because],
            "taken": [{"name": name, "before": str(before), "after": str(after)} for name, before, after in of.taken],
        }  # fmt: skip

    return {
        "headline": headline,
        "on": effects.on.isoformat(),
        "given": effects.given,
        "compared": effects.compared,
        "only_old": effects.only_old,
        "only_new": effects.only_new,
        "rejected": effects.rejected,
        "faults": effects.faults,
        "rejects": [
            {
                "file": each.file, "table": each.table, "row": each.row, "column": each.column, "given": each.given,
                "code": each.code, "reason": pick((each.zh, each.en), language), "key": each.key,
            }
            for each in effects.rejects
        ],
        "enterprises": dict(effects.fates),
        "totals": shifts(effects.totals),
        "rules": [
            {
                "measure": each.measure, "provision": each.provision, "old": each.old, "enterprises": dict(each.fates),
                "nature": each.nature, "amounts": None if each.shift is None else shift(each.shift),
            }
            for each in effects.rules
        ],
        "payers": [{"name": name, "amounts": shifts(each)} for name, each in effects.payers],
        "groups": [
            {"of": each.of, "by": each.by, "value": each.value, "enterprises": dict(each.fates), "amounts": shifts(each.shifts)}
            for each in effects.groups
        ],
        "figures": [
            {
                "name": each.name, "by": each.by,
                "before": {"least": str(each.before[0]), "most": str(each.before[1])},
                "after": {"least": str(each.after[0]), "most": str(each.after[1])},
            }
            for each in effects.figures
        ],
        "gains": [mover(each) for each in effects.gains],
        "losses": [mover(each) for each in effects.losses],
    }  # fmt: skip


def _unfollowed(comparison: Comparison, place: int, row: TextRow) -> dict[str, object]:
    """A sentence reworded while no rule that rests on it was; None where a side has no such sentence."""
    measure = comparison.measures[place]
    number = next(each.number for each in (measure.new, measure.old) if each is not None)
    old, new = ("".join(each.text for each in side) or None for side in (row.old, row.new))
    return {"measure": number, "old": old, "new": new}


def _row(row: RowView) -> dict[str, object]:
    """A sentence of either text; ``changes`` counts those of the measure from 1."""

    def side(parts: list[TextPart]) -> list[dict[str, str]]:
        return [{"kind": part.kind, "text": part.text} for part in parts]

    return {"old": side(row.old), "new": side(row.new), "unseen": row.unseen, "changes": row.changes}


def _changed(change: Any) -> dict[str, object]:
    return {
        "kind": change.aspect,
        "about": change.about,
        "name": change.name,
        "before": change.before,
        "after": change.after,
        "note": change.note,
        "lines": list(change.lines),
    }


def _verdict(verdict: Verdict, comparison: Comparison, language: str) -> dict[str, object]:
    return {
        "measure": verdict.measure,
        "provision": verdict.provision,
        "reading": dict(verdict.readings) or None,
        "who": verdict.who,
        "how_much": verdict.how_much,
        "why": verdict.why,
        "held": [*verdict.held],
        "unseen": [*verdict.unseen],
        "bound": verdict.bound,
        "since": verdict.since and verdict.since.isoformat(),
        "taken_over": verdict.taken_over,
        "witnesses": [_witness(each, verdict, comparison, language) for each in verdict.witnesses],
    }


def _recount(recount: Recount, comparison: Comparison, language: str) -> dict[str, object]:
    """A figure counted over the enterprises otherwise; nobody is entitled by that, so that there is no rule of it in either version."""

    def shown(witness: Witness) -> dict[str, object]:
        old, new = given(comparison, witness)
        sides = [{"facts": _plain(each.facts), "reading": each.readings} for each in (old, new)]
        return {"shows": witness.shows, "on": witness.on.isoformat(), "before": sides[0], "after": sides[1]}

    return {
        "fact": recount.fact,
        "definition": recount.definition,
        "targets": [*recount.targets],
        "verdicts": [
            {
                "reading": dict(each.readings) or None,
                "who": each.who,
                "why": each.why,
                "bound": each.bound,
                "witnesses": [shown(one) for one in each.witnesses],
            }
            for each in recount.verdicts
        ],
    }


def _witness(witness: Witness, verdict: Verdict, comparison: Comparison, language: str) -> dict[str, object]:
    """Each side as its version has it: what it calls the rule and the readings, and the facts it knows."""

    def side(result: Result, program: ir.Program, name: str, given: Given) -> dict[str, object]:
        amounts = {"amount": result.amount, "payable": result.payable}
        rule = next((each for each in program.provisions if result.status and each.name == name), None)
        return {
            "measure": rule and rule.measure,
            "provision": rule and rule.name,
            "facts": _plain(given.facts),
            "reading": given.readings,
            "status": result.status,
            **{name: None if each is None else str(to_decimal(each)) for name, each in amounts.items()},
            "reasons": [
                {"condition": each.condition, "of": each.of, "holds": each.holds, "text": each.tell(language)}
                for each in result.reasons
            ],
        }

    old, new = given(comparison, witness)
    return {
        "shows": witness.shows,
        "on": witness.on.isoformat(),
        "before": side(witness.before, comparison.old, verdict.old, old),
        "after": side(witness.after, comparison.new, verdict.provision, new),
    }


def _plain(value: object) -> object:
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list():
            return list(map(_plain, value))
        case date():
            return value.isoformat()
        case Fraction():
            # written out: a number of an example is one in whole 分 or hundredths of a percent
            return value.numerator if value.denominator == 1 else str(Decimal(value.numerator) / value.denominator)
    return value
