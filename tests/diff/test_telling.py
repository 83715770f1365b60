"""What a change line says: which case of a rule changed, the words that changed, in which row of a table. Each edit is made to the 2024
policy or to one from the library; what must be said is worked out from the edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from fayan.policy import Policy, load, loads
from fayan.versions import diff
from fayan_compiler.diff.structure import compare
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.changes import ChangeWords
from fayan_runtime.explain.diff.excerpt import step
from fayan_runtime.explain.diff.text import marked, together
from fayan_runtime.explain.diff.view import DiffView, diff_view
from fayan_runtime.texts import TextRow, apart
from tests.places import POLICIES

YUBEI = load(POLICIES / "yubei_2024.pol")


def edited(policy: Policy, path: str, *edits: tuple[str, str]) -> Comparison:
    text = (POLICIES / path).read_text("utf-8")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return compare(policy.program, loads(text, str(POLICIES / path)).program)


def lines(found: Comparison, language: str = "zh") -> list[str]:
    words = ChangeWords(found, language)
    changes = [*found.changes, *(each for measure in found.measures for each in measure.changes)]
    return [view.told for each in changes if each.aspect != "example" for view in words.views(each)]


def briefly(found: Comparison) -> list[str]:
    words = ChangeWords(found, "zh")
    return [said for measure in found.measures for each in measure.changes for said in words.brief(each)]


def of_yubei(*edits: tuple[str, str]) -> Comparison:
    return edited(YUBEI, "yubei_2024.pol", *edits)


# ---------------------------------------------------------------- in which case
def test_which_case_of_an_amount_changed_is_always_said() -> None:
    """10万元 for firms of the city's list, 50万元 for those of the state's: only the former became 12万元."""
    at = "「区内企业」\n        金额 按 级别\n            市级专精特新 {}万元\n            国家小巨人 50万元"
    found = of_yubei((at.format(10), at.format(12)))
    assert lines(found) == ["金额 首次认定：级别为市级专精特新的，10万元 → 12万元"]
    assert briefly(found) == ["金额：级别为市级专精特新的，10万元 → 12万元"]
    assert lines(found, "en") == ["amount 首次认定: where 级别 is 市级专精特新: RMB 100,000 → RMB 120,000"]


def test_what_held_in_all_cases_stands_beside_each_case_that_is_another() -> None:
    """30% of what is not set aside whole; since 2022 40% of works in certain years, and of other works what the text says. Goods and services
    stay at 30%."""
    found = compare(*(load(POLICIES / f"upstream/政府采购_{year}.pol").program for year in (2020, 2022)))
    of_shares = [each for each in lines(found) if "应当预留的比例" in each]
    assert of_shares == [
        "定义 应当预留的比例：在见到的工程提高期内的，30% → 40%",
        "定义 应当预留的比例：其他情形，30% → 未见（新版原文未见，不比较）",
    ]
    assert "定义 扣除下限：采购类别为货物和服务的，6% → 10%" in lines(found)


def test_a_cell_of_a_table_is_told_by_its_row() -> None:
    """Industry: middle-sized from 300 people and 20 million of revenue; the people became 200."""
    path = "upstream/中小企业划型.pol"
    row = "    工业                  达到 {}人   达到 2000万元    任意            中型"
    found = edited(load(POLICIES / path), path, (row.format(300), row.format(200)))
    assert lines(found) == [
        "定义 划型：划型行业为工业，且营业收入达到2000万元，得中型的，从业人员达到300人 → 达到200人"
    ]


def test_a_formula_is_named_only_where_nothing_else_tells_the_case() -> None:
    """The threshold of a case moves; beside it stands that the firm is large, or nothing."""
    amount = "金额 分情形\n            当 {} 得出 较小（收入 × 10%，50万元）\n            否则 1万元"
    text = (
        SMALL.format(between="")
        .replace("金额 20万元", amount)
        .replace("    已经上市 是否\n", "    已经上市 是否\n    收入 金额\n")
    )
    for beside, case in ((" 且 已经挂牌", "已经挂牌的"), ("", "得（收入 × 10%）、50万元中较小的")):
        sides = [loads(text.format(f"收入 超过 {limit}万元{beside}"), "甲.pol").program for limit in (100, 120)]
        assert lines(compare(*sides)) == [f"金额 上市奖励：{case}，收入超过100万元 → 超过120万元"]


# ---------------------------------------------------------------- the words that changed
def test_the_words_that_changed_are_always_there() -> None:
    """The sides differ only at either end: 含 … 中至少一项 became 都含."""
    found = of_yubei(("须 属重点领域：产业领域 含 新能源", "须 属重点领域：产业领域 都含 新能源"))
    assert lines(found) == [
        "条件 重大创新攻关支持　属重点领域：产业领域含新能源及智能网联汽车、高端装备、新材料中至少一项 → "
        "产业领域同时含新能源及智能网联汽车、高端装备、新材料"
    ]
    assert briefly(found) == [lines(found)[0].removeprefix("条件 重大创新攻关支持　").replace("：", " ", 1)]


def test_of_two_long_sides_what_differs_is_marked() -> None:
    before = "所在园区为仙桃数据谷、三龙地区、空港工业园、前沿科技城、创新经济走廊之一，且从事软件和信息服务业"
    after = before.replace("、创新经济走廊", "")
    marks = "前沿科技城［删：、创新经济走廊］之一"
    assert step(before, after, "zh", whole=True) == before.replace("前沿科技城、创新经济走廊之一", marks)
    # in the answer with eight characters on either side, or to the next mark
    assert step(before, after, "zh", whole=False) == f"……空港工业园、{marks}，且从事软件……"
    # what has hardly a word in common stands side by side, as much as shows what it is
    other = "纳税信用评价结果为甲级，近三年没有受过行政处罚，也没有列入严重失信主体名单，并且按时报送了统计报表"
    assert step(before, other, "zh", whole=True) == f"{before} → {other}"
    assert step(before, other, "zh", whole=False) == f"{before[:39]}… → {other[:39]}…"


def test_counting_only_the_first_is_told_in_the_words_of_the_file() -> None:
    found = of_yubei(("        仅首次 按 级别\n", "        仅首次\n"))
    assert lines(found) == ["适用范围 首次认定：仅首次 按 级别 → 仅首次"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("给予5万元奖励", "给予6万元奖励", "给予［5→6］万元奖励"),
        ("渝北府办发〔2022〕38号", "渝北府办发〔2024〕34号", "渝北府办发［〔2022〕38→〔2024〕34］号"),
        ("现代工业体系", "现代制造业集群体系", "现代［工业→制造业集群］体系"),  # 业 stands in both by chance
        ("鼓励银行、担保机构让利", "鼓励担保机构让利", "鼓励［删：银行、］担保机构让利"),
        ("每年遴选10家", "每年不遴选10家", "每年［增：不］遴选10家"),
        ("数额，最少1元、最多5元", "数额，最多9元、最少1元、最多5元", "数额，［增：最多9元、］最少1元、最多5元"),  # not 最［多9元、最］少
        # longer words stand one after the other
        ("从区外新引进的企业和国家小巨人给予奖励", "认定之日在区内有称号的给予奖励", "［删：从区外新引进的企业和国家小巨人］［增：认定之日在区内有称号的］给予奖励"),
    ],
)  # fmt: skip
def test_marks_are_read_at_a_glance(old: str, new: str, said: str) -> None:
    parts = list(apart(old, new))
    assert marked(parts, whole=True) == said
    assert "".join(each.text for each in parts if each.kind != "put") == old
    assert "".join(each.text for each in parts if each.kind != "cut") == new


def test_titles_do_not_run_together() -> None:
    """The number and the date of a notice stand on lines of their own; sentences follow each other as in the text."""
    rows = [
        TextRow(old=(), new=(), parts=tuple(apart(*sides)))
        for sides in (
            ("某府发〔2022〕1号", "某府发〔2024〕2号"),
            ("2024年1月1日",) * 2,
            ("给予奖励。",) * 2,
            ("给予补助。",) * 2,
        )
    ]
    assert marked(together(rows), whole=True) == "某府发［〔2022〕1→〔2024〕2］号　2024年1月1日　给予奖励。给予补助。"


# ---------------------------------------------------------------- moved and renamed
MOVED = """｜对“专精特新”企业运用新一代信息技术，发展数字化管理、定制、服务等新模式和新场景，给予重点支持。
    支持 数字化新模式支持
        须 专精特新企业（评估日）
        须 数字化新模式
        裁量 “重点支持”没有写数额，由责任单位决定
