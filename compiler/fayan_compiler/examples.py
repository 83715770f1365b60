"""示例 → cases that can be run: facts read like anybody's facts, readings chosen, and what must come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import cast

from attrs import define, field

from fayan_compiler import units
from fayan_compiler.constants import BAD, Bad, constant, number, way
from fayan_compiler.places import every_annotation
from fayan_compiler.problems import names as N
from fayan_compiler.problems.rules import ExampleFact, ExampleShape, UncomputedReadingUsed
from fayan_compiler.problems.types import AmountNotMoney, TypeMismatch
from fayan_compiler.report import Reporter
from fayan_dsl import tree
from fayan_dsl.problem import Label, Problem, Term
from fayan_dsl.source import Span
from fayan_runtime import ir
from fayan_runtime.cases import ExampleCase, Expected
from fayan_runtime.given import Given
from fayan_runtime.read import read
from fayan_runtime.units import unit_of
from fayan_runtime.values import Facts, exact

OUTCOMES = {
    "给予": "granted", "不予": "denied", "不明": "unknown", "酌定": "discretionary", "不在期内": "not_in_force",
    "不适用": "not_applicable", "出错": "error", "已履行": "duty_met", "未履行": "duty_unmet", "职责": "duty",
    "已达成": "target_met", "未达成": "target_unmet", "目标": "target",
}  # fmt: skip
_STATUSES = {status: status for status in OUTCOMES.values()} | OUTCOMES
_WHY = {
    "negative": Term("不能是负数", "it cannot be negative"),
    "ratio-out-of-range": Term("比例不能大于100%", "a ratio cannot exceed 100%"),
    "not-whole": Term("要是整数", "it must be a whole number"),
    "year-out-of-range": Term("年份不在1900年到2200年之间", "the year is not between 1900 and 2200"),
    "duplicate-year": Term("同一年度写了两行", "a year has two rows"),
    "no-year": Term("没有写是哪个年度", "its year is missing"),
    "repeated-member": Term("同一种写了两次", "a member is given twice"),
    "credit-code-form": Term("统一社会信用代码是18位", "a unified social credit code has 18 characters"),
    "credit-code-check": Term("统一社会信用代码的校验码不对", "the check character is wrong"),
    "ends-before": Term("有效期至早于这一项的日期", "it ends before the day of the item"),
    "document-number-form": Term(
        "文号要写全，如 某府发〔2024〕1号", "the number of a document is like 某府发〔2024〕1号"
    ),
}
_OTHERWISE = Term("值不合声明", "the value does not fit the declaration")
_ROOT = re.compile(r"[^\[.]+")

Binding = Mapping[str, tree.Cell]


def compile_examples(policy: tree.Policy, program: ir.Program) -> tuple[tuple[ExampleCase, ...], list[Problem]]:
    """All cases of a policy, in the order of the file, and what is wrong with its examples."""
    maker = _Maker(policy, program)
    cases: list[ExampleCase] = []
    for _, node in every_annotation(policy):
        if isinstance(node, tree.Example):
            cases.extend(maker.example(node))
    return tuple(cases), maker.reporter.found()


def unreadable_examples(policy: tree.Policy, program: ir.Program) -> tuple[tree.Example, ...]:
    """The examples of which a case cannot be made, each looked at by itself: one message tells what is wrong with several."""
    found: list[tree.Example] = []
    for _, node in every_annotation(policy):
        if isinstance(node, tree.Example):
            maker = _Maker(policy, program)
            for _ in maker.example(node):
                pass
            if maker.reporter.found():
                found.append(node)
    return tuple(found)


@define
class _Maker:
    policy: tree.Policy
    program: ir.Program
    reporter: Reporter = field(init=False)
    enums: dict[str, ir.EnumDecl] = field(init=False)
    facts: dict[str, tuple[str, ir.FactDecl]] = field(init=False)
    readings: dict[str, list[str]] = field(init=False)
    provisions: dict[str, ir.Provision] = field(init=False)
    #: Definitions without parameters: what is expected of them is a value.
    values: dict[str, ir.Type] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.reporter = Reporter(self.policy.source, self.policy.unread)
        self.enums = {enum.name: enum for enum in self.program.enums}
        self.facts = {fact.name: (scope.name, fact) for scope in self.program.scopes for fact in scope.facts}
        self.readings = {
            one.id: [id for id, _ in one.options] for one in self.program.readings if one.uncomputed is None
        }
        self.provisions = {one.name: one for one in self.program.provisions}
        functions = [one for one in self.program.functions if not one.params and one.name not in self.provisions]
        self.values = {one.name: one.body.type for one in functions}

    def line(self, span: Span) -> int:
        return self.policy.source.position(span.start)[0]

    def shape(self, span: Span, zh: str, en: str) -> None:
        self.reporter.report(ExampleShape, span, why=Term(zh, en))

    def uneven(self, headings: tuple[tree.Cell, ...], row: tuple[tree.Cell, ...]) -> None:
        """A row that has fewer cells than the table has columns, or more."""
        text = self.policy.source.text
        head, cells = ([text[one[0].span.start : one[-1].span.end] for one in each] for each in (headings, row))
        zh = f"表头有 {len(head)} 列（{'、'.join(head)}），这一行有 {len(cells)} 格"
        en = f"the table has {len(head)} columns ({', '.join(head)}), this row {len(cells)} cells"
        if len(cells) < len(head):
            hint = Term(
                f"照表头每列写一格；没有的写“无”。后面几列要是全的，缺的就是：{'、'.join(head[len(cells) :])}。",
                f"Write a cell for each column, 无 where there is nothing. If the first ones are right, what is missing is {', '.join(head[len(cells) :])}.",
            )
        else:
            hint = Term(
                "格与格之间空格；一格里并列的几个用顿号，中间不空格。",
                "Cells are parted by spaces; several things in one cell are joined by 、 without a space.",
            )
        place = headings[0][0].span.to(headings[-1][-1].span)
        label = Label(place, Term("表头在这里", "the headings"))
        span = row[0][0].span.to(row[-1][-1].span)
        self.reporter.report(ExampleShape, span, (label,), why=Term(zh, en), hint=hint)

    def example(self, node: tree.Example) -> Iterator[ExampleCase]:
        head = Span(node.span.start, node.span.start + 2)
        if node.on is None:
            self.shape(head, "没有写评估日", "评估日 is missing")
            return
        if not node.expects:
            self.shape(head, "没有写“则”怎样", "nothing is expected (则)")
        plain: dict[tuple[tuple[str, str], ...], list[tuple[tree.Expect, Expected]]] = {}
        for one in node.expects:
            if isinstance(one, tree.Expect):
                choices = tuple(pair for choice in one.choices for pair in self.choice(choice.reading, choice.option))
                expected = self.expect(one)
                if expected is not None and len(choices) == len(one.choices):
                    plain.setdefault(choices, []).append((one, expected))
        if plain:
            facts = self.given(node, {})
            for choices, found in plain.items():
                line = self.line(found[0][0].span)
                yield from self.case(node, line, facts, dict(choices), [expected for _, expected in found])
        for one in node.expects:
            if isinstance(one, tree.ExpectTable):
                yield from self.table(node, one)

    def case(
        self, node: tree.Example, line: int, facts: Facts | None, readings: dict[str, str], expected: list[Expected]
    ) -> Iterator[ExampleCase]:
        if facts is not None and node.on is not None:
            on = date.fromisoformat(node.on.iso)
            yield ExampleCase(
                title=node.title, line=line, on=on, facts=facts, readings=readings, expected=tuple(expected)
            )

    # ------------------------------------------------------------ what is expected
    def choice(self, reading: tree.Name, option: tree.Name) -> Iterator[tuple[str, str]]:
        options = self.readings.get(reading.text)
        if options is None:
            self.no_reading(reading.span, reading.text)
        elif option.text not in options:
            self.reporter.unknown(N.UnknownOption, option.span, option.text, options, reading=reading.text)
        else:
            yield reading.text, option.text

    def no_reading(self, span: Span, id: str) -> None:
        """Tell that a reading is not declared, or only declared."""
        if any(each.id == id for each in self.program.readings):
            self.reporter.report(UncomputedReadingUsed, span, reading=id)
        else:
            self.reporter.unknown(N.UnknownReading, span, id, self.readings)

    def expect(self, node: tree.Expect) -> Expected | None:
        line = self.line(node.span)
        if node.target is not None:
            target: str | int = node.target.text
            if target in self.values:
                word = node.value or tree.Ref(span=node.span, name=node.outcome)
                return next(self.value(str(target), word, self.lacking(node) or ()), None)
            if target not in self.provisions:
                self.reporter.unknown(N.UnknownProvision, node.target.span, node.target.text, self.provisions)
                return None
            provisions = [self.provisions[node.target.text]]
        else:
            target = node.measure if node.measure is not None else 0
            provisions = [one for one in self.program.provisions if one.measure == target]
            if target not in [measure.number for measure in self.program.measures]:
                measures = [f"措施 {measure.number}" for measure in self.program.measures]
                self.reporter.unknown(N.UnknownProvision, node.span, f"措施 {target}", measures)
                return None
        because = node.because.text if node.because else ""
        if node.because is not None:
            conditions = [one.name for rule in provisions for one in (*rule.among, *rule.must, *rule.checks)]
            conditions += ["有效期"] if any(rule.periods for rule in provisions) else []
            if because not in conditions:
                self.reporter.unknown(N.UnknownCondition, node.because.span, because, conditions, target=str(target))
                return None
        lacks = self.lacking(node)
        if lacks is None:
            return None
        if node.amount is not None:
            amount = self.amount(node.amount)
            outcome = {"得": "gets", "应付": "pays"}.get(node.outcome, node.outcome)
            return None if amount is None else Expected(target=target, outcome=outcome, amount=amount, line=line)
        status = _STATUSES.get(node.outcome)
        if status is None:
            self.reporter.unknown(N.UnknownOutcome, node.span, node.outcome, OUTCOMES)
            return None
        return Expected(target=target, outcome=status, because=because, lacks=lacks, line=line)

    def lacking(self, node: tree.Expect) -> tuple[str, ...] | None:
        """The paths after 缺, or None where one is of no fact."""
        lacks = tuple(path.strip() for path in node.lacks.split("、") if path.strip())
        for path in lacks:
            prefix = next((f"{scope.name}." for scope in self.program.scopes if path.startswith(f"{scope.name}.")), "")
            root = _ROOT.match(path.removeprefix(prefix))
            if root is None or root.group() not in self.facts:
                self.reporter.unknown(N.UnknownName, node.span, root.group() if root else path, self.facts)
                return None
        return lacks

    def value(self, target: str, word: tree.Expr, lacks: tuple[str, ...] = ()) -> Iterator[Expected]:
        """What a definition must come to, or 不明."""
        line = self.line(word.span)
        if isinstance(word, tree.Ref) and _STATUSES.get(word.name) == "unknown":
            yield Expected(target=target, outcome="unknown", lacks=lacks, line=line)
            return
        value = constant(word, self.values[target], self.enums, self.reporter, self.program.number)
        if not isinstance(value, Bad):
            yield Expected(target=target, outcome="is", value=value, line=line)

    def amount(self, node: tree.Number) -> int | Fraction | None:
        type, value = number(node)
        if type.unit != units.MONEY.unit:
            self.reporter.report(AmountNotMoney, node.span, found=units.say(type))
            return None
        return value

    def table(self, node: tree.Example, table: tree.ExpectTable) -> Iterator[ExampleCase]:
        """One case for each row. A heading is a reading, a rule, or a variable that 设 uses."""
        headings, *rows = table.rows
        used = {
            one.name
            for given in node.given
            for cell in [*([given.cell] if given.cell else []), *(cell for row in given.rows[1:] for cell in row)]
            for one in cell
            if isinstance(one, tree.Ref)
        }
        for heading in headings:
            word = heading[0]
            if isinstance(word, tree.ReadingRef):
                if word.id not in self.readings:
                    self.no_reading(word.span, word.id)
                    return
            elif not isinstance(word, tree.Ref) or word.name not in {*self.provisions, *self.values, *used}:
                text = self.policy.source.text[word.span.start : word.span.end]
                known = [*self.provisions, *used, *self.values]
                self.reporter.unknown(N.UnknownProvision, word.span, text, known)
                return
        if not rows:
            self.shape(Span(table.span.start, table.span.start + 1), "表里只有表头", "the table has no rows")
        for row in rows:
            if len(row) != len(headings):
                self.uneven(headings, row)
                return  # the rows may be those of another table
            yield from self.row(node, headings, row)

    def row(
        self, node: tree.Example, headings: tuple[tree.Cell, ...], row: tuple[tree.Cell, ...]
    ) -> Iterator[ExampleCase]:
        binding: dict[str, tree.Cell] = {}
        readings: dict[str, str] = {}
        expected: list[Expected] = []
        before = len(self.reporter.problems)
        for heading, cell in zip(headings, row, strict=True):
            word, found = heading[0], cell[0]
            if isinstance(word, tree.ReadingRef):
                text = self.policy.source.text[found.span.start : found.span.end]
                readings.update(
                    self.choice(tree.Name(span=word.span, text=word.id), tree.Name(span=found.span, text=text))
                )
            elif isinstance(word, tree.Ref) and word.name in self.provisions:
                expected.extend(self.outcome(word.name, found))
            elif isinstance(word, tree.Ref) and word.name in self.values:
                expected.extend(self.value(word.name, found))
            else:
                binding[cast(tree.Ref, word).name] = cell
        facts = self.given(node, binding)
        if before == len(self.reporter.problems):
            yield from self.case(node, self.line(row[0][0].span), facts, readings, expected)

    def outcome(self, target: str, cell: tree.Expr) -> Iterator[Expected]:
        line = self.line(cell.span)
        if isinstance(cell, tree.Number):
            amount = self.amount(cell)
            if amount is not None:
                yield Expected(target=target, outcome="gets", amount=amount, line=line)
            return
        word = cell.name if isinstance(cell, tree.Ref) else self.policy.source.text[cell.span.start : cell.span.end]
        if word in _STATUSES:
            yield Expected(target=target, outcome=_STATUSES[word], line=line)
        else:
            self.reporter.unknown(N.UnknownOutcome, cell.span, word, OUTCOMES)

    # ------------------------------------------------------------ what is given
    def given(self, node: tree.Example, binding: Binding) -> Facts | None:
        """The facts of an example with its variables put in, or None with a problem."""
        before = len(self.reporter.problems)
        data: dict[str, dict[str, Given]] = {scope.name: {} for scope in self.program.scopes}
        for given in node.given:
            found = self.facts.get(given.name.text)
            if found is None:
                self.reporter.unknown(N.UnknownName, given.name.span, given.name.text, self.facts)
                continue
            scope, decl = found
            if decl.name in data[scope]:
                self.reporter.report(N.DuplicateDeclaration, given.name.span, word=decl.name)
                continue
            value = self.rows(given, decl, binding) if decl.is_list else self.single(given, decl, binding)
            if value is not None:
                data[scope][decl.name] = value
        if before != len(self.reporter.problems):
            return None
        facts, complaints = read(data, self.program)
        for complaint in complaints:
            span = complaint.place if isinstance(complaint.place, Span) else node.span
            self.reporter.report(ExampleFact, span, path=complaint.path, why=_WHY.get(complaint.kind, _OTHERWISE))
        return facts

    def single(self, given: tree.Given, decl: ir.FactDecl, binding: Binding) -> Given | None:
        if given.cell is None:
            self.shape(
                given.name.span, f"“{given.name.text}”是一个值，不是一张表", f"{given.name.text} is a single value"
            )
            return None
        return self.cell(given.cell, decl, binding)

    def rows(self, given: tree.Given, decl: ir.FactDecl, binding: Binding) -> Given | None:
        span = given.name.span
        if given.cell is not None:
            if isinstance(given.cell[0], tree.Nothing):
                return Given([], span)
            found = Term("一个值", "a single value")
            hint = way(decl.type, self.enums)
            self.reporter.report(
                TypeMismatch, given.cell[0].span, expected=units.say(decl.type), found=found, hint=hint
            )
            return None
        fields = {one.name: one for one in decl.fields}
        header, *rows = given.rows
        columns: list[ir.FactDecl] = []
        for cell in header:
            word = self.policy.source.text[cell[0].span.start : cell[0].span.end]
            if word not in fields:
                self.reporter.unknown(N.UnknownField, cell[0].span, word, fields, list=decl.name)
                return None
            columns.append(fields[word])
        items: list[Given] = []
        for row in rows:
            if len(row) != len(columns):
                self.uneven(header, row)
                return None
            cells: dict[str, Given | None] = {}
            before = len(self.reporter.problems)
            for column, cell in zip(columns, row, strict=True):
                cells[column.name] = self.cell(cell, column, binding)
                if before != len(self.reporter.problems):
                    return None  # the rows may be those of another table
            items.append(Given({name: cell for name, cell in cells.items() if cell is not None}, row[0][0].span))
        return Given(items, span)

    def cell(self, cell: tree.Cell, decl: ir.FactDecl, binding: Binding) -> Given | None:
        """A value as facts files give it, with its place."""
        if len(cell) == 1 and isinstance(cell[0], tree.Ref) and cell[0].name in binding:
            cell = binding[cell[0].name]
        span = cell[0].span.to(cell[-1].span)
        if decl.type.kind == "set":
            members = [constant(one, decl.type, self.enums, self.reporter) for one in cell]
            if any(isinstance(member, Bad) for member in members):
                return None
            sets = [member for member in members if isinstance(member, frozenset)]
            return Given([one for found in sets for one in found], span)
        if len(cell) != 1:
            found = Term("几个值", "several values")
            self.reporter.report(
                TypeMismatch, span, expected=units.say(decl.type), found=found, hint=way(decl.type, self.enums)
            )
            return None
        value = constant(cell[0], decl.type, self.enums, self.reporter, self.program.number)
        return None if value is BAD else Given(_plain(cast(ir.Value, value), decl.type), span)


def _plain(value: ir.Value, type: ir.Type) -> object:
    """A value as a facts file would give it: numbers in the unit they are declared in."""
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        if type.kind == "month":
            return f"{int(value) // 12}-{int(value) % 12 + 1:02d}"
        if type.kind == "number" and type.shown != "%":
            size = unit_of(type.shown)
            return exact(Fraction(value) / (size[1] if size else 1))
    return value
