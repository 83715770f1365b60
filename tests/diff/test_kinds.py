"""Every kind of thing that a policy is made of, changed, put in or taken out: each is told as what it is, in one line, or is no change.

What is told is worked out from the edit. No line is blank, none shows a syntax tree.
"""

from __future__ import annotations

import json
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from fayan.policy import Policy, loads
from fayan_compiler.diff.structure import compare
from fayan_compiler.examples import compile_examples
from fayan_runtime import ir
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.data import comparison_json
from fayan_runtime.explain.diff.view import DiffView, diff_view
from fayan_runtime.texts import TextRow
from tests.places import ROOT

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/schemas/diff-1.json").read_text("utf-8")))
POLICY = """政策 某区企业扶持办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日
    施行日期 2024年2月1日
    废止 某府发〔2020〕1号
    公开 主动公开

章 一 奖励

措施 1 认定奖励
｜对认定的企业给予奖励。
    引用 财政部 税务总局公告2022年第10号
        版本 2024年12月12日
    奖励 认定奖励
        逐次 认定
        有效期 自 2024年2月1日 至 2026年12月31日
        其中 非 已撤销
        须 收入过线：收入 超过 100万元 且 规模以上
        须 未失信
        金额 按 级别
            市级 10万元
            国家 50万元
        由 区财政局
    限额 年度限额 每户每年
        不超过 60万元
        及于 认定奖励
        先后 按日期
        适用 当 R1 为 a

措施 2 上市奖励
｜分阶段给予奖励。
    奖励 上市奖励
        分阶段共 300万元
        阶段 备案 100万元 于 备案日期
        阶段 上市 200万元 于 上市日期
        由 区财政局
    奖励 研发奖励
        逐年 研发
        金额 分段 投入
            不超过 100万元 的部分 按 5%
            超过 100万元 的部分 按 3%
        由 区财政局
    就高 上市奖励、研发奖励 累计 当 R1 为 a
    扣减 上市奖励 减去 研发奖励 当 R1 为 b
责任单位 区财政局、区金融服务办

章 二 服务

措施 3 中标奖励
｜按中标金额给予奖励。
    参数 中标比例
        自 2024年1月1日 起 1%
        自 2025年1月1日 至 2025年12月31日 2%
    奖励 中标奖励
        逐次 中标
        金额 中标金额 × 中标比例
        由 区财政局
    奖励 项目资助
        逐次 中标
        金额 分配 20万元
            按 中标金额
            尾差 归 最大一项
        由 区财政局

措施 4 服务企业
｜配备服务专员，每年遴选10家企业。
    职责 配备服务专员
        核查 已有 服务专员
    遴选 标杆企业
        须 规模以上
        名额 每年 10家
        入选 标杆年度 含 年度（评估日）
        裁量 由责任单位决定
    目标 培育目标 规模以上企业数 达到 100家 截至 2025年
｜鼓励银行让利。
    倡导 没有可以核查的行为
｜落实上级政策。
    不编码 上级政策不在手边

示例 恰好100万元不算
    评估日 2025年6月30日
    设 收入 100万元
    则 认定奖励 不适用

附 通则

抵扣 已兑付
    其中 依据 为 本文件

附 名词

定义 大户 指 收入 超过 1亿元 或 规模以上
定义 档次 判定表 依次
    收入           从业人员    得出
    超过 1亿元     达到 300人  甲档
    超过 1000万元  任意        乙档
    其余 丙档

附 口径

口径 R1 限额管不管
    a 管
    b 不管
口径 R2 标杆怎样选
    不计算 没有写

附 事实

类型 等级 分 市级、国家
类型 档 分 甲档、乙档、丙档

事实 企业
    收入 金额 佐证 审计报告
    从业人员 人
    规模以上 是否
    已有贷款 是否 佐证 合同
    未失信 是否 缺省 是
    认定 清单
        级别 等级
        日期 日期
        已撤销 是否
    备案日期 日期 可无
    上市日期 日期 可无
    研发 清单
        年度 年度
        投入 金额
    中标 清单
        日期 日期
        中标金额 金额
    服务专员 文本 可无
    标杆年度 若干 年度
    已兑付 清单
        措施 整数
        事项 文本
        日期 日期
        金额 金额
        依据 文号 缺省 本文件

事实 全区
    规模以上企业数 家
"""


