"""What is asked of a population, and who answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from attrs import frozen

from fayan.progress import Progress as Progress
from fayan_runtime.ir import Program, Provision

if TYPE_CHECKING:
    from fayan.tables.staged import Staged


@frozen
class Question:
    """``readings`` has an option for each computed reading; ``measures`` are those asked for, None for all.

    Without ``reasons`` only what each provision comes to is given: nothing says what is missing or why, and there are no items.
    """

    program: Program
    on: date
    readings: Mapping[str, str]
    measures: tuple[int, ...] | None = None
    reasons: bool = True

    @property
    def asked(self) -> list[Provision]:
        """The provisions of the measures, in order."""
        return [each for each in self.program.provisions if self.measures is None or each.measure in self.measures]


#: From the tables of facts to the tables of results in a schema of their connection that is not there yet.
Engine = Callable[["Staged", Question, str, Progress], None]
