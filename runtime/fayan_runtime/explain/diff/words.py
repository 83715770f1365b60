"""The fixed words of a comparison, in Chinese and English."""

from __future__ import annotations

ASPECT = {
    "header": ("文件头", "header"),
    "number": ("条号", "number of the measure"),
    "title": ("条名", "title"),
    "chapter": ("所在章", "chapter"),
    "responsible": ("责任单位", "responsible"),
    "provision": ("规则", "rule"),
    "renamed": ("规则名称", "name of the rule"),
    "kind": ("规则的性质", "kind of rule"),
    "nature": ("款项性质", "nature"),
    "each": ("逐项判断的清单", "list decided item by item"),
    "among": ("适用范围", "scope"),
    "period": ("有效期", "period"),
    "must": ("条件", "condition"),
    "amount": ("金额", "amount"),
    "stage": ("阶段", "stage"),
    "stated_total": ("所写合计", "stated total"),
    "check": ("核查", "check"),
    "goal": ("目标", "target"),
    "until": ("目标期限", "deadline"),
    "quota": ("名额", "quota"),
    "chosen": ("入选", "selection"),
    "discretion": ("裁量", "discretion"),
    "payer": ("兑付或办理单位", "paid or handled by"),
    "evidence": ("佐证", "evidence"),
    "ceiling": ("限额", "cap"),
    "highest": ("就高", "highest only"),
    "deduct": ("扣减", "deduction between rules"),
    "offset": ("抵扣", "set-off"),
    "definition": ("定义", "definition"),
    "reading": ("口径", "reading"),
    "fact": ("事实", "fact"),
    "derived": ("事实", "fact"),
    "enum": ("类型", "type"),
    "example": ("示例", "example"),
}
WHO = {
    "same": ("对象不变", "the same enterprises"),
    "wider": ("对象放宽", "more enterprises"),
    "narrower": ("对象收窄", "fewer enterprises"),
    "incomparable": ("对象有进有出", "some enterprises come in, others drop out"),
    "not_decided": ("对象是否有变未能断定", "not decided for whom"),
}
#: Of rules that give nothing: a target, a duty.
ABOUT = {
    "target": {
        "same": ("目标不变", "the same target"),
        "wider": ("目标放宽", "easier to meet"),
        "narrower": ("目标收紧", "harder to meet"),
        "incomparable": ("目标有宽有紧", "easier to meet for some, harder for others"),
        "not_decided": ("目标是否有变未能断定", "not decided whether the target changed"),
    },
    "duty": {
        "same": ("职责不变", "the same duty"),
        "wider": ("职责放宽", "easier to fulfil"),
        "narrower": ("职责收紧", "harder to fulfil"),
        "incomparable": ("职责有宽有紧", "easier to fulfil for some, harder for others"),
        "not_decided": ("职责是否有变未能断定", "not decided whether the duty changed"),
    },
}
HOW_MUCH = {
    "same": ("数额不变", "the same amounts"),
    "more": ("数额有增无减", "amounts rise, none falls"),
    "less": ("数额有减无增", "amounts fall, none rises"),
    "incomparable": ("数额有增有减", "some amounts rise, others fall"),
    "not_decided": ("数额是否有变未能断定", "not decided for how much"),
}
SHOWS = {
    "gains": ("新版才有的企业", "entitled only under the new version"),
    "loses": ("新版没有了的企业", "entitled only under the old version"),
    "more": ("新版多得的企业", "entitled to more"),
    "less": ("新版少得的企业", "entitled to less"),
}
#: Of a price by which a bid is scored: the lower, the better.
PRICE = {
    "same": ("评审价不变", "the same scored prices"),
    "more": ("评审价有增无减，更不利", "scored prices rise, none falls: worse for the bidder"),
    "less": ("评审价有减无增，更有利", "scored prices fall, none rises: better for the bidder"),
    "incomparable": ("评审价有增有减", "some scored prices rise, others fall"),
    "not_decided": ("评审价是否有变未能断定", "not decided for the scored price"),
}
SHOWS_PRICE = {
    "more": ("新版评审价更高的企业", "scored at a higher price"),
    "less": ("新版评审价更低的企业", "scored at a lower price"),
}
#: Not refused: what is due cannot be worked out, and the file or its drafter is to be asked.
ERROR = {
    "loses": ("新版无法计算的企业", "not computable under the new version"),
    "gains": ("旧版无法计算的企业", "not computable under the old version"),
}
SITUATIONS = {
    "gains": ("新版放宽的情形", "met only under the new version"),
    "loses": ("新版收紧的情形", "met only under the old version"),
}
WHY = {
    "limit": ("求解的步数用完了", "the solver's steps ran out"),
    "unsupported": (
        "所用的事实改了类型，或者有求解器不能表达的计算",
        "a fact changed its type, or a computation is beyond the solver",
    ),
    "given": (
        "所用的事实一版能推算、另一版只能填写：填了的结论相同，没有填的只有一版能断定",
        "a fact is worked out in one version and can only be given in the other: the same where it is given, else only one version decides",
    ),
    "replay": ("找到的例子重算不出来，请报告这个缺陷", "an example did not replay: please report this fault"),
}
#: What a fact is, where it has no unit or list of its own.
KINDS = {
    "bool": ("是否", "yes or no"),
    "number": ("数", "number"),
    "date": ("日期", "date"),
    "month": ("年月", "month"),
    "year": ("年度", "year"),
    "text": ("文本", "text"),
    "enum": ("选项", "one of a list"),
    "set": ("若干", "some of a list"),
    "record": ("清单", "list"),
}
LABELS = {
    "not_seen": ("未见", "not seen"),
    "comparison": ("政策两版比较", "Two versions compared"),
    "old": ("旧版", "Old"),
    "new": ("新版", "New"),
    "answer": ("结论", "The answer"),
    "changed": ("含义有变的", "Changed in meaning"),
    "default": ("缺省口径换了的", "Readings with another default"),
    "undecided": ("未能断定的", "Not decided"),
    "besides": ("对谁、给多少相同，别的有变", "The same for whom and how much; what else changed"),
    "besides_too": ("不关对谁、给多少的，也有变", "apart from whom and how much"),
    "per_year": ("按年计", "counted by the year"),
    "altogether": ("不分年，总共", "all years together"),
    "fact_default": ("缺省", "default"),
    "no_default": ("没有缺省", "no default"),
    "one_of_them": ("其中一项，", "one item of it: "),
    "same_by_default": ("缺省口径下不变", "the same under default readings"),
    "only_old": ("新版没有的条", "Measures only in the old version"),
    "only_new": ("新版增加的条", "Measures only in the new version"),
    "said_otherwise": ("写法变了、含义不变的", "Written otherwise, meaning the same"),
    "people": ("对所给的企业", "For the enterprises given"),
    "details": ("逐条说明", "Measure by measure"),
    "measure": ("第{}条", "Measure {}"),
    "preamble": ("前言", "Preamble"),
    "was": ("原第{}条", "was measure {}"),
    "rule_added": ("新增的规则", "a new rule"),
    "rule_gone": ("规则删去", "the rule is gone"),
    "text": ("原文", "Text"),
    "old_text": ("旧版原文", "Old text"),
    "new_text": ("新版原文", "New text"),
    "unseen": ("原文未见", "not on file"),
    "change": ("改", "change "),
    "lines": ("旧版文件第{}行 → 新版文件第{}行", "line {} of the old file → line {} of the new"),
    "line_old": ("旧版文件第{}行", "line {} of the old file"),
    "line_new": ("新版文件第{}行", "line {} of the new file"),
    "changes": ("改动", "What changed"),
    "meaning": ("对谁、给多少", "For whom and how much"),
    "whole": ("全文通用的部分", "What belongs to no measure"),
    "added": ("增加", "added"),
    "removed": ("删去", "removed"),
    "on": ("评估日", "Date of assessment"),
    "example": ("例", "For example"),
    "worked_out": ("推算 {}", "worked out as {}"),
    "not_worked_out": ("不推算", "not worked out"),
    "to_be_seen": ("要看原文：{}", "depends on texts not seen: {}"),
    "error_loses": ("有的企业新版无法计算", "for some the new version cannot be computed"),
    "error_gains": ("有的企业旧版无法计算", "for some the old version could not be computed"),
    "by_default": ("缺省", "by default"),
    "under": ("口径", "reading"),
    "option": ("取", "="),
    "used_by": ("用到它的规则", "used by"),
    "otherwise": ("其他口径下结论不同的", "Other readings where the verdict differs"),
    "bound": (
        "“对谁、给多少”由求解器逐项证明：事实都已知，每张清单（连同已付的）至多{}条；先比应给的数额，一样的再比抵扣已付以后还应付的；"
        "每个例子都用两版规则重算过。",
        "“For whom and how much” is proved by a solver: every fact known, at most {} items in a list (payments among them); what is due is "
        "compared first, and where that is equal, what is left to pay after set-off; every example was decided again under both versions.",
    ),
    "because": ("不给，因为：", ": refused, for: "),
    "unmet_because": ("没有做到，因为：", ": not met, for: "),
    "left": ("（已付抵扣后还应付{}）", " ({} left to pay after set-off)"),
    "no_rule": ("没有这项规则", "no such rule"),
    "unreadable": ("没有这样的事实", "no such fact"),
    "unseen_old": ("旧版原文不在手：{}", "the old text is not on file: {}"),
    "unseen_new": ("新版原文不在手：{}", "the new text is not on file: {}"),
}
