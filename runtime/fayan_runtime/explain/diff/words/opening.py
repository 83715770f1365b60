"""The first sentences of a comparison."""

from __future__ import annotations

#: Parts of the sentence that answers.
OPENING = {
    "besides_alone": ("对谁、给多少相同，其他方面有变", "The same for whom and how much; what else changed"),
    "besides_only": ("没有规则可比，其他方面有变", "No rule to compare; what else changed"),
    "offered": (
        "{}有变而这里的规则结论不变，别的文件取用的要另看",
        "{} changed and no rule here decides otherwise: look at documents that take it",
    ),
    "recounted": (
        "{}项目标所比的家数，逐户计的结果会变：{}",
        "{} target(s) held against another figure, counted over the enterprises: {}",
    ),
    "counts_wider": ("只多不少", "never fewer"),
    "counts_narrower": ("只少不多", "never more"),
    "counts_incomparable": ("有的多计、有的少计", "some more, others less"),
    "counts_other": ("其他口径下{}", "under other readings {}"),
    "counts_same": ("其他口径下", "under other readings"),
    "counts_not_decided": ("是否有变未能断定", "not decided whether it changes"),
    "besides_too": ("此外有{}处其他变化", "{} other change(s)"),
    "and_so_on": ("{}等", "{} and more"),
    "meaning_changed": ("含义有变", "the meaning changed"),
    "rules_apart": (
        "{measures}条措施的{rules}项规则，对象或者数额变了",
        "another result in {rules} rule(s) of {measures} measure(s)",
    ),
    "for_enterprises": ("对企业{}", "for enterprises: {}"),
    "better": ("更有利", "better"),
    "worse": ("更不利", "worse"),
    "mixed": ("有的有利、有的不利", "better for some and worse for others"),
    "better_all": ("都更有利", "all better"),
    "worse_all": ("都更不利", "all worse"),
    "mixed_all": ("有的有利、有的不利", "better for some and worse for others"),
    "better_of": ("更有利{}项", "{} better"),
    "worse_of": ("更不利{}项", "{} worse"),
    "mixed_of": ("有的有利、有的不利{}项", "{} better for some and worse for others"),
    "of_target": ("{number}项{said}", "{number} of the targets: {said}"),
    "of_duty": ("{number}项{said}", "{number} of the duties: {said}"),
    "only_other": ("另有{}项规则只在其他口径下有变", "in {} more rule(s) only under other readings"),
    "only_other_alone": (
        "缺省口径下含义相同；{}项规则只在其他口径下有变",
        "the same by default; another result only under other readings in {} rule(s)",
    ),
    "only_other_found": (
        "缺省口径下没有查出变化；{}项规则只在其他口径下有变",
        "no difference found by default; another result only under other readings in {} rule(s)",
    ),
    "open_and_other": (
        "{}项规则缺省口径下未能断定，其他口径下有变",
        "{} rule(s) not decided by default, and another result under other readings",
    ),
    "open": ("{}项规则未能断定", "{} rule(s) not decided"),
    "open_unseen": (
        "{}项规则要看没有见到的原文，没有比较",
        "{} rule(s) rest on words nobody has seen and are not compared",
    ),
    "measures_removed": ("删去{number}条措施（{named}）", "{number} measure(s) removed ({named})"),
    "measures_added": ("新增{number}条措施（{named}）", "{number} measure(s) added ({named})"),
    "unfollowed": (
        "{}句原文改了、规则没有跟着改，意思变没变没有规则可比",
        "{} sentence(s) reworded and no rule with them: whether they mean the same no rule tells",
    ),
    "rules_same": ("各项规则含义相同", "All rules mean the same"),
    "rest_all_same": ("除此以外，各项规则含义相同", "apart from this all rules mean the same"),
    "unmatched": (
        "{}：按旧条号、旧名称登记的已付，新版对不上、不再抵扣，“{}”要跟着改",
        "{}: what was paid and is on record under the old number or name is no longer set off; {} has to follow",
    ),
    "rule_renamed": ("{}改称{}", "{} is now called {}"),
    "rule_renumbered": ("{}改为{}", "{} is now {}"),
    "refuted": (
        "所给企业中，{}两版结果不同，逐项比较没有查出来：以企业的结果为准",
        "for enterprises given, {} comes out differently, which the comparison of rules did not find: go by the enterprises",
    ),
    "both_same": ("两版含义相同", "Both versions mean the same"),
    "both_same_words": (
        "两版含义相同，只是原文的文字有改动",
        "Both versions mean the same; only words of the text changed",
    ),
    "both_same_held": (
        "两版含义相同：改了的数额仍受限额所限，没有人多得或者少得",
        "Both versions mean the same: amounts changed, but caps still hold them, so that nobody gets more or less",
    ),
    "both_same_otherwise": (
        "两版含义相同；有不影响含义的改动",
        "Both versions mean the same; what changed does not bear on it",
    ),
    "rest_same": ("其余{}项规则含义相同", "the same meaning in the other {} rule(s)"),
    "rest_same_besides": (
        "其余{}项规则对谁、给多少相同",
        "the same for whom and how much in the other {} rule(s)",
    ),
    "and_more": ("{first}等{number}处", "{first} and {rest} more"),
    "perhaps_only": (
        "可能只是事实改名（{}），照改名看，各项规则都没有变",
        "perhaps facts were only renamed ({}): taken so, no rule changed",
    ),
    "else": ("不照改名看，{}", "taken as other facts: {}"),
    "rules_taken_over": (
        "{}项规则自新文件接管之日起，对谁、给多少不变",
        "in {} rule(s) the same for whom and how much from the day the new document takes over",
    ),
    "rejected_examples": (
        "{}有{}个示例通不过 fayan check（{}）",
        "{1} example(s) of the {0} version ({2})",
    ),
    "note_examples": (
        "注意：{}；比较只照规则，不管示例",
        "note: fayan check rejects {}; rules alone are compared, not examples",
    ),
    "at_lines": ("第{}行", "at {}"),
    "partly_seen": (
        "{}项规则有的地方原文未见，那里没有比较",
        "{} rule(s) rest in part on words not seen, which are not compared",
    ),
}
