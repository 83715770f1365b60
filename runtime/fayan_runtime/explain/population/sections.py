"""The parts of the page about a population, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from fayan_runtime import ir
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.population.given_rows import rejects_section, repeats_section, unmatched_section
from fayan_runtime.explain.population.section import Bar, Cell, Column, Section, stacked
from fayan_runtime.explain.words import TONE, pick
from fayan_runtime.outcome import PAID, TOTALLED
from fayan_runtime.population import Cost, Figure, Group, Population, Quota, Sum, Target

#: Unlike things, each in a word.
NATURE = {
    "cash": ("奖励、补助", "grants"),
    "relief": ("房租减免", "rent relief"),
    "tax": ("减征税费", "tax not due"),
    "deduction": ("加计扣除", "extra deduction"),
    "price": ("评审价", "scoring price"),
}
#: Statuses as the head of a column, in the order of columns; what is rare stands only where it occurs.
STATUS = {
    "granted": ("给予", "granted"),
    "discretionary": ("酌定", "discretion"),
    "unknown": ("未定", "undecided"),
    "error": ("算不出", "error"),
    "denied": ("不予", "denied"),
    "not_in_force": ("期外", "outside"),
    "not_applicable": ("不适用", "n/a"),
    "duty_met": ("已履行", "met"),
    "duty_unmet": ("未履行", "not met"),
    "duty": ("无核查办法", "no check"),
}
TARGET = {
    "target_met": ("已达成", "met"),
    "target_unmet": ("未达成", "not met"),
    "target": ("还不能断定", "cannot be told"),
    "not_in_force": ("尚未施行", "not in force"),
    "error": ("算不出", "error"),
}


class Writer:
    """The sections of one population in one language."""

    def __init__(self, of: Population, language: str) -> None:
        self.of = of
        self.language = language
        self.numbers = tongue(language).numbers

    def both(self, zh: str, en: str) -> str:
        return pick((zh, en), self.language)

    def nature(self, nature: str) -> str:
        return pick(NATURE[nature], self.language)

    def all(self) -> list[Section]:
        made = [
            self.totals(),
            unmatched_section(self.of.unmatched, self.language),
            self.awards(),
            self.costs(),
            self.payers(),
            *self.groups(),
            self.targets(),
            self.moved(),
            self.quotas(),
            self.others(),
            self.duties(),
            self.figures(),
            self.rows(),
            repeats_section(self.of.repeats, self.of.repeated, self.language),
            self.rejects(),
        ]
        return [each for each in made if each.rows]

    # ------------------------------------------------------------ what came out
    def awards(self) -> Section:
        return self._outcomes("awards", self.both("有金额的事项", "Provisions with an amount"), ("award",))

    def others(self) -> Section:
        title = self.both("酌定和遴选的事项", "Left to the department, or selected")
        return self._outcomes("others", title, ("discretionary", "selection"))

    def duties(self) -> Section:
        return self._outcomes("duties", self.both("部门职责", "Duties of departments"), ("duty",))

    def _outcomes(self, key: str, title: str, kinds: Sequence[str]) -> Section:
        sums = [each for each in self.of.provisions if each.provision.kind in kinds]
        if kinds == ("duty",):  # what there is no check for says nothing of any enterprise
            sums = [each for each in sums if set(each.statuses) - {"duty", "not_applicable", "not_in_force"}]
        seen = [status for status in STATUS if any(each.statuses.get(status) for each in sums)]
        if not seen:  # none was decided
            return Section(key, title, [], [])
        money = any(each.sum for each in sums)
        columns = [Column(self.both("措施", "No."), "label"), Column(self.both("事项", "Provision"))]
        columns += [Column(pick(STATUS[status], self.language), "count") for status in seen]
        if money:
            columns.insert(2, Column(self.both("性质", "Nature"), wide=True))
            columns += [
                Column(self.both("笔数", "Items"), "count", wide=True),
                Column(self.both("应得（元）", "Amount (RMB)"), "money"),
                Column(self.both("应付（元）", "Payable (RMB)"), "money"),
            ]
        rows: list[list[Cell]] = []
        for each in sums:
            of = each.provision
            row: list[Cell] = [of.measure, of.name, *(each.statuses.get(status, 0) for status in seen)]
            if money:
                row.insert(2, self.nature(of.nature) if of.nature else "")
                row += [each.items, *((each.sum.amount, each.sum.payable) if each.sum else (None, None))]
            rows.append(row)
        bars = [
            stacked(
                [(each.statuses.get(status, 0), TONE.get(status, "plain")) for status in seen],
                sum(each.statuses.values()),
            )
            for each in sums
        ]
        legend = [(pick(STATUS[status], self.language), TONE.get(status, "plain")) for status in seen]
        merged = dict.fromkeys(tone for _, tone in legend)
        words = self.both("、", ", ")
        told = [(words.join(name for name, one in legend if one == tone), tone) for tone in merged]
        notes = [self._counted(seen)] * bool(seen) + (
            [self._least()] if money and any(each.sum and each.sum.open for each in sums) else []
        )
        return Section(key, title, columns, rows, notes, bars, told)

    def _counted(self, statuses: Sequence[str]) -> str:
        words = [pick(STATUS[status], self.language) for status in statuses]
        if self.language == "en":
            return f"{', '.join(words).capitalize()}: numbers of enterprises."
        return f"{'、'.join(words)}{'各栏' if len(words) > 1 else '一栏'}是企业数。"

    def _least(self) -> str:
        return self.both(
            "有“未定”“算不出”的，金额是已经能定的部分，最后只会多、不会少。",
            "Where some are undecided, amounts are what is certain: the least it can come to.",
        )

    # ------------------------------------------------------------ what it comes to
    def totals(self) -> Section:
        columns = [
            Column(self.both("性质", "Nature")),
            Column(self.both("有所得的企业", "Enterprises"), "count"),
            Column(self.both("应得（元）", "Amount (RMB)"), "money"),
            Column(self.both("已付（元）", "Paid (RMB)"), "money"),
            Column(self.both("应付（元）", "Payable (RMB)"), "money"),
            Column(self.both("未全部确定的企业", "Not wholly decided"), "count"),
        ]
        rows: list[list[Cell]] = [
            [self.nature(nature), each.enterprises, each.amount, each.paid, each.payable, each.open]
            for nature, each in self.of.totals.items()
        ]
        notes = [
            self.both(
                "性质不同的不相加；加计扣除是税前多扣的数额，不是到手的钱。",
                "Unlike natures are never added; an extra deduction is no money received.",
            )
        ]
        if (unsettled := self.of.unsettled) and (offset := self.of.program.offset):
            paid = offset.list
            notes.append(
                self.both(
                    f"有 {unsettled} 家不知道已经付过多少，已付、应付都没有计入它们的；确实没有付过的，给一张没有行的“{paid}”。",
                    f"It is not known what {unsettled} were paid, so their paid and payable are not counted; where nothing was, give"
                    f" “{paid}” without a row.",
                )
            )
        if self.of.overpaid:
            notes.append(
                self.both(
                    "已付多于应得的，多出的部分不抵别的应付，所以应付合计多于应得减已付。",
                    "What was paid beyond an amount is not set off against another, so payable is more than amount less paid.",
                )
            )
        return Section("totals", self.both("合计", "Totals"), columns, rows, notes)

    def payers(self) -> Section:
        columns = [
            Column(self.both("由谁给", "Paid by")),
            Column(self.both("性质", "Nature")),
            Column(self.both("应得（元）", "Amount (RMB)"), "money"),
            Column(self.both("应付（元）", "Payable (RMB)"), "money"),
        ]
        rows: list[list[Cell]] = [
            [each.name or self.both("原文没有写", "not said"), self.nature(nature), sum.amount, sum.payable]
            for each in self.of.payers
            for nature, sum in each.sums.items()
        ]
        return Section("payers", self.both("按支付单位", "By paying unit"), columns, rows)

    def groups(self) -> Iterator[Section]:
        by: dict[tuple[str, bool], list[Group]] = {}
        for each in self.of.groups:
            by.setdefault((each.by, each.of_items), []).append(each)
        # what items are comes first: the level of a title is what people ask for
        for (name, of_items), groups in sorted(by.items(), key=lambda pair: not pair[0][1]):
            natures = [nature for nature in TOTALLED if any(nature in each.sums for each in groups)]
            counted = self.both("笔数", "Items") if of_items else self.both("企业数", "Enterprises")
            columns = [Column(name), Column(counted, "count")]
            columns += [Column(self._due(nature), "money") for nature in natures]
            rows: list[list[Cell]] = []
            for each in groups:
                value = self.both("不明", "not known") if each.value is None else each.value
                rows.append([value, each.count, *(_value(each.sums.get(nature)) for nature in natures)])
            title = self.both(f"按{name}", f"By {name}")
            yield Section(f"by-{name}", title, columns, rows, bars=_lengths(groups, natures), brief=of_items)

    def _due(self, nature: str) -> str:
        word = self.nature(nature)
        paid = self.both("应付", " payable") if nature in PAID else ""
        return self.both(f"{word}{paid}（元）", f"{word}{paid} (RMB)")

    # ------------------------------------------------------------ the district
    def targets(self) -> Section:
        columns = [
            Column(self.both("措施", "No."), "label"),
            Column(self.both("目标", "Target")),
            Column(self.both("现在", "Now")),
            Column(self.both("要达到", "Goal")),
            Column(self.both("进度", "Progress")),
            Column(self.both("期限", "Until")),
            Column(self.both("结果", "Result")),
        ]
        rows: list[list[Cell]] = []
        for each in self.of.targets:
            of = each.provision
            status = pick(TARGET[each.status], self.language)
            rows.append(
                [of.measure, of.name, self._now(each), self._number(each, each.goal), progress(each), of.until, status]
            )
        bars = [
            stacked([(min(int(share), 100), TONE.get(each.status, "open"))], 100)
            if (share := _share(each)) is not None
            else ()
            for each in self.of.targets
        ]
        return Section("targets", self.both("全区目标", "Targets of the district"), columns, rows, bars=bars)

    def _number(self, of: Target, value: object) -> str:
        goal = of.provision.goal
        if not isinstance(goal, ir.Compare) or value is None:
            return ""
        return self.numbers.show(value, goal.right.type, goal.left.type)

    def _now(self, of: Target) -> str:
        least, most = (self._counted_out(of, place) for place in (0, 1))
        if not least:
            return self.both("不明", "not known")
        return least if least == most else self.both(f"{least}到{most}", f"{least} to {most}")

    def _counted_out(self, of: Target, place: int) -> str:
        """One end of what it is now; a share with what is divided by what as it was counted, not in lowest terms."""
        value = (of.least, of.most)[place]
        told = self._number(of, value)
        if not of.counts or not isinstance(value, (int, Fraction)):
            return told
        lowest, (part, whole) = Fraction(value), of.counts[place]
        told = told.removesuffix(self.numbers.that_is(f"{lowest.numerator:,}/{lowest.denominator:,}"))
        return told + self.numbers.that_is(f"{part}/{whole}")

    def figures(self) -> Section:
        columns = [
            Column(self.both("全区的数", "Figure of the district")),
            Column(self.both("数值", "Value")),
            Column(self.both("由来", "From")),
        ]
        rows: list[list[Cell]] = [[each.name, self._figure(each), self._from(each)] for each in self.of.figures]
        known = any(each.value is not None for each in self.of.figures)
        return Section("figures", self.both("全区的数", "Figures of the district"), columns, rows, brief=known)

    def _figure(self, of: Figure) -> str:
        if of.value is None:
            return self.both("不明", "not known")
        value = f"{of.value:,f}"
        return value if of.exact else self.both(f"至少 {value}", f"at least {value}")

    def _from(self, of: Figure) -> str:
        if not of.by:
            return (
                self.both("没有给，也无从计数", "not given, not counted")
                if of.value is None
                else self.both("已给出", "given")
            )
        parts = [self.both(f"逐户计“{of.by}”", f"counted: {of.by}")]
        if of.unknown:
            parts.append(self.both(f"{of.unknown} 家不能断定，没有计入", f"{of.unknown} undecided, not counted"))
        if of.rejected:
            parts.append(
                self.both(
                    f"有行退回、没有判定的 {of.rejected} 家没有计入", f"{of.rejected} with rejected rows, not counted"
                )
            )
        return self.both("；", "; ").join(parts)

    def quotas(self) -> Section:
        columns = [
            Column(self.both("措施", "No."), "label"),
            Column(self.both("事项", "Provision")),
            Column(self.both("名额", "Places")),
            Column(self.both("年度", "Year")),
            Column(self.both("已选", "Chosen")),
            Column(self.both("进度", "Progress")),
            Column(self.both("结果", "Result")),
        ]
        rows: list[list[Cell]] = [
            [each.provision.measure, each.provision.name, each.provision.quota, *self._chosen(each)]
            for each in self.of.quotas
        ]
        bars = [
            stacked([(min(each.chosen, each.places), "open" if each.chosen < each.most else "yes")], each.places)
            if each.places
            else ()
            for each in self.of.quotas
        ]
        return Section("quotas", self.both("名额", "Places"), columns, rows, bars=bars)

    def _chosen(self, of: Quota) -> list[Cell]:
        """The year, how many were chosen in it, how far that is and what is left."""
        if of.places is None:
            return ["", self.both("看不出是哪一年选的", "not told by year"), "", ""]
        chosen = self.both(f"{of.chosen}家", str(of.chosen))
        if of.chosen != of.most:
            chosen = self.both(f"{chosen}到{of.most}家", f"{chosen} to {of.most}")
        share = f"{'' if of.chosen == of.most else '≥'}{of.chosen * 100 // of.places}%" if of.places else ""
        beyond, left = of.chosen - of.places, of.places - of.chosen
        if beyond > 0:
            least = "" if of.chosen == of.most else self.both("至少", "at least ")
            result = self.both(f"{least}超出{beyond}家", f"{least}{beyond} too many")
        elif of.chosen == of.most:
            result = self.both(f"还可选{left}家", f"{left} left") if left else self.both("已满", "full")
        elif of.most <= of.places:
            result = self.both(f"还可选{of.places - of.most}家到{left}家", f"{of.places - of.most} to {left} left")
        else:
            result = self.both("还不能断定", "cannot be told")
        return [
            self.both(f"{self.of.on.year}年", str(self.of.on.year)),
            chosen,
            share,
            result,
        ]

    # ------------------------------------------------------------ what the readings are worth
    def costs(self) -> Section:
        columns = [
            Column(self.both("口径", "Reading")),
            Column(self.both("问题", "Question"), wide=True),
            Column(self.both("现用", "Used"), wide=True),
            Column(self.both("另选", "Instead")),
            Column(self.both("性质", "Nature")),
            Column(self.both("合计（元）", "Total (RMB)"), "money"),
            Column(self.both("比现用（元）", "Difference (RMB)"), "money"),
            Column(self.both("增", "Up"), "count"),
            Column(self.both("减", "Down"), "count"),
            Column(self.both("有变", "Differ"), "count"),
        ]
        rows: list[list[Cell]] = []
        quiet: list[Cost] = []
        both_ways: list[str] = []
        for each in self.of.costs:
            if not each.changed and not each.targets:
                quiet.append(each)
            elif each.changed and not each.moved:
                told = self.both("金额都不变", "no amount changes")
                rows.append([*self._named(each), told, None, None, 0, 0, each.changed])
            for place, nature in enumerate(each.moved):
                total, more = each.sums[nature], each.sums[nature] - each.base[nature]
                up, down = each.gaining[nature], each.losing[nature]
                changed = each.changed if place == 0 else None
                rows.append([*self._named(each), self.nature(nature), total, more, up, down, changed])
                if up and down:
                    both_ways.append(self._both_ways(each, nature))
        if not rows:  # the table says that nothing differs, where nothing does
            nothing = self.both("结果都不变", "no result changes")
            rows = [[*self._named(each), nothing, None, None, 0, 0, 0] for each in quiet]
            quiet = []
        notes = [
            self.both(
                "合计：奖励、补助和房租减免是应付，减征税费和加计扣除是应得。",
                "Totals are what is payable of grants and rent relief, and what tax not due and extra deductions amount to.",
            ),
            self.both(
                "每次只换一个口径；“增”“减”是所得增加、减少的企业数，“有变”是结果、金额有一样不同的企业数。",
                "One reading is changed at a time; up and down count enterprises that get more or less, differ those of which anything is"
                " otherwise.",
            ),
        ]
        if both_ways:
            listed = self.both("；", "; ").join(both_ways)
            notes.append(self.both(f"有增有减的：{listed}。", f"Up for some, down for others: {listed}."))
        for row in [at for at in range(len(rows) - 1, 0, -1) if rows[at][0] == rows[at - 1][0]]:
            rows[row][1:3] = ["", ""]  # the question and what is used are told once
        if quiet:
            listed = self.both("、", ", ").join(f"{each.reading.id} {each.option}" for each in quiet)
            notes.append(self.both(f"换了以后结果都不变的：{listed}。", f"No result changes under: {listed}."))
        return Section("costs", self.both("各种读法值多少钱", "What the readings are worth"), columns, rows, notes)

    def _both_ways(self, of: Cost, nature: str) -> str:
        """What those who come to more gain together, and what the others lose."""
        name = f"{of.reading.id} {of.option} {self.nature(nature)}"
        gained, lost = (self.numbers.yuan(Fraction(each[nature])) for each in (of.gained, of.lost))
        return self.both(f"{name}共增 {gained}，共减 {lost}", f"{name} up by {gained}, down by {lost}")

    def moved(self) -> Section:
        """The targets of the district that come out otherwise under another option."""
        columns = [
            Column(self.both("口径", "Reading")),
            Column(self.both("问题", "Question"), wide=True),
            Column(self.both("现用", "Used"), wide=True),
            Column(self.both("另选", "Instead")),
            Column(self.both("目标", "Target")),
            Column(self.both("照现用", "As used")),
            Column(self.both("照另选", "Instead")),
        ]
        rows: list[list[Cell]] = []
        for each in self.of.costs:
            for used, instead in each.targets:
                sides = (self._side(side, used.goal != instead.goal) for side in (used, instead))
                rows.append([*self._named(each), used.provision.name, *sides])
        return Section("moved", self.both("换一种读法，全区目标怎样", "Targets under other readings"), columns, rows)

    def _side(self, of: Target, with_goal: bool) -> str:
        goal, status = self._number(of, of.goal), pick(TARGET[of.status], self.language)
        wanted = self.both(f"要达到{goal}，", f"goal {goal}, ") if with_goal else ""
        return self.both(f"{self._now(of)}（{wanted}{status}）", f"{self._now(of)} ({wanted}{status})")

    def _named(self, each: Cost) -> list[str]:
        options = dict(each.reading.options)
        used, other = (f"{option} {options[option]}" for option in (each.used, each.option))
        return [each.reading.id, each.reading.question, used, other]

    # ------------------------------------------------------------ what came in
    def rows(self) -> Section:
        columns = [
            Column(self.both("表", "Table")),
            Column(self.both("行数", "Rows"), "count"),
            Column(self.both("据以判定", "Decided on"), "count"),
            Column(self.both("退回", "Rejected"), "count"),
        ]
        rows: list[list[Cell]] = [[each.table, each.given, each.kept, each.rejected] for each in self.of.rows]
        notes = [
            self.both(
                "每一行不是据以判定，就是退回。一家企业有一行读不了，它的各行一并退回：只凭一部分事实判定会出错。",
                "Every row is decided on or rejected: where one row of an enterprise cannot be read, all of its rows are rejected.",
            )
        ]
        if self.of.blank:
            notes.append(
                self.both(
                    f"{'、'.join(self.of.blank)}的表里没有一行，当作各户都没有；其实是不掌握的，把整张表去掉再判定。",
                    f"{', '.join(self.of.blank)}: given without a row, so no enterprise has any; leave out the whole table where it is not known.",
                )
            )
        return Section("rows", self.both("收到的行数", "Rows given"), columns, rows, notes)

    def rejects(self) -> Section:
        more = self.both("，见退回清单", ": see the list of rejects")
        return rejects_section(self.of.rejects, self.of.faults, self.language, more)


def _value(sum: Sum | None) -> Decimal | None:
    return None if sum is None else sum.value


def _lengths(groups: Sequence[Group], natures: Sequence[str]) -> list[tuple[Bar, ...]]:
    """Bars of the first nature that there is, against the longest."""
    values = [
        next((each.sums[nature].value for nature in natures if nature in each.sums), Decimal(0)) for each in groups
    ]
    longest = max(values, default=Decimal(0))
    return [stacked([(value, "yes")], longest) for value in values]


def _share(of: Target) -> Fraction | None:
    """How far it is, of 100; None where that cannot be told."""
    if not isinstance(of.least, (int, Fraction)) or not isinstance(of.goal, (int, Fraction)) or of.goal <= 0:
        return None
    return Fraction(of.least) * 100 / of.goal


def progress(of: Target) -> str:
    share = _share(of)
    if share is None:
        return ""
    return f"{'' if of.least == of.most else '≥'}{int(share)}%"
