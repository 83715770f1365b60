"""A decision laid out for a page: everything said in words, nothing left for a template to work out."""

from __future__ import annotations

from attrs import define

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
        f"{id}={option}{at.tongue.aside(option_text(program, id, option))}"
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
        changed=changed,
        answer=answer(at),
        measures=measures(at),
        language=language,
        label=at.label,
    )
