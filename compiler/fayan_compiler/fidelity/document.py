"""The lints of the document as a whole: its header, the numbers of chapters and measures, who is responsible."""

from __future__ import annotations

import re
from collections import Counter

from fayan_compiler.boundaries import AFTER
from fayan_compiler.fidelity.check import Check, here, in_text, inside, span_of
from fayan_compiler.fidelity.figures import NUMBERED
from fayan_compiler.fidelity.quotes import Text
from fayan_compiler.fidelity.table import RULES, Row, name_of, squeeze, units_of
from fayan_compiler.problems.fidelity import document as faults
from fayan_compiler.problems.fidelity.sentences import MarkWithoutSentence, SentenceUnaccounted
from fayan_dsl import tree
from fayan_dsl.lines import even
from fayan_dsl.near import nearest
from fayan_dsl.problem import Applicability, Edit, Fix, Term
from fayan_dsl.source import Span

#: Rules that move money, so that somebody has to pay or to forgo it.
_MONEY = ("奖励", "减免", "补贴", "减征", "扣除")
#: Header lines that are the editor's and not of the document.
EDITORIAL = ("章号", "条号", "前版", "原文未见", "原文未录", *AFTER)
_NUMERALS = "零一二三四五六七八九"


def document(check: Check) -> None:
    header(check)
    lacking(check)
    numbers(check)
    for measure in check.table.policy.measures:
        responsible(check, measure)


# ---------------------------------------------------------------- the header
_SENTENCES = (MarkWithoutSentence, SentenceUnaccounted)


def header(check: Check) -> None:
    """文号, dates and the number repealed stand in the notice, where the file has one."""
    policy = check.table.policy
    notice = next((measure for measure in policy.measures if measure.number == 0), None)
    said = [sentence.text for passage in (notice.passages if notice else ()) for sentence in passage.sentences]
    text = squeeze("\n".join(said))
    if not text:
        return
    assert notice is not None  # it has the text
    rows = check.table.rows_of(notice)
    if any(inside(problem.span, notice.span) for problem in check.problems if isinstance(problem, _SENTENCES)):
        return  # a sentence that is missing has been told of
    dates = {figure.value: figure for row in rows for figure in row.figures if figure.unit == "日期"}
    dated = check.table.headers.get("成文日期", "")
    for each in policy.headers:
        if each.key in EDITORIAL or not each.text:
            continue
        if each.key.endswith("日期"):
            found = each.text in dates or (each.key != "成文日期" and each.text == dated)
        elif each.key == "发文机关":  # 区人民政府 is no 区人民政府办公室
            found = _names(each.text, text)
        else:
            found = squeeze(each.text) in text
        if not found:
            # a day of the notice that is none of the header's is what this one should be
            other = [figure for day, figure in dates.items() if day not in check.table.headers.values()]
            spans = [figure.span for figure in other[-1:]] if each.key.endswith("日期") else []
            if each.key in ("文号", "废止"):
                spans = _numbers_in(check, rows)
            elif not spans:
                words = Text.of(check)
                near = words.nearest(squeeze(each.text), *words.range(notice.number))
                spans = [words.span(near)] if near is not None else []
            labels = [in_text(span) for span in spans]
            check.say(faults.HeaderNotInText, each.span, *labels, key=each.key, value=_as_written(check, each))


def _as_written(check: Check, header: tree.Header) -> str:
    """A day as the file has it, not as it is kept."""
    line = check.table.policy.source.text[header.span.start : header.span.end]
    return line.split(maxsplit=1)[-1].strip() if header.key.endswith("日期") else header.text


_REPEALED = re.compile(rf"[\u4e00-\u9fff]+{NUMBERED}(?=[^。；]*废止)")
_PUBLIC = re.compile(r"此件[^，。；）]{0,6}公开[^，。；）]{0,4}")


def lacking(check: Check) -> None:
    """What is repealed, and whether the document is public, stands in the header where the text says it."""
    table = check.table
    said = [squeeze(header.text) for header in table.policy.headers]
    for row in table.rows:
        for sentence in row.passage.sentences:
            start = table.policy.source.text.find(sentence.text, sentence.span.start)
            for key, pattern in (("废止", _REPEALED), ("公开", _PUBLIC)):
                for found in pattern.finditer(even(sentence.text)):
                    span = Span(start + found.start(), start + found.end())
                    if key == "公开" and key in table.headers:  # where the two are not the same that has been told
                        continue
                    if not any(value and value in squeeze(found[0]) for value in said) and not check.told_of(span):
                        check.say(faults.HeaderLacking, span, key=key, value=squeeze(found[0]))


