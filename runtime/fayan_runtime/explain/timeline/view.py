"""The page of a timeline: what meets, what does not and what is not known first, then every line drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import field, frozen

from fayan_runtime import ir
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.explain.phrase.written import say
from fayan_runtime.explain.timeline.axis import Axis
from fayan_runtime.explain.timeline.words import DOCUMENT, LABELS, RULES
from fayan_runtime.explain.words import pick, plurals
from fayan_runtime.timeline import Chronicle, Days, Finding, Version, Window, apart

#: A drawing is so many points wide, and a line of it so many high.
WIDTH, HEIGHT, BAR = 760, 44, 14
#: Characters of a row's name that a drawing has room for beside what is said of its days.
NAMED = 45


@frozen
class Piece:
    """A run of days of one kind: in force ``=``, before the document took effect ``-``, not known ``?``. ``left`` and ``width`` in points."""

    sign: str
    first: date
    last: date
    left: float
    width: float


@frozen
class Row:
    name: str
    bar: str
    said: str
    pieces: tuple[Piece, ...]


@frozen
class Section:
    heading: str
    rows: list[Row]
    #: What days are others under other readings: rules of which the same is said together.
    under: list[str] = field(factory=list)


@frozen
class TimelineView:
    title: str
    headline: str
    answer: list[str]
    scale: str
    years: list[tuple[int, float]]
    sections: list[Section]
    notes: list[str]
    legend: str
    drawing: tuple[int, int, int, int]
    language: str
    label: dict[str, str]


def timeline_view(chronicle: Chronicle, language: str) -> TimelineView:
    return _Page(chronicle, language).view()


class _Page:
    def __init__(self, chronicle: Chronicle, language: str) -> None:
        self.chronicle = chronicle
        self.language = language
        self.tongue = tongue(language)
        self.label = {key: pick(pair, language) for key, pair in LABELS.items()}
        self.parameters = list(_parameters(chronicle))
        self.axis = self.scaled()

    def scaled(self) -> Axis:
        known: list[date | None] = []
        for version in self.chronicle.versions:
            known += [version.first, version.last, version.program.dated]
        for line in self.chronicle.rules:
            known += [day for each in line.windows for day in (each.days.first, each.days.last)]
        known += [day for _, _, rows in self.parameters for first, last, _ in rows for day in (first, last)]
        after = any(each.last is None for each in self.chronicle.versions)
        before = any(each.first is None for each in self.chronicle.versions)
        return Axis.over([day for day in known if day is not None], before, after)

    def view(self) -> TimelineView:
        several = len(self.chronicle.versions) > 1
        sections = [
            Section(self.label["documents"], [self.document(each) for each in self.chronicle.versions]),
            Section(self.label["rules"], [self.rule(each, several) for each in self.windows()], self.under(several)),
            Section(self.label["parameters"], [row for each in self.parameters for row in self.parameter(*each)]),
        ]  # fmt: skip
        untimed = any(
            rule.on is None and not rule.stages for each in self.chronicle.versions for rule in each.program.provisions
        )
        return TimelineView(
            title=self.title(),
            headline=self.headline(),
            answer=self.answer(),
            scale=self.axis.scale(),
            years=[(year, round(share * WIDTH, 1)) for year, share in self.axis.years()],
            sections=[each for each in sections if each.rows],
            notes=[self.label["others" if self.chronicle.rules else "none_dated"]] if untimed else [],
            legend=self.label["legend"],
            drawing=(WIDTH, HEIGHT, BAR, NAMED),
            language=self.language,
            label=self.label,
        )

    def title(self) -> str:
        """That of the last version; of documents that are no versions of one policy, how many there are."""
        versions = self.chronicle.versions
        if apart(versions) is None:
            return versions[-1].program.title
        followed = sum(bool(each.follows) for each in versions)
        return self.label["several" if followed else "several_apart"].format(len(versions), followed)

    # ------------------------------------------------------------ the answer
    def headline(self) -> str:
        if len(self.chronicle.versions) == 1:
            return self.label["one"]
        told = self.grouped()
        if not told:
            return self.label[self.unlinked()]
        kinds = [each.kind for each, _ in told]
        gaps, overlaps = kinds.count("gap"), kinds.count("overlap")
        unknowns = sum(kind in ("unknown", "maybe_gap", "maybe_overlap", "maybe_both") for kind in kinds)
        if not gaps + overlaps + unknowns:
            return self.label["clean"]
        parts = [self.label[name].format(count) for name, count in (("gaps", gaps), ("overlaps", overlaps)) if count]
        parts = parts or [self.label["none"]]
        if unknowns:
            parts.append(self.label["unknowns"].format(unknowns))
        zh = self.language == "zh"
        said = ("；" if zh else "; ").join(parts) + ("。" if zh else ".")
        return plurals(said[0].upper() + said[1:])

    def unlinked(self) -> str:
        """What is said of documents of which none follows another: they may be one and the same, or drafts of one."""
        first, *rest = (each.program for each in self.chronicle.versions)
        if all(each == first for each in rest):
            return "one_document"
        return "drafts" if all(each.number == first.number for each in rest) else "unlinked"

    def answer(self) -> list[str]:
        return [self.finding(each, names) for each, names in self.grouped()]

    def grouped(self) -> list[tuple[Finding, list[str]]]:
        """Rules of which the same is to be said, together."""
        found: dict[tuple[object, ...], tuple[Finding, list[str]]] = {}
        for each in self.chronicle.findings:
            key = (bool(each.rule), each.kind, id(each.old), id(each.new), each.days)
            found.setdefault(key, (each, []))[1].append(each.rule)
        return list(found.values())

    def finding(self, finding: Finding, names: list[str]) -> str:
        zh = self.language == "zh"
        said = pick((RULES if finding.rule else DOCUMENT)[finding.kind], self.language)
        first, last = finding.days.first, finding.days.last
        days = self.days(Days(first, last)) if first is not None or last is not None else self.label["any_day"]
        if finding.kind == "adjacent" and first is not None:
            days = self.tongue.numbers.day(first) if zh else f"on {self.tongue.numbers.day(first)}"
        return said.format(
            days=days,
            old=finding.old.program.number,
            new=finding.new.program.number,
            rules=self.tongue.numbers.listed(names),
        )

    # ------------------------------------------------------------ rows
    def document(self, version: Version) -> Row:
        day, program = self.tongue.numbers.day, version.program
        if version.first is None:
            began = [
                self.label["first_unseen"],
                self.label["dated"].format(day(program.dated)) if program.dated else self.label["dated_unseen"],
            ]
        else:
            began = [self.label["from"].format(day(version.first))]
            if "施行日期" not in dict(program.headers):
                began[0] += self.tongue.aside(self.label["from_dated"])
        ended = []
        if version.until is not None:
            ended.append(self.label["until"].format(day(version.until)))
        if version.repealed_by is not None:
            by = version.repealed_by
            ended.append(
                self.label["repealed"].format(day(by.first), by.program.number)
                if by.first
                else self.label["repealed_unseen"].format(by.program.number)
            )
        told = ("，" if self.language == "zh" else ", ").join([*began, *(ended or [self.label["no_end"]])])
        pieces = list(self.in_force(version))
        return Row(self.named(version), self.bar(pieces), told, tuple(pieces))

    def named(self, version: Version) -> str:
        """With its title, where the titles tell the documents apart."""
        titles = {each.program.title for each in self.chronicle.versions}
        return f"{self.called(version)}　{version.program.title}" if len(titles) > 1 else self.called(version)

    def called(self, version: Version) -> str:
        """By its number; of two drafts with one number also by the file."""
        number = version.program.number
        drafts = [each for each in self.chronicle.versions if each.program.number == number]
        return number + (self.tongue.aside(version.name) if len(drafts) > 1 else "")

    def in_force(self, version: Version) -> Iterator[Piece]:
        last = None if version.end_unknown else version.last
        if version.first is None or version.end_unknown:
            yield self.piece("?", Days(version.first or version.program.dated, last))
        else:
            yield self.piece("=", Days(version.first, last))

    def rule(self, window: Window, several: bool) -> Row:
        name = f"{window.rule.name}　{self.called(window.version)}" if several else window.rule.name
        pieces = list(self.covered(window))
        days, last = self.within(window), window.days.last
        aside = self.tongue.aside(self.label["with_document"]) if days.last != last else ""
        return Row(name, self.bar(pieces), self.days(days) + aside, tuple(pieces))

    @staticmethod
    def within(window: Window) -> Days:
        """What a rule covers: no event after its document's own last day."""
        lasts = [day for day in (window.days.last, window.version.last) if day is not None]
        return Days(window.days.first, min(lasts, default=None))

    def windows(self, default: bool = True) -> Iterator[Window]:
        """The days that a rule of a version covers, at the default readings or at others."""
        return (each for line in self.chronicle.rules for each in line.windows if (each.under is None) is default)

    def under(self, several: bool) -> list[str]:
        """“首次认定、后续复核（某发〔2024〕1号）：口径 G2 取 b：至2025年12月31日”."""
        notes: dict[tuple[str, str], list[str]] = {}
        usual = {(id(each.version), each.rule.name): self.within(each) for each in self.windows()}
        for each in self.windows(default=False):
            assert each.under is not None
            if self.within(each) == usual.get((id(each.version), each.rule.name)):
                continue  # the document ends before that makes a difference
            days = self.label["under"].format(each.under[0], each.under[1], self.days(self.within(each)))
            notes.setdefault((self.called(each.version), each.rule.name), []).append(days)
        alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for (version, rule), said in notes.items():
            alike.setdefault((version, tuple(said)), []).append(rule)
        zh = self.language == "zh"
        return [
            self.tongue.numbers.listed(rules)
            + (self.tongue.aside(version) if several else "")
            + ("：" if zh else ": ")
            + ("；" if zh else "; ").join(said)
            for (version, said), rules in alike.items()
        ]

    def covered(self, window: Window) -> Iterator[Piece]:
        """Days before the document took effect apart from those since; none after its own last day."""
        version, days = window.version, window.days
        last = self.within(window).last
        if version.first is None:
            yield self.piece("?", Days(days.first, last))
            return
        if days.first is None or days.first < version.first:
            eve = version.first - timedelta(days=1)
            yield self.piece("-", Days(days.first, eve if last is None else min(eve, last)))
        start = version.first if days.first is None else max(days.first, version.first)
        if last is None or start <= last:
            yield self.piece("=", Days(start, last))

    def parameter(
        self, version: Version, function: ir.Function, rows: list[tuple[date | None, date | None, ir.Expr]]
    ) -> Iterator[Row]:
        for first, last, value in rows:
            pieces = (self.piece("=", Days(first, last)),)
            name = f"{function.name}：{say(self.tongue, value, version.program)}"
            yield Row(name, self.bar(pieces), self.days(Days(first, last)), pieces)

    def piece(self, sign: str, days: Days) -> Piece:
        """Held to the axis."""
        first = max(days.first or date.min, date(self.axis.start, 1, 1))
        last = max(min(days.last or date.max, date(self.axis.end, 12, 31)), first)
        left = self.axis.share(first) * WIDTH
        after = self.axis.share(last + timedelta(days=1)) * WIDTH if last < date.max else WIDTH
        return Piece(sign, first, last, round(left, 1), round(max(after - left, 1.0), 1))

    def bar(self, pieces: list[Piece] | tuple[Piece, ...]) -> str:
        cells = ["."] * self.axis.cells
        for each in pieces:
            for place in range(self.axis.cell(each.first), self.axis.cell(each.last) + 1):
                cells[place] = each.sign
        return "".join(cells)

    def days(self, days: Days) -> str:
        day = self.tongue.numbers.day
        match days.first, days.last:
            case None, None:
                return self.label["any_day"]
            case None, date() as last:
                return self.label["to"].format(day(last))
            case date() as first, None:
                return self.label["from"].format(day(first))
            case date() as first, date() as last:
                return self.label["from_to"].format(day(first), day(last))
        raise AssertionError(days)


def _parameters(
    chronicle: Chronicle,
) -> Iterator[tuple[Version, ir.Function, list[tuple[date | None, date | None, ir.Expr]]]]:
    for version in chronicle.versions:
        for function in version.program.functions:
            rows = rows_of(function.body)
            if rows:
                yield version, function, rows