"""


def test_a_rule_that_stands_in_another_measure_has_moved() -> None:
    """From measure 6 to measure 9, for which another office is responsible; its sentence goes with it."""
    at = "责任单位 区科技局\n"
    text = (POLICIES / "yubei_2024.pol").read_text("utf-8")
    start = text.index(at, text.index("措施 9 "))
    text = text[:start].replace(MOVED, "") + MOVED + text[start:]
    found = compare(YUBEI.program, loads(text, str(POLICIES / "yubei_2024.pol")).program)
    said = "规则移到别条 数字化新模式支持：第6条 → 第9条（责任单位 区财政局、区经济信息委 → 区科技局）"
    # told where it was and where it is; the note that nobody's share is written has not moved
    assert lines(found) == [said, said]
    assert not found.unfollowed  # the rule went with its sentence
    view = diff_view(found, "zh")
    assert view.headline == f"对谁、给多少相同，其他方面有变：第9条 {said}。"
    assert view.answer == []


def test_new_names_are_told_as_names() -> None:
    found = of_yubei(("阶段 报送挂牌备案文件 100万元", "阶段 递交备案材料 100万元"))
    assert lines(found) == ["阶段改名 新三板挂牌：报送挂牌备案文件 → 递交备案材料"]


# ---------------------------------------------------------------- why, where nothing of the rule itself changed
SMALL = """政策 某区上市办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励
｜挂牌的给予10万元；上市的给予20万元。
    奖励 挂牌奖励
        须 已经挂牌
        金额 10万元
        由 区财政局
    奖励 上市奖励
        须 已经上市
        金额 20万元
        由 区财政局
{between}
    职责 配备专员 「给予」
        其中 已经上市
        核查 已有专员
    单位 区财政局 原文没有写