def _numbers_in(check: Check, rows: list[Row]) -> list[Span]:
    """Document numbers of the notice that are none of the header's."""
    known = [squeeze(value) for value in check.table.headers.values()]
    found = [
        Span(start + match.start(), start + match.end())
        for row in rows
        for sentence in row.passage.sentences
        for start in [check.table.policy.source.text.find(sentence.text, sentence.span.start)]
        for match in re.finditer(rf"[\u4e00-\u9fff]+{NUMBERED}", even(sentence.text))
        if not any(squeeze(match[0]) in value or value in squeeze(match[0]) for value in known if value)
    ]
    return found[:1]


# ---------------------------------------------------------------- numbers
def numbers(check: Check) -> None:
    """Chapters and measures are numbered without a gap: where one is missing a line has been lost."""
    policy = check.table.policy
    text = policy.source.text
    numbered = [measure for measure in policy.measures if measure.number]
    heads = [Span(measure.span.start, _line_end(text, measure.span.start)) for measure in numbered]
    measures: list[tuple[int | None, Span, str]] = [
        (measure.number, head, f"措施 {measure.number}") for measure, head in zip(numbered, heads, strict=True)
    ]
    chapters = [(_ordinal(chapter.label), chapter.span, f"章 {chapter.label}") for chapter in policy.chapters]
    if chapters and heads and heads[0].start < chapters[0][1].start:  # before any chapter: the first is what is missing
        chapters[0] = (chapters[0][0], heads[0], f"措施 {numbered[0].number}")
    for kind, listed in (("章", chapters), ("措施", measures)):
        before = 0
        for number, span, said in listed:
            if number is None:
                continue
            if number > before + 1:
                missing = "、".join(_numbered(kind, each) for each in range(before + 1, min(number, before + 4)))
                check.say(faults.NumberMissing, span, this=said, missing=missing)
            before = max(before, number)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _ordinal(label: str) -> int | None:
    label = even(label)
    if label.isdecimal():
        return int(label)
    total, digit = 0, 0
    for char in label:
        if char == "十":
            total, digit = total + 10 * (digit or 1), 0
        elif char in _NUMERALS:
            digit = _NUMERALS.index(char)
        else:
            return None
    return total + digit


def _numbered(kind: str, number: int) -> str:
    if kind == "措施" or number > 10:
        return f"{kind} {number}"
    return f"{kind} {'十' if number == 10 else _NUMERALS[number]}"


# ---------------------------------------------------------------- who is responsible
def responsible(check: Check, measure: tree.Measure) -> None:
    """Each responsible unit of 原文 is named by a rule or marked 单位, and rules name no others."""
    table = check.table
    if not measure.number or measure.unseen is not None:
        return
    rows = table.rows_of(measure)
    if not measure.units:
        asked = any(_asks(each) for row in rows for each in row.annotations)
        if asked and any(other.units for other in table.policy.measures):
            span = Span(measure.span.start, _line_end(table.policy.source.text, measure.span.start))
            check.say(faults.UnitsMissing, span, measure=measure.number)
        return
    line = units_of(table.policy, measure)
    text = squeeze("\n".join(row.text for row in rows))
    named: list[tuple[str, Span]] = []
    listed: set[Span] = set()  # marks, which are of responsible units; who pays may also stand in the text
    for row in rows:
        for mark, words in row.marks("单位"):
            named += [(word, mark.span) for word in words.split("、")]
            listed.add(mark.span)
        for rule in row.annotations:
            if isinstance(rule, tree.Rule) and rule.payer:
                named += [(word, _payer_span(check, rule)) for word in re.split("[，；]", rule.payer)]
    said = "；".join(squeeze(word) for word, _ in named) + "；" + "".join(_discretion(row) for row in rows)
    told = len(check.problems)
    _unknown(check, measure, named, text, line, listed)
    for row in rows:
        _said_to_pay(check, row)
    _marked_and_paying(check, rows, text)
    _acting(check, rows)
    _left_to(check, measure, rows, text, line)
    told = len(check.problems) - told
    rules = [rule for row in rows for rule in row.annotations if isinstance(rule, tree.Rule)]
    open_ended = [rule for row in rows for rule in row.rules if _leaves_open(rule)]
    for each in open_ended:
        check.say(faults.DiscretionMissing, span_of(each), rule=name_of(each))
    unpaid = [rule for rule in rules if rule.kind in _MONEY and not rule.payer]
    for rule in unpaid:
        label = here(line, "责任单位在这里", "the responsible units")
        check.say(faults.PayerMissing, rule.name.span, label, rule=name_of(rule))
    if not unpaid and not open_ended:
        _unaccounted(check, measure, said, line, named, told)


