"""引用: one policy using what another lays down, found in the library beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import fayan
from fayan.compiling import analyse
from fayan.documents.texts import read_source
from fayan_runtime import ir

HEAD = """政策 {title}
    文号 {number}
    发文机关 某局
    成文日期 {dated}
{more}
措施 1 一
{rules}
附 声明
{declarations}
"""
STANDARD = """类型 规模 分 大型、中型、小型
事实 企业
    人数 人
    产值 金额
定义 大企业线 指 1000人
定义 小企业线 指 100人
定义 依标准划型 分情形
    当 人数 达到 大企业线 得出 大型
    当 人数 达到 小企业线 得出 中型
    否则 小型
定义 产值过线（某线：金额） 指 产值 超过 某线
"""
RULE = """｜对小型企业给予3万元奖励。
    引用 标准〔2011〕1号
        取用 人数、产值、依标准划型 作 所属规模、产值过线
    奖励 小企业奖励
        须 小型：所属规模 为 小型
        须 有产值：产值过线（0元）
        金额 3万元
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "upstream").mkdir()
    return tmp_path


def write(
    path: Path, number: str, rules: str = "", declarations: str = "", more: str = "", dated: str = "2024年1月1日"
) -> Path:
    text = HEAD.format(title=path.stem, number=number, dated=dated, more=more, rules=rules, declarations=declarations)
    path.write_text(text, "utf-8")
    return path


def standard(folder: Path, declarations: str = STANDARD) -> None:
    write(folder / "upstream" / "标准.pol", "标准〔2011〕1号", declarations=declarations, dated="2011年6月18日")


def faults(path: Path) -> list[tuple[str, str, str]]:
    problems = analyse(read_source(path))[2]
    return [(p.code, p.source.text[p.span.start : p.span.end], p.title()) for p in problems]


def functions(path: Path) -> dict[str, ir.Function]:
    return {function.name: function for function in fayan.load(path).program.functions}


# ---------------------------------------------------------------- using it
def test_a_definition_of_another_document_decides(folder: Path) -> None:
    standard(folder)
    policy = fayan.load(write(folder / "甲.pol", "甲〔2024〕1号", RULE))
    small = {"企业": {"人数": 99, "产值": "1万元"}}
    large = {"企业": {"人数": 100, "产值": "1万元"}}
    assert policy.decide(small, "2025-01-01").measures[1].status == "granted"
    assert policy.decide(large, "2025-01-01").measures[1].status == "denied"
    (imported,) = policy.program.imports
    assert (imported.number, imported.title, imported.measure) == ("标准〔2011〕1号", "标准", 1)
    assert imported.takes == ("人数", "产值", "所属规模", "产值过线")


def test_what_is_not_taken_is_not_made_and_has_no_name(folder: Path) -> None:
    standard(folder, STANDARD + "定义 别的 指 没有这个名字\n")
    assert list(functions(write(folder / "甲.pol", "甲〔2024〕1号", RULE))) == [
        "大企业线",
        "小企业线",
        "所属规模",
        "产值过线",
    ]
    path = write(folder / "乙.pol", "乙〔2024〕1号", RULE.replace("产值过线（0元）", "人数 超过 大企业线"))
    assert [code for code, *_ in faults(path)] == ["FY2001"]


def test_its_names_and_ours_do_not_meet(folder: Path) -> None:
    """Our 大企业线 is ours; the other one goes by the document's number."""
    standard(folder)
    rule = RULE.replace("须 有产值：产值过线（0元）", "须 非大：人数 低于 大企业线")
    path = write(folder / "甲.pol", "甲〔2024〕1号", rule, "定义 大企业线 指 50人\n")
    made = functions(path)
    assert isinstance(ours := made["大企业线"].body, ir.Const) and ours.value == 50
    assert isinstance(theirs := made["大企业线（标准〔2011〕1号）"].body, ir.Const) and theirs.value == 1000
    decision = fayan.load(path).decide({"企业": {"人数": 60, "产值": 1}}, "2025-01-01")
    assert decision.measures[1].status == "denied"


def test_a_fact_that_both_declare_is_one_fact(folder: Path) -> None:
    standard(folder)
    rule = RULE.replace("人数、", "")
    path = write(folder / "甲.pol", "甲〔2024〕1号", rule, "事实 企业\n    人数 人\n")
    assert [fact.name for scope in fayan.load(path).program.scopes for fact in scope.facts] == ["人数", "产值"]


