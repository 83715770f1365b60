"""What the parser makes of sound texts."""

from fractions import Fraction

import pytest

from fayan_dsl import tree
from fayan_dsl.source import Source, Span
from tests.dsl.samples import CHINESE, ENGLISH, HEAD, RULE, expression, marked, read, sound

S = Span(0, 0)


def ref(name: str) -> tree.Ref:
    return tree.Ref(span=S, name=name)


def number(value: int | str, unit: str, text: str) -> tree.Number:
    return tree.Number(span=S, value=Fraction(value), unit=unit, text=text)


def test_chinese_and_english_words_make_the_same_tree() -> None:
    assert sound(CHINESE) == sound(ENGLISH)


def test_the_document() -> None:
    policy = sound(CHINESE)
    assert policy.title == "某区扶持措施"
    assert [(h.key, h.text) for h in policy.headers] == [
        ("文号", "某府办发〔2024〕1号"),
        ("成文日期", "2024-12-12"),
        ("废止", "旧文"),
    ]
    assert [(c.label, c.title, c.first_measure) for c in policy.chapters] == [("一", "奖励", 5)]
    preamble, five = policy.measures
    assert (preamble.number, preamble.title, preamble.chapter) == (0, "", "")
    assert (five.number, five.title, five.chapter) == (5, "给予认定奖励", "一")
    assert five.units == ("区财政局", "区经济信息委")
    assert [a.title for a in policy.appendices] == ["名词"]
    assert len(policy.appendices[0].annotations) == 10


def test_a_rule_with_every_clause() -> None:
    rule = sound(CHINESE).measures[1].passages[0].annotations[0]
    assert isinstance(rule, tree.Rule)
    assert (rule.kind, rule.name.text, rule.payer, rule.discretion) == ("奖励", "首次认定", "区财政局", "从优")
    assert rule.cite is not None and rule.cite.text == "给予10万元"
    assert rule.each is not None and (rule.each.word, rule.each.list.text) == ("逐次", "认定记录")
    assert rule.first is not None and [name.text for name in rule.first.by] == ["级别"]
    assert [must.label and must.label.text for must in rule.must] == ["属区内", None, None, None]
    assert rule.must[0].value.expr == tree.All(
        span=S,
        parts=(
            ref("区内企业"),
            tree.Any(
                span=S,
                parts=(
                    tree.Compare(span=S, op="不低于", left=ref("产值"), right=number(200000, "元", "20万元")),
                    tree.Presence(span=S, present=False, subject=ref("产值")),
                ),
            ),
        ),
    )
    assert rule.must[1].value.expr == tree.Compare(
        span=S, op="以上", left=ref("租金"), right=number(20, "元/平方米·月", "20元/平方米·月")
    )
    assert rule.must[2].value.expr == tree.Contains(
        span=S, subject=ref("领域"), members=(ref("汽车"), ref("电子")), every=True
    )
    assert rule.must[3].value.expr == tree.Quantified(
        span=S,
        list=tree.Name(span=S, text="认定记录"),
        quantifier="没有",
        where=tree.Compare(span=S, op="早于", left=ref("日期"), right=tree.FieldRef(span=S, own=True, name="日期")),
    )
    assert rule.periods[0].end == tree.MonthLit(span=S, year=2024, month=11)
    assert rule.waivers[0].reason == "原文如此"
    assert rule.amount is not None and isinstance(rule.amount.expr, tree.By)
    city, rest = rule.amount.expr.arms
    assert [label.text for label in city.labels] == ["市级"] and rest.labels == ()
    assert isinstance(rest.value.expr, tree.Cases)
    first, otherwise = rest.value.expr.whens
    assert first.condition is not None and otherwise.condition is None
    assert otherwise.value.expr == tree.Total(
        span=S,
        terms=(
            (
                "+",
                tree.Product(
                    span=S,
                    factors=(
                        (
                            "×",
                            tree.Query(
                                span=S,
                                list=tree.Name(span=S, text="认定记录"),
                                where=tree.Compare(
                                    span=S,
                                    op="为",
                                    left=tree.FieldRef(span=S, own=False, name="级别"),
                                    right=ref("国家级"),
                                ),
                                pick="最大",
                                value=ref("奖金"),
                            ),
                        ),
                        ("×", number(2, "", "2")),
                    ),
                ),
            ),
            ("-", number(1, "元", "1元")),
        ),
    )


