"""The tables of results summed up: how every provision came out, what it comes to, by whom, for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import define, field

from fayan.population.question import Question
from fayan.population.store import table, unmatched
from fayan.problems.tables import OF_NO_ONE, GoneWith
from fayan.tables.rejects import IN_ORDER, REJECTS
from fayan.tables.sheet import ROW
from fayan.tables.sql import number, texts
from fayan.tables.staging import REPEATS
from fayan_runtime import ir
from fayan_runtime.explain.decision.policy_parts import facts_read, reached
from fayan_runtime.names import ENTERPRISE, KEY
from fayan_runtime.outcome import PAID, TOTALLED
from fayan_runtime.population import (
    ZERO,
    Group,
    Payer,
    ProvisionSum,
    Quota,
    Rejected,
    Repeat,
    Sum,
    Unmatched,
    UnmatchedPayment,
)
from fayan_runtime.results import DECISIONS, ITEMS, UNMATCHED
from fayan_runtime.tables import KNOWN, NONE, POSITION, tables_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Of a set of decisions: amount, paid, payable, enterprises that get some, and those for which not all is decided.
_SUMS = (
    "coalesce(sum(金额), 0), coalesce(sum(已付), 0), coalesce(sum(应付), 0), "
    f"count(DISTINCT {KEY}) FILTER (金额 > 0), count(DISTINCT {KEY}) FILTER (NOT 完整)"
)
#: The same of items: one that is not decided may still come to something.
_ITEM_SUMS = (
    "coalesce(sum(金额) FILTER (状态 = 'granted'), 0), coalesce(sum(已付), 0), coalesce(sum(应付), 0), "
    f"count(DISTINCT {KEY}) FILTER (金额 > 0), count(DISTINCT {KEY}) FILTER (状态 IN ('unknown', 'error'))"
)
#: What each enterprise comes to by nature, made once, and the same sums of that.
_EACH = "户额"
_SUMS_OF_EACH = "sum(金额), sum(已付), sum(应付), count_if(金额 > 0), count_if(未完 > 0)"
_COUNTED = ", ".join(f"'{nature}'" for nature in TOTALLED)
#: Natures of which payments are set off.
_SETTLED = ", ".join(f"'{nature}'" for nature in PAID)
#: So many faults of one kind, in one column, are told before those of other kinds.
OF_A_KIND = 3
#: Known that there is none.
NO = "无"


def rejects(connection: DuckDBPyConnection, most: int) -> tuple[list[Rejected], int]:
    """The first faults of rows, a few of each kind so that none hides another, and how many there are in all; rows that are only rejected
    with their enterprise are left out.
    """
    of = f"{REJECTS} WHERE 代码 <> '{GoneWith.code}'"
    columns = f"文件, 表, 行, coalesce(列, ''), coalesce(值, ''), 代码, 事由, reason, coalesce({KEY}, '')"
    kind = "表, 列, 代码"
    alike = f"SELECT *, rowid AS n, min(rowid) OVER (PARTITION BY {kind}, 事由) AS first FROM {of}"
    nth = f"SELECT n, dense_rank() OVER (PARTITION BY {kind} ORDER BY first) AS nth FROM ({alike})"
    few = f"{REJECTS} WHERE rowid IN (SELECT n FROM ({nth}) WHERE nth <= {OF_A_KIND})"
    found = connection.execute(f"SELECT {columns} FROM {few} {IN_ORDER} LIMIT {most}").fetchall()
    return [Rejected(*row) for row in found], number(connection, f"SELECT count(*) FROM {of}")


@define
class Summary:
    """Sums over the results in a schema; each is made when it is asked for."""

    connection: DuckDBPyConnection
    question: Question
    schema: str
    provisions: list[ir.Provision] = field(init=False)

    def __attrs_post_init__(self) -> None:
        asked = self.question.measures
        self.provisions = [each for each in self.question.program.provisions if asked is None or each.measure in asked]
        rules = [(each.measure, each.name, each.kind, each.payer) for each in self.provisions]
        table(self.connection, "事项表", "措施 INTEGER, 事项 VARCHAR, 种类 VARCHAR, 单位 VARCHAR", rules)
        sums = ", ".join(f"coalesce(sum({each}), 0) AS {each}" for each in ("金额", "已付", "应付"))
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {_EACH} AS SELECT {KEY}, 性质, {sums}, count_if(NOT 完整) AS 未完,"
            f" count_if(金额 > 0 AND 应付 IS NULL AND 性质 IN ({_SETTLED})) AS 未结"
            f" FROM {self.schema}.{DECISIONS} WHERE 性质 IN ({_COUNTED}) GROUP BY 1, 2"
        )

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """``«判定»`` in a query is the table of that name in the schema."""
        for name in (DECISIONS, ITEMS, UNMATCHED):
            query = query.replace(f"«{name}»", f"{self.schema}.{name}")
        yield from self.connection.execute(query).fetchall()

    def _one(self, query: str) -> tuple[Any, ...]:
        return next(self._rows(query))

    # ------------------------------------------------------------ enterprises
    def decided(self) -> int:
        """Enterprises that have a decision of every provision."""
        count, whole = len(self.provisions), f"SELECT {KEY} FROM «判定» GROUP BY 1 HAVING count(*) = "
        return int(self._one(f"SELECT count(*) FROM ({whole}{count})")[0])

    def getting(self) -> int:
        """Enterprises that are certain to be paid or relieved of something."""
        return int(self._one(f"SELECT count(DISTINCT {KEY}) FROM {_EACH} WHERE 金额 > 0 AND 性质 IN ({_SETTLED})")[0])

    def besides(self) -> int:
        """Enterprises that have a tax or its base lowered, and get nothing else."""
        return int(self._one(f"SELECT count(DISTINCT {KEY}) FROM {_EACH} WHERE 金额 > 0")[0]) - self.getting()

    def undecided(self) -> int:
        """Enterprises that may come to more than is certain."""
        return int(self._one(f"SELECT count(DISTINCT {KEY}) FROM {_EACH} WHERE 未完 > 0")[0])

    def unsettled(self) -> int:
        """Enterprises that get something, of which it is not known what they were paid."""
        return int(self._one(f"SELECT count(DISTINCT {KEY}) FROM {_EACH} WHERE 未结 > 0")[0])

    def overpaid(self) -> int:
        """Enterprises that were paid more than one of their items comes to."""
        return int(self._one(f"SELECT count(DISTINCT {KEY}) FROM «项» WHERE 已付 > 金额")[0])

    def unmatched(self, most: int) -> Unmatched:
        says = unmatched(self.question.program, self.schema)
        count, amount, unknown = self._one(
            f"SELECT count(*), coalesce(sum(金额), 0), count_if(金额 IS NULL) FROM ({says})"
        )
        if not count:
            return Unmatched()
        first = (
            f"SELECT {KEY}, 措施, 事项, 日期, 金额, {ROW} FROM ({says}) ORDER BY {ROW}, {KEY}, {POSITION} LIMIT {most}"
        )
        payments = [
            UnmatchedPayment(
                key, None if measure is None else int(measure), rule, day, paid if paid is None else _money(paid), row
            )
            for key, measure, rule, day, paid, row in self._rows(first)
        ]
        return Unmatched(count, _money(amount), unknown, payments)

    def repeats(self, most: int) -> tuple[list[Repeat], int]:
        """The first rows that say the same as another, and how many there are."""
        found = self._rows(f"SELECT 表, {ROW}, 前行, {KEY}, 文件 FROM {REPEATS} ORDER BY rowid LIMIT {most}")
        return [Repeat(*each) for each in found], int(self._one(f"SELECT count(*) FROM {REPEATS}")[0])

    def rejects(self, most: int) -> tuple[list[Rejected], int]:
        return rejects(self.connection, most)

    def strays(self) -> int:
        """Rejected rows of lists that may be of any enterprise; what is no row of data is of none, what goes with a line is of that."""
        no_one = texts(each.code for each in (*OF_NO_ONE, GoneWith))
        lists = ", ".join(_text(each.name) for each in tables_of(self.question.program) if each.of is not None)
        return int(
            self._one(
                f"SELECT count(DISTINCT (表, 行)) FROM {REJECTS} WHERE 表 IN ({lists})"
                f" AND {KEY} IS NULL AND 代码 NOT IN {no_one}"
            )[0]
        )

    def blank(self, given: Collection[str]) -> list[str]:
        """Of these lists, which have no row, those that rules look at and of which that is taken to be all there is."""
        program = self.question.program
        read = {fact.name for rule in self.provisions for fact in facts_read(program, rule)}
        if program.offset and any(rule.nature in PAID for rule in self.provisions):
            read.add(program.offset.list)
        lists = [
            each for each in tables_of(program) if each.name in read & set(given) and each.of and not each.of.series
        ]
        return [
            each.name
            for each in lists
            if self._one(f'SELECT coalesce(bool_or("{each.name}{KNOWN}"), FALSE) FROM {ENTERPRISE}')[0]
        ]

    # ------------------------------------------------------------ sums
    def by_provision(self) -> list[ProvisionSum]:
        statuses: dict[str, dict[str, int]] = {each.name: {} for each in self.provisions}
        for name, status, count in self._rows(
            "SELECT 事项, 状态, count(*) FROM «判定» GROUP BY 1, 2 ORDER BY 3 DESC, 2"
        ):
            statuses[name][status] = count
        sums = {name: row for name, *row in self._rows(f"SELECT 事项, {_SUMS} FROM «判定» WHERE 性质 <> '' GROUP BY 1")}
        items = dict(self._rows("SELECT 事项, count_if(状态 = 'granted') FROM «项» GROUP BY 1"))
        return [
            ProvisionSum(
                each,
                statuses[each.name],
                items.get(each.name, 0),
                _sum(each.nature, sums[each.name]) if each.nature in TOTALLED and each.name in sums else None,
            )
            for each in self.provisions
        ]

    def totals(self) -> dict[str, Sum]:
        found = {nature: row for nature, *row in self._rows(f"SELECT 性质, {_SUMS_OF_EACH} FROM {_EACH} GROUP BY 1")}
        return {nature: _sum(nature, found[nature]) for nature in TOTALLED if nature in found}

    def payers(self) -> list[Payer]:
        """Those who pay, in the order of the policy."""
        query = (
            f"SELECT 单位, 性质, {_SUMS} FROM «判定» JOIN 事项表 USING (措施, 事项)"
            f" WHERE 种类 = 'award' AND 性质 IN ({_COUNTED}) GROUP BY 1, 2"
        )
        found: dict[str, dict[str, Sum]] = {each.payer: {} for each in self.provisions if each.kind == "award"}
        for payer, nature, *row in self._rows(query):
            if nature in TOTALLED:
                found[payer][nature] = _sum(nature, row)
        return [Payer(name, _in_order(sums)) for name, sums in found.items() if sums]

    def quotas(self, rejected: int) -> list[Quota]:
        """``rejected``: enterprises that are not decided and may have been chosen."""
        chosen = "count_if(状态 = 'granted'), count_if(状态 = 'unknown' OR 状态 = 'discretionary' AND NOT 完整)"
        found = {name: counts for name, *counts in self._rows(f"SELECT 事项, {chosen} FROM «判定» GROUP BY 1")}
        quotas = []
        for each in self.provisions:
            if each.quota:
                sure, open = found.get(each.name, (0, 0))
                quotas.append(Quota(each, each.places if self._by_year(each) else None, sure, open, rejected))
        return quotas

    def _by_year(self, rule: ir.Provision) -> bool:
        """Whether who was chosen is told by the day of assessment."""
        read = reached(self.question.program, rule.chosen) if rule.chosen else ()
        return any(isinstance(each, ir.Param) and each.name == "评估日" for each in read)

    # ------------------------------------------------------------ by what enterprises and items are
    def groups(self) -> list[Group]:
        """By each fact of the enterprise that is one of a few words, and by each such field of the lists that provisions run over."""
        own = next(scope for scope in self.question.program.scopes if scope.name == ENTERPRISE)
        found = []
        for fact in own.facts:
            groups = self._by_fact(fact) if fact.type.kind == "enum" else []
            found += groups if any(each.value is not None for each in groups) else []
        lists = {fact.name: fact for fact in own.facts if fact.is_list}
        fields: dict[str, list[tuple[ir.Provision, str]]] = {}
        for each in self.provisions:
            if each.kind == "award" and each.each and not each.stages:
                for one in lists[each.each].fields:
                    if one.type.kind == "enum":
                        fields.setdefault(one.name, []).append((each, each.each))
        for name, places in fields.items():
            found += self._by_field(name, places)
        return found

    def _by_fact(self, fact: ir.FactDecl) -> list[Group]:
        value = value_of(fact)
        counts = dict(self._rows(f"SELECT {value}, count(*) FROM {ENTERPRISE} GROUP BY 1"))
        query = f"SELECT {value}, 性质, {_SUMS_OF_EACH} FROM {_EACH} JOIN {ENTERPRISE} USING ({KEY}) GROUP BY 1, 2"
        return self._grouped(fact, counts, self._rows(query), of_items=False)

    def _by_field(self, name: str, places: Sequence[tuple[ir.Provision, str]]) -> list[Group]:
        lists = {fact.name: fact for scope in self.question.program.scopes for fact in scope.facts if fact.is_list}
        fact = next(each for each in lists[places[0][1]].fields if each.name == name)
        parts = [
            f'SELECT {value_of(fact)} AS 值, {_text(rule.nature)} AS 性质, i.* FROM «项» AS i JOIN "{of}" AS l'
            f" ON i.{KEY} = l.{KEY} AND i.{POSITION} = l.{POSITION} WHERE i.事项 = {_text(rule.name)}"
            for rule, of in places
        ]
        union = " UNION ALL ".join(parts)
        counts = dict(self._rows(f"SELECT 值, count_if(状态 = 'granted') FROM ({union}) GROUP BY 1"))
        query = f"SELECT 值, 性质, {_ITEM_SUMS} FROM ({union}) GROUP BY 1, 2"
        return self._grouped(fact, counts, self._rows(query), of_items=True)

    def _grouped(
        self, fact: ir.FactDecl, counts: dict[str | None, int], rows: Iterator[tuple[Any, ...]], of_items: bool
    ) -> list[Group]:
        members = next(each.members for each in self.question.program.enums if each.name == fact.type.name)
        sums: dict[str | None, dict[str, Sum]] = {}
        for value, nature, *row in rows:
            if nature in TOTALLED:
                sums.setdefault(value, {})[nature] = _sum(nature, row)
        return [
            Group(fact.name, value, counts[value], _in_order(sums.get(value, {})), of_items)
            for value in (*members, *(() if NO in members else (NO,)), None)
            if counts.get(value)
        ]


def _sum(nature: str, row: Sequence[Any]) -> Sum:
    amount, paid, payable, enterprises, open = row
    if nature not in PAID:
        return Sum(_money(amount), None, None, enterprises, open)
    return Sum(_money(amount), _money(paid), _money(payable), enterprises, open)


def _money(value: Any) -> Decimal:
    return Decimal(value).quantize(ZERO)


def _in_order(sums: dict[str, Sum]) -> dict[str, Sum]:
    return {nature: sums[nature] for nature in TOTALLED if nature in sums}


def value_of(fact: ir.FactDecl) -> str:
    """What the cell says, in words: null where it is not known."""
    cell = f'"{fact.name}"'
    return f"CASE WHEN \"{fact.name}{NONE}\" THEN '{NO}' ELSE {cell} END" if fact.type.optional else cell


def _text(given: str) -> str:
    return "'" + given.replace("'", "''") + "'"
