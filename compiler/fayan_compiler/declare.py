"""First pass: what the file declares — types, facts, readings, definitions, rules — each name once."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, evolve, field

from fayan_compiler import units
from fayan_compiler.constants import BAD, Bad, constant
from fayan_compiler.declared import Declared
from fayan_compiler.places import Origins, Place, every_annotation
from fayan_compiler.problems.names import (
    CannotInferParameter,
    ReservedName,
    UnknownType,
)
from fayan_compiler.problems.rules import BadFact
from fayan_compiler.report import Reporter
from fayan_compiler.symbols import Definition, Provision, Symbols
from fayan_compiler.taking import Brought, take_definitions, take_facts, take_types
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Term
from fayan_dsl.source import Span
from fayan_runtime import ir
from fayan_runtime.names import ENTERPRISE
from fayan_runtime.one_value import is_count
from fayan_runtime.units import unit_of

_EVENTS = (("日期", "date"), ("年度", "year"), ("所属期", "month"))


def declare(policy: tree.Policy, reporter: Reporter, brought: Sequence[Brought] = ()) -> Symbols:
    """``brought`` are the documents the policy refers to, from which it may take names."""
    declarer = Declarer(reporter, policy)
    declarer.headed("章", [(one.label, one.span) for one in policy.chapters])
    declarer.headed("措施", [(str(one.number), one.span) for one in policy.measures if one.number > 0])
    declarer.all(tree.TypeDecl)
    for one in brought:
        take_types(declarer, one)
    declarer.all(tree.Facts)
    for one in brought:
        take_facts(declarer, one)
    for one in brought:
        take_definitions(declarer, one)
    declarer.all(tree.Reading)
    declarer.all(tree.Define)
    declarer.all(tree.Rule, tree.Duty, tree.Goal, tree.Selection)
    declarer.all(tree.Ceiling)
    return declarer.symbols


@define
class Declarer(Declared):
    policy: tree.Policy
    annotations: list[tuple[Place, tree.Annotation]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.annotations = list(every_annotation(self.policy))

    def all(self, *kinds: type[tree.Annotation]) -> None:
        for place, node in self.annotations:
            if isinstance(node, kinds):
                self.enter(place, node)

    def enter(self, place: Place, node: tree.Annotation) -> None:
        match node:
            case tree.TypeDecl():
                self.type(node)
            case tree.Facts():
                self.facts(place, node)
            case tree.Reading():
                self.reading(place, node)
            case tree.Define():
                self.definition(place, node)
            case tree.Rule() | tree.Duty() | tree.Goal() | tree.Selection():
                self.provision(place, node)
            case tree.Ceiling():
                if self.new("rule", node.name):
                    self.symbols.ceilings[node.name.text] = node
            case _:
                pass

    # ------------------------------------------------------------ types and facts
    def type(self, node: tree.TypeDecl) -> None:
        if node.name.text in units.TYPES:
            self.reporter.report(ReservedName, node.name.span, word=node.name.text)
            return
        if self.new("type", node.name):
            members = self.once(node.members, lambda member: member, lines=False)
            self.reporter.members |= {(node.name.text, member.text): member.span for member in members}
            self.symbols.enums[node.name.text] = ir.EnumDecl(
                name=node.name.text, members=tuple(member.text for member in members)
            )

    def type_named(self, word: str) -> ir.Type | None:
        if word in units.TYPES:
            return units.TYPES[word]
        if word in self.symbols.enums:
            return ir.Type("enum", name=word)
        unit = unit_of(word)
        return None if unit is None or not word else ir.Type("number", unit=unit[0], shown=word)

    def known_type(self, word: str, node: tree.Param | tree.Fact) -> ir.Type:
        found = self.type_named(word)
        if found is None:
            start = self.policy.source.text.find(word, node.name.span.end, node.span.end)
            span = Span(start, start + len(word)) if start >= 0 else node.span
            shapes = ["清单", "系列"] if isinstance(node, tree.Fact) and node.fields else []
            self.reporter.unknown(UnknownType, span, word, shapes or [*units.TYPES, *self.symbols.enums])
        return found or units.HOLE

    def facts(self, place: Place, node: tree.Facts) -> None:
        scope = self.symbols.scopes.setdefault(node.scope.text, {})
        lists = [one for one in node.facts if one.shape in ("list", "series")]
        misnamed = node.scope.text != ENTERPRISE and len(lists) > 1
        if misnamed:
            self.misnamed_scope(node, lists)
        for one in node.facts:
            if self.new("value", one.name):
                before = len(self.reporter.problems)
                decl = self.fact(place, one, nested=False)
                untold = before == len(self.reporter.problems) and not misnamed
                if decl.is_list and untold and node.scope.text != ENTERPRISE:
                    self.bad(one, Term("清单和系列只能写在“事实 企业”下面", "lists and series belong to 事实 企业"))
                scope[decl.name] = decl
                if one.derived is not None and one.counted is None and one.shape == "value":
                    self.symbols.derived[decl.name] = one.derived
                if one.counted is not None:
                    self.counted(node.scope.text, one, decl)
                self.symbols.facts[decl.name] = (node.scope.text, decl)

    def misnamed_scope(self, node: tree.Facts, lists: Sequence[tree.Fact]) -> None:
        """Several lists under a name other than 企业: it is the name that is wrong, and what looks at its facts is not."""
        why = Term("清单和系列只能写在“事实 企业”下面", "lists and series belong to 事实 企业")
        labels = tuple(Label(one.name.span, Term("这是清单", "a list")) for one in lists)
        title = Term(f"改为“{ENTERPRISE}”", f"write {ENTERPRISE}")
        fix = Fix(title, (Edit(node.scope.span, ENTERPRISE),), Applicability.UNSAFE)
        self.reporter.report(BadFact, node.scope.span, labels, (fix,), word=node.scope.text, why=why)
        self.reporter.misnamed_scope = True

    def counted(self, scope: str, node: tree.Fact, decl: ir.FactDecl) -> None:
        assert node.counted is not None
        if decl.type is units.HOLE:
            return
        if scope == ENTERPRISE or node.shape != "value" or not is_count(decl.type) or decl.type.kind != "number":
            self.bad(
                node, Term("只有全区的一个家数可以逐户计", "only a number of enterprises of the district is counted")
            )
        elif node.derived is not None:
            self.bad(node, Term("“推算”和“逐户计”只写一个", "a fact is worked out or counted, not both"))
        else:
            self.symbols.counted[decl.name] = node.counted

    def fact(self, place: Place, node: tree.Fact, nested: bool) -> ir.FactDecl:
        name = node.name.text
        origin = Origins(self.policy.source, place).at(node.span)
        if node.derived is not None and (nested or node.shape != "value"):
            self.bad(node, Term("只有单个的值可以推算", "only a single value is worked out"))
        if node.counted is not None and nested:
            self.bad(
                node, Term("只有全区的一个家数可以逐户计", "only a number of enterprises of the district is counted")
            )
        if node.unseen and (nested or node.shape != "value" or node.default or node.derived or node.counted):
            self.bad(
                node,
                Term(
                    "“原文未见”写在单个的值后面；没有见到的，不用“缺省”“推算”“逐户计”去代",
                    "原文未见 stands after a single value, which nothing is put in the place of",
                ),
            )
        if node.shape in ("list", "series"):
            if nested:
                self.bad(node, Term("清单里不能再放清单", "a list cannot hold a list"))
            return self.list_of(place, node, origin)
        if node.fields and self.type_named(node.type) is None:
            self.known_type(node.type, node)
            return self.list_of(place, node, origin)
        if node.fields:
            self.bad(node, Term("只有清单和系列下面才有各项", "only a list or a series has fields"))
            self.reporter.torn = True
        type = self.known_type(node.type, node)
        if type is not units.HOLE:
            start = self.policy.source.text.find(node.type, node.name.span.end, node.span.end)
            self.reporter.facts.append((name, units.say(type).zh, Span(start, start + len(node.type))))
        if node.shape == "set" and type is not units.HOLE:
            if type.kind not in ("enum", "year"):
                self.bad(node, Term("“若干”后面要写一个类型或者年度", "若干 takes a type or 年度"))
            type = ir.Type("set", name=type.name if type.kind == "enum" else "年度")
        type = evolve(type, optional=node.optional)
        default: ir.Value | Bad = None
        if node.default is not None:
            number = next((header.text for header in self.policy.headers if header.key == "文号"), "")
            default = constant(node.default, type, self.symbols.enums, self.reporter, number)
        return ir.FactDecl(
            name=name,
            type=type,
            evidence=node.evidence,
            default=None if isinstance(default, Bad) else default,
            has_default=node.default is not None and default is not BAD,
            unseen=node.unseen,
            origin=origin,
        )

    def list_of(self, place: Place, node: tree.Fact, origin: ir.Origin) -> ir.FactDecl:
        name = node.name.text
        fields: list[ir.FactDecl] = []
        for one in self.once(node.fields, lambda one: one.name):
            fields.append(self.fact(place, one, nested=True))
        kinds = {one.name: one.type.kind for one in fields}
        event = next((event for event, kind in _EVENTS if kinds.get(event) == kind), "")
        if not fields:
            self.bad(node, Term("下面没有写各项", "its fields are missing"))
        if node.shape == "series" and kinds.get("年度") != "year":
            self.bad(node, Term("系列里要有“年度 年度”这一项", "a series needs the field 年度 年度"))
        if node.optional or node.default is not None:
            self.bad(
                node, Term("清单没有就是空的，不用标“可无”或“缺省”", "a list may be empty; it is never 可无 or 缺省")
            )
        return ir.FactDecl(
            name=name,
            type=ir.Type("record", name=name),
            evidence=node.evidence,
            fields=tuple(fields),
            is_list=True,
            series=node.shape == "series" and kinds.get("年度") == "year",
            event=event,
            origin=origin,
        )

    def bad(self, node: tree.Fact, why: Term) -> None:
        self.reporter.report(BadFact, node.name.span, word=node.name.text, why=why)

    # ------------------------------------------------------------ readings, definitions, rules
    def reading(self, place: Place, node: tree.Reading) -> None:
        if not self.new("reading", node.id):
            return
        origins = Origins(self.policy.source, place)
        origins.quote = origins.place.cited(node.cite) if node.cite else place.whole
        options = self.once(node.options, lambda option: option.id)
        self.symbols.reading_nodes[node.id.text] = (node, place)
        self.symbols.readings[node.id.text] = ir.ReadingDecl(
            id=node.id.text,
            question=node.question,
            options=tuple((option.id.text, option.text) for option in options),
            uncomputed=node.uncomputed,
            origin=origins.at(node.span),
        )

    def definition(self, place: Place, node: tree.Define) -> None:
        if self.new("value", node.name):
            self.once(node.params, lambda param: param.name, lines=False)
            params = tuple((param.name.text, self.parameter(param)) for param in node.params)
            self.symbols.definitions[node.name.text] = Definition(node, place, params)

    def parameter(self, param: tree.Param) -> ir.Type:
        """The type written, or the one that 某X means: 日, 年, 月, 次序, a type, or a field called X wherever there is one."""
        name = param.name.text
        if param.type is not None:
            return self.known_type(param.type, param)
        word = name.removeprefix("某")
        plain = {"日": units.DATE, "年": units.YEAR, "月": units.MONTH, "次序": units.COUNT}.get(word)
        plain = plain or self.type_named(word)
        if word != name and plain is not None:
            return plain
        types = {evolve(decl.type, optional=False) for _, decl in self.symbols.facts.values() if decl.name == word}
        types |= {
            evolve(one.type, optional=False)
            for decl in self.symbols.lists.values()
            for one in decl.fields
            if one.name == word
        }
        types = {type for type in types if type.kind != "record"}
        if word != name and len(types) == 1:
            return types.pop()
        if name != "?":
            self.reporter.report(CannotInferParameter, param.name.span, word=name)
        return units.HOLE

    def provision(self, place: Place, node: Provision) -> None:
        if not self.new("rule", node.name):
            return
        self.symbols.provisions[node.name.text] = (node, place)
        if isinstance(node, tree.Rule):
            for stage in self.once(node.stages, lambda stage: stage.name):
                self.symbols.stages.setdefault(stage.name.text, []).append(node.name.text)
