"""Every fault the compiler knows: its code, the words it underlines, its sentence; and that one cause gives one message."""

from __future__ import annotations

import pytest

from fayan_dsl.problem import Problem
from tests.compiler.samples import cases, fault, faults, policy, underlined

#: An expression in a definition → code, underlined, sentence.
IN_DEFINITIONS = [
    ("收人 超过 10元", "FY2001", "收人", "“收人”没有定义过。"),
    ("收人 为 甲级", "FY2001", "收人", "“收人”没有定义过。"),
    ("规上 且 收入 超过 5元 且 测试", "FY2001", "测试", "“测试”没有定义过。"),
    ("没有的（收入）", "FY2001", "没有的", "“没有的”没有定义过。"),
    ("订干 中 有 等次 为 甲级 的", "FY2003", "订干", "没有“订干”这个清单。"),
    ("收入 中 个数", "FY2003", "收入", "没有“收入”这个清单。"),
    ("订单 中 最早 日子", "FY2004", "日子", "“订单”没有“日子”这一项。"),
    ("订单 中 有 其 级别 为 甲级 的", "FY2004", "其 级别", "“订单”没有“级别”这一项。"),
    ("经营 中 年度 为 2024年 的 收入", "FY2004", "收入", "“经营”没有“收入”这一项。"),
    ("R9 为 a", "FY2006", "R9", "没有口径 R9。"),
    ("R1 为 d", "FY2007", "d", "口径 R1 没有“d”这种读法。"),
    ("R1 属于 a、d", "FY2007", "d", "口径 R1 没有“d”这种读法。"),
    ("等级 为 丁级", "FY2008", "丁级", "“丁级”不是“级别”里的一种。"),
    ("等级 属于 甲级、丁级", "FY2008", "丁级", "“丁级”不是“级别”里的一种。"),
    ("领域 含 红色、蓝色", "FY2008", "蓝色", "“蓝色”不是“颜色”里的一种。"),
    ("甲级", "FY2011", "甲级", "“甲级”在这里有两种意思：类型“级别”的一种、类型“颜色”的一种。"),
    ("发生日 早于 评估日", "FY2015", "发生日", "“发生日”只能用在逐次的或分阶段的规则里，这里没有正在看的那一项。"),
    ("上年度 为 2024年", "FY2015", "上年度", "“上年度”只能用在逐次的或分阶段的规则里，这里没有正在看的那一项。"),
    ("本 日期 为 评估日", "FY2015", "本 日期", "“本 日期”只能用在逐次的或分阶段的规则里，这里没有正在看的那一项。"),
    ("其 日期 为 评估日", "FY2016", "其 日期", "“其 日期”只能用在“清单 中 …… 的”里面。"),
    ("规上 且 收入", "FY3001", "收入", "这里要的是条件（是或否），写的却是金额（元）。"),
    ("收入 为 等级", "FY3001", "等级", "这里要的是金额（元），写的却是类型“级别”。"),
    ("成立日期 不早于 2024年", "FY3001", "2024年", "这里要的是日期，写的却是年度。"),
    ("年度（收入）", "FY3001", "收入", "这里要的是日期或年月，写的却是金额（元）。"),
    ("成立日期 + 收入", "FY3001", "收入", "这里要的是一段时间，如3个月，写的却是金额（元）。"),
    ("收入 + 成立日期", "FY3001", "成立日期", "这里要的是数，写的却是日期。"),
    ("收入 × 规上", "FY3001", "规上", "这里要的是数，写的却是条件（是或否）。"),
    ("等级 含 甲级", "FY3001", "等级", "这里要的是若干（一组值），写的却是类型“级别”。"),
    ("较大（规上，规上）", "FY3001", "规上", "这里要的是数或日期，写的却是条件（是或否）。"),
    ("无", "FY3001", "无", "这里要的是一个值，写的却是“无”。"),
    ("无 + 1元", "FY3001", "无", "这里要的是一个值，写的却是“无”。"),
    ("10元 + 3个月", "FY3101", "10元 + 3个月", "金额（元）和时长（月）不能相加减。"),
    ("收入 超过 厂房", "FY3101", "收入 超过 厂房", "金额（元）和面积（平方米）不能比较。"),
    ("收入 + 10%", "FY3101", "收入 + 10%", "金额（元）和比例（%）不能相加减。"),
    ("员工 达到 20元", "FY3101", "员工 达到 20元", "数量（人）和金额（元）不能比较。"),
    ("员工 达到 20家", "FY3101", "员工 达到 20家", "数量（人）和数量（家）不能比较。"),
    ("年限 超过 3日", "FY3101", "年限 超过 3日", "时长（年）和时长（日）不能比较。"),
    ("较大（10元，厂房） 超过 5元", "FY3101", "10元，厂房", "金额（元）和面积（平方米）不能比较。"),
    ("年度（成立日期，成立日期）", "FY3003", "年度（成立日期，成立日期）", "“年度”要 1 个值，这里给了 2 个。"),
    ("较小（10元）", "FY3003", "较小（10元）", "“较小”要 2 个值，这里给了 1 个。"),
    ("用到口径（收入）", "FY3003", "用到口径（收入）", "“用到口径”要 0 个值，这里给了 1 个。"),
    ("迁入日期 早于 2024年1月1日", "FY3004", "迁入日期", "“迁入日期”可能没有，不能直接使用。"),
    ("订单 中 最早 日期 早于 评估日", "FY3004", "订单 中 最早 日期", "“订单 中 最早 日期”可能没有，不能直接使用。"),
    ("订单 中 最早 截止", "FY3004", "截止", "“截止”可能没有，不能直接使用。"),
    ("已有 成立日期", "FY3005", "成立日期", "“成立日期”没有标“可无”，是总有的，规则却问它有没有。"),
    ("收入 为 无", "FY3005", "收入", "“收入”没有标“可无”，是总有的，规则却问它有没有。"),
    ("收入 早于 10元", "FY3008", "收入 早于 10元", "“早于”不能用来比较金额（元）。"),
    ("成立日期 超过 2024年1月1日", "FY3008", "成立日期 超过 2024年1月1日", "“超过”不能用来比较日期。"),
    ("等级 超过 甲级", "FY3008", "等级 超过 甲级", "“超过”不能用来比较类型“级别”。"),
    ("订单 中 最大 日期", "FY3008", "日期", "“最大”不能用来比较日期。"),
    ("订单 中 合计 等次", "FY3008", "等次", "“合计”不能用来比较类型“级别”。"),
    ("年度（成立日期） - 3个月", "FY3009", "3个月", "这段时间要写定数。"),
    ("成立日期 + 1.5月", "FY3009", "1.5月", "这段时间要写定数。"),
    ("成立日期 + 年限", "FY3009", "年限", "这段时间要写定数。"),
    ("订单 为 3", "FY3010", "订单", "“订单”是清单，不是一个值。"),
    ("R2 为 a", "FY4005", "R2", "口径 R2 标了“不计算”，规则和示例不能用它。"),
    ("R1", "FY4012", "R1", "口径 R1 不是一个值。"),
    ("经营 为 3", "FY4007", "经营", "“经营”是系列，只能按年度取一项。"),
    ("经营 中 有 年度 为 2024年 的", "FY4007", "经营 中 有 年度 为 2024年 的", "“经营”是系列，只能按年度取一项。"),
    ("经营 中 产值 为 5元 的 产值", "FY4007", "经营 中 产值 为 5元 的 产值", "“经营”是系列，只能按年度取一项。"),
    ("经营 中 最大 产值", "FY4007", "经营 中 最大 产值", "“经营”是系列，只能按年度取一项。"),
    (
        "经营 中 年度 为 2024年 的 （产值 × 2）",
        "FY4007",
        "经营 中 年度 为 2024年 的 （产值 × 2）",
        "“经营”是系列，只能按年度取一项。",
    ),
]


