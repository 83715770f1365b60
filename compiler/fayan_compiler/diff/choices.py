"""Under which readings two versions of a rule are compared: the default ones, each other option by itself that both versions have, and those
options together of which one is only come to under the other."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field, frozen

from fayan_compiler.diff.align import Pair
from fayan_runtime import ir
from fayan_runtime.reference import readings_of
from fayan_runtime.walk import children

#: Options that are not the first of their reading: (reading, option), in order.
Options = tuple[tuple[str, str], ...]


@frozen(eq=False)
class Choice:
    """The readings of both versions; ``differs`` are those that are not at their default."""

    old: dict[str, str]
    new: dict[str, str]
    differs: Options


@define(eq=False)
class Choices:
    programs: tuple[ir.Program, ir.Program]
    _defaults: list[dict[str, str]] = field(init=False)
    #: Of each program, the options under which something of it is only come to together.
    _nested: list[set[Options]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._defaults = [{each.id: each.options[0][0] for each in p.readings if each.options} for p in self.programs]
        self._nested = [{each for each in _Paths(p).all() if len(each) > 1} for p in self.programs]

    def of(self, pair: Pair[ir.Provision]) -> Iterator[Choice]:
        yield self.choice(())
        options: dict[tuple[str, str], None] = {}
        together: set[Options] = set()
        for program, nested, rule in zip(self.programs, self._nested, (pair.old, pair.new), strict=True):
            read = readings_of(program, rule) if rule is not None else []
            for id in read:
                declared = next(each for each in program.readings if each.id == id)
                options |= dict.fromkeys((id, option) for option, _ in declared.options[1:])
            together |= {each for each in nested if {id for id, _ in each} <= {*read}}
        options = {each: None for each in options if self.of_both(each)}
        together = {each for each in together if all(map(self.of_both, each))}
        for one in sorted(options):
            yield self.choice((one,))
        for several in sorted(together, key=lambda each: (len(each), each)):
            yield self.choice(several)

    def of_both(self, option: tuple[str, str]) -> bool:
        """Whether both versions have the option of a reading that both have. Of one that only one has, that is told, and nothing compared."""
        return all(
            option[1] in dict(each.options) for p in self.programs for each in p.readings if each.id == option[0]
        )

    def choice(self, differs: Options) -> Choice:
        chosen = [dict(each) for each in self._defaults]
        for program, each in zip(self.programs, chosen, strict=True):
            for id, option in differs:
                if any(decl.id == id and option in dict(decl.options) for decl in program.readings):
                    each[id] = option
        return Choice(chosen[0], chosen[1], differs)


class _Paths:
    """The ways to the parts of a program, by the options other than the first that they take."""

    def __init__(self, program: ir.Program) -> None:
        self.program = program
        self.options = {each.id: [option for option, _ in each.options] for each in program.readings}
        self.functions = {each.name: each for each in program.functions}
        self.found: dict[str, frozenset[Options]] = {}

    def all(self) -> frozenset[Options]:
        return self.to((self.program.provisions, self.program.adjustments, self.program.offset, self.program.functions))

    def to(self, part: object) -> frozenset[Options]:
        found: set[Options] = {()}
        for each in children((part,)):
            found |= self.to(each.args) | self.function(each.function) if isinstance(each, ir.Call) else self.arms(each)
        return frozenset(found)

    def arms(self, expr: ir.Expr) -> frozenset[Options]:
        if not isinstance(expr, ir.Choose):
            return self.to(tuple(children(expr)))
        id, found = expr.reading, set[Options]()
        for option, arm in zip(self.options[id], expr.arms, strict=True):
            for each in self.to(arm):
                taken = dict(each)
                if option == self.options[id][0]:
                    found.update({each} if id not in taken else ())
                elif taken.get(id, option) == option:
                    found.add(tuple(sorted({**taken, id: option}.items())))
        return frozenset(found)

    def function(self, name: str) -> frozenset[Options]:
        if name not in self.found:
            self.found[name] = self.to(self.functions[name].body)
        return self.found[name]