责任单位 区财政局

附 事实

事实 企业
    已经挂牌 是否
    已经上市 是否
    已有专员 是否
"""


def answered(before: str, after: str, between: str = "", language: str = "zh") -> DiffView:
    old = SMALL.format(between=between)
    assert old.count(before) == 1
    new = old.replace(before, after)
    return diff_view(diff(loads(old, "旧.pol"), loads(new, "新.pol")).comparison, language)


@pytest.mark.parametrize(
    ("between", "rule", "said"),
    [
        # 20万元 less 10万元, less 12万元 now
        ("    扣减 上市奖励 减去 挂牌奖励", "上市奖励", "本项要减去挂牌奖励所得"),
        # together 25万元: what the listing on the market takes more, the other gets less
        (
            "    限额 总限额 每户\n        及于 挂牌奖励、上市奖励\n        不超过 25万元",
            "上市奖励",
            "本项与挂牌奖励合用总限额",
        ),
    ],
)
def test_whose_change_it_is_and_why_it_matters_here(between: str, rule: str, said: str) -> None:
    view = answered("金额 10万元", "金额 12万元", between)
    (_, told), *_ = view.answer
    assert told[0] == "第1条 挂牌奖励：数额有增无减（金额 10万元 → 12万元）"
    assert told[1] == f"第1条 {rule}：数额有减无增（挂牌奖励的金额 10万元 → 12万元；{said}）"


# ---------------------------------------------------------------- duties
@pytest.mark.parametrize(
    ("before", "after", "says", "shows"),
    [
        ("        核查 已有专员\n", "", "职责不再核查", "新版不再核查的情形"),
        ("核查 已有专员", "核查 已有专员 且 已经挂牌", "职责加重", "新版不算做到的情形"),
        ("核查 已有专员", "核查 已有专员 或 已经挂牌", "职责减轻", "新版才算做到的情形"),
        ("        其中 已经上市\n", "", "职责的对象扩大", "新版才管到的情形"),
        ("其中 已经上市", "其中 已经上市 且 已经挂牌", "职责的对象缩小", "新版不再管到的情形"),
        ("    职责 配备专员 「给予」\n        其中 已经上市\n        核查 已有专员\n", "", "职责取消", "旧版才有职责的情形"),
    ],
)  # fmt: skip
def test_what_became_of_a_duty(before: str, after: str, says: str, shows: str) -> None:
    view = answered(before, after)
    assert view.headline.startswith(f"含义有变：1项{says}")
    (verdict,) = [each for measure in view.measures for each in measure.verdicts]
    assert verdict.says.startswith(says)
    assert [each.shows for each in verdict.examples] == [shows]


# ---------------------------------------------------------------- the rest
def test_a_definition_of_another_document_stands_under_that_document(tmp_path: Path) -> None:
    library = """政策 某市小微办法
    文号 某市发〔2023〕3号
    发文机关 某市人民政府
    成文日期 2023年1月1日

定义 是小微 指 收入 不超过 {}万元

附 事实

事实 企业
    收入 金额