@pytest.mark.parametrize(("expression", "code", "words", "sentence"), IN_DEFINITIONS)
def test_an_expression_with_one_fault(expression: str, code: str, words: str, sentence: str) -> None:
    assert fault(more=f"定义 测试式 指 {expression}") == (code, words, sentence)


#: Declarations → code, underlined, sentence.
DECLARED = [
    ("定义 乙（X：金钱） 指 规上", "FY2002", "金钱", "没有“金钱”这个类型。"),
    ("事实 全区\n    乙 金钱", "FY2002", "金钱", "没有“金钱”这个类型。"),
    ("定义 收入 指 1元", "FY2012", "收入", "“收入”已经声明过了。"),
    ("定义 乙（某日，某日） 指 某日 早于 评估日", "FY2012", "某日", "“某日”已经声明过了。"),
    ("类型 大小 分 大、小、大", "FY2012", "大", "“大”已经声明过了。"),
    ("定义 评估日 指 1元", "FY2013", "评估日", "“评估日”是语言自己的词，不能再作名字。"),
    ("定义 较小（某日） 指 1元", "FY2013", "较小", "“较小”是语言自己的词，不能再作名字。"),
    ("类型 金额 分 大、小", "FY2013", "金额", "“金额”是语言自己的词，不能再作名字。"),
    ("定义 乙 指 非 丙\n定义 丙 指 丁 且 规上\n定义 丁 指 乙", "FY2014", "乙", "定义互相依赖，绕成了一圈：乙 → 丙 → 丁 → 乙。"),
    ("定义 乙 指 非 乙", "FY2014", "乙", "定义互相依赖，绕成了一圈：乙 → 乙。"),
    ("定义 乙（某东西） 指 规上", "FY2017", "某东西", "从“某东西”看不出这个参数是什么类型。"),
    ("定义 乙（甲方） 指 规上", "FY2017", "甲方", "从“甲方”看不出这个参数是什么类型。"),
    ("定义 乙（某收入） 指 某收入 超过 1元\n定义 丙 指 乙（厂房）", "FY3101", "厂房", "金额（元）和面积（平方米）不能互相代替。"),
    ("定义 乙（某级别） 指 某级别 为 甲级\n定义 丙 指 乙（收入）", "FY3001", "收入", "这里要的是类型“级别”，写的却是金额（元）。"),
    ("定义 乙（某日） 指 某日 为 评估日\n定义 丙 指 乙", "FY3003", "乙", "“乙”要 1 个值，这里给了 0 个。"),
    ("定义 乙 按 等级\n    甲级 1元\n    乙级 2元", "FY4001", "按 等级", "“按”下面没有写全“级别”，还缺：丙级。"),
    ("定义 乙 依 R1\n    a 1元", "FY4002", "依 R1", "“依 R1”下面没有写全各种读法，还缺：b、c。"),
    ("定义 乙 依 R1\n    a 1元\n    d 2元", "FY2007", "d", "口径 R1 没有“d”这种读法。"),
    ("定义 乙 依 R9\n    a 1元", "FY2006", "R9", "没有口径 R9。"),
    ("定义 乙 按 等级\n    甲级 1元\n    丁级 2元", "FY2008", "丁级", "“丁级”不是“级别”里的一种。"),
    ("定义 乙 按 收入\n    甲级 1元\n    其余 2元", "FY3001", "收入", "这里要的是一个类型的值，写的却是金额（元）。"),
    ("定义 乙 按 等级\n    甲级、乙级 1元\n    乙级、丙级 2元", "FY4003", "乙级", "“乙级”写了两行。"),
    ("定义 乙 按 等级\n    其余 1元\n    其余 2元", "FY4003", "其余", "“其余”写了两行。"),
    ("定义 乙 依 R1\n    a 1元\n    a、b、c 2元", "FY4003", "a", "“a”写了两行。"),
    ("定义 乙 按 等级\n    甲级 1元\n    其余 20%", "FY3101", "20%", "金额（元）和比例（%）不能作同一个值的几种情形。"),
    ("定义 乙 依 R1\n    a 1元\n    b、c 规上", "FY3001", "规上", "这里要的是金额（元），写的却是条件（是或否）。"),
    ("定义 乙 分情形\n    当 规上 得出 1元", "FY4011", "分情形", "“分情形”没有写“否则”怎样。"),
    ("定义 乙 分情形\n    当 收入 得出 1元\n    否则 2元", "FY3001", "收入", "这里要的是条件（是或否），写的却是金额（元）。"),
    ("参数 乙\n    自 2022年1月1日 至 2022年12月31日 6%\n    自 2022年7月1日 起 10%", "FY4022", "2022年7月1日", "2022年7月1日这一天有两行都管到。"),
    ("参数 乙\n    自 2022年7月1日 至 2022年1月1日 6%", "FY4023", "2022年1月1日", "这一段从2022年7月1日到2022年1月1日，末日在首日以前。"),
    ("参数 乙\n    自 2022年7月1日 起 6%\n定义 丙 指 收入 × 乙", "FY3011", "乙", "“乙”逐日不同，这里没有事项日，看不出要哪一天的。"),
    ("口径 R3 没有用到\n    a 一", "FY4006", "R3", "口径 R3 没有规则用到，也没有标“不计算”。"),
    ("口径 R1 又一问\n    a 一", "FY2012", "R1", "“R1”已经声明过了。"),
    ("事实 全区\n    乙 清单\n        丙 清单\n            丁 金额", "FY4014", "丙", "“丙”不能这样声明：清单里不能再放清单。"),
    ("事实 全区\n    乙 系列\n        丁 金额", "FY4014", "乙", "“乙”不能这样声明：系列里要有“年度 年度”这一项。"),
    ("事实 全区\n    乙 清单", "FY4014", "乙", "“乙”不能这样声明：下面没有写各项。"),
    ("事实 全区\n    乙 金额\n        丁 金额", "FY4014", "乙", "“乙”不能这样声明：只有清单和系列下面才有各项。"),
    ("事实 全区\n    乙 若干 金额", "FY4014", "乙", "“乙”不能这样声明：“若干”后面要写一个类型或者年度。"),
    ("事实 全区\n    乙 清单 可无\n        丁 金额", "FY4014", "乙", "“乙”不能这样声明：清单没有就是空的，不用标“可无”或“缺省”。"),
    ("事实 全区\n    乙 金额 缺省 5月", "FY3101", "5月", "金额（元）和时长（月）不能互相代替。"),
    ("事实 全区\n    乙 金额 缺省 2024年", "FY3001", "2024年", "这里要的是金额（元），写的却是年度。"),
    ("事实 全区\n    乙 金额 缺省 收入", "FY3001", "收入", "这里要的是金额（元），写的却是“收入”。"),
    ("事实 全区\n    乙 金额 缺省 （收入 + 1元）", "FY3009", "收入 + 1元", "这里要写定数。"),
    ("事实 全区\n    乙 级别 缺省 丁级", "FY2008", "丁级", "“丁级”不是“级别”里的一种。"),
    ("奖励 乙\n    金额 1元", "FY4017", "乙", "“乙”写在附里，没有原文可依。"),
    ("有效期 至 收入", "FY3007", "收入", "有效期要写日期，写的却是金额（元）。"),
    ("抵扣 订单", "FY4015", "订单", "不能拿“订单”抵扣：要有各项：措施、事项、金额。"),
    ("抵扣 订干", "FY2003", "订干", "没有“订干”这个清单。"),
    ("抵扣 已付\n抵扣 已付", "FY4015", "已付", "不能拿“已付”抵扣：已经有一条“抵扣”了。"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "code", "words", "sentence"), DECLARED)
