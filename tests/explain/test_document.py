"""The policy as a document: rules in sentences, tables, diagrams, and what rests on each sentence."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from fayan_runtime import ir
from fayan_runtime.explain.document.thresholds import thresholds
from fayan_runtime.explain.document.trace import Trace
from fayan_runtime.explain.document.view import MeasureView, RuleView, policy_view
from fayan_runtime.explain.document.writer import Scribe
from fayan_runtime.explain.lines import cells
from fayan_runtime.explain.render import render_policy

Program = ir.Program


@cache
def page(language: str = "zh") -> dict[int, MeasureView]:
    from tests.explain.conftest import compiled

    return {each.number: each for each in policy_view(compiled(), language).measures}


def rule(number: int, name: str, language: str = "zh") -> dict[str, list[str]]:
    found: RuleView = next(each for each in page(language)[number].rules if each.name == name)
    return {line.label: [part.text for part in line.parts] for line in found.lines}


def joined(text: str) -> str:
    return re.sub(r"\n +", "", text)


# ---------------------------------------------------------------- rules in sentences


def test_an_award_line_by_line() -> None:
    relief = rule(3, "国有厂房租金减免")
    assert relief["范围"] == ["租用国有厂房：房源为国有厂房"]
    assert relief["事项日期"] == ["年度末，不早于施行日期（2024年12月12日）"]
    assert relief["须同时符合"] == [
        "属专精特新企业：专精特新企业（以事项日期为准）",
        "在区内（以事项日期为准）",
        "增速达标：行业门类为工业的，上年度产值增速超过20%；行业门类为其他的，上年度主营业务收入增速超过20%",
        "租金过门槛：租金超过20元/平方米·月",
    ]
    assert relief["金额"] == ["5元/平方米·月 × 面积 × 租用月数"]
    assert relief["年度限额"] == ["每户每年不超过50万元，国有厂房租金减免、社会闲置厂房租金补贴合并计算"]
    assert relief["兑付单位"] == ["厂房（楼宇）所属国有平台公司或镇街"]
    assert rule(8, "六税两费减征")["办理单位"] == ["区税务局"]


def test_an_award_line_by_line_in_english() -> None:
    relief = rule(3, "国有厂房租金减免", "en")
    assert relief["Date of the event"] == ["the end of 年度, not earlier than 12 December 2024"]
    assert relief["All of these"][3] == "租金过门槛: 租金 exceeds RMB 20 per m² per month"
    assert relief["Amount"] == ["RMB 5 per m² per month × 面积 × 租用月数"]
    assert relief["年度限额"] == [
        "per enterprise and year at most RMB 500,000, 国有厂房租金减免, 社会闲置厂房租金补贴 counted together"
    ]
    first = rule(5, "首次认定", "en")
    assert first["Applies to"] == ["of several 认定记录 with the same 级别 only the earliest counts"]
    assert first["Amount"] == ["市级专精特新: RMB 100,000", "国家小巨人: RMB 500,000"]


def test_first_only_waived_and_inactive_are_said_plainly() -> None:
    assert rule(5, "首次认定")["范围"] == ["级别相同的认定记录只计最早的一条"]
    later = rule(5, "后续复核")
    assert later["范围"][1] == "不是首次复核：不属于旧称号首次复核（级别，以复核记录的日期为准）"
    assert later["范围"][2] == "计入的复核：按现用口径不作要求"
    assert later["就高"] == ["后续复核，同一年度只计最高的一项（现不适用）"]
    assert rule(15, "配备服务专员")["核查"] == ["已有服务专员"]
    assert rule(14, "拟上市企业储备库")["入选依据"] == ["“拟上市企业储备库”为是"]
    assert rule(19, "评审价格扣除")["范围"] == ["未预留份额：“预留份额”为否"]


def test_stages_with_the_stated_total_and_what_is_not_reached() -> None:
    listing = rule(7, "新三板挂牌")
    assert listing["原文合计"] == ["300万元"]
    assert listing["分阶段给予"] == [
        "报送挂牌备案文件：100万元，以新三板备案日期为准",
        "基础层创新层挂牌：100万元，以新三板基础创新层挂牌日期为准",
        "精选层挂牌：200万元（按现用口径不会达成）",
    ]
    assert rule(7, "首发上市")["扣减"] == ["减去已计的OTC挂牌、新三板挂牌（现不适用）"]


def test_conditions_name_the_readings_that_decide_them(program: Program) -> None:
    found = next(each for each in page()[3].rules if each.name == "国有厂房租金减免")
    musts = next(line for line in found.lines if line.label == "须同时符合")
    assert [part.readings for part in musts.parts] == [
        ("G7",), ("G6", "R3.13"), ("G7", "R3.1", "R3.2", "R3.3", "R3.9"), ("R3.8",),
    ]  # fmt: skip


def test_nothing_raw_is_printed(program: Program) -> None:
    for language in ("zh", "en"):
        for kind in ("text", "md", "html"):
            text = render_policy(program, kind, language)
            for raw in ("仅首次", "已有 服务专员", "（）", "不明　不明", "可多选：数", "None", "按 级别", "()"):
                assert raw not in text, (kind, language, raw)


# ---------------------------------------------------------------- definitions


def terms(number: int | None, language: str = "zh") -> str:
    from tests.explain.conftest import compiled

    view = policy_view(compiled(), language)
    found = view.definitions if number is None else next(each.terms for each in view.measures if each.number == number)
    return "\n".join([line for each in found for line in (each.text, *each.options)])


def test_definitions_stand_in_their_measure() -> None:
    assert "“属支柱产业”，是指产业领域含汽车、电子中至少一项。" in terms(1)
    assert "“宜入软件园区”，是指所在园区为仙桃数据谷或者三龙地区，且产业领域含软件和信息服务业。" in terms(2)
    assert "属支柱产业" not in terms(None)


def test_growth_reads_as_a_formula() -> None:
    assert "“增速（某指标，某年）”，是指某年的某指标 ÷ 某年的上一年的某指标 − 1。" in terms(None)
    average = "（某年的上一年的某指标增速 ＋ 某年前第2年的某指标增速） ÷ 2"
    assert f"“两年增速的平均（某指标，某年）”，是指{average}。" in terms(5)
    assert "是指某年的上一年的某指标 ÷ 某年前第3年的某指标。" in terms(5)
    assert "“增速(某指标, 某年)” means: 某指标 in 某年 ÷ 某指标 in the year before 某年 − 1." in terms(None, "en")
    assert "增速 of 某指标 in the second year before 某年" in terms(5, "en")


def test_what_a_list_must_not_hold_is_clear() -> None:
    earlier = "（日期早于某日，或者（日期为某日，且排在某次序之前））"
    none = f"复核记录中没有一条“通过”为是，级别为某级别，且{earlier}的"
    assert f"R5.4 a、b（现用）：{none}" in terms(5)
    assert "没有通过" not in terms(5)
    valid = "复核记录中有一条“通过”为是，级别为某级别，日期不晚于某日，且有效期至不早于某日的"
    assert f"“复核仍有效（某级别，某日）”，是指{valid}。" in terms(None)


def test_each_option_of_a_reading_is_told() -> None:
    assert "R3.2 a（现用）：某年某指标增速超过20%\nR3.2 b：某年某指标增速达到20%" in terms(3)
    assert "R3.3 a（现用）：一律不成立" in terms(3)
    assert "R7.2 a（现用）：没有这一日期" in terms(7)
    share = (
        "（租赁中年度为某年，且房源为某房源的，（租金 × 面积）合计） ÷ （租赁中年度为某年，且房源为某房源的，面积合计）"
    )
    assert f"R3.8 b：{share}" in terms(3)


# ---------------------------------------------------------------- both directions


def test_every_sentence_leads_to_what_rests_on_it(program: Program) -> None:
    for measure in page().values():
        for sentence in measure.sentences:
            assert sentence.rests, sentence.text
    third = [each.rests for each in page()[3].sentences]
    assert third[0].startswith("国有厂房租金减免、社会闲置厂房租金补贴；名词：增速过线")
    assert third[1].startswith("国有厂房租金减免；限额：年度限额")
    assert page()[13].sentences[0].rests == "倡导：鼓励商业银行，没有可以核查的行为和数字"
    assert page()[0].sentences[0].rests == "程式：通知标题"
    assert page("en")[0].sentences[0].rests == "form: “通知标题”"
    assert page()[1].sentences[0].rests.endswith("数字“2335”：全区现代制造业集群体系的名称")
    assert page()[5].units == ["区经济信息委：原文只列为责任单位，没有写分工"]
    assert not any("没有写分工" in each.rests for measure in page().values() for each in measure.sentences)


def test_every_rule_leads_to_its_sentences_and_back(program: Program) -> None:
    for measure in program.measures:
        trace = Trace(program, measure)
        for each in program.provisions:
            if each.measure == measure.number:
                places = trace.of(each)
                assert places, each.name
                for place in places:
                    assert each.name in {found.name for found in trace.on(place)}


def test_the_same_sentence_twice_is_told_apart() -> None:
    def basis(number: int) -> dict[str, str]:
        return {each.name: "".join(mark for mark, _ in each.basis) for each in page()[number].rules}

    assert basis(5) == {"首次认定": "①", "后续复核": "②④", "首次复核": "③"}
    assert basis(3) == {"国有厂房租金减免": "①②", "社会闲置厂房租金补贴": "①③"}
    fifth = [each.rests for each in page()[5].sentences]
    assert "就高" not in fifth[1] and "就高" in fifth[3]
    assert page()[15].rules[0].quote == "配备服务专员"


def test_the_words_stay_as_they_are(program: Program) -> None:
    html = render_policy(program, "html")
    plain = re.sub(r'<span class="mark">.</span>|<[^>]+>', "", html)
    for measure in program.measures:
        for sentence in measure.sentences:
            assert sentence.text in plain


# ---------------------------------------------------------------- tables


def table(program: Program, name: str, language: str = "zh") -> list[tuple[str, ...]]:
    return next(each.rows for each in policy_view(program, language).tables if each.name == name)


def test_amounts(program: Program) -> None:
    rows = table(program, "amounts")
    assert ("第5条", "首次认定", "国家小巨人", "50万元", "") in rows
    assert ("第3条", "年度限额", "每户每年不超过", "50万元", "R3.4、R3.5、R3.7") in rows
    assert ("Measure 5", "首次认定", "国家小巨人", "RMB 500,000", "") in table(program, "amounts", "en")


def test_thresholds_say_under_which_reading_they_hold(program: Program) -> None:
    rows: dict[tuple[str, str], str] = {}
    for measure, text, _, holds in table(program, "thresholds"):
        rows.setdefault((measure, text), holds)
    assert rows["第3条", "上年度产值增速超过20%"] == "现用"
    assert rows["第3条", "上年度产值增速达到20%"] == "取 R3.2 b 时"
    since = "（从复核记录的日期所在年度往前数）"
    assert rows["第5条", f"产值两年增速的平均{since}超过10%"] == "现用"
    assert rows["第5条", f"产值两年增长倍数{since}超过（1 ＋ 10%） × （1 ＋ 10%）"] == "取 R5.2 b 时"
    assert rows["第5条", f"产值两年增长倍数{since}达到（1 ＋ 10%） × （1 ＋ 10%）"] == "取 R5.3 b、R5.2 b 时"
    assert rows["第8条", "所属期的月末不晚于2024年12月31日"] == "现用"
    assert rows["第8条", "所属期的月末不晚于2027年12月31日"] == "取 R8.2 b 时"
    english = {text: holds for _, text, _, holds in table(program, "thresholds", "en")}
    assert english["租金 exceeds RMB 20 per m² per month"] == "Used"


def test_a_threshold_is_told_once_for_the_rules_that_have_it(program: Program) -> None:
    found = [(each.measure, each.text, each.taken) for each in thresholds(Scribe(program, "zh"))]
    assert len(found) == len(set(found))


def test_a_threshold_that_one_rule_has_and_another_has_only_under_a_reading(program: Program) -> None:
    """后续复核 asks for growth as it stands; 首次复核 does so 依 R5.5, whose first option asks for none."""
    text = "产值两年增速的平均（从复核记录的日期所在年度往前数）超过10%"
    found = {each.rules: each.taken for each in thresholds(Scribe(program, "zh")) if each.text == text}
    assert found == {("后续复核",): (), ("首次复核",): (("R5.5", "b"),)}


def test_selections_are_no_duties(program: Program) -> None:
    duties = {row[1] for row in table(program, "duties")}
    left = {row[1]: row for row in table(program, "left")}
    assert "配备服务专员" in duties and not duties & {"示范企业宣传", "拟上市企业储备库"}
    assert left["示范企业宣传"][2:4] == ("遴选", "名额：每年10家；遴选标准本条没有写，由责任单位决定")
    assert {row[1] for row in table(program, "targets")} == {
        "市级专精特新企业培育目标", "国家小巨人企业培育目标", "汽车电子企业专精特新普及率", "上市专精特新企业数量",
    }  # fmt: skip


def test_how_facts_are_filled_in(program: Program) -> None:
    rows = {name: (form, shown, used) for name, form, shown, used in table(program, "facts")}
    assert rows["宣传标杆年度"] == ("若干年度", "遴选公告", "第20条")
    assert (
        rows["认定记录"][0]
        == "逐条填报：级别（选一项：市级专精特新、国家小巨人）、日期、有效期至（日期，没有的填“无”）"
    )
    assert rows["认定记录"][2] == "第3、5—8、10、12—18、20条"
    assert rows["已兑付"][2] == "抵扣"
    assert rows["全区国家小巨人企业数"] == (
        "数值（家）；没有给的，判定一批企业时逐户计“现为小巨人”",
        "区经济信息委统计",
        "前言",
    )


def test_what_comes_from_other_documents_says_so(program: Program) -> None:
    size = next(each for each in policy_view(program).definitions if "划型" in each.text)
    assert size.text.startswith("“划型（工信部联企业〔2011〕300号）”")
    assert size.table is not None and ("农林牧渔业", "达到500万元", "—", "—", "中型") in size.table.rows
    assert "小型微利条件" not in terms(1)
    rows = {name: (form, used) for name, form, _, used in table(program, "facts")}
    assert rows["企业规模"] == ("选一项：大型、中型、小型、微型；没有填的，按“划型”推算", "第8、19条")
    assert rows["营业收入"] == ("数值（元）", "推算企业规模")


def test_what_is_common_to_all_measures(program: Program) -> None:
    common = {line.label: [part.text for part in line.parts] for line in policy_view(program).common}
    assert common["事项日期"] == ["G2 a（现用）：不限", "G2 b：不晚于2025年12月31日", "G2 c：不晚于2029年12月11日"]
    assert common["抵扣"][0].startswith("“已兑付”所列款项，按措施、事项和日期")


# ---------------------------------------------------------------- diagrams and formats


def test_stages_are_drawn_and_a_wrong_total_points_at_its_reading(program: Program) -> None:
    listing, flotation = page()[7].diagrams
    assert listing.text == ["报送挂牌备案文件　100万元 → 基础层创新层挂牌　100万元 → 精选层挂牌　200万元"]
    assert listing.note == "各阶段相加为400万元，与原文所写合计300万元不一致，见口径 R7.1。"
    assert flotation.note == ""
    assert page("en")[7].diagrams[0].note == (
        "The stages add up to RMB 4,000,000, not to the stated total of RMB 3,000,000: see readings R7.1."
    )
    html = render_policy(program, "html")
    assert html.count("<svg") == 5 and "与原文所写合计300万元不一致" in html
    assert "http" not in html


def test_branches_share_a_limit() -> None:
    (branches,) = page()[3].diagrams
    assert branches.note.startswith("合用限额：每户每年不超过50万元")
    assert branches.text[:2] == ["├─ 国有厂房租金减免", "│　 租赁：租用国有厂房"]
    assert not page()[1].diagrams


def test_what_is_drawn_stays_in_its_box() -> None:
    # a box is 310 wide, of which 8 on either side are empty; a cell of the letters is 7.5
    lines = [line for each in page().values() for one in each.diagrams for box in one.boxes for _, line in box.lines]
    assert len(lines) > 20
    assert max(map(cells, lines)) <= (310 - 16) / 7.5


@pytest.mark.parametrize("language", ["zh", "en"])
def test_markdown_and_html_hold_together(program: Program, language: str) -> None:
    markdown = render_policy(program, "md", language)
    for line in markdown.splitlines():
        if line.startswith("|"):
            assert line.endswith("|")
    html = render_policy(program, "html", language)
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    assert {"m5s4", "m5-后续复核", "R5.2"} <= anchors <= set(re.findall(r'id="([^"]+)"', html))


def test_json_has_every_measure_verbatim_with_what_rests_on_each_sentence(program: Program) -> None:
    data = json.loads(render_policy(program, "json"))
    assert data["schema"] == "fayan.policy/1"
    assert [each["id"] for each in data["measures"]] == list(range(21))
    fifth = data["measures"][5]
    assert fifth["text"].startswith("对 2022 年以后（包括 2022 年）获得市级“专精特新”")
    assert {"case": "国家小巨人", "amount": "50万元"} in fifth["provisions"][0]["amounts"]
    assert [each["rests_on"] for each in fifth["provisions"]] == [[0], [1, 3], [2]]
    assert {"kind": "rule", "name": "后续复核"}.items() <= fifth["sentences"][3]["rests"][0].items()
    assert data["measures"][13]["sentences"][0]["marks"][0]["kind"] == "倡导"


def test_english_labels(program: Program) -> None:
    text = joined(render_policy(program, "text", "en"))
    assert "Facts needed, with evidence" in text and "What rests on each sentence" in text
    assert "(Responsible: 区财政局, 区经济信息委)" in text


# ---------------------------------------------------------------- values by many cases


def by_size(whens: int) -> Program:
    """A policy whose one definition goes by industry and staff, in so many cases."""
    from attrs import evolve

    from tests.explain.conftest import compiled

    staff = ir.Fact(type=ir.Type("number", unit=(("人", 1),)), scope="企业", name="从业人员")
    trade = ir.Fact(type=ir.Type("enum", name="门类"), scope="企业", name="行业门类")
    size = ir.Type("enum", name="规模")

    def case(number: int, result: str) -> tuple[ir.Expr, ir.Expr]:
        industry = ir.OneOf(type=ir.Type("bool"), arg=trade, members=("工业",))
        many = ir.Compare(
            type=ir.Type("bool"),
            op=">=",
            left=staff,
            right=ir.Const(type=staff.type, value=number),
            word="达到",
        )
        return ir.And(type=ir.Type("bool"), args=(industry, many)), ir.Const(type=size, value=result)

    cases = [case(1000, "大型"), case(300, "中型"), case(20, "小型")][:whens]
    body = ir.Cases(type=size, whens=tuple(cases), otherwise=ir.Const(type=size, value="微型"))
    small = ir.OneOf(type=ir.Type("bool"), arg=ir.Call(type=size, function="划型", args=()), members=("小型",))
    rule = ir.Provision(measure=1, name="扶持", kind="discretionary", must=(ir.Condition(name="小企业", expr=small),))
    function = ir.Function(name="划型", params=(), body=body)
    return evolve(compiled(), functions=(function,), provisions=(rule,), adjustments=(), offset=None)


def test_many_cases_are_a_table_and_are_called_by_name() -> None:
    view = policy_view(by_size(3))
    (term,) = view.definitions
    assert term.text == "“划型”，自上而下，以第一行相符的为准："
    assert term.options[1] == "行业门类为工业，且从业人员达到300人：中型"
    assert term.table is not None
    assert term.table.columns == ("行业门类", "从业人员", "结果")
    assert term.table.rows[1:] == [
        ("工业", "达到300人", "中型"),
        ("工业", "达到20人", "小型"),
        ("其他情形", "—", "微型"),
    ]
    found = next(each for each in view.measures if each.number == 1)
    assert [part.text for part in found.rules[0].lines[0].parts] == ["小企业：划型为小型"]
    assert "thresholds" not in {each.name for each in view.tables}
    assert "<td>达到300人</td>" in render_policy(by_size(3), "html")
    assert "| 工业 | is at least 300 persons | 中型 |" in render_policy(by_size(3), "md", "en")


def test_few_cases_are_a_sentence() -> None:
    (term,) = policy_view(by_size(1)).definitions
    assert term.table is None
    assert term.text == "“划型”，是指行业门类为工业，且从业人员达到1,000人的，大型；其他情形，微型。"
