"""One change in words: what it is about, what it was, what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase
from fayan_runtime.comparison import Change, Comparison, Part, WorkedOut
from fayan_runtime.explain.diff.words import ASPECT, KINDS, LABELS
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.written import say
from fayan_runtime.explain.words import NATURE, pick
from fayan_runtime.ir import NOWHERE, Origin

#: Characters of one side of a change in the answer.
BRIEF = 24


@frozen
class ChangeView:
    """``about`` says what kind of thing, ``name`` which; an empty side is not there. ``lines`` are (before, after) in the files.

    ``told`` is all of it as one sentence, ``where`` the lines in words.
    """

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

    def views(self, change: Change) -> list[ChangeView]:
        """One line for each part that differs, parts that are the same under several readings together."""
        about, name = self.about(change), "　".join(filter(None, (change.of, change.name)))
        lines = (_line(change.old), _line(change.new))
        together: dict[tuple[str, str], list[Part]] = {}
        for part in change.parts:
            together.setdefault(self.both(part), []).append(part)
        if together and change.before is not None and change.after is not None:
            sides = [(before, after, self.under(parts)) for (before, after), parts in together.items()]
        elif isinstance(change.before, ir.ReadingDecl) and isinstance(change.after, ir.ReadingDecl):
            sides = [(before, after, "") for before, after in _reworded(change.before, change.after)]
            if defaults := self.defaults(change.before, change.after):
                sides.insert(0, (*defaults, ""))
        else:
            sides = [(self.side(change.before, old=True), self.side(change.after, old=False), "")]
        if change.before is not None and change.after is not None:
            apart = [each for each in sides if each[0] != each[1]]
            sides = apart + [(*each, "") for each in self.details(change.before, change.after)] or sides
        return [
            ChangeView(
                about,
                name,
                before,
                after,
                note,
                lines,
                self.told(change, name, before, after, note),
                self.where(*lines),
            )
            for before, after, note in sides
        ]

    def defaults(self, old: ir.ReadingDecl, new: ir.ReadingDecl) -> tuple[str, str] | None:
        """What a reading is where none is chosen, if another option stands first."""
        before, after = old.options[:1], new.options[:1]
        if [option for option, _ in before] == [option for option, _ in after]:
            return None
        word = pick(LABELS["by_default"], self.language)
        first, second = (" ".join((word, *side[0])) if side else "—" for side in (before, after))
        return first, second

    def details(self, before: object, after: object) -> Iterator[tuple[str, str]]:
        """What the words of a side leave out: how a cap is counted, what stands in for a fact that is not given."""
        if isinstance(before, ir.Ceiling) and isinstance(after, ir.Ceiling):
            names = [
                self.tongue.numbers.listed(dict.fromkeys(n for (n, _), _ in each.covers)) for each in (before, after)
            ]
            if before.limit != after.limit and names[0] != names[1]:
                yield names[0], names[1]
            sides = [
                pick(LABELS["per_year" if each.per_year else "altogether"], self.language) for each in (before, after)
            ]
            if sides[0] != sides[1]:
                yield sides[0], sides[1]
            keys = [self.tongue.numbers.listed(key for key, _ in each.keys) or "—" for each in (before, after)]
            if keys[0] != keys[1]:
                yield keys[0], keys[1]
        if isinstance(before, ir.FactDecl) and isinstance(after, ir.FactDecl):
            fields = {each.name: each for each in before.fields}
            for each in after.fields:
                if each.name in fields:
                    yield from (
                        (f"{each.name} {one}", f"{each.name} {other}")
                        for one, other in self.details(fields[each.name], each)
                    )
            word, none = (pick(LABELS[each], self.language) for each in ("fact_default", "no_default"))
            said = [
                f"{word} {self.tongue.numbers.show(each.default, each.type) if each.default != () else self.tongue.numbers.NONE}"
                if each.has_default
                else none
                for each in (before, after)
            ]
            if said[0] != said[1]:
                yield said[0], said[1]

    def told(self, change: Change, name: str, before: str, after: str, note: str) -> str:
        """“限额 年度限额：50万元 → 80万元（口径 R3.7 取 a）”; what is on one side only is said to be added or removed."""
        zh = self.language == "zh"
        about = self.about(change)
        if change.before is None or change.after is None:
            done = pick(LABELS["added" if change.before is None else "removed"], self.language)
            what, said = (f"{done}{about}" if zh else f"{about} {done}"), after or before
            said = "" if said == name else said
        else:
            what, said = about, f"{before} → {after}" if before != after else ""
        head = f"{what} {name}".strip()
        told = (f"{head}：{said}" if zh else f"{head}: {said}") if said else head
        return told + ((f"（{note}）" if zh else f" ({note})") if note else "")

    def brief(self, change: Change) -> list[str]:
        """“年度限额 50万元 → 80万元”, for the answer: no more than what is needed to know it again."""
        name = change.name or self.about(change)
        said = []
        for view in self.views(change):
            before, after = _cut(view.before), _cut(view.after)
            if change.before is None or change.after is None:
                done = pick(LABELS["added" if change.before is None else "removed"], self.language)
                said.append(f"{done}{self.about(change)} {change.name}".strip())
            else:
                said.append(f"{name} {before} → {after}" if before != after else name)
        return said

    def where(self, old: int, new: int) -> str:
        key, numbers = ("lines", (old, new)) if old and new else ("line_old", (old,)) if old else ("line_new", (new,))
        return pick(LABELS[key], self.language).format(*numbers) if old or new else ""

    def about(self, change: Change) -> str:
        return pick(ASPECT[change.aspect], self.language)

    def both(self, part: Part) -> tuple[str, str]:
        chosen = dict(part.under)
        before = self.said(part.before, self.comparison.old, chosen)
        after = self.said(part.after, self.comparison.new, chosen)
        return before, after

    def said(self, expr: ir.Expr, program: ir.Program, readings: dict[str, str] | None = None) -> str:
        return say(self.tongue, expr, program, readings)

    def under(self, parts: Sequence[Part]) -> str:
        """“口径 R3.6 取 a、b”."""
        if all(not part.under for part in parts):
            return ""
        options: dict[str, dict[str, None]] = {}
        for part in parts:
            for id, option in part.under:
                options.setdefault(id, {})[option] = None
        word, takes = (pick(LABELS[each], self.language) for each in ("under", "option"))
        joined = "、" if self.language == "zh" else ", "
        return joined.join(f"{word} {id} {takes} {joined.join(found)}" for id, found in options.items())

    def side(self, thing: object, old: bool) -> str:
        program = self.comparison.old if old else self.comparison.new
        join = self.tongue.numbers.listed
        match thing:
            case None:
                return ""
            case ir.Condition():
                said = self.said(thing.expr, program)
                return "" if said == thing.name else said
            case ir.Stage():
                return self.said(thing.amount, program)
            case ir.Period():
                ends = [self.said(each, program) for each in (thing.start, thing.end) if each is not None]
                return " — ".join(ends)
            case ir.Provision():
                return "" if thing.amount is None else self.said(thing.amount, program)
            case ir.Ceiling():
                return (
                    f"{self.said(thing.limit, program)}（{join(dict.fromkeys(name for (name, _), _ in thing.covers))}）"
                )
            case ir.Highest():
                return join(stage or name for name, stage in thing.members)
            case ir.Deduct():
                return f"{thing.member} − {join(thing.less)}"
            case ir.Offset():
                return thing.list
            case ir.Function():
                return self.said(thing.body, program)
            case ir.ReadingDecl():
                return f"{thing.question}　{join(f'{option} {text}' for option, text in thing.options)}"
            case ir.EnumDecl():
                return join(thing.members)
            case WorkedOut():
                key = "worked_out" if thing.function else "not_worked_out"
                return pick(LABELS[key], self.language).format(thing.function)
            case ir.FactDecl():
                kind = join(each.name for each in thing.fields) if thing.fields else self.kind(thing.type)
                return kind + (f"（{thing.evidence}）" if thing.evidence else "")
            case ExampleCase():
                return thing.title
            case ir.Node():
                return self.said(thing, program)  # type: ignore[arg-type]
            case tuple():
                return join(thing)
            case "":  # 未见
                return pick(LABELS["not_seen"], self.language)
            case str() if thing in NATURE:
                return pick(NATURE[thing], self.language)
        return str(thing)

    def kind(self, type: ir.Type) -> str:
        own = type.name or type.shown or self.tongue.numbers.unit(type.unit)
        return own or pick(KINDS[type.kind], self.language)


def _reworded(old: ir.ReadingDecl, new: ir.ReadingDecl) -> Iterator[tuple[str, str]]:
    """The question, the options and the reason of a reading where they differ; an option that is on one side only has no other."""
    if old.question != new.question:
        yield old.question, new.question
    before, after = dict(old.options), dict(new.options)
    for option in dict.fromkeys([*before, *after]):
        if before.get(option) != after.get(option):
            yield tuple(f"{option} {side[option]}" if option in side else "—" for side in (before, after))  # type: ignore[misc]
    if old.uncomputed != new.uncomputed:
        yield old.uncomputed or "—", new.uncomputed or "—"


def _cut(said: str) -> str:
    return said if len(said) <= BRIEF else said[: BRIEF - 1] + "…"


def _line(origin: Origin) -> int:
    return 0 if origin is NOWHERE else origin.line
