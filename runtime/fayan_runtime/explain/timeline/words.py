"""The fixed words of a timeline, in Chinese and English."""

from __future__ import annotations

LABELS = {
    "timeline": ("政策时间线", "Timeline of a policy"),
    "answer": ("结论", "The answer"),
    "documents": ("各版本", "Versions"),
    "rules": ("各项规则管哪些日子的事", "Event days that each rule covers"),
    "parameters": ("逐日不同的参数", "Parameters by day"),
    "others": ("其余规则没有事项日期，随文件有效。", "Other rules have no event day and go with their document."),
    "none_dated": ("各项规则没有事项日期，随文件有效。", "No rule has an event day: all go with their document."),
    "legend": (
        "“=”在文件有效期内，“-”文件施行以前的事也管，“?”不知道，“.”不管",
        "“=” while the document is in force, “-” events before it took effect, “?” not known, “.” not covered",
    ),
    "drawn": (
        "实心：在文件有效期内；斜纹：文件施行以前的事也管；虚框：不知道",
        "Solid: while the document is in force; hatched: events before it took effect; dashed: not known",
    ),
    "otherwise": ("其他口径下管的日子不同的", "Other days under other readings"),
    "under": ("口径 {} 取 {}：{}", "under {} = {}: {}"),
    "from_to": ("{}至{}", "{} to {}"),
    "from": ("{}起", "from {}"),
    "to": ("至{}", "to {}"),
    "any_day": ("不限日期", "any day"),
    "first_unseen": ("施行日期未见", "effective date not seen"),
    "dated": ("成文于{}", "dated {}"),
    "dated_unseen": ("成文日期未见", "date not seen"),
    "until": ("有效期至{}", "valid until {}"),
    "no_end": ("没有写到哪天", "no last day stated"),
    "repealed": ("自{}起由{}废止", "repealed from {} by {}"),
    "repealed_unseen": ("由{}废止，从哪天起未见", "repealed by {}, on a day not seen"),
    "from_dated": ("没写施行日期，按成文日期算", "no effective date stated: counted from its date"),
    "several_apart": ("{}份文件", "{} documents"),
    "several": ("{}份文件，其中{}份接替了前一版", "{} documents, {} of which take the place of one before"),
    "one": ("只有一版。", "One version only."),
    "gaps": ("{}处空档", "{} gap(s)"),
    "overlaps": ("{}处重叠", "{} overlap(s)"),
    "none": ("没有见到空档和重叠", "no gap or overlap is seen"),
    "unknowns": ("{}处说不明", "{} place(s) where it is not known"),
    "clean": ("各版前后相接，没有空档，也没有重叠。", "Each version follows on the one before; no gap, no overlap."),
    "with_document": ("随文件到此为止", "where the document ends"),
    "one_document": ("这几个文件的内容相同，是同一份文件。", "These files say the same: they are one document."),
    "drafts": (
        "这几个文件是同一文号的几稿，互不接替，只并列画出。",
        "These files are drafts with one number and do not follow one another; they are drawn side by side.",
    ),
    "unlinked": (
        "这几个文件互不接替，只并列画出。",
        "These documents do not follow one another; they are drawn side by side.",
    ),
}
#: What a finding says: of the documents, of rules. {days} {old} {new} {rules}
DOCUMENT = {
    "gap": (
        "空档：{days}没有一版有效（{old}已经到期，{new}还没有施行）",
        "gap: {days} no version is in force ({old} has ended, {new} has not begun)",
    ),
    "overlap": (
        "重叠：{days}{old}和{new}都有效，没有见到废止{old}的话",
        "overlap: {days} both {old} and {new} are in force; nothing seen repeals {old}",
    ),
    "adjacent": (
        "{old}到{new}：前后相接，{days}换版",
        "{old} to {new}: one follows on the other; the change is {days}",
    ),
    "unknown": (
        "说不明：{old}到哪天为止、{new}从哪天起，有没有见到的日期",
        "not known: when {old} ends or {new} begins was not seen",
    ),
    "maybe_both": (
        "说不明：{days}，{new}有效，{old}的施行日期没有见到，是不是也有效不知道；没有见到废止{old}的话",
        "not known: {days} {new} is in force; whether {old} is too, whose first day was not seen, is not known; nothing seen repeals {old}",
    ),
}
RULES = {
    "gap": ("空档：{days}发生的，两版都不管：{rules}", "gap: events {days} are covered by neither version: {rules}"),
    "overlap": (
        "重叠：{days}发生的，两版都管，同一件事只能算一次：{rules}",
        "overlap: events {days} are covered by both, and count only once: {rules}",
    ),
    "maybe_gap": (
        "说不明：{days}发生的，{new}不管，{old}管不管要看原文，原文不在手：{rules}",
        "not known: events {days} are not covered by {new}; whether {old} covers them is not on file: {rules}",
    ),
    "maybe_both": (
        "说不明：{days}发生的，{new}管，{old}的施行日期没有见到，管不管不知道：{rules}",
        "not known: events {days} are covered by {new}; whether by {old} too, whose first day was not seen, is not known: {rules}",
    ),
    "maybe_overlap": (
        "说不明：{days}发生的，{new}也管，{old}管不管要看原文，原文不在手；照旧版付过的要核对：{rules}",
        "not known: events {days} are covered by {new} too; whether {old} covers them is not on file; check what was paid under it: {rules}",
    ),
}
PICKED = {
    "in_force": ("{day}有效的是{number}", "in force on {day}: {number}"),
    "since": ("{}起施行", "in effect from {}"),
    "also": ("{}也还在期内，以后施行的为准", "{} had not ended either; the one that took effect last counts"),
}
