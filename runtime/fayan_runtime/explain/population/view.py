"""What the page about a population says, in one language."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.population.section import Section
from fayan_runtime.explain.population.sections import NATURE, Writer
from fayan_runtime.explain.words import pick
from fayan_runtime.outcome import PAID
from fayan_runtime.population import Population


@frozen
class View:
    language: str
    title: str
    headline: str
    #: What was decided on: name, text.
    meta: list[tuple[str, str]]
    sections: list[Section]
    closing: list[str]


def population_view(of: Population, language: str) -> View:
    writer = Writer(of, language)
    both, program = writer.both, of.program
    meta = [
        (both("政策", "Policy"), program.title + both(f"（{program.number}）", f" ({program.number})")),
        (both("评估日", "Date of assessment"), tongue(language).numbers.day(of.on)),
    ]
    options = {each.id: dict(each.options) for each in program.readings}
    changed = both("；", "; ").join(f"{id} {option} {options[id][option]}" for id, option in of.changed().items())
    meta.append((both("口径", "Readings"), changed or both("都取头一种", "the first option of each")))
    closing = [
        both(f"政策文本摘要 {program.digest}", f"Digest of the policy text {program.digest}"),
        both(
            "本页由程序按政策文本和所报的表生成，供测算和核对，不代替正式批复。",
            "Generated from the policy text and the tables given, for planning and checking; not an official ruling.",
        ),
    ]
    return View(
        language, both("批量判定结果", "A population decided"), headline(of, language), meta, writer.all(), closing
    )


def headline(of: Population, language: str) -> str:
    """The answer in one sentence: how many get something, what is to be paid, how sure that is, and what was rejected."""
    numbers = tongue(language).numbers
    due = [
        (pick(NATURE[nature], language), numbers.yuan(Fraction(each.payable)))
        for nature, each in of.totals.items()
        if each.payable
    ]
    if language == "en":
        answer = [f"{_several(of.decided, 'enterprise')} decided"]
        if any(nature in PAID for nature in of.totals):
            answer.append(f"{of.getting:,} {'gets' if of.getting == 1 else 'get'} something")
        if due:
            answer.append("payable: " + ", ".join(f"{name} {amount}" for name, amount in due))
        if of.besides:
            answer.append(f"{of.besides:,} with less tax or an extra deduction only")
        parts = [", ".join(answer)]
        if of.unmatched.count:
            parts.append(
                f"{_several(of.unmatched.count, 'payment')} ({numbers.yuan(Fraction(of.unmatched.amount))}) met no item, so nothing was set off"
            )
        if of.repeated:
            parts.append(f"{_several(of.repeated, 'row')} said the same as another of the enterprise and counted again")
        if of.unsettled:
            parts.append(f"what {of.unsettled:,} were paid is not known, so what is payable to them is not counted")
        if of.undecided:
            parts.append(f"the amounts of {of.undecided:,} are not wholly decided, so sums are the least")
        refused = f" ({_several(of.refused, 'enterprise')})" if of.refused else ""
        parts.append(f"{_several(of.rejected, 'row')} rejected{refused}")
        if of.strays:
            parts.append(f"{of.strays:,} of these cannot be matched to an enterprise: one decided may lack a fact")
        return "; ".join(parts)
    answer = [f"共判定 {of.decided:,} 家"]
    if any(nature in PAID for nature in of.totals):
        answer.append(f"{of.getting:,} 家有所得")
    if due:
        answer.append("应付合计：" + "，".join(f"{name} {amount}" for name, amount in due))
    if of.besides:
        answer.append(f"{of.besides:,} 家只有减征税费、加计扣除")
    parts = ["，".join(answer)]
    if of.unmatched.count:
        amount = numbers.yuan(Fraction(of.unmatched.amount))
        parts.append(f"已付的款项有 {of.unmatched.count:,} 笔、{amount}没有对上任何一项，没有抵扣")
    if of.repeated:
        parts.append(f"有 {of.repeated:,} 行与同一户前面的一行完全相同，都照算了")
    if of.unsettled:
        parts.append(f"{of.unsettled:,} 家不知道已经付过多少，应付没有计入")
    if of.undecided:
        parts.append(f"{of.undecided:,} 家的金额还不能全部确定，合计只是至少数")
    parts.append(f"退回 {of.rejected:,} 行" + (f"（{of.refused:,} 家）" if of.refused else ""))
    if of.strays:
        parts.append(f"退回的有 {of.strays:,} 行认不出是哪家企业的，判定过的企业可能因此少了事实")
    return "；".join(parts)


def _several(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