def test_documents_refer_to_documents(folder: Path) -> None:
    standard(folder)
    between = "引用 标准〔2011〕1号\n    取用 人数、依标准划型\n定义 合格 指 依标准划型 为 小型\n"
    write(folder / "upstream" / "中.pol", "中〔2012〕1号", declarations=between)
    rule = "｜给予3万元奖励。\n    引用 中〔2012〕1号\n        取用 人数、合格\n    奖励 甲奖励\n        须 合格\n        金额 3万元\n"
    policy = fayan.load(write(folder / "甲.pol", "甲〔2024〕1号", rule))
    assert [function.name for function in policy.program.functions] == ["大企业线", "小企业线", "依标准划型", "合格"]
    assert policy.decide({"企业": {"人数": 7}}, "2025-01-01").measures[1].status == "granted"


def test_a_reading_of_the_other_document_comes_with_what_depends_on_it(folder: Path) -> None:
    reading = "口径 R1 人数怎么数\n    a 在册\n    b 在岗\n定义 合格 依 R1\n    a 人数 超过 5人\n    b 人数 达到 5人\n"
    standard(folder, STANDARD + reading)
    rule = RULE.replace("依标准划型 作 所属规模", "合格").replace("小型：所属规模 为 小型", "合格")
    policy = fayan.load(write(folder / "甲.pol", "甲〔2024〕1号", rule))
    facts = {"企业": {"人数": 5, "产值": 1}}
    assert policy.decide(facts, "2025-01-01").measures[1].status == "denied"
    assert policy.decide(facts, "2025-01-01", {"R1": "b"}).measures[1].status == "granted"
    ours = "口径 R1 另一问\n    a 一\n    b 二\n"
    assert [code for code, *_ in faults(write(folder / "乙.pol", "乙〔2024〕1号", rule, ours))] == ["FY2012"]


def test_the_digest_covers_the_other_text(folder: Path) -> None:
    standard(folder)
    path = write(folder / "甲.pol", "甲〔2024〕1号", RULE)
    before = fayan.load(path).program.digest
    standard(folder, STANDARD.replace("100人", "101人"))
    assert fayan.load(path).program.digest != before


def test_a_rule_of_another_document_may_be_named_by_see(folder: Path) -> None:
    write(folder / "upstream" / "上.pol", "上〔2022〕1号", "｜奖5万元。\n    奖励 上级奖励\n        金额 5万元\n")
    rule = "｜按上级规定执行。\n    引用 上〔2022〕1号\n        取用 上级奖励\n    见 上级奖励\n"
    assert faults(write(folder / "甲.pol", "甲〔2024〕1号", rule)) == []


def test_documents_may_name_each_other_without_taking_anything(folder: Path) -> None:
    write(folder / "upstream" / "乙.pol", "乙〔2024〕1号", declarations="引用 甲〔2024〕1号\n定义 错 指 没有这个名字\n")
    path = write(folder / "甲.pol", "甲〔2024〕1号", "｜依规定。\n    引用 乙〔2024〕1号\n    倡导 无\n")
    assert faults(path) == []
    assert [each.title for each in fayan.load(path).program.imports] == ["乙"]


# ---------------------------------------------------------------- versions
VERSIONED = (
    "｜给予奖励。\n    引用 税〔2022〕10号\n        版本 {on}\n        取用 截止日\n    倡导 无\n定义 到期 指 截止日\n"
)


def versions(folder: Path) -> None:
    end = "定义 截止日 指 {}\n"
    write(
        folder / "upstream" / "旧.pol", "税〔2022〕10号", "", end.format("2024年12月31日"),
        "    施行日期 2022年1月1日\n    有效期至 2024年12月31日", "2022年3月1日",
    )  # fmt: skip
    write(
        folder / "upstream" / "新.pol", "税〔2023〕12号", "", end.format("2027年12月31日"),
        "    施行日期 2023年1月1日\n    有效期至 2027年12月31日\n    前版 税〔2022〕10号", "2023年8月2日",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "number", "ends"),
    [
        ("2022年1月1日", "税〔2022〕10号", date(2024, 12, 31)),
        ("2022年12月31日", "税〔2022〕10号", date(2024, 12, 31)),
        ("2023年1月1日", "税〔2023〕12号", date(2027, 12, 31)),
        ("2027年12月31日", "税〔2023〕12号", date(2027, 12, 31)),
    ],
)
def test_the_day_picks_the_version_in_force(folder: Path, on: str, number: str, ends: date) -> None:
    versions(folder)
    path = write(folder / "甲.pol", "甲〔2024〕1号", VERSIONED.format(on=on))
    policy = fayan.load(path)
    assert policy.program.imports[0].number == number
    body = policy.program.functions[0].body
    assert isinstance(body, ir.Const) and body.value == ends


