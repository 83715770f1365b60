"""Facts from a YAML or JSON file, or from a Python mapping: plain data with the place of every value, then checked.

Neither format gets to decide what a value means: YAML scalars are text, JSON numbers are exact; the policy's declarations say
the rest. Both are read as one flat run of events, so that nesting costs no stack, and everything is limited by counts.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from attrs import frozen

from fayan.complaints import problem_of
from fayan.problems import data as faults
from fayan.problems.files import NotUtf8, Unreadable, why_unreadable
from fayan_dsl.problem import Edit, Fix, Problem, Term, in_order
from fayan_dsl.source import Source, Span
from fayan_runtime.given import MAX_DIGITS, Given, Numeral, Pairs
from fayan_runtime.ir import Program
from fayan_runtime.one_value import UNSEEN
from fayan_runtime.read import Complaint, read
from fayan_runtime.values import Facts

MAX_MIB = 4
MAX_DEPTH = 32
MAX_VALUES = 100_000


def read_facts(
    facts: Mapping[str, Any] | str | os.PathLike[str], program: Program
) -> tuple[Facts | None, list[Problem]]:
    """The facts of one enterprise, from a mapping or a file."""
    if isinstance(facts, (str, os.PathLike)):
        return read_facts_file(Path(facts), program)
    checked, complaints = read(facts, program)
    return checked, [problem_of(complaint, Source("事实", complaint.given)) for complaint in complaints]


def read_facts_file(path: Path, program: Program) -> tuple[Facts | None, list[Problem]]:
    """The facts of one enterprise, from a file: JSON where its name says so, else YAML."""
    try:
        source = _text(path)
        events = _json if path.suffix.lower() == ".json" else _yaml
        data = _tree(source, events(source))
    except _Stop as stop:
        return None, [stop.problem]
    checked, complaints = read(data, program)
    return checked, in_order(list(dict.fromkeys(_problem(complaint, source) for complaint in complaints)))


def _problem(complaint: Complaint, source: Source) -> Problem:
    """A complaint about a key or a missing mapping may come from the colon that stands in it."""
    problem = problem_of(complaint, source)
    if complaint.kind in ("unknown-key", "duplicate-key") and (split := _thousands(source, problem.span)):
        return split
    if complaint.kind == "unknown-key" or complaint.choices[:1] == ("mapping",):
        return _colon(source, problem.span.start) or problem
    return problem


#: A number whose thousands are set off by commas, with its unit.
_GROUPED = re.compile(r"(?<![0-9,.])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])[^\s,:\[\]{}]*")


def _thousands(source: Source, key: Span) -> Problem | None:
    """The key is the rest of a number that a comma within braces has split: {产值: 9,000万元}."""
    start = source.text.rfind("\n", 0, key.start) + 1
    for match in _GROUPED.finditer(source.text, start, key.end):
        if match.start() < key.start < match.end():
            match = _GROUPED.match(source.text, match.start()) or match  # with the groups that follow
            span, plain = Span(*match.span()), match[0].replace(",", "")
            fix = Fix(Term(f"写成 {plain}", f"Write {plain}"), (Edit(span, plain),))
            return faults.ThousandsComma(source=source, span=span, given=match[0], fixes=(fix,))
    return None


class _Stop(Exception):
    """A fault after which nothing more can be read; never leaves this module."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


# ---------------------------------------------------------------- bytes to text


