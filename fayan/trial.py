"""Running the examples (示例) of policies: what was expected, what came out, and which conditions were never put to the test."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from xml.sax.saxutils import quoteattr

from attrs import define, field, frozen

from fayan.policy import Policy, PolicyError, has_errors
from fayan_dsl.problem import Language
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase, Expected
from fayan_runtime.decision import Amount, ProvisionDecision
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.report import Decision, money, paths
from fayan_runtime.values import Absent, Failed, Unknown

STATUS = {
    "granted": "给予", "denied": "不予", "unknown": "不明", "discretionary": "酌定", "not_in_force": "不在期内",
    "not_applicable": "不适用", "error": "出错", "duty_met": "已履行", "duty_unmet": "未履行", "duty": "职责",
    "target_met": "已达成", "target_unmet": "未达成", "target": "目标",
}  # fmt: skip


@frozen
class Failure:
    """One expectation that was not met; both sides in the words of the policy and as codes."""

    target: str
    line: int
    expected: str
    found: str
    expected_en: str
    found_en: str


@define
class Trial:
    """One case that was run."""

    case: ExampleCase
    failures: list[Failure] = field(factory=list)


@define
class Report:
    """All examples of one policy. ``seen``: condition (rule, name, line) → the outcomes the examples produced."""

    path: str
    trials: list[Trial] = field(factory=list)
    seen: dict[tuple[str, str, int], set[bool | None]] = field(factory=dict)

    @property
    def passed(self) -> bool:
        return not any(trial.failures for trial in self.trials)

    @property
    def untested(self) -> list[tuple[tuple[str, str, int], bool]]:
        """Conditions and the outcome, true or false, that no example produced."""
        return [(key, wanted) for key, seen in self.seen.items() for wanted in (True, False) if wanted not in seen]


def run(policy: Policy) -> Report:
    """Run every example of a policy; examples that are wrong in themselves raise :class:`PolicyError`."""
    from fayan_compiler.examples import compile_examples

    cases, problems = compile_examples(policy.tree, policy.program)
    if has_errors(problems):
        raise PolicyError(problems)
    report = Report(policy.tree.source.name)
    for rule in policy.program.provisions:
        for condition in (*rule.must, *rule.checks):
            report.seen[rule.name, condition.name, condition.origin.line] = set()
    for case in cases:
        decision = policy.decide(case.facts, case.on, case.readings)
        found = (_failure(expected, decision) for expected in case.expected)
        report.trials.append(Trial(case, [failure for failure in found if failure]))
        for provision in decision.outcome.provisions():
            for reason in provision.reasons:
                if (key := (provision.name, reason.condition, reason.line)) in report.seen:
                    report.seen[key].add(reason.holds)
    return report


# ---------------------------------------------------------------- one expectation
def _failure(expected: Expected, decision: Decision) -> Failure | None:
    target, outcome = expected.target, decision.outcome
    for function in decision.program.functions:
        if function.name == target and not function.params:
            return _value_failure(expected, function, decision)
    if isinstance(target, int):
        status = outcome.measures[target].status
        if status == expected.outcome:
            return None
        return Failure(
            f"措施 {target}", expected.line, STATUS[expected.outcome], STATUS[status], expected.outcome, status
        )
    provision = next(each for each in outcome.provisions() if each.name == target)
    wanted, wanted_en = _wanted(expected)
    if _met(expected, provision):
        return None
    found, found_en = _found(expected, provision)
    return Failure(target, expected.line, wanted, found, wanted_en, found_en)


def _value_failure(expected: Expected, function: ir.Function, decision: Decision) -> Failure | None:
    """A definition that does not come to the value expected."""
    env = Env(decision.program, decision.facts, decision.on, decision.readings)
    found = evaluate(function.body, env)
    missing = paths(found.missing) if isinstance(found, Unknown) else []
    if expected.outcome == "unknown":
        met = isinstance(found, Unknown) and (not expected.lacks or list(expected.lacks) == missing)
    else:
        met = not isinstance(found, Absent) and found == expected.value
    if met:
        return None
    unknown = expected.outcome == "unknown"
    wanted, wanted_en = _said(Unknown(frozenset()) if unknown else expected.value, list(expected.lacks))
    zh, en = _said(found, missing)
    return Failure(function.name, expected.line, wanted, zh, wanted_en, en)


def _said(value: object, missing: list[str]) -> tuple[str, str]:
    if isinstance(value, Unknown):
        return f"不明 缺 {'、'.join(missing)}" if missing else "不明", f"unknown {', '.join(missing)}".strip()
    if isinstance(value, Failed):
        return STATUS["error"], "error"
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    text = "无" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return text, text


def _met(expected: Expected, provision: ProvisionDecision) -> bool:
    match expected.outcome:
        case "gets":
            met = provision.status == "granted" and provision.exact_amount == expected.amount
        case "pays":
            met = provision.status == "granted" and provision.exact_payable == expected.amount
        case status:
            met = provision.status == status
    if expected.because:
        met = met and expected.because in _failed(provision)
    if expected.lacks:
        met = met and paths(provision.missing) == list(expected.lacks)
    return met


def _failed(provision: ProvisionDecision) -> list[str]:
    return list(dict.fromkeys(reason.condition for reason in provision.reasons if reason.holds is False))


def _wanted(expected: Expected) -> tuple[str, str]:
    match expected.outcome:
        case "gets":
            zh, en = f"得 {_yuan(expected.amount)}", f"gets {money(expected.amount)}"
        case "pays":
            zh, en = f"应付 {_yuan(expected.amount)}", f"payable {money(expected.amount)}"
        case status:
            zh, en = STATUS[status], status
    if expected.because:
        zh, en = f"{zh} 因 {expected.because}", f"{en} because of {expected.because}"
    if expected.lacks:
        zh, en = f"{zh} 缺 {'、'.join(expected.lacks)}", f"{en} lacking {', '.join(expected.lacks)}"
    return zh, en


def _found(expected: Expected, provision: ProvisionDecision) -> tuple[str, str]:
    if provision.status == "granted":
        if expected.outcome == "pays":
            return f"应付 {_yuan(provision.exact_payable)}", f"payable {money(provision.exact_payable)}"
        return f"得 {_yuan(provision.exact_amount)}", f"gets {money(provision.exact_amount)}"
    zh, en = STATUS[provision.status], provision.status
    if provision.status == "denied" and (failed := _failed(provision)):
        zh, en = f"{zh} 因 {'、'.join(failed)}", f"{en} because of {', '.join(failed)}"
    if provision.missing:
        listed = paths(provision.missing)
        zh, en = f"{zh} 缺 {'、'.join(listed)}", f"{en} lacking {', '.join(listed)}"
    return zh, en


def _yuan(amount: Amount | None) -> str:
    if amount is None:
        return "（不明）"
    if amount and amount % 10000 == 0:
        return f"{amount // 10000}万元"
    return f"{(money(amount) or '').removesuffix('.00')}元"


# ---------------------------------------------------------------- reports
def to_text(reports: list[Report], language: Language, coverage: bool) -> str:
    zh = language == "zh"
    lines: list[str] = []
    for report in reports:
        for title in dict.fromkeys(trial.case.title for trial in report.trials):
            trials = [trial for trial in report.trials if trial.case.title == title]
            good = not any(trial.failures for trial in trials)
            rows = (f"（{len(trials)} 种情形）" if zh else f" ({len(trials)} cases)") if len(trials) > 1 else ""
            lines.append(f"{'✓' if good else '✗'} {title}{rows}")
            for trial in trials:
                for failure in trial.failures:
                    lines += _explain(report, trial, failure, zh)
        cases = len(report.trials)
        failed = sum(bool(trial.failures) for trial in report.trials)
        lines.append(
            f"{report.path}：{cases} 个情形，{cases - failed} 个相符，{failed} 个不符"
            if zh
            else f"{report.path}: {cases} cases, {cases - failed} as expected, {failed} not"
        )
        if coverage:
            lines += _coverage(report, zh)
    return "\n".join(lines)


def _explain(report: Report, trial: Trial, failure: Failure, zh: bool) -> list[str]:
    chosen = " ".join(f"{id} {option}" for id, option in trial.case.readings.items())
    place = f"{report.path}:{failure.line}"
    if zh:
        under = f"（口径 {chosen}）" if chosen else ""
        return [
            f"    {place}  {failure.target}{under}",
            f"        应为 {failure.expected}",
            f"        实为 {failure.found}",
        ]
    under = f" (reading {chosen})" if chosen else ""
    said = [f"        expected {failure.expected_en}", f"        found    {failure.found_en}"]
    return [f"    {place}  {failure.target}{under}", *said]


def _coverage(report: Report, zh: bool) -> list[str]:
    total = 2 * len(report.seen)
    missing = report.untested
    share = f"{total - len(missing)}/{total}"
    lines = [f"条件的两种结果，示例试到了 {share}" if zh else f"outcomes of conditions seen in examples: {share}"]
    for (rule, name, line), wanted in missing:
        said = ("成立" if wanted else "不成立") if zh else ("true" if wanted else "false")
        lines.append(
            f"    {report.path}:{line}  {rule} › {name}：没有{said}的示例"
            if zh
            else f"    {report.path}:{line}  {rule} › {name}: never {said}"
        )
    return lines


def to_json(reports: list[Report], coverage: bool) -> str:
    document: dict[str, Any] = {
        "schema": "fayan.test/1",
        "passed": all(report.passed for report in reports),
        "policies": [_report_dict(report, coverage) for report in reports],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _report_dict(report: Report, coverage: bool) -> dict[str, Any]:
    cases = [
        {
            "title": trial.case.title,
            "at": f"{report.path}:{trial.case.line}",
            "readings": dict(trial.case.readings),
            "passed": not trial.failures,
            "failures": [
                {"target": f.target, "at": f"{report.path}:{f.line}", "expected": f.expected_en, "found": f.found_en}
                for f in trial.failures
            ],
        }
        for trial in report.trials
    ]
    document: dict[str, Any] = {"policy": report.path, "passed": report.passed, "cases": cases}
    if coverage:
        document["coverage"] = [
            {
                "rule": rule,
                "condition": name,
                "at": f"{report.path}:{line}",
                "true": True in seen,
                "false": False in seen,
            }
            for (rule, name, line), seen in report.seen.items()
        ]
    return document


def to_junit(reports: list[Report]) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>"]
    for report in reports:
        failed = sum(bool(trial.failures) for trial in report.trials)
        lines.append(f'  <testsuite name={quoteattr(report.path)} tests="{len(report.trials)}" failures="{failed}">')
        for trial in report.trials:
            name = quoteattr(f"{trial.case.title}（第 {trial.case.line} 行）")
            opening = f"    <testcase classname={quoteattr(report.path)} name={name}"
            if not trial.failures:
                lines.append(f"{opening}/>")
                continue
            lines.append(f"{opening}>")
            for f in trial.failures:
                message = quoteattr(f"{report.path}:{f.line} {f.target}：应为 {f.expected}，实为 {f.found}")
                lines.append(f"      <failure message={message}/>")
            lines.append("    </testcase>")
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"])
