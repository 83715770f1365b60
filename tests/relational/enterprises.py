"""Random items of random enterprises, as the reference passes them from step to step and as a relation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import inf
from random import Random
from typing import Any

from attrs import define, field

from fayan_compiler.targets.relational import items
from fayan_runtime import ir
from fayan_runtime.decision import Item, ProvisionDecision
from fayan_runtime.draft import NOTHING, Case, Draft
from fayan_runtime.interpreter import Env
from fayan_runtime.names import OWN
from fayan_runtime.values import Facts, Failed, Path, Unknown
from tests.runtime import programs as small

LEVEL, MONTHS = "级别", "月数"
AMOUNTS = (0, 1, 200, 360, 500, 600)
DAYS = tuple(date.fromisoformat(day) for day in ("2024-12-20", "2024-12-31", "2025-01-10", "2025-03-10", "2025-03-10"))
ON = date(2025, 6, 30)

#: Two lists, stages, a single item without event day, one that is not paid out; and lists dated by year and month.
PROVISIONS = (
    small.award("甲", "认定记录"),
    small.award("乙", "复核记录"),
    ir.Provision(
        measure=5, name="丙", kind="award", nature="relief",
        stages=tuple(ir.Stage(name=name, amount=small.const(1), on=small.DAY, of=name) for name in ("一步", "二步", "三步")),
    ),
    small.award("丁", amount=small.const(1)),
    small.award("戊", "认定记录", nature="tax"),
    small.award("己", "租赁", nature="relief", measure=6),
    small.award("庚", "税费"),
)  # fmt: skip


def code(path: Path) -> str:
    return f"{path[0]}.{path[1]}.{path[2]}"


def lacking(random: Random) -> frozenset[Path]:
    number = random.randrange(9)
    return frozenset([(number, 0, 0, f"事实{number}")])


@define
class Enterprise:
    """``drafts`` are as they are before anything stands in between."""

    key: int
    random: Random
    doubt: float
    limit: Any = 0
    drafts: list[Draft] = field(factory=list)
    payments: Any = ()

    def __attrs_post_init__(self) -> None:
        random = self.random
        self.limit = random.choice((0, 300, 500, 800))
        if random.random() < self.doubt:
            self.limit = random.choice((Unknown(lacking(random)), Failed("not-set", 1), None))
        for provision in PROVISIONS:
            self.drafts.append(self.draft(provision))
        self.payments = [self.payment(index) for index in range(random.choice((0, 0, 1, 2, 5)))]
        if random.random() < self.doubt * 0.3:
            self.payments = Unknown(lacking(random))

    def env(self, program: ir.Program, readings: dict[str, str]) -> Env:
        return Env(program, Facts({"企业": {"产值": self.limit, "已兑付": self.payments}}, ""), ON, readings)

    def payment(self, index: int) -> dict[str, object]:
        random = self.random
        row: dict[str, object] = {
            "措施": random.choice((5, 5, 5, 6)), "事项": random.choice(PROVISIONS).name, "日期": random.choice(DAYS),
            "金额": random.choice((0, 100, 300, 700, Fraction(1, 200), -1)), "依据": random.choice(("本文件", "旧文件")),
        }  # fmt: skip
        for column, name in enumerate(row):
            if random.random() < self.doubt * 0.4:
                row[name] = Unknown(frozenset([(30, index, column, f"已兑付[{index}].{name}")]))
        return row

    def draft(self, provision: ir.Provision) -> Draft:
        random = self.random
        draft = Draft(provision, ProvisionDecision(provision.measure, provision.name, "", provision.nature, ""), [])
        blank = Env(None, Facts({}, ""), ON, {})  # type: ignore[arg-type]
        if provision.each and random.random() < self.doubt * 0.3:
            found = lacking(random)
            item = Item(provision.each, "", 0, None, "unknown", lacking=found)
            draft.rest = Case(item, Env(None, blank.facts, ON, {}, Unknown(NOTHING)), most=inf, whole_list=True)  # type: ignore[arg-type]
            return draft
        names = [stage.name for stage in provision.stages] or [""] * (random.randint(0, 4) if provision.each else 1)
        for index, name in enumerate(names):
            if random.random() < 0.8:
                draft.cases.append(self.case(provision, index, name))
        return draft

    def case(self, provision: ir.Provision, index: int, name: str) -> Case:
        random = self.random
        day: Any = None if provision.name == "丁" else random.choice(DAYS)
        row: dict[str, object] = {LEVEL: random.choice(small.LEVELS), MONTHS: random.randint(1, 5)}
        for at, each in enumerate(row):
            if random.random() < self.doubt * 0.5:
                row[each] = Unknown(frozenset([(20 + PROVISIONS.index(provision), index, at, each)]))
        items_of: dict[str, Any] = {OWN: (index, row)} if provision.each else {}
        amount = random.choice(AMOUNTS)
        item = Item(provision.each, name, index, day, "granted", amount, amount)
        case = Case(item, Env(None, Facts({}, ""), ON, {}, day, items=items_of), amount, amount)  # type: ignore[arg-type]
        if random.random() < self.doubt:
            item.status = random.choice(("unknown", "unknown", "error", "denied", "not_in_force"))
            item.uncapped = None
            case.least = 0
            if case.open:
                item.amount = None
                case.most = random.choice((amount, inf))
                item.lacking = lacking(random) if item.status == "unknown" else NOTHING
                if day is not None and random.random() < 0.4:
                    item.date = None
                    case.env = Env(None, Facts({}, ""), ON, {}, random.choice((Unknown(NOTHING), Failed("not-set", 1))), items=items_of)  # type: ignore[arg-type] # fmt: skip
            else:
                item.amount = case.most = 0
        return case


def enterprises(seed: int, count: int, doubt: float) -> list[Enterprise]:
    return [Enterprise(key, Random(seed * 1_000_003 + key), doubt) for key in range(count)]


# ---------------------------------------------------------------- as rows


def rows(of: Enterprise, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Those of the relation, in the order of its columns."""
    for number, draft in enumerate(of.drafts):
        for case in [*draft.cases, *([draft.rest] if draft.rest else [])]:
            fields: list[Any] = []
            _, row = case.env.items.get(OWN, (0, {}))
            for key in keys:
                value = row.get(key)
                known = not isinstance(value, Unknown)
                fields += [None if value is None or not known else str(value)]
                fields += [None if not isinstance(value, Unknown) else codes(value.missing)]
            yield (of.key, number, case.item.index, case.whole_list, *values(case), *fields)


def values(case: Case) -> tuple[Any, ...]:
    item = case.item
    dated = case.day is None or isinstance(case.day, date)
    return (
        case.day if isinstance(case.day, date) else None, dated, items.STATUSES.index(item.status), fen(item.uncapped),
        fen(item.amount), fen(case.least), fen(case.most), codes(item.lacking),
    )  # fmt: skip


def fen(amount: Any) -> int | None:
    return None if amount is None else items.NO_BOUND if amount == inf else int(amount * 100)


def codes(missing: frozenset[Path]) -> str:
    return items.SEPARATOR.join(sorted(map(code, missing)))


def same_codes(found: str | None) -> str:
    """Each once, in order."""
    return items.SEPARATOR.join(sorted({each for each in (found or "").split(items.SEPARATOR) if each}))