def test_a_declaration_with_one_fault(more: str, code: str, words: str, sentence: str) -> None:
    assert fault(more=more) == (code, words, sentence)


RULE = "奖励 合同奖\n    逐份 合同\n    金额 1万元\n奖励 订单奖\n    逐次 订单\n    金额 1万元\n奖励 迁入奖\n    阶段 迁入 1万元 于 迁入日期\n"
#: Rules under the sentence of the measure → code, underlined, sentence.
IN_RULES = [
    ("奖励 乙\n    逐次 订干\n    须 日期 早于 2024年1月1日\n    金额 数额", "FY2003", "订干", "没有“订干”这个清单。"),
    ("奖励 乙\n    逐次 经营\n    金额 1元", "FY4007", "经营", "“经营”是系列，只能按年度取一项。"),
    ("奖励 乙\n    逐次 订单", "FY4004", "乙", "“乙”没有写金额。"),
    ("奖励 乙\n    逐次 订单\n    金额 厂房", "FY3006", "厂房", "金额要以元计，这里得出的是面积（平方米）。"),
    ("减免 乙\n    逐份 合同\n    金额 5元/平方米·月 × 面积", "FY3006", "5元/平方米·月 × 面积", "金额要以元计，这里得出的是数量（元/月）。"),
    ("扣除 乙\n    金额 100%", "FY3006", "100%", "金额要以元计，这里得出的是比例（%）。"),
    ("评审价 乙\n    金额 规上", "FY3006", "规上", "金额要以元计，这里得出的是条件（是或否）。"),
    ("奖励 乙\n    逐次 订单\n    仅首次 按 截止\n    金额 1元", "FY3004", "截止", "“截止”可能没有，不能直接使用。"),
    ("奖励 乙\n    逐次 订单\n    仅首次 按 级别\n    金额 1元", "FY2004", "级别", "“订单”没有“级别”这一项。"),
    ("奖励 乙\n    仅首次\n    金额 1元", "FY4013", "仅首次", "“乙”里不能有这一行：只有逐次的规则才有先后。"),
    ("奖励 乙\n    于 评估日\n    金额 1元", "FY4013", "评估日", "“乙”里不能有这一行：只有逐次的规则才有“于”，单个日期用“阶段”。"),
    ("奖励 乙\n    逐次 订单\n    于 数额\n    金额 1元", "FY3007", "数额", "“于”要写日期，写的却是金额（元）。"),
    ("奖励 乙\n    逐次 订单\n    于 截止\n    金额 1元", "FY3004", "截止", "“截止”可能没有，不能直接使用。"),
    ("奖励 乙\n    阶段 甲 1元 于 收入", "FY3007", "收入", "阶段的“于”要写日期，写的却是金额（元）。"),
    ("奖励 乙\n    阶段 甲 5月 于 迁入日期", "FY3006", "5月", "金额要以元计，这里得出的是时长（月）。"),
    ("奖励 乙\n    分阶段共 5月\n    阶段 甲 5元 于 迁入日期", "FY3006", "5月", "金额要以元计，这里得出的是时长（月）。"),
    ("奖励 乙\n    阶段 甲 1元 于 迁入日期\n    阶段 甲 1元 于 迁入日期", "FY2012", "甲", "“甲”已经声明过了。"),
    ("奖励 乙\n    逐次 订单\n    有效期 自 2024年\n    金额 1元", "FY3007", "2024年", "有效期要写日期，写的却是年度。"),
    ("奖励 乙\n    有效期 自 2024年1月1日\n    金额 1元", "FY4013", "有效期 自 2024年1月1日", "“乙”里不能有这一行：没有发生日，有效期无从算起。"),
    ("支持 乙\n    须 规上\n    金额 1元", "FY4013", "1元", "“乙”里不能有这一行：“支持”不定金额，要定金额用“奖励”等。"),
    ("补贴 乙\n    性质 馈赠\n    金额 1元", "FY4016", "馈赠", "没有“馈赠”这种性质。"),
    ("奖励 乙\n    金额 1元\n    阶段 甲 1元 于 迁入日期", "FY4013", "阶段 甲 1元 于 迁入日期", "“乙”里不能有这一行：分阶段的规则不再写“逐次”和“金额”。"),
    ("奖励 乙\n    逐次 订单\n    须 订单 中 有 日期 为 评估日 的\n    金额 1元", "FY2011", "日期", "“日期”在这里有两种意思：清单里正在看的那一项、规则正在看的那一项。"),
    ("奖励 乙\n    逐次 订单\n    须 订单 中 有 等次 为 甲级 的\n    金额 1元", "FY2011", "等次", "“等次”在这里有两种意思：清单里正在看的那一项、规则正在看的那一项。"),
    ("奖励 乙\n    逐次 订单\n    须 截止 早于 评估日\n    金额 1元", "FY3004", "截止", "“截止”可能没有，不能直接使用。"),
    ("奖励 乙\n    须 发生日 早于 评估日\n    金额 1元", "FY4018", "乙", "“乙”少了“逐次”一行。"),
    ("奖励 乙\n    金额 1元\n奖励 乙\n    金额 1元", "FY2012", "乙", "“乙”已经声明过了。"),
    ("职责 乙\n    核查 收入", "FY3001", "收入", "这里要的是条件（是或否），写的却是金额（元）。"),
    ("目标 乙 企业数 达到 5家 截至 5元", "FY3007", "5元", "“截至”要写日期，写的却是金额（元）。"),
    ("目标 乙 企业数 达到 5元 截至 2025年", "FY3101", "企业数 达到 5元", "数量（家）和金额（元）不能比较。"),
    ("遴选 乙\n    入选 收入", "FY3001", "收入", "这里要的是条件（是或否），写的却是金额（元）。"),
    (RULE + "限额 总额 每户\n    不超过 5元\n    及于 合同奖、合同将", "FY2005", "合同将", "没有“合同将”这条规则。"),
    (RULE + "限额 总额 每户\n    不超过 5平方米\n    及于 合同奖", "FY3006", "5平方米", "金额要以元计，这里得出的是面积（平方米）。"),
    (RULE + "限额 总额 每户\n    不超过 所计 中 最大 租期 × 1元\n    及于 合同奖", "FY3006", "所计 中 最大 租期 × 1元", "金额要以元计，这里得出的是数量（元·月）。"),
    (RULE + "限额 总额 每户\n    不超过 所计 中 最大 租期 × 1元/月\n    及于 合同奖、订单奖", "FY2004", "租期", "“所计”没有“租期”这一项。"),
    (RULE + "限额 总额 每户\n    不超过 5元\n    及于 合同奖 当 规上", "FY4008", "规上", "这里的条件只能看口径，不能看企业的情况。"),
    (RULE + "限额 总额 每户\n    不超过 5元\n    及于 合同奖\n    分算 当 规上 且 R1 为 a", "FY4008", "规上 且 R1 为 a", "这里的条件只能看口径，不能看企业的情况。"),
    (RULE + "限额 总额 每户\n    不超过 5元\n    及于 合同奖\n    适用 当 用到口径", "FY4008", "用到口径", "这里的条件只能看口径，不能看企业的情况。"),
    (RULE + "限额 总额 每户\n    不超过 5元\n    及于 合同奖\n    分算 按 等次", "FY2004", "等次", "“所计”没有“等次”这一项。"),
    (RULE + "限额 总额 每户\n    及于 合同奖", "FY4018", "总额", "“总额”少了“不超过”一行。"),
    (RULE + "限额 总额 每户\n    不超过 5元", "FY4018", "总额", "“总额”少了“及于”一行。"),
    (RULE + "限额 合同奖 每户\n    不超过 5元\n    及于 合同奖", "FY2012", "合同奖", "“合同奖”已经声明过了。"),
    (RULE + "就高 合同奖、迁出 累计", "FY2005", "迁出", "没有“迁出”这条规则。"),
    (RULE + "就高 合同奖、订单奖 每年 当 规上", "FY4008", "规上", "这里的条件只能看口径，不能看企业的情况。"),
    (RULE + "扣减 合同奖 减去 迁入", "FY2005", "迁入", "没有“迁入”这条规则。"),
    (RULE + "支持 扶持\n    须 规上\n扣减 合同奖 减去 扶持", "FY4013", "扶持", "“扣减 合同奖”里不能有这一行：“扶持”不给钱。"),
    (RULE + "奖励 乙\n    阶段 迁入 1元 于 迁入日期\n就高 迁入、合同奖 累计", "FY2011", "迁入", "“迁入”在这里有两种意思：迁入奖、乙都有这个阶段。"),
    (RULE + "见 合同奖、合同将", "FY2005", "合同将", "没有“合同将”这条规则。"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "code", "words", "sentence"), IN_RULES)
