"""One change in words: what it is about, what it was, what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from fayan_runtime import ir
from fayan_runtime.changes import Aspect, Change, Part, Place
from fayan_runtime.comparison import Comparison
from fayan_runtime.explain.diff.details.declared import Declared
from fayan_runtime.explain.diff.details.lines import Line
from fayan_runtime.explain.diff.details.parts import Parts
from fayan_runtime.explain.diff.details.things import Things
from fayan_runtime.explain.diff.excerpt import cut, step
from fayan_runtime.explain.diff.sides import SideWords, both_first
from fayan_runtime.explain.diff.words.labels import LABELS
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.words import pick
from fayan_runtime.ir import NOWHERE, Origin
from fayan_runtime.names import ENTERPRISE

#: More rules than this are not all named.
MOST_RULES = 4
#: Words by which a text says from when it holds.
_FROM_WHEN = ("施行", "生效", "起实施", "起执行")


@frozen
class ChangeView:
    """``aspect`` and ``about``, its word, say what kind of thing, ``name`` which; an empty side is not there. ``lines`` are (before, after)
    in the files.

    ``told`` is all of it as one sentence, ``where`` the lines in words.
    """

    aspect: Aspect
    about: str
    name: str
    before: str
    after: str
    note: str
    lines: tuple[int, int]
    told: str
    where: str


class ChangeWords:
    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison = comparison
        self.language = language
        self.tongue = tongue(language)
        letters = {(id, new): old for id, old, new in comparison.relettered}
        self.old, self.new = SideWords(comparison.old, language, letters), SideWords(comparison.new, language)
        self.declared = Declared(self.old, self.new)

    def views(self, change: Change) -> list[ChangeView]:
        """One line for each meaningful thing that differs."""
        about, name = self.about(change), self.name(change)
        lines = (_line(change.old), _line(change.new))
        return [
            ChangeView(
                change.aspect,
                about,
                name,
                each.before,
                each.after,
                self.joined(filter(None, [*self.cases(each), each.note])),
                lines,
                self.told(change, name, each),
                self.where(*lines),
            )
            for each in self.lines(change)
        ]

    def lines(self, change: Change) -> list[Line]:
        before, after = change.before, change.after
        if change.aspect == "header":
            sides = [
                "" if each is None else words.day(str(each)) for words, each in ((self.old, before), (self.new, after))
            ]
            return [Line(sides[0], sides[1], self.not_stated(change))]
        if before is None or after is None:
            return [Line(self.old.side(before), self.new.side(after))]
        if isinstance(before, ir.Condition) and isinstance(after, ir.Condition) and both_first(before, after):
            return [Line(before.name, after.name)]
        if isinstance(before, Place) and isinstance(after, Place):
            return [self.declared.moved(before, after)]
        if change.aspect in ("member_renamed", "option_renamed"):
            note = "taken_as_renamed" if change.aspect == "member_renamed" else "relettered"
            return [Line(str(before), str(after), self.label(note))]
        if change.aspect == "offset" and change.parts and all(each.before and each.after for each in change.parts):
            return [self.set_off(each) for each in change.parts]
        if change.aspect == "fact_renamed":
            names = [each.name for each in (before, after) if isinstance(each, ir.FactDecl)]
            return [Line(names[0], names[1], self.label("perhaps"))]
        found = [] if isinstance(before, ir.Period) else self.parts(change)
        found += Things(self.old, self.new).between(before, after)
        found = found or self.parts(change) or [Line(self.old.side(before), self.new.side(after))]
        apart = [each for each in found if each.before != each.after or each.note]
        return apart or [Line(*_written(change.old.text, change.new.text))]

    def set_off(self, part: Part) -> Line:
        """Which payments count: “已付都抵扣 → 只抵扣依据不为……的已付”."""
        sides = []
        for words, expr in ((self.old, part.before), (self.new, part.after)):
            said = "" if expr is None else words.said(expr, dict(part.under))
            known = {self.tongue.numbers.YES: "all_set_off", self.tongue.numbers.NO: "none_set_off"}
            sides.append(self.label(known.get(said, "set_off_where")).format(said))
        return Line(sides[0], sides[1], self.under([part]))

    def not_stated(self, change: Change) -> str:
        """Which version's text, being on file, says nothing of the day it takes effect that its header gives."""
        if change.name != "施行日期":
            return ""
        sides = (("old", self.comparison.old, change.before), ("new", self.comparison.new, change.after))
        told = [side for side, program, day in sides if day and not program.unseen and not _says_when(program)]
        return self.label("no_day_both" if len(told) > 1 else f"no_day_{told[0]}") if told else ""

    def parts(self, change: Change) -> list[Line]:
        """Those that are the same under several readings together."""
        together: dict[Line, list[Part]] = {}
        for part in change.parts:
            for line in Parts(self.old, self.new).part(part):
                together.setdefault(line, []).append(part)
        return [
            evolve(each, note=self.joined(filter(None, [each.note, self.under(parts)])))
            for each, parts in together.items()
        ]

    def under(self, parts: Sequence[Part]) -> str:
        """“口径 R3.6 取 a、b”."""
        if all(not part.under for part in parts):
            return ""
        options: dict[str, dict[str, None]] = {}
        for part in parts:
            for id, option in part.under:
                options.setdefault(id, {})[option] = None
        word, takes = self.label("under"), self.label("option")
        joined = self.tongue.numbers.listed
        return joined(f"{word} {id} {takes} {joined(found)}" for id, found in options.items())

    # ------------------------------------------------------------ told
    def told(self, change: Change, name: str, line: Line) -> str:
        """“限额 年度限额：50万元 → 80万元（口径 R3.7 取 a）”; what is on one side only is said to be added or removed."""
        if change.before is None or change.after is None:
            gone = change.aspect == "fact" and change.after is None
            what, said = self.done(change), line.after or line.before
            said = "" if gone or said == name else said
        else:
            what, said = self.about(change), self.step(line)
        head = f"{what} {name}".strip()
        told = f"{head}{self.colon}{said}" if said else head
        return told + (self.tongue.aside(line.note) if line.note else "")

    def done(self, change: Change) -> str:
        """“增加条件”, “不再要填的事实”."""
        key, about = ("added" if change.before is None else "removed"), self.about(change)
        if change.aspect == "fact":
            return self.label(f"fact_{key}")
        return f"{self.label(key)}{about}" if self.language == "zh" else f"{self.label(key)} {about}"

    def step(self, line: Line, whole: bool = True) -> str:
        """“级别为市级专精特新的，50万元 → 80万元”, “增加须同时满足的一项：初创企业”."""
        before, after = line.before, line.after
        if not before and not after:
            return ""
        if before and after:
            said = step(before, after, self.language, whole)
        else:
            key = f"{'put' if after else 'taken'}{f'_{line.joined}' if line.joined else ''}"
            said = self.label(key).format(after or before if whole else cut(after or before, self.language))
        return self.where_it_holds(line, said)

    def where_it_holds(self, line: Line, said: str) -> str:
        for case in reversed(line.cases):
            said = self.tongue.otherwise(said) if case is None else self.tongue.by_case(case, said)
        return said

    def cases(self, line: Line) -> list[str]:
        return [self.label("otherwise_case") if case is None else case for case in line.cases]

    def brief(self, change: Change) -> list[str]:
        """“年度限额 50万元 → 80万元”, for the answer: no more than what is needed to know it again; of another document, with its number."""
        document = self.comparison.document_of(change)
        return [f"{document}{self.colon}{each}" if document else each for each in self.in_short(change)]

    def in_short(self, change: Change) -> list[str]:
        name = self.own_name(change) or self.about(change)
        if change.before is None or change.after is None:
            return [f"{self.done(change)} {change.name}".strip()]
        if isinstance(change.before, ir.Period) and isinstance(change.after, ir.Period):
            line = self.declared.ends(change.before, change.after)
            return [f"{name} {self.step(line, whole=False)}"]
        lines = [each for each in self.lines(change) if each.seen]
        said = []
        for line in lines:
            told = f"{name}{self.colon if line.cases else ' '}{self.step(line, whole=False)}".strip()
            # where one thing changed under several readings, which of them; else the details say so
            note = self.tongue.aside(cut(line.note, self.language)) if line.note and len(lines) > 1 else ""
            said.append(told + note)
        return said

    def name(self, change: Change) -> str:
        """“首发上市　完成首发上市”; a condition that goes by what it says has no name of its own, where that changed."""
        own = [each for each in change.belongs_to if each != ENTERPRISE and change.aspect != "renamed"]
        return "　".join(filter(None, [self.rules(own), self.own_name(change)]))

    def rules(self, names: Sequence[str]) -> str:
        """“首次认定等12项规则” for more than can be read at a glance."""
        if len(names) > MOST_RULES:
            return self.label("and_rules").format(first=names[0], number=len(names), rest=len(names) - 1)
        return self.tongue.numbers.listed(names)

    @staticmethod
    def own_name(change: Change) -> str:
        before, after = change.before, change.after
        reworded = isinstance(before, ir.Condition) and isinstance(after, ir.Condition) and before.name != after.name
        return "" if reworded else change.name

    def about(self, change: Change) -> str:
        return self.new.about(change.aspect, change.before, change.after)

    def where(self, old: int, new: int) -> str:
        key, numbers = ("lines", (old, new)) if old and new else ("line_old", (old,)) if old else ("line_new", (new,))
        return self.label(key).format(*numbers) if old or new else ""

    def label(self, name: str) -> str:
        return pick(LABELS[name], self.language)

    @property
    def colon(self) -> str:
        return "：" if self.language == "zh" else ": "

    def joined(self, parts: Iterable[str]) -> str:
        return ("；" if self.language == "zh" else "; ").join(parts)


def _written(before: str, after: str) -> tuple[str, str]:
    """As the files have it, without the lines that are equal: for what no words are at hand."""
    one, other = ([" ".join(line.split()) for line in each.splitlines()] for each in (before, after))
    return (
        " ".join(line for line in one if line not in other),
        " ".join(line for line in other if line not in one),
    )


def _says_when(program: ir.Program) -> bool:
    """Whether the text may say from when it holds; one that is not in the file may."""
    words = "".join(sentence.text for measure in program.measures for sentence in measure.sentences)
    whole = not any(measure.unseen or measure.unrecorded for measure in program.measures)
    return not (whole and words) or any(each in words for each in _FROM_WHEN)


def _line(origin: Origin) -> int:
    return 0 if origin is NOWHERE else origin.line
