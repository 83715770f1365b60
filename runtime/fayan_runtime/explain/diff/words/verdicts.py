"""What is said of one rule, and of an enterprise that shows it."""

from __future__ import annotations

WHO = {
    "same": ("对象不变", "the same enterprises"),
    "wider": ("对象放宽", "more enterprises"),
    "narrower": ("对象收窄", "fewer enterprises"),
    "incomparable": ("对象有进有出", "some enterprises come in, others drop out"),
    "not_decided": ("对象是否有变未能断定", "not decided for whom"),
    "none_found": ("对象没有查出变化", "no difference found for whom"),
}
HOW_MUCH = {
    "same": ("数额不变", "the same amounts"),
    "more": ("数额有增无减", "amounts rise, none falls"),
    "less": ("数额有减无增", "amounts fall, none rises"),
    "incomparable": ("数额有增有减", "some amounts rise, others fall"),
    "not_decided": ("数额是否有变未能断定", "not decided for how much"),
    "none_found": ("数额没有查出变化", "no difference found for how much"),
}
#: Of a price by which a bid is scored: the lower, the better.
PRICE = {
    "same": ("评审价不变", "the same scored prices"),
    "more": ("评审价有增无减，更不利", "scored prices rise, none falls: worse for the bidder"),
    "less": ("评审价有减无增，更有利", "scored prices fall, none rises: better for the bidder"),
    "incomparable": ("评审价有增有减", "some scored prices rise, others fall"),
    "not_decided": ("评审价是否有变未能断定", "not decided for the scored price"),
    "none_found": ("评审价没有查出变化", "no difference found for the scored price"),
}
#: Of a half that is not decided, what an example shows all the same.
PARTLY = {
    "who": {
        "gains": ("有企业新版才有，有没有不再有的未能断定", "some come in; not decided whether others drop out"),
        "loses": ("有企业新版没有了，有没有新增的未能断定", "some drop out; not decided whether others come in"),
    },
    "how_much": {
        "more": ("{}有增，有没有减未能断定", "some {} rise; not decided whether others fall"),
        "less": ("{}有减，有没有增未能断定", "some {} fall; not decided whether others rise"),
    },
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
        "wider": ("职责减轻", "easier to fulfil"),
        "narrower": ("职责加重", "harder to fulfil"),
        "incomparable": ("职责有轻有重", "easier to fulfil for some, harder for others"),
        "not_decided": ("职责是否有变未能断定", "not decided whether the duty changed"),
    },
}
#: A duty in either version, by what an example shows: owed to nobody, met, not met, or there without being checked.
_OWED, _MET, _UNMET, _UNCHECKED = "not_applicable", "duty_met", "duty_unmet", "duty"
#: From the one to the other: what is said of the duty, and of the example.
DUTY = {
    (_OWED, _MET): (("职责的对象扩大", "owed to more"), ("新版才管到的情形", "owed under the new version only")),
    (_OWED, _UNCHECKED): (("职责的对象扩大", "owed to more"), ("新版才管到的情形", "owed under the new version only")),
    (_MET, _OWED): (("职责的对象缩小", "owed to fewer"), ("新版不再管到的情形", "owed under the old version only")),
    (_UNCHECKED, _OWED): (("职责的对象缩小", "owed to fewer"), ("新版不再管到的情形", "owed under the old version only")),
    (_UNMET, _MET): (("职责减轻", "easier to fulfil"), ("新版才算做到的情形", "fulfilled under the new version only")),
    (_MET, _UNMET): (("职责加重", "harder to fulfil"), ("新版不算做到的情形", "fulfilled under the old version only")),
    (_UNMET, _UNCHECKED): (("职责不再核查", "no longer checked"), ("新版不再核查的情形", "checked under the old version only")),
    (_UNCHECKED, _UNMET): (("职责开始核查", "now checked"), ("新版才核查的情形", "checked under the new version only")),
    ("", _MET): (("新增的职责", "a new duty"), ("新版才有职责的情形", "owed under the new version only")),
    ("", _UNCHECKED): (("新增的职责", "a new duty"), ("新版才有职责的情形", "owed under the new version only")),
    (_MET, ""): (("职责取消", "the duty is gone"), ("旧版才有职责的情形", "owed under the old version only")),
    (_UNCHECKED, ""): (("职责取消", "the duty is gone"), ("旧版才有职责的情形", "owed under the old version only")),
}  # fmt: skip
SHOWS = {
    "gains": ("新版才有的企业", "entitled only under the new version"),
    "loses": ("新版没有了的企业", "entitled only under the old version"),
    "more": ("新版多得的企业", "entitled to more"),
    "less": ("新版少得的企业", "entitled to less"),
}
SHOWS_PRICE = {
    "more": ("新版评审价更高的企业", "scored at a higher price"),
    "less": ("新版评审价更低的企业", "scored at a lower price"),
}
SITUATIONS = {
    "gains": ("新版放宽的情形", "met only under the new version"),
    "loses": ("新版收紧的情形", "met only under the old version"),
}
#: Not refused: what is due cannot be worked out, and the file or its drafter is to be asked.
ERROR = {
    "loses": ("新版无法计算的企业", "not computable under the new version"),
    "gains": ("旧版无法计算的企业", "not computable under the old version"),
}
#: What is given, by its nature.
GIVES = {
    "cash": ("给予 {}", "granted {}"),
    "relief": ("减免或补贴 {}", "relief of {}"),
    "tax": ("减征 {}", "tax reduced by {}"),
    "deduction": ("加计扣除 {}", "extra deduction of {}"),
    "price": ("评审价 {}", "scored at {}"),
}
REFUSED_PRICE = ("不予价格扣除", "no price deduction")
WHY = {
    "limit": ("求解的步数用完了", "the solver's steps ran out"),
    "unsupported": (
        "所用的事实或者清单的栏两版声明得不一样，或者有求解器不能表达的计算",
        "a fact or a column is declared otherwise, or a computation is beyond the solver",
    ),
    "bound": (
        "只查到每张清单至多{}条，更多条的没有查到底",
        "looked into with at most {} items in a list only",
    ),
    "replay": ("找到的例子重算不出来，请报告这个缺陷", "an example did not replay: please report this fault"),
}
#: Phrases about a rule and its examples.
VERDICT = {
    "same_where_given": (
        "事实填了的不变，没有填的只有一版能断定",
        "the same where the facts are given; where they are not, only one version decides",
    ),
    "neither_decided": ("对象、{}是否有变都未能断定", "not decided for whom, nor {}"),
    "the_amount": ("数额", "for how much"),
    "the_price": ("评审价", "for the scored price"),
    "rests_on_unseen": (
        "要看没有见到的原文，没有比较",
        "rests on words nobody has seen, and is not compared",
    ),
    "which_unseen": ("没有见到的：{}", "not seen: {}"),
    "held": ("仍受{}所限，没有人多得或者少得", "still held by {}: nobody gets more or less"),
    "more_causes": ("等{}处", " and {1} more"),
    "of_rule": ("{}的{}", "{}, {}"),
    "done_to_rule": ("{}{}", "{}, {}"),
    "shares": ("本项与{}合用{}", "shares {1} with {0}"),
    "higher_cumulative": (
        "本项与{}就高，后得的只补差额",
        "only the highest of this and {} is paid, the later one as the difference",
    ),
    "higher_yearly": ("本项与{}同一年只给最高的一笔", "only the highest of this and {} is paid in a year"),
    "taken_off": ("本项要减去{}所得", "what {} gives is taken off"),
    "target_added": ("新增的目标", "a new target"),
    "target_gone": ("目标取消", "the target is gone"),
    "duty_added": ("新增的职责", "a new duty"),
    "duty_gone": ("职责取消", "the duty is gone"),
    "one_of_them": ("其中一项，", "one item of it: "),
    "recounted_where": ("逐户计的家数会变的", "Figures counted otherwise"),
    "counted_by": ("按“{}”逐户计{}，用它的目标：{}", "counted by {}{}; targets held against it: {}"),
    "counts_now": ("新版才计入的企业", "counted under the new version only"),
    "counts_no_more": ("新版不再计入的企业", "counted under the old version only"),
    "taken_otherwise": (
        "{}：旧版减去{}，新版减去{}",
        "{} takes off {} in the old version, {} in the new",
    ),
    "amounts": ("数额", "amounts"),
    "prices": ("评审价", "scored prices"),
    "open_by_default": ("缺省口径下未能断定{}", "not decided under default readings{}"),
    "same_by_default": ("缺省口径下不变", "the same under default readings"),
    "rule_added": ("新增的规则", "a new rule"),
    "rule_gone": ("规则取消", "the rule is gone"),
    "none_found": ("没有查出变化", "no difference found"),
    "since": (
        "新文件自{}起管，此前的事仍归旧文件",
        "the new document covers what happens from {} on; what happened before is still the old one's",
    ),
    "taken_over": (
        "自{}起的事，对谁、给多少不变，此前的事仍归旧文件",
        "the same for whom and how much for what happens from {} on; what happened before is still the old document's",
    ),
    "still_old": ("仍归旧文件的事", "still the old document's"),
    "taken_to_be": ("两版同样要看原文：{}", "both rest on words not seen: {}"),
    "to_be_seen": ("原文未见、不比较的：{}", "not seen in its text, and not compared: {}"),
    "at_least": ("（有的项无法计算，不计在内）", " (without items that cannot be computed)"),
    "error_loses": ("有的企业新版无法计算", "for some the new version cannot be computed"),
    "error_gains": ("有的企业旧版无法计算", "for some the old version could not be computed"),
    "together": ("且", " and "),
    "no_word": (
        "{}没有“{}”这一类，填不进去，按没有填算",
        "{}: has no word for “{}” and is asked without it",
    ),
    "because": ("不给，因为：", ": refused, for: "),
    "not_deducted_because": ("不扣除，因为：", ": not deducted, for: "),
    "not_owed_because": ("管不到，因为：", ": not owed, for: "),
    "unmet_because": ("没有做到，因为：", ": not met, for: "),
    "left": ("（已付抵扣后还应付{}）", " ({} left to pay after set-off)"),
    "no_rule": ("没有这项规则", "no such rule"),
    "unreadable": ("没有这样的事实", "no such fact"),
}  # fmt: skip
