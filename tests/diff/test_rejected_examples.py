"""A version with examples that ``fayan check`` rejects is compared, and said to be such."""

from __future__ import annotations

import json

from fayan.policy import loads
from fayan.versions import Diff, diff

TEXT = """政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励增收
奖励 增收奖励
    须 收入过线：收入 达到 100万元
    金额 5万元
    由 区财政局
责任单位 区财政局

附 示例

示例 恰好100万元
    评估日 2025年6月30日
    设 收入 100万元
    则 增收奖励 得 5万元

示例 不到100万元
    评估日 2025年6月30日
    设 收入 99万元
    则 增收奖励 不予

附 事实

事实 企业
    收入 金额
"""
FIRST, SECOND = 15, 20  # the lines on which the examples begin


def compared(*edits: tuple[str, str]) -> Diff:
    new = TEXT
    for before, after in edits:
        assert before in new
        new = new.replace(before, after)
    return diff(loads(TEXT, "old.pol"), loads(new, "new.pol"))


def test_examples_that_hold_are_not_spoken_of() -> None:
    found = compared(("金额 5万元", "金额 6万元"), ("得 5万元", "得 6万元"))
    assert found.comparison.rejected_examples == ((), ())
    assert "fayan check" not in found.to_text()


def test_an_example_of_which_something_else_comes_out_is_told() -> None:
    """The amount is 6万元 now, and the first example still says 5万元."""
    found = compared(("金额 5万元", "金额 6万元"))
    assert found.comparison.rejected_examples == ((), (FIRST,))
    assert f"注意：新版有1个示例通不过 fayan check（第{FIRST}行）" in "".join(found.to_text().split("\n"))
    assert json.loads(found.to_json())["rejected_examples"] == {"old": [], "new": [FIRST]}
    for page in (found.to_markdown(), found.to_html()):
        assert "注意：新版有1个示例通不过 fayan check" in page
    assert "Note: fayan check rejects 1 example of the new version" in found.to_text("en")


def test_both_versions_are_told_in_one_sentence() -> None:
    """The amount is 5万元 in the old version, 6万元 in the new, and 7万元 in the examples of both."""
    old = TEXT.replace("得 5万元", "得 7万元")
    found = diff(loads(old, "old.pol"), loads(old.replace("金额 5万元", "金额 6万元"), "new.pol"))
    page = "".join(found.to_text().split())
    told = "有1个示例通不过fayancheck（第15行）"
    assert f"注意：旧版{told}、新版{told}；比较只照规则，不管示例。" in page and page.count("注意") == 1


def test_an_example_that_cannot_be_read_is_not_called_deleted() -> None:
    """The rule has another name, which the examples do not follow."""
    found = compared(("奖励 增收奖励\n", "奖励 增长奖励\n"))
    assert found.comparison.rejected_examples == ((), (FIRST, SECOND))
    assert not [each for each in found.comparison.changes if each.aspect == "example"]
    assert "删去示例" not in found.to_text()


def test_an_example_that_is_gone_is_called_deleted() -> None:
    """Beside one that cannot be read, which is there in both."""
    whole = TEXT[TEXT.index("示例 不到") : TEXT.index("附 事实")]
    found = compared((whole, ""), ("则 增收奖励 得", "则 增长奖励 得"))
    assert found.comparison.rejected_examples == ((), (FIRST,))
    assert [(each.aspect, each.name) for each in found.comparison.changes] == [("example", "不到100万元")]


def test_before_it_is_said_that_nothing_changed_comes_what_contradicts_it() -> None:
    """With a new name alone the rules mean the same, and two examples are wrong; with a new amount what changed comes first."""
    renamed = "".join(compared(("奖励 增收奖励\n", "奖励 增长奖励\n")).to_text().split("【结论】")[1].split())
    assert renamed.startswith("注意：新版有2个示例通不过fayancheck")
    raised = "".join(compared(("金额 5万元", "金额 6万元")).to_text().split("【结论】")[1].split())
    assert raised.startswith("含义有变") and raised.index("注意：") < raised.index("含义有变的")
