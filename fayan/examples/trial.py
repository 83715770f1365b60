"""Running the examples (示例) of policies: what was expected, what came out, and what was put to the test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from fayan.errors import PolicyError
from fayan.policy import Policy
from fayan_compiler.examples import OUTCOMES, compile_examples
from fayan_dsl.problem import has_errors
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase, Expected
from fayan_runtime.decision import Amount, ProvisionDecision, paths
from fayan_runtime.interpreter import Env, evaluate
from fayan_runtime.report import Decision, money
from fayan_runtime.values import Absent, Failed, Unknown

if TYPE_CHECKING:
    from fayan_runtime.coverage import Coverage

#: Status → the word for it in an example.
STATUS = {status: word for word, status in OUTCOMES.items()}


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
    """All examples of one policy, and what they put to the test."""

    policy: Policy
    coverage: Coverage
    trials: list[Trial] = field(factory=list)

    @property
    def path(self) -> str:
        return self.policy.tree.source.name

    @property
    def passed(self) -> bool:
        return not any(trial.failures for trial in self.trials)

    @property
    def failed(self) -> int:
        return sum(bool(trial.failures) for trial in self.trials)


def run(policy: Policy) -> Report:
    """Run every example of a policy; examples that are wrong in themselves raise :class:`PolicyError`."""
    from fayan_compiler.places import every_annotation
    from fayan_dsl import tree
    from fayan_runtime.coverage import Coverage

    cases, problems = compile_examples(policy.tree, policy.program)
    if has_errors(problems):
        raise PolicyError(problems)
    own = frozenset(node.name.text for _, node in every_annotation(policy.tree) if isinstance(node, tree.Define))
    report = Report(policy, Coverage(policy.program, own))
    for case in cases:
        decision = policy.decide(case.facts, case.on, case.readings)
        found = (_failure(expected, decision) for expected in case.expected)
        report.trials.append(Trial(case, [failure for failure in found if failure]))
        readings = policy.closure.defaults | case.readings
        for name in rules_of(policy, case):
            report.coverage.note(report.coverage.watch(case.facts, case.on, readings, name))
    return report


def rules_of(policy: Policy, case: ExampleCase) -> list[str]:
    """The rules and definitions an example says something of: only these does it put to the test."""
    targets = {expected.target for expected in case.expected}
    rules = [each.name for each in policy.program.provisions if each.name in targets or each.measure in targets]
    return rules + [each.name for each in policy.program.functions if each.name in targets and not each.params]


def failing(policy: Policy, cases: Iterable[ExampleCase]) -> Iterator[Failure]:
    """The expectations that are not met, and nothing else: only the measures they speak of are decided."""
    home = {rule.name: rule.measure for rule in policy.program.provisions}
    for case in cases:
        asked = {each.target if isinstance(each.target, int) else home.get(each.target) for each in case.expected}
        measures = None if None in asked else [number for number in asked if number is not None]
        because = any(each.because for each in case.expected)
        decision = policy.decide(case.facts, case.on, case.readings, measures, reasons=because)
        yield from (failure for expected in case.expected if (failure := _failure(expected, decision)))


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
        met = met and provision.missing == list(expected.lacks)
    return met


def _failed(provision: ProvisionDecision) -> list[str]:
    return list(dict.fromkeys(reason.condition for reason in provision.reasons if reason.holds is False))


def _wanted(expected: Expected) -> tuple[str, str]:
    match expected.outcome:
        case "gets":
            zh, en = f"得 {yuan(expected.amount)}", f"gets {money(expected.amount)}"
        case "pays":
            zh, en = f"应付 {yuan(expected.amount)}", f"payable {money(expected.amount)}"
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
            return f"应付 {yuan(provision.exact_payable)}", f"payable {money(provision.exact_payable)}"
        return f"得 {yuan(provision.exact_amount)}", f"gets {money(provision.exact_amount)}"
    zh, en = STATUS[provision.status], provision.status
    if provision.status == "denied" and (failed := _failed(provision)):
        zh, en = f"{zh} 因 {'、'.join(failed)}", f"{en} because of {', '.join(failed)}"
    if provision.missing:
        zh = f"{zh} 缺 {'、'.join(provision.missing)}"
        en = f"{en} lacking {', '.join(provision.missing)}"
    return zh, en


def yuan(amount: Amount | None) -> str:
    if amount is None:
        return "（不明）"
    if amount and amount % 10000 == 0:
        return f"{amount // 10000}万元"
    return f"{(money(amount) or '').removesuffix('.00')}元"
