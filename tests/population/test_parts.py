"""A population in parts: the same as in one, killed and gone on with, never put together from different runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from fayan.errors import FactsError, UsageError
from fayan.population import outputs, partitions
from tests.places import ROOT
from tests.reference_policy import reference_policy

POLICY = reference_policy()
DAY = "2025-06-30"
KEY = "统一社会信用代码"
HEAD = f"{KEY},企业名称,区内企业,迁入日期,迁出日期\n"
FIRMS = [
    ("91500112MA0FY10013", "是", "市级专精特新,2023-06-01"),
    ("91500112MA0FY10026", "是", "国家小巨人,2024-03-01"),
    ("91500112MA0FY10039", "否", "市级专精特新,2023-01-01"),
    ("91500112MA0FY1004C", "难说", "市级专精特新,2023-01-01"),
]


def write(folder: Path, firms: list[tuple[str, str, str]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "企业.csv").write_text(
        HEAD + "".join(f"{code},{code[-4:]}公司,{inside},无,无\n" for code, inside, _ in firms), "utf-8"
    )
    (folder / "复核记录.csv").write_text(f"{KEY},级别,日期,通过\n", "utf-8")
    (folder / "已兑付.csv").write_text(f"{KEY},措施,事项,日期,金额\n", "utf-8")
    titles = "".join(f"{code},{title},无\n" for code, _, title in firms)
    (folder / "认定记录.csv").write_text(f"{KEY},级别,日期,有效期至\n{titles}", "utf-8")


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    for number, firm in enumerate(FIRMS):
        write(tmp_path / "各区" / f"分区{number}", [firm])
    return tmp_path / "各区"


def test_in_parts_as_in_one(parts: Path, tmp_path: Path) -> None:
    """第5条: 10 + 50万元; the third is not in the district, the fourth cannot be read. Figures count over all parts."""
    write(tmp_path / "一处", FIRMS)
    with (
        POLICY.run(parts, tmp_path / "结果", on=DAY, measures=(0, 5)) as several,
        POLICY.run(tmp_path / "一处", on=DAY, measures=(0, 5)) as one,
    ):
        assert several.totals["cash"].payable == 600_000
        mine, other = several.population.to_dict(), one.population.to_dict()
        for told in (mine, other):  # where the fault stands differs
            del told["rejects"]
        assert mine == other
        key = lambda row: (row[KEY], row["事项"])  # noqa: E731
        assert sorted(several.rows(), key=key) == sorted(one.rows(), key=key)
        assert [(each["列"], each["值"]) for each in several.rejects()][:1] == [("区内企业", "难说")]
        explained = several.explain(FIRMS[1][0])
        assert explained is not None and explained.totals["cash"].amount == 500_000
        assert json.loads((tmp_path / "结果" / "汇总.json").read_text("utf-8")) == several.population.to_dict()
        rejected = parquet.read_table(tmp_path / "结果" / "退回.parquet").to_pylist()
        assert [(each["列"], each["值"]) for each in rejected][:1] == [("区内企业", "难说")]


def test_a_folder_has_its_name_when_it_is_whole(parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended while the sums are written: going on writes them, and only then is the result there."""

    def ended(*rest: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(outputs, "report", ended)
        POLICY.run(parts, tmp_path / "结果", on=DAY, measures=5)
    assert not (tmp_path / "结果").exists()
    POLICY.run(parts, tmp_path / "结果", on=DAY, measures=5, resume=True).close()
    assert {"汇总.json", "退回.parquet", "分区0", "分区3"} <= {path.name for path in (tmp_path / "结果").iterdir()}


def test_what_was_decided_is_not_decided_again(parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ended after two parts: nothing has the output's name; going on decides the other two."""
    right, decided = partitions._part, []

    def part(folder: Path, *rest: object) -> None:
        if len(decided) == 2:
            raise KeyboardInterrupt
        decided.append(folder.name)
        right(folder, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(partitions, "_part", part)
    with pytest.raises(KeyboardInterrupt):
        POLICY.run(parts, tmp_path / "结果", on=DAY, measures=5)
    assert not (tmp_path / "结果").exists()
    monkeypatch.setattr(partitions, "_part", lambda folder, *rest: (decided.append(folder.name), right(folder, *rest)))
    with POLICY.run(parts, tmp_path / "结果", on=DAY, measures=5, resume=True) as run:
        assert run.totals["cash"].payable == 600_000
    assert decided == ["分区0", "分区1", "分区2", "分区3"]
    with POLICY.run(parts, tmp_path / "结果", on=DAY, measures=5, resume=True) as run:  # all is done
        assert run.totals["cash"].payable == 600_000
    assert len(decided) == 4


@pytest.mark.parametrize("changed", ["day", "reading", "measure", "input"])
def test_another_run_is_not_gone_on_with(changed: str, parts: Path, tmp_path: Path) -> None:
    POLICY.run(parts, tmp_path / "结果", on=DAY, measures=5).close()
    on, readings, measures = DAY, {}, 5
    match changed:
        case "day":
            on = "2025-07-01"
        case "reading":
            readings = {"G6": "b"}
        case "measure":
            measures = 7
        case _:
            write(parts / "分区0", [(*FIRMS[0][:2], "市级专精特新,2023-06-02")])
    with pytest.raises(UsageError, match="FY7347"):
        POLICY.run(parts, tmp_path / "结果", on=on, readings=readings, measures=measures, resume=True)


def as_parquet(folder: Path) -> None:
    """The CSV of a folder as Parquet, every cell as it is written."""
    for path in sorted(folder.rglob("*.csv")):
        names, *rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
        columns = {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)}
        parquet.write_table(pa.table(columns), path.with_suffix(".parquet"))
        path.unlink()


@pytest.mark.parametrize("kind", ["csv", "parquet", "jsonl"])
def test_an_enterprise_is_in_one_part(kind: str, parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen before any part is decided; both places are named."""
    write(parts / "分区3", FIRMS[:2])
    if kind == "parquet":
        as_parquet(parts)
    elif kind == "jsonl":
        for folder in parts.iterdir():
            keys = [line.split(",")[0] for line in (folder / "企业.csv").read_text("utf-8").splitlines()[1:]]
            for path in folder.iterdir():
                path.unlink()
            lines = [json.dumps({"企业": {KEY: f" {key.lower()} "}}, ensure_ascii=False) for key in keys]
            (folder / "表.jsonl").write_text("\n".join(["{", *lines]), "utf-8")
    monkeypatch.setattr(partitions, "_part", None)
    with pytest.raises(FactsError, match="FY7348") as raised:
        POLICY.run(parts, tmp_path / "结果", on=DAY, measures=5)
    (problem,) = raised.value.problems
    assert problem.title("zh") == f"「{FIRMS[0][0]}」的行分在两个分区里：分区0/企业、分区3/企业（这样的企业共 2 家）"
    assert problem.source.name == str(parts)
    assert not list(tmp_path.glob("*结果*"))


@pytest.mark.parametrize("output", ["结果", "结果.jsonl", ""])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize("kept", ["是", "难说"])
def test_the_rows_of_an_enterprise_are_in_its_part(
    kept: str, kind: str, output: str, parts: Path, tmp_path: Path
) -> None:
    """A title of the second stands in the last part, and none of its own: without it, it would get nothing. Whether it is decided or
    rejected itself, whatever is read and whatever is written.
    """
    code, _, title = FIRMS[1]
    write(parts / "分区1", [(code, kept, title)])
    (parts / "分区1" / "认定记录.csv").write_text(f"{KEY},级别,日期,有效期至\n", "utf-8")
    with (parts / "分区3" / "认定记录.csv").open("a", encoding="utf-8") as file:
        file.write(f"{code.lower()},{title},无\n")
    if kind == "parquet":
        as_parquet(parts)
    with pytest.raises(FactsError, match="FY7348") as raised:
        POLICY.run(parts, tmp_path / output if output else (), on=DAY, measures=5)
    (problem,) = raised.value.problems
    assert problem.title("zh") == f"「{code}」的行分在两个分区里：分区1/企业、分区3/认定记录（这样的企业共 1 家）"
    assert list(tmp_path.glob("结果*")) == []


def test_parts_of_csv_are_read_whatever_is_written(parts: Path, tmp_path: Path) -> None:
    """10 + 50万元, as in parts, and one enterprise rejected; what is kept until the run is closed is gone then."""
    with POLICY.run(parts, tmp_path / "结果.jsonl", on=DAY, measures=(0, 5)) as run:
        assert (run.totals["cash"].payable, run.population.decided, run.population.refused) == (600_000, 3, 1)
        assert run.rejects()[0]["文件"] == str(parts / "分区3" / "企业.csv")
        assert [each.part for each in run.population.rejects] == ["分区3"]
        assert "分区3/企业第2行 区内企业：" in run.to_text() and "分区3/企业第2行" in run.to_html()
        grown = run._parts
        assert grown is not None and grown.folder.exists()
        with POLICY.run(parts, tmp_path / "结果", on=DAY, measures=(0, 5)) as other:
            assert other.population.to_dict() == run.population.to_dict()
    assert not grown.folder.exists()
    lines = (tmp_path / "结果.jsonl").read_text("utf-8").splitlines()
    awards = [row for row in map(json.loads, lines) if row["事项"] == "首次认定"]
    assert [(row[KEY], row["应付"]) for row in awards] == [
        (FIRMS[0][0], "100000.00"), (FIRMS[1][0], "500000.00"), (FIRMS[2][0], "0.00"),
    ]  # fmt: skip


def test_what_stands_beside_parts_is_not_passed_over(parts: Path) -> None:
    (parts / "说明.txt").write_text("造好的", "utf-8")
    (parts / "认定记录.txt").write_text("", "utf-8")
    with pytest.raises(FactsError, match="FY7301"):
        POLICY.run(parts, on=DAY, measures=5)
    (parts / "认定记录.txt").rename(parts / "认定记录.csv")
    with pytest.raises(FactsError, match="FY7318"):
        POLICY.run(parts, on=DAY, measures=5)


def test_only_what_is_made_part_by_part_can_be_gone_on_with(parts: Path, tmp_path: Path) -> None:
    for output, place in ((tmp_path / "页.html", "页.html"), ((), "--resume")):
        with pytest.raises(UsageError, match="FY7346") as raised:
            POLICY.run(parts, output, on=DAY, resume=True)
        (problem,) = raised.value.problems
        assert problem.source.text[problem.span.start :].endswith(place)
    with pytest.raises(FactsError, match="FY7801"):  # what is not there is told first
        POLICY.run(tmp_path / "没有", tmp_path / "结果", on=DAY, resume=True)


@pytest.mark.parametrize("output", ["结果.xlsx", "结果"])
def test_killed_at_any_moment(output: str, parts: Path, tmp_path: Path) -> None:
    """Under the output's name there is nothing, or all of it; run again, it is all there."""
    single = output != "结果"
    source = str(parts / "分区0" if single else parts)
    command = [
        sys.executable,
        "-m",
        "fayan",
        "run",
        str(ROOT / "policies/yubei_2024.pol"),
        source,
        "-o",
        str(tmp_path / output),
    ]
    command += ["--on", DAY, "--measure", "5", *([] if single else ["--resume"])]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(map(str, sys.path)),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    whole = 0
    for wait in (0.0, 0.1, None):  # counted from the first sign of writing on
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if wait is not None:
            for _ in range(600):
                if process.poll() is not None or any(path.name.startswith(".") for path in tmp_path.iterdir()):
                    break
                time.sleep(0.02)
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
        process.wait()
        if (tmp_path / output).exists():
            whole += 1
            if single:
                import openpyxl

                assert "判定" in openpyxl.load_workbook(tmp_path / output).sheetnames
            else:
                with POLICY.run(parts, tmp_path / output, on=DAY, measures=5, resume=True) as run:
                    assert run.totals["cash"].payable == 600_000
    assert whole >= 1
