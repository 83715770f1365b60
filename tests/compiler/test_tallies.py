"""逐户计: which definitions a figure of the district may be counted by."""

from __future__ import annotations

import pytest

from fayan.errors import PolicyError
from fayan.policy import loads

POLICY = """\
政策 某区企业培育办法
    文号 某府发〔2024〕4号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 培育企业
｜力争全区龙头企业达到3家。
    目标 培育目标 龙头企业数 达到 3家 截至 2025年

附 名词

定义 龙头 指 收入 超过 100万元
定义 收入翻番 指 收入 × 2
定义 大于（某数：金额） 指 收入 超过 某数
定义 高于平均 指 收入 超过 平均收入
定义 绕道 指 高于平均

附 事实

事实 企业
    收入 金额
    家数 家 ……

事实 全区
    平均收入 金额
    龙头企业数 家 ……
    总收入 金额
"""


def policy(district: str = "", own: str = "", total: str = "") -> str:
    text = POLICY.replace("家数 家 ……", f"家数 家 {own}".rstrip(), 1).replace("……", district)
    return text.replace("总收入 金额", f"总收入 金额 {total}".rstrip())


def codes(text: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        loads(text)
    return [problem.code for problem in caught.value.problems]


def test_a_figure_knows_what_it_counts() -> None:
    district = loads(policy("逐户计 龙头")).program.scopes[1]
    assert {fact.name: fact.tally for fact in district.facts} == {"平均收入": "", "龙头企业数": "龙头", "总收入": ""}
    english = loads(policy("counted_by 龙头")).program.scopes[1]
    assert english == district


@pytest.mark.parametrize(
    ("name", "code"),
    [("龙首", "FY2001"), ("大于", "FY3003"), ("收入翻番", "FY3001"), ("高于平均", "FY4026"), ("绕道", "FY4026")],
)
def test_what_it_cannot_count_by(name: str, code: str) -> None:
    """A name that is not there, one with a parameter, an amount, and what looks at the district, itself or by another definition."""
    assert codes(policy(f"逐户计 {name}")) == [code]


def test_only_a_number_of_the_district_is_counted() -> None:
    assert codes(policy("逐户计 龙头", own="逐户计 龙头")) == ["FY4014"]
    assert codes(policy("逐户计 龙头", total="逐户计 龙头")) == ["FY4014"]
    assert codes(policy("推算 龙头 逐户计 龙头")) == ["FY4014"]