def _text(path: Path) -> Source:
    name = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_MIB * 2**20 + 1)
    except (OSError, ValueError) as error:
        raise _Stop(
            Unreadable(source=Source(name, ""), span=Span(0, 0), path=name, reason=why_unreadable(error))
        ) from None
    if len(data) > MAX_MIB * 2**20:
        raise _Stop(faults.FactsTooLarge(source=Source(name, ""), span=Span(0, 0), limit=MAX_MIB))
    try:
        source = Source(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        source = Source(name, data.decode("utf-8-sig", "replace"))
        at = source.text.find("\ufffd", len(data[: error.start].decode("utf-8-sig")))
        line, _ = source.position(at)
        raise _Stop(NotUtf8(source=source, span=Span(at, at + 1), path=name, line=line)) from None
    if not source.text.strip():
        raise _Stop(faults.Empty(source=source, span=Span(0, 0)))
    _seen(source, source.text, Span(0, 0))
    return source


def _seen(source: Source, text: str, at: Span) -> None:
    """Refuse a character that cannot be seen: in the file itself, or (where ``at`` has an extent) in a value it spells out."""
    if match := UNSEEN.search(text):
        span = at if at.end else Span(match.start(), match.end())
        raise _Stop(faults.UnseenCharacter(source=source, span=span, character=f"U+{ord(match[0]):04X}"))


# ---------------------------------------------------------------- events to a tree


@frozen
class _Event:
    """The start or end of a mapping or a list, or a single value."""

    kind: Literal["{", "[", "end", "value"]
    span: Span
    value: object = None


def _tree(source: Source, events: Iterator[_Event]) -> Given:
    """The one value that the events spell out, with the place of every value in it."""
    root: list[Given] = []
    open_: list[tuple[_Event, list[Given]]] = []
    into = root
    count = 0
    for event in events:
        count += event.kind != "end"
        if count > MAX_VALUES:
            raise _Stop(faults.TooManyValues(source=source, span=event.span, limit=MAX_VALUES))
        match event.kind:
            case "value":
                if isinstance(event.value, str):
                    _seen(source, event.value, event.span)
                into.append(Given(event.value, event.span))
            case "end":
                start, inner = open_.pop()
                into = open_[-1][1] if open_ else root
                value = inner if start.kind == "[" else Pairs(tuple(zip(inner[::2], inner[1::2], strict=True)))
                into.append(Given(value, start.span))
            case _:
                if len(open_) == MAX_DEPTH:
                    raise _Stop(faults.TooDeepData(source=source, span=event.span, limit=MAX_DEPTH))
                open_.append((event, into := []))
    if root[0].value is None:
        raise _Stop(faults.Empty(source=source, span=Span(0, 0)))
    return root[0]


# ---------------------------------------------------------------- YAML

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")
#: At the start of a line: a key, then a full-width colon or one without the space that YAML wants after it.
_COLON = re.compile(r"[ \t]*(?:- +)*([^\s:：\"'#\[\]{},]+)(：|:(?=[^\s/]))")


def _yaml(source: Source) -> Iterator[_Event]:
    documents = 0
    event: Any
    try:
        for event in yaml.parse(source.text, Loader=_LOADER):
            span = Span(event.start_mark.index, event.end_mark.index)
            if getattr(event, "anchor", None) is not None:
                raise _Stop(faults.Anchor(source=source, span=_first(source, span)))
            if getattr(event, "tag", None) is not None:
                raise _Stop(faults.Tag(source=source, span=_first(source, span), tag=str(event.tag)))
            match event:
                case yaml.ScalarEvent():
                    plain = not event.style  # None or "", by parser
                    if plain and event.value == "<<":
                        raise _Stop(faults.MergeKey(source=source, span=span))
                    lines = source.text[span.start : span.end].splitlines(keepends=True)
                    if plain and len(lines) > 1:
                        starts_line = not source.text[: span.start].rpartition("\n")[2].strip(" -")
                        slip = (starts_line and _colon(source, span.start)) or _colon(
                            source, span.start + len(lines[0])
                        )
                        slip = slip or _bracket(source, source.text.rfind("\n", 0, span.start) + 1)
                        raise _Stop(slip or faults.SeveralLines(source=source, span=span))
                    yield _Event("value", span, None if plain and event.value in _NULLS else event.value)
                case yaml.MappingStartEvent():
                    yield _Event("{", _first(source, span))
                case yaml.SequenceStartEvent():
                    yield _Event("[", _first(source, span))
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    yield _Event("end", span)
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        raise _Stop(faults.SeveralDocuments(source=source, span=_first(source, span)))
    except yaml.YAMLError as error:
        raise _Stop(_bad_yaml(source, error)) from None
    if not documents:
        raise _Stop(faults.Empty(source=source, span=Span(0, 0)))


def _first(source: Source, span: Span) -> Span:
    """A span with an extent: at least one character, where there is one."""
    return Span(span.start, max(span.end, min(span.start + 1, len(source.text))))


def _bad_yaml(source: Source, error: yaml.YAMLError) -> Problem:
    """What the YAML parser says, where a person would put the finger: an open quote or bracket, a colon on this line or the one before."""
    said, context = str(getattr(error, "problem", error)), str(getattr(error, "context", ""))
    opened = getattr(error, "context_mark", None) if re.search("quoted|flow", context) else None
    mark = opened or getattr(error, "problem_mark", None)
    at = min(mark.index if mark else 0, len(source.text))
    this = source.text.rfind("\n", 0, at) + 1
    before = source.text.rfind("\n", 0, max(this - 1, 0)) + 1
    reason = next((zh for en, zh in faults.YAML_REASONS.items() if en in said), "不合 YAML 的写法")
    fault = faults.BadYaml(source=source, span=_first(source, Span(at, at)), reason=Term(reason, said))
    slips = (slip(source, start) for start in dict.fromkeys((before, this)) for slip in (_number, _colon, _bracket))
    return next((slip for slip in slips if slip), fault)


#: 渝北府办发[2022]38号
_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])\[(\d{4})\](?= *\d+号)")


