"""Problems as terminal text: carets that line up, long lines, fixes, nothing that could steer a terminal."""

from __future__ import annotations

from fayan.messages.render import WIDTH, clean, render, render_one
from fayan_dsl.problem import Edit, Fix, Label, Problem, Severity, Term
from fayan_dsl.source import Source, Span, cells


class Odd(Problem):
    code = "FY0000"
    name = "odd"
    zh = "“{word}”不对。"
    en = "“{word}” is wrong."
    word: str


class Hint(Odd):
    code = "FY0001"
    name = "hint"
    severity = Severity.WARNING
    help_zh = "改一改。"
    help_en = "Change it."


def problem(text: str, word: str, cls: type[Odd] = Odd, **more: object) -> Odd:
    at = text.index(word)
    span = Span(at, at + len(word))
    return cls(source=Source("某.pol", text), span=span, word=word, **more)  # type: ignore[arg-type]


def test_one_problem_in_full() -> None:
    label = Label(Span(0, 2), Term("在这条规则里", "in this rule"))
    text = "奖励 甲\n  须 收人 超过 1元\n"
    place = Span(text.index("收人"), text.index("收人") + 2)
    fix = Fix(Term("改为“收入”", "write “收入”"), (Edit(place, "收入"),))
    found = problem(text, "收人", Hint, fixes=(fix,), labels=(label,), headings=("某办法", "措施 1"))
    assert render_one(found).splitlines() == [
        "警告 FY0001 “收人”不对",
        "     “收人” is wrong",
        "  --> 某.pol:2:5  （某办法 › 措施 1）",
        "  │",
        "2 │   须 收人 超过 1元",
        "  │      ^^^^",
        "1 │ 奖励 甲",
        "  │ ---- 在这条规则里",
        "  = 办法：改一改。",
        "  = 改法：改为“收入”",
        "2 +   须 收入 超过 1元",
    ]
    assert render_one(found, "en").splitlines()[:2] == [
        "warning FY0001 “收人” is wrong",
        "  --> 某.pol:2:5  (某办法 › 措施 1)",
    ]


def test_a_fix_over_several_lines_is_told_by_its_title_only() -> None:
    found = problem("甲\n乙\n", "甲")
    fix = Fix(Term("合成一行", "join"), (Edit(Span(0, 3), "甲乙"),))
    text = render_one(Odd(source=found.source, span=found.span, word="甲", fixes=(fix,)))
    assert text.endswith("  = 改法：合成一行\n")


def test_a_long_line_is_cut_around_the_words() -> None:
    line = "前" * 200 + "此处" + "后" * 200
    shown, carets = render_one(problem(line, "此处")).splitlines()[4:6]
    assert shown.startswith("1 │ …前")
    assert shown.endswith("后…")
    assert cells(shown) <= WIDTH + 10
    assert cells(carets[: carets.index("^")]) == cells(shown[: shown.index("此处")])
    assert carets.count("^") == 4


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    text = "甲 乙丙\n丁\n"
    found = Odd(source=Source("某.pol", text), span=Span(2, 6), word="乙丙")
    assert render_one(found).splitlines()[4:6] == ["1 │ 甲 乙丙", "  │    ^^^^"]


def test_an_empty_span_is_one_caret_even_at_the_end() -> None:
    found = Odd(source=Source("某.pol", "甲"), span=Span(1, 1), word="")
    assert render_one(found).splitlines()[4:6] == ["1 │ 甲", "  │   ^"]


def test_nothing_can_steer_the_terminal() -> None:
    text = render_one(problem("甲\x1b[31m\u202e乙\t丙", "乙"))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert clean("a\tb\u3000c\x00") == "a b\u3000c\ufffd"


def test_problems_are_shown_in_the_order_of_the_file() -> None:
    text = "甲乙丙"
    told = render([problem(text, "丙"), problem(text, "甲"), problem(text, "乙")])
    assert [line for line in told.splitlines() if line.startswith("错误")] == [f"错误 FY0000 “{c}”不对" for c in text]


def test_colour_is_only_added() -> None:
    found = problem("甲", "甲")
    import re

    assert re.sub(r"\x1b\[[\d;]*m", "", render_one(found, colour=True)) == render_one(found)
    assert "\x1b[31m^^" in render_one(found, colour=True)
