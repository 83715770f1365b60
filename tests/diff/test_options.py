"""Readings whose options came, went or go by another letter: an option is what it says, and one that a version lacks is compared with nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fayan.cli import main
from fayan.policy import loads
from fayan.versions import Diff, diff
from fayan_runtime.either import given
from fayan_runtime.explain.diff.view import diff_view

POLICY = """\
政策 某区企业增收奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励增收
｜年度收入超过100万元的企业给予5万元奖励。
    奖励 增收奖励
        须 收入过线：依 R1
            a 收入 超过 100万元
            b 收入 达到 100万元
        金额 5万元
        由 区财政局
责任单位 区财政局

附 口径

口径 R1 100万元整算不算
    a 不算
    b 算

附 事实

事实 企业
    收入 金额
"""
ARM, OPTION = "            b 收入 达到 100万元\n", "    b 算\n"
THIRD = [(ARM, f"{ARM}            c 收入 达到 90万元\n"), (OPTION, f"{OPTION}    c 九成就算\n")]


def edited(*edits: tuple[str, str]) -> str:
    text = POLICY
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return text


def compared(old: str, new: str) -> Diff:
    return diff(loads(old, "old.pol"), loads(new, "new.pol"))


def verdicts(found: Diff) -> list[tuple[object, str, str]]:
    return [(each.readings, each.who, each.how_much) for each in found.comparison.verdicts]


BOTH_SAME = [((), "same", "same"), ((("R1", "b"),), "same", "same")]


# ---------------------------------------------------------------- came and went
@pytest.mark.parametrize(("back", "said"), [(False, "增加选项 c 九成就算"), (True, "删去选项 c 九成就算")])
def test_an_option_that_one_version_lacks_is_compared_with_nothing(
    back: bool, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [POLICY, edited(*THIRD)][:: -1 if back else 1]
    found = compared(*texts)
    assert verdicts(found) == BOTH_SAME
    assert found.comparison.decided and found.comparison.changed and not found.comparison.same
    page = "".join(found.to_text().split())
    assert f"对谁、给多少相同，其他方面有变：口径R1：{''.join(said.split())}。" in page
    files = [tmp_path / "旧.pol", tmp_path / "新.pol"]
    for path, text in zip(files, texts, strict=True):
        path.write_text(text, "utf-8")
    assert main(["diff", *map(str, files), "--exit-code"]) == 1


def test_a_reading_that_one_version_lacks_is_compared_with_the_rule_as_it_is() -> None:
    """Without the reading it is 超过; b lets in who has exactly 100万元."""
    plain = POLICY.split("附 口径")[0] + "附 事实" + POLICY.split("附 事实")[1]
    plain = plain.replace("依 R1\n            a 收入 超过 100万元\n" + ARM, "收入 超过 100万元\n")
    assert verdicts(compared(plain, POLICY)) == [((), "same", "same"), ((("R1", "b"),), "wider", "same")]


# ---------------------------------------------------------------- letters
LETTERS = [
    ("            a 收入", "            甲 收入"),
    ("            b 收入", "            乙 收入"),
    ("    a 不算\n    b 算\n", "    甲 不算\n    乙 算\n"),
]


def test_another_letter_is_no_change() -> None:
    found = compared(POLICY, edited(*LETTERS))
    assert verdicts(found) == [((), "same", "same"), ((("R1", "乙"),), "same", "same")]
    assert found.comparison.same
    assert "口径R1：a不算→甲不算（只改了字母）" in "".join(found.to_text().split())


def test_another_letter_and_other_words_for_the_same_rule() -> None:
    found = compared(POLICY, edited(*LETTERS[:2], ("    a 不算\n    b 算\n", "    甲 不计\n    乙 计入\n")))
    assert found.comparison.relettered == (("R1", "a", "甲"), ("R1", "b", "乙"))
    assert all(each.same for each in found.comparison.verdicts)


def test_a_letter_and_the_rule_under_it() -> None:
    """乙 is b, of which the rule is another: from 100万元 to 90万元."""
    found = compared(POLICY, edited(*LETTERS, ("乙 收入 达到 100万元", "乙 收入 达到 90万元")))
    assert verdicts(found) == [((), "same", "same"), ((("R1", "乙"),), "wider", "same")]


def test_options_that_changed_places_are_another_default() -> None:
    """What was 不算 by default is 算 by default: who has exactly 100万元 gets it now; under each of the two nothing changed."""
    swapped = edited(
        (
            "            a 收入 超过 100万元\n" + ARM,
            "            a 收入 达到 100万元\n            b 收入 超过 100万元\n",
        ),
        ("    a 不算\n    b 算\n", "    a 算\n    b 不算\n"),
    )
    found = compared(POLICY, swapped)
    assert verdicts(found) == [
        ((), "wider", "same"),
        ((("R1", "a"),), "same", "same"),
        ((("R1", "b"),), "same", "same"),
    ]
    lines = dict(diff_view(found.comparison, "zh").answer)["缺省口径换了的"]
    assert lines == ["口径 R1：缺省 a 不算（新版列为 b） → 缺省 a 算（旧版列为 b）"]


def test_a_reading_that_is_no_longer_computed_has_no_default_any_more() -> None:
    plain = edited(("依 R1\n            a 收入 超过 100万元\n" + ARM, "收入 超过 100万元\n"))
    found = compared(POLICY, plain.replace("    a 不算\n    b 算\n", "    不计算 照字面办\n"))
    for language, said in (
        ("zh", "口径 R1：缺省 a 不算 → 不计算"),
        ("en", "reading R1: by default a 不算 → not computed"),
    ):
        view = diff_view(found.comparison, language)
        assert said in [line for _, lines in view.answer for line in lines]
        assert "—" not in view.headline


def test_an_option_gone_whose_letter_another_has_now() -> None:
    """Of a, b, c the second is gone and the third is called b: 九成就算 is what it was."""
    shorter = edited((ARM, "            b 收入 达到 90万元\n"), (OPTION, "    b 九成就算\n"))
    found = compared(edited(*THIRD), shorter)
    assert verdicts(found) == BOTH_SAME
    page = "".join(found.to_text().split())
    assert "c九成就算→b九成就算（只改了字母）" in page and "删去选项旧b算" in page


def test_examples_are_found_again_by_the_letters_that_readings_had() -> None:
    """The old version is asked under b, the new under 乙, for the same enterprise of 95万元."""
    found = compared(POLICY, edited(*LETTERS, ("乙 收入 达到 100万元", "乙 收入 达到 90万元")))
    (witness,) = found.comparison.verdicts[1].witnesses
    old, new = given(found.comparison, witness)
    assert (old.readings, new.readings) == ({"R1": "b"}, {"R1": "乙"})
