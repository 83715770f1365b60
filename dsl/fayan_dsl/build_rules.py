"""Rules with their clauses, and what stands between rules: what :class:`fayan_dsl.build.Builder` makes of the middle of grammar.lark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from attrs import define

from fayan_dsl import tree
from fayan_dsl.build_values import Values
from fayan_dsl.clauses import Clause, Clauses
from fayan_dsl.source import Span
from fayan_dsl.tokens import Token


@define
class Rules(Clauses, Values):
    # ------------------------------------------------------------ clauses
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
            each=self.one(clauses, "逐次"),
            among=self.many(clauses, "其中"),
            must=self.many(clauses, "须"),
            first=self.one(clauses, "仅首次"),
            on=self.one(clauses, "于"),
            amount=self.one(clauses, "金额"),
            staged=self.one(clauses, "分阶段共"),
            stages=self.many(clauses, "阶段"),
            periods=tuple(part for part in parts if isinstance(part, tree.Period)),
            payer=self.one(clauses, "由") or "",
            discretion=self.one(clauses, "裁量") or "",
            nature=self.one(clauses, "性质"),
            evidence=self.many(clauses, "佐证"),
            waivers=tuple(part for part in parts if isinstance(part, tree.Waiver)),
        )

    def duty(self, span: Span, _: Token, name: Token, cite: Token | None, *clauses: Clause) -> tree.Duty:
        return tree.Duty(
            span=span,
            name=self._name(name),
            cite=self._cite(cite),
            among=self.many(clauses, "其中"),
            checks=self.many(clauses, "核查"),
            discretion=self.one(clauses, "裁量") or "",
            evidence=self.many(clauses, "佐证"),
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
            must=self.many(clauses, "须"),
            quota=self.one(clauses, "名额"),
            chosen=self.one(clauses, "入选"),
            discretion=self.one(clauses, "裁量") or "",
            evidence=self.many(clauses, "佐证"),
        )

    def ceiling(
        self, span: Span, _: Token, name: Token, scope: Token, cite: Token | None, *clauses: Clause
    ) -> tree.Ceiling:
        return tree.Ceiling(
            span=span,
            name=self._name(name),
            scope=scope.text,
            cite=self._cite(cite),
            covers=self.many(clauses, "及于"),
            limit=self.one(clauses, "不超过"),
            splits=self.many(clauses, "分算"),
            by_date=self.one(clauses, "先后") is not None,
            applies=self.one(clauses, "适用"),
        )

    def members(self, span: Span, *parts: Any) -> tuple[tree.Member, ...]:
        return tuple(part for part in parts if isinstance(part, tree.Member))

    def member(self, span: Span, _: Token | None, number: Token | None, name: Token) -> tree.Member:
        own = Span(name.start, name.end)
        return tree.Member(span=own, text=name.text, measure=self._whole(number) if number else None)

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
        return tree.Offset(span=span, list=self._name(name), among=self.many(clauses, "其中"))


def _when(rest: Sequence[Any]) -> tree.Expr | None:
    """The condition of an optional 当 before the quotation that ends a line."""
    return cast(tree.Expr, rest[1]) if len(rest) == 3 else None
