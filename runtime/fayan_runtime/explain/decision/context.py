"""What every part of a decision's page needs: the decision, the language, and how things are called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from fayan_runtime import ir
from fayan_runtime.decision import Amount, Item, ProvisionDecision
from fayan_runtime.explain.decision.arithmetic import item_title
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.words import NATURE, STATUS, labels, pick
from fayan_runtime.interpreter import Env
from fayan_runtime.payments import grain_of
from fayan_runtime.reference import item_env
from fayan_runtime.report import Decision

Found = TypeVar("Found")
#: What is owed to nobody by name: shown, but no part of the answer.
DUTIES = ("duty", "target")


class Context:
    """A decision being put into words in one language."""

    def __init__(self, decision: Decision, language: str) -> None:
        self.decision = decision
        self.program = decision.program
        self.language = language
        self.tongue = tongue(language)
        self.label = labels(language)
        self._rules = {(each.measure, each.name): each for each in self.program.provisions}
        self._found: dict[object, Any] = {}

    def both(self, zh: str, en: str) -> str:
        """The words in the language of the page."""
        return pick((zh, en), self.language)

    # ------------------------------------------------------------ what there is

    def rule(self, provision: ProvisionDecision) -> ir.Provision:
        return self._rules[provision.measure, provision.name]

    @property
    def provisions(self) -> Iterator[ProvisionDecision]:
        """What an enterprise can get: all but duties and targets."""
        for each in self.decision.outcome.provisions():
            if self.rule(each).kind not in DUTIES:
                yield each

    @cached_property
    def env(self) -> Env:
        of = self.decision
        return Env(self.program, of.facts, of.on, of.readings)

    def item_env(self, rule: ir.Provision, item: Item) -> Env:
        of = self.decision
        return item_env(self.program, of.facts, of.on, of.readings, rule, item)

    def once(self, key: object, find: Callable[[], Found]) -> Found:
        """What is asked for in several places is looked for once."""
        if key not in self._found:
            self._found[key] = find()
        found: Found = self._found[key]
        return found

    @property
    def in_force(self) -> bool:
        effective = self.program.effective
        return effective is None or self.decision.on >= effective

    # ------------------------------------------------------------ how it is called

    def yuan(self, amount: Amount) -> str:
        return self.tongue.numbers.yuan(amount)

    def day(self, on: date) -> str:
        return self.tongue.numbers.day(on)

    def status(self, status: str) -> str:
        return pick(STATUS[status], self.language)

    def nature(self, nature: str) -> str:
        return pick(NATURE[nature], self.language)

    def measure(self, number: int) -> str:
        return self.label["measure"].format(number) if number else self.label["preamble"]

    def called(self, provision: ProvisionDecision) -> str:
        return f"{self.measure(provision.measure)} {provision.name}"

    def title(self, item: Item) -> str:
        """租赁第1项, 报送挂牌备案文件."""
        return item_title(self.tongue, item)

    def when(self, rule: ir.Provision, on: date) -> str:
        """An event day as the list dates its items: 2024年, 2024年12月, 2024年12月31日."""
        match grain_of(rule, self.program):
            case "year":
                return self.tongue.numbers.year(on.year)
            case "month":
                return self.tongue.numbers.month(on.year * 12 + on.month - 1)
            case _:
                return self.day(on)

    def dated(self, rule: ir.Provision, item: Item) -> str:
        """租赁第1项（2024年）."""
        title = self.title(item)
        return title + self.tongue.aside(self.when(rule, item.date)) if item.date else title

    def by(self, provision: ProvisionDecision) -> str:
        """Who pays or handles it: “由区财政局给予”. What already says what is done stays as it is."""
        who = provision.payer or self.tongue.numbers.listed(self.decision.measures[provision.measure].responsible)
        if not who:
            return ""
        handled = provision.nature in ("tax", "deduction", "price")
        done = who.endswith(("给予", "兑付", "发放", "拨付", "支付", "办理", "减免", "补贴"))
        if self.language == "en":
            return (
                f"by this procedure: {self.tongue.cited(who)}"
                if done
                else f"{'handled' if handled else 'paid'} by {who}"
            )
        return f"由{who}" + ("" if done else "办理" if handled else "给予")

    def units(self, provision: ProvisionDecision) -> str:
        """Who it is left to."""
        return provision.payer or self.tongue.numbers.listed(self.decision.measures[provision.measure].responsible)

    def short_nature(self, nature: str) -> str:
        """The kind of amount without its explanation in brackets."""
        return self.nature(nature).split("（")[0].split(" (")[0]
