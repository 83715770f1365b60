"""What of the cases of an example is another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from fayan_runtime.cases import Expected
from fayan_runtime.changes import Example
from fayan_runtime.explain.diff.details.lines import Both, Line
from fayan_runtime.values import Unknown


@frozen
class Examples(Both):
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
