"""原文 and rules beside each other: every sentence to its lines, every line to its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fayan.cli import main
from fayan.policy import Policy, loads
from tests.places import POLICIES
from tests.reference_policy import reference_policy

POLICY = str(POLICIES / "yubei_2024.pol")
SMALL = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 给予奖励
｜按照“2335”体系，收入超过100万元的区内企业，
    数字 2335 体系名称
    奖励 甲奖励
        须 区内企业 「区内企业」
        须 过线
        金额 5万元
        由 区财政局
    定义 过线 指 收入 超过 100万元
｜给予5万元奖励。
    见 甲奖励
    单位 区商务委 没有写分工
责任单位 区财政局、区商务委

附 事实

事实 企业
    区内企业 是否
    收入 金额
"""


def small(text: str = SMALL) -> Policy:
    return loads(text, "小.pol")


def test_every_sentence_has_its_words_and_their_lines() -> None:
    first, second, units = small().concordance.sentences
    assert first.text == "按照“2335”体系，收入超过100万元的区内企业，"
    found = {(words.kind, words.text): [use.line for use in words.uses] for words in first.words}
    assert found["figure", "100万元"] == [14]  # through the definition the rule uses
    assert found["quote", "区内企业"] == [10]
    assert found["name", "区内企业"] == [10]
    assert [first.text[words.start : words.end] for words in first.words] == [words.text for words in first.words]
    marked = next(words for words in first.words if words.text == "2335")
    assert marked.uses == () and marked.mark is not None and marked.mark.text == "数字 2335 体系名称"
    assert [use.owner for use in second.rests] == ["见"]
    assert [(words.text, [use.line for use in words.uses]) for words in second.words] == [("5万元", [12])]
    assert [words.text for words in units.words] == ["区财政局", "区商务委"]
    assert [use.line for use in units.words[0].uses] == [13]
    assert units.words[1].mark is not None and units.words[1].mark.line == 17


def test_every_line_has_its_words() -> None:
    lines = {each.use.line: {words.text for _, words in each.words} for each in small().concordance.lines()}
    assert lines == {
        9: set(),  # the rule itself
        10: {"区内企业"},
        11: set(),  # its condition stands in the definition
        12: {"5万元"},
        13: {"区财政局"},
        14: {"100万元", "收入"},
    }


def test_a_line_without_words_of_its_own_rests_on_the_sentences_above() -> None:
    assert {each.use.line: each.under for each in small().concordance.lines() if not each.words} == {9: (7,), 11: (7,)}
    text = small().concordance.to_text()
    assert "     9 奖励 甲奖励 ← 7 〔整句〕\n" in text and "    11 须 过线 ← 7 〔整句〕\n" in text
    defined = "定义 过线 指 收入 超过 100万元\n"
    apart = small(SMALL.replace(f"    {defined}", "") + f"\n附 定义\n\n{defined}定义 旁的 指 否\n")
    assert "    28 定义 旁的 指 否 ← 没有直接依据\n" in apart.concordance.to_text()
    assert "    28 定义 旁的 指 否 ← no words of the text\n" in apart.concordance.to_text("en")


def test_every_line_of_a_rule_of_the_reference_policy_is_listed() -> None:
    """The first rule of measure 3, line after line, and who grants it, whose name the sentence has."""
    policy = reference_policy()
    written = Path(POLICY).read_text("utf-8").split("\n")
    first = written.index("    减免 国有厂房租金减免") + 1
    last = next(at for at in range(first, len(written)) if written[at].strip().startswith("由 ")) + 1
    lines = {each.use.line: each for each in policy.concordance.lines()}
    assert all(lines[at].use.owner == "减免 国有厂房租金减免" for at in range(first, last + 1))
    assert lines[first].under == (first - 1,) and not lines[first].words
    assert {words.text for _, words in lines[last].words} == {"厂房（楼宇）所属国有平台公司或镇街"}


def test_every_figure_of_the_reference_policy_is_used_or_marked() -> None:
    """Of the notice 文号 and dates apart, whose sentences are marked as a whole."""
    sentences = reference_policy().concordance.sentences
    loose = [
        words.text
        for sentence in sentences
        for words in sentence.words
        if words.kind in ("figure", "unit") and not words.uses and not words.mark and not marked_whole(sentence.rests)
    ]
    assert loose == []
    fifth = next(sentence for sentence in sentences if "获得市级“专精特新”" in sentence.text)
    ten = next(words for words in fifth.words if words.text == "10万元")
    assert [use.text for use in ten.uses] == ["市级专精特新 10万元"]


def marked_whole(rests: object) -> bool:
    return any(use.owner in ("程式", "说明", "倡导") for use in rests)  # type: ignore[attr-defined]


def test_the_command_prints_both_directions(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "小.pol"
    path.write_text(SMALL, "utf-8")
    assert main(["check", "--trace-text", str(path)]) == 0
    out = capsys.readouterr().out
    assert "         “100万元”〔数字〕\n             14 定义 过线 指 收入 超过 100万元\n" in out
    assert "    12 金额 5万元 ← 15 “5万元”\n" in out
    assert main(["check", "--trace-text", "--format", "json", str(path)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "fayan.concordance/1"
    assert {line["line"] for line in document["lines"]} == {9, 10, 11, 12, 13, 14}
    assert main(["check", "--trace-text", "--lang", "en", str(path)]) == 0
    assert "the lines that rest on it" in capsys.readouterr().out


def test_what_is_wrong_comes_before_the_concordance(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "小.pol"
    path.write_text(SMALL.replace("金额 5万元", "金额 6万元"), "utf-8")
    assert main(["check", "--trace-text", str(path)]) == 1
    out = capsys.readouterr().out
    assert "FY6104" in out and "〔数字〕" not in out


def test_what_is_let_stand_is_listed() -> None:
    waived = reference_policy().concordance.waived
    assert [use.text.split(" 因 ")[0] for use in waived] == [
        "容许 文件不在库",
        "容许 阶段合计",
        "容许 临近到期",
        "容许 文件不在库",
    ]
