"""What can be printed: a decision, a policy, a comparison. Each says how once; the formats are the same for all."""

from __future__ import annotations


class Printable:
    """As plain text for a terminal, as Markdown, as one page of HTML, as JSON (a schema of its own). ``language`` is zh or en."""

    __slots__ = ()

    def to_text(self, language: str = "zh") -> str:
        return self._document("text", language)

    def to_markdown(self, language: str = "zh") -> str:
        return self._document("md", language)

    def to_html(self, language: str = "zh") -> str:
        return self._document("html", language)

    def to_json(self, language: str = "zh") -> str:
        return self._document("json", language)

    def _document(self, format: str, language: str) -> str:
        raise NotImplementedError


class PrintablePolicy(Printable):
    """A policy as a document, which has one form more."""

    __slots__ = ()

    def to_lines(self, language: str = "zh") -> str:
        """One thing on each line, unnumbered and unbroken: a comparison of lines then shows what changed and nothing else."""
        return self._document("lines", language)