def test_a_rule_with_one_fault(lines: str, code: str, words: str, sentence: str) -> None:
    assert fault(lines) == (code, words, sentence)


EXAMPLE = "示例 试\n    评估日 2025年1月1日\n"
#: Examples for a policy with a few rules → code, underlined, sentence.
IN_EXAMPLES = [
    ("示例 试\n    则 合同奖 不予", "FY4021", "示例", "示例写得不完整：没有写评估日。"),
    ("示例 试\n    评估日 2025年1月1日", "FY4021", "示例", "示例写得不完整：没有写“则”怎样。"),
    (EXAMPLE + "    设 规下 是\n    则 合同奖 不予", "FY2001", "规下", "“规下”没有定义过。"),
    (EXAMPLE + "    设 规上 是\n    设 规上 否\n    则 合同奖 不予", "FY2012", "规上", "“规上”已经声明过了。"),
    (EXAMPLE + "    设 收入 5月\n    则 合同奖 不予", "FY3101", "5月", "金额（元）和时长（月）不能互相代替。"),
    (EXAMPLE + "    设 收入 无\n    则 合同奖 不予", "FY3001", "无", "这里要的是金额（元），写的却是“无”。"),
    (EXAMPLE + "    设 收入 -5元\n    则 合同奖 不予", "FY4020", "-5元", "示例里的“收入”不能这样写：不能是负数。"),
    (EXAMPLE + "    设 收入 5元、6元\n    则 合同奖 不予", "FY3001", "5元、6元", "这里要的是金额（元），写的却是几个值。"),
    (EXAMPLE + "    设 领域 红色、蓝色\n    则 合同奖 不予", "FY2008", "蓝色", "“蓝色”不是“颜色”里的一种。"),
    (EXAMPLE + "    设 收入\n        日期\n        2024年1月1日\n    则 合同奖 不予", "FY4021", "收入", "示例写得不完整：“收入”是一个值，不是一张表。"),
    (EXAMPLE + "    设 订单 5元\n    则 合同奖 不予", "FY3001", "5元", "这里要的是清单“订单”，写的却是一个值。"),
    (EXAMPLE + "    设 订单\n        日子\n        2024年1月1日\n    则 合同奖 不予", "FY2004", "日子", "“订单”没有“日子”这一项。"),
    (EXAMPLE + "    设 订单\n        日期 等次\n        2024年1月1日\n    则 合同奖 不予", "FY4021", "2024年1月1日", "示例写得不完整：表头有 2 列（日期、等次），这一行有 1 格。"),
    (EXAMPLE + "    设 经营\n        年度 产值\n        2024年 5元\n        2024年 6元\n    则 合同奖 不予", "FY4020", "2024年", "示例里的“经营[1]”不能这样写：同一年度写了两行。"),
    (EXAMPLE + "    则 合同将 不予", "FY2005", "合同将", "没有“合同将”这条规则。"),
    (EXAMPLE + "    则 措施 7 不予", "FY2005", "则 措施 7 不予", "没有“措施 7”这条规则。"),
    (EXAMPLE + "    则 R9 a 合同奖 不予", "FY2006", "R9", "没有口径 R9。"),
    (EXAMPLE + "    则 R1 d 合同奖 不予", "FY2007", "d", "口径 R1 没有“d”这种读法。"),
    (EXAMPLE + "    则 合同奖 不予 因 规上", "FY2009", "规上", "“合同奖”没有叫“规上”的条件。"),
    (EXAMPLE + "    则 合同奖 不与", "FY2010", "则 合同奖 不与", "“不与”不是一种结果。"),
    (EXAMPLE + "    则 合同奖 不明 缺 规下", "FY2001", "则 合同奖 不明 缺 规下", "“规下”没有定义过。"),
    (EXAMPLE + "    则 合同奖 得 5月", "FY3006", "5月", "金额要以元计，这里得出的是时长（月）。"),
    (EXAMPLE + "    则\n        R9 合同奖\n        a 不予", "FY2006", "R9", "没有口径 R9。"),
    (EXAMPLE + "    则\n        子 合同奖\n        5元 不予", "FY2005", "子", "没有“子”这条规则。"),
    (EXAMPLE + "    则\n        R1 合同奖\n        a", "FY4021", "a", "示例写得不完整：表头有 2 列（R1、合同奖），这一行有 1 格。"),
    (EXAMPLE + "    则\n        合同奖", "FY4021", "则", "示例写得不完整：表里只有表头。"),
    (EXAMPLE + "    则\n        R1 合同奖\n        a 不与", "FY2010", "不与", "“不与”不是一种结果。"),
    (EXAMPLE + "    则\n        R1 合同奖\n        a 5月", "FY3006", "5月", "金额要以元计，这里得出的是时长（月）。"),
    (EXAMPLE + "    设 收入 子\n    设 厂房 5元\n    则\n        子 合同奖\n        5元 不予\n        6元 不予", "FY3101", "5元", "面积（平方米）和金额（元）不能互相代替。"),
]  # fmt: skip


