"""分配: a fixed pot shared out in proportion, each share cut off at 分, with a rule for what is left over.

Among the items of a rule everything is known, so the item named takes what is left over and the shares add up to the pot. Among
enterprises only one is known here: its share follows from the total of all, which is a fact of the district; what is left over and
whose it is can only be facts too.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from fayan_compiler.expressions.arithmetic import is_number
from fayan_compiler.expressions.comparisons import comparable
from fayan_compiler.expressions.lowerer import Lowerer
from fayan_compiler.problems import shares as P
from fayan_compiler.scope import Frame, Peers, renamed
from fayan_compiler.units import BOOL, COUNT, DATE, HOLE, MONEY
from fayan_dsl import tree
from fayan_dsl.problem import Term
from fayan_runtime import ir
from fayan_runtime.names import OWN, PEER

FEN = Fraction(1, 100)
#: The error of a part that is more than the whole.
NOT_A_PART = "not-a-part"


def share(low: Lowerer, node: tree.Share, frame: Frame, expected: ir.Type | None) -> ir.Expr:
    pot = low.money(node.pot, Frame(params=frame.params))
    weight = low.solid(low.expr(node.weight, frame), node.weight)
    if HOLE in (pot.type, weight.type) or not is_number(low, weight, node.weight):
        return low.hole(node)
    return (_among_items if node.total is None else _among_enterprises)(low, node, frame, pot, weight)


def _bad(low: Lowerer, node: tree.Node, zh: str, en: str) -> ir.Expr:
    low.report(P.ShareShape, node, why=Term(zh, en))
    return low.hole(node)


def _part(pot: ir.Expr, weight: ir.Expr, total: ir.Expr, origin: ir.Origin) -> ir.Expr:
    share = ir.Mul(type=MONEY, inverse=(False, False, True), args=(pot, weight, total), origin=origin)
    return ir.Round(type=MONEY, arg=share, step=FEN, way="down", origin=origin)


def _test(op: Any, left: ir.Expr, right: ir.Expr, origin: ir.Origin) -> ir.Expr:
    word = {">": "超过", "<": "低于", "==": "为"}[op]
    return ir.Compare(type=BOOL, op=op, left=left, right=right, word=word, origin=origin)


def _plus(left: ir.Expr, right: ir.Expr, sign: int, origin: ir.Origin) -> ir.Expr:
    return ir.Add(type=MONEY, signs=(1, sign), args=(left, right), origin=origin)


# ---------------------------------------------------------------- among enterprises
def _among_enterprises(low: Lowerer, node: tree.Share, frame: Frame, pot: ir.Expr, weight: ir.Expr) -> ir.Expr:
    assert node.total is not None
    total = low.solid(low.expr(node.total, frame), node.total)
    if total.type == HOLE or not comparable(low, node.weight, node.total, weight.type, total.type):
        return low.hole(node)
    rest = node.remainder
    if rest.item:
        return _bad(
            low, rest, f"看不到别的企业，不知道哪一家是{rest.item}", "no other enterprise can be seen from here"
        )
    origin = low.origins.at(node.span)
    part = _part(pot, weight, total, origin)
    whens: list[tuple[ir.Expr, ir.Expr]] = [
        (_test(">", weight, total, origin), ir.Fail(type=MONEY, code=NOT_A_PART, origin=origin))
    ]
    if rest.amount is not None and rest.condition is not None:
        more, mine = low.money(rest.amount, frame), low.truth(rest.condition, frame)
        if HOLE in (more.type, mine.type):
            return low.hole(node)
        whens.append((mine, _plus(part, more, 1, origin)))
    return ir.Cases(type=MONEY, whens=tuple(whens), otherwise=part, origin=origin)


# ---------------------------------------------------------------- among the items of a rule
def _among_items(low: Lowerer, node: tree.Share, frame: Frame, pot: ir.Expr, weight: ir.Expr) -> ir.Expr:
    peers, rest = frame.peers, node.remainder
    if peers is None:
        return _bad(low, node.weight, "没有逐项的规则，不知道在哪些项之间分", "no rule over items says among which")
    if rest.amount is not None:
        return _bad(
            low, rest, "各项之间的尾差算得出来，写明归哪一项", "the remainder among items is computed; say whose"
        )
    origin = low.origins.at(node.span)
    holds = tuple(renamed(each, peers.on, PEER) for each in peers.conditions)
    theirs = renamed(weight, peers.on, PEER)

    def over(kind: Any, type: ir.Type, more: tuple[ir.Expr, ...], value: ir.Expr | None) -> ir.Expr:
        tests = (*holds, *more)
        where = ir.And(type=BOOL, args=tests, origin=origin) if tests else None
        return ir.Query(type=type, kind=kind, list=peers.list, var=PEER, where=where, value=value, origin=origin)

    total = low.emit(f"{peers.rule}分配基数", over("sum", weight.type, (), theirs), origin)
    part = _part(pot, weight, total, origin)
    if not rest.item:
        return part
    shared = low.emit(f"{peers.rule}取整后合计", over("sum", MONEY, (), _part(pot, theirs, total, origin)), origin)
    before = _before(rest.item, peers, weight, theirs, origin)
    mine = over("none", BOOL, (before,), None)
    whole = _plus(part, _plus(pot, shared, -1, origin), 1, origin)
    return ir.Cases(type=MONEY, whens=((mine, whole),), otherwise=part, origin=origin)


def _before(which: str, peers: Peers, mine: ir.Expr, theirs: ir.Expr, origin: ir.Origin) -> ir.Expr:
    """Whether another item goes before this one: larger, earlier, later; where they are alike, by their place in the list."""
    places = (ir.Index(type=COUNT, var=PEER, origin=origin), ir.Index(type=COUNT, var=OWN, origin=origin))
    order = _test(">" if which == "最后一项" else "<", *places, origin)
    if which == "最大一项":
        keys: tuple[ir.Expr, ir.Expr] | None = (theirs, mine)
    else:
        keys = None if peers.on is None else (renamed(peers.on, peers.on, PEER), peers.on)
    if keys is None:
        return order
    first = _test("<" if which == "最先一项" else ">", *keys, origin)
    alike = ir.And(type=BOOL, args=(_test("==", *keys, origin), order), origin=origin)
    return ir.Or(type=BOOL, args=(first, alike), origin=origin)


def peers_of(rule: str, own: ir.FactDecl, on: ir.Expr | None, provision: dict[str, Any]) -> Peers:
    """The items among which a rule's pot is shared: those of its list that get something."""
    conditions = [one.expr for one in (*provision["among"], *provision["must"])]
    origin = ir.NOWHERE if on is None else on.origin
    day, today = (ir.Param(type=DATE, name=name, origin=origin) for name in ("发生日", "评估日"))
    if on is not None:
        conditions.append(ir.Compare(type=BOOL, op="<=", left=day, right=today, word="不晚于", origin=origin))
    for period in provision["periods"]:
        ends: list[tuple[ir.Expr | None, Any, str]] = [
            (period.start, ">=", "不早于"), (period.end, "<=", "不晚于"),
        ]  # fmt: skip
        for end, op, word in ends:
            if end is not None:
                test: ir.Expr = ir.Compare(type=BOOL, op=op, left=day, right=end, word=word, origin=period.origin)
                if end.type.optional:
                    absent = ir.IsNone(type=BOOL, arg=end, origin=period.origin)
                    test = ir.Or(type=BOOL, args=(absent, test), origin=period.origin)
                conditions.append(test)
    return Peers(rule, own.name, on, tuple(conditions))