def test_examples() -> None:
    example = sound(CHINESE).appendices[0].annotations[-1]
    assert isinstance(example, tree.Example)
    assert example.title == "恰在边界" and example.on == tree.DateLit(span=S, iso="2025-06-30")
    assert example.given[0].cell == (tree.Truth(span=S, value=True),)
    assert example.given[1].rows[1] == ((ref("市级"),), (tree.DateLit(span=S, iso="2024-01-01"),))
    gets, pays, denied, table = example.expects
    assert isinstance(gets, tree.Expect) and isinstance(pays, tree.Expect) and isinstance(denied, tree.Expect)
    assert gets.amount == number(100000, "元", "10万元") and gets.choices[0].option.text == "b"
    assert pays.outcome == "应付"
    assert (denied.measure, denied.outcome, denied.lacks) == (5, "不予", "营业执照")
    assert isinstance(table, tree.ExpectTable) and len(table.rows) == 2


def test_sentences_make_passages_with_what_rests_on_the_last() -> None:
    policy = sound(
        "政策 甲\n    文号 乙\n措施 1 甲\n｜一。 \n｜｜二“三”，（四）。\n    说明 见前\n｜五。\n责任单位 甲、乙，丙\n职责 无据\n"
    )
    (measure,) = policy.measures
    assert [[(s.text, s.opens) for s in p.sentences] for p in measure.passages] == [
        [("一。", True), ("二“三”，（四）。", True)],
        [("五。", False)],
        [],
    ]
    assert [len(p.annotations) for p in measure.passages] == [1, 0, 1]
    assert measure.units == ("甲", "乙", "丙") and measure.units_text == "甲、乙，丙"


def test_a_chapter_ends_an_appendix() -> None:
    policy = sound("政策 甲\n    文号 乙\n措施 1 甲\n附 一\n倡导 好\n章 二 丙\n措施 2 丁\n原文未见 没有找到\n附 二\n")
    assert [m.number for m in policy.measures] == [1, 2]
    assert policy.measures[1].unseen == "没有找到" and policy.measures[1].chapter == "二"
    assert [(a.title, len(a.annotations)) for a in policy.appendices] == [("一", 1), ("二", 0)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("50万元", 500000, "元"),
        ("1.2亿元", 120000000, "元"),
        ("3百万元", 3000000, "元"),
        ("2亿元/年", 200000000, "元/年"),
        ("1,234.5元", "1234.5", "元"),
        ("５０ 万元", 500000, "元"),
        ("12%", "0.12", "%"),
        ("12％", "0.12", "%"),
        ("3个百分点", "0.03", "百分点"),
        ("20元/平方米·月", 20, "元/平方米·月"),
        ("5万元/年", 50000, "元/年"),
        ("3㎡", 3, "平方米"),
        ("12个月", 12, "月"),
        ("30天", 30, "日"),
        ("10年", 10, "年"),
        ("3万", 30000, ""),
        ("两成", "0.2", ""),
        ("三成五", "0.35", ""),
        ("一成半", "0.15", ""),
        ("百分之二十", "0.2", ""),
        ("百分之一百二十", "1.2", ""),
        ("三分之一", Fraction(1, 3), ""),
        ("-5%", "-0.05", "%"),
    ],
)
def test_numbers(text: str, value: int | str | Fraction, unit: str) -> None:
    found = expression(text)
    assert isinstance(found, tree.Number)
    assert (found.value, found.unit) == (Fraction(value), unit)
    # the text is as written, but for what is only a way of typing
    assert found.text == text.replace(" ", "").replace("５０", "50").replace("％", "%")


def test_dates_years_and_texts() -> None:
    assert expression("2024年2月29日") == tree.DateLit(span=S, iso="2024-02-29")
    assert expression("2024-02-29") == tree.DateLit(span=S, iso="2024-02-29")
    assert expression("2024 年 11 月") == tree.MonthLit(span=S, year=2024, month=11)
    assert expression("2024年") == tree.YearLit(span=S, year=2024)
    assert expression("“渝北 〔2022〕”") == tree.Text(span=S, value="渝北 〔2022〕")
    assert expression("无") == tree.Nothing(span=S)
    assert expression("R5.2 为 a") == tree.Compare(
        span=S, op="为", left=tree.ReadingRef(span=S, id="R5.2"), right=ref("a")
    )


def test_reserved_words_are_names_where_they_mean_nothing() -> None:
    assert expression("金额 超过 本 措施 + 评估日") == tree.Compare(
        span=S,
        op="超过",
        left=ref("金额"),
        right=tree.Total(span=S, terms=(("+", tree.FieldRef(span=S, own=True, name="措施")), ("+", ref("评估日")))),
    )


def test_a_line_goes_on_where_the_next_begins_with_a_joining_word() -> None:
    split = expression("产值\n      且 租金   # 注\n# 注\n    且 区内企业")
    assert split == tree.All(span=S, parts=(ref("产值"), ref("租金"), ref("区内企业")))
    assert expression("1\n  + 2\n  - 3") == expression("1 + 2 - 3")


