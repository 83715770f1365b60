"""The policy as JSON: 原文 verbatim sentence by sentence with what rests on each, rules, amounts, readings, facts."""

from __future__ import annotations

import json
from typing import Any

from fayan_runtime import ir
from fayan_runtime.explain.decision.policy_parts import evidence, paragraphs
from fayan_runtime.explain.document import tables
from fayan_runtime.explain.document.sentences import RuleWriter, amount_cases
from fayan_runtime.explain.document.thresholds import thresholds
from fayan_runtime.explain.document.trace import Trace
from fayan_runtime.explain.document.writer import Scribe
from fayan_runtime.explain.timeline.picked import said_of
from fayan_runtime.timeline import Pick

SCHEMA = "fayan.policy/1"


def policy_json(program: ir.Program, language: str = "zh", picked: Pick | None = None) -> str:
    """Keys and names are those of the policy; what is said of the rules is in the language."""
    scribe = Scribe(program, language)
    data = {
        "schema": SCHEMA,
        "policy": {
            "number": program.number,
            "title": program.title,
            "issuer": program.issuer,
            "dated": program.dated and program.dated.isoformat(),
            "effective": program.effective and program.effective.isoformat(),
            "digest": program.digest,
        },
        "measures": [_measure(scribe, each) for each in program.measures],
        "amounts": _rows(tables.amounts(scribe), "measure name case amount readings"),
        "thresholds": _thresholds(scribe),
        "readings": [
            {"id": each.id, "question": each.question, "options": dict(each.options), "uncomputed": each.uncomputed}
            for each in program.readings
        ],
        "imports": [
            {
                "number": each.number,
                "title": each.title,
                "asked": each.asked,
                "on": each.on and each.on.isoformat(),
                "measure": each.measure,
                "takes": list(each.takes),
            }
            for each in program.imports
        ],
        "facts": _rows(tables.facts(scribe), "name type evidence used"),
    }
    if picked is not None:
        data["picked"] = {
            "on": picked.on.isoformat(),
            "said": said_of(picked, language),
            "also": [each.program.number for each in picked.also],
        }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _thresholds(scribe: Scribe) -> list[dict[str, Any]]:
    return [
        {
            "measure": each.measure,
            "threshold": each.text,
            "provisions": list(each.rules),
            "readings": dict(each.taken),
        }
        for each in thresholds(scribe)
    ]


def _rows(table: tables.Table, names: str) -> list[dict[str, str]]:
    return [dict(zip(names.split(), row, strict=True)) for row in table.rows]


def _measure(scribe: Scribe, measure: ir.Measure) -> dict[str, Any]:
    trace = Trace(scribe.program, measure)
    return {
        "id": measure.number,
        "title": measure.title,
        "chapter": measure.chapter,
        "responsible": list(measure.responsible),
        "text": "\n".join(paragraphs(measure)),
        "unseen": measure.unseen,
        "unrecorded": measure.unrecorded,
        "sentences": [
            {
                "text": each.text,
                "line": each.line,
                "rests": [{"kind": one.kind, "name": one.name, "line": one.origin.line} for one in trace.on(place)],
                "marks": [{"kind": kind, "text": text} for kind, text in trace.marks(place)],
            }
            for place, each in enumerate(measure.sentences)
        ],
        "units": trace.units,
        "provisions": [_provision(scribe, each, trace) for each in scribe.rules_of(measure.number)],
    }


def _provision(scribe: Scribe, rule: ir.Provision, trace: Trace) -> dict[str, Any]:
    writing, said = RuleWriter(scribe, rule), scribe.label
    amounts = [{"case": each.name, "amount": writing.writer.say(each.amount)} for each in rule.stages]
    if rule.amount is not None:
        amounts += [{"case": case, "amount": text} for case, text in amount_cases(scribe, writing.writer, rule.amount)]
    return {
        "name": rule.name,
        "kind": rule.kind,
        "nature": rule.nature,
        "payer": rule.payer,
        "quote": rule.origin.quote,
        "line": rule.origin.line,
        "rests_on": trace.of(rule),
        "sentences": [
            said["colon"].join([line.label, said["stop"].join(part.text for part in line.parts)]) + said["end"]
            for line in writing.lines()
        ],
        "amounts": amounts,
        "readings": list(rule.readings),
        "evidence": evidence(scribe.tongue, scribe.program, rule),
    }
