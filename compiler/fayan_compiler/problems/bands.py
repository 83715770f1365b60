"""FY42xx: amounts in bands (分段)."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term


class BandShape(Problem):
    """A row that marks off no band."""

    code = "FY4201"
    name = "band-shape"
    zh = "这一行划不出一段：{why}。"
    en = "This row marks off no band: {why}."
    help_zh = "写成“不超过 甲 的部分”“超过 甲 至 乙 的部分”或者“超过 乙 的部分”。"
    help_en = "Write “不超过 甲 的部分”, “超过 甲 至 乙 的部分” or “超过 乙 的部分”."
    why: Term


class BandsOverlap(Problem):
    code = "FY4202"
    name = "bands-overlap"
    zh = "{where}的部分有两行都管到。"
    en = "Two rows cover the part {where}."
    help_zh = "让后一段的下限正好是前一段的上限。"
    help_en = "Let the lower limit of the one be the upper limit of the other."
    where: Term


class BandsGap(Problem):
    code = "FY4203"
    name = "bands-gap"
    zh = "{where}的部分没有一行管到。"
    en = "No row covers the part {where}."
    help_zh = "补一行；这一部分不计的，写“按 0%”。"
    help_en = "Add a row; where nothing is given for that part, write 按 0%."
    where: Term