def test_without_a_day_it_is_the_document_named(folder: Path) -> None:
    versions(folder)
    text = VERSIONED.replace("        版本 {on}\n", "")
    assert fayan.load(write(folder / "甲.pol", "甲〔2024〕1号", text)).program.imports[0].number == "税〔2022〕10号"


@pytest.mark.parametrize("on", ["2021年12月31日", "2028年1月1日"])
def test_no_version_in_force(folder: Path, on: str) -> None:
    versions(folder)
    ((code, place, title),) = faults(
        write(folder / "甲.pol", "甲〔2024〕1号", VERSIONED.format(on=on).split("定义")[0])
    )
    assert (code, place) == ("FY5003", "税〔2022〕10号")
    assert title == f"“税〔2022〕10号”在 {on}没有有效的版本。".replace("日没", "日 没")


# ---------------------------------------------------------------- what goes wrong
def test_a_document_that_is_not_there(folder: Path) -> None:
    standard(folder)
    ((code, place, title),) = faults(
        write(folder / "甲.pol", "甲〔2024〕1号", "｜依规定。\n    引用 标准〔2011〕2号\n    倡导 无\n")
    )
    assert (code, place, title) == ("FY5001", "标准〔2011〕2号", "文库里没有文号是“标准〔2011〕2号”的文件。")


def test_two_files_of_one_number(folder: Path) -> None:
    standard(folder)
    write(folder / "upstream" / "再.pol", "标准〔2011〕1号")
    assert [code for code, *_ in faults(write(folder / "甲.pol", "甲〔2024〕1号", RULE))] == ["FY5002"]


def test_documents_that_refer_to_each_other(folder: Path) -> None:
    write(
        folder / "upstream" / "乙.pol",
        "乙〔2024〕1号",
        declarations="引用 丙〔2024〕1号\n    取用 丙线\n定义 乙线 指 1\n",
    )
    write(
        folder / "upstream" / "丙.pol",
        "丙〔2024〕1号",
        declarations="引用 乙〔2024〕1号\n    取用 乙线\n定义 丙线 指 1\n",
    )
    path = write(
        folder / "甲.pol", "甲〔2024〕1号", "｜依规定。\n    引用 乙〔2024〕1号\n        取用 乙线\n    倡导 无\n"
    )
    ((code, place, title),) = faults(path)
    assert (code, place) == ("FY5004", "乙〔2024〕1号")
    assert title == "文件之间的引用绕回了自己：乙〔2024〕1号 → 丙〔2024〕1号 → 乙〔2024〕1号。"


