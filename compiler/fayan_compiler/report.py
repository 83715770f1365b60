"""Where passes put their problems, and what is made of them: one message for each cause.

A name that nothing declares is told once, with every place that uses it; names that are missing together are one cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from attrs import define, field

from fayan_compiler import one_cause
from fayan_compiler.problems import bands, names, rules, types
from fayan_compiler.problems.imports import NothingToTake
from fayan_compiler.problems.names import MisspeltDeclaration, UndeclaredNames, Unknown
from fayan_dsl.build_values import HOLE
from fayan_dsl.near import alike, nearest, only_split, undenied
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Severity, Term, in_order
from fayan_dsl.source import Source, Span

#: So many names that nothing comes near have one cause: what declares them is missing.
TOGETHER = 5
_USED = Term("这里也用到", "used here too")


@define(slots=False)
class Reporter:
    """Collects what passes report; :meth:`found` is what is told of it."""

    source: Source
    #: Words of lines that could not be read: what they declare may be in use.
    unread: frozenset[str] = frozenset()
    problems: list[Problem] = field(factory=list)
    #: Whether a line that declares something is missing: lines that stand under it have come under another.
    torn: bool = False
    #: Whether the facts of an enterprise stand under another name: what is said to look at the district follows.
    misnamed_scope: bool = False
    #: Names of other documents, where the line 取用 takes each, and what is to be said of it there.
    taken: dict[str, Label] = field(factory=dict)
    #: Words not told to be unknown because something else has been told that may be why.
    silenced: list[Problem] = field(factory=list)
    #: Where each member of each type stands, and facts with the words for their types (金额（元）): what is wrong with all
    #: that use one is wrong there.
    members: dict[tuple[str, str], Span] = field(factory=dict)
    facts: list[tuple[str, str, Span]] = field(factory=list)
    #: Words whose standing where they do shows that a line is missing: they are told whatever else is not.
    _tearing: set[str] = field(factory=set)
    _known: dict[tuple[Any, ...], dict[str, None]] = field(factory=dict)

    def report(
        self, cls: type[Problem], span: Span, labels: tuple[Label, ...] = (), fixes: tuple[Fix, ...] = (), **fields: Any
    ) -> None:
        if issubclass(cls, _OF_TYPES):
            labels = (*labels, *self._taken_in(span, *(label.span for label in labels)))
        self.problems.append(cls(source=self.source, span=span, labels=labels, fixes=fixes, **fields))

    def _taken_in(self, *spans: Span) -> list[Label]:
        """Where the names used in these places are taken from another document, which is where they have their types."""
        words = [word for span in spans for word in re.findall(r"\w+", self.source.text[span.start : span.end])]
        return [self.taken[word] for word in dict.fromkeys(words) if word in self.taken]

    def unknown(self, cls: type[Unknown], span: Span, word: str, known: Iterable[str], **fields: Any) -> None:
        """A word that nothing declares, and the words that could stand there, the nearest first."""
        if HOLE in (word, fields.get("list")) or self._unread(word):  # could not be read: said already
            self.silenced.append(cls(source=self.source, span=span, word=word, **fields))
            return
        self.report(cls, span, self._declared(fields.get("type", "")), word=word, **fields)
        self._known.setdefault(_cause(self.problems[-1]), {}).update(dict.fromkeys(known))

    def _declared(self, type: str) -> tuple[Label, ...]:
        """Where a type of this document is declared."""
        first = next((span for (name, _), span in self.members.items() if name == type), None)
        return () if first is None else (Label(first, Term(f"“{type}”在这里声明", f"{type} is declared here")),)

    def _unread(self, word: str) -> bool:
        """Whether a line that could not be read has the word, perhaps run together with others."""
        return word in self.unread or (len(word) > 2 and any(word in other for other in self.unread))

    def tear(self, word: str) -> None:
        """Several rows begin with words such as ``word`` that no row here begins with: their own head may be missing."""
        self.torn = True
        self._tearing.add(word)

    def also(self, spans: Iterable[Span], text: Term) -> None:
        """More places of the problem reported last."""
        last = self.problems[-1]
        self.problems[-1] = last.but(labels=(*last.labels, *(Label(span, text) for span in spans)))

    # ------------------------------------------------------------ what is told
    def found(self) -> list[Problem]:
        """All problems in order, each cause once."""
        told: list[Problem] = []
        unknown: dict[tuple[Any, ...], list[Unknown]] = {}
        for problem in dict.fromkeys(self.problems):
            if isinstance(problem, Unknown):
                unknown.setdefault(_cause(problem), []).append(problem)
            else:
                told.append(problem)
        if self.misnamed_scope:
            told = [problem for problem in told if not isinstance(problem, rules.CountsByDistrict)]
        told = one_cause.of_types(told, self.members, self.facts)
        told = one_cause.of_facts(told)
        one_cause.of_taking(unknown, self._known)
        told = one_cause.of_names(told, unknown, self.members)
        lost: dict[str, list[Unknown]] = {}
        meant: list[Problem] = []
        for cause, uses in unknown.items():
            uses.sort(key=lambda use: use.span.start)
            if near := self._unknown(uses, self._known[cause]):
                meant.append(near)
            else:
                lost.setdefault(uses[0].word, []).extend(uses)
        known = HOLE in self.unread  # that a line is missing has been told
        torn = self.torn or known
        if lost or torn:
            told = [problem for problem in told if not isinstance(problem, _FOLLOW_TORN if torn else _FOLLOW_LOST)]
        if known:
            lost = {word: uses for word, uses in lost.items() if word not in self._tearing}
        return in_order([*_once(told), *meant, *(self._torn(lost) if torn else self._lost(list(lost.values())))])

    def unresolved(self) -> list[Problem]:
        """The errors there are, told or not: with any of these there is no program."""
        return [one for one in (*self.problems, *self.silenced) if one.severity is Severity.ERROR]

    def _torn(self, lost: dict[str, list[Unknown]]) -> list[Problem]:
        """Of the words that nothing comes near, where a line is missing: those that show it, the first with the names
        that are used and not declared, of which the line may have declared one; else, where there are several such
        names, all: they cannot all be what the one line declared."""
        found = [self._one_lost(uses) for word, uses in lost.items() if word in self._tearing]
        gone = sorted(
            (uses for word, uses in lost.items() if word not in self._tearing), key=lambda uses: uses[0].span.start
        )
        if not found:
            names_alone = [uses for uses in gone if all(isinstance(use, names.UnknownName) for use in uses)]
            return self._lost(names_alone) if len(names_alone) > 1 else []
        first = found[0]
        if gone and isinstance(first, Unknown):
            words = "、".join(f"“{uses[0].word}”" for uses in gone[:_LISTED_AT_MOST])
            hint = Term(
                f"{first.hint.zh}{words}用到了而没有声明，可能是这几行上面少了声明它的一行。",
                f"{first.hint.en} {words} is used and not declared: the line that declares it may be missing above.".lstrip(),
            )
            used = Term("用在这里，没有声明", "used here, not declared")
            labels = (*first.labels, *(Label(uses[0].span, used) for uses in gone[:_LISTED_AT_MOST]))
            found[0] = first.but(hint=hint, labels=labels)
        return found

    def _unknown(self, uses: list[Unknown], known: dict[str, None]) -> Problem | None:
        """What a word must have been meant to be; None where nothing comes near."""
        word = uses[0].word
        if pieces := only_split(word, known):
            text = " ".join(pieces)
            hint = Term(f"词与词之间要空格：{text}。", f"Words are parted by spaces: {text}.")
            return self._told(uses, hint, text)
        members = _LISTED.split(word)
        if len(members) > 1 and all(member in known for member in members):
            text = "、".join(members)
            return self._told(uses, Term(f"并列的几个用顿号隔开：{text}。", f"Part them by 、: {text}."), text)
        if denied := undenied(word, known):
            hint = Term(f"要说相反的意思，写“非 {denied}”。", f"To say the opposite, write “非 {denied}”.")
            return self._told(uses, hint, f"非 {denied}")
        declared = self._only_place(word, known)
        usual = _TYPES_SAID.get(word) if isinstance(uses[0], names.UnknownType) else None
        near = usual if usual in known else nearest(word, known, declared)
        if near is None:
            return None
        place = None if near == usual else declared.get(near)
        if place is not None and self._used_is_right(word, near, len(uses)):
            labels = tuple(Label(use.span, Term("这里用到", "used here")) for use in uses)
            title = Term(f"声明也写成“{word}”", f"declare “{word}”")
            fix = Fix(title, (Edit(place, word),), Applicability.UNSAFE)
            return MisspeltDeclaration(
                source=self.source, span=place, labels=labels, fixes=(fix,), word=near, used=word, uses=len(uses)
            )
        problem = self._told(uses, Term(f"是不是“{near}”？", f"Did you mean “{near}”?"), near)
        if place is not None and not isinstance(problem, NothingToTake):  # there the place is of one that is used
            said = Term("相近的名字声明在这里，没有别处用到", "a like name is declared here and used nowhere else")
            others = tuple(label for label in problem.labels if label.span != place)
            problem = problem.but(labels=(*others, Label(place, said)))
        return problem

    def _used_is_right(self, used: str, declared: str, uses: int) -> bool:
        """Of two spellings the one that 原文 has; where it has both or neither, the one that stands in more places."""
        in_text = [word in self._said for word in (used, declared)]
        return in_text[0] if in_text[0] != in_text[1] else uses > 1

    @cached_property
    def _said(self) -> str:
        return "\n".join(re.findall(r"^｜.*", self.source.text, re.MULTILINE))

    def _told(self, uses: list[Unknown], hint: Term, instead: str) -> Problem:
        spans = [use.span for use in uses]
        fixes: tuple[Fix, ...] = ()
        if instead and all(self.source.text[span.start : span.end] == uses[0].word for span in spans):
            title = Term(f"改为“{instead}”", f"write “{instead}”")
            fixes = (Fix(title, tuple(Edit(span, instead) for span in spans), Applicability.UNSAFE),)
        labels = tuple(Label(span, _USED) for span in spans[1:])
        times = Term(f"，有 {len(uses)} 处用到它", f"; it is used {len(uses)} times") if labels else Term("", "")
        return uses[0].but(labels=(*uses[0].labels, *labels), fixes=fixes, hint=hint, times=times)

    def _lost(self, lost: list[list[Unknown]]) -> list[Problem]:
        """Words that nothing comes near; together, where they are many."""
        for uses in lost:
            uses.sort(key=lambda use: use.span.start)
        if len(lost) >= TOGETHER:
            return [self._all_lost(lost)]
        found: dict[Any, Problem] = {}
        for problem in (self._one_lost(uses) for uses in lost):
            # several things that one document does not have: another document is meant
            cause = problem.number if isinstance(problem, NothingToTake) else problem
            first = found.setdefault(cause, problem)
            if first is not problem and isinstance(first, NothingToTake) and isinstance(problem, NothingToTake):
                labels = (*first.labels, Label(problem.span, Term("这里也是", "here too")), *problem.labels)
                found[cause] = first.but(word=f"{first.word}”、“{problem.word}", times=Term("", ""), labels=labels)
        return list(found.values())

    def _one_lost(self, uses: list[Unknown]) -> Problem:
        hint, known = uses[0].hint, list(self._known[_cause(uses[0])])
        if not hint.zh:
            hint = _way_out(uses[0], known)
        like = alike(uses[0].word, known)
        # of a name that says less the one written is another, as 收入 is than 下年收入
        sure = len(like) == 1 and len(like[0]) >= len(uses[0].word)
        return self._told(uses, hint, like[0] if sure else "")

    def _all_lost(self, lost: list[list[Unknown]]) -> Problem:
        lost.sort(key=lambda uses: uses[0].span.start)
        words = list(dict.fromkeys(uses[0].word for uses in lost))
        shown = "、".join(f"“{word}”" for word in words[:8])
        labels = tuple(
            Label(uses[0].span, Term(f"“{uses[0].word}”用在这里", f"“{uses[0].word}” is used here"))
            for uses in lost[1:]
        )
        return UndeclaredNames(
            source=self.source,
            span=lost[0][0].span,
            labels=labels,
            count=len(words),
            words=Term(shown + ("等" if len(words) > 8 else ""), shown + (" …" if len(words) > 8 else "")),
        )

    # ------------------------------------------------------------ the text
    def _only_place(self, word: str, known: Iterable[str]) -> dict[str, Span]:
        """The known words of about this length that the rules have in one place only: where they are declared."""
        return {
            name: self._places[name][0]
            for name in known
            if abs(len(name) - len(word)) <= 2 and len(self._places.get(name, ())) == 1
        }

    @cached_property
    def _places(self) -> dict[str, list[Span]]:
        """Every word of the rules with its places; 原文 and remarks are left out."""
        found: dict[str, list[Span]] = {}
        for line in re.finditer(r"^[^\S\n]*([^\s｜|#][^\n]*)", self.source.text, re.MULTILINE):
            for match in re.finditer(r"\w+", line[1]):
                start = line.start(1)
                found.setdefault(match[0], []).append(Span(start + match.start(), start + match.end()))
        return found


#: How many words a hint lists.
_LISTED_AT_MOST = 8


def _way_out(unknown: Unknown, known: list[str]) -> Term:
    """What to do about a word that nothing comes so near that it must be meant: names like it, how such a word is declared,
    and those that are."""
    word, more = unknown.word, len(known) > _LISTED_AT_MOST
    if like := alike(word, known):
        named = "、".join(f"“{each}”" for each in like)
        way = _way_out(unknown, [])
        return Term(
            f"名字相近的有{named}，看是不是写错了。{way.zh}",
            f"Names like it: {'、'.join(like)}; is one of them meant? {way.en}".strip(),
        )
    listed = "、".join(known[:_LISTED_AT_MOST])
    zh = f"可写的有：{listed}{'等' if more else ''}。" if listed else ""
    en = f"Known ones: {listed}{' …' if more else ''}." if listed else ""
    match unknown:
        case names.UnknownName():
            return Term(
                f"要企业提供的，在“附 事实”里声明“{word}”；由别的算出来的，写“定义 {word} 指 ……”。",
                f"What enterprises provide is declared under 附 事实; what follows from other values, by 定义 {word} 指 ….",
            )
        case names.UnknownProvision():
            return Term(
                f"规则的名字写在“奖励 名字”这样一行的开头。{zh}",
                f"A rule has its name on a line such as 奖励 and the name. {en}".strip(),
            )
        case names.UnknownType() if word[0].isdigit():
            return Term(
                "这里写类型，不写数：带单位的数写它的单位，如“从业人员 人”“营业收入 金额”。",
                "A type stands here, not a number: of a number, its unit, as in 从业人员 人 or 营业收入 金额.",
            )
        case names.UnknownType():
            return Term(
                f"写“类型 {word} 分 甲、乙”声明它，或者换成已有的类型。{zh}",
                f"Declare it by 类型 {word} 分 甲、乙, or use a type there is. {en}".strip(),
            )
        case names.UnknownReading():
            return Term(
                f"写“口径 {word} ……”声明它，或者换成已有的口径。{zh}",
                f"Declare it by 口径 {word} …, or use a reading there is. {en}".strip(),
            )
        case names.UnknownField():
            way = Term(
                f"在“事实”里给“{unknown.list}”加上这一项，或者换成已有的。",
                f"Add the field to “{unknown.list}” under 事实, or use one there is.",
            )
            return Term(way.zh + zh, f"{way.en} {en}".strip())
    return Term(zh, en)


#: What types are called elsewhere.
_TYPES_SAID = {
    "布尔": "是否", "布尔值": "是否", "真假": "是否", "字符串": "文本", "文字": "文本", "时间": "日期", "钱": "金额", "货币": "金额", "数字": "整数",
    "整型": "整数", "是": "是否", "否": "是否", "有无": "是否", "对错": "是否", "字符": "文本", "数额": "金额", "价格": "金额", "日": "日期", "天": "日期", "百分比": "比例", "列表": "清单", "表": "清单", "明细": "清单", "数组": "清单", "年份": "年度", "月份": "年月",
}  # fmt: skip


#: What people put between things that stand side by side.
_LISTED = re.compile("以及|或者|[和与及或]")


def _cause(problem: Problem) -> tuple[Any, ...]:
    """What makes two unknown words the same: the kind, the word, and where it was looked for."""
    own = [name for name in problem.fields if name not in _COMMON]
    return (type(problem), *(getattr(problem, name) for name in own))


def _once(problems: list[Problem]) -> list[Problem]:
    """Problems whose cause is one, wherever it shows, as one."""
    found: dict[Any, Problem] = {}
    for problem in problems:
        same = (type(problem), problem.title()) if isinstance(problem, _ONE_CAUSE) else problem
        first = found.setdefault(same, problem)
        if first is not problem:
            # told in one place, with what points there from others
            more = (
                problem.labels if problem.span == first.span else (Label(problem.span, Term("这里也是", "here too")),)
            )
            found[same] = first.but(labels=(*first.labels, *more))
    return list(found.values())


#: What shows at every use of what is wrong in one place.
_ONE_CAUSE = (names.CannotInferParameter, rules.UncomputedReadingUsed, names.OutsideItem, types.NeverAbsent)
#: What comes of how a name is declared, perhaps in another document.
_OF_TYPES = (types.UnitMismatch, types.TypeMismatch)
#: What may follow from a declaration that is missing, and from a line that is.
_FOLLOW_LOST = (names.CannotInferParameter, rules.ReadingNeverUsed)
#: What is said of a block that lacks a line, which may be the one that could not be read.
LACKING = (
    rules.MissingMember,
    rules.MissingOption,
    rules.MissingOtherwise,
    rules.AwardWithoutAmount,
    rules.IncompleteRule,
    rules.MissingHeader,
    rules.ExampleShape,
)
#: What is said of a row where another row of the block may be the one that could not be read.
LACKING_ROWS = (bands.BandsGap, bands.BandsOverlap)
_FOLLOW_TORN = (*_FOLLOW_LOST, rules.UncomputedReadingUsed, *LACKING)
_COMMON = {*Problem.fields, "hint", "times"}
