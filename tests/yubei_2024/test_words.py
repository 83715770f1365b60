"""The words of the reference policy are those of the document."""

from __future__ import annotations

from fayan.compiling import analyse
from fayan.documents.texts import read_source
from fayan_dsl import tree
from fayan_dsl.problem import Severity
from tests.yubei_2024.cases import POLICY, ROOT

#: The document as it was issued.
ISSUED = ROOT / "policies" / "yubei_2024.txt"


def document(parsed: tree.Policy) -> str:
    """The policy printed back: headings, paragraphs, responsible units."""
    chapters = {chapter.first_measure: f"{chapter.label}、{chapter.title}" for chapter in parsed.chapters}
    paragraphs: list[str] = []
    for measure in parsed.measures:
        if measure.number in chapters:
            paragraphs.append(chapters[measure.number])
        if measure.number:
            paragraphs.append(f"{measure.number}. {measure.title}。")
        first = True
        for passage in measure.passages:
            for sentence in passage.sentences:
                if sentence.opens and not (measure.number and first):
                    paragraphs.append("")
                paragraphs[-1] += sentence.text
                first = False
        if measure.units:
            paragraphs[-1] += f"（责任单位：{measure.units_text}）"
    return "\n".join(paragraphs)


def test_the_policy_has_no_errors_and_its_words_are_the_documents() -> None:
    parsed, program, problems = analyse(read_source(POLICY))
    assert parsed is not None and program is not None
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    words = document(parsed)
    assert words.count("\n") == 33  # 34 lines: 8 of the notice, the preamble, 5 chapters, 20 measures
    assert [measure.number for measure in parsed.measures] == list(range(21))
    assert words.split("\n") == [line for line in ISSUED.read_text("utf-8").split("\n") if line]
