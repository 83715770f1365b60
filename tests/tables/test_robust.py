"""Whatever a file holds, it gives tables or problems, and every row of it is kept or rejected."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from fayan.policy import load
from fayan.tables.read import read_tables

PROGRAM = load(Path(__file__).resolve().parents[1] / "cases" / "facts.pol").program
A, B = "91350100M000100Y43", "91500112MA0FY00739"
HEAD = "统一社会信用代码,企业名称,区内企业\n"
ROW = f"{A},甲,是\n"


def packed(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("_", "/") + ".xml", text)
    return made.getvalue()


def columns(**values: Any) -> bytes:
    made = io.BytesIO()
    parquet.write_table(pa.table({"统一社会信用代码": [A], **values}), made)
    return made.getvalue()


#: What is in the file → the codes of the problems, or of the rejects.
FILES: dict[str, tuple[dict[str, str | bytes], set[str]]] = {
    "nothing": ({"企业.csv": ""}, {"FY7364"}),
    "a header alone": ({"企业.csv": HEAD}, set()),
    "no end of line": ({"企业.csv": (HEAD + ROW).rstrip()}, set()),
    "CR": ({"企业.csv": (HEAD + ROW).replace("\n", "\r")}, set()),
    "a NUL": ({"企业.csv": HEAD + f"{A},甲\0乙,是\n"}, {"FY7226"}),
    "an open quote": ({"企业.csv": HEAD + f'{A},"甲,是\n{B},乙,否\n'}, {"FY7317"}),
    "an open quote in a large file": ({"企业.csv": HEAD + f'{A},"甲,是\n' + f"{B},乙,否\n" * 200_000}, {"FY7317"}),
    "an open quote in the header": ({"企业.csv": '"' + HEAD + ROW}, {"FY7317"}),
    "semicolons": ({"企业.csv": (HEAD + ROW).replace(",", ";")}, {"FY7363"}),
    "a cell without end": ({"企业.csv": HEAD + f"{A},{'甲' * 3_000_000},是\n"}, {"FY7311"}),
    "UTF-16": ({"企业.csv": (HEAD + ROW).encode("utf-16")}, {"FY7310"}),
    "rows of every length": ({"企业.csv": HEAD + "1,2\n3\n4,5,6,7\n"}, {"FY7324"}),
    "a wide code": ({"企业.csv": HEAD + ROW.replace("9", "９", 1), "租赁.csv": f"统一社会信用代码,年度\n{A},2024\n"}, set()),
    "a position beyond all": ({"企业.csv": HEAD + ROW, "租赁.csv": f"统一社会信用代码,序\n{A},99999999999\n"}, {"FY7328", "FY7323"}),
    "a series without years": ({"企业.csv": HEAD + ROW, "年度经营.csv": f"统一社会信用代码,产值\n{A},5\n"}, {"FY7107", "FY7323"}),
    "a key of the district": ({"企业.csv": HEAD + ROW, "全区.csv": "统一社会信用代码,小巨人数\n1,5家\n"}, {"FY7306"}),
    "an empty district": ({"企业.csv": HEAD + ROW, "全区.csv": "小巨人数\n"}, set()),
    "another archive": ({"企业.xlsx": packed(a="x")}, {"FY7311"}),
    "broken XML": ({"企业.xlsx": packed(xl_workbook="<a><b:c/>", **{"xl__rels_workbook.xml.rels": "<a/>"})}, {"FY7311"}),
    "no Parquet": ({"企业.parquet": b"PAR1xxxxPAR1"}, {"FY7311"}),
    "structs": ({"企业.parquet": columns(区内企业=[{"a": 1}])}, {"FY7319"}),
    "null in a set": ({"企业.parquet": columns(产业领域=[["汽车", None]])}, {"FY7217"}),
    "twice in a set": ({"企业.parquet": columns(产业领域=[["汽车", "汽车"]])}, {"FY7218"}),
    "half years": ({"企业.parquet": columns(宣传年度=[[1.5]])}, {"FY7214"}),
    "no number": ({"企业.parquet": columns(投资=[float("nan")])}, {"FY7202"}),
    "lines of anything": (
        {"企业.jsonl": "\n".join(['[]', "1", "null", "{}", '{"企业":[]}', '{"企业":{"企业名称":"甲","企业名称":"乙"}}', "[" * 99_999, "{"])},
        {"FY7105", "FY7104", "FY7102", "FY7004", "FY7013"},
    ),
    "long numbers": ({"企业.jsonl": f'{{"企业":{{"统一社会信用代码":"{A}","投资":{"9" * 5000}}}}}\n'}, {"FY7208"}),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_whatever_a_file_holds(name: str, tmp_path: Path) -> None:
    files, codes = FILES[name]
    for file, data in files.items():
        (tmp_path / file).write_bytes(data if isinstance(data, bytes) else data.encode())
    staged, problems = read_tables([tmp_path], PROGRAM)
    if staged is None:
        assert {problem.code for problem in problems} == codes
        return
    with staged:
        assert {each["代码"] for each in staged.rejects()} == codes
        assert all(count.balanced for count in staged.counts)
        assert len(list(staged.all_facts())) == staged.enterprises