@pytest.mark.parametrize(
    ("takes", "declarations", "code", "place", "title"),
    [
        ("人数、依标准划形", "", "FY5005", "依标准划形", "“标准〔2011〕1号”里没有“依标准划形”。"),
        ("依标准划型", "", "FY5006", "依标准划型", "“依标准划型”要看事实“人数”，本文件没有。"),
        ("依标准划型", "事实 企业\n    人数 家\n", "FY5007", "依标准划型", "“人数”本文件和“标准〔2011〕1号”声明得不一样。"),
        ("人数", "类型 规模 分 大型、小型\n", "FY5007", "标准〔2011〕1号", "“规模”本文件和“标准〔2011〕1号”声明得不一样。"),
        ("人数 作 员工数", "", "FY5008", "员工数", "“人数”取用时不能改名。"),
        ("人数", "事实 企业\n    人数 人\n", "FY2012", "人数", "“人数”已经声明过了。"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken(folder: Path, takes: str, declarations: str, code: str, place: str, title: str) -> None:
    standard(folder)
    rule = f"｜依规定。\n    引用 标准〔2011〕1号\n        取用 {takes}\n    倡导 无\n"
    assert faults(write(folder / "甲.pol", "甲〔2024〕1号", rule, declarations)) == [(code, place, title)]


def test_what_is_wrong_in_the_other_document_is_told_of_it(folder: Path) -> None:
    standard(folder, STANDARD.replace("指 1000人", "指 1000元"))
    problems = analyse(read_source(write(folder / "甲.pol", "甲〔2024〕1号", RULE)))[2]
    assert [(p.code, Path(p.source.name).name) for p in problems] == [("FY3101", "标准.pol")]
    standard(folder, STANDARD.replace("指 1000人", "指 （1000人"))
    problems = analyse(read_source(folder / "甲.pol"))[2]
    assert [(p.code[:3], Path(p.source.name).name) for p in problems] == [("FY1", "标准.pol")]


def test_what_is_lost_in_the_other_document_is_told_there_only(folder: Path) -> None:
    standard(
        folder,
        STANDARD.replace(
            "定义 产值过线（某线：金额） 指 产值 超过 某线", "定义 产值过线（某线：金额） 指 产值 超过 超过"
        ),
    )
    problems = analyse(read_source(write(folder / "甲.pol", "甲〔2024〕1号", RULE)))[2]
    assert [(p.code[:3], Path(p.source.name).name) for p in problems] == [("FY1", "标准.pol")]


def test_a_dated_parameter_of_another_document(folder: Path) -> None:
    """6% of 100万元 in June 2022, 10% in June 2023: 16万元 in all."""
    rates = "参数 比例\n    自 2022年1月1日 起 6%\n    自 2023年1月1日 起 10%\n"
    write(folder / "upstream" / "上.pol", "上〔2022〕1号", declarations=rates)
    rule = (
        "｜按上级的比例奖励。\n    引用 上〔2022〕1号\n        取用 比例 作 上级比例\n"
        "    奖励 甲奖励\n        逐次 中标\n        金额 中标金额 × 上级比例\n"
    )
    facts = "事实 企业\n    中标 清单\n        日期 日期\n        中标金额 金额\n"
    policy = fayan.load(write(folder / "甲.pol", "甲〔2022〕1号", rule, facts, dated="2022年1月1日"))
    bids = [{"日期": day, "中标金额": "100万元"} for day in ("2022-06-30", "2023-06-30")]
    provision = policy.decide({"企业": {"中标": bids}}, "2024-01-01").measures[1].provisions["甲奖励"]
    assert provision.amount == 160000


def test_nothing_outside_the_library_is_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    target = write(elsewhere / "标准.pol", "标准〔2011〕1号", declarations=STANDARD)
    (folder / "upstream" / "标准.pol").symlink_to(target)
    assert [code for code, *_ in faults(write(folder / "甲.pol", "甲〔2024〕1号", RULE))] == ["FY5001"]


def test_too_many_files_beside_the_policy(folder: Path) -> None:
    for index in range(1001):
        (folder / "upstream" / f"{index}.pol").write_text("", "utf-8")
    codes = [
        code for code, *_ in faults(write(folder / "甲.pol", "甲〔2024〕1号", "｜依规定。\n    引用 甲\n    倡导 无\n"))
    ]
    assert codes == ["FY5009"]


def test_what_comes_with_fayan_is_there_for_every_policy_and_what_is_nearer_hides_it(folder: Path) -> None:
    from fayan.policy import loads

    takes = "划型行业、从业人员、营业收入、资产总额、查原文所得规模、划型"
    whole = f"｜依规定。\n    引用 工信部联企业〔2011〕300号\n        取用 {takes}\n    倡导 无\n"
    text = HEAD.format(title="甲", number="甲", dated="2024年1月1日", more="", rules=whole, declarations="")
    assert loads(text).program.imports[0].title.startswith("中小企业划型标准")
    assert faults(write(folder / "甲.pol", "甲", whole)) == []
    own = "事实 企业\n    划型行业 人\n定义 划型 指 划型行业\n"
    write(folder / "upstream" / "自.pol", "工信部联企业〔2011〕300号", declarations=own)
    path = write(folder / "乙.pol", "乙", whole.replace("、从业人员、营业收入、资产总额、查原文所得规模", ""))
    assert fayan.load(path).program.imports[0].title == "自"


def test_a_text_without_a_file_has_no_library_of_its_own() -> None:
    from fayan.policy import loads

    with pytest.raises(fayan.PolicyError) as caught:
        loads(HEAD.format(title="甲", number="甲", dated="2024年1月1日", more="", rules=RULE, declarations=""))
    assert caught.value.problems[0].code == "FY5001"
