"""What only goes by another name: types, their members, readings and their options that say the same in the new version under another name.

The old program is put into the names of the new one before anything is compared, so that a name alone is no change. A fact is another
matter: people fill it in by its name. That it was renamed is only guessed, where the two are declared alike.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from difflib import SequenceMatcher
from typing import Any, TypeVar

from attrs import evolve, field, fields, frozen

from fayan_compiler.diff.keys import Keys
from fayan_runtime import ir
from fayan_runtime.walk import inside

T = TypeVar("T")
#: Names of which less is alike are no hint that one is the other.
_ALIKE = 0.5


@frozen
class Names:
    """Old name → new name. ``facts`` by scope, ``columns`` by (scope, list), ``members`` by the old name of their type,
    ``options`` by the old number of their reading."""

    types: dict[str, str] = field(factory=dict)
    members: dict[tuple[str, str], str] = field(factory=dict)
    readings: dict[str, str] = field(factory=dict)
    options: dict[tuple[str, str], str] = field(factory=dict)
    facts: dict[tuple[str, str], str] = field(factory=dict)
    columns: dict[str, str] = field(factory=dict)

    def __bool__(self) -> bool:
        return any((self.types, self.members, self.readings, self.options, self.facts, self.columns))


def renamed(old: ir.Program, new: ir.Program) -> Names:
    """Types, members, readings and options that say the same under another name."""
    return Names(
        options={
            (one.id, option): called
            for one in old.readings
            for other in new.readings
            if one.id == other.id and one.options != other.options
            for option, called in _options(old, new, one, other).items()
        },
        members={
            (each.name, one): other
            for each in old.enums
            for one, other in _members(old, new, each, next((t for t in new.enums if t.name == each.name), None))
        },
        types=_only_named(old.enums, new.enums, lambda each: each.name, lambda each: frozenset(each.members)),
        readings=_only_named(
            old.readings,
            new.readings,
            lambda each: each.id,
            lambda each: (each.question, each.options, each.uncomputed),
        ),
    )


def _options(old: ir.Program, new: ir.Program, one: ir.ReadingDecl, other: ir.ReadingDecl) -> dict[str, str]:
    """Options with another letter: of the same words, else under which the rules say the same. One that the new version lacks gives way to
    another that has its letter there."""
    before, after = dict(one.options), dict(other.options)
    called = {option: option for option, text in before.items() if after.get(option) == text}
    for says in (_texts(one), _texts(other)), (_arms(old, one), _arms(new, other)):
        gone, come = (
            {option: said for option, said in side.items() if said and option not in taken}
            for side, taken in zip(says, (called, {*called.values()}), strict=True)
        )
        for option, said in gone.items():
            alike = [each for each, theirs in come.items() if theirs == said]
            if len(alike) == 1 and [*gone.values()].count(said) == 1:
                called[option] = alike[0]
    lost = {option: f"旧{option}" for option in before if option not in called and option in called.values()}
    return {option: name for option, name in {**called, **lost}.items() if option != name}


def _texts(reading: ir.ReadingDecl) -> dict[str, Hashable]:
    return dict(reading.options)


def _arms(program: ir.Program, reading: ir.ReadingDecl) -> dict[str, Hashable]:
    """What the rules say under each option of a reading."""
    keys = Keys(program)
    parts = (program.functions, program.provisions, program.adjustments, program.offset)
    chosen = [each.arms for each in inside(parts) if isinstance(each, ir.Choose) and each.reading == reading.id]
    return {
        option: tuple(sorted(keys.deep(arms[place]) for arms in chosen))
        for place, (option, _) in enumerate(reading.options)
    }


def _members(old: ir.Program, new: ir.Program, before: ir.EnumDecl, after: ir.EnumDecl | None) -> list[tuple[str, str]]:
    """Of a type with as many members as before: those at the same place, of which the same is asked; or nothing, and the names are alike."""
    if after is None or len(before.members) != len(after.members):
        return []
    found = [(one, other) for one, other in zip(before.members, after.members, strict=True) if one != other]
    gone, come = {one for one, _ in found}, {other for _, other in found}
    if not found or gone & {*after.members} or come & {*before.members}:
        return []
    names = Names(members={(before.name, one): other for one, other in found})
    uses = [_uses(program, before.name) for program in (in_names(old, names), new)]
    return [
        (one, other)
        for one, other in found
        if uses[0].get(other) == uses[1].get(other) and (other in uses[1] or alike(one, other))
    ]


def _uses(program: ir.Program, type: str) -> dict[str, set[str]]:
    """What is asked of something in which each member of a type is spoken of."""
    keys, found = Keys(program), dict[str, set[str]]()
    for each in inside((program.functions, program.provisions, program.adjustments, program.offset)):
        of, named = each, frozenset[object]()
        match each:
            case ir.OneOf(arg=of, members=members) | ir.Contains(arg=of, members=members):
                named = frozenset(members)
            case ir.Match(subject=of, arms=arms):
                each, named = of, frozenset(one for members, _ in arms for one in members)
            case ir.Compare(left=of, right=ir.Const(value=value)) | ir.Compare(left=ir.Const(value=value), right=of):
                named = frozenset([value])
        if named and of.type.name == type:
            for one in named:
                found.setdefault(str(one), set()).add(keys.shallow(each))
    return found


def alike(name: str, other: str) -> bool:
    """Whether a name is a hint that a thing is the other one."""
    return SequenceMatcher(None, name, other, False).ratio() >= _ALIKE


def perhaps_renamed(old: ir.Program, new: ir.Program) -> Names:
    """Facts and columns of lists that are gone, and new ones declared alike."""
    facts: dict[tuple[str, str], str] = {}
    columns: dict[str, str] = {}
    for before in old.scopes:
        after = next((each for each in new.scopes if each.name == before.name), None)
        if after is None:
            continue
        found = _only_named(before.facts, after.facts, lambda each: each.name, _declared)
        facts |= {(before.name, name): other for name, other in found.items()}
        lists = {each.name: each for each in after.facts if each.fields}
        for each in before.facts:
            if each.fields and each.name in lists:
                columns |= _only_named(each.fields, lists[each.name].fields, lambda one: one.name, _declared)
    return Names(facts=facts, columns=columns)


def in_names(program: ir.Program, names: Names) -> ir.Program:
    """The same program, with other names."""
    found: ir.Program = _Rewriting(names).of(program) if names else program
    return found


def _declared(fact: ir.FactDecl) -> Hashable:
    return evolve(fact, name="")


def _only_named(
    old: Iterable[T], new: Iterable[T], name: Callable[[T], str], says: Callable[[T], Hashable]
) -> dict[str, str]:
    """Those whose name the other side lacks, by what they say, where that leaves no choice."""
    before, after = {name(each): says(each) for each in old}, {name(each): says(each) for each in new}
    gone = {key: said for key, said in before.items() if key not in after}
    come = {key: said for key, said in after.items() if key not in before}
    found = {}
    for key, said in gone.items():
        alike = [other for other, one in come.items() if one == said]
        if len(alike) == 1 and list(gone.values()).count(said) == 1:
            found[key] = alike[0]
    return found


@frozen
class _Rewriting:
    names: Names

    def of(self, thing: Any) -> Any:
        names = self.names
        if isinstance(thing, tuple):
            return tuple(map(self.of, thing))
        if not hasattr(type(thing), "__attrs_attrs__") or isinstance(thing, ir.Origin):
            return thing
        new = {each.name: self.of(getattr(thing, each.name)) for each in fields(type(thing))}
        match thing:
            case ir.Type(name=name):
                new["name"] = names.types.get(name, name) if thing.kind in ("enum", "set") else name
            case ir.EnumDecl(name=name, members=members):
                new["name"] = names.types.get(name, name)
                new["members"] = self.members(name, members)
            case ir.OneOf(arg=of, members=members) | ir.Contains(arg=of, members=members):
                new["members"] = self.members(of.type.name, members)
            case ir.Match(subject=of):
                new["arms"] = tuple((self.members(of.type.name, members), arm) for members, arm in new["arms"])
            case ir.Const(value=value):
                new["value"] = self.value(thing.type, value)
            case ir.Choose(reading=id):
                new["reading"] = names.readings.get(id, id)
            case ir.ReadingDecl(id=id, options=options):
                new["id"] = names.readings.get(id, id)
                new["options"] = tuple((names.options.get((id, option), option), text) for option, text in options)
            case ir.Scope(name=scope, facts=facts):
                own = [names.facts.get((scope, each.name), each.name) for each in facts]
                new["facts"] = tuple(evolve(each, name=name) for each, name in zip(new["facts"], own, strict=True))
            case ir.FactDecl(default=value) if not thing.fields:
                new["default"] = self.value(thing.type, value)
            case ir.FactDecl():
                own = [names.columns.get(each.name, each.name) for each in thing.fields]
                new["fields"] = tuple(evolve(each, name=name) for each, name in zip(new["fields"], own, strict=True))
            case ir.Fact(scope=scope, name=name):
                new["name"] = names.facts.get((scope, name), name)
            case ir.Field(name=name):
                new["name"] = names.columns.get(name, name)
            case ir.Lookup(field_name=name):
                new["field_name"] = names.columns.get(name, name)
        if "readings" in new and not isinstance(thing, ir.Program):
            new["readings"] = tuple(names.readings.get(id, id) for id in thing.readings)
        changed = {name: value for name, value in new.items() if value is not getattr(thing, name)}
        return evolve(thing, **changed) if changed else thing

    def members(self, type: str, members: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self.names.members.get((type, each), each) for each in members)

    def value(self, type: ir.Type, value: Any) -> Any:
        if type.kind == "set" and isinstance(value, frozenset):
            return frozenset(self.members(type.name, tuple(value)))
        return self.members(type.name, (value,))[0] if type.kind == "enum" else value
