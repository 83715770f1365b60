"""A decision laid out for a page: everything said in words, nothing left for a template to work out."""

from __future__ import annotations

from attrs import define

from fayan_runtime.derive import Derived
from fayan_runtime.explain.answer import Answer, answer
from fayan_runtime.explain.context import Context
from fayan_runtime.explain.measures import MeasureView, measures
from fayan_runtime.explain.pending import option_text
from fayan_runtime.interpreter import ENTERPRISE
from fayan_runtime.report import Decision


@define
class DecisionView:
    """``changed`` are the readings taken that are not the default."""

    subject: str
    code: str
    policy: str
    number: str
    on: str
    digest: str
    unseen: str
    derived: list[str]
    changed: list[str]
    answer: Answer
    measures: list[MeasureView]
    language: str
    label: dict[str, str]


def decision_view(decision: Decision, language: str = "zh") -> DecisionView:
    at, program = Context(decision, language), decision.program
    code = decision.facts.scopes.get(ENTERPRISE, {}).get("统一社会信用代码")
    defaults = {each.id: each.options[0][0] for each in program.readings if each.options}
    changed = [
        f"{id}={option}{at.tongue.aside(option_text(at, id, option))}"
        for id, option in decision.readings.items()
        if id in defaults and defaults[id] != option
    ]
    return DecisionView(
        subject=decision.subject,
        code=code if isinstance(code, str) else "",
        policy=program.title,
        number=program.number,
        on=at.day(decision.on),
        digest=program.digest,
        unseen=program.unseen,
        derived=[_derived(at, each) for each in decision.derived],
        changed=changed,
        answer=answer(at),
        measures=measures(at),
        language=language,
        label=at.label,
    )


def _derived(at: Context, each: Derived) -> str:
    """A fact that was worked out, or was given and comes out otherwise."""
    value = at.tongue.numbers.show(each.value, each.type)
    if each.given is None:
        return at.both(
            f"{each.fact}没有填，按“{each.by}”推算为“{value}”", f"{each.fact} is not given; by {each.by} it is {value}"
        )
    given = at.tongue.numbers.show(each.given, each.type)
    return at.both(
        f"{each.fact}填的是“{given}”，按“{each.by}”推算为“{value}”；以填报的为准，请核对",
        f"{each.fact} is given as {given}, but by {each.by} it is {value}; what is given counts, please check",
    )
