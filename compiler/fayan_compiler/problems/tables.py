"""FY41xx: decision tables (判定表)."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term


class TableShape(Problem):
    """A table whose rows, cells and columns do not fit together."""

    code = "FY4101"
    name = "table-shape"
    zh = "判定表写得不完整：{why}。"
    en = "The decision table is not complete: {why}."
    help_zh = "每行的格数与表头的列数相同，不看的一格写“任意”；“其余”只写一行，写在最后。"
    help_en = "Give each row as many cells as there are columns, 任意 where one does not matter; 其余 is the last row."
    why: Term


class OverlappingRows(Problem):
    code = "FY4102"
    name = "overlapping-rows"
    zh = "判定表里有两行同时管到：{where}。"
    en = "Two rows of the decision table both cover: {where}."
    help_zh = "改其中一行，使两行不相交；要以在前的一行为准，表头前写“判定表 依次”。"
    help_en = "Change one of them so that they do not meet; where the first is to win, write 判定表 依次."
    where: str


class UncoveredCase(Problem):
    code = "FY4103"
    name = "uncovered-case"
    zh = "判定表没有一行管到：{where}。"
    en = "No row of the decision table covers: {where}."
    help_zh = "补一行，或在最后写“其余”。"
    help_en = "Add a row, or end with a row 其余."
    where: str


class RowNeverReached(Problem):
    code = "FY4104"
    name = "row-never-reached"
    zh = "判定表的这一行永远用不上：{why}。"
    en = "This row of the decision table is never used: {why}."
    help_zh = "删去这一行，或改它的界限。"
    help_en = "Delete the row or change its bounds."
    why: Term


class TableTooLarge(Problem):
    """The combinations of a table are more than are tried."""

    code = "FY4105"
    name = "table-too-large"
    zh = "判定表太大，比对了 {limit} 种组合还看不出各行有没有遗漏或重叠。"
    en = "The decision table is too large: {limit} combinations do not tell whether its rows leave gaps or overlap."
    help_zh = "把它分成几张表。"
    help_en = "Divide it into several tables."
    limit: int
