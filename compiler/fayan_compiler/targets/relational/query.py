"""One query out of many named steps: each a common table expression, in the order in which they were made."""

from __future__ import annotations

from attrs import define, field
from sqlglot import exp


@define
class Steps:
    """The named steps of a query. A step refers to earlier ones by name."""

    named: dict[str, exp.Query] = field(factory=dict)

    def add(self, hint: str, query: exp.Query) -> str:
        """Name a step after ``hint``."""
        name = hint if hint not in self.named else f"{hint}_{len(self.named)}"
        self.named[name] = query
        return name

    def query(self, last: exp.Query) -> exp.Query:
        """The whole: ``last`` with all steps before it."""
        whole = last.copy()
        for name, step in self.named.items():
            whole = whole.with_(name, as_=step, copy=False)
        return whole