def _asks(annotation: tree.Annotation) -> bool:
    """Whether somebody has something to do: not where the text only explains."""
    if isinstance(annotation, tree.Mark):
        return annotation.kind in ("倡导", "不编码")
    return isinstance(annotation, (*RULES, tree.See))


_OFFICE = r"[^，。；：、由]{1,19}?(?:局|委|办|部|厅|处|中心|公司|政府|管委会|委员会)"
_PAYS = re.compile(
    rf"由({_OFFICE}(?:(?:、|和|与|及|会同|联合){_OFFICE}){{0,4}})(?:负责|共同|分别|联合|统一|审核后|复核后|审定后|按规定|予以)*"
    r"(?=给予|兑付|拨付|发放|支付|承担|补贴|奖励|减免)"
)
_AND = re.compile(r"(?<=[局委办部厅处心司府会])(?:、|和|与|及|会同|联合)")


def _said_to_pay(check: Check, row: Row) -> None:
    """由区财政局给予: who the sentence says pays is who the rule on it says pays."""
    paid = [rule for rule in row.rules if isinstance(rule, tree.Rule) and rule.payer]
    for sentence in row.passage.sentences:
        start = check.table.policy.source.text.find(sentence.text, sentence.span.start)
        for found in _PAYS.finditer(sentence.text):
            payers = [squeeze(rule.payer) for rule in paid if rule.payer]
            units = _AND.split(squeeze(found[1]))
            if paid and not any(all(unit in payer for unit in units) for payer in payers):
                span = _payer_span(check, paid[0])
                if check.told_of(span):
                    continue
                label = in_text(Span(start + found.start(1), start + found.end(1)))
                check.say(faults.PayerDiffers, span, label, rule=paid[0].payer, text=squeeze(found[1]))


def _marked_and_paying(check: Check, rows: list[Row], text: str) -> None:
    """A unit marked 单位 has nothing to do by the words of the measure: where they do not say who pays, it is not the payer."""
    marked = {unit: mark.span for row in rows for mark, words in row.marks("单位") for unit in words.split("、")}
    for row in rows:
        for rule in row.annotations:
            if not isinstance(rule, tree.Rule) or not rule.payer or squeeze(rule.payer) in text:
                continue
            span = _payer_span(check, rule)
            for unit, mark in marked.items():
                if _names(unit, squeeze(rule.payer)) and not check.told_of(span):
                    label = here(mark, "这里说它在本条没有要做的事", "marked here as having nothing to do")
                    check.say(faults.PayerMarkedIdle, span, label, unit=unit, rule=name_of(rule))


_ACTS = ("审核", "复核", "审定", "核定", "拨付", "兑付", "发放")


def _acting(check: Check, rows: list[Row]) -> None:
    """区经济信息委复核: who does what in 由 is who does it in the sentence."""
    for row in rows:
        for rule in row.annotations:
            if not isinstance(rule, tree.Rule) or not rule.payer:
                continue
            span = _payer_span(check, rule)
            for piece in re.split("[，；]", squeeze(rule.payer)):
                act = next((act for act in _ACTS if act in piece), None)
                who = piece.partition(act)[0] if act else ""
                said = re.search(rf"({_OFFICE}){act}", row.text) if act else None
                if act is None or said is None or f"{who}{act}" in squeeze(row.text) or check.told_of(span):
                    continue
                if not squeeze(said[1]).endswith(who):
                    sentence = next(each for each in row.passage.sentences if said[0] in each.text)
                    start = check.table.policy.source.text.find(said[0], sentence.span.start)
                    label = in_text(Span(start, start + len(said[1])))
                    check.say(faults.PayerDiffers, span, label, rule=who, text=squeeze(said[1]))


def _left_to(check: Check, measure: tree.Measure, rows: list[Row], text: str, line: Span) -> None:
    """Whom 裁量 leaves the rest to is a responsible unit of the measure, where it is one of the document's at all."""
    everyone = dict.fromkeys(unit for other in check.table.policy.measures for unit in other.units)
    units = [unit for unit in everyone if unit not in measure.units]
    for row in rows:
        for rule in row.annotations:
            said = squeeze(getattr(rule, "discretion", "") or "")
            named = (unit for unit in units if unit in said) if said else ()
            wrong = next((unit for unit in named if _names(unit, said) and squeeze(unit) not in text), None)
            if wrong and not any(squeeze(wrong) in squeeze(unit) for unit in measure.units):
                at = check.table.policy.source.text.find(wrong, rule.span.start, rule.span.end)
                span = Span(at, at + len(wrong)) if at >= 0 else span_of(rule)
                label = here(line, "责任单位在这里", "the responsible units")
                check.say(faults.UnitUnknown, span, label, unit=wrong, hint=Term("", ""))


