"""Two versions compared, layer by layer: what was changed, and what that means for whom."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from fayan_compiler.diff.structure import Structure
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase
from fayan_runtime.comparison import Comparison


def compare_versions(
    old: ir.Program, new: ir.Program, old_cases: Sequence[ExampleCase] = (), new_cases: Sequence[ExampleCase] = ()
) -> Comparison:
    """A rule that one side lacks has no verdict where that side's text is not on file: what it was is not known."""
    from fayan_compiler.diff.counted import recounts
    from fayan_compiler.diff.definitions import proved_the_same
    from fayan_compiler.diff.meaning import BOUND, compare_meaning
    from fayan_compiler.diff.successor import compare_since

    structure = Structure(old, new)
    found = structure.compare(old_cases, new_cases)
    unseen = {
        side.number for each in found.measures if each.comparable for side in (each.old, each.new) if side is not None
    }
    pairs = [
        pair
        for pair in structure.provision_pairs()
        if (pair.old is not None and pair.new is not None)
        or not any(side is not None and side.measure in unseen for side in (pair.old, pair.new))
    ]
    verdicts = compare_since(found.old, new, pairs, compare_meaning(found.old, new, pairs), compare_meaning)
    found = evolve(found, verdicts=verdicts, bound=max([BOUND, *(each.bound or 0 for each in verdicts)]))
    found = evolve(found, recounts=recounts(found.old, found.new))
    names = {each.name for _, each in found.offered if each.aspect == "definition"}
    offered = [each for each in structure.sides.functions if each.new is not None and each.new.name in names]
    return evolve(found, proved=proved_the_same(found.old, new, offered)) if offered else found
