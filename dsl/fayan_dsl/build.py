"""From the parser's shifts and reductions to the tree: one method for each rule of grammar.lark, called bottom up, never nested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeVar, cast

from attrs import define, field

from fayan_dsl import tree
from fayan_dsl.build_values import HOLE, Values
from fayan_dsl.document import Clause, Document
from fayan_dsl.lexer import Token
from fayan_dsl.problem import Label, Problem, Term
from fayan_dsl.problems import DuplicateClause
from fayan_dsl.source import Source, Span
from fayan_dsl.tables import ABSENT, SPLICE, Rule

T = TypeVar("T")


def _from_first_to_last(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A node spans its first to its last word; signs of layout have no place (-1)."""
    if spans and spans[0][0] >= 0 and spans[-1][1] >= 0:
        return spans[0][0], spans[-1][1]
    words = [each for each in spans if each[0] >= 0]
    return (words[0][0], words[-1][1]) if words else (-1, -1)


@define
class Builder(Values):
    source: Source
    unread: frozenset[str]
    problems: list[Problem] = field(factory=list)
    #: What stands twice in a block, by where the block begins.
    again: dict[int, DuplicateClause] = field(factory=dict)

    def run(self, log: Sequence[Token | int], rules: Sequence[Rule]) -> tree.Policy:
        """Play the log: a token is put down, a rule takes up its children and puts down what they make."""
        makers = [getattr(self, rule.make, None) for rule in rules]
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

    # ------------------------------------------------------------ clauses
    def _one(self, clauses: Sequence[Clause], key: str) -> Any:
        """The one clause of its kind, or None; a second one is told."""
        same = [clause for clause in clauses if clause.key == key]
        for clause in same[1:]:
            self._twice(key, clause.span, same[0].span, clauses[0].span.start)
        return same[0].node if same else None

    def _many(self, clauses: Iterable[Clause], key: str) -> tuple[Any, ...]:
        return tuple(clause.node for clause in clauses if clause.key == key)

    def _twice(self, word: str, again: Span, first: Span, block: int) -> None:
        """A line that its block has already; several are told together, since they may have lost the head they stand
        under, and what that declared is missing."""
        told = self.again.get(block)
        if told is None:
            label = Label(first, Term("前面已有这一条", "the first one"))
            self.again[block] = DuplicateClause(source=self.source, span=again, word=word, labels=(label,))
            return
        label = Label(
            max(told.span, again, key=lambda span: span.start), Term("这一条也写了两次", "written twice as well")
        )
        span = min(told.span, again, key=lambda span: span.start)
        self.again[block] = told.but(span=span, word=f"{told.word}”“{word}", labels=(*told.labels, label))
        self.unread |= {HOLE}

    def each(self, span: Span, word: Token, name: Token, cite: Token | None) -> Clause:
        node = tree.Each(span=span, word=word.text, list=self._name(name), cite=self._cite(cite))
        return Clause("逐次", node, span)

    def label(self, span: Span, name: Token, _: Token) -> tree.Name:
        return self._name(name)

    def among(self, span: Span, word: Token, label: tree.Name | None, value: tree.Value) -> Clause:
        return Clause(word.text, tree.Condition(span=span, label=label, value=value), span)

    must = among

    def first(self, span: Span, _w: Token, _b: Token | None, by: tuple[tree.Name, ...] | None, _c: object) -> Clause:
        return Clause("仅首次", tree.First(span=span, by=by or ()), span)

    def on(self, span: Span, word: Token, value: tree.Value) -> Clause:
        return Clause(word.text, value, span)

    amount = check = chosen = limit = on

    def staged(self, span: Span, word: Token, total: tree.Expr, cite: Token | None) -> Clause:
        return Clause(word.text, tree.Staged(span=span, total=total, cite=self._cite(cite)), span)

    def stage(
        self, span: Span, word: Token, name: Token, amount: tree.Expr, _: Token, on: tree.Expr, cite: Token | None
    ) -> Clause:
        node = tree.Stage(span=span, name=self._name(name), amount=amount, on=on, cite=self._cite(cite))
        return Clause(word.text, node, span)

    def payer(self, span: Span, word: Token, text: Token, _: Token | None = None) -> Clause:
        return Clause(word.text, text.text, span)

    discretion = evidence = payer

    def nature(self, span: Span, word: Token, name: Token, _: Token | None) -> Clause:
        return Clause(word.text, self._name(name), span)

    def period(
        self, span: Span, _p: Token, _f: Token | None, start: tree.Expr | None, _t: Token | None, end: tree.Expr | None,
        cite: Token | None,
    ) -> tree.Period:  # fmt: skip
        return tree.Period(span=span, start=start, end=end, cite=self._cite(cite))

    def waiver(self, span: Span, _w: Token, check: Token, _b: Token, reason: Token) -> tree.Waiver:
        return tree.Waiver(span=span, check=self._name(check), reason=reason.text)

    def quota(self, span: Span, word: Token, _: Token, number: Token, _c: Token | None) -> Clause:
        return Clause(word.text, self._number(number), span)

    # ------------------------------------------------------------ rules
    def rule(self, span: Span, kind: Token, name: Token, cite: Token | None, *parts: Any) -> tree.Rule:
        clauses = [part for part in parts if isinstance(part, Clause)]
        return tree.Rule(
            span=span,
            kind=kind.text,
            name=self._name(name),
            cite=self._cite(cite),
            each=self._one(clauses, "逐次"),
            among=self._many(clauses, "其中"),
            must=self._many(clauses, "须"),
            first=self._one(clauses, "仅首次"),
            on=self._one(clauses, "于"),
            amount=self._one(clauses, "金额"),
            staged=self._one(clauses, "分阶段共"),
            stages=self._many(clauses, "阶段"),
            periods=tuple(part for part in parts if isinstance(part, tree.Period)),
            payer=self._one(clauses, "由") or "",
            discretion=self._one(clauses, "裁量") or "",
            nature=self._one(clauses, "性质"),
            evidence=self._many(clauses, "佐证"),
            waivers=tuple(part for part in parts if isinstance(part, tree.Waiver)),
        )

    def duty(self, span: Span, _: Token, name: Token, cite: Token | None, *clauses: Clause) -> tree.Duty:
        return tree.Duty(
            span=span,
            name=self._name(name),
            cite=self._cite(cite),
            among=self._many(clauses, "其中"),
            checks=self._many(clauses, "核查"),
            discretion=self._one(clauses, "裁量") or "",
            evidence=self._many(clauses, "佐证"),
        )

    def goal(
        self, span: Span, _g: Token, name: Token, condition: tree.Expr, _u: Token, until: tree.Expr, cite: Token | None
    ) -> tree.Goal:
        return tree.Goal(span=span, name=self._name(name), condition=condition, until=until, cite=self._cite(cite))

    def selection(self, span: Span, _: Token, name: Token, cite: Token | None, *clauses: Clause) -> tree.Selection:
        return tree.Selection(
            span=span,
            name=self._name(name),
            cite=self._cite(cite),
            must=self._many(clauses, "须"),
            quota=self._one(clauses, "名额"),
            chosen=self._one(clauses, "入选"),
            discretion=self._one(clauses, "裁量") or "",
            evidence=self._many(clauses, "佐证"),
        )

    def ceiling(
        self, span: Span, _: Token, name: Token, scope: Token, cite: Token | None, *clauses: Clause
    ) -> tree.Ceiling:
        return tree.Ceiling(
            span=span,
            name=self._name(name),
            scope=scope.text,
            cite=self._cite(cite),
            covers=self._many(clauses, "及于"),
            limit=self._one(clauses, "不超过"),
            splits=self._many(clauses, "分算"),
            by_date=self._one(clauses, "先后") is not None,
            applies=self._one(clauses, "适用"),
        )

    def members(self, span: Span, *parts: Any) -> tuple[tree.Member, ...]:
        return tuple(part for part in parts if isinstance(part, tree.Member))

    def member(self, span: Span, _: Token | None, number: Token | None, name: Token) -> tree.Member:
        own = Span(name.start, name.end)
        return tree.Member(span=own, text=name.text, measure=_whole(number) if number else None)

    def covers(self, span: Span, word: Token, names: tuple[tree.Member, ...], *rest: Any) -> Clause:
        node = tree.Covers(span=span, names=names, when=_when(rest), cite=self._cite(rest[-1]))
        return Clause(word.text, node, span)

    def split(self, span: Span, word: Token, _: Token | None, by: tuple[tree.Name, ...] | None, *rest: Any) -> Clause:
        return Clause(word.text, tree.Split(span=span, by=by or (), when=_when(rest)), span)

    def order(self, span: Span, word: Token, *_: object) -> Clause:
        return Clause(word.text, True, span)

    def applies(self, span: Span, word: Token, *rest: Any) -> Clause:
        return Clause(word.text, _when(rest), span)

    def highest(
        self, span: Span, _h: Token, names: tuple[tree.Member, ...], mode: Token, _r: Token | None,
        received: tree.Expr | None, *rest: Any,
    ) -> tree.Highest:  # fmt: skip
        cite, when = self._cite(rest[-1]), _when(rest)
        return tree.Highest(span=span, names=names, mode=mode.text, received=received, when=when, cite=cite)

    def deduct(
        self, span: Span, _d: Token, name: tree.Member, _l: Token, less: tuple[tree.Member, ...], *rest: Any
    ) -> tree.Deduct:
        cite = self._cite(rest[-1])
        return tree.Deduct(span=span, name=name, less=less, when=_when(rest), cite=cite)

    def offset(self, span: Span, _: Token, name: Token, cite: object, *clauses: Clause) -> tree.Offset:
        return tree.Offset(span=span, list=self._name(name), among=self._many(clauses, "其中"))

    # ------------------------------------------------------------ other documents
    def imports(self, span: Span, _: Token, number: Token, *parts: Any) -> tree.Import:
        return tree.Import(
            span=span,
            number=self._name(number),
            version=self._one([part for part in parts if isinstance(part, Clause)], "版本"),
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
            uncomputed=self._one([part for part in parts if isinstance(part, Clause)], "不计算"),
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
            on=self._one([part for part in parts if isinstance(part, Clause)], "评估日"),
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
            measure=_whole(target) if target and target.kind == "NUMBER" else None,
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
                self._twice(header.key, header.span, found[header.key].span, headers[0].span.start)
            else:
                found[header.key] = header
        return title.text, tuple(header for header in found.values() if header.key)

    def chapter(self, span: Span, _: Token, label: Token, title: Token) -> tree.Chapter:
        return tree.Chapter(span=span, label=label.text, title=title.text, first_measure=0)

    def measure(self, span: Span, _: Token, number: Token, title: Token) -> Clause:
        return Clause("措施", (_whole(number), title.text), span)

    version = assess

    def units(self, span: Span, word: Token, text: Token) -> Clause:
        return Clause(word.text, text.text, span)

    unseen = appendix = units

    def passage(self, span: Span, line: Token, *annotations: tree.Annotation) -> Clause:
        sentence = tree.Sentence(span=Span(line.start, line.end), text=line.text.strip(), opens=bool(line.value))
        return Clause("｜", (sentence, annotations), span)

    def start(self, span: Span, head: tuple[str, tuple[tree.Header, ...]], *items: Any) -> tree.Policy:
        return Document(self, span if items else Span(0, 0), *head).read(items)


def _when(rest: Sequence[Any]) -> tree.Expr | None:
    """The condition of an optional 当 before the quotation that ends a line."""
    return cast(tree.Expr, rest[1]) if len(rest) == 3 else None


def _whole(token: Token) -> int:
    return int(cast(tuple[Fraction, str], token.value)[0])
