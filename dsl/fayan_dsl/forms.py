"""How each line is written: an example for those who began one and did not end it well."""

from __future__ import annotations

from fayan_dsl.problem import Term

_FORMS = {
    "POLICY": "政策 某区促进中小企业发展若干措施",
    "HEADER": "文号 某府发〔2024〕1号",
    "DATEHEADER": "成文日期 2024年12月12日",
    "CHAPTER": "章 一 加强财税扶持",
    "MEASURE": "措施 5 给予认定奖励",
    "UNITS": "责任单位 区财政局、区经济信息委",
    "APPENDIX": "附 名词",
    "SEE": "见 首次认定、后续复核",
    "FIGURE": "数字 2335 产业集群体系的名称",
    "WAIVE": "容许 阶段合计 因 原文如此",
    "TYPE": "类型 级别 分 市级、国家级",
    "FACTS": "事实 企业",
    "DEFINE": "定义 达标（某年） 指 增速（某年） 超过 10%",
    "READING": "口径 R5.2 平均增长率怎样算",
    "RULE": "奖励 首次认定",
    "EACH": "逐次 认定记录",
    "AMONG": "其中 复核通过：通过",
    "MUST": "须 属区内：区内企业",
    "FIRST": "仅首次 按 级别",
    "ON": "于 认定日期",
    "AMOUNT": "金额 10万元",
    "STAGED": "分阶段共 300万元",
    "STAGE": "阶段 挂牌 100万元 于 挂牌日期",
    "PAYER": "由 区财政局",
    "NATURE": "性质 减免",
    "PERIOD": "有效期 自 2022年1月1日 至 2024年12月31日",
    "DUTY": "职责 配备服务专员",
    "CHECK": "核查 已有 服务专员",
    "GOAL": "目标 企业培育目标 企业数 达到 180家 截至 2025年",
    "SELECTION": "遴选 示范企业",
    "QUOTA": "名额 每年 10家",
    "CHOSEN": "入选 储备库企业",
    "CEILING": "限额 年度限额 每户每年",
    "COVERS": "及于 首次认定、后续复核",
    "NOTEXCEED": "不超过 50万元",
    "SPLIT": "分算 按 板块",
    "ORDER": "先后 按日期",
    "APPLIES": "适用 当 R7.1 为 a",
    "HIGHEST": "就高 首次认定、首次复核 累计",
    "DEDUCT": "扣减 首发上市 减去 新三板挂牌",
    "OFFSET": "抵扣 已兑付",
    "EXAMPLE": "示例 恰好20%不算超过",
    "ASSESS": "评估日 2025年6月30日",
    "GIVEN": "设 区内企业 是",
    "THEN": "则 首次认定 得 10万元",
    "BY": "按 级别",
    "PER": "依 R5.2",
    "WHEN": "当 产值 超过 1亿元 得出 10万元",
    "OTHERWISE": "否则 0元",
    "ELSE": "其余 0元",
}
_NONE = Term("", "")


def form(kind: str) -> Term:
    """A whole line that begins with a word of this kind, as a sentence; nothing where there is no such line."""
    line = _FORMS.get(kind)
    return Term(f"整行写作：{line}。", f" A whole line reads: {line}.") if line else _NONE