def _leaves_open(rule: tree.Annotation) -> bool:
    """A support without an amount, or a selection, that does not say what is left to whom."""
    if isinstance(rule, tree.Selection):
        return not rule.discretion
    return isinstance(rule, tree.Rule) and rule.kind in ("支持", "对象") and not rule.discretion


def _discretion(row: Row) -> str:
    return "".join(squeeze(getattr(rule, "discretion", "") or "") for rule in row.rules)


def _is_known(word: str, measure: tree.Measure, text: str) -> bool:
    """Whether who is named is a responsible unit, or stands in the text, what they do apart."""
    word = squeeze(word)
    return any(_names(unit, word) for unit in measure.units) or _DOING.sub("", word) in text


_DOING = re.compile(r"(?:会同有关部门|审核|复核|审定|负责|牵头|拨付|兑付|决定|办理|后给予|给予)+$")


def _names(unit: str, said: str) -> bool:
    """Whether words name a unit, and not one whose name goes on: 区经济信息 is no 区经济信息委."""
    return re.search(rf"{re.escape(squeeze(unit))}(?![局委司办部室院所厅处中公]|会(?!同))", said) is not None


def _unaccounted(
    check: Check, measure: tree.Measure, said: str, line: Span, named: list[tuple[str, Span]], told: int
) -> None:
    """Units no rule mentions, told once; one that is a slip for a unit the rules do mention is told of there, and for each
    unit that was ``told`` to be unknown one stands here in its place."""
    loose = [word for word, _ in named if not any(_names(each, squeeze(word)) for each in measure.units)]
    units = [unit for unit in measure.units if not _names(unit, said) and nearest(unit, loose) is None]
    units = units[told:]
    if units:
        at = check.table.policy.source.text.find(units[0], line.start, line.end)
        span = Span(at, at + len(units[0])) if at >= 0 else line
        check.say(faults.UnitUnaccounted, span, unit="”、“".join(units), mark="、".join(units))


def _unknown(
    check: Check, measure: tree.Measure, named: list[tuple[str, Span]], text: str, line: Span, listed: set[Span]
) -> None:
    """Units that rules and marks name and 责任单位 does not: once each; at 责任单位 where it is that line which lost one."""
    everywhere = Counter(unit for other in check.table.policy.measures for unit in set(other.units))
    told: set[str] = set()
    for word, span in named:
        if word in told or _is_known(word, measure, "" if span in listed else text):
            continue
        told.add(word)
        places = [place for other, place in named if other == word]
        near = nearest(word, measure.units)
        ours = near is None or ((everywhere[near] > 1 or not everywhere[word]) and len(places) == 1)
        if near and not ours:  # the rules are right, and 责任单位 has the slip
            at = check.table.policy.source.text.find(near, line.start, line.end)
            at_unit = Span(at, at + len(near)) if at >= 0 else line
            hint = Term(f"责任单位里的“{near}”是不是“{word}”？", f"Is “{near}” meant to be “{word}”?")
            title = Term(f"改为“{word}”", f"write “{word}”")
            fixes = (Fix(title, (Edit(at_unit, word),), Applicability.UNSAFE),) if at >= 0 else ()
            label = here(span, "规则里这样写", "the rule has this")
            check.say(faults.UnitUnknown, at_unit, label, fixes=fixes, unit=word, hint=hint)
            continue
        size = len(squeeze(word))
        passages = {text[at : at + size] for at in range(len(text) - size + 1)} if near is None else ()
        meant = near or nearest(squeeze(word), passages)
        hint = Term(f"是不是“{meant}”？", f"Did you mean “{meant}”? ") if meant else Term("", "")
        lost = not meant and everywhere[word] > 0  # other measures have it: 责任单位 has lost one
        label = here(span, "这里写了", "named here") if lost else here(line, "责任单位在这里", "the responsible units")
        check.say(faults.UnitUnknown, line if lost else span, label, unit=word, hint=hint)


def _payer_span(check: Check, rule: tree.Rule) -> Span:
    text = check.table.policy.source.text
    found = re.compile(r"^\s*(?:由|payer)\s+([^\n]*)", re.MULTILINE).search(text, rule.span.start, rule.span.end)
    return Span(found.start(1), found.end(1)) if found else rule.span
