"""A figure of a rule and the figure of 原文 that it stands in the place of: told in one message, with the way out."""

from __future__ import annotations

from fayan_compiler.fidelity.check import Check, here, in_text
from fayan_compiler.fidelity.figures import CALENDAR, Figure
from fayan_compiler.fidelity.parts import Part
from fayan_compiler.fidelity.table import squeeze
from fayan_compiler.problems.fidelity import figures as faults
from fayan_dsl.numbers import number
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term

#: A figure of a rule, and where it is written.
Used = tuple[Part, Figure]


def counterpart(written: Figure, idle: list[Figure]) -> Figure | None:
    """The unused figure that a rule's figure stands in the place of: one of its unit, of its digits, of its kind, or any."""
    digits = _digits(written)
    calendar = written.unit in CALENDAR
    alike = [each for each in idle if each.unit == written.unit]
    alike += [each for each in idle if _digits(each) == digits]
    alike += [each for each in idle if (each.unit in CALENDAR) == calendar]
    return next(iter(alike or idle), None)


def _digits(figure: Figure) -> str:
    return "".join(filter(str.isdigit, figure.text))


def differ(check: Check, written: list[Used], text: list[Figure], in_the_text: bool = False) -> None:
    """One message for what is written and what the text has; at the text where another passage bears the rule out."""
    at = [figure.span for figure in text] if in_the_text else [part.span for part, _ in written]
    first, *more = dict.fromkeys(at)
    labels = [here(span, "还有这里", "and here") for span in more]
    if in_the_text:
        labels += [here(part.span, "规则在这里", "the rule is here") for part, _ in written]
    else:
        labels += [in_text(span) for span in dict.fromkeys(figure.span for figure in text)]
    rule = "、".join(dict.fromkeys(figure.text for _, figure in written))
    said = "、".join(dict.fromkeys(squeeze(figure.text) for figure in text))
    fixes = _as_in_the_text(written, text)
    check.say(faults.FigureDiffers, first, *labels, fixes=fixes, rule=rule, text=said)


def _as_in_the_text(written: list[Used], text: list[Figure]) -> tuple[Fix, ...]:
    """The rule with the text's figures; none where one of another kind could not stand there: 5% is no amount."""
    if any(figure.unit != other.unit for (_, figure), other in zip(written, text, strict=True)):
        return ()
    edits = tuple(Edit(part.span, _in_figures(figure)) for (part, _), figure in zip(written, text, strict=True))
    right = "、".join(dict.fromkeys(edit.text for edit in edits))
    return (Fix(Term(f"照原文改为“{right}”", f"as in the text: “{right}”"), edits, Applicability.UNSAFE),)


def _in_figures(figure: Figure) -> str:
    """A figure of the text as rules write it: 五万元 is 5万元."""
    text = squeeze(figure.text)
    token = number(text)
    return token.text if token else text


def exchanged(check: Check) -> None:
    """Two figures that differ because they have changed places are one fault."""
    found: list[Problem] = []
    for problem in check.problems:
        other = next((index for index, each in enumerate(found) if _crosses(each, problem)), None)
        if other is None:
            found.append(problem)
            continue
        labels = (*found[other].labels, Label(problem.span, Term("这里和它对调了", "changed places with it")))
        found[other] = found[other].but(labels=(*labels, *problem.labels))
    check.problems = found


def _crosses(one: Problem, other: Problem) -> bool:
    """Where one has 甲 for 乙, the other has 乙 for 甲."""
    return (
        isinstance(one, faults.FigureDiffers)
        and isinstance(other, faults.FigureDiffers)
        and (one.rule, one.text) == (other.text, other.rule)
    )
