"""What differs between two things of one kind: each meaningful thing about them, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from fayan_runtime import ir
from fayan_runtime.cases import Expected
from fayan_runtime.changes import Example, Part, Place
from fayan_runtime.explain.diff.excerpt import cut
from fayan_runtime.explain.diff.sides import SideWords
from fayan_runtime.explain.phrase.bands import bands_of
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.values import Unknown


@frozen
class Line:
    """Before and after in words; a side that is empty is not there. ``joined`` as that of a part; ``cases``: in which cases it holds, from
    the outermost (None: in all others); ``note`` says what else there is to say of it. ``seen``: both sides
    are known; else it is told as what cannot be compared, never as the cause of anything."""

    before: str
    after: str
    note: str = ""
    joined: str = ""
    cases: tuple[str | None, ...] = ()
    seen: bool = field(default=True, kw_only=True)


@frozen
class Details:
    old: SideWords
    new: SideWords

    def between(self, before: object, after: object) -> Iterator[Line]:
        """Of two things of one kind; nothing of what is no such thing."""
        match before, after:
            case ir.ReadingDecl(), ir.ReadingDecl():
                yield from self.reading(before, after)
            case ir.Period(), ir.Period():
                yield from self.apart(self.old.period(before), self.new.period(after))
            case ir.Function(), ir.Function():
                sides = zip((self.old, self.new), (before, after), strict=True)
                yield from self.apart(*(said.listed(name for name, _ in each.params) for said, each in sides))
            case ir.Ceiling(), ir.Ceiling():
                yield from self.cap(before, after)
            case ir.Highest(), ir.Highest():
                yield from self.highest(before, after)
            case ir.Deduct(), ir.Deduct():
                yield from self.apart(self.old.side(before), self.new.side(after))
                yield from self.apart(*self.applying(before, after))
            case ir.FactDecl(), ir.FactDecl():
                yield from self.fact(before, after)
            case ir.EnumDecl(), ir.EnumDecl():
                yield from self.members(before.members, after.members)
            case ir.Import(), ir.Import():
                yield from self.taken(before, after)
            case Example(), Example():
                yield from self.example(before, after)

    def ends(self, before: ir.Period, after: ir.Period) -> Line:
        """Of two periods only the end that differs, where one does."""
        old, new = (evolve(each, start=None) for each in (before, after))
        if self.old.period(evolve(before, end=None)) != self.new.period(evolve(after, end=None)):
            old, new = (evolve(each, end=None) for each in (before, after))
            if self.old.period(evolve(before, start=None)) != self.new.period(evolve(after, start=None)):
                old, new = before, after
        ends = [words.period(each) for words, each in ((self.old, old), (self.new, new))]
        if (before, after) != (old, new):  # of the end that is not there, rather than of none at all
            missing = self.new.label("no_end" if old.start is None else "no_start")
            ends = [missing if each == self.new.label("period") else each for each in ends]
        return Line(ends[0], ends[1])

    def moved(self, before: Place, after: Place) -> Line:
        """“第6条 → 第9条（责任单位 区财政局 → 区科技局）”."""
        measure, comma = self.new.label("measure"), self.new.listed
        units = [comma(each.responsible) or self.new.label("nobody") for each in (before, after)]
        responsible = f"{self.new.about('responsible')} {units[0]} → {units[1]}" if units[0] != units[1] else ""
        return Line(measure.format(before.measure), measure.format(after.measure), responsible)

    @staticmethod
    def apart(before: str, after: str, note: str = "") -> Iterator[Line]:
        if before != after:
            yield Line(before, after, note)

    def members(self, before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
        """What was put in and what was taken out of a list; as a whole where that says no more."""
        gone, come = [each for each in before if each not in after], [each for each in after if each not in before]
        if len(gone) == len(before) or len(come) == len(after) or (gone and come):
            yield Line(self.old.listed(before), self.new.listed(after))
        elif gone or come:
            yield Line(self.old.listed(gone), self.new.listed(come))

    # ------------------------------------------------------------ expressions
    def part(self, part: Part) -> list[Line]:
        """One line, or a line for each row of what is cut into bands or set by the day."""
        chosen = dict(part.under)
        cases = self.cases(part)
        if self.old.unseen(part.before) or self.new.unseen(part.after):
            return [self.not_compared(part, cases)]
        if part.before is not None and part.after is not None:
            sides = self.old.taken(part.before, chosen), self.new.taken(part.after, chosen)
            if rows := self.rows(*sides):
                return [evolve(each, cases=cases) for each in rows]
            if (word := self.word(*sides, chosen, named=bool(part.row))) is not None:
                return [evolve(word, cases=cases)]
        before = "" if part.before is None else self.old.said(part.before, chosen)
        after = "" if part.after is None else self.new.said(part.after, chosen)
        if before == after:  # by default: what makes the difference is the definition itself
            before, after = self.old.by_name(part.before, before), self.new.by_name(part.after, after)
        return [Line(before, after, joined=part.joined, cases=cases)]

    def not_compared(self, part: Part, cases: tuple[str | None, ...]) -> Line:
        """“未见 → 1%（采购类别为工程；旧版原文未见，不比较）”."""
        sides = ((self.old, part.before), (self.new, part.after))
        before, after = [
            words.label("nothing" if each is None else "not_seen")
            if each is None or (isinstance(each, ir.Fact) and words.unseen(each))
            else words.said(each, dict(part.under))
            for words, each in sides
        ]
        which = [key for key, (words, each) in zip(("old", "new"), sides, strict=True) if words.unseen(each)]
        why = self.new.label("not_compared").format(self.new.listed(self.new.label(each).lower() for each in which))
        return Line(before, after, why, cases=cases, seen=False)

    def word(self, before: ir.Expr, after: ir.Expr, chosen: dict[str, str], named: bool) -> Line | None:
        """Of two comparisons of the same thing only the word and what it is compared with: “超过10% → 达到10%”; ``named``: with the thing,
        once: “从业人员达到300人 → 达到200人”."""
        if not isinstance(before, ir.Compare) or not isinstance(after, ir.Compare):
            return None
        thing = self.old.said(before.left, chosen)
        if thing != self.new.said(after.left, chosen):
            return None
        sides = ((self.old, before, thing if named else ""), (self.new, after, ""))
        old, new = (
            words.tongue.comparison(left, each, words.said(each.right, chosen)).strip() for words, each, left in sides
        )
        return Line(old, new)

    def cases(self, part: Part) -> tuple[str | None, ...]:
        """In which cases; of a row of a table, what else stands in it: “划型行业为工业、营业收入达到2000万元，得中型”. A formula is named
        only where nothing else tells the row."""
        cases = [None if each is None else self.new.said(each) for each in part.cases]
        if part.row:
            *stays, gives = part.row
            said = [self.new.tongue.all_of([self.new.said(each) for each in stays])] * bool(stays)
            if not stays or isinstance(gives, ir.Const):
                said.append(self.new.label("row").format(cut(self.new.said(gives), self.new.language)))
            cases.append(("，" if self.new.language == "zh" else ", ").join(said))
        return tuple(cases)

    def rows(self, before: ir.Expr, after: ir.Expr) -> list[Line]:
        old, new = self.banded(before, self.old), self.banded(after, self.new)
        if not old or not new:
            old, new = self.dated(before, self.old), self.dated(after, self.new)
        if not old or not new:
            return []
        gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
        if len(gone) == len(come):
            return [Line(one, other) for one, other in zip(gone, come, strict=True)]
        return [Line(self.old.tongue.clauses(gone), self.new.tongue.clauses(come))]

    @staticmethod
    def banded(expr: ir.Expr, words: SideWords) -> list[str]:
        found = bands_of(expr)
        if found is None:
            return []
        return [
            words.tongue.band(
                None if low is None else words.said(low), None if high is None else words.said(high), words.said(rate)
            )
            for low, high, rate in found[1]
        ]

    @staticmethod
    def dated(expr: ir.Expr, words: SideWords) -> list[str]:
        return [words.tongue.in_days(first, last, words.said(value)) for first, last, value in rows_of(expr)]

    # ------------------------------------------------------------ between rules
    def cap(self, before: ir.Ceiling, after: ir.Ceiling) -> Iterator[Line]:
        covers = [dict(words.covered(each)) for words, each in ((self.old, before), (self.new, after))]
        yield from self.members(list(covers[0]), list(covers[1]))
        if [*covers[0]] != [*covers[1]] and {*covers[0]} == {*covers[1]}:
            first, other = (self.new.label("filled_first").format(next(iter(each))) for each in covers)
            yield Line(first, other)
        for name, when in covers[1].items():
            if name in covers[0]:
                yield from self.apart(
                    *(f"{name} {self.new.label('applies').format(one)}" for one in (covers[0][name], when))
                )
        for said in (_counted, _split, _order):
            yield from self.apart(said(before, self.old), said(after, self.new))
        yield from self.apart(*self.applying(before, after))

    def highest(self, before: ir.Highest, after: ir.Highest) -> Iterator[Line]:
        yield from self.members(self.old.members(before), self.new.members(after))
        yield from self.apart(self.old.label(before.mode), self.new.label(after.mode))
        received = [
            words.label("received").format(
                words.label("nothing") if each.received is None else words.said(each.received)
            )
            for words, each in ((self.old, before), (self.new, after))
        ]
        yield from self.apart(received[0], received[1])
        yield from self.apart(*self.applying(before, after))

    def applying(self, before: _Between, after: _Between) -> tuple[str, str]:
        old, new = self.old.when(before.applies), self.new.when(after.applies)
        return self.old.label("applies").format(old), self.new.label("applies").format(new)

    # ------------------------------------------------------------ facts
    def fact(self, before: ir.FactDecl, after: ir.FactDecl) -> Iterator[Line]:
        if not (before.fields and after.fields):
            yield from self.apart(self.old.kind(before.type), self.new.kind(after.type))
        for said in (_optional, _series, _default, _evidence, _tally, _unseen):
            yield from self.apart(said(self.old, before), said(self.new, after))
        yield from self.columns(before.fields, after.fields)

    def columns(self, before: Sequence[ir.FactDecl], after: Sequence[ir.FactDecl]) -> Iterator[Line]:
        old, new = {each.name: each for each in before}, {each.name: each for each in after}
        gone, come = (
            [each for name, each in old.items() if name not in new],
            [new[each] for each in new if each not in old],
        )
        for each in [*gone]:
            alike = [one for one in come if evolve(one, name=each.name) == each]
            if len(alike) == 1:
                yield Line(each.name, alike[0].name, self.new.label("perhaps"))
                gone.remove(each)
                come.remove(alike[0])
        for each in gone:
            yield Line(each.name + self.old.tongue.aside(self.old.declared(each)), "")
        for each in come:
            yield Line("", each.name + self.new.tongue.aside(self.new.declared(each)))
        for name, each in new.items():
            if name in old:
                for line in self.fact(old[name], each):
                    yield evolve(line, before=f"{name} {line.before}", after=f"{name} {line.after}")

    # ------------------------------------------------------------ the rest
    def reading(self, old: ir.ReadingDecl, new: ir.ReadingDecl) -> Iterator[Line]:
        """Another default, the question, the options and the reason; an option that is on one side only has no other."""
        if defaults := self.defaults(old, new):
            yield Line(*defaults)
        yield from self.apart(old.question, new.question)
        before, after = dict(old.options), dict(new.options)
        for option in dict.fromkeys([*before, *after]):
            if before.get(option) == after.get(option):
                continue
            sides = [f"{option} {side[option]}" if option in side else "" for side in (before, after)]
            yield Line(sides[0], sides[1], joined="" if all(sides) else "option")
        said = [
            words.label("computed") if each.uncomputed is None else words.label("uncomputed").format(each.uncomputed)
            for words, each in ((self.old, old), (self.new, new))
        ]
        yield from self.apart(said[0], said[1])

    def defaults(self, old: ir.ReadingDecl, new: ir.ReadingDecl) -> tuple[str, str] | None:
        """What a reading is where none is chosen, if another option stands first."""
        before, after = old.options[:1], new.options[:1]
        if [option for option, _ in before] == [option for option, _ in after]:
            return None
        word = self.new.label("by_default")
        first, second = (" ".join((word, *side[0])) if side else "—" for side in (before, after))
        return first, second

    def taken(self, before: ir.Import, after: ir.Import) -> Iterator[Line]:
        """Another document, or another of its versions; and what is taken from it."""
        versions = [
            self.new.label("version_of").format(self.new.tongue.numbers.day(each.on)) if each.on else ""
            for each in (before, after)
        ]
        if before.number == after.number:
            yield from self.apart(*versions)
        else:
            sides = zip((before, after), versions, strict=True)
            old, new = (each.number + (self.new.tongue.aside(said) if said else "") for each, said in sides)
            yield Line(old, new)
        yield from self.members(before.takes, after.takes)

    def example(self, before: Example, after: Example) -> Iterator[Line]:
        """What of the cases is another: the day, facts, readings, what must come out."""
        yield from self.apart(before.title, after.title)
        label = self.new.label
        if len(before.cases) != len(after.cases):
            old, new = (label("cases").format(len(each.cases)) for each in (before, after))
            yield Line(old, new)
            return
        pairs = list(zip(before.cases, after.cases, strict=True))
        said = []
        if any(one.on != other.on for one, other in pairs):
            said.append(label("on"))
        facts = _differing(([one.facts.scopes, other.facts.scopes] for one, other in pairs))
        readings = {
            id
            for one, other in pairs
            for id in {**one.readings, **other.readings}
            if one.readings.get(id) != other.readings.get(id)
        }
        wanted = {str(each.target) for one, other in pairs for each in _apart(one.expected, other.expected)}
        for key, names in (("given", facts), ("under", sorted(readings)), ("wanted", sorted(wanted))):
            if names:
                said.append(f"{label(key)} {self.new.listed(names)}")
        if said:
            yield Line("", "", label("rewritten").format(self.new.tongue.clauses(said)))


_Between = ir.Ceiling | ir.Highest | ir.Deduct


def _counted(cap: ir.Ceiling, words: SideWords) -> str:
    return words.label("per_year" if cap.per_year else "altogether")


def _split(cap: ir.Ceiling, words: SideWords) -> str:
    """“合算”, “按规则分算（口径 R3.5 取 b）、按 板块 分算”."""
    ways = [
        (words.label("by_rule"), cap.split),
        *((words.label("by_field").format(key), when) for key, when in cap.keys),
    ]
    said = []
    for way, test in ways:
        when = words.when(test)
        if when != words.label("never"):
            said.append(way + ("" if when == words.label("always") else words.tongue.aside(when)))
    return words.listed(said) or words.label("not_split")


def _order(cap: ir.Ceiling, words: SideWords) -> str:
    return words.label("by_date" if cap.by_date else "by_place")


def _optional(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("may_be_none" if fact.type.optional else "never_none")


def _series(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("series" if fact.series else "whole_list")


def _default(words: SideWords, fact: ir.FactDecl) -> str:
    return words.default(fact)


def _evidence(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("evidence").format(fact.evidence) if fact.evidence else words.label("no_evidence")


def _tally(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("tallied").format(fact.tally) if fact.tally else words.label("not_tallied")


def _unseen(words: SideWords, fact: ir.FactDecl) -> str:
    return words.label("value_unseen").format(fact.unseen) if fact.unseen else words.label("value_seen")


_NOT_GIVEN = Unknown(frozenset())


def _differing(pairs: Iterable[Sequence[dict[str, dict[str, object]]]]) -> list[str]:
    found: dict[str, None] = {}
    for one, other in pairs:
        for scope in {**one, **other}:
            before, after = one.get(scope, {}), other.get(scope, {})
            for name in {**before, **after}:
                if _known(before.get(name, _NOT_GIVEN)) != _known(after.get(name, _NOT_GIVEN)):
                    found[name] = None
    return list(found)


def _known(value: object) -> object:
    """A fact that is not known may be one that the other version does not have."""
    if isinstance(value, list):
        return [_known(each) for each in value]
    if isinstance(value, dict):
        return {name: _known(each) for name, each in value.items() if not isinstance(each, Unknown)}
    return None if isinstance(value, Unknown) else (value,)


def _apart(one: Sequence[Expected], other: Sequence[Expected]) -> list[Expected]:
    """What only one of two cases expects, wherever it stands in the file."""
    ours, theirs = ([evolve(each, line=0) for each in side] for side in (one, other))
    return [each for each in (*ours, *theirs) if (each in ours) is not (each in theirs)]
