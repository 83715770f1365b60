"""A timeline as JSON, for programs: days are ISO dates, null where nothing is said or nothing was seen."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from fayan_runtime.explain.timeline.view import TimelineView
from fayan_runtime.timeline import Chronicle, Days, Version, Window

SCHEMA = "fayan.timeline/1"


def timeline_json(chronicle: Chronicle, view: TimelineView) -> str:
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "headline": view.headline,
        "versions": [_version(each) for each in chronicle.versions],
        "rules": [{"name": each.name, "windows": [_window(one) for one in each.windows]} for each in chronicle.rules],
        "findings": [
            {"kind": each.kind, "rule": each.rule, "old": each.old.program.number, "new": each.new.program.number}
            | _days(each.days)
            for each in chronicle.findings
        ],
        "said": view.answer,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _version(version: Version) -> dict[str, object]:
    return {
        "number": version.program.number,
        "title": version.program.title,
        "file": version.name,
        "dated": _day(version.program.dated),
        "first": _day(version.first),
        "last": _day(version.last),
        "until": _day(version.until),
        "repealed_by": version.repealed_by.program.number if version.repealed_by else None,
        "follows": [each.program.number for each in version.follows],
    }


def _window(window: Window) -> dict[str, object]:
    return {
        "number": window.version.program.number,
        "measure": window.rule.measure,
        "reading": None if window.under is None else dict([window.under]),
    } | _days(window.days)


def _days(days: Days) -> dict[str, object]:
    return {"first": _day(days.first), "last": _day(days.last)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
