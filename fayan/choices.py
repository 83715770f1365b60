"""What a caller picks for a decision, checked: the date, the readings, the measures. Every check gives (value, problems)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date

from fayan.problems import usage as faults
from fayan.problems.given import NOTHING_MORE, tail
from fayan_dsl.near import nearest
from fayan_dsl.problem import Applicability, Edit, Fix, Problem, Term
from fayan_dsl.source import Span
from fayan_runtime import ir

_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII)


def read_date(given: str, door: str) -> tuple[date | None, list[Problem]]:
    """A date written as 2025-06-30 or 2025年6月30日, full-width digits included."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", given).strip())
    try:
        if match is not None:
            year, month, day = (int(part) for part in match.groups() if part is not None)
            return date(year, month, day), []
    except ValueError:
        pass
    source, span = tail(f"{door} {given}", given)
    return None, [faults.BadDate(source=source, span=span, given=given)]


def split_readings(given: Iterable[str], door: str) -> tuple[list[tuple[str, str]], list[Problem]]:
    """``R5.2=b`` as (R5.2, b); a full-width ＝ will do."""
    pairs: list[tuple[str, str]] = []
    found: list[Problem] = []
    for text in given:
        id, sign, option = (part.strip() for part in unicodedata.normalize("NFKC", text).partition("="))
        if id and sign and option and not _several(option):
            pairs.append((id, option))
        else:
            source, span = tail(f"{door} {text}", text)
            again = _again(door, _parts(text)) if _several(text) else NOTHING_MORE
            found.append(faults.MalformedReading(source=source, span=span, given=text, again=again))
    return pairs, found


def choose_readings(
    program: ir.Program, given: Iterable[tuple[str, str]], door: str
) -> tuple[dict[str, str], list[Problem]]:
    """One option for every computed reading: the one given, else the first."""
    chosen = {each.id: each.options[0][0] for each in program.readings if each.uncomputed is None}
    found: list[Problem] = []
    pairs = list(given)
    if not pairs:
        return chosen, found
    declared = {reading.id: reading for reading in program.readings}
    seen: set[str] = set()
    for id, option in pairs:
        text = f"{door} {id}={option}"
        at = Span(len(door) + 1, len(door) + 1 + len(id))
        source, after = tail(text, option)
        reading = declared.get(id)
        if reading is None:
            known = "、".join(chosen)
            fixes = _nearest(id, chosen, at)
            found.append(faults.UnknownReading(source=source, span=at, fixes=fixes, given=id, known=known))
        elif reading.uncomputed is not None:
            found.append(faults.UncomputedReading(source=source, span=at, reading=id, reason=reading.uncomputed))
        elif option not in dict(reading.options):
            known = "；".join(f"{key} {words}" for key, words in reading.options)
            found.append(
                faults.UnknownOption(
                    source=source, span=after, reading=id, question=reading.question, given=option, known=known
                )
            )
        elif id in seen:
            found.append(faults.ReadingTwice(source=source, span=at, reading=id))
        else:
            chosen[id] = option
        seen.add(id)
    return chosen, found


def choose_measures(
    program: ir.Program, given: Iterable[int | str], door: str
) -> tuple[tuple[int, ...], list[Problem]]:
    """The numbers of the measures asked for, in the order of the policy."""
    known = [measure.number for measure in program.measures]
    wanted: set[int] = set()
    found: list[Problem] = []
    for item in given:
        if type(item) is int and item in known:
            wanted.add(item)
            continue
        text = unicodedata.normalize("NFKC", str(item)).strip()
        if re.fullmatch(r"\d{1,9}", text, re.ASCII) and int(text) in known:
            wanted.add(int(text))
        else:
            source, span = tail(f"{door} {item}", str(item))
            listed = "、".join(map(str, known))
            again = _again(door, _parts(text)) if _several(text) else NOTHING_MORE
            found.append(faults.UnknownMeasure(source=source, span=span, given=str(item), known=listed, again=again))
    return tuple(number for number in known if number in wanted), found


_BETWEEN = re.compile(r"\s*[,，、;；]\s*|\s+")


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text) if part]


def _several(text: str) -> bool:
    """Whether several choices are written in one."""
    return len(_parts(text)) > 1


def _again(door: str, parts: list[str]) -> Term:
    """How several are chosen: one option for each on the command line, one item for each elsewhere."""
    if door.startswith("-"):
        written = " ".join(f"{door} {part}" for part in parts)
        return Term(f"选几个就写几次：{written}。", f" Write the option once for each: {written}.")
    return Term("选几个就写几项。", " Give one item for each.")


def _nearest(word: str, known: Mapping[str, object], span: Span) -> tuple[Fix, ...]:
    near = nearest(word, known)
    if near is None:
        return ()
    title = Term(f"是不是 {near}？", f"Did you mean {near}?")
    return (Fix(title, (Edit(span, near),), Applicability.SHOWN),)
