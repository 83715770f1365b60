"""The lint of what options say: the words of a reading's options are held to what its rules do under each of them.

Nothing is understood here. Two options differ in words, and what is done under them differs in names, figures, 且 and 或, or in
that one asks nothing; where what can be compared speaks for the words of the other option, the two have been exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from attrs import define, field

from fayan_compiler.boundaries import meaning
from fayan_compiler.fidelity.check import Check, here, inside
from fayan_compiler.fidelity.figures import Figure, figure_of, figures_of_text, is_neutral
from fayan_compiler.fidelity.parts import children
from fayan_compiler.fidelity.table import squeeze
from fayan_compiler.problems.fidelity.amounts import OptionsExchanged
from fayan_compiler.problems.fidelity.figures import FigureUnfounded
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Term
from fayan_dsl.source import Span


@define
class Doing:
    """What rules do under one option: the names and figures they use, the comparisons and 且 or 或 they are made of.

    ``free`` where nothing is asked (是, 无) or, of an exception, nobody is let off (否). ``kinds`` are the clauses that hold under it.
    """

    span: Span
    names: set[str] = field(factory=set)
    figures: list[Figure] = field(factory=list)
    signs: set[str] = field(factory=set)
    joined: set[str] = field(factory=set)
    free: str = ""
    kinds: set[str] = field(factory=set)


def exchanged_options(check: Check) -> None:
    """Two options whose words are each other's."""
    done = _done(check)
    for reading in check.table.readings.values():
        if reading.uncomputed is not None or any(inside(each.span, reading.span) for each in check.problems):
            continue
        crossed: list[tuple[int, tree.Option, tree.Option, list[tuple[Doing, Doing]]]] = []
        for one, other in combinations(reading.options, 2):
            pairs = [
                (arms[one.id.text], arms[other.id.text])
                for arms in done.get(reading.id.text, ())
                if one.id.text in arms and other.id.text in arms
            ]
            own, cross = weigh(reading, one, other, pairs)
            if cross >= max(2, 2 * own):
                crossed.append((cross - own, one, other, pairs))
        if crossed:
            _, one, other, pairs = max(crossed, key=lambda each: each[0])
            arms = [arm.span for pair in pairs for arm in pair]
            told = [each for each in check.problems if any(inside(each.span, arm) for arm in arms)]
            if all(isinstance(each, FigureUnfounded) for each in told):  # it stands in the other option's words
                check.problems = [each for each in check.problems if each not in told]
                _tell(check, reading, one, other, pairs[0])


def _tell(check: Check, reading: tree.Reading, one: tree.Option, other: tree.Option, arms: tuple[Doing, Doing]) -> None:
    at = [_words(check, option) for option in (one, other)]
    labels = [here(at[1], "这一种与它对调了", "exchanged with this one")]
    if arms[0].span == arms[1].span:
        labels.append(here(arms[0].span, "规则在这里", "the rule is here"))
    else:
        for option, arm in zip((one, other), arms, strict=True):
            labels.append(here(arm.span, f"{option.id.text} 的规则在这里", f"the rule under {option.id.text} is here"))
    between = check.table.policy.source.text[at[0].end : at[1].start]
    edit = Edit(at[0].to(at[1]), f"{other.text}{between}{one.text}")
    fix = Fix(Term("两种说法换过来", "exchange the two"), (edit,), Applicability.UNSAFE)
    check.say(
        OptionsExchanged, at[0], *labels, fixes=(fix,),
        reading=reading.id.text, one=one.id.text, other=other.id.text,
    )  # fmt: skip


def _words(check: Check, option: tree.Option) -> Span:
    start = check.table.policy.source.text.find(option.text, option.id.span.end)
    return Span(start, start + len(option.text))


# ---------------------------------------------------------------- what is done
def _done(check: Check) -> dict[str, list[dict[str, Doing]]]:
    """For each reading, wherever rules go by it: option → what they do there."""
    found: dict[str, list[dict[str, Doing]]] = {}
    for by in check.table.choices:
        assert isinstance(by.subject, tree.ReadingRef)
        found.setdefault(by.subject.id, []).append(_arms(check, by))
    for annotation in check.table.annotations:
        for kind, name, test in _clauses(annotation):
            for id, options in _tests(check, test):
                of = {
                    option.id.text: Doing(test.span, names={name} if option.id.text in options else set())
                    for option in check.table.readings[id].options
                }
                for option in options & of.keys():
                    of[option].kinds.add(kind)
                found.setdefault(id, []).append(of)
    return found