@pytest.mark.parametrize(("example", "code", "words", "sentence"), IN_EXAMPLES)
def test_an_example_with_one_fault(example: str, code: str, words: str, sentence: str) -> None:
    found, problems = cases(example, RULE)
    assert [(problem.code, underlined(problem), problem.title()) for problem in problems] == [(code, words, sentence)]
    assert not found or len(problems) == 1


@pytest.mark.parametrize("key", ["文号", "发文机关", "成文日期"])
def test_a_header_line_that_is_missing(key: str) -> None:
    from fayan_compiler.pipeline import compile_policy
    from fayan_dsl.parse import parse
    from fayan_dsl.source import Source

    lines = [line for line in policy().text.splitlines(keepends=True) if not line.startswith(f"    {key}")]
    parsed, problems = parse(Source("sample.pol", "".join(lines)))
    assert parsed is not None and not problems
    program, problems = compile_policy(parsed)
    assert program is None
    assert [(one.code, underlined(one), one.title()) for one in problems] == [
        ("FY4019", "政策 测试政策", f"“政策”下面没有写{key}。")
    ]


def test_a_number_used_twice() -> None:
    from fayan_compiler.pipeline import compile_policy
    from fayan_dsl.parse import parse
    from fayan_dsl.source import Source

    text = policy().text.replace("\n附 声明", "措施 1 又一条\n｜另有一句。\n    说明\n\n附 声明")
    parsed, problems = parse(Source("sample.pol", text))
    assert parsed is not None and not problems
    program, problems = compile_policy(parsed)
    assert program is None
    assert [(one.code, one.title()) for one in problems] == [("FY2018", "“措施 1”这个编号用了两次。")]
    assert text[problems[0].span.start :].startswith("措施 1 又一条")
    assert [text[label.span.start :].startswith("措施 1 奖") for label in problems[0].labels] == [True]


