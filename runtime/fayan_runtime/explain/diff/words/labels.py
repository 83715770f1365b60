"""Every phrase of a comparison by its name; here the headings of the page, and what its parts share."""

from __future__ import annotations

from fayan_runtime.explain.diff.words.changes import CHANGE
from fayan_runtime.explain.diff.words.opening import OPENING
from fayan_runtime.explain.diff.words.verdicts import VERDICT

#: Headings, and names of the versions and measures.
_PAGE = {
    "comparison": ("政策两版比较", "Two versions compared"),
    "old": ("旧版", "Old"),
    "new": ("新版", "New"),
    "answer": ("结论", "The answer"),
    "changed": ("含义有变的", "Changed in meaning"),
    "default": ("缺省口径换了的", "Readings with another default"),
    "options": ("口径选项有增减的", "Readings with options added or removed"),
    "undecided": ("未能断定的", "Not decided"),
    "besides": ("对谁、给多少以外的变化", "What changed apart from whom and how much"),
    "left_out": ("没有比较的", "Not compared"),
    "unfollowed_where": ("原文改了、规则没有跟着改的", "Reworded, and no rule with them"),
    "unworded_where": ("规则改了、原文没有改的", "Rules that changed while no word of the text did"),
    "unworded": ("规则改了，原文没有改", "rules changed, no word of the text did"),
    "perhaps_renamed": ("可能只是改名的事实", "Facts that perhaps were only renamed"),
    "only_names": ("照改名看，各项规则都没有变", "taken as renamed, no rule changed"),
    "facts_follow": ("确是改名的，企业的事实文件要跟着改名", "if so, facts files have to use the new names"),
    "alike": ("条号、条名都变了，按内容对应", "number and title changed; matched by content"),
    "alike_perhaps": ("条号、条名都变了，可能是同一条", "number and title changed; perhaps the same measure"),
    "alike_text": ("原文{}%相同", "{}% of the text in common"),
    "alike_rules": ("{}项规则中{}项同名或者写法相同", "same name or content in {1} of {0} rules"),
    "only_old": ("新版没有的条", "Measures only in the old version"),
    "only_new": ("新版增加的条", "Measures only in the new version"),
    "said_otherwise": ("写法变了、含义不变的", "Written otherwise, meaning the same"),
    "details": ("逐条说明", "Measure by measure"),
    "measure": ("第{}条", "Measure {}"),
    "none": ("无", "none"),
    "preamble": ("前言", "Preamble"),
    "was": ("原第{}条", "was measure {}"),
    "said_above": ("上面所说的", "what is said above"),
    "in_measures": ("{measures}，共{rules}项规则", "{measures}, {rules} rules in all"),
    "shared_cause": ("下面没有注明缘由的，都因为：{}", "what follows without a cause comes from: {}"),
    "text": ("原文", "Text"),
    "old_text": ("旧版原文", "Old text"),
    "new_text": ("新版原文", "New text"),
    "unseen": ("原文未见", "not on file"),
    "change": ("改", "change "),
    "libraries": ("引用的政策", "Documents referred to"),
    "used_in": ("{}用到", "used in {}"),
    "used_nowhere": ("没有规则用到", "used by no rule"),
    "examples_added": ("增加示例{}个", "{} example(s) added"),
    "examples_removed": ("删去示例{}个", "{} example(s) removed"),
    "examples_rewritten": ("改写示例{}个", "{} example(s) rewritten"),
    "whole": ("全文通用的部分", "What belongs to no measure"),
    "sources": (
        "编者所据的出处（不是文件的变化）　旧版：{}　新版：{}",
        "The editor's sources (no change of the document): old: {}; new: {}",
    ),
    "and_others": ("{}等", "{} and others"),
    "on": ("评估日", "Date of assessment"),
    "only_taken_over": ("只是改由新文件管的", "Only taken over by the new document"),
    "bound": (
        "“对谁、给多少”由求解器逐项证明，前提是事实都已知。说不变的，清单不论多少条都不变；说有变的，怎样变只查到每张清单（连同已付的）至多{}条。"
        "先比应给的数额，相同的再比抵扣已付以后还应付的。每个例子都用两版规则重算过。",
        "“For whom and how much” is proved by a solver, every fact being known. What is the same is so for lists of any length; how what is not "
        "differs was looked into with at most {} items in a list, payments among them. What is due is compared first and, where that is equal, what is "
        "left to pay after set-off. Every example was decided again under both versions.",
    ),
    "unseen_old": ("旧版原文不在手：{}", "the old text is not on file: {}"),
    "unseen_new": ("新版原文不在手：{}", "the new text is not on file: {}"),
}

LABELS = _PAGE | OPENING | VERDICT | CHANGE