def _arms(check: Check, by: tree.By) -> dict[str, Doing]:
    reading = check.table.readings.get(by.subject.id if isinstance(by.subject, tree.ReadingRef) else "")
    found: dict[str, Doing] = {}
    for arm in by.arms:
        doing = _doing(check, arm.value)
        labels = [label.text for label in arm.labels]
        if not labels and reading:  # 其余
            labels = [each.id.text for each in reading.options if each.id.text not in found]
        found |= dict.fromkeys(labels, doing)
    return found


def _doing(check: Check, value: tree.Value) -> Doing:
    doing = Doing(value.span)
    match value.expr:
        case tree.Truth(value=True):
            doing.free = "是"
        case tree.Truth():
            doing.free = "否"
        case tree.Nothing():
            doing.free = "无"
        case _:
            pass
    stack: list[object] = [value.expr]
    while stack:
        item = stack.pop()
        if isinstance(item, tuple):
            stack.extend(item)
        elif isinstance(item, tree.Node):
            if figure := figure_of(item, check.table.policy.source):
                doing.figures.append(figure)
                continue
            match item:
                case tree.Ref() | tree.Call() | tree.FieldRef():
                    doing.names.add(_CALLED.get(item.name, item.name))
                    day = check.table.headers.get(item.name)
                    if day and item.name.endswith("日期"):
                        doing.figures.append(Figure(day, "日期", item.name, item.span))
                case tree.Name():
                    doing.names.add(item.text)
                case tree.Compare():
                    doing.signs.add(meaning(item.op, check.table.bounds))
                case tree.All():
                    doing.joined.add("且")
                case tree.Any():
                    doing.joined.add("或")
                case _:
                    pass
            stack.extend(children(item))
    return doing


#: What functions of the language are called in running text.
_CALLED = {
    "上年": "上一年", "前年": "前两年", "评估日": "评估之日", "发生日": "发生之日", "较小": "最多不超过", "较大": "最少不低于",
}  # fmt: skip


def _clauses(annotation: tree.Annotation) -> Iterator[tuple[str, str, tree.Expr]]:
    """The clauses that hold under some options only: kind, what they are about, and the test."""
    match annotation:
        case tree.Ceiling():
            yield from (("分算", "", split.when) for split in annotation.splits if split.when)
            yield from (("限额", annotation.name.text, covers.when) for covers in annotation.covers if covers.when)
            if annotation.applies:
                yield "限额", annotation.name.text, annotation.applies
        case tree.Highest() if annotation.when:
            yield "就高", "", annotation.when
        case tree.Deduct() if annotation.when:
            yield "扣减", "", annotation.when
        case _:
            pass


def _tests(check: Check, test: tree.Expr) -> Iterator[tuple[str, set[str]]]:
    """当 R7.3 为 b: the reading, and the options under which it holds."""
    match test:
        case tree.Compare(left=tree.ReadingRef(id=id), right=tree.Ref(name=option), op=op):
            if id in check.table.readings:
                options = {each.id.text for each in check.table.readings[id].options}
                yield id, options - {option} if op == "不为" else {option}
        case tree.OneOf(subject=tree.ReadingRef(id=id), members=members) if id in check.table.readings:
            yield id, {member.name for member in members if isinstance(member, tree.Ref)}
        case _:
            pass


# ---------------------------------------------------------------- words against deeds
def weigh(
    reading: tree.Reading, one: tree.Option, other: tree.Option, pairs: Sequence[tuple[Doing, Doing]]
) -> tuple[int, int]:
    """How much speaks for each option's own words, and how much for the other's, which is not asked where much speaks for
    their own."""
    own = _fit(reading, one.text, other.text, pairs)
    return own, 0 if own > _MUCH else _fit(reading, other.text, one.text, pairs)


