"""Many named steps of a plan, in the order in which they were made, and the few tables they are put together to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import define, field
from sqlglot import exp

from fayan_compiler.targets.relational import sql


@define
class Steps:
    """The named steps of a query. A step refers to earlier ones by name."""

    named: dict[str, exp.Query] = field(factory=dict)
    #: Steps that are tables of their own in any case.
    kept: set[str] = field(factory=set)

    def add(self, hint: str, query: exp.Query) -> str:
        """Name a step after ``hint``."""
        name = hint if hint not in self.named else f"{hint}_{len(self.named)}"
        self.named[name] = query
        return name

    def tables(self, results: Mapping[str, exp.Query]) -> dict[str, exp.Query]:
        """Name → query, in an order in which they can be made: a step that is used more than once, or by a result (which can then be a
        view), is a table of its own, every other stands where it is used. (An optimizer that puts common table expressions in their place
        takes for ever with hundreds of them.)
        """
        self.kept.update(table.name for query in results.values() for table in sql.parts_of(query, exp.Table))
        uses: Counter[str] = Counter()
        waiting, seen = [*results.values()], set[str]()
        while waiting:
            for table in sql.parts_of(waiting.pop(), exp.Table):
                uses[table.name] += 1 + (table.name in self.kept)
                if table.name in self.named and table.name not in seen:
                    seen.add(table.name)
                    waiting.append(self.named[table.name])
        found = {name: query for name, query in self.named.items() if uses[name] > 1 or name in self.kept} | dict(
            results
        )
        return {name: self._put_in(query, uses) for name, query in found.items()}

    def _put_in(self, query: exp.Query, uses: Mapping[str, int]) -> exp.Query:
        for table in sql.parts_of(query, exp.Table):
            if uses[table.name] == 1 and table.name in self.named:
                inner = self._put_in(self.named[table.name], uses)
                alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(table.name, quoted=True))
                table.replace(exp.Subquery(this=inner, alias=alias))
        return query
