"""Which rules rest on each sentence of 原文, and which sentences each rule rests on."""

from __future__ import annotations

from bisect import bisect

from attrs import define, field, frozen

from fayan_runtime import ir

ELISION = "……"
#: Marks that name words of the text before they give the reason; those that name responsible units.
NAMING, UNITS = ("数字", "用词"), "单位"


@frozen
class Resting:
    """What rests on words of a measure: ``kind`` rule, limit, highest, deduct, definition or reading."""

    kind: str
    name: str
    origin: ir.Origin


@define
class Trace:
    """Of one measure. ``sentences`` are numbered from 0 through the measure."""

    program: ir.Program
    measure: ir.Measure
    lines: list[int] = field(init=False)
    passages: list[range] = field(init=False)
    resting: list[tuple[Resting, list[int]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.passages, start = [], 0
        for passage in self.measure.passages:
            self.passages.append(range(start, start + len(passage.sentences)))
            start += len(passage.sentences)
        self.lines = [passage.sentences[0].line for passage in self.measure.passages]
        self.resting = [(each, self.places(each)) for each in resting(self.program, self.measure)]

    def places(self, of: Resting) -> list[int]:
        """The sentences that hold the words something rests on: of its own passage and those that see it, else of the measure."""
        texts = [each.text for each in self.measure.sentences]
        seen = [place for place, each in enumerate(self.measure.passages) if of.name in each.sees]
        own = bisect(self.lines, of.origin.line) - 1
        near = (
            []
            if of.kind == "reading"
            else [place for each in sorted({own, *seen} - {-1}) for place in self.passages[each]]
        )
        quotes = [each.strip("\n") for each in of.origin.quote.split(ELISION) if each]

        def held(place: int) -> bool:
            return any(texts[place] in quote or quote in texts[place] for quote in quotes)

        found = [place for place in near if held(place)] or [place for place in range(len(texts)) if held(place)]
        return sorted({*found, *(place for each in seen for place in self.passages[each])})

    def on(self, sentence: int) -> list[Resting]:
        return [each for each, places in self.resting if sentence in places]

    def of(self, rule: ir.Provision) -> list[int]:
        return next((places for each, places in self.resting if each.kind == "rule" and each.name == rule.name), [])

    def marks(self, sentence: int) -> list[tuple[str, str]]:
        """What the file says of the passage; a figure or word that no rule uses is told with the sentence that has it."""
        place = next(place for place, each in enumerate(self.passages) if sentence in each)
        text = self.measure.sentences[sentence].text.replace(" ", "")
        return [
            (kind, said)
            for kind, said in self.measure.passages[place].marks
            if kind != UNITS and (kind not in NAMING or any(word in text for word in said.split()[0].split("、")))
        ]

    @property
    def units(self) -> list[str]:
        """What the file says of responsible units that no rule names."""
        return [said for each in self.measure.passages for kind, said in each.marks if kind == UNITS]


def resting(program: ir.Program, measure: ir.Measure) -> list[Resting]:
    """Everything that rests on the measure's words, in the order of the file."""
    number = measure.number
    found = [Resting("rule", each.name, each.origin) for each in program.provisions if each.measure == number]
    for each in program.adjustments:
        if each.measure == number:
            kind = {ir.Ceiling: "limit", ir.Highest: "highest", ir.Deduct: "deduct"}[type(each)]
            name = each.name if isinstance(each, ir.Ceiling) else ""
            found.append(Resting(kind, name, each.origin))
    found += [
        Resting("definition", each.name, each.origin)
        for each in program.functions
        if each.measure == number and each.document in ("", program.number)
    ]
    found.sort(key=lambda each: each.origin.line)
    text = "".join(each.text for each in measure.sentences)
    earlier = ["".join(each.text for each in other.sentences) for other in program.measures if other.number < number]
    for reading in program.readings:
        quote = reading.origin.quote
        if quote and quote in text and not any(quote in each for each in earlier):
            found.append(Resting("reading", reading.id, reading.origin))
    return found