def test_limits_are_counts() -> None:
    """64 definitions may use one another in a chain, not 65, in whichever order they are written."""
    for order in (1, -1):
        for length, told in ((64, []), (65, ["FY4009"]), (3000, ["FY4009"])):
            chain = [f"定义 甲{place} 指 甲{place + 1}" for place in range(length - 1)] + [
                f"定义 甲{length - 1} 指 规上"
            ]
            assert [problem.code for problem in faults(more="\n".join(chain[::order]))] == told


def test_nesting_is_a_count() -> None:
    """A tree deeper than the limit, which no text gives, is a message as well."""
    from fayan_compiler.pipeline import compile_policy
    from fayan_dsl import tree
    from fayan_dsl.parse import parse
    from fayan_dsl.source import Span

    parsed, _ = parse(policy(more="定义 深 指 规上"))
    assert parsed is not None
    deep: tree.Expr = tree.Ref(span=Span(0, 2), name="规上")
    for _ in range(3000):
        deep = tree.Not(span=Span(0, 2), part=deep)
    define = tree.Define(
        span=Span(0, 2),
        name=tree.Name(span=Span(0, 2), text="更深"),
        params=(),
        value=tree.Value(span=Span(0, 2), expr=deep),
    )
    import attrs

    appendix = attrs.evolve(parsed.appendices[0], annotations=(*parsed.appendices[0].annotations, define))
    program, problems = compile_policy(attrs.evolve(parsed, appendices=(appendix,)))
    assert program is None
    assert [(one.code, one.title()) for one in problems] == [("FY4010", "式子套得太深，超过了 1024 层的上限。")]


