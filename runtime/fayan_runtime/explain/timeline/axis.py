"""The scale of a timeline: days to cells of text, and to points of a drawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

#: Cells that a line of text has for the time, and months that a cell may stand for.
MOST_CELLS = 48
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 3000)


@frozen
class Axis:
    """From the first of January of ``start`` to the last of December of ``end``; a cell is ``months`` long."""

    start: int
    end: int
    months: int

    @classmethod
    def over(cls, days: Iterable[date], before: bool, after: bool) -> Axis:
        """Wide enough for the days, and for a year more where something goes on before or after them."""
        years = [day.year for day in days] or [2000]
        start, end = max(min(years) - before, 1), min(max(years) + after, 9999)
        whole = (end - start + 1) * 12
        months = next(each for each in STEPS if -(-whole // each) <= MOST_CELLS)
        return cls(start, end, months)

    @property
    def cells(self) -> int:
        return -(-(self.end - self.start + 1) * 12 // self.months)

    def cell(self, day: date) -> int:
        """The cell that a day lies in, held to the axis."""
        place = ((day.year - self.start) * 12 + day.month - 1) // self.months
        return min(max(place, 0), self.cells - 1)

    def share(self, day: date) -> float:
        """How far along the axis a day begins, from 0 to 1: for a drawing only."""
        first, last = date(self.start, 1, 1).toordinal(), date(self.end, 12, 31).toordinal() + 1
        return min(max((day.toordinal() - first) / (last - first), 0.0), 1.0)

    def scale(self) -> str:
        """“|2022 |2023 ”: years where they begin, as many as there is room for."""
        line = ""
        for year in range(self.start, self.end + 1):
            place = self.cell(date(year, 1, 1))
            if place >= len(line) and place + 5 <= self.cells:
                line = f"{line.ljust(place)}|{year} "
        return line.rstrip()

    def years(self) -> list[tuple[int, float]]:
        """Years with where they begin, no more than a drawing has room for."""
        step = -(-(self.end - self.start + 1) // 16)
        return [(year, self.share(date(year, 1, 1))) for year in range(self.start, self.end + 1, step)]
