"""The fixed words of the documents, in Chinese and English."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["zh", "en"]

STATUS = {
    "granted": ("给予", "granted"),
    "denied": ("不予", "not granted"),
    "unknown": ("尚不能定", "undecided"),
    "discretionary": ("条件符合，由责任单位酌定", "conditions met, at the department's discretion"),
    "not_in_force": ("不在期内", "outside the period"),
    "not_applicable": ("不适用", "not applicable"),
    "duty": ("部门职责", "duty of the department"),
    "duty_met": ("职责已履行", "duty met"),
    "duty_unmet": ("职责尚未履行", "duty not met"),
    "target": ("全区目标，凭一户企业的情况不能判断", "district target, not told from one enterprise"),
    "target_met": ("目标已达成", "target met"),
    "target_unmet": ("目标未达成", "target not met"),
    "error": ("无法计算", "cannot be computed"),
}
#: Which of the four colours a status is shown in.
TONE = {
    "granted": "yes", "duty_met": "yes", "target_met": "yes", "denied": "no", "duty_unmet": "no", "target_unmet": "no", "error": "no",
    "unknown": "open", "discretionary": "open",
}  # fmt: skip
NATURE = {
    "cash": ("奖励、补助资金", "awards and grants"),
    "relief": ("房租减免和补贴", "rent relief or subsidy"),
    "tax": ("减征税费", "tax not due"),
    "deduction": ("加计扣除（税前多扣的数额，不是到手的钱）", "extra tax deduction (not money received)"),
    "price": ("评审价格（只用于评审）", "price used to score a bid"),
    "": ("", ""),
}
HOLDS = {True: ("符合", "met"), False: ("不符合", "not met"), None: ("待定", "open")}
MARK = {True: ("✓", "✓"), False: ("✗", "✗"), None: ("？", "?")}
LABELS = {
    "decision": ("政策兑现审核说明", "Decision and reasons"),
    "subject": ("企业", "Enterprise"),
    "code": ("统一社会信用代码", "Credit code"),
    "policy": ("政策", "Policy"),
    "number": ("文号", "Number"),
    "on": ("评估日", "Date of assessment"),
    "digest": ("政策文本摘要", "Digest of the policy text"),
    "answer": ("结论", "The answer"),
    "gets": ("可以得到的", "What it gets"),
    "selected": ("已入选的", "Selected"),
    "not_selected": ("尚未入选（不影响条件）", "not selected yet (the conditions are not affected)"),
    "of_district": ("全区目标", "district target"),
    "chosen": ("已入选", "selected"),
    "offered": ("条件符合、由责任单位酌定的", "Conditions met, left to the department"),
    "denied": ("不能得到的", "What it does not get"),
    "errors": ("无法计算的", "What cannot be computed"),
    "priced": ("用于评审的报价", "Prices used to score bids"),
    "pending": ("数额待定", "amount not known yet"),
    "open": ("还不能定的", "What is undecided"),
    "ask": ("需补充", "to supply"),
    "details": ("逐条说明", "Measure by measure"),
    "measure": ("第{}条", "Measure {}"),
    "preamble": ("前言", "Preamble"),
    "item": ("事项", "Item"),
    "granted_amount": ("应得", "Amount"),
    "paid": ("已兑付", "Paid"),
    "payable": ("应付", "Payable"),
    "payer": ("兑付单位", "Paid by"),
    "duty": ("部分履行（{}/{}）", "partly met ({}/{})"),
    "target": ("部分达成（{}/{}）", "partly reached ({}/{})"),
    "handler": ("办理单位", "Handled by"),
    "reason": ("理由", "Reason"),
    "words": ("原文", "Words relied on"),
    "responsible": ("责任单位", "Responsible"),
    "conditions": ("条件", "Conditions"),
    "outcome": ("结果", "Outcome"),
    "facts": ("事实和判断", "Facts and findings"),
    "arithmetic": ("计算", "Arithmetic"),
    "working": ("算式", "Working"),
    "readings": ("所用口径", "Readings used"),
    "used": ("现用读法", "used:"),
    "others": ("其他读法", "instead"),
    "quiet": ("同时用到、但换一种读法结果不变的口径", "Readings also used; no other option changes the result"),
    "quiet_open": (
        "同时用到、现有事实下看不出差别的口径",
        "Readings also used; no difference shows on the facts known",
    ),
    "partly": ("，但有的事项结果不同", ", but some items come out differently"),
    "other_missing": ("，但要补充的事实不同", ", but other facts are missing"),
    "questions": ("需补充的事实", "Facts to supply"),
    "evidence": ("应附佐证", "Evidence to attach"),
    "nearest": ("最近的改变", "Nearest change"),
    "discretion": ("裁量", "Discretion"),
    "totals": ("合计", "Totals"),
    "paid_unknown": ("（已兑付多少不明，应付待定）", " (what was paid is not known)"),
    "at_least": ("（至少，尚有未定事项）", " (at least; some items are undecided)"),
    "unmatched": ("没有对上事项的已兑付", "Payments that meet no item"),
    "handled": ("经办", "Prepared by"),
    "reviewed": ("复核", "Reviewed by"),
    "dated": ("日期", "Date"),
    "text": ("条文", "Text"),
    "not_seen": ("未见", "not seen"),
    "unseen": ("原文未见", "Text not seen"),
    "worked_out": ("推算的事实", "Worked out"),
    "imports": ("引用的文件", "Documents referred to"),
    "in_force_on": ("前版 {0}，{1}有效的是这一份", "follows {0}; in force on {1}"),
    "takes": ("取用", "takes"),
    "unrecorded": ("原文未录，数字所据", "Words not on file; figures from"),
    "invented": (
        "本说明由程序按政策文本生成，供经办和复核核对，不代替正式批复。",
        "Generated from the policy text for checking; not an official ruling.",
    ),
    "kept": (
        "条文照录原文，一字未改；“怎样执行”是按规则生成的说明。",
        "The text is verbatim; the notes are generated from the rules.",
    ),
    "by": ("由谁给予、办理", "Paid or handled by"),
    "same": ("结果不变", "no change"),
    "later": ("还没有到时候的", "Not yet due"),
    "future": ("未到期", "Not yet due"),
    "unreached": ("未到的阶段", "Stage not reached"),
    "other": ("不计入本项", "Not counted here"),
    "overpaid": ("多付的", "Overpaid"),
    "swings": ("换一种口径，合计会变的", "Readings under which the totals change"),
    "declared": ("本条另有疑义，只列明、不计算", "Also open in this measure, declared but not computed"),
    "set_off": ("已兑付抵扣", "Set off"),
    "sum": ("算", "·"),
    "proof": ("佐证", "evidence"),
    "taken": ("另选口径", "Reading taken"),
    "by_payment": ("可能是{}的款项，付款前请核对", "may be for {}; check before paying"),
}


def pick(pair: tuple[str, str], language: str) -> str:
    return pair[1 if language == "en" else 0]


def labels(language: str) -> dict[str, str]:
    return {name: pick(pair, language) for name, pair in LABELS.items()}


def plurals(text: str) -> str:
    """“1 rule(s)” → “1 rule”, “5 rule(s)” → “5 rules”."""
    return re.sub(
        r"(?P<number>\d+) (?P<what>[a-z ]+)\(s\)",
        lambda found: f"{found['number']} {found['what']}{'' if found['number'] == '1' else 's'}",
        text,
    )
