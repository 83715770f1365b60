"""What deciding a population gives, beside the tables of ``results``: how many rows, how they came out, what it comes to.

Amounts are exact, in 元. Sums are of what is certain: where something is not decided, they are the least it can come to (``open`` > 0).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from fayan_runtime import ir
from fayan_runtime.printable import Printable

if TYPE_CHECKING:
    from fayan_runtime.explain.population.section import Section

SCHEMA = "fayan.run/1"
ZERO = Decimal("0.00")
Json = dict[str, Any]


@frozen
class Rows:
    """Of the rows of a table that were given, how many were decided on and how many rejected: ``given == kept + rejected``."""

    table: str
    given: int
    kept: int
    rejected: int


@frozen
class Rejected:
    """One fault of a row that was rejected. ``zh`` and ``en`` say what is wrong and what to do; ``part`` is the part of the population that
    it is in, where there are several.
    """

    file: str
    table: str
    row: int | None
    column: str
    given: str
    code: str
    zh: str
    en: str
    key: str
    part: str = ""


@frozen
class UnmatchedPayment:
    """A payment that meets no item: whose, what it says of itself (None: not known), and its row in the table."""

    key: str
    measure: int | None
    provision: str | None
    day: date | None
    amount: Decimal | None
    row: int | None


@frozen
class Unmatched:
    """Payments that meet no item, and so are set off against nothing: how many, what those of a known amount come to, of how many it is
    not known, and the first of them.
    """

    count: int = 0
    amount: Decimal = ZERO
    unknown: int = 0
    payments: Sequence[UnmatchedPayment] = ()


@frozen
class Repeat:
    """A row that says the same as an earlier one of the same enterprise: both count, as two may well be alike."""

    table: str
    row: int
    first: int
    key: str
    part: str = ""


@frozen
class Sum:
    """Of one nature. ``payable`` is None where nothing is paid out (tax, deduction). ``open``: enterprises for which it may still come to more."""

    amount: Decimal = ZERO
    paid: Decimal | None = None
    payable: Decimal | None = None
    enterprises: int = 0
    open: int = 0

    @property
    def value(self) -> Decimal:
        """What is still to be paid, or (nothing being paid) what it comes to."""
        return self.amount if self.payable is None else self.payable


@frozen
class ProvisionSum:
    """A provision over all enterprises. ``statuses``: status → enterprises; ``sum`` is None where it has no amount."""

    provision: ir.Provision
    statuses: Mapping[str, int]
    items: int = 0
    sum: Sum | None = None


@frozen
class Group:
    """Enterprises (or items, ``of_items``) that have ``value`` for the fact or field ``by``; None: not known."""

    by: str
    value: str | None
    count: int
    sums: Mapping[str, Sum]
    of_items: bool = False


@frozen
class Payer:
    """Who pays (or grants), as the policy calls it; empty where it does not say."""

    name: str
    sums: Mapping[str, Sum]


@frozen
class Figure:
    """A figure of the district: given, or counted over the population, with how many enterprises it is not known of.

    ``rejected``: enterprises that were rejected, or of which only rejected rows of lists tell; they may count too.
    """

    name: str
    value: Decimal | None
    by: str = ""
    unknown: int = 0
    rejected: int = 0

    @property
    def exact(self) -> bool:
        return not (self.unknown or self.rejected)


@frozen
class Target:
    """A goal of the policy and how far it is: ``least`` and ``most`` of what is compared with ``goal`` (None: not known). Where that is a
    share, ``counts`` are what is divided by what, at the least and at the most.
    """

    provision: ir.Provision
    status: str
    least: object = None
    most: object = None
    goal: object = None
    counts: Sequence[tuple[Fraction, Fraction]] = ()


@frozen
class Quota:
    """A selection with a number of places a year: how many were chosen in the year of assessment. ``open``: enterprises that may have been
    chosen, for all that is known; ``rejected``: those that were rejected, or of which only rejected rows of lists tell. ``places`` is None
    where the policy does not say how one sees who was chosen in which year.
    """

    provision: ir.Provision
    places: int | None
    chosen: int
    open: int
    rejected: int = 0

    @property
    def most(self) -> int:
        return self.chosen + self.open + self.rejected


@frozen
class Cost:
    """What another option of a reading comes to over the population, beside that which was used (``base``).

    ``gaining`` and ``losing`` are enterprises whose sum of a nature goes up or down, ``gained`` and ``lost`` by how much together, neither
    below 0: one may make up for the other. ``changed`` are those of which anything differs; ``targets`` the goals of the district that come
    out otherwise, as used and instead.
    """

    reading: ir.ReadingDecl
    used: str
    option: str
    base: Mapping[str, Decimal]
    sums: Mapping[str, Decimal]
    gaining: Mapping[str, int]
    losing: Mapping[str, int]
    gained: Mapping[str, Decimal]
    lost: Mapping[str, Decimal]
    changed: int
    targets: Sequence[tuple[Target, Target]] = ()

    @property
    def moved(self) -> list[str]:
        """The natures of which some enterprise comes to more or to less, whether or not the sum differs."""
        return [nature for nature in self.sums if self.gaining.get(nature) or self.losing.get(nature)]


@frozen(kw_only=True, eq=False)
class Population(Printable):
    """A population decided: ``policy.run`` gives it."""

    program: ir.Program = field(repr=False)
    on: date
    readings: Mapping[str, str]
    engine: str
    rows: Sequence[Rows]
    #: Enterprises that were decided; and those whose own row was rejected.
    decided: int
    refused: int
    #: Rejected rows of which it cannot be told whose they are: of an enterprise that was decided, perhaps.
    strays: int
    #: What is wrong with rejected rows: ``faults`` is how many there are, ``rejects`` the first of each kind. Other rows of the same
    #: enterprises are rejected with them.
    faults: int
    rejects: Sequence[Rejected] = field(repr=False)
    #: Enterprises that are certain to be paid or relieved of something; to have a tax or its base lowered and nothing else; that may come
    #: to more than is certain.
    getting: int
    besides: int
    undecided: int
    #: Enterprises of which it is not known what they were paid, so that what is payable to them is in no sum; that were paid more than
    #: an item of theirs comes to, which is not set off against anything else.
    unsettled: int
    overpaid: int
    provisions: Sequence[ProvisionSum] = field(repr=False)
    totals: Mapping[str, Sum]
    payers: Sequence[Payer] = field(repr=False)
    groups: Sequence[Group] = field(repr=False)
    figures: Sequence[Figure] = field(repr=False)
    targets: Sequence[Target] = field(repr=False)
    quotas: Sequence[Quota] = field(repr=False)
    unmatched: Unmatched = Unmatched()
    #: How many rows of lists say the same as an earlier one of their enterprise, and the first of them.
    repeated: int = 0
    repeats: Sequence[Repeat] = field(default=(), repr=False)
    #: Lists that rules look at and that were given without a row: so no enterprise has any.
    blank: Sequence[str] = ()
    costs: Sequence[Cost] = field(default=(), repr=False)

    @property
    def given(self) -> int:
        return sum(each.given for each in self.rows)

    @property
    def rejected(self) -> int:
        """Rows that were rejected."""
        return sum(each.rejected for each in self.rows)

    def changed(self) -> dict[str, str]:
        """The readings that are not the first option."""
        first = {each.id: each.options[0][0] for each in self.program.readings if each.uncomputed is None}
        return {id: option for id, option in self.readings.items() if first[id] != option}

    def sections(self, language: str = "zh") -> Sequence[Section]:
        """The tables of sums, as pages and workbooks show them."""
        from fayan_runtime.explain.population.sections import Writer

        return Writer(self, language).all()

    def _document(self, format: str, language: str) -> str:
        if format == "json":
            return json.dumps(self.to_dict(language), ensure_ascii=False, indent=2)
        from fayan_runtime.explain.render import render_population

        return render_population(self, format, language)

    def to_dict(self, language: str = "zh") -> Json:
        program = self.program
        return {
            "schema": SCHEMA,
            "policy": {"number": program.number, "title": program.title, "digest": program.digest},
            "on": self.on.isoformat(),
            "readings": dict(self.readings),
            "engine": self.engine,
            "rows": {
                each.table: {"given": each.given, "kept": each.kept, "rejected": each.rejected} for each in self.rows
            },
            "strays": self.strays,
            "blank": list(self.blank),
            "enterprises": {
                "decided": self.decided,
                "rejected": self.refused,
                "getting": self.getting,
                "besides": self.besides,
                "undecided": self.undecided,
                "unsettled": self.unsettled,
                "overpaid": self.overpaid,
            },
            "totals": {nature: _sum(each) for nature, each in self.totals.items()},
            "provisions": [_provision(each) for each in self.provisions],
            "payers": [{"payer": each.name, "sums": _sums(each.sums)} for each in self.payers],
            "groups": [
                {"by": each.by, "value": each.value, "of": "items" if each.of_items else "enterprises"}
                | {"count": each.count, "sums": _sums(each.sums)}
                for each in self.groups
            ],
            "district": [
                {"name": each.name, "value": None if each.value is None else str(each.value), "counted": each.by}
                | {"unknown": each.unknown, "rejected": each.rejected}
                for each in self.figures
            ],
            "targets": [_target(each) for each in self.targets],
            "quotas": [
                {"measure": each.provision.measure, "name": each.provision.name, "quota": each.provision.quota}
                | {"places": each.places, "chosen": each.chosen, "open": each.open, "rejected": each.rejected}
                for each in self.quotas
            ],
            "unmatched_payments": _unmatched(self.unmatched),
            "repeated": self.repeated,
            "repeats": [
                {"part": each.part, "table": each.table, "row": each.row, "first": each.first, "key": each.key}
                for each in self.repeats
            ],
            "costs": [_cost(each) for each in self.costs],
            "faults": self.faults,
            "rejects": [
                {"file": each.file, "part": each.part, "table": each.table, "row": each.row, "column": each.column}
                | {"given": each.given, "code": each.code}
                | {"reason": each.en if language == "en" else each.zh, "key": each.key}
                for each in self.rejects
            ],
        }


def _unmatched(of: Unmatched) -> Json:
    payments = [
        {"key": each.key, "measure": each.measure, "provision": each.provision}
        | {"date": each.day.isoformat() if each.day else None, "amount": _number(each.amount), "row": each.row}
        for each in of.payments
    ]
    return {"count": of.count, "amount": str(of.amount), "unknown": of.unknown, "payments": payments}


def _sum(of: Sum) -> Json:
    paid = {"paid": _number(of.paid), "payable": _number(of.payable)}
    return {"amount": str(of.amount), **paid, "enterprises": of.enterprises, "open": of.open}


def _sums(of: Mapping[str, Sum]) -> Json:
    return {nature: _sum(each) for nature, each in of.items()}


def _provision(of: ProvisionSum) -> Json:
    told: Json = {"measure": of.provision.measure, "name": of.provision.name, "nature": of.provision.nature}
    told |= {"payer": of.provision.payer, "statuses": dict(of.statuses)}
    return told if of.sum is None else told | {"items": of.items} | _sum(of.sum)


def _target(of: Target) -> Json:
    told: Json = {"measure": of.provision.measure, "name": of.provision.name, "status": of.status}
    ends = {"least": _number(of.least), "most": _number(of.most), "goal": _number(of.goal)}
    counts = {"counts": [[str(part), str(whole)] for part, whole in of.counts]}
    return told | ends | counts | {"until": of.provision.until}


def _cost(of: Cost) -> Json:
    return {
        "reading": of.reading.id,
        "used": of.used,
        "option": of.option,
        "base": {nature: str(each) for nature, each in of.base.items()},
        "sums": {nature: str(each) for nature, each in of.sums.items()},
        "difference": {nature: str(each - of.base[nature]) for nature, each in of.sums.items()},
        "gaining": dict(of.gaining),
        "losing": dict(of.losing),
        "gained": {nature: str(each) for nature, each in of.gained.items()},
        "lost": {nature: str(each) for nature, each in of.lost.items()},
        "changed": of.changed,
        "targets": [{"used": _target(used), "instead": _target(instead)} for used, instead in of.targets],
    }


def _number(value: object) -> str | None:
    return None if value is None else str(value)