def _number(source: Source, start: int) -> Problem | None:
    """In the line that begins at ``start``: a document number with the brackets YAML keeps for lists, inside braces."""
    end = source.text.find("\n", start)
    line = source.text[start : end if end >= 0 else len(source.text)]
    brackets = _NUMBER.search(line)
    if brackets is None or "{" not in line[: brackets.start()]:
        return None
    span = Span(start + brackets.start(), start + brackets.end())
    number = f"〔{brackets[1]}〕"
    fix = Fix(Term(f"写作 {number}", f"write {number}"), (Edit(span, number),))
    return faults.NumberBrackets(source=source, span=span, fixes=(fix,), given=brackets[0], right=number)


def _bracket(source: Source, start: int) -> Problem | None:
    """In the line that begins at ``start``: ``-{`` for ``- {``, an item without its dash, a full-width comma between
    pairs, a brace that is not closed."""
    text = source.text
    line = text[start : end if (end := text.find("\n", start)) >= 0 else len(text)].partition(" #")[0].rstrip()

    def at(offset: int, zh: str, en: str) -> Problem:
        where = Span(start + offset, start + offset + 1)
        return faults.BadYaml(source=source, span=where, reason=Term(zh, en))

    if dash := re.match(r"[ \t]*-(?=[{\[])", line):
        return at(dash.end() - 1, "“-”的后面要空一格", "a space is needed after -")
    opening = re.match(r"([ \t]*)(?:- +)?(?:[^\s:{]+: +)?\{", line)
    if opening is None:
        return None
    if (comma := re.search(r"，(?=[^，：:]*[：:])", line)) and line.endswith("}"):
        return at(comma.start(), "花括号里的逗号要用半角", "commas within braces are half-width")
    if line.count("{") > line.count("}") and not line.endswith((",", "{", "[")):
        return at(opening.end() - 1, "花括号没有闭合", "the brace is not closed")
    around = (text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start], text[start + len(line) :].lstrip("\n"))
    if line.startswith(opening[1] + "{") and any(each.startswith(opening[1] + "- ") for each in around):
        return at(len(opening[1]), "这一项的前面少了“- ”", "this item lacks its dash")
    return None


def _colon(source: Source, start: int) -> Problem | None:
    """The commonest slip: ``键：值`` or ``键:值`` for ``键: 值`` in the line or value that begins at ``start``."""
    match = _COLON.match(source.text, start)
    return match and faults.Colon(source=source, span=Span(*match.span(2)), key=match[1][:30])


# ---------------------------------------------------------------- JSON

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]|[^\s,:{}\[\]"]+')
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None}


def _json(source: Source) -> Iterator[_Event]:
    """The standard library says whether it is JSON at all; the tokens then give values and places."""
    try:
        json.loads(source.text, parse_int=str, parse_float=str, parse_constant=str)
    except RecursionError:
        pass  # so deep that the limit is met below, long before anything else could be wrong
    except json.JSONDecodeError as error:
        at = min(error.pos, len(source.text))
        reason = next((zh for en, zh in faults.JSON_REASONS.items() if en in error.msg), "不合 JSON 的写法")
        problem = faults.BadJson(source=source, span=_first(source, Span(at, at)), reason=Term(reason, error.msg))
        raise _Stop(problem) from None
    for match in _TOKEN.finditer(source.text):
        token, span = match[0], Span(*match.span())
        if token in "{[":
            yield _Event("{" if token == "{" else "[", span)
        elif token in "}]":
            yield _Event("end", span)
        elif token[0] == '"':
            yield _Event("value", span, json.loads(token))
        elif token in _WORDS:
            yield _Event("value", span, _WORDS[token])
        elif token[-1].isdigit():
            whole = len(token) <= MAX_DIGITS and token.lstrip("-").isdecimal()
            yield _Event("value", span, int(token) if whole else Numeral(token))
        else:
            raise _Stop(faults.NotFinite(source=source, span=span, given=token))
