"""How a line that cannot be read may be read after all: words run together cut apart, words meant for others taken so."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from attrs import define

from fayan_dsl.lexer import Cutter
from fayan_dsl.lines import Line
from fayan_dsl.machine import Failure, Machine, Mark
from fayan_dsl.problem import Applicability, Edit, Fix, Label, Problem, Term
from fayan_dsl.problems import GluedWords, MisspeltKeyword, OtherWord, QuotationMarks
from fayan_dsl.slips import Mend, mends, number_in_words
from fayan_dsl.source import Source, Span
from fayan_dsl.tokens import Token

_LUMPS = re.compile(r"「[^」\n]*」|“[^”\n]*”|([\w.%/·]+)")
#: So many words of one line may be wrong.
_MOST = 12


@define
class Reading:
    """A way to read a line: where words run together end, what is read in place of what; where even that stopped."""

    stops: tuple[int, ...]
    mends: list[Mend]
    failure: Failure | None
    suspect: bool


@define
class Repair:
    """Tries for one line that follows ``mark``, ``depth`` blocks deep."""

    machine: Machine
    line: Line
    depth: int
    mark: Mark

    def read(self, stops: tuple[int, ...] = (), guess: bool = True) -> Reading:
        """The line with every word mended that stops it; ``guess`` allows for misspelt words."""
        machine = self.machine
        instead: dict[int, Token] = {}
        made: list[Mend] = []
        for rate in self._rates():
            instead[rate.token.start] = rate.token
            made.append(rate)
        failure = self._feed(stops, instead)
        while failure is not None and len(made) < _MOST and not failure.deep and failure.token.kind != "QUOTE":
            better = self._step(stops, instead, failure, guess)
            if better is None:
                if guess and (listed := self._listed(stops, instead, failure)) is not None:
                    made += listed
                    failure = None
                break
            made.append(better[0])
            failure = better[1]
        if failure is None:
            for token in machine.suspects:
                if mend := number_in_words(machine.cutter, token):
                    instead[token.start] = mend.token
                    made.append(mend)
            if any(mend.kind == "number" for mend in made):
                failure = self._feed(stops, instead)
        return Reading(stops, made, failure, bool(machine.suspects))

    def _step(
        self, stops: tuple[int, ...], instead: dict[int, Token], failure: Failure, guess: bool
    ) -> tuple[Mend, Failure | None] | None:
        """One word mended so that the line can be read further; ``instead`` then has it. Where the word it stopped at
        is none that can be mended, the one before may have been taken for a name (不是 区内企业)."""
        machine = self.machine
        taken = failure.tokens
        for count in (len(taken), len(taken) - 1):
            if count < 0 or (count < len(taken) and not self._mistaken(taken[count], instead)):
                break
            token = failure.token if count == len(taken) else taken[count]
            machine.back(self.mark)
            for read in taken[:count]:
                machine.advance(read.kind, read)
            best: tuple[Mend, Failure | None] | None = None
            misspelt = guess and count == len(taken)
            for mend in mends(machine, token, count == 0, misspelt):
                if mend.kind == "keyword" and not misspelt:
                    continue
                after = self._feed(stops, instead | {token.start: mend.token})
                if count < len(taken) and after is not None and not _further(after, failure):
                    continue
                if best is None or _further(after, best[1]):
                    best = mend, after
                if after is None:
                    break
            if best is not None:
                instead[best[0].token.start] = best[0].token
                return best
        return None

    def _listed(self, stops: tuple[int, ...], instead: dict[int, Token], failure: Failure) -> list[Mend] | None:
        """Names that stand side by side where a list of them can: the space between is read as 、 if that mends the line."""
        stopped: Failure | None = failure
        signs: dict[int, Token] = {}
        while stopped is not None:
            taken, token = stopped.tokens, stopped.token
            if not taken or (taken[-1].kind, token.kind) != ("NAME", "NAME") or taken[-1].end == token.start:
                return None
            self.machine.back(self.mark)
            for read in taken:
                self.machine.advance(read.kind, read)
            if not self.machine.accepts("ENUMCOMMA", "NAME"):
                return None
            signs[taken[-1].end] = Token("ENUMCOMMA", "、", taken[-1].end, token.start)
            stopped = self._feed(stops, instead | signs)
        if self.machine.suspects:
            return None
        instead |= signs
        return [Mend("word", sign, "空格", "、", safe=False) for sign in signs.values()]

    def _mistaken(self, token: Token, instead: dict[int, Token]) -> bool:
        return token.kind == "NAME" and token.text not in self.machine.cutter.declared and token.start not in instead

    def _rates(self) -> Iterator[Mend]:
        """Numbers in words with a compound unit (五元/平方米·月), whose signs mean other things between words."""
        cutter = self.machine.cutter
        for start, end in self.line.parts:
            for match in _LUMPS.finditer(cutter.text, start, end):
                if match[1] and "/" in match[1]:
                    mend = number_in_words(cutter, Token("NAME", match[1], *match.span()))
                    if mend is not None:
                        yield mend

    def _feed(self, stops: tuple[int, ...], instead: dict[int, Token]) -> Failure | None:
        self.machine.back(self.mark)
        return self.machine.feed(self.line, self.depth, stops, instead)

    # ------------------------------------------------------------ words run together
    def only_cut(self) -> Reading | None:
        """The one way to cut run-together words so that the line can be read; the machine has then read it that way."""
        if self.line.quote:
            return None
        cutter = self.machine.cutter
        choices: list[list[tuple[int, ...]]] = []
        heads = self._heads()
        for start, end in self.line.parts:
            for match in _LUMPS.finditer(cutter.text, start, end):
                if not match[1] or cutter.known(match[1]):
                    continue
                ways = cutter.parts(*match.span())
                if match.start() == self.line.start:
                    ways += [way for way in heads if way not in ways]
                if ways:
                    choices.append([(), *ways])
        readable: list[Reading] = []
        for way in itertools.islice(itertools.product(*choices[:4]), 1, 200):
            stops = tuple(itertools.chain(*way))
            if any(set(found.stops) <= set(stops) for found in readable):
                continue
            reading = self.read(stops, guess=False)
            if reading.failure is None and not reading.suspect:
                readable.append(reading)
        if len(readable) != 1:
            return None
        return self.read(readable[0].stops, guess=False)

    def rough_cut(self) -> Reading | None:
        """A lump cut round the word that compares, where a number follows it and what precedes is no name that is
        declared: 产值增速超过20%."""
        cutter = self.machine.cutter
        compares = [word for word, roles in self.machine.tables.words.items() if ("COMPARE", word) in roles]
        between = "|".join(sorted(compares, key=len, reverse=True))
        lump = re.compile(rf"([^\W\d_]{{2,}}?)({between})(?=-?\d)")
        stops: list[int] = []
        for start, end in self.line.parts:
            for match in _LUMPS.finditer(cutter.text, start, end):
                if match[1] and (cut := lump.match(cutter.text, *match.span())) and not cutter.known(match[1]):
                    stops += [cut.end(1), cut.end(2)]
        if not stops or self.line.quote:
            return None
        reading = self.read(tuple(stops), guess=False)
        return reading if reading.failure is None else None

    def _heads(self) -> list[tuple[int, ...]]:
        """The reserved words that fit here and stand, run together with what follows, at the start of the line."""
        machine = self.machine
        machine.back(self.mark)
        words, row, text = machine.tables.words, machine.row, machine.cutter.text
        first = re.compile(r"\w+").match(text, self.line.start, self.line.end)
        if first is None or first.end() - first.start() > 64:
            return []
        stops = range(first.start() + 1, first.end())
        found = {stop: words.get(text[first.start() : stop], ()) for stop in stops}
        return [(stop,) for stop, roles in found.items() if any(kind in row for kind, _ in roles)]


def _further(one: Failure | None, other: Failure | None) -> bool:
    return other is not None and (one is None or one.token.start > other.token.start)


# ---------------------------------------------------------------- what is told of it
def told(reading: Reading, source: Source, cutter: Cutter) -> list[Problem]:
    """What was read in place of what is written: each cause once in a line."""
    # a word that is written otherwise is parted from its neighbours with it
    ends = {end for mend in reading.mends for end in (mend.token.start, mend.token.end)}
    stops = tuple(stop for stop in reading.stops if stop not in ends)
    problems = [_glued(source, cutter, stops)] if stops else []
    alike: dict[tuple[str, ...], list[Mend]] = {}
    for mend in reading.mends:
        same = ("brackets",) if mend.meant in "（）" else (mend.kind, mend.written, mend.meant)
        alike.setdefault(same, []).append(mend)
    return problems + [_mended(source, cutter, same) for same in alike.values()]


def _mended(source: Source, cutter: Cutter, mends: list[Mend]) -> Problem:
    mend = mends[0]
    written, meant = (
        "".join(dict.fromkeys(words)) for words in zip(*((m.written, m.meant) for m in mends), strict=True)
    )
    spans = [Span(mend.token.start, mend.token.end) for mend in mends]
    title = Term(f"改成“{meant}”", f"write “{meant}”")
    edits = tuple(Edit(span, _apart(cutter.text, span, mend.meant)) for span, mend in zip(spans, mends, strict=True))
    fixes = (Fix(title, edits, Applicability.SAFE if mend.safe else Applicability.UNSAFE),)
    labels = tuple(Label(span, Term("这里也是", "here too")) for span in spans[1:])
    if mend.kind == "quotes":
        return QuotationMarks(source=source, span=spans[0], labels=labels, fixes=fixes, quoted=meant[1:-1])
    cls = MisspeltKeyword if mend.kind == "keyword" else OtherWord
    return cls(source=source, span=spans[0], labels=labels, fixes=fixes, word=written, meant=meant)


def _apart(text: str, span: Span, word: str) -> str:
    """A word with the spaces that part it from its neighbours; brackets and commas need none."""
    if not (word[0].isalnum() or word in "×÷+-"):
        return word
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return " " * bool(before.strip(" \n（，、")) + word + " " * bool(after.strip(" \n）（，、："))


def _glued(source: Source, cutter: Cutter, stops: tuple[int, ...]) -> Problem:
    text = cutter.text
    start = text.rfind("\n", 0, stops[0]) + 1
    lump = next(m for m in _LUMPS.finditer(text, start) if m[1] and m.start() < stops[0] < m.end())
    inside = [stop for stop in stops if stop < lump.end()]
    apart = " ".join(text[a:b] for a, b in itertools.pairwise([lump.start(), *inside, lump.end()]))
    title = Term("分开写", "put spaces between")
    # a part that is nowhere declared may be a slip of the pen, for a person to judge; and so may a word of two letters, as 因为 is
    known = len(lump[0]) > 2 and tuple(inside) in cutter.parts(*lump.span())
    sure = Applicability.SAFE if known else Applicability.UNSAFE
    fix = Fix(title, tuple(Edit(Span(stop, stop), " ") for stop in stops), sure)
    return GluedWords(source=source, span=Span(*lump.span()), word=lump[0], apart=apart, fixes=(fix,))
