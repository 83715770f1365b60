"""FY43xx: a pot that is shared out (分配)."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term


class ShareShape(Problem):
    code = "FY4301"
    name = "share-shape"
    zh = "这里不能这样分配：{why}。"
    en = "It cannot be shared out like this: {why}."
    help_zh = "各项之间分的写在“逐项”的规则里，尾差归一项；各企业之间分的写“按 甲 占 总数”，尾差写“不分”或者“尾差 数额 归 条件”。"
    help_en = (
        "Among items: in a rule over items, the remainder going to one of them. Among enterprises: 按 甲 占 总数, "
        "with 尾差 不分 or 尾差 amount 归 condition."
    )
    why: Term
