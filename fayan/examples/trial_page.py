"""What ``fayan test`` says: the answer in the first line, then what is wrong, what ran, and what is still to be tried."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from fayan.examples import coverage_page
from fayan.examples.suggest import suggest
from fayan.examples.trial import Report, Trial
from fayan.messages.render import render
from fayan_dsl.problem import Language, Problem, Severity


def to_text(reports: list[Report], language: Language, coverage: bool, suggesting: bool, least: int | None) -> str:
    lines: list[str] = []
    for report in reports:
        if lines:
            lines.append("")
        first = answer(report, language, coverage or suggesting, least)
        if suggesting:
            lines += coverage_page.suggestions(first, report, suggest(report), language)
            continue
        lines.append(first)
        lines += trials(report, language)
        if coverage:
            lines += coverage_page.lines(report, language)
    return "\n".join(lines)


def answer(report: Report, language: Language, coverage: bool, least: int | None) -> str:
    cases, failed = len(report.trials), report.failed
    share = coverage_page.Share.of(report.coverage)
    if language == "zh":
        said = f"{report.path}：{cases} 个情形" + (f"，{failed} 个不符" if failed else "全部相符")
        told = f"；{share.total} 处试到 {share.met} 处，占 {share.percent}%"
        short = f"，不到要求的 {least}%"
    else:
        said = f"{report.path}: {cases} cases, " + (f"{failed} not as expected" if failed else "all as expected")
        told = f"; {share.met} of {share.total} goals tried, {share.percent}%"
        short = f", less than the {least}% asked for"
    if coverage or least is not None:
        said += told
    return said + (short if least is not None and not share.reaches(least) else "")


def trials(report: Report, language: Language) -> list[str]:
    lines: list[str] = []
    for title in dict.fromkeys(trial.case.title for trial in report.trials):
        rows = [trial for trial in report.trials if trial.case.title == title]
        many = (f"（{len(rows)} 种情形）" if language == "zh" else f" ({len(rows)} cases)") if len(rows) > 1 else ""
        lines.append(f"{'✗' if any(trial.failures for trial in rows) else '✓'} {title}{many}")
        for trial in rows:
            lines += failures(report, trial, language)
    return lines


def failures(report: Report, trial: Trial, language: Language) -> list[str]:
    chosen = " ".join(f"{id} {option}" for id, option in trial.case.readings.items())
    lines = []
    for each in trial.failures:
        place = f"    {report.path}:{each.line}  {each.target}"
        if language == "zh":
            lines += [place + (f"（口径 {chosen}）" if chosen else "")]
            lines += [f"        应为 {each.expected}", f"        实为 {each.found}"]
        else:
            lines += [place + (f" (reading {chosen})" if chosen else "")]
            lines += [f"        expected {each.expected_en}", f"        found    {each.found_en}"]
    return lines


def to_json(reports: list[Report], coverage: bool, suggesting: bool) -> str:
    policies = []
    for report in reports:
        cases = [
            {
                "title": trial.case.title,
                "at": f"{report.path}:{trial.case.line}",
                "readings": dict(trial.case.readings),
                "passed": not trial.failures,
                "failures": [
                    {
                        "target": f.target,
                        "at": f"{report.path}:{f.line}",
                        "expected": f.expected_en,
                        "found": f.found_en,
                    }
                    for f in trial.failures
                ],
            }
            for trial in report.trials
        ]
        document: dict[str, Any] = {"policy": report.path, "passed": report.passed, "cases": cases}
        if coverage:
            document["coverage"] = coverage_page.document(report)
        if suggesting:
            document["suggestions"] = [coverage_page.suggestion(report, each) for each in suggest(report)]
        policies.append(document)
    passed = all(report.passed for report in reports)
    return json.dumps({"schema": "fayan.test/1", "passed": passed, "policies": policies}, ensure_ascii=False, indent=2)


def to_junit(reports: list[Report], coverage: bool, broken: Mapping[str, Sequence[Problem]]) -> str:
    """``broken`` are the files that could not be run, each with why: an error of a suite that has nothing else."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for report in reports:
        lines.append(
            f'  <testsuite name={quoteattr(report.path)} tests="{len(report.trials)}" failures="{report.failed}">'
        )
        if coverage:
            share = coverage_page.Share.of(report.coverage)
            pairs = {"coverage.met": share.met, "coverage.total": share.total, "coverage.percent": share.percent}
            lines.append("    <properties>")
            lines += [f'      <property name="{name}" value="{value}"/>' for name, value in pairs.items()]
            lines.append("    </properties>")
        for trial in report.trials:
            name = quoteattr(f"{trial.case.title}（第 {trial.case.line} 行）")
            opening = f"    <testcase classname={quoteattr(report.path)} name={name}"
            if not trial.failures:
                lines.append(f"{opening}/>")
                continue
            first = trial.failures[0]
            said = [f"{report.path}:{f.line} {f.target}：应为 {f.expected}，实为 {f.found}" for f in trial.failures]
            lines.append(f"{opening}>")
            lines.append(f"      <failure message={quoteattr(said[0])} type={quoteattr(first.expected_en)}>")
            lines.append(f"{escape(chr(10).join(said))}</failure>")
            lines.append("    </testcase>")
        lines.append("  </testsuite>")
    for path, problems in broken.items():
        worst = next((each for each in problems if each.severity is Severity.ERROR), problems[0])
        told = escape(render(problems)).rstrip()
        lines += [
            f'  <testsuite name={quoteattr(path)} tests="1" failures="0" errors="1">',
            f"    <testcase classname={quoteattr(path)} name={quoteattr('政策有错，示例没有运行')}>",
            f"      <error message={quoteattr(worst.title())} type={quoteattr(f'{worst.code} {worst.name}')}>{told}</error>",
            "    </testcase>",
            "  </testsuite>",
        ]
    return "\n".join([*lines, "</testsuites>"])
