"""The header and the responsible units agree with the document."""

from __future__ import annotations

import pytest

from tests.fidelity.lints import HEAD, award, found, lints

# ---------------------------------------------------------------- the header
NOTICE = "｜｜某府发〔2024〕1号\n    程式 文号\n｜｜某区人民政府 2024年1月1日\n    程式 落款\n"


def test_the_header_says_what_the_notice_says() -> None:
    assert found(NOTICE) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("〔2024〕1号", "〔2024〕2号", "文号"),
        ("发文机关 某区", "发文机关 某县", "发文机关"),
        ("成文日期 2024年1月1日", "成文日期 2024年1月2日", "成文日期"),
        ("发文机关", "废止 某府发〔2020〕9号\n    发文机关", "废止"),
        ("发文机关", "施行日期 2024年3月1日\n    发文机关", "施行日期"),
    ],
)
def test_a_header_that_the_notice_does_not_bear_out(old: str, new: str, key: str) -> None:
    problems = lints(NOTICE, HEAD.replace(old, new))
    assert [problem.code for problem in problems] == ["FY6501"]
    assert f"“{key}”" in problems[0].title()


def test_the_day_of_effect_may_be_that_of_the_date() -> None:
    assert found(NOTICE, HEAD + "    施行日期 2024年1月1日\n") == []


def test_a_file_without_a_notice_has_nothing_to_compare_the_header_with() -> None:
    assert found(award("给予5万元奖励。", "金额 5万元")) == []


# ---------------------------------------------------------------- who pays
def test_who_pays_is_whom_the_sentence_names() -> None:
    assert found(award("由区财政局给予5万元奖励。", "金额 5万元")) == []
    (first, *_) = lints(award("由区税务局给予5万元奖励。", "金额 5万元"))
    assert (first.code, first.title()) == ("FY6508", "规则写由“区财政局”兑付，原文写由“区税务局”")
    assert found(award("由区税务局审核，给予5万元奖励。", "金额 5万元")) == []
