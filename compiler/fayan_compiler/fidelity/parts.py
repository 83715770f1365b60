"""What a rule is made of, as far as 原文 bears on it: its figures, the names it uses, the words it quotes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, fields, frozen

from fayan_compiler.boundaries import OPS, meaning
from fayan_compiler.fidelity.figures import MIRRORED, OPPOSITE, Figure, figure_of
from fayan_dsl import tree
from fayan_dsl.source import Source, Span


@frozen
class Way:
    """How a part of a rule is reached.

    ``options`` are the readings' options on the way; ``default`` where each is its reading's first. ``op`` is the comparison
    the part is the bound of, as a sign, and ``compare`` its node; ``given`` in an amount, as something paid; ``bounding``
    inside 较小 or 较大.
    ``case`` inside 分情形 or a 判定表, where either side of a comparison may say what 原文 says. ``table`` tells the rows of one 按 from
    those of others, ``row`` is the row's label. ``cite`` is the quotation of the line.
    """

    options: tuple[tuple[str, str], ...] = ()
    default: bool = True
    op: str = ""
    compare: tree.Compare | None = None
    given: bool = False
    bounding: bool = False
    negated: bool = False
    case: bool = False
    table: int = 0
    row: str = ""
    cite: tree.Cite | None = None


@frozen
class Part:
    span: Span
    way: Way
    figure: Figure | None = None
    name: str = ""
    label: str = ""
    quote: str = ""


#: Kept as classes are met, as in ``fayan_runtime.walk``.
_FIELDS: dict[type, tuple[str, ...]] = {}


def children(node: tree.Node) -> Iterator[object]:
    cls = type(node)
    names = _FIELDS.get(cls)
    if names is None:
        names = _FIELDS[cls] = tuple(each.name for each in reversed(fields(cls)) if each.name != "span")
    return (getattr(node, name) for name in names)


def nodes(root: tree.Node) -> Iterator[tree.Node]:
    """A node and all below it, in the order they are written."""
    stack: list[object] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(reversed(item))
        elif isinstance(item, tree.Node):
            yield item
            stack.extend(children(item))


def parts_of(root: tree.Annotation, defaults: dict[str, str], bounds: dict[str, str], source: Source) -> list[Part]:
    """All parts in the order they are written; ``bounds`` are the comparison words the document means in its own way. Without recursion: rules nest as deep as their drafters like."""
    found: list[Part] = []
    stack: list[tuple[object, Way]] = [(root, Way())]
    while stack:
        item, way = stack.pop()
        if isinstance(item, tuple):
            stack.extend((each, way) for each in reversed(item))
        elif isinstance(item, tree.Node):
            if figure := figure_of(item, source):
                found.append(Part(item.span, way, figure=figure))
            else:
                found += _named(item, way)
                stack.extend(_below(item, way, defaults, bounds))
    return found


def _named(node: tree.Node, way: Way) -> Iterator[Part]:
    match node:
        case tree.Ref() | tree.Call() | tree.FieldRef():
            yield Part(node.span, way, name=node.name)
        case tree.Name():
            yield Part(node.span, way, name=node.text)
        case tree.Cite():
            yield Part(node.span, way, quote=node.text)
        case tree.Condition() if node.label:
            yield Part(node.label.span, way, label=node.label.text)
        case _:
            pass


def _below(node: tree.Node, way: Way, defaults: dict[str, str], bounds: dict[str, str]) -> Iterator[tuple[object, Way]]:
    """What stands under a node, last first, and how it is reached."""
    match node:
        case tree.By(subject=tree.ReadingRef(id=id)):
            for arm in reversed(node.arms):
                labels = [label.text for label in arm.labels]
                chosen = defaults.get(id, "") if not labels or defaults.get(id) in labels else labels[0]
                default = way.default and chosen == defaults.get(id)
                yield arm.value, evolve(way, options=(*way.options, (id, chosen)), default=default)
        case tree.By():
            for arm in reversed(node.arms):
                row = arm.labels[0].text if arm.labels else ""
                yield arm.value, evolve(way, table=node.span.start + 1, row=row)
                yield arm.labels, way
            yield node.subject, evolve(way, op="")
        case tree.Bands():
            for band in reversed(node.bands):
                yield band.rate, evolve(way, table=node.span.start + 1, row="")
                yield band.edges, way
            yield node.subject, evolve(way, op="")
        case tree.Compare():
            plain = meaning(node.op, bounds)
            sign = OPPOSITE[plain] if way.negated else plain
            yield node.right, evolve(way, op=sign, compare=node)
            yield node.left, evolve(way, op=MIRRORED[sign], compare=node)
        case tree.Not():
            yield node.part, evolve(way, negated=not way.negated, op="")
        case tree.CellTest():
            yield node.values, evolve(way, case=True, op=meaning(node.op, bounds) if node.op in OPS else "")
        case tree.When():
            yield node.value, way
            yield node.condition, evolve(way, case=True, op="")
        case tree.Value():
            cited = evolve(way, cite=node.cite) if node.cite else way
            yield node.cite, way
            yield node.expr, cited
        case tree.Ceiling():
            yield node.cite, way
            yield node.applies, way
            yield node.splits, way
            yield node.limit, evolve(way, op="<=")
            yield node.covers, way
        case tree.Period() | tree.Stage() | tree.Staged() | tree.Goal() if node.cite:
            for child in children(node):
                yield child, evolve(way, cite=node.cite, op="")
        case tree.Call(name="较小" | "较大"):
            yield node.args, evolve(way, op="", bounding=True)
        case tree.Product():  # 较小（展位费 × 70%，3万元/个 × 展位数）
            for child in children(node):
                yield child, evolve(way, op="")
        case tree.Total() | tree.Call() | tree.Query():
            for child in children(node):
                yield child, evolve(way, op="", bounding=False)
        case tree.Define():
            yield node.value, way
        case tree.Rule() | tree.Duty() | tree.Selection() | tree.Goal():
            for child in children(node):
                if child is not node.name:
                    paid = isinstance(node, tree.Rule) and any(
                        child is each for each in (node.amount, node.staged, node.stages)
                    )
                    yield child, evolve(way, given=True) if paid else way
        case tree.Waiver() | tree.See() | tree.Figure() | tree.Mark() | tree.Reading():
            pass
        case _:
            for child in children(node):
                yield child, way
