"""From the parser's shifts and reductions to the tree: one method for each rule of grammar.lark, called bottom up, never nested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from attrs import define

from fayan_dsl import tree
from fayan_dsl.build_rules import Rules
from fayan_dsl.clauses import Clause
from fayan_dsl.document import Document
from fayan_dsl.source import Span
from fayan_dsl.tables import ABSENT, COLLECTS, SPLICE, Rule
from fayan_dsl.tokens import Token


def _from_first_to_last(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A node spans its first to its last word; signs of layout have no place (-1)."""
    if spans and spans[0][0] >= 0 and spans[-1][1] >= 0:
        return spans[0][0], spans[-1][1]
    words = [each for each in spans if each[0] >= 0]
    return (words[0][0], words[-1][1]) if words else (-1, -1)


@define
class Builder(Rules):
    def run(self, log: Sequence[Token | int], rules: Sequence[Rule]) -> tree.Policy:
        """Play the log: a token is put down, a rule takes up its children and puts down what they make."""
        makers = [None if rule.make in COLLECTS else getattr(self, rule.make) for rule in rules]
        values: list[Any] = []
        spans: list[tuple[int, int]] = []
        for step in log:
            if isinstance(step, Token):
                values.append(step)
                spans.append((step.start, step.end))
                continue
            rule = rules[step]
            first = len(values) - rule.size
            children = values[first:]
            del values[first:]
            span = _from_first_to_last(spans[first:])
            del spans[first:]
            spans.append(span)
            plan = rule.plan
            if plan and plan[0] == SPLICE and rule.make == "+":
                taken = children[0]
                plan = plan[1:]
            else:
                taken = []
            for index in plan:
                if index == ABSENT:
                    taken.append(None)
                elif index >= SPLICE:
                    taken.extend(children[index - SPLICE])
                else:
                    taken.append(children[index])
            maker = makers[step]
            values.append(maker(Span(*span), *taken) if maker else taken)
        return cast(tree.Policy, values[-1])

    # ------------------------------------------------------------ other documents
    def imports(self, span: Span, _: Token, number: Token, *parts: Any) -> tree.Import:
        return tree.Import(
            span=span,
            number=self._name(number),
            version=self.one([part for part in parts if isinstance(part, Clause)], "版本"),
            takes=tuple(take for part in parts if isinstance(part, list) for take in part),
        )

    def takes(self, span: Span, _: Token, *parts: Any) -> list[tree.Take]:
        return [part for part in parts if isinstance(part, tree.Take)]

    def take(self, span: Span, name: Token, _: Token | None = None, alias: Token | None = None) -> tree.Take:
        return tree.Take(span=span, name=self._name(name), alias=self._name(alias or name))

    # ------------------------------------------------------------ declarations
    def mark(self, span: Span, kind: Token, text: Token | None) -> tree.Mark:
        return tree.Mark(span=span, kind=kind.text, text=self._text(text))

    def see(self, span: Span, _: Token, names: tuple[tree.Name, ...]) -> tree.See:
        return tree.See(span=span, names=names)

    def figure(self, span: Span, kind: Token, text: Token) -> tree.Figure:
        return tree.Figure(span=span, kind=kind.text, text=text.text)

    def type(self, span: Span, _t: Token, name: Token, _i: Token, members: tuple[tree.Name, ...]) -> tree.TypeDecl:
        return tree.TypeDecl(span=span, name=self._name(name), members=members)

    def facts(self, span: Span, _: Token, scope: Token, *facts: tree.Fact) -> tree.Facts:
        return tree.Facts(span=span, scope=self._name(scope), facts=facts)

    def fact(
        self, span: Span, name: Token, shape: tuple[str, str], optional: Token | None, _d: Token | None,
        default: tree.Expr | None, _w: Token | None, derived: Token | None, _c: Token | None, counted: Token | None,
        _e: Token | None, evidence: Token | None, _u: Token | None, unseen: Token | None,
        *fields: tree.Fact,
    ) -> tree.Fact:  # fmt: skip
        return tree.Fact(
            span=span,
            name=self._name(name),
            type=shape[1],
            shape=shape[0],
            optional=optional is not None,
            default=default,
            derived=self._name(derived) if derived else None,
            counted=self._name(counted) if counted else None,
            evidence=self._text(evidence),
            unseen=self._text(unseen),
            fields=fields,
        )

    def plain_type(self, span: Span, word: Token) -> tuple[str, str]:
        return "value", word.text

    unit_type = plain_type

    def set_type(self, span: Span, _: Token, word: Token) -> tuple[str, str]:
        return "set", word.text

    def list_type(self, span: Span, _: Token) -> tuple[str, str]:
        return "list", ""

    def series_type(self, span: Span, _: Token) -> tuple[str, str]:
        return "series", ""

    def define(self, span: Span, _: Token, name: Token, *rest: Any) -> tree.Define:
        params = next((part for part in rest if isinstance(part, tuple) and not isinstance(part, Token)), ())
        return tree.Define(span=span, name=self._name(name), params=params, value=rest[-1])

    def parameter(self, span: Span, _: Token, name: Token, cite: Token | None, *rows: tree.DatedRow) -> tree.Define:
        own = self._name(name)
        day = tree.Param(span=own.span, name=tree.Name(span=own.span, text="某日"), type="日期")
        value = tree.Value(span=span, expr=tree.Dated(span=span, rows=rows), cite=self._cite(cite))
        return tree.Define(span=span, name=own, params=(day,), value=value)

    def dated(self, span: Span, _: Token, start: Token, *rest: Any) -> tree.DatedRow:
        end = rest[1] if len(rest) == 3 else None
        return tree.DatedRow(span=span, start=self._day(start), end=end and self._day(end), value=rest[-1])

    def _day(self, token: Token) -> tree.DateLit:
        return tree.DateLit(span=Span(token.start, token.end), iso=cast(str, token.value))

    def params(self, span: Span, *parts: Any) -> tuple[tree.Param, ...]:
        return tuple(part for part in parts if isinstance(part, tree.Param))

    def param(self, span: Span, name: Token, _: Token | None, type: Token | None) -> tree.Param:
        return tree.Param(span=span, name=self._name(name), type=type.text if type else None)

    def reading(
        self, span: Span, _: Token, id: Token, question: Token, cite: Token | None, *parts: Any
    ) -> tree.Reading:
        return tree.Reading(
            span=span,
            id=self._name(id),
            question=question.text,
            cite=self._cite(cite),
            options=tuple(part for part in parts if isinstance(part, tree.Option)),
            uncomputed=self.one([part for part in parts if isinstance(part, Clause)], "不计算"),
        )

    def option(self, span: Span, id: Token, text: Token) -> tree.Option:
        return tree.Option(span=span, id=self._name(id), text=text.text)

    def uncomputed(self, span: Span, word: Token, text: Token) -> Clause:
        return Clause(word.text, text.text, span)

    # ------------------------------------------------------------ examples
    def example(self, span: Span, _: Token, title: Token, *parts: Any) -> tree.Example:
        return tree.Example(
            span=span,
            title=title.text,
            on=self.one([part for part in parts if isinstance(part, Clause)], "评估日"),
            given=tuple(part for part in parts if isinstance(part, tree.Given)),
            expects=tuple(part for part in parts if isinstance(part, tree.Expect | tree.ExpectTable)),
        )

    def assess(self, span: Span, word: Token, day: Token) -> Clause:
        return Clause(word.text, self.atom(Span(day.start, day.end), day), span)

    def given(self, span: Span, _: Token, name: Token, *parts: Any) -> tree.Given:
        """``parts`` are one cell, or rows; a row is a list of cells."""
        table = bool(parts) and isinstance(parts[0], list)
        return tree.Given(
            span=span,
            name=self._name(name),
            cell=None if table else parts[0],
            rows=tuple(tuple(row) for row in parts) if table else (),
        )

    def row(self, span: Span, *cells: tree.Cell) -> list[tree.Cell]:
        return list(cells)

    def choice(self, span: Span, reading: Token, option: Token) -> tree.Choice:
        return tree.Choice(span=span, reading=self._name(reading), option=self._name(option))

    def expect(self, span: Span, _: Token, *parts: Any) -> tree.Expect | tree.ExpectTable:
        if isinstance(parts[0], list):
            return tree.ExpectTable(span=span, rows=tuple(tuple(row) for row in parts))
        choices = tuple(part for part in parts if isinstance(part, tree.Choice))
        target = next((part for part in parts if isinstance(part, Token) and part.kind != "MEASURE"), None)
        outcome, amount, because, lacks, *value = parts[-1]
        return tree.Expect(
            span=span,
            choices=choices,
            target=self._name(target) if target and target.kind == "NAME" else None,
            measure=self._whole(target) if target and target.kind == "NUMBER" else None,
            outcome=outcome,
            amount=amount,
            because=because,
            lacks=lacks,
            value=value[0] if value else None,
        )

    def equals(self, span: Span, word: Token, value: tree.Expr) -> tuple[Any, ...]:
        return word.text, None, None, "", value

    def gets(self, span: Span, word: Token, number: Token) -> tuple[Any, ...]:
        return word.text, self._number(number), None, ""

    pays = gets

    def status(
        self, span: Span, name: Token, _b: Token | None, why: Token | None, _l: Token | None, lacks: Token | None
    ) -> Any:
        return name.text, None, self._name(why) if why else None, self._text(lacks)

    # ------------------------------------------------------------ the document
    def header(self, span: Span, key: Token, text: Token) -> tree.Header:
        return tree.Header(span=span, key=key.text, text=text.text)

    def date_header(self, span: Span, key: Token, day: Token) -> tree.Header:
        # a day that is not in the calendar has been told of, and is then not known
        return tree.Header(span=span, key=key.text, text=str(day.value or "") if day.kind == "DATE" else "")

    bound_header = header

    def policy(self, span: Span, _: Token, title: Token, *headers: tree.Header) -> tuple[str, tuple[tree.Header, ...]]:
        found: dict[str, tree.Header] = {}
        for header in headers:
            if header.key in found:
                self.twice(header.key, header.span, found[header.key].span, headers[0].span.start)
            else:
                found[header.key] = header
        return title.text, tuple(header for header in found.values() if header.key)

    def chapter(self, span: Span, _: Token, label: Token, title: Token) -> tree.Chapter:
        return tree.Chapter(span=span, label=label.text, title=title.text, first_measure=0)

    def measure(self, span: Span, _: Token, number: Token, title: Token) -> Clause:
        return Clause("措施", (self._whole(number), title.text), span)

    version = assess

    def units(self, span: Span, word: Token, text: Token) -> Clause:
        return Clause(word.text, text.text, span)

    unseen = appendix = units

    def passage(self, span: Span, line: Token, *annotations: tree.Annotation) -> Clause:
        sentence = tree.Sentence(span=Span(line.start, line.end), text=line.text.strip(), opens=bool(line.value))
        return Clause("｜", (sentence, annotations), span)

    def start(self, span: Span, head: tuple[str, tuple[tree.Header, ...]], *items: Any) -> tree.Policy:
        return Document(self, span if items else Span(0, 0), *head).read(items)
