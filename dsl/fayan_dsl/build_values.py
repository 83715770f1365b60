"""Words, expressions and values of the tree: what :class:`fayan_dsl.build.Builder` makes of the lower half of grammar.lark."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

from fayan_dsl import tree
from fayan_dsl.source import Span
from fayan_dsl.tokens import Token

#: The text of the name that stands in place of something unreadable; no name can be written so.
HOLE = "?"


class Values:
    # ------------------------------------------------------------ words
    def _name(self, token: Token) -> tree.Name:
        return tree.Name(span=Span(token.start, token.end), text=token.text)

    def _cite(self, token: Token | None) -> tree.Cite | None:
        return tree.Cite(span=Span(token.start, token.end), text=token.text) if token else None

    def _number(self, token: Token) -> tree.Number:
        value, unit = cast(tuple[Fraction, str], token.value)
        return tree.Number(span=Span(token.start, token.end), value=value, unit=unit, text=token.text)

    def _whole(self, token: Token) -> int:
        return int(cast(tuple[Fraction, str], token.value)[0])

    def _text(self, token: Token | None) -> str:
        return token.text if token else ""

    def names(self, span: Span, *parts: Token) -> tuple[tree.Name, ...]:
        return tuple(self._name(part) for part in parts if part.kind == "NAME")

    def atom(self, span: Span, token: Token) -> tree.Expr:
        match token.kind:
            case "NAME" | "OUTCOME":
                return tree.Hole(span=span) if token.text == HOLE else tree.Ref(span=span, name=token.text)
            case "NUMBER":
                return self._number(token)
            case "DATE":
                return tree.DateLit(span=span, iso=cast(str, token.value))
            case "MONTHDATE":
                year, month = cast(tuple[int, int], token.value)
                return tree.MonthLit(span=span, year=year, month=month)
            case "YEARDATE":
                return tree.YearLit(span=span, year=cast(int, token.value))
            case "STRING":
                return tree.Text(span=span, value=cast(str, token.value))
            case "ID":
                return tree.ReadingRef(span=span, id=token.text)
            case "TRUE" | "FALSE":
                return tree.Truth(span=span, value=token.kind == "TRUE")
            case _:
                return tree.Nothing(span=span)

    cell = atom

    # ------------------------------------------------------------ expressions
    def paren(self, span: Span, _l: Token, inner: tree.Expr, _r: Token) -> tree.Expr:
        return inner

    def call(self, span: Span, name: Token, _l: Token, args: tuple[tree.Expr, ...], _r: Token) -> tree.Expr:
        return tree.Call(span=span, name=name.text, args=args)

    def args(self, span: Span, *parts: Any) -> tuple[tree.Expr, ...]:
        return tuple(part for part in parts if not isinstance(part, Token))

    atoms = cells = args

    def all_of(self, span: Span, *parts: Any) -> tree.Expr:
        return tree.All(span=span, parts=self.args(span, *parts))

    def any_of(self, span: Span, *parts: Any) -> tree.Expr:
        return tree.Any(span=span, parts=self.args(span, *parts))

    def negation(self, span: Span, _: Token, part: tree.Expr) -> tree.Expr:
        return tree.Not(span=span, part=part)

    def compare(self, span: Span, left: tree.Expr, op: Token, right: tree.Expr) -> tree.Expr:
        return tree.Compare(span=span, op=op.text, left=left, right=right)

    def bound(self, span: Span, left: tree.Expr, _: Token, right: tree.Expr, op: Token) -> tree.Expr:
        return tree.Compare(span=span, op=op.text, left=left, right=right)

    def one_of(self, span: Span, subject: tree.Expr, _: Token, members: tuple[tree.Expr, ...]) -> tree.Expr:
        return tree.OneOf(span=span, subject=subject, members=members)

    def contains(self, span: Span, subject: tree.Expr, has: Token, members: tuple[tree.Expr, ...]) -> tree.Expr:
        return tree.Contains(span=span, subject=subject, members=members, every=has.kind == "HASALL")

    def presence(self, span: Span, word: Token, subject: tree.Expr) -> tree.Expr:
        return tree.Presence(span=span, present=word.kind == "PRESENT", subject=subject)

    def _chain(self, first: str, parts: tuple[Any, ...]) -> tuple[tuple[str, tree.Expr], ...]:
        signs = [first, *(part.text for part in parts[1::2])]
        return tuple(zip(signs, parts[::2], strict=True))

    def total(self, span: Span, *parts: Any) -> tree.Expr:
        return tree.Total(span=span, terms=self._chain("+", parts))

    def product(self, span: Span, *parts: Any) -> tree.Expr:
        return tree.Product(span=span, factors=self._chain("×", parts))

    def field(self, span: Span, word: Token, name: Token) -> tree.Expr:
        return tree.FieldRef(span=span, own=word.kind == "THIS", name=name.text)

    def query(
        self, span: Span, name: Token, _of: Token, where: tree.Expr, _that: Token, pick: tuple[str, tree.Expr | None]
    ) -> tree.Expr:
        return tree.Query(span=span, list=self._name(name), where=where, pick=pick[0], value=pick[1])

    def query_all(self, span: Span, name: Token, _of: Token, how: Token, value: tree.Expr | None) -> tree.Expr:
        return tree.Query(span=span, list=self._name(name), where=None, pick=how.text, value=value)

    def quantified(self, span: Span, name: Token, _of: Token, how: Token, where: tree.Expr, _that: Token) -> tree.Expr:
        return tree.Quantified(span=span, list=self._name(name), quantifier=how.text, where=where)

    def pick(self, span: Span, *parts: Any) -> tuple[str, tree.Expr | None]:
        return (parts[0].text, parts[1]) if isinstance(parts[0], Token) else ("的", parts[0])

    def field_name(self, span: Span, *parts: Any) -> tree.Expr:
        return self.atom(span, parts[0]) if len(parts) == 1 else cast(tree.Expr, parts[1])

    # ------------------------------------------------------------ values and blocks
    def value(self, span: Span, expr: tree.Expr | tree.Value, cite: Token | None = None) -> tree.Value:
        return expr if isinstance(expr, tree.Value) else tree.Value(span=span, expr=expr, cite=self._cite(cite))

    def by(self, span: Span, word: Token, subject: Any, cite: Token | None, *arms: tree.Arm) -> tree.Value:
        if word.kind == "PER":
            subject = self.atom(Span(subject.start, subject.end), subject)
        return tree.Value(span=span, expr=tree.By(span=span, subject=subject, arms=arms), cite=self._cite(cite))

    def arm(self, span: Span, labels: Any, value: Any) -> tree.Arm:
        found = () if isinstance(labels, Token) else labels
        return tree.Arm(span=span, labels=found, value=value)

    def cases(self, span: Span, _: Token, cite: Token | None, *whens: tree.When) -> tree.Value:
        return tree.Value(span=span, expr=tree.Cases(span=span, whens=whens), cite=self._cite(cite))

    def case(self, span: Span, *parts: Any) -> tree.When:
        condition = parts[1] if len(parts) == 4 else None
        return tree.When(span=span, condition=condition, value=parts[-1])

    def table(self, span: Span, _: Token, order: Token | None, cite: Token | None, *parts: Any) -> tree.Value:
        subjects, *rows = parts
        node = tree.Table(span=span, in_order=order is not None, subjects=subjects, rows=tuple(rows))
        return tree.Value(span=span, expr=node, cite=self._cite(cite))

    def heading(self, span: Span, *parts: Any) -> tuple[tree.Expr, ...]:
        return parts[:-1]

    subject = literal = atom

    def table_row(self, span: Span, *parts: Any) -> tree.TableRow:
        if isinstance(parts[0], Token):
            return tree.TableRow(span=span, cells=(), value=parts[1])
        *cells, result, cite = parts
        value = tree.Value(span=result.span, expr=result, cite=self._cite(cite))
        return tree.TableRow(span=span, cells=tuple(cells), value=value)

    def table_cell(self, span: Span, *parts: Any) -> tree.TableCell:
        return tree.TableCell(span=span, tests=tuple(part for part in parts if isinstance(part, tree.CellTest)))

    def cell_test(self, span: Span, *parts: Any) -> tree.CellTest:
        word = next((part.text for part in parts if isinstance(part, Token) and part.kind in ("COMPARE", "BOUND")), "")
        return tree.CellTest(span=span, op=word or "属于", values=self.args(span, *parts))

    # ------------------------------------------------------------ shares and bands
    def share(
        self, span: Span, _: Token, pot: tree.Expr, cite: Token | None, by: tuple[Any, Any], rest: tree.Remainder
    ) -> tree.Value:
        node = tree.Share(span=span, pot=pot, weight=by[0], total=by[1], remainder=rest)
        return tree.Value(span=span, expr=node, cite=self._cite(cite))

    def share_by(
        self, span: Span, _b: Token, weight: tree.Expr, _o: Token | None, total: tree.Expr | None, _c: Token | None
    ) -> tuple[Any, Any]:
        return weight, total

    def remainder(self, span: Span, _: Token, *parts: Any) -> tree.Remainder:
        if len(parts) == 4:
            return tree.Remainder(span=span, amount=parts[0], condition=parts[2])
        return tree.Remainder(span=span, item=parts[1].text if len(parts) == 3 else "")

    def bands(self, span: Span, _: Token, subject: tree.Expr, cite: Token | None, *bands: tree.Band) -> tree.Value:
        return tree.Value(span=span, expr=tree.Bands(span=span, subject=subject, bands=bands), cite=self._cite(cite))

    def band(self, span: Span, *parts: Any) -> tree.Band:
        rate, cite = parts[-2:]
        edges = tuple(part for part in parts if isinstance(part, tree.CellTest))
        return tree.Band(span=span, edges=edges, rate=tree.Value(span=rate.span, expr=rate, cite=self._cite(cite)))

    def edge(self, span: Span, *parts: Token) -> tree.CellTest:
        number = next(part for part in parts if part.kind == "NUMBER")
        word = next(part.text for part in parts if part.kind != "NUMBER")
        return tree.CellTest(span=span, op=word, values=(self._number(number),))
