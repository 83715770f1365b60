"""The pages about problems, from the one document that holds them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from attrs import frozen

_PAGE = re.compile(r"^## (FY\d{4}) (\S+)\n(.*?)(?=^##? |\Z)", re.DOTALL | re.MULTILINE)


@frozen
class Page:
    code: str
    name: str
    text: str

    def lead(self, language: str) -> str:
        """What it says, in one sentence; the English stands under the Chinese."""
        lines = self.text.split("\n", 5)
        return (
            lines[4].partition(". ")[0].removesuffix(".")
            if language == "en"
            else lines[2].partition("：")[2].partition("。")[0]
        )


@lru_cache(maxsize=1)
def pages() -> tuple[Page, ...]:
    """Every page, by code; from beside this package (as installed), else from the repository."""
    beside = Path(__file__).with_name("problems.md")
    path = beside if beside.exists() else Path(__file__).resolve().parents[2] / "docs" / "problems.md"
    return tuple(
        Page(match[1], match[2], match[0].removeprefix("## ").strip() + "\n")
        for match in _PAGE.finditer(path.read_text("utf-8"))
    )


def find(word: str) -> Page:
    """The page of a code, with or without its letters, or name; raises :class:`fayan.UsageError` where there is none."""
    wanted = word.strip().casefold()
    for page in pages():
        if wanted in (page.code.casefold(), page.code.removeprefix("FY"), page.name):
            return page
    from fayan.errors import UsageError
    from fayan.problems.given import command_line
    from fayan.problems.usage import NoSuchPage
    from fayan_dsl.near import nearest
    from fayan_dsl.problem import Edit, Fix, Term
    from fayan_dsl.source import Span

    source, _ = command_line(["help", word])
    span = Span(len(source.text) - len(word), len(source.text))
    near = nearest(wanted, [page.name for page in pages()])
    fixes = (Fix(Term(f"是不是 {near}？", f"Did you mean {near}?"), (Edit(span, near),)),) if near else ()
    raise UsageError([NoSuchPage(source=source, span=span, fixes=fixes, given=word)])
