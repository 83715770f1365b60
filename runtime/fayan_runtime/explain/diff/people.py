"""What a change comes to for a population, in words and tables: who gains and loses, by rule, payer and kind of enterprise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from fayan_runtime.effects import FATES, Effects, Fate, Fates, GroupEffect, Mover, Shift
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.population.given_rows import rejects_section
from fayan_runtime.explain.population.section import Bar, Cell, Column, Section, stacked
from fayan_runtime.explain.population.sections import NATURE
from fayan_runtime.explain.words import STATUS, pick

FATE: dict[Fate, tuple[str, str]] = {
    "gain": ("得益", "gain"),
    "lose": ("受损", "lose"),
    "both": ("有得有失", "both"),
    "open": ("不明", "not known"),
    "same": ("不变", "unchanged"),
}
_TONE: dict[Fate, str] = {"gain": "yes", "lose": "no", "both": "soft", "open": "open", "same": "plain"}


#: Missing facts named in the answer, and conditions that fail beside one of the largest gains and losses.
MOST_LACKING, MOST_REASONS = 3, 2


class PeopleWords:
    def __init__(self, of: Effects, language: str) -> None:
        self.of = of
        self.language = language
        self.numbers = tongue(language).numbers

    def both(self, zh: str, en: str) -> str:
        return pick((zh, en), self.language)

    # ------------------------------------------------------------ the answer
    def headline(self) -> str:
        """“对所给的200家企业：得益3家，受损1家，不变196家；奖励、补助合计多付20,000元。”"""
        counts = self.fates(self.of.fates, self.lacking()) or self.both("没有企业可以比较", "no enterprise to compare")
        sums = [self.more(nature, each) for nature, each in self.of.totals.items() if each.difference]
        zh = f"对所给的{self.of.compared:,}家企业：{counts}"
        en = f"For the {self.of.compared:,} enterprises given: {counts}"
        if left := self.of.rejected:
            zh = f"所给{self.of.given:,}家，{self.of.compared:,}家可以比较，{left:,}家的表有错；可以比较的：{counts}"
            en = f"Of {self.of.given:,} enterprises given {self.of.compared:,} can be compared, {left:,} had faulty rows; of the former: {counts}"
        told = self.both(zh, en)
        if sums:
            told += self.both("；", "; ") + self.both("，", ", ").join(sums)
        for before in self.left_to_the_old():
            told += self.both(f"；{before}，新版不含", f"; {before} and in nothing of the new")
        return told + self.both("。", ".")

    def lacking(self) -> str:
        """“（缺年度经营的产值、迁入日期）”."""
        first = [each.replace(".", "的") if self.language == "zh" else each for each in self.of.lacking[:MOST_LACKING]]
        named = self.both("、", ", ").join(first) + (self.both("等", " …") if len(self.of.lacking) > len(first) else "")
        return self.both(f"（缺{named}）", f" (for want of {named})") if named else ""

    def left_to_the_old(self) -> dict[str, list[str]]:
        """What is said of events that are still the older document's → the rules that change something for somebody."""
        found: dict[str, list[str]] = {}
        for each in self.of.rules:
            if each.since is not None and any(each.fates[fate] for fate in FATES if fate != "same"):
                day = self.numbers.day(each.since)
                said = self.both(f"{day}以前的事仍归旧文件", f"what happened before {day} is still the old document's")
                found.setdefault(said, []).append(each.provision)
        return found

    def fates(self, fates: Fates, lacking: str = "") -> str:
        """``lacking``: what is said of those of which it is not known."""
        said = [
            self.both(f"{zh}{fates[fate]:,}家", f"{fates[fate]:,} {en}") + (lacking if fate == "open" else "")
            for fate, (zh, en) in FATE.items()
            if fates[fate]
        ]
        return self.both("，", ", ").join(said)

    def more(self, nature: str, shift: Shift) -> str:
        amount = self.numbers.yuan(Fraction(abs(shift.difference)))
        name = pick(NATURE[nature], self.language)
        up = shift.difference > 0
        certain = self.both("已能断定的", "what is certain of ") if shift.uncertain else ""
        beyond = (
            self.both(f"（另有{shift.uncertain:,}项不明，没有算）", f" ({shift.uncertain:,} not known and not counted)")
            if shift.uncertain
            else ""
        )
        return self.both(
            f"{certain}{name}合计{'增加' if up else '减少'}{amount}{beyond}",
            f"{certain}{name} {'up' if up else 'down'} by {amount} in all{beyond}",
        )

    # ------------------------------------------------------------ tables
    def sections(self) -> list[Section]:
        """What stands beside the answer."""
        made = [self.counts(), self.totals(), self.rules(), self.payers(), self.figures()]
        made.append(self.movers("gains", self.both("得益最多的", "The largest gains"), self.of.gains))
        made.append(self.movers("losses", self.both("受损最多的", "The largest losses"), self.of.losses))
        return [each for each in made if each.rows]

    def annex(self) -> list[Section]:
        """What is looked up: each kind of enterprise, and which rows were not compared."""
        more = self.both("，用 fayan run 看全部", ": fayan run shows them all")
        title = ("表里有错、没有比较的", "Faulty rows, not compared")
        faulty = rejects_section(self.of.rejects, self.of.faults, self.language, more, title)
        return [each for each in (*self.groups(), faulty) if each.rows]

    def counts(self) -> Section:
        rows: list[list[Cell]] = [
            [pick(FATE[fate], self.language), self.of.fates[fate]] for fate in FATES if self.of.fates[fate]
        ]
        columns = [Column(self.both("对企业", "For enterprises")), Column(self.both("家数", "Number"), "count")]
        bars = [
            stacked([(self.of.fates[fate], _TONE[fate])], self.of.compared) for fate in FATES if self.of.fates[fate]
        ]
        return Section(
            "counts", self.both("得益、受损各多少家", "How many gain and lose"), columns, rows, bars=bars, brief=False
        )

    def totals(self) -> Section:
        rows: list[list[Cell]] = [
            [pick(NATURE[nature], self.language), *self.moved(each), each.open]
            for nature, each in self.of.totals.items()
        ]
        columns = [Column(self.both("性质", "Nature")), *self.money(), Column(self.both("不明", "Not known"), "count")]
        notes = [
            self.both(
                "给付类是还应付的数，减税、扣除是应得的数；有一版不明的，两版都不算在内，不同性质不相加。",
                "Of what is paid out, what is still payable; of tax and deductions, the amount. What either version leaves open is in "
                "neither sum; natures are never added.",
            )
        ]
        if alike := sum(each.alike for each in self.of.totals.values()):
            notes.append(
                self.both(
                    f"不明的，有{alike:,}项的规则两版含义相同：算不出给多少，但两版一样。",
                    f"{alike:,} of what is not known fall under rules that mean the same: unknown amounts, equal in both versions.",
                )
            )
        if rejected := self.of.rejected:
            of = [
                self.both(f"{count:,}家只有{zh}读得了", f"{count:,} could be read by the {en} version only")
                for count, zh, en in ((self.of.only_old, "旧版", "old"), (self.of.only_new, "新版", "new"))
                if count
            ]
            zh, en = "，".join(["", *of]), "; ".join(["", *of])
            notes.append(
                self.both(
                    f"{rejected:,}家的表有错，没有比较{'，其中' if of else ''}{zh[1:]}。",
                    f"{rejected:,} enterprises had faulty rows and are not compared{en}.",
                )
            )
        return Section("totals", self.both("各性质合计", "Totals"), columns, rows, notes)

    def rules(self) -> Section:
        changed = [each for each in self.of.rules if any(each.fates[fate] for fate in FATES if fate != "same")]
        seen = self.seen([each.fates for each in changed])
        columns = [
            Column(self.both("措施", "No."), "count"),
            Column(self.both("事项", "Provision")),
            *self.heads(seen),
            *self.money(),
        ]
        rows: list[list[Cell]] = [
            [
                each.measure,
                each.provision or each.old,
                *(each.fates[fate] for fate in seen),
                *(self.moved(each.shift) if each.shift else (None, None, None)),
            ]
            for each in changed
        ]
        rest = len(self.of.rules) - len(changed)
        notes = [
            self.both(f"其余{rest}项规则对这些企业都不变。", f"The other {rest} rules change nothing for them.")
        ] * bool(rest)
        notes += [
            self.both(
                f"{self.numbers.listed(names)}：{before}，新版一栏不含，少的不都是受损。",
                f"{self.numbers.listed(names)}: {before} and in nothing of the new; not all that is less is lost.",
            )
            for before, names in self.left_to_the_old().items()
        ]
        return Section(
            "rules", self.both("逐项规则", "Rule by rule"), columns, rows, notes,
            [self.bar(each.fates) for each in changed], self.legend(seen),
        )  # fmt: skip

    def figures(self) -> Section:
        """What targets are held against, counted over the enterprises."""
        rows: list[list[Cell]] = [
            [
                each.name,
                self.both(f"逐户计“{each.by}”", f"counted by {each.by}"),
                *map(self.between, (each.before, each.after)),
            ]
            for each in self.of.figures
        ]
        columns = [
            Column(self.both(zh, en))
            for zh, en in (("家数", "Figure"), ("怎样计", "Counted"), ("旧版", "Old"), ("新版", "New"))
        ]
        return Section("figures", self.both("目标所比的家数", "What targets are held against"), columns, rows)

    def between(self, ends: tuple[Decimal, Decimal]) -> str:
        least, most = ends
        return f"{least:,}" if least == most else self.both(f"{least:,}到{most:,}", f"{least:,} to {most:,}")

    def payers(self) -> Section:
        rows: list[list[Cell]] = [
            [name or self.both("没有写明", "not said"), pick(NATURE[nature], self.language), *self.moved(shift)]
            for name, shifts in self.of.payers
            for nature, shift in shifts.items()
            if shift.difference
        ]
        columns = [Column(self.both("单位", "Unit")), Column(self.both("性质", "Nature")), *self.money()]
        return Section("payers", self.both("由谁给付", "Who pays"), columns, rows)

    def groups(self) -> Iterator[Section]:
        for (of, by), several in groupby(self.of.groups, lambda each: (each.of, each.by)):
            found = [*several]
            if any(each.fates[fate] for each in found for fate in FATES if fate != "same"):
                yield self.group(of, by, found)

    def group(self, of: str, by: str, found: Sequence[GroupEffect]) -> Section:
        seen = self.seen([each.fates for each in found])
        natures = [
            nature
            for nature in NATURE
            if any(nature in each.shifts and each.shifts[nature].difference for each in found)
        ]
        columns = [Column(by), *self.heads(seen)]
        columns += [
            Column(self.both(f"{pick(NATURE[nature], 'zh')}差额（元）", f"{pick(NATURE[nature], 'en')} (RMB)"), "money")
            for nature in natures
        ]
        rows: list[list[Cell]] = [
            [
                self.both("不知道", "not known") if each.value is None else each.value,
                *(each.fates[fate] for fate in seen),
                *(each.shifts[nature].difference if nature in each.shifts else Decimal(0) for nature in natures),
            ]
            for each in found
        ]
        title = self.both(f"按{of}的{by}", f"By {by} of {of}") if of else self.both(f"按{by}", f"By {by}")
        notes = [self.both("一家有几种的，每种都算。", "An enterprise with several counts under each.")] * bool(of)
        return Section(
            f"by-{of}-{by}", title, columns, rows, notes, [self.bar(each.fates) for each in found],
            self.legend(seen),
        )  # fmt: skip

    def movers(self, key: str, title: str, movers: Sequence[Mover]) -> Section:
        columns = [
            Column(self.both("企业", "Enterprise")),
            Column(self.both("事项", "Provision")),
            *self.money(),
            Column(self.both("缘由", "Why"), wide=True),
        ]
        rows: list[list[Cell]] = [
            [each.name or each.key, each.provision, each.before, each.after, each.after - each.before, self.why(each)]
            for each in movers
        ]
        told = [
            self.both(
                f"{each.name or each.key}　{each.provision}：{self.numbers.yuan(Fraction(each.before))} → "
                f"{self.numbers.yuan(Fraction(each.after))}；{self.why(each)}",
                f"{each.name or each.key}, {each.provision}: {self.numbers.yuan(Fraction(each.before))} → "
                f"{self.numbers.yuan(Fraction(each.after))}; {self.why(each)}",
            )
            for each in movers
        ]
        return Section(key, title, columns, rows, told=told)

    def why(self, mover: Mover) -> str:
        """The conditions that fail under the version that gives less, and what is taken off there, else how it came out under both."""
        side = self.both("新版", "new version") if mover.after < mover.before else self.both("旧版", "old version")
        said = []
        if mover.because:
            reasons = [*dict.fromkeys(each.tell(self.language) for each in mover.because)]
            told = self.both("；", "; ").join(reasons[:MOST_REASONS])
            if len(reasons) > MOST_REASONS:
                told += self.both(f"；等{len(reasons)}项", f"; and {len(reasons) - MOST_REASONS} more")
            some = bool(min(mover.before, mover.after))
            said.append(
                self.both(
                    f"{side}{'有的项' if some else ''}不符合：{told}",
                    f"{'some of it ' if some else ''}fails under the {side}: {told}",
                )
            )
        for name, before, after in mover.taken:
            old, new = (self.numbers.yuan(Fraction(each)) for each in (before, after))
            said.append(
                self.both(
                    f"{name}：旧版减去{old}，新版减去{new}",
                    f"{name} takes off {old} in the old version, {new} in the new",
                )
            )
        if said:
            return self.both("；", "; ").join(said)
        if mover.status_before == mover.status_after:
            return self.both("两版都符合条件，数额不同", "meets the conditions of both; the amounts differ")
        statuses = [
            pick(STATUS[each], self.language) if each in STATUS else "—"
            for each in (mover.status_before, mover.status_after)
        ]
        return " → ".join(statuses)

    # ------------------------------------------------------------ what they share
    def money(self) -> list[Column]:
        titles = (("旧版（元）", "Old (RMB)"), ("新版（元）", "New (RMB)"), ("差额（元）", "Difference (RMB)"))
        return [Column(pick(each, self.language), "money") for each in titles]

    def moved(self, shift: Shift) -> tuple[Decimal, Decimal, Decimal]:
        return shift.before, shift.after, shift.difference

    def seen(self, several: Sequence[Fates]) -> list[Fate]:
        return [fate for fate in FATES if any(each[fate] for each in several)]

    def heads(self, seen: Sequence[Fate]) -> list[Column]:
        return [Column(pick(FATE[fate], self.language), "count") for fate in seen]

    def bar(self, fates: Fates) -> tuple[Bar, ...]:
        return stacked([(fates[fate], _TONE[fate]) for fate in FATES], sum(fates.values()))

    def legend(self, seen: Sequence[Fate]) -> list[tuple[str, str]]:
        return [(pick(FATE[fate], self.language), _TONE[fate]) for fate in seen]