# ---------------------------------------------------------------- the way out
def told(more: str) -> Problem:
    (problem,) = faults(more=more)
    return problem


def test_a_near_name_is_offered_as_an_edit() -> None:
    problem = told("定义 测试式 指 收人 超过 10元")
    assert problem.help() == "是不是“收入”？"
    assert problem.help("en") == "Did you mean “收入”?"
    assert [edit.text for fix in problem.fixes for edit in fix.edits] == ["收入"]
    assert problem.fixes[0].edits[0].span == problem.span


def test_two_characters_swapped_are_near() -> None:
    assert told("定义 测试式 指 立成日期 早于 评估日").help() == "是不是“成立日期”？"


def test_a_lump_with_one_way_to_cut_it_is_cut() -> None:
    problem = told("定义 测试式 指 规上 且 成立日期不早于")
    assert (underlined(problem), problem.help()) == ("成立日期不早于", "词与词之间要空格：成立日期 不早于。")
    assert [edit.text for fix in problem.fixes for edit in fix.edits] == ["成立日期 不早于"]


def test_a_lump_that_can_be_cut_in_two_ways_is_not_cut() -> None:
    from fayan_compiler.report import only_split

    assert only_split("年度收入", ["年度", "收入"]) == ["年度", "收入"]
    assert only_split("年度收入", ["年度", "收入", "年", "度收入"]) is None
    assert only_split("不超过且", ["收入"]) is None


def test_few_known_words_are_listed() -> None:
    problem = told("定义 测试式 指 R1 为 d")
    assert (problem.help(), problem.fixes) == ("可写的有：a、b、c。", ())


