"""What of 原文 is not on file: it is said, and no rule is made of words that were not seen."""

from __future__ import annotations

from fayan_compiler.fidelity.check import Check, said_of
from fayan_compiler.fidelity.table import NAMED, Row
from fayan_compiler.problems.fidelity.document import RuleOnUnseenWords, WordsNotOnFile
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_dsl.source import Span

UNSEEN, UNRECORDED = "原文未见", "原文未录"
_SAID = {
    UNSEEN: Term("原文未见", "not seen"),
    UNRECORDED: Term("原文未录，只有数字", "words not on file, figures only"),
}


def without_words(row: Row) -> bool:
    """There are no words here that figures and names could be found in, and the file says why."""
    return not row.passage.sentences and bool(row.measure.unseen or row.measure.unrecorded)


def on_file(check: Check) -> None:
    policy = check.table.policy
    of_all = {header.key: header for header in policy.headers if header.key in _SAID}
    for key, header in of_all.items():
        check.say(WordsNotOnFile, header.span, where=said_of(None), what=_SAID[key], text=header.text)
    for measure in policy.measures:
        for key, text in ((UNSEEN, measure.unseen), (UNRECORDED, measure.unrecorded)):
            if text and not (key in of_all and of_all[key].text == text):
                check.say(WordsNotOnFile, _heading(check, measure), where=said_of(measure), what=_SAID[key], text=text)
        if measure.unseen and not measure.unrecorded:
            _nothing_made_of_it(check, measure)


def _nothing_made_of_it(check: Check, measure: tree.Measure) -> None:
    for passage in measure.passages:
        for rule in passage.annotations if not passage.sentences else ():
            if isinstance(rule, NAMED) and not isinstance(rule, tree.Define):
                check.say(RuleOnUnseenWords, rule.name.span, rule=rule.name.text)


def _heading(check: Check, measure: tree.Measure) -> Span:
    end = check.table.policy.source.text.find("\n", measure.span.start)
    return Span(measure.span.start, end if end >= 0 else measure.span.end)