"""
    own = SMALL.format(between="").replace("须 已经挂牌", "须 是小微：是小微")
    own = own.replace("    奖励 挂牌奖励", "    引用 某市发〔2023〕3号\n        取用 是小微、收入\n    奖励 挂牌奖励")
    sides = []
    for name, amount in (("旧", 5), ("新", 6)):
        (tmp_path / name / "upstream").mkdir(parents=True)
        (tmp_path / name / "upstream/小微.pol").write_text(library.format(amount), "utf-8")
        (tmp_path / name / "办法.pol").write_text(own, "utf-8")
        sides.append(tmp_path / name / "办法.pol")
    view = diff_view(diff(*sides).comparison, "zh")
    (told,) = view.libraries
    assert (told.heading, told.note) == ("某市发〔2023〕3号 某市小微办法", "第1条用到")
    assert told.changes == ["定义 是小微：5万元 → 6万元；用到它的规则 挂牌奖励"]
    assert view.general == [] and all(not each.changes for each in view.measures)
    assert "（某市发〔2023〕3号：是小微 5万元 → 6万元）" in view.answer[0][1][0]


def test_options_that_came_or_went_are_told_as_such() -> None:
    text = SMALL.format(between="").replace("金额 20万元", "金额 依 G1\n            a 20万元\n            b 30万元{}")
    text += "\n附 口径\n\n口径 G1 给多少\n    a 少给\n    b 多给{}\n"
    two, three = text.format("", ""), text.format("\n            c 40万元", "\n    c 再多给")
    for old, new, said in ((two, three, "增加选项 c 再多给"), (three, two, "删去选项 c 再多给")):
        view = diff_view(diff(loads(old, "旧.pol"), loads(new, "新.pol")).comparison, "zh")
        assert view.headline == f"对谁、给多少相同，其他方面有变：口径 G1：{said}。"
        assert "口径选项有增减的" not in dict(view.answer)  # nothing is left to be said
    # beside another change the options have a section of their own
    found = diff(loads(two, "旧.pol"), loads(three.replace("金额 10万元", "金额 12万元"), "新.pol")).comparison
    assert dict(diff_view(found, "zh").answer)["口径选项有增减的"] == ["口径 G1：增加选项 c 再多给"]
    called = two.replace("            a 20", "            甲 20").replace("    a 少给", "    甲 少给")
    found = diff(loads(two, "旧.pol"), loads(called, "新.pol")).comparison
    assert "口径 G1：a 少给 → 甲 少给（只改了字母）" in [
        view.told for each in found.changes for view in ChangeWords(found, "zh").views(each)
    ]


def test_what_is_told_once_is_not_told_again() -> None:
    """The evidence of a fact is named in the headline; neither a list of one nor the end of the page says it again."""
    found = diff(
        *(
            loads(SMALL.format(between="") + more, "甲.pol")
            for more in ("    住所 文本 佐证 登记\n", "    住所 文本 佐证 执照\n")
        )
    )
    view = diff_view(found.comparison, "zh")
    assert view.headline == "对谁、给多少相同，其他方面有变：事实 住所：佐证 登记 → 佐证 执照。"
    assert view.answer == [] and view.general == [] and [each.told for each in view.whole]


def test_what_many_rules_come_from_is_said_once() -> None:
    """Five awards ask for growth over 20%, which became 15%; of the sixth the amount changed too."""
    rule = "    奖励 奖励{0}\n        须 过线\n        金额 {1}万元\n        由 区财政局\n"
    text = SMALL.replace("｜挂牌的给予10万元；上市的给予20万元。", "｜增速超过20%的给予奖励。").replace(
        "    已经上市 是否\n", "    已经上市 是否\n    增速 比例\n"
    )
    start, end = text.index("    奖励 挂牌奖励"), text.index("    职责")
    old = (
        text[:start]
        + "    定义 过线 指 增速 超过 20%\n"
        + "".join(rule.format(each, each) for each in range(1, 7))
        + text[end:]
    )
    new = old.replace("20%", "15%").replace("金额 6万元", "金额 7万元")
    view = diff_view(diff(loads(old, "旧.pol"), loads(new, "新.pol")).comparison, "zh")
    assert view.answer == [
        (
            "含义有变的",
            [
                "下面没有注明缘由的，都因为：过线 20% → 15%",
                "第1条 奖励1、奖励2、奖励3、奖励4、奖励5：对象放宽",
                "第1条 奖励6：对象放宽，数额有增无减（金额 6万元 → 7万元；过线 20% → 15%）",
            ],
        )
    ]
    told = [each.told for measure in view.measures for each in measure.changes]
    assert "定义 过线：20% → 15%；用到它的规则 奖励1等6项规则" in told


def test_an_end_that_is_dropped_and_a_reading_that_is_new() -> None:
    found = of_yubei(("        有效期 自 2022年1月1日 至 六税两费截止日\n", "        有效期 自 2022年1月1日\n"))
    assert "有效期 到2024年12月31日止 → 不设截止" in briefly(found)
    # under one option of the new reading it is what it was: only the other is told
    text = SMALL.format(between="")
    new = text.replace("金额 20万元", "金额 依 G1\n            a 20万元\n            b 30万元")
    new += "\n附 口径\n\n口径 G1 给多少\n    a 少给\n    b 多给\n"
    found = compare(loads(text, "旧.pol").program, loads(new, "新.pol").program)
    assert "金额 上市奖励：20万元 → 30万元（口径 G1 取 b）" in lines(found)


def test_which_rule_a_cap_is_filled_with_first() -> None:
    """The two rules change places, and the cap with them: each had the other after it."""
    cap = "    限额 总限额 每户\n        及于 {}奖励\n        及于 {}奖励\n        不超过 25万元"
    sides = [
        loads(SMALL.format(between=cap.format(*each)), "甲.pol").program
        for each in (("挂牌", "上市"), ("上市", "挂牌"))
    ]
    assert lines(compare(*sides)) == ["限额 总限额：先算挂牌奖励 → 先算上市奖励"]


def test_an_example_is_not_rewritten_by_another_default() -> None:
    """It chooses no reading, and says the same in both versions."""
    text = SMALL.format(between="").replace("金额 20万元", "金额 依 G1\n            a 20万元\n            b 30万元")
    text += "\n附 口径\n\n口径 G1 给多少\n    a 少给\n    b 多给\n"
    text += "\n附 示例\n\n示例 没有挂牌\n    评估日 2025年6月30日\n    设 已经挂牌 否\n    则 挂牌奖励 不予\n"
    new = text.replace("    a 少给\n    b 多给\n", "    b 多给\n    a 少给\n")
    found = diff(loads(text, "旧.pol"), loads(new, "新.pol")).comparison
    assert [each.aspect for each in found.changes] == ["reading"]


def test_which_payments_are_set_off_is_what_a_rule_comes_from() -> None:
    """All payments were set off; now only those under the new measures are."""
    paid = "    已有专员 是否\n    已付 清单\n        措施 整数\n        事项 文本\n        日期 日期\n        金额 金额\n        依据 文本\n"
    old = SMALL.format(between="").replace("    已有专员 是否\n", paid)
    old = old.replace("附 事实", "附 名词\n\n抵扣 已付\n    其中 算已付的：是\n\n附 事实")
    new = old.replace("算已付的：是", "算已付的：依据 为 “新办法”")
    view = diff_view(diff(loads(old, "旧.pol"), loads(new, "新.pol")).comparison, "zh")
    assert view.answer == [
        ("含义有变的", ["第1条 挂牌奖励、上市奖励：数额有增无减（抵扣 已付都抵扣 → 只抵扣依据为“新办法”的已付）"])
    ]


def test_a_condition_that_goes_by_its_own_words_is_told_once() -> None:
    """What is checked of the duty in measure 15 has no name but what it says."""
    assert "删去核查 配备服务专员　已有 服务专员" in lines(of_yubei(("        核查 已有 服务专员\n", "")))


def test_what_is_said_of_rules_of_many_measures_is_one_line() -> None:
    """Five measures with an award each, for which a firm must have grown by more than 20%, and then 15%; the sixth asks for 30%, and then 25%."""
    text = SMALL[: SMALL.index("措施 1")]
    text += "".join(
        f"措施 {number} 奖励{number}\n｜增速超过{rate}%的给予奖励。\n    奖励 奖励{number}\n        须 {rule}\n        金额 5万元\n"
        "        由 区财政局\n责任单位 区财政局\n\n"
        for number, rate, rule in [*((each, 20, "过线") for each in range(1, 6)), (6, 30, "高线：增速 超过 30%")]
    )
    text += "附 名词\n\n定义 过线 指 增速 超过 20%\n\n附 事实\n\n事实 企业\n    增速 比例\n"
    found = diff(loads(text, "旧.pol"), loads(text.replace("20%", "15%").replace("30%", "25%"), "新.pol"))
    assert diff_view(found.comparison, "zh").answer[0][1] == [
        "下面没有注明缘由的，都因为：过线 20% → 15%",
        "第1条、第2条、第3条、第4条、第5条，共5项规则：对象放宽",
        "第6条 奖励6：对象放宽（高线 30% → 25%）",
    ]
