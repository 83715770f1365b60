"""The lints of documents that 原文 cites: they are in the library, and the article cited is there, as far as that is on file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fayan_compiler.fidelity.check import Check
from fayan_compiler.fidelity.figures import NUMBERED
from fayan_compiler.fidelity.table import Row, squeeze
from fayan_compiler.library import Head, Library
from fayan_compiler.problems.fidelity import words as faults
from fayan_dsl import tree
from fayan_dsl.lines import even
from fayan_dsl.problem import Term
from fayan_dsl.source import Span

#: A 文号 as far as it ends: where the name of its office begins, running text does not tell.
_NUMBER = rf"(?:[\u4e00-\u9fff]+ )?[\u4e00-\u9fff]{{2,24}}{NUMBERED}"
_TITLE = r"《[^《》]*(?:法|条例|办法|规定|规则|细则|通知|意见|公告|决定|方案|计划|标准|措施)[^《》]*》"
_CITED = re.compile(rf"(?P<title>{_TITLE})(?:（(?P<beside>{_NUMBER})）)?|(?P<number>{_NUMBER})")
#: What stands before the office: 区内企业按照工信部联企业〔2011〕300号.
_LEAD = re.compile(r"^.*(?:按照?|依照|依据|根据|参照|遵照|执行|落实|符合|与|和|见)(?=[^〔]{2})")
_ARTICLE = re.compile(r"\s*第([一二三四五六七八九十百\d]+)条")
#: An article of this document: named with 本, or with nothing before it.
_OWN = re.compile(
    r"(?:本(?:办法|措施|政策|规定|细则|意见|通知)|参照|按照|依照|根据|符合|见)\s*第([一二三四五六七八九十百\d]+)条"
)

#: A title that the document does not have itself: the library's editor gave it one.
_EDITED = "标题由编者拟"
#: Where the name of an office ends in a number: 财政部税务总局公告2023年第12号.
_OFFICE = re.compile(r"〔|公告|令")

_THIS = Term("本文件", "This document")


def cited(check: Check, row: Row, library: Library) -> None:
    policy = check.table.policy
    if row.only_marked:
        return
    own = {squeeze(policy.title), *(squeeze(text) for key, text in check.table.headers.items() if key != "成文日期")}
    referred = {squeeze(each.number.text) for each in check.table.annotations if isinstance(each, tree.Import)}
    heads = {squeeze(head.number): head for head in library.heads}
    for text, start in _texts(check, row):
        for found in _CITED.finditer(even(text)):
            numbers = [squeeze(number) for number in (found["number"], found["beside"]) if number]
            title = squeeze(found["title"] or "").strip("《》")
            if title in own or _among(numbers, own) or (title and title in squeeze(policy.title)):
                continue
            document = next((each for each in referred if _is(each, title, numbers, heads.get(each))), None)
            if document is None:
                lead = 0 if title else len(found[0]) - len(_LEAD.sub("", found[0]))
                at = start + found.start() + lead
                name = text[found.start() : found.end()][lead:]
                check.say(faults.NotInLibrary, Span(at, at + len(name)), document=found["title"] or name)
            elif (article := _ARTICLE.match(text, found.end())) and (head := heads.get(document)):
                span = Span(start + article.start(1) - 1, start + article.end())
                _on_file(check, head, library.trees.get(head.number), article[1], span)
        for article in _OWN.finditer(text):
            number = _number(article[1])
            if number and number not in {measure.number for measure in policy.measures}:
                span = Span(start + article.start(1) - 1, start + article.end())
                check.say(faults.NoSuchArticle, span, document=_THIS, article=article[1])


def _is(number: str, title: str, numbers: list[str], document: Head | None) -> bool:
    """Whether the document of this number is the one cited: by its number where one is given, else by its title."""
    if numbers:
        return _among(numbers, {number})
    if document is None:  # what it is called is not known
        return True
    ours = squeeze(document.title)
    if _EDITED not in ours:
        return ours in title or title in ours
    office = _OFFICE.split(number)[0]
    ours = ours.split("（")[0]
    pairs = {ours[at : at + 2] for at in range(len(ours) - 1)}
    return (len(office) > 2 and office in title) or 2 * sum(pair in title for pair in pairs) >= len(pairs)


def _on_file(check: Check, head: Head, document: tree.Policy | None, article: str, span: Span) -> None:
    """An article of a document in the library is there; where its words are not on file, that is not known."""
    measures = document.measures if document else ()
    known = [measure for measure in measures if measure.number == _number(article)]
    if any(passage.sentences for measure in known for passage in measure.passages):
        return
    name = Term(head.number, head.number)
    if not head.recorded:
        check.say(faults.ArticleNotOnFile, span, document=name, article=article)
    elif document is not None and not known:
        check.say(faults.NoSuchArticle, span, document=name, article=article)


def _among(numbers: list[str], known: set[str]) -> bool:
    """Whether a number is one of those known, which have no words before the office's name."""
    return any(each and number.endswith(each) for number in numbers for each in known)


def _texts(check: Check, row: Row) -> Iterator[tuple[str, int]]:
    for sentence in row.passage.sentences:
        yield sentence.text, check.table.policy.source.text.find(sentence.text, sentence.span.start)


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
