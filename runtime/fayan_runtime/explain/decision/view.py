"""A decision laid out for a page: everything said in words, nothing left for a template to work out."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define

from fayan_runtime import ir
from fayan_runtime.derive import Derived
from fayan_runtime.explain.decision.answer import Answer, answer
from fayan_runtime.explain.decision.context import Context
from fayan_runtime.explain.decision.measures import MeasureView, measures
from fayan_runtime.explain.decision.pending import option_text
from fayan_runtime.explain.phrase.steps import inside, ways
from fayan_runtime.explain.phrase.told import tell
from fayan_runtime.interpreter import Env, Step, trace
from fayan_runtime.names import ENTERPRISE
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
        derived=worked_out(decision, language),
        changed=changed,
        answer=answer(at),
        measures=measures(at),
        language=language,
        label=at.label,
    )


def worked_out(decision: Decision, language: str) -> list[str]:
    """A sentence on each fact that was worked out."""
    at = Context(decision, language)
    return [_derived(at, each) for each in decision.derived]


def _derived(at: Context, each: Derived) -> str:
    """A fact that was worked out, or was given and comes out otherwise: by which definition of which document, and what decides."""
    value = at.tongue.numbers.show(each.value, each.type)
    function = next(one for one in at.program.functions if one.name == each.by)
    elsewhere = function.document not in ("", at.program.number)
    by = each.by + (at.tongue.aside(function.document) if elsewhere else "")
    why = at.tongue.clauses(dict.fromkeys(_deciding(at, trace(function.body, at.env), at.env)))
    if each.given is None:
        told = at.both(
            f"{each.fact}没有填，按“{by}”推算为“{value}”", f"{each.fact} is not given; by {by} it is {value}"
        )
        return told + (at.both("：", ": ") + why if why else "")
    given = at.tongue.numbers.show(each.given, each.type)
    told = at.both(
        f"{each.fact}填的是“{given}”，按“{by}”推算为“{value}”；以填报的为准，请核对",
        f"{each.fact} is given as {given}, but by {by} it is {value}; what is given counts, please check",
    )
    return told + (at.both("。推算的依据：", ". It comes out so because: ") + why if why else "")


def _deciding(at: Context, step: Step, env: Env) -> Iterator[str]:
    """What decides: of a condition the parts that do; of cases the one that applies, and what those before it lacked.

    Of the rows of a table those before it are the ones of the same kind (工业), whose first column fits.
    """
    match step.expr:
        case ir.Choose() | ir.Match():
            yield from _deciding(at, step.children[-1], env)
        case ir.Call() if step.expr.type.kind != "bool":
            yield from _deciding(at, step.children[-1], inside(step, env))
        case ir.Cases():
            came_to = [(when, then) for _, when, then in ways(step) if when is not None]
            before = [when for when, then in came_to if then is None]
            kin = [when for when in before if isinstance(when.expr, ir.And) and when.children[0].value is True]
            applies = [when for when, then in came_to if then is not None]
            for when in [*(kin or ([] if applies else before)), *applies]:
                yield tell(at.tongue, when, env)
        case _ if step.expr.type.kind == "bool":
            yield tell(at.tongue, step, env)
