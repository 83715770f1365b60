"""One side of a change in words: what a thing of the program says, as short as it can be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from fayan_runtime import ir, walk
from fayan_runtime.changes import Example, WorkedOut
from fayan_runtime.explain.diff.words.labels import LABELS
from fayan_runtime.explain.diff.words.things import ASPECT, KINDS, RULES
from fayan_runtime.explain.phrase import tongue
from fayan_runtime.explain.phrase.schedule import rows_of
from fayan_runtime.explain.phrase.tongue import Tongue
from fayan_runtime.explain.phrase.written import say
from fayan_runtime.explain.words import NATURE, pick


@frozen
class SideWords:
    """What is said of one version."""

    program: ir.Program
    language: str
    #: (reading, option) → the letter that the option has in the file, where that is another.
    letters: Mapping[tuple[str, str], str] = field(factory=dict)

    def letter(self, reading: str, option: str) -> str:
        return self.letters.get((reading, option), option)

    @property
    def tongue(self) -> Tongue:
        return tongue(self.language)

    def label(self, name: str) -> str:
        return pick(LABELS[name], self.language)

    def listed(self, parts: object) -> str:
        return self.tongue.numbers.listed(parts)  # type: ignore[arg-type]

    def said(self, expr: ir.Expr, readings: dict[str, str] | None = None) -> str:
        return say(self.tongue, expr, self.program, readings)

    def taken(self, expr: ir.Expr, readings: dict[str, str]) -> ir.Expr:
        """What it is under the options taken, else the first ones."""
        while isinstance(expr, ir.Choose):
            reading = expr.reading
            options = [id for id, _ in next(each.options for each in self.program.readings if each.id == reading)]
            expr = expr.arms[options.index(readings.get(reading, options[0]))]
        return expr

    def side(self, thing: object) -> str:
        """Empty where the name says it all, or there is no such thing."""
        match thing:
            case None:
                return ""
            case ir.Condition():
                said = self.said(thing.expr)
                named = "".join(said.split()) == "".join(thing.name.split())
                return "" if named or thing.name.startswith(_FIRST) else said
            case ir.Stage():
                return self.said(thing.amount)
            case ir.Period():
                return self.period(thing)
            case ir.Provision():
                gives = thing.amount if thing.amount is not None else thing.goal
                return "" if gives is None else self.said(gives)
            case ir.Ceiling():
                return (
                    f"{self.said(thing.limit)}{self.tongue.aside(self.listed(name for name, _ in self.covered(thing)))}"
                )
            case ir.Highest():
                return f"{self.listed(self.members(thing))}{self.tongue.aside(self.label(thing.mode))}"
            case ir.Deduct():
                return f"{thing.member} − {self.listed(thing.less)}"
            case ir.Offset():
                among = self.listed(self.said(each.expr) for each in thing.among)
                return thing.list + (self.tongue.aside(among) if among else "")
            case ir.Function():
                return self.said(thing.body)
            case ir.ReadingDecl():
                options = self.listed(f"{option} {text}" for option, text in thing.options)
                return f"{thing.question}　{options}".strip("　")
            case ir.EnumDecl():
                return self.listed(thing.members)
            case ir.Import():
                known = [thing.title, *([self.tongue.numbers.day(thing.on)] if thing.on else []), *thing.takes]
                return self.listed(known)
            case WorkedOut():
                return self.label("worked_out" if thing.function else "not_worked_out").format(thing.function)
            case ir.FactDecl():
                return self.declared(thing)
            case Example():
                return ""
            case ir.Node():
                return self.said(thing)  # type: ignore[arg-type]
            case (str() as kind, str() as text) if kind in _MARKS:
                return f"{kind} {text}".strip()
            case tuple():
                return self.listed(thing)
            case "":  # 未见
                return self.label("not_seen")
            case str() if thing in NATURE:
                return pick(NATURE[thing], self.language)
            case str() if thing in RULES:
                return pick(RULES[thing], self.language)
        return str(thing)

    def day(self, text: str) -> str:
        """A date of the header, which keeps them as they are sorted."""
        try:
            return self.tongue.numbers.day(date.fromisoformat(text))
        except ValueError:
            return self.side(text)

    def about(self, aspect: str, *sides: object) -> str:
        """What kind of thing a change is of; of a rule, what kind of rule."""
        rule = next((each for each in sides if isinstance(each, ir.Provision)), None)
        if aspect == "definition" and any(isinstance(each, ir.Function) and rows_of(each.body) for each in sides):
            return self.label("parameter")
        if aspect == "provision" and rule is not None:
            return pick(RULES[rule.kind], self.language)
        return pick(ASPECT[aspect], self.language)

    # ------------------------------------------------------------ time
    def period(self, period: ir.Period) -> str:
        """An end that a reading leaves open is called by its name."""
        start, end = (
            None if each is None or self.by_name(each, self.said(each)) == self.tongue.numbers.NONE else self.end(each)
            for each in (period.start, period.end)
        )
        key = f"period{'_from' if start else ''}{'_to' if end else ''}"
        return self.label(key).format(start=start, end=end)

    def end(self, expr: ir.Expr) -> str:
        said = self.said(expr)
        return self.by_name(expr, said) if said == self.tongue.numbers.NONE else said

    @staticmethod
    def by_name(expr: ir.Expr | None, said: str) -> str:
        """A definition by its name; anything else as it was said."""
        return expr.function if isinstance(expr, ir.Call) else said

    # ------------------------------------------------------------ between rules
    def covered(self, cap: ir.Ceiling) -> list[tuple[str, str]]:
        """What a cap is over, and when."""
        return [(stage or rule, self.when(test)) for (rule, stage), test in cap.covers]

    @staticmethod
    def members(highest: ir.Highest) -> list[str]:
        return [stage or rule for rule, stage in highest.members]

    def when(self, test: ir.Expr) -> str:
        """A condition on readings: “口径 R7.1 取 a、b”."""
        ids = {each.reading for each in walk.inside(test) if isinstance(each, ir.Choose)}
        if not ids:
            return self.label("always" if _holds(test, {}) else "never")
        if len(ids) > 1:
            return self.said(test)
        (id,) = ids
        options = next(each.options for each in self.program.readings if each.id == id)
        found = [option for place, (option, _) in enumerate(options) if _holds(test, {id: place})]
        if len(found) in (0, len(options)):
            return self.label("always" if found else "never")
        return f"{self.label('under')} {id} {self.label('option')} {self.listed(found)}"

    # ------------------------------------------------------------ facts
    def unseen(self, expr: ir.Expr | None) -> bool:
        """Whether it rests on a value of a text nobody has seen."""
        read = {(each.scope, each.name) for each in walk.inside(expr) if isinstance(each, ir.Fact)} if expr else set()
        return any(
            (scope.name, each.name) in read for scope in self.program.scopes for each in scope.facts if each.unseen
        )

    def declared(self, fact: ir.FactDecl) -> str:
        kind = self.listed(each.name for each in fact.fields) if fact.fields else self.kind(fact.type)
        return kind + (self.tongue.aside(self.label("evidence").format(fact.evidence)) if fact.evidence else "")

    def kind(self, type: ir.Type) -> str:
        own = type.name or type.shown or self.tongue.numbers.unit(type.unit)
        return pick(KINDS[own or type.kind], self.language) if (own or type.kind) in KINDS else own

    def default(self, fact: ir.FactDecl) -> str:
        if not fact.has_default:
            return self.label("no_default")
        none = self.tongue.numbers.NONE
        shown = self.tongue.numbers.show(fact.default, fact.type) if fact.default != () else none
        return f"{self.label('fact_default')} {shown}"


#: The name of a condition that counts only the first of its kind says it all.
_FIRST = "仅首次"
_MARKS = ("程式", "说明", "倡导", "不编码", "数字", "用词", "单位")


def both_first(*conditions: ir.Condition) -> bool:
    """Whether all count only the first of its kind, so that their names say how they differ."""
    return all(each.name.startswith(_FIRST) for each in conditions)


def _holds(test: ir.Expr, chosen: dict[str, int]) -> bool:
    """A condition that reads readings only, under the arms chosen."""
    match test:
        case ir.Const(value=value):
            return value is True
        case ir.Choose(reading=reading, arms=arms):
            return _holds(arms[chosen[reading]], chosen)
        case ir.Not(arg=arg):
            return not _holds(arg, chosen)
        case ir.And(args=args):
            return all(_holds(each, chosen) for each in args)
        case ir.Or(args=args):
            return any(_holds(each, chosen) for each in args)
    return False