_MUCH = 2


def _fit(reading: tree.Reading, said: str, other: str, pairs: Sequence[tuple[Doing, Doing]]) -> int:
    """How much speaks for words being those of what is done on either side."""
    found = 0
    for left, right in pairs:
        if left is not right:
            found += (
                _boundary(reading, said, other, left, right)
                or _asked(reading, said, other, left, right)
                or _says(said, other, left, right) + _says(other, said, right, left)
            )
    return found


_EXACTLY = ["恰好", "恰为", "恰是", "正好", "刚好", "本数", "等于"]


def _boundary(reading: tree.Reading, said: str, other: str, left: Doing, right: Doing) -> int:
    """恰好20%算不算“超过20%”: where it counts the comparison has the figure in it."""
    if not any(word in reading.question for word in _EXACTLY) or _denies(said) == _denies(other):
        return 0
    has, lacks = (right, left) if _denies(said) else (left, right)
    return 3 * bool(has.signs & {">=", "<="} and lacks.signs & {">", "<"} and not has.signs & {">", "<"})


def _denies(said: str) -> bool:
    return said.startswith(("不", "没有", "否", "无"))


#: 看不看, 算不算: of the first kind yes asks something, of the second yes asks nothing.
_ASKED = re.compile(r"(.)不\1")
_ASKING, _TAKING = "看要管须限折核查需", "算给属含抵认可计"


def _asked(reading: tree.Reading, said: str, other: str, left: Doing, right: Doing) -> int:
    """看不看平均增长率: where it is looked at a condition stands, else none."""
    found = _ASKED.search(reading.question)
    if found is None or bool(left.free) == bool(right.free) or "否" in (left.free, right.free):
        return 0
    word = found[1]
    denied = [bool(re.search(f"不[^，；]?{word}|^(?:不|没有)", each)) for each in (said, other)]
    if denied[0] == denied[1] or word not in _ASKING + _TAKING:
        return 0
    no, yes = (left, right) if denied[0] else (right, left)
    free = no if word in _ASKING else yes
    return 3 * bool(free.free)


_EVERY, _SOME = ["一律", "一概", "不论", "照给", "凡", "都", "均"], ["只", "仅", "才", "除", "例外", "另行"]
_WITH = {
    "且": ["都", "两项", "均", "同时", "并且", "各项", "也", "全部"], "或": ["有一", "任一", "之一", "即可", "或者", "其中一"],
    "分算": ["各", "每", "分别", "另", "单独", "分开"], "限额": ["限", "为止", "满", "最多", "封顶", "不超过", "以内"], "就高": ["高"],
    "扣减": ["扣", "减", "抵", "差额"],
}  # fmt: skip


def _only(words: list[str], said: str, other: str) -> bool:
    """Whether one says any of these words and the other none."""
    return any(word in said for word in words) and not any(word in other for word in words)


def _says(said: str, other: str, doing: Doing, against: Doing) -> int:
    """How much the words say, and the others do not, of what is done here and not there."""
    own = _pairs(said) - _pairs(other)
    names = {pair for name in doing.names for pair in _pairs(name)}
    names -= {pair for name in against.names for pair in _pairs(name)}
    found = min(3, len(own & names))
    done = [each for each in doing.figures if not any(_same(each, one) for one in against.figures)]
    figures = figures_of_text(said, 0) if done and _DIGITS & set(said) else []
    found += 2 * any(_same(figure, each) for figure in figures if not is_neutral(figure) for each in done)
    for word in (doing.joined | doing.kinds) - (against.joined | against.kinds):
        found += 2 * _only(_WITH[word], said, other)
    if doing.free and not against.free:
        found += _only(_EVERY, said, other)
    if against.free and not doing.free:
        found += _only(_SOME, said, other)
    return found


_DIGITS = frozenset("0123456789〇一二三四五六七八九十百半两")


@lru_cache(maxsize=1024)
def _pairs(text: str) -> frozenset[str]:
    plain = squeeze(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _same(said: Figure, known: Figure) -> bool:
    return (
        said.is_used_by(known)
        or known.is_used_by(said)
        or (said.value == known.value and known.unit.startswith(said.unit))
    )
