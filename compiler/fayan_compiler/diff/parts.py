"""Where two expressions part ways: the smallest parts that differ, each with the case and the option of a reading it stands under."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from attrs import evolve, fields, frozen

from fayan_runtime import ir, walk
from fayan_runtime.changes import Case, Part
from fayan_runtime.explain.phrase.bands import bands_of
from fayan_runtime.explain.phrase.schedule import rows_of

_BOOL = ir.Type(kind="bool")
#: What held without distinction is told beside each of so many cases, not of more.
_FEW = 4
#: One arm of cases: what they are, the condition (None: otherwise) and the value.
Arm = tuple[Case, ir.Expr]


@frozen
class Parts:
    """``differ`` says whether two expressions say something else."""

    old: ir.Program
    new: ir.Program
    differ: Callable[[object, object], bool]

    def of(self, old: ir.Expr | None, new: ir.Expr | None) -> list[Part]:
        if old is None or new is None or not self.differ(old, new):
            return []
        return self._everywhere(self._apart(old, new), old, new)

    def _apart(self, old: ir.Expr, new: ir.Expr) -> list[Part]:
        """Down through what is of one form on both sides; as a whole where that says no more."""
        if isinstance(old, ir.Choose) and isinstance(new, ir.Choose) and old.reading == new.reading:
            before, after = (_arms(program, each) for program, each in ((self.old, old), (self.new, new)))
            if before.keys() & after.keys():
                return [
                    evolve(part, under=((old.reading, option), *part.under))
                    for option in dict.fromkeys([*before, *after])
                    for part in self._of_option(before.get(option), after.get(option))
                ]
        if isinstance(old, ir.Choose) is not isinstance(new, ir.Choose):
            return self._under_each(old, new)
        for kind in (ir.And, ir.Or):
            if isinstance(old, kind) or isinstance(new, kind):
                sides = [each.args if isinstance(each, kind) else (each,) for each in (old, new)]
                found = self._joined(sides[0], sides[1], kind)
                if found is not None:
                    return found
        if any(bands_of(each) is not None or rows_of(each) for each in (old, new)):
            return [Part(before=old, after=new)]  # it is the rows that people read
        cases = _cases(old), _cases(new)
        if any(cases):
            found = self._beside(cases[0] or [(None, old)], cases[1] or [(None, new)])
            if found is None and all(cases):
                found = self._by_case(*cases)
            if found is not None:
                return found
        ours, theirs = list(walk.children(old)), list(walk.children(new))
        if type(old) is type(new) and len(ours) == len(theirs) and _head(old) == _head(new):
            apart = [(a, b) for a, b in zip(ours, theirs, strict=True) if self.differ(a, b)]
            inner = [self._of(*each) for each in apart]
            if inner and all(self._alike(each, inner[0]) for each in inner):
                return inner[0]
        return [Part(before=old, after=new)]

    def _under_each(self, old: ir.Expr, new: ir.Expr) -> list[Part]:
        """A reading that one side knows and the other settles: beside each of its options."""
        choose, program = (old, self.old) if isinstance(old, ir.Choose) else (new, self.new)
        assert isinstance(choose, ir.Choose)
        return [
            evolve(part, under=((choose.reading, option), *part.under))
            for option, arm in _arms(program, choose).items()
            for part in (self._of(arm, new) if choose is old else self._of(old, arm))
        ]

    def _of_option(self, old: ir.Expr | None, new: ir.Expr | None) -> list[Part]:
        """An option that only one side has is there or not as a whole."""
        return [Part(before=old, after=new)] if old is None or new is None else self._of(old, new)

    def _of(self, old: ir.Expr, new: ir.Expr) -> list[Part]:
        return self._apart(old, new) if self.differ(old, new) else []

    def _joined(
        self, ours: Sequence[ir.Expr], theirs: Sequence[ir.Expr], kind: type[ir.And | ir.Or]
    ) -> list[Part] | None:
        """What was put in or taken out of a list of 且 or 或; None where the two have nothing in common."""
        come, gone = list(theirs), []
        for each in ours:
            same = next((one for one in come if not self.differ(each, one)), None)
            if same is None:
                gone.append(each)
            else:
                come.remove(same)
        if len(gone) == len(ours):
            return None
        if len(gone) == len(come) == 1:
            return self._apart(gone[0], come[0])
        if gone and come:
            return None
        joined: Literal["all", "any"] = "all" if kind is ir.And else "any"
        taken = [Part(before=each, after=None, joined=joined) for each in gone]
        return taken + [Part(before=None, after=each, joined=joined) for each in come]

    def _by_case(self, ours: Sequence[Arm], theirs: Sequence[Arm]) -> list[Part] | None:
        """Arm beside arm by the condition; None where the conditions are others altogether."""
        before, after = list(ours), list(theirs)
        found: list[Part] = []
        for case, value in ours:
            same = next((each for each in after if self._one_case(case, each[0])), None)
            if same is not None:
                before.remove((case, value))
                after.remove(same)
                found += [evolve(part, cases=(same[0], *part.cases)) for part in self._of(value, same[1])]
        if len(before) == len(ours):
            return None
        if [value for _, value in before] and len(before) == len(after):
            pairs = list(zip(before, after, strict=True))
            if any(self.differ(a[1], b[1]) for a, b in pairs):
                return None
            return found + [part for a, b in pairs for part in self._conditions(a[0], b)]
        found += [Part(before=value, after=None, cases=(case,)) for case, value in before]
        found += [Part(before=None, after=value, cases=(case,)) for case, value in after]
        return found or None

    def _one_case(self, one: Case, other: Case) -> bool:
        return one is other or (one is not None and other is not None and not self.differ(one, other))

    def _beside(self, ours: Sequence[Arm], theirs: Sequence[Arm]) -> list[Part] | None:
        """Where one side begins with all the cases of the other and has a few more: these beside what was theirs before, the value of all
        other cases. None where it is not so."""
        fewer = min(len(ours), len(theirs)) - 1
        more = max(ours, theirs, key=len)[fewer:-1]
        if {ours[-1][0], theirs[-1][0]} != {None}:
            more = max(ours, theirs, key=len) if fewer == 0 else ()  # a choice by category has no “otherwise”
        if not 0 < len(more) <= _FEW:
            return None
        if not all(self._one_case(one[0], other[0]) for one, other in zip(ours[:fewer], theirs[:fewer], strict=True)):
            return None
        rest = ours[-1][1], theirs[-1][1]
        arms = [(one[0], one[1], other[1]) for one, other in zip(ours[:fewer], theirs[:fewer], strict=True)]
        arms += [(case, rest[0], value) if len(theirs) > len(ours) else (case, value, rest[1]) for case, value in more]
        arms += [(None, *rest)] * (ours[-1][0] is theirs[-1][0])
        return [evolve(part, cases=(case, *part.cases)) for case, *sides in arms for part in self._of(*sides)]

    def _conditions(self, old: Case, new: Arm) -> list[Part]:
        """When an arm counts, with what stays of its condition and what comes of it: a row of a table and the cells that changed."""
        case, gives = new
        if old is None or case is None:
            return []
        ours, theirs = ([*each.args] if isinstance(each, ir.And) else [each] for each in (old, case))
        stays = tuple(each for each in theirs if any(not self.differ(one, each) for one in ours))
        gone = [each for each in ours if all(self.differ(each, one) for one in stays)]
        come = [each for each in theirs if each not in stays]
        if len(gone) == len(come):
            found = [Part(before=one, after=other) for one, other in zip(gone, come, strict=True)]
        else:
            found = self._of(old, case)
        return [evolve(part, row=(*stays, gives)) for part in found]

    def _alike(self, some: Sequence[Part], others: Sequence[Part]) -> bool:
        """Whether the same was done twice, as with a figure that stands in two places."""
        return [_bare(each) for each in some] == [_bare(each) for each in others]

    def _everywhere(self, found: list[Part], old: ir.Expr, new: ir.Expr) -> list[Part]:
        """One part instead of many, where the same was done in every case."""
        cases = _cases(old), _cases(new)
        if len(found) > 1 and len(cases[1]) == len(found) and all(_bare(each) == _bare(found[0]) for each in found):
            return [evolve(found[0], cases=())]
        return found


def expressions(thing: object) -> tuple[ir.Expr | None, ...]:
    """What a thing of the program says, where that is in expressions."""
    match thing:
        case ir.Condition():
            return (thing.expr,)
        case ir.Function():
            return (thing.body,)
        case ir.Ceiling():
            return (thing.limit,)
        case ir.Stage():
            return thing.amount, thing.on
        case ir.Period():
            return thing.start, thing.end
        case ir.Offset():
            return tuple(each.expr for each in thing.among)
        case ir.Node():
            return (thing,)  # type: ignore[return-value]
    return ()


def _bare(part: Part) -> object:
    return (part.before, part.after, part.joined, part.under, part.row)


def _cases(expr: ir.Expr) -> Sequence[Arm]:
    match expr:
        case ir.Match(subject=subject, arms=arms):
            return [(ir.OneOf(type=_BOOL, arg=subject, members=members), value) for members, value in arms]
        case ir.Cases(whens=whens, otherwise=otherwise):
            return [*whens, (None, otherwise)]
    return []


def _arms(program: ir.Program, choose: ir.Choose) -> dict[str, ir.Expr]:
    options = next(each.options for each in program.readings if each.id == choose.reading)
    return {option: arm for (option, _), arm in zip(options, choose.arms, strict=True)}


def _head(expr: ir.Expr) -> str:
    """What stands on the node itself, expressions below left out."""

    def bare(value: object) -> object:
        if isinstance(value, ir.Node):
            return "·"
        return tuple(map(bare, value)) if isinstance(value, tuple) else value

    beside = ("type", "origin", "shown", "word", "var")
    return repr([bare(getattr(expr, each.name)) for each in fields(type(expr)) if each.name not in beside])