@cache
def policy(text: str, name: str) -> Policy:
    return loads(text, name)


def compared(text: str) -> Comparison:
    old, new = policy(POLICY, "old.pol"), policy(text, "new.pol")
    cases = [compile_examples(each.tree, each.program)[0] for each in (old, new)]
    return compare(old.program, new.program, cases[0], cases[1])


def viewed(before: str, after: str, language: str = "zh") -> DiffView:
    assert POLICY.count(before) == 1, before
    return diff_view(compared(POLICY.replace(before, after)), language)


def told(view: DiffView) -> list[str]:
    return [each.told for measure in view.measures for each in measure.changes] + [each.told for each in view.whole]


KINDS: dict[str, tuple[str, str, list[str]]] = {
    # the document
    "title": ("政策 某区企业", "政策 某区中小企业", ["文件头 政策：某区企业扶持办法 → 某区中小企业扶持办法"]),
    "effective date": (
        "    施行日期 2024年2月1日\n", "    施行日期 2024年3月1日\n", ["文件头 施行日期：2024年2月1日 → 2024年3月1日（原文都没有写从哪天起施行，日期是文件头填的）"],
    ),
    "repeal taken out": ("    废止 某府发〔2020〕1号\n", "", ["删去文件头 废止：某府发〔2020〕1号"]),
    "chapter renamed": ("章 二 服务", "章 二 优化服务", ["章名：服务 → 优化服务"]),
    "measure moved": ("章 二 服务\n\n", "", ["所在章：服务 → 奖励", "所在章：服务 → 奖励"]),
    "measure renamed": ("措施 4 服务企业", "措施 4 优化服务", ["条名：服务企业 → 优化服务"]),
    "units": ("责任单位 区财政局、区金融服务办", "责任单位 区财政局", ["责任单位：区财政局、区金融服务办 → 区财政局"]),
    "note": (
        "    倡导 没有可以核查的行为", "    说明 没有可以核查的行为",
        ["注：倡导 没有可以核查的行为 → 说明 没有可以核查的行为"],
    ),
    "words not coded": (
        "｜落实上级政策。", "｜落实上级金融政策。", ["没有写成规则的话：落实上级政策。 → 落实上级金融政策。"],
    ),
    "import": (
        "        版本 2024年12月12日\n", "        版本 2022年12月12日\n",
        [
            "引用的文件 财政部 税务总局公告2022年第10号：财政部 税务总局公告2023年第12号（2024年12月12日的版本） → "
            "财政部 税务总局公告2022年第10号（2022年12月12日的版本）",
        ],
    ),
    # a rule
    "list": ("        逐次 认定\n", "        逐项 认定\n", []),
    "period": (
        "至 2026年12月31日\n", "至 2027年12月31日\n",
        ["有效期 认定奖励：2024年2月1日至［2026→2027］年12月31日"],
    ),
    "period without an end": (
        " 至 2026年12月31日\n", "\n", ["有效期 认定奖励：2024年2月1日至2026年12月31日 → 自2024年2月1日起"],
    ),
    "period taken out": (
        "        有效期 自 2024年2月1日 至 2026年12月31日\n", "",
        ["删去有效期 认定奖励：2024年2月1日至2026年12月31日"],
    ),
    "scope": ("        其中 非 已撤销\n", "", ["删去适用范围 认定奖励　非 已撤销：“已撤销”为否"]),
    "condition: figure": ("超过 100万元 且", "超过 80万元 且", ["条件 认定奖励　收入过线：100万元 → 80万元"]),
    "condition: word": ("超过 100万元 且", "达到 100万元 且", ["条件 认定奖励　收入过线：超过100万元 → 达到100万元"]),
    "condition: one more": (
        "且 规模以上\n", "且 规模以上 且 已有贷款\n", ["条件 认定奖励　收入过线：增加须同时满足的一项 已有贷款"],
    ),
    "condition: one less": (
        "超过 100万元 且 规模以上\n", "超过 100万元\n", ["条件 认定奖励　收入过线：删去须同时满足的一项 规模以上"],
    ),
    "condition taken out": ("        须 未失信\n", "", ["删去条件 认定奖励　未失信"]),
    "condition put in": ("        须 未失信\n", "        须 未失信\n        须 已有贷款\n", ["增加条件 认定奖励　已有贷款"]),
    "amount by case": ("            市级 10万元\n", "            市级 12万元\n", ["金额 认定奖励：级别为市级的，10万元 → 12万元"]),
    "payer": (
        "            国家 50万元\n        由 区财政局\n", "            国家 50万元\n        由 区税务局\n",
        ["兑付或办理单位 认定奖励：区财政局 → 区税务局"],
    ),
    "stage: amount": ("阶段 上市 200万元", "阶段 上市 300万元", ["阶段 上市奖励　上市：200万元 → 300万元"]),
    "stage: day": ("100万元 于 备案日期", "100万元 于 上市日期", ["阶段 上市奖励　备案：备案日期 → 上市日期"]),
    "stage renamed": ("阶段 备案 100万元", "阶段 受理 100万元", ["阶段改名 上市奖励：备案 → 受理"]),
    "stage taken out": ("        阶段 备案 100万元 于 备案日期\n", "", ["删去阶段 上市奖励　备案：100万元"]),
    "stated total": ("分阶段共 300万元", "分阶段共 400万元", ["所写合计 上市奖励：300万元 → 400万元"]),
    "band: rate": (
        "            超过 100万元 的部分 按 3%\n", "            超过 100万元 的部分 按 2%\n",
        ["金额 研发奖励：超过100万元的部分按3% → 超过100万元的部分按2%"],
    ),
    "band put in": (
        "            超过 100万元 的部分 按 3%\n",
        "            超过 100万元 至 500万元 的部分 按 3%\n            超过 500万元 的部分 按 1%\n",
        ["金额 研发奖励：超过100万元的部分按3% → 超过100万元至500万元的部分按3%；超过500万元的部分按1%"],
    ),
    "dated: value": (
        "至 2025年12月31日 2%", "至 2025年12月31日 3%",
        ["参数 中标比例：2025年1月1日至2025年12月31日，［2→3］%；用到它的规则 中标奖励"],
    ),
    "dated: last day": (
        "至 2025年12月31日 2%", "至 2026年12月31日 2%",
        ["参数 中标比例：2025年1月1日至［2025→2026］年12月31日，2%；用到它的规则 中标奖励"],
    ),
    "share: pot": ("分配 20万元", "分配 30万元", ["金额 项目资助：20万元 → 30万元"]),
    "target: figure": ("达到 100家", "达到 120家", ["目标 培育目标：100家 → 120家"]),
    "target: deadline": ("截至 2025年", "截至 2026年", ["目标期限 培育目标：2025年 → 2026年"]),
    "target taken out": (
        "    目标 培育目标 规模以上企业数 达到 100家 截至 2025年\n", "",
        ["删去目标 培育目标：全区规模以上企业数达到100家"],
    ),
    "duty: check": (
        "        核查 已有 服务专员\n", "        核查 已有 服务专员 且 规模以上\n",
        ["核查 配备服务专员：增加须同时满足的一项 规模以上"],
    ),
    "duty taken out": (
        "    职责 配备服务专员\n        核查 已有 服务专员\n", "", ["删去职责 配备服务专员"],
    ),
    "quota": ("名额 每年 10家", "名额 每年 12家", ["名额 标杆企业：每年10家 → 每年12家"]),
    "selection": (
        "含 年度（评估日）", "含 上年（年度（评估日））", ["入选 标杆企业：评估日所在年度 → 评估日所在年度的上一年"],
    ),
    "discretion": ("裁量 由责任单位决定", "裁量 由专家评审", ["裁量 标杆企业：由责任单位决定 → 由专家评审"]),
    # between rules
    "cap: amount": ("不超过 60万元", "不超过 80万元", ["限额 年度限额：60万元 → 80万元"]),
    "cap: how it is counted": ("年度限额 每户每年", "年度限额 每户", ["限额 年度限额：按年计 → 不分年，总共"]),
    "cap: order": ("        先后 按日期\n", "", ["限额 年度限额：按日期先后 → 按规则和清单的先后"]),
    "cap: one more rule": (
        "        及于 认定奖励\n", "        及于 认定奖励\n        及于 措施 2 研发奖励\n", ["限额 年度限额：增加 研发奖励"],
    ),
    "cap: when": ("        适用 当 R1 为 a\n", "", ["限额 年度限额：适用于口径 R1 取 a → 适用于任何口径"]),
    "cap taken out": (
        "    限额 年度限额 每户每年\n        不超过 60万元\n        及于 认定奖励\n        先后 按日期\n        适用 当 R1 为 a\n", "",
        ["删去限额 年度限额：60万元（认定奖励）"],
    ),
    "highest: how": ("研发奖励 累计 当", "研发奖励 每年 当", ["就高：累计 → 每年"]),
    "highest: when": ("累计 当 R1 为 a", "累计", ["就高：适用于口径 R1 取 a → 适用于任何口径"]),
    "highest taken out": ("    就高 上市奖励、研发奖励 累计 当 R1 为 a\n", "", ["删去就高：上市奖励、研发奖励（累计）"]),
    "deduction: when": ("减去 研发奖励 当 R1 为 b", "减去 研发奖励", ["扣减：适用于口径 R1 取 b → 适用于任何口径"]),
    "set-off: which payments": ("    其中 依据 为 本文件\n", "", ["抵扣：已兑付（依据为某府发〔2024〕1号） → 已兑付"]),
    "set-off taken out": (
        "抵扣 已兑付\n    其中 依据 为 本文件\n", "", ["删去抵扣：已兑付（依据为某府发〔2024〕1号）"],
    ),
    # definitions, readings, types, facts
    "definition": ("收入 超过 1亿元 或 规模以上", "收入 超过 2亿元 或 规模以上", ["定义 大户：1亿元 → 2亿元"]),
    "definition: one more": (
        "1亿元 或 规模以上\n", "1亿元 或 规模以上 或 已有贷款\n", ["定义 大户：增加“或者已有贷款”"],
    ),
    "definition taken out": (
        "定义 大户 指 收入 超过 1亿元 或 规模以上\n", "", ["删去定义 大户：收入超过1亿元，或者规模以上"],
    ),
    "decision table": ("超过 1000万元  任意 ", "超过 2000万元  任意 ", ["定义 档次：得乙档的，收入超过1000万元 → 超过2000万元"]),
    "reading: option": ("    a 管\n", "    a 都管\n", ["口径 R1：a 管 → a 都管"]),
    "reading: question": ("口径 R1 限额管不管", "口径 R1 管不管", ["口径 R1：限额管不管 → 管不管"]),
    "reading: reason": ("    不计算 没有写\n", "    不计算 原文没有写\n", ["口径 R2：不计算 没有写 → 不计算 原文没有写"]),
    "reading taken out": ("口径 R2 标杆怎样选\n    不计算 没有写\n", "", ["删去口径 R2：标杆怎样选"]),
    "type: one more": ("分 甲档、乙档、丙档", "分 甲档、乙档、丙档、丁档", ["类型 档：增加 丁档"]),
    "fact: evidence": ("收入 金额 佐证 审计报告", "收入 金额 佐证 纳税申报表", ["事实 收入：佐证 审计报告 → 佐证 纳税申报表"]),
    "fact: may be none": ("上市日期 日期 可无", "上市日期 日期", ["事实 上市日期：可以没有 → 总是有的"]),
    "fact: default": ("未失信 是否 缺省 是", "未失信 是否", ["事实 未失信：缺省 是 → 没有缺省"]),
    "fact taken out": ("    已有贷款 是否 佐证 合同\n", "", ["不再要填的事实 已有贷款"]),
    "column put in": ("        中标金额 金额\n", "        中标金额 金额\n        项目 文本\n", ["事实 中标：增加 项目（文本）"]),
    "counted": ("    规模以上企业数 家\n", "    规模以上企业数 家 逐户计 大户\n", ["事实 全区　规模以上企业数：不逐户统计 → 没有填的，按“大户”逐户统计"]),
    # examples
    "example: fact": ("    设 收入 100万元\n", "    设 收入 99万元\n", ["示例 恰好100万元不算（改写了：设的事实 收入）"]),
    "example: result": ("    则 认定奖励 不适用\n", "    则 认定奖励 不予\n", ["示例 恰好100万元不算（改写了：结果 认定奖励）"]),
    "example renamed": ("示例 恰好100万元不算\n", "示例 一百万元不算\n", ["示例 一百万元不算：恰好100万元不算 → 一百万元不算"]),
    # no change
    "comment": ("    奖励 认定奖励\n", "    # 只奖一次\n    奖励 认定奖励\n", []),
    "layout": ("        金额 中标金额 × 中标比例\n", "        金额   中标金额 ×  中标比例\n", []),
    "label of a condition": ("须 收入过线：", "须 够线：", []),
    "name of a cap": ("限额 年度限额 每户每年", "限额 封顶 每户每年", []),
    "order of 或": ("收入 超过 1亿元 或 规模以上", "规模以上 或 收入 超过 1亿元", []),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_as_what_it_is(kind: str) -> None:
    before, after, expected = KINDS[kind]
    view = viewed(before, after)
    assert told(view) == expected
    SCHEMA.validate(json.loads(comparison_json(compared(POLICY.replace(before, after)), view)))
    english = told(viewed(before, after, "en"))
    assert len(english) == len(expected)
    assert all(each.strip(" :→") and "ir." not in each and "(type=" not in each for each in english)


# ---------------------------------------------------------------- what only goes by another name
def renamed(*pairs: tuple[str, str]) -> Comparison:
    text = POLICY
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    return compared(text)


def test_names_of_types_readings_and_definitions_are_no_change_of_meaning() -> None:
    found = renamed(
        ("类型 等级 分", "类型 级次 分"), ("级别 等级", "级别 级次"), ("R1", "R7"), ("定义 大户", "定义 龙头")
    )
    assert found.same and found.renumbered == (("R1", "R7"),) and found.renamed == (("大户", "龙头"),)
    view = diff_view(found, "zh")
    assert told(view) == ["口径改号：R1 → R7", "类型改名：等级 → 级次"]
    assert view.headline == "两版含义相同；有不影响含义的改动。"


def test_a_fact_that_may_only_be_renamed_is_told_as_such() -> None:
    """Three conditions read it; with the name put back, every rule is what it was."""
    found = renamed(
        ("规模以上 ", "规上企业 "),
        ("且 规模以上", "且 规上企业"),
        ("须 规模以上\n", "须 规上企业\n"),
        ("或 规模以上", "或 规上企业"),
    )
    assert found.only_names and not found.same
    view = diff_view(found, "zh")
    assert view.headline == "可能只是事实改名（规模以上 → 规上企业），照改名看，各项规则都没有变。"
    sections = dict(view.answer)
    assert sections["可能只是改名的事实"] == [
        "事实：规模以上 → 规上企业（声明得一样，可能只是改名）",
        "照改名看，各项规则都没有变",
        "确是改名的，企业的事实文件要跟着改名",
    ]
    assert "条件 认定奖励　收入过线：规模以上 → 规上企业" in told(view)


def test_a_column_that_may_only_be_renamed_is_told_as_such() -> None:
    found = renamed(("中标金额", "合同金额"))
    assert "事实 中标：中标金额 → 合同金额（声明得一样，可能只是改名）" in told(diff_view(found, "zh"))
    assert found.only_names


def test_another_fact_in_its_place_is_no_renaming() -> None:
    """已有贷款 goes and 已上云 comes, declared alike; nothing else speaks for it."""
    found = renamed(
        ("    已有贷款 是否 佐证 合同\n", "    上云企业 是否 佐证 合同\n"),
        ("须 未失信", "须 未失信\n        须 上云企业"),
    )
    assert [(each.aspect, each.name) for each in found.changes] == [("fact", "上云企业"), ("fact", "已有贷款")]
    assert not found.only_names


# ---------------------------------------------------------------- measures
def measure(number: int) -> str:
    start = POLICY.index(f"措施 {number} ")
    return POLICY[start : POLICY.index("\n\n", start) + 2]


def test_a_measure_without_rules_that_is_gone_is_no_same_meaning() -> None:
    plain = "措施 5 鼓励创新\n｜鼓励企业创新。\n    倡导 没有可以核查的行为\n\n"
    with_it = POLICY.replace("示例 恰好", plain + "示例 恰好")
    found = compare(loads(with_it, "old.pol").program, policy(POLICY, "old.pol").program)
    assert not found.same and found.changed
    view = diff_view(found, "zh")
    assert view.headline == "删去1条措施（第5条 鼓励创新）。"
    assert ("新版没有的条", ["第5条（旧版） 鼓励创新"]) in view.answer
    back = diff_view(compare(policy(POLICY, "old.pol").program, loads(with_it, "new.pol").program), "zh")
    assert back.headline == "新增1条措施（第5条 鼓励创新）。"


def test_a_measure_moved_renamed_and_edited_at_once_is_found_and_said_how_sure() -> None:
    """措施 2 becomes 措施 3 under another title, with one sum changed in its rule and one word in its text."""
    second, third = measure(2), measure(3)
    moved = second.replace("措施 2 上市奖励", "措施 3 支持登陆资本市场").replace("分阶段给予奖励", "分阶段给予奖补")
    moved = moved.replace("上市 200万元", "上市 250万元")
    text = POLICY.replace(second, "").replace(third, third.replace("措施 3", "措施 2") + moved)
    found = compared(text)
    assert all(each.old and each.new for each in found.measures)
    view = diff_view(found, "zh")
    (shown,) = [each for each in view.measures if "原第2条" in each.heading]
    assert shown.heading == "第3条（原第2条） 支持登陆资本市场"
    # of 8 characters either way 6 stand in a run of two or more, 分阶段给予奖: twice 6 of 16
    assert shown.note == "条号、条名都变了，按内容对应：原文75%相同；2项规则中2项同名或者写法相同"
    assert "阶段 上市奖励　上市：200万元 → 250万元" in [each.told for each in shown.changes]


def test_two_measures_with_little_in_common_are_two() -> None:
    text = POLICY.replace(measure(3), "措施 3 鼓励创新\n｜鼓励企业创新。\n    倡导 没有可以核查的行为\n\n")
    found = compared(text)
    assert [each.old.title for each in found.removed if each.old] == ["中标奖励"]
    assert [each.new.title for each in found.added if each.new] == ["鼓励创新"]


def test_words_that_changed_while_no_rule_did_are_no_same_meaning() -> None:
    """One sentence is an exhortation, on the other rests a selection that stays as it was: no rule says whether they mean the same."""
    text = POLICY.replace("｜鼓励银行让利。", "｜禁止银行让利。").replace("每年遴选10家", "每年不遴选10家")
    found = compared(text)
    assert not found.same and not found.decided and not found.changed
    page = diff_view(found, "zh")
    assert page.headline == "各项规则含义相同；2句原文改了、规则没有跟着改，意思变没变没有规则可比。"
    assert page.answer == [
        (
            "原文改了、规则没有跟着改的",
            ["第4条 配备服务专员，每年［增：不］遴选10家企业。", "第4条 ［鼓励→禁止］银行让利。"],
        )
    ]
    data = json.loads(comparison_json(found, page))
    SCHEMA.validate(data)
    assert data["unfollowed"][1] == {"measure": 4, "old": "鼓励银行让利。", "new": "禁止银行让利。"}


def test_words_that_changed_with_their_rule_are_followed() -> None:
    """The rule under the sentence was written otherwise; white space and the width of a digit are no other words."""
    text = POLICY.replace("｜按中标金额给予奖励。", "｜按照中标金额给予奖励。")
    assert [row.new[0].text for _, row in compared(text).unfollowed] == ["按照中标金额给予奖励。"]
    assert not compared(text.replace("金额 中标金额 × 中标比例", "金额 中标比例 × 中标金额")).unfollowed
    assert compared(POLICY.replace("每年遴选10家", "每年遴选 １０ 家")).same


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("给予10万元、0.5亿元", "给予100000元、5,000万元", True),  # 0.5亿 is 5,000万
        ("给予10万元、0.5亿元", "给予10万元、0.05亿元", False),
        ("满2.50年", "满2.5年", True),
        ("在1,2,3类地区", "在123类地区", False),  # no number is written 1,2,3
    ],
)
def test_a_number_written_otherwise_is_the_same_number(before: str, after: str, same: bool) -> None:
    sides = [(ir.Sentence(text=each),) for each in (before, after)]
    assert TextRow(old=sides[0], new=sides[1], parts=()).reworded({}) is not same
