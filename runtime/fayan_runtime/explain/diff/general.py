"""What belongs to no measure: the head of the document, facts, readings, examples; and what of other documents the policy rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from fayan_runtime.changes import Change
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.measures import MeasureWords
from fayan_runtime.explain.words import plurals

#: Examples named.
MOST = 6


@frozen
class LibraryView:
    """A document that the policy refers to. ``note``: by which measures."""

    heading: str
    note: str
    changes: list[str]


@frozen
class GeneralWords:
    measures: MeasureWords

    @property
    def comparison(self) -> Comparison:
        return self.measures.said.comparison

    def lines(self, told: Iterable[Change]) -> list[str]:
        """Each change in a line, examples together; those apart that are ``told`` already."""
        done = {id(each) for each in told}
        left = [
            each for each in self.comparison.changes if id(each) not in done and not self.comparison.document_of(each)
        ]
        apart = [each for each in left if each.aspect == "example" or _source(each)]
        single = [each for each in left if each not in apart]
        examples = [each for each in apart if each.aspect == "example"]
        lines = [view.told for each in single for view in self.measures.noted(each)] + [*self.examples(examples)]
        return lines + [self.sources(each) for each in apart if _source(each)]

    def sources(self, change: Change) -> str:
        """Where the editor has the figures of either version from."""
        said = self.measures.said
        return said.label("sources").format(*(each or said.label("none") for each in (change.before, change.after)))

    def examples(self, changes: list[Change]) -> Iterator[str]:
        """“增加示例2个：甲；乙”."""
        said = self.measures.said
        for key in ("added", "removed", "rewritten"):
            names = [each.name for each in changes if _done(each) == key]
            if names:
                listed = said.words.tongue.clauses(names[:MOST])
                more = said.label("and_others").format(listed) if len(names) > MOST else listed
                yield said.pair(plurals(said.label(f"examples_{key}").format(len(names))), more)

    def libraries(self) -> list[LibraryView]:
        found: dict[str, list[Change]] = {}
        for each in self.comparison.changes:
            if document := self.comparison.document_of(each):
                found.setdefault(document, []).append(each)
        return [self.library(*each) for each in found.items()]

    def library(self, document: str, changes: list[Change]) -> LibraryView:
        said = self.measures.said
        programs = (self.comparison.new, self.comparison.old)
        title = next((each.title for program in programs for each in program.imports if each.number == document), "")
        users = {name for each in changes for name in self.comparison.users(each.name)}
        numbers = {rule.measure: None for program in programs for rule in program.provisions if rule.name in users}
        where = said.words.tongue.numbers.listed(said.label("measure").format(each) for each in sorted(numbers))
        return LibraryView(
            f"{document} {title}".strip(),
            said.label("used_in").format(where) if numbers else said.label("used_nowhere"),
            [view.told for each in changes for view in self.measures.noted(each)],
        )


def _source(change: Change) -> bool:
    """A remark of the file's editor, which no version of the document says."""
    return change.aspect == "header" and change.name == "原文未录"


def _done(change: Change) -> str:
    return "added" if change.before is None else "removed" if change.after is None else "rewritten"
