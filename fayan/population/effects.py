"""Two versions of a policy over one population: both decide it, and what differs is summed up."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, evolve

from fayan.population.district import district
from fayan.population.engines import engine
from fayan.population.question import Question
from fayan.population.store import table
from fayan.population.summary import NO, rejects, value_of
from fayan.progress import progress
from fayan.tables import sql
from fayan.tables.read import read_tables
from fayan_runtime import ir
from fayan_runtime.comparison import Comparison
from fayan_runtime.decision import ProvisionDecision
from fayan_runtime.effects import FATES, Effects, Fate, FigureEffect, GroupEffect, Mover, RuleEffect, Shift
from fayan_runtime.names import ENTERPRISE, KEY, NAME
from fayan_runtime.outcome import PAID, TOTALLED
from fayan_runtime.population import Figure
from fayan_runtime.results import DECISIONS, ITEMS
from fayan_runtime.tables import POSITION
from fayan_runtime.verdicts import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from fayan.policy import Policy
    from fayan.tables.staged import Staged

RESULTS = "结果"
#: How many gains and losses are told one by one.
MOST = 10
#: How many faults of rows are kept.
REJECTS_TOLD = 100
_PAID = ", ".join(sql.text(nature) for nature in PAID)
#: Of a decision: whether it entitles, what it comes to, whether anything of it is open.
_SIDE = (
    "状态 IN ('granted', 'discretionary') AS 可得, "
    f"coalesce(CASE WHEN 性质 IN ({_PAID}) THEN 应付 ELSE 金额 END, 0) AS 数, "
    "NOT 完整 OR 状态 IN ('unknown', 'error') AS 未定"
)
_FATES = ", ".join(f"count_if(结果 = '{fate}')" for fate in FATES)


def effects(
    policies: tuple[Policy, Policy], questions: tuple[Question, Question], comparison: Comparison,
    inputs: Sequence[str | os.PathLike[str]], engine_name: str,
) -> Effects:  # fmt: skip
    """Raises ``FactsError`` where the files are no tables for either version."""
    # why is asked again of the few that are told one by one; bids have to be looked at one by one where their prices may be others
    priced = {each.name for question in questions for each in question.program.provisions if each.nature == "price"}
    items = any(
        priced & {each.old, each.provision} for each in comparison.verdicts if not each.readings and not each.same
    )
    questions = (evolve(questions[0], reasons=items), evolve(questions[1], reasons=items))
    figures: list[list[Figure]] = []
    with _read(inputs, questions[0], questions[1]) as old, _read(inputs, questions[1], questions[0]) as new:
        for staged, question in ((old, questions[0]), (new, questions[1])):
            with progress(2 * staged.enterprises) as decided:
                figures.append(district(staged, question, engine(engine_name), decided).counted)
                engine(engine_name)(staged, question, RESULTS, decided)
        found = _Compared(policies, questions, comparison, old, new).effects()
        return evolve(found, figures=tuple(_figures(*figures)))


def _figures(old: Sequence[Figure], new: Sequence[Figure]) -> Iterator[FigureEffect]:
    """Those counted in both versions, and not alike."""
    before = {each.name: each for each in old}
    for each in new:
        if each.name in before and _ends(before[each.name]) != _ends(each):
            yield FigureEffect(name=each.name, by=each.by, before=_ends(before[each.name]), after=_ends(each))


def _ends(figure: Figure) -> tuple[Decimal, Decimal]:
    least = figure.value or Decimal(0)
    return least, least + figure.unknown + figure.rejected


def _read(inputs: Sequence[str | os.PathLike[str]], own: Question, other: Question) -> Staged:
    from fayan.errors import FactsError

    staged, problems = read_tables(inputs, own.program, beside=other.program)
    if staged is None:
        raise FactsError(problems)
    return staged


@define
class _Compared:
    """The results of both versions in the connection of the new one."""

    policies: tuple[Policy, Policy]
    questions: tuple[Question, Question]
    comparison: Comparison
    old: Staged
    new: Staged

    def effects(self) -> Effects:
        self._bring_together()
        counts = self._one(
            f"SELECT count_if(旧 AND 新), count_if(旧 AND NOT 新), count_if(新 AND NOT 旧) FROM ("
            f"SELECT bool_or(版 = 0) AS 旧, bool_or(版 = 1) AS 新 FROM 户 GROUP BY {KEY})"
        )
        whole = self._one(f"SELECT {_FATES} FROM 各户")
        rejected = [rejects(each.connection, REJECTS_TOLD) for each in (self.new, self.old)]
        # a fault in a column of both is one fault: the version with more to say is told
        faulty, faults = rejected[0] if rejected[0][1] >= rejected[1][1] else rejected[1]
        return Effects(
            on=self.questions[1].on,
            given=self.new.enterprises + self.new.rejected,
            compared=counts[0],
            only_old=counts[1],
            only_new=counts[2],
            fates=_fates(whole),
            totals=_shifts(self._rows(f"SELECT 性质, {_SUMS} FROM 两版 GROUP BY 1")),
            rules=tuple(self._rules()),
            payers=tuple(self._payers()),
            groups=tuple(self._groups()),
            gains=tuple(self._movers("DESC", ">")),
            losses=tuple(self._movers("ASC", "<")),
            rejects=tuple(faulty),
            faults=faults,
            lacking=tuple(self._lacking()),
        )

    @property
    def connection(self) -> DuckDBPyConnection:
        return self.new.connection

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()

    def _one(self, query: str) -> tuple[Any, ...]:
        (row,) = self._rows(query)
        return row

    # ------------------------------------------------------------ laying side by side
    def _bring_together(self) -> None:
        """``两版``: one row for each enterprise both versions could read and each pair of rules; ``各户``: one for each enterprise."""
        pairs = [_pair(number, verdict, self.questions) for number, verdict in enumerate(self._verdicts())]
        columns = "编号 INTEGER, 旧 VARCHAR, 新 VARCHAR, 性质 VARCHAR, 旧单位 VARCHAR, 新单位 VARCHAR, 措施 INTEGER, 同 BOOLEAN"
        table(self.connection, "对照", columns, pairs)
        with tempfile.TemporaryDirectory() as folder:
            path = sql.text(str(Path(folder) / "old.parquet"))
            self.old.connection.execute(f"COPY {RESULTS}.{DECISIONS} TO {path} (FORMAT parquet)")
            self.connection.execute(
                f"CREATE TEMP TABLE 旧判定 AS SELECT {KEY}, 事项, 状态, {_SIDE} FROM read_parquet({path})"
            )
            bids = sql.text(str(Path(folder) / "bids.parquet"))
            self.old.connection.execute(f"COPY {RESULTS}.{ITEMS} TO {bids} (FORMAT parquet)")
            self.connection.execute(self._bids(bids))
            keys = sql.text(str(Path(folder) / "keys.parquet"))
            self.old.connection.execute(f"COPY (SELECT {KEY} FROM {ENTERPRISE}) TO {keys} (FORMAT parquet)")
            self.connection.execute(
                f"CREATE TEMP TABLE 户 AS SELECT {KEY}, 0 AS 版 FROM read_parquet({keys})"
                f" UNION ALL SELECT {KEY}, 1 FROM {ENTERPRISE}"
            )
        self.connection.execute(
            f"CREATE TEMP VIEW 新判定 AS SELECT {KEY}, 事项, 状态, {_SIDE} FROM {RESULTS}.{DECISIONS}"
        )
        sides = [
            f"SELECT {KEY}, 编号, 状态, 可得, 数, 未定 FROM {side}判定 JOIN 对照 ON 事项 = 对照.{side}"
            for side in "旧新"
        ]
        self.connection.execute(
            f"CREATE TEMP TABLE 两版 AS WITH 旧 AS ({sides[0]}), 新 AS ({sides[1]}), 并 AS ("
            f"SELECT {KEY}, 编号, coalesce(旧.状态, '') AS 旧状态, coalesce(新.状态, '') AS 新状态,"
            " coalesce(旧.可得, false) AS 旧可得, coalesce(新.可得, false) AS 新可得, coalesce(旧.数, 0) AS 旧数, coalesce(新.数, 0) AS 新数,"
            " coalesce(旧.未定, false) OR coalesce(新.未定, false) AS 未定"
            f" FROM 旧 FULL JOIN 新 USING ({KEY}, 编号)"
            f" WHERE {KEY} IN (SELECT {KEY} FROM 户 GROUP BY 1 HAVING count(*) = 2))"
            " SELECT 并.*, 对照.性质, CASE"
            " WHEN 未定 AND NOT (同 AND 旧状态 = 新状态 AND 旧数 = 新数) THEN 'open'"
            " WHEN 性质 = 'price' THEN CASE WHEN 好 AND 坏 THEN 'both' WHEN 好 THEN 'gain' WHEN 坏 THEN 'lose' ELSE 'same' END"
            " WHEN 新数 > 旧数 OR (新数 = 旧数 AND 新可得 AND NOT 旧可得) THEN 'gain'"
            " WHEN 新数 < 旧数 OR (旧可得 AND NOT 新可得) THEN 'lose'"
            f" ELSE 'same' END AS 结果 FROM 并 JOIN 对照 USING (编号) LEFT JOIN 各标 USING ({KEY}, 编号)"
        )
        self.connection.execute(
            f"CREATE TEMP TABLE 各户 AS SELECT {KEY}, CASE WHEN bool_or(结果 IN ('gain', 'both')) AND bool_or(结果 IN ('lose', 'both')) THEN 'both'"
            " WHEN bool_or(结果 = 'gain') THEN 'gain' WHEN bool_or(结果 = 'lose') THEN 'lose'"
            f" WHEN bool_or(结果 = 'open') THEN 'open' ELSE 'same' END AS 结果 FROM 两版 GROUP BY {KEY}"
        )

    @staticmethod
    def _bids(old: str) -> str:
        """``各标``: of scored prices, whether some bid comes off better or worse. The lower wins; prices of several bids are never summed up,
        for one that has none is not scored at 0."""
        one, other = (
            f"SELECT {KEY}, 编号, {POSITION}, 状态 = 'granted' AS {side}得, 金额 AS {side}额 FROM {items}"
            f" JOIN 对照 ON 事项 = 对照.{side} WHERE 对照.性质 = 'price'"
            for side, items in (("旧", f"read_parquet({old})"), ("新", f"{RESULTS}.{ITEMS}"))
        )
        return (
            f"CREATE TEMP TABLE 各标 AS SELECT {KEY}, 编号,"
            " coalesce(bool_or(新得 AND (NOT 旧得 OR 新额 < 旧额)), false) AS 好,"
            " coalesce(bool_or(旧得 AND (NOT 新得 OR 新额 > 旧额)), false) AS 坏"
            f" FROM ({one}) JOIN ({other}) USING ({KEY}, 编号, {POSITION}) GROUP BY ALL"
        )

    def _verdicts(self) -> list[Verdict]:
        """Of each rule that can be compared, the one of the default readings; duties and targets are no part of what anyone gets."""
        kinds = [{each.name: each.kind for each in question.program.provisions} for question in self.questions]
        found = [each for each in self.comparison.verdicts if not each.readings]
        return [
            each
            for each in found
            if not {kinds[0].get(each.old, ""), kinds[1].get(each.provision, "")} & {"duty", "target"}
        ]

    # ------------------------------------------------------------ summing up
    def _rules(self) -> Iterator[RuleEffect]:
        query = f"SELECT 编号, {_FATES}, {_SUMS} FROM 两版 GROUP BY 1"
        sums = {number: row for number, *row in self._rows(query)}
        for number, _, new, nature, *_ in self._rows("SELECT 编号, 旧, 新, 性质 FROM 对照 ORDER BY 编号"):
            verdict = self._verdicts()[number]
            row = sums.get(number, [0] * (len(FATES) + 4))
            shift = _shift(row[len(FATES) :]) if nature in TOTALLED else None
            yield RuleEffect(
                measure=verdict.measure, provision=new, old=verdict.old, nature=nature,
                fates=_fates(row[: len(FATES)]), shift=shift, since=verdict.since,
            )  # fmt: skip

    def _payers(self) -> Iterator[tuple[str, Mapping[str, Shift]]]:
        query = (
            f"SELECT 单位, 性质, {_SUMS} FROM ("
            # what is open is counted once for each unit
            "SELECT 旧单位 AS 单位, 对照.性质, 旧数, 0 AS 新数, 未定, 结果 FROM 两版 JOIN 对照 USING (编号)"
            " WHERE 旧 <> '' AND (NOT 未定 OR 旧单位 <> 新单位)"
            " UNION ALL SELECT 新单位, 对照.性质, 0, 新数, 未定, 结果 FROM 两版 JOIN 对照 USING (编号) WHERE 新 <> '') GROUP BY 1, 2"
        )
        found: dict[str, list[tuple[Any, ...]]] = {}
        for payer, *row in self._rows(query):
            found.setdefault(payer, []).append(tuple(row))
        order = dict.fromkeys(each.payer for question in self.questions[::-1] for each in question.program.provisions)
        for payer in order:
            shifts = _shifts(found.get(payer, []))
            if shifts:
                yield payer, shifts

    def _groups(self) -> Iterator[GroupEffect]:
        """By each fact of the enterprise that is one of a few words, and by each such field of its lists."""
        own = next(scope for scope in self.questions[1].program.scopes if scope.name == ENTERPRISE)
        for fact in own.facts:
            if fact.type.kind == "enum":
                yield from self._by("", fact, f"SELECT {KEY}, {value_of(fact)} AS 值 FROM {ENTERPRISE}")
            for one in fact.fields:
                if one.type.kind == "enum":
                    rows = f"SELECT DISTINCT {KEY}, {value_of(one)} AS 值 FROM {sql.name(fact.name)}"
                    yield from self._by(fact.name, one, rows)

    def _by(self, of: str, fact: ir.FactDecl, rows: str) -> Iterator[GroupEffect]:
        fates = {
            value: row
            for value, *row in self._rows(f"SELECT 值, {_FATES} FROM ({rows}) JOIN 各户 USING ({KEY}) GROUP BY 1")
        }
        sums: dict[str | None, list[tuple[Any, ...]]] = {}
        for value, *row in self._rows(f"SELECT 值, 性质, {_SUMS} FROM ({rows}) JOIN 两版 USING ({KEY}) GROUP BY 1, 2"):
            sums.setdefault(value, []).append(tuple(row))
        members = next(each.members for each in self.questions[1].program.enums if each.name == fact.type.name)
        for value in dict.fromkeys((*members, NO, None)):
            if value in fates:
                shifts = _shifts(sums.get(value, []))
                yield GroupEffect(of=of, by=fact.name, value=value, fates=_fates(fates[value]), shifts=shifts)

    # ------------------------------------------------------------ one by one
    def _movers(self, order: str, than: str) -> Iterator[Mover]:
        named = any(column.name == NAME for column in self.new.tables[0].columns)
        name = f"coalesce({NAME}, '')" if named else "''"
        natures = ", ".join(sql.text(nature) for nature in TOTALLED)
        rows = self._rows(
            f"SELECT {KEY}, {name}, 编号, 性质, 旧数, 新数, 旧状态, 新状态 FROM 两版 JOIN {ENTERPRISE} USING ({KEY})"
            f" WHERE 新数 {than} 旧数 AND 结果 IN ('gain', 'lose') AND 性质 IN ({natures})"
            f" ORDER BY 新数 - 旧数 {order}, 编号, {KEY} LIMIT {MOST}"
        )
        verdicts = self._verdicts()
        for key, called, number, nature, before, after, *statuses in rows:
            verdict = verdicts[number]
            yield Mover(
                key=key, name=called, measure=verdict.measure, provision=verdict.provision or verdict.old, nature=nature,
                before=_money(before), after=_money(after), status_before=statuses[0], status_after=statuses[1],
                **self._why(key, verdict, new=after < before),
            )  # fmt: skip

    def _lacking(self) -> Iterator[str]:
        """What is missing of the first enterprises of which it is not known what changes: facts, whichever item they are of."""
        found: dict[str, None] = {}
        for key, number in self._rows(
            f"SELECT {KEY}, 编号 FROM 两版 WHERE 结果 = 'open' ORDER BY 编号, {KEY} LIMIT {MOST}"
        ):
            verdict = self._verdicts()[number]
            for decided in (self._decided(key, verdict.old, False), self._decided(key, verdict.provision, True)):
                missing = () if decided is None else decided.missing
                found |= dict.fromkeys(re.sub(r"\[[^]]*\]", "", path) for path in missing)
        yield from found

    def _why(self, key: str, verdict: Verdict, new: bool) -> dict[str, Any]:
        """What fails, and what is taken off, under the version that gives less (``new``: whether that is the new one) and not under the other."""
        sides = [self._decided(key, verdict.old, False), self._decided(key, verdict.provision, True)]
        less, more = sides[new], sides[not new]
        if less is None:
            return {"because": ()}
        if more is None:
            return {"because": tuple(each for each in less.reasons if each.holds is False)}
        due = {each.of: each.amount or 0 for each in more.items}
        fewer = {each.of for each in less.items if (each.amount or 0) < due.get(each.of, 0)}
        anyway = {(each.condition, each.of) for each in more.reasons if each.holds is False}
        failing = [each for each in less.reasons if each.holds is False and (each.condition, each.of) not in anyway]
        both = _taken(less), _taken(more)
        return {
            "because": tuple(each for each in failing if not each.of or each.of in fewer),
            "taken": tuple(
                (name, *(_money(side.get(name, 0)) for side in (both if not new else both[::-1])))
                for name, amount in both[0].items()
                if amount > both[1].get(name, 0)
            ),
        }

    def _decided(self, key: str, name: str, new: bool) -> ProvisionDecision | None:
        staged, question = (self.new if new else self.old), self.questions[new]
        facts = staged.facts(key) if name else None
        if facts is None:
            return None
        measures = self.policies[new].decide(facts, question.on, question.readings).measures
        return next((each.provisions[name] for each in measures.values() if name in each.provisions), None)


def _taken(rule: ProvisionDecision) -> dict[str, Fraction]:
    """What each cap and deduction took off."""
    found: dict[str, Fraction] = {}
    for item in rule.items:
        for name, before, after, _ in item.steps:
            found[name] = found.get(name, Fraction(0)) + Fraction(before) - Fraction(after)
    return found


#: Of what either version leaves open nobody knows what it comes to, though rules proved the same differ in nothing: it is counted, and in
#: neither sum.
_SUMS = "sum(旧数) FILTER (NOT 未定), sum(新数) FILTER (NOT 未定), count_if(未定), count_if(未定 AND 结果 = 'same')"


def _pair(number: int, verdict: Verdict, questions: tuple[Question, Question]) -> tuple[object, ...]:
    rules = [
        next((each for each in question.program.provisions if each.name == name), None)
        for question, name in zip(questions, (verdict.old, verdict.provision), strict=True)
    ]
    nature = next((each.nature for each in reversed(rules) if each is not None), "")
    payers = [each.payer if each else "" for each in rules]
    names = [each.name if each else "" for each in rules]
    return (number, *names, nature, *payers, verdict.measure, verdict.same)


def _fates(row: Sequence[int]) -> dict[Fate, int]:
    return dict(zip(FATES, row, strict=True))


def _shifts(rows: Sequence[tuple[Any, ...]]) -> dict[str, Shift]:
    found = {nature: _shift(row) for nature, *row in rows}
    return {nature: found[nature] for nature in TOTALLED if nature in found}


def _shift(row: Sequence[Any]) -> Shift:
    before, after, open, alike = row
    return Shift(_money(before or 0), _money(after or 0), int(open or 0), int(alike or 0))


def _money(value: Any) -> Decimal:
    exact = Fraction(value or 0)
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"))