def test_comments_and_layout_do_not_matter() -> None:
    loose = RULE.replace("        逐次 认定记录\n", "\n  # 注\n          逐次  认定记录   # 注\n").replace(
        "        须 区内企业\n        金额 10万元", "          须 区内企业\n          金额 10万元"
    )
    assert sound("\ufeff" + loose.replace("\n", "\r\n")) == sound(RULE)


def test_a_number_sign_in_a_quotation_is_no_comment() -> None:
    assert expression("“甲 #1”") == tree.Text(span=S, value="甲 #1")


def test_a_bar_in_a_sentence_stays() -> None:
    policy = sound("政策 甲\n    文号 乙\n措施 1 甲\n|| 一|二｜三 ＃\n｜ 四\n")
    assert [s.text for s in policy.measures[0].passages[0].sentences] == ["一|二｜三 ＃", "四"]


def test_units_as_types() -> None:
    text = HEAD.replace(
        "    产值 金额 可无\n",
        "    比例 %\n    面积 ㎡\n    产值 元\n    比价 元/㎡·月\n    人数 人\n    称号 若干 称号\n",
    )
    facts = sound(text).appendices[0].annotations[0]
    assert isinstance(facts, tree.Facts)
    assert [(fact.type, fact.shape) for fact in facts.facts[2:8]] == [
        ("%", "value"),
        ("平方米", "value"),
        ("元", "value"),
        ("元/平方米·月", "value"),
        ("人", "value"),
        ("称号", "set"),
    ]


def test_stages_and_their_total() -> None:
    text = HEAD + "    奖励 新三板挂牌\n        分阶段共 300万元 「给予」\n        阶段 备案 100万元 于 备案日期\n"
    policy, problems = read(text)
    rule = policy.measures[0].passages[0].annotations[0]
    assert problems == [] and isinstance(rule, tree.Rule) and rule.staged is not None
    assert rule.staged.total == number(3000000, "元", "300万元")
    assert [(stage.name.text, stage.on) for stage in rule.stages] == [("备案", ref("备案日期"))]


def test_measure_numbers_in_chinese_and_names_with_digits() -> None:
    policy = sound(
        "政策 甲\n    文号 乙\n措施 十二 次数\n｜一。\n    奖励 2022年奖励\n        须 2022年以后：甲\n        金额 按 甲\n            2022年 3元\n"
    )
    assert policy.measures[0].number == 12 and policy.measures[0].title == "次数"
    rule = policy.measures[0].passages[0].annotations[0]
    assert isinstance(rule, tree.Rule) and rule.name.text == "2022年奖励"
    assert rule.must[0].label is not None and rule.must[0].label.text == "2022年以后"


def test_long_chains_and_deep_brackets() -> None:
    chain = expression(" 或 ".join(f"甲{i}" for i in range(1000)))
    assert isinstance(chain, tree.Any) and len(chain.parts) == 1000
    assert expression("（" * 200 + "产值" + "）" * 200) == ref("产值")
    assert marked(HEAD + "定义 乙 指 " + "（" * 256 + "产值" + "）" * 256 + "\n") == []


def test_spans_are_of_the_original_text() -> None:
    text = HEAD + "定义 乙 指 产值 超过 １０万元\n"
    definition = sound(text).measures[0].passages[-1].annotations[0]
    assert isinstance(definition, tree.Define) and isinstance(definition.value.expr, tree.Compare)
    right = definition.value.expr.right
    assert isinstance(right, tree.Number)
    assert text[right.span.start : right.span.end] == "１０万元"
    assert Source("甲", text).position(right.span.start) == (18, 14)


def test_a_word_of_two_terminals_is_the_one_that_fits() -> None:
    """不超过 begins a line of 限额 and a comparison: here, a band that is not the first."""
    bands = "定义 乙 分段 产值\n    超过 100万元 的部分 按 2%\n    不超过 100万元 的部分 按 3%\n"
    define = sound(HEAD + bands).measures[0].passages[-1].annotations[-1]
    assert isinstance(define, tree.Define) and isinstance(define.value.expr, tree.Bands)
    assert len(define.value.expr.bands) == 2


def test_a_name_may_begin_with_a_joining_word_and_a_text_may_hold_a_hash() -> None:
    policy = sound(
        HEAD.replace("    产值 金额", "    或有负债 金额\n    产值 金额") + '定义 乙 指 名称 为 "甲 # 乙" # 注\n'
    )
    facts = policy.appendices[0].annotations[0]
    assert isinstance(facts, tree.Facts)
    assert [fact.name.text for fact in facts.facts][1:4] == ["租金", "或有负债", "产值"]
    define = policy.measures[0].passages[-1].annotations[-1]
    assert isinstance(define, tree.Define) and isinstance(define.value.expr, tree.Compare)
    assert define.value.expr.right == tree.Text(span=S, value="甲 # 乙")
