"""The lints of documents that 原文 cites: they are in the library, and the article cited is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fayan_compiler.fidelity.check import Check
from fayan_compiler.fidelity.table import Row, squeeze
from fayan_compiler.problems import fidelity as faults
from fayan_dsl import tree
from fayan_dsl.lexer import even
from fayan_dsl.source import Span

_NUMBER = r"[\u4e00-\u9fff]{2,12}〔\d{4}〕\d+号|[\u4e00-\u9fff]{2,12}公告\d{4}年第\d+号"
_TITLE = r"《[^《》]*(?:法|条例|办法|规定|规则|细则|通知|意见|公告|决定|方案|计划|标准|措施)[^《》]*》"
_CITED = re.compile(rf"(?P<title>{_TITLE})(?:（(?P<beside>{_NUMBER})）)?|(?P<number>{_NUMBER})")
_LEAD = re.compile(r"^(?:按照?|依照|根据|参照|与|和|见)")
_ARTICLE = re.compile(r"\s*第([一二三四五六七八九十百\d]+)条")
#: An article of this document: named with 本, or with nothing before it.
_OWN = re.compile(
    r"(?:本(?:办法|措施|政策|规定|细则|意见|通知)|参照|按照|依照|根据|符合|见)\s*第([一二三四五六七八九十百\d]+)条"
)


def cited(check: Check, row: Row, library: Mapping[str, tree.Policy]) -> None:
    policy = check.table.policy
    if row.only_marked:
        return
    own = {squeeze(policy.title), *(squeeze(text) for key, text in check.table.headers.items() if key != "成文日期")}
    referred = {even(each.number.text) for each in check.table.annotations if isinstance(each, tree.Import)}
    referred_here = any(
        isinstance(each, tree.Import) for other in check.table.rows_of(row.measure) for each in other.annotations
    )
    for text, start in _texts(check, row):
        for found in _CITED.finditer(text):
            numbers = {even(_LEAD.sub("", number)) for number in (found["number"], found["beside"]) if number}
            title = squeeze(found["title"] or "").strip("《》")
            if title in own or numbers & own or (title and title in squeeze(policy.title)):
                continue
            known = numbers & referred or any(each.endswith(number) for each in referred for number in numbers)
            if not known and not (title and not numbers and referred_here):
                at = start + found.start()
                check.say(
                    faults.NotInLibrary,
                    Span(at, at + len(found[0])),
                    document=found["title"] or _LEAD.sub("", found[0]),
                )
            elif (article := _ARTICLE.match(text, found.end())) and (number := _number(article[1])):
                other = next((library[each] for each in numbers if each in library), None)
                if other is not None and _whole(other) and number not in {m.number for m in other.measures}:
                    span = Span(start + article.start(1) - 1, start + article.end())
                    check.say(faults.NoSuchArticle, span, document=found[0], article=article[1])
        for article in _OWN.finditer(text):
            number = _number(article[1])
            if number and number not in {measure.number for measure in policy.measures}:
                span = Span(start + article.start(1) - 1, start + article.end())
                check.say(faults.NoSuchArticle, span, document="本文件", article=article[1])


def _texts(check: Check, row: Row) -> Iterator[tuple[str, int]]:
    for sentence in row.passage.sentences:
        yield sentence.text, check.table.policy.source.text.find(sentence.text, sentence.span.start)


def _whole(policy: tree.Policy) -> bool:
    """Whether all of a document's articles are on file, so that one that is not there does not exist."""
    return not any(header.key in ("原文未见", "原文未录") for header in policy.headers)


def _number(words: str) -> int:
    if words.isdecimal():
        return int(words)
    total, digit = 0, 0
    for char in words:
        if char in "十百":
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            digit = "零一二三四五六七八九".find(char)
    return total + digit
