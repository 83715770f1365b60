"""The item a rule looks at, where the rule does not say of which list."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields

from fayan_compiler.symbols import Symbols
from fayan_compiler.units import HOLE
from fayan_dsl import tree
from fayan_runtime import ir

#: Whatever is said about the items of a list that is not known cannot be judged: it has every field.
ANY_LIST = ir.FactDecl(name="?", type=HOLE, is_list=True)
_EVENT_WORDS = ("发生日", "本年度", "上年度", "前年度")


def item_word(rule: tree.Rule, symbols: Symbols) -> tree.Ref | tree.FieldRef | None:
    """The first word of a rule that has a meaning only for an item of a list."""
    of_items = {one.name for decl in symbols.lists.values() for one in decl.fields}
    for ref in _references(rule):
        name = ref.name
        if isinstance(ref, tree.FieldRef):
            if ref.own:
                return ref
            continue
        declared = name in symbols.facts or name in symbols.definitions or symbols.enums_with(name)
        if name in _EVENT_WORDS or (name in of_items and not declared):
            return ref
    return None


def _references(node: tree.Node) -> Iterator[tree.Ref | tree.FieldRef]:
    """The names in a rule, but for those inside a query, which has items of its own."""
    stack: list[object] = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, (tree.Ref, tree.FieldRef)):
            yield one
        elif isinstance(one, tuple):
            stack.extend(reversed(one))
        elif isinstance(one, tree.Node) and not isinstance(one, (tree.Query, tree.Quantified)):
            stack.extend(getattr(one, part.name) for part in reversed(fields(type(one))))