def test_a_percentage_of_nothing() -> None:
    problem = told("定义 测试式 指 收入 + 10%")
    assert problem.help() == "写明是谁的百分之几，如“收入 × 10%”。"
    text = problem.source.text
    assert [(text[label.span.start : label.span.end], label.text.zh) for label in problem.labels] == [
        ("收入", "这是金额（元）"),
        ("10%", "这是比例（%）"),
    ]


def test_an_ambiguous_field_says_how_to_write_it() -> None:
    (problem,) = faults("奖励 乙\n    逐次 订单\n    须 订单 中 有 日期 为 评估日 的\n    金额 1元")
    assert problem.help() == "写明“其 日期”或“本 日期”，或者换个名字。"
    assert problem.title("en") == "“日期” could mean either of two things here: the query's item, the rule's item."


def test_the_cycle_is_labelled() -> None:
    problem = told("定义 乙 指 丙\n定义 丙 指 乙")
    text = problem.source.text
    assert [text[label.span.start : label.span.end] for label in problem.labels] == ["丙"]
    assert problem.title("en") == "Definitions depend on one another in a circle: 乙 → 丙 → 乙."


def test_the_first_declaration_is_labelled() -> None:
    problem = told("定义 收入 指 1元")
    (label,) = problem.labels
    assert problem.source.text[label.span.start : label.span.end] == "收入"
    assert {label.span, problem.span} == {problem.span, label.span} and label.span != problem.span


# ---------------------------------------------------------------- one cause, one message
def test_a_missing_name_is_told_once_with_every_place() -> None:
    (problem,) = faults(more="定义 乙 指 新旧 超过 1元 且 新旧 不超过 9元\n定义 丙 指 新旧 + 1元")
    assert (problem.code, problem.title()) == ("FY2001", "“新旧”没有定义过，有 3 处用到它。")
    assert [label.text.zh for label in problem.labels] == ["这里也用到"] * 2


def test_many_missing_names_have_one_cause() -> None:
    more = "\n".join(f"定义 {name}数 指 {name}年支出 超过 1元" for name in "子丑寅卯辰")
    (problem,) = faults(more=more)
    assert problem.code == "FY2019"
    assert (
        problem.title() == "有 5 个名字用到了而没有声明：“子年支出”、“丑年支出”、“寅年支出”、“卯年支出”、“辰年支出”。"
    )
    assert underlined(problem) == "子年支出" and len(problem.labels) == 4
    assert [one.code for one in faults(more=more.partition("\n")[2])] == ["FY2001"] * 4


def test_a_declaration_that_nothing_uses_is_where_the_slip_is() -> None:
    (problem,) = faults(more="定义 达标情形 指 规上\n定义 乙 指 达标情型 且 规上\n定义 丙 指 非 达标情型")
    assert (problem.code, underlined(problem)) == ("FY2020", "达标情形")
    assert problem.title() == "这里声明的是“达标情形”，用到它的 2 处写的是“达标情型”。"


def test_a_suggestion_never_says_the_opposite() -> None:
    problem = told("定义 乙 指 不规上")
    assert problem.help() == "要说相反的意思，写“非 规上”。"
    assert [edit.text for fix in problem.fixes for edit in fix.edits] == ["非 规上"]
    assert told("定义 乙 指 未成立日期 早于 评估日").help() == "要说相反的意思，写“非 成立日期”。"
    assert told("定义 乙 指 下年收入 超过 1元").fixes == ()


def test_words_that_sound_or_look_alike_are_near() -> None:
    assert told("定义 乙 指 成力日期 早于 评估日").help() == "是不是“成立日期”？"
    assert told("定义 乙 指 承立日起 早于 评估日").help() == "是不是“成立日期”？"
    assert "是不是" not in told("定义 乙 指 ＯＴＣ收入 超过 1元").help()  # nothing is near: how to declare it


def test_what_depends_on_a_fault_says_nothing() -> None:
    chain = "定义 乙 指 收人 超过 10元\n定义 丙 指 乙 且 规上\n定义 丁（某日） 指 丙 或 某日 早于 评估日\n"
    problems = faults("奖励 戊\n    逐次 订单\n    须 丁（日期）\n    金额 1元", chain)
    assert [(problem.code, underlined(problem)) for problem in problems] == [("FY2001", "收人")]


def test_several_faults_are_reported_in_the_order_of_the_file() -> None:
    more = "定义 乙 指 收人 超过 10元\n定义 丙 指 收入 超过 厂房\n定义 丁 指 迁入日期 早于 评估日"
    assert [problem.code for problem in faults(more=more)] == ["FY2001", "FY3101", "FY3004"]


def test_a_reading_in_what_could_not_be_read_counts_as_used() -> None:
    more = "定义 乙 指 订干 中 有 R3 为 a 的\n口径 R3 第三问\n    a 一"
    assert [problem.code for problem in faults(more=more)] == ["FY2003"]
