"""Layer two on a small policy: each edit's verdict is worked out by hand, each witness is what the edit is about."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator, ValidationError

from fayan.cli import main
from fayan.policy import loads
from fayan.versions import diff
from fayan_compiler.diff import meaning
from fayan_runtime.explain.diff.view import diff_view
from fayan_runtime.verdicts import Verdict
from tests.places import ROOT

POLICY = """\
政策 某区企业增收奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励增收
｜年度收入超过100万元的小型企业给予5万元奖励。
    奖励 增收奖励
        须 收入过线：收入 超过 100万元
        须 小型：企业规模 为 小型
        金额 5万元
        由 区财政局
｜每次获得认定的给予2万元奖励，每家企业每年不超过3万元。
    奖励 认定奖励
        逐次 认定
        须 已在区内：区内企业
        金额 2万元
        由 区财政局
    限额 年度限额 每户每年
        不超过 3万元
        及于 认定奖励
责任单位 区财政局

附 事实

类型 规模 分 大型、小型

事实 企业
    收入 金额
    企业规模 规模
    区内企业 是否
    认定 清单
        日期 日期
"""


READ = """
附 口径

口径 R1 100万元整算不算
    a 超过
    b 达到

附 名词

定义 收入过线 依 R1
    a 收入 超过 100万元
    b 收入 达到 100万元
"""


def verdicts(*edits: tuple[str, str]) -> dict[str, Verdict]:
    text = POLICY
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    found = diff(loads(POLICY, "old.pol"), loads(text, "new.pol"))
    return {each.provision: each for each in found.comparison.verdicts}


def outcome(verdict: Verdict) -> tuple[str, str]:
    return verdict.who, verdict.how_much


@pytest.mark.parametrize(
    ("edits", "rule", "expected"),
    [
        # more than 100 → at least 100: the enterprise at exactly 100 comes in
        ([("收入 超过 100万元", "收入 达到 100万元")], "增收奖励", ("wider", "same")),
        ([("收入 超过 100万元", "收入 超过 120万元")], "增收奖励", ("narrower", "same")),
        ([("企业规模 为 小型", "企业规模 为 大型")], "增收奖励", ("incomparable", "same")),
        ([("        金额 5万元", "        金额 6万元")], "增收奖励", ("same", "more")),
        ([("        金额 5万元", "        金额 4万元")], "增收奖励", ("same", "less")),
        # the same said otherwise
        ([("收入 超过 100万元", "非 收入 不超过 100万元")], "增收奖励", ("same", "same")),
        ([("企业规模 为 小型", "非 企业规模 为 大型")], "增收奖励", ("same", "same")),
        # two events of one year: 3 of 4 against 4 of 4
        ([("不超过 3万元\n", "不超过 4万元\n")], "认定奖励", ("same", "more")),
        # a cap that two events of 2 each never reach
        ([("不超过 3万元\n", "不超过 5万元\n")], "认定奖励", ("same", "more")),
        ([("        须 已在区内：区内企业\n", "")], "认定奖励", ("wider", "same")),
        # 2 for 1 event and 3 for 2 become 3 and 3
        ([("        金额 2万元", "        金额 4万元")], "认定奖励", ("same", "more")),
        ([("        金额 2万元", "        金额 1万元")], "认定奖励", ("same", "less")),
    ],
)
def test_verdicts(edits: list[tuple[str, str]], rule: str, expected: tuple[str, str]) -> None:
    found = verdicts(*edits)
    assert outcome(found[rule]) == expected and found[rule].why == ""
    (other,) = [each for name, each in found.items() if name != rule]
    assert other.same and other.witnesses == ()


def test_the_witness_stands_on_the_threshold_and_holds_no_more_than_is_needed() -> None:
    (witness,) = verdicts(("收入 超过 100万元", "收入 达到 100万元"))["增收奖励"].witnesses
    assert witness.shows == "gains"
    assert witness.facts == {"企业": {"收入": 1_000_000, "企业规模": "小型"}}
    assert (witness.before.status, witness.after.status) == ("denied", "granted")
    assert (witness.before.amount, witness.after.amount) == (0, 50_000)
    assert [(each.condition, each.holds) for each in witness.before.reasons] == [("收入过线", False)]
    assert [(each.condition, each.holds) for each in witness.after.reasons] == [("收入过线", True)]


def test_a_cap_is_shown_by_two_events_of_one_year() -> None:
    (witness,) = verdicts(("不超过 3万元\n", "不超过 4万元\n"))["认定奖励"].witnesses
    first, second = witness.facts["企业"]["认定"]  # type: ignore[misc]
    assert first["日期"].year == second["日期"].year  # type: ignore[index]
    assert (witness.before.amount, witness.after.amount) == (30_000, 40_000)


def test_a_rule_that_is_gone_and_one_that_is_new() -> None:
    found = verdicts(("奖励 增收奖励", "奖励 增长奖励"))
    assert outcome(found["增长奖励"]) == ("same", "same") and found["增长奖励"].old == "增收奖励"
    gone = "    奖励 增收奖励\n        须 收入过线：收入 超过 100万元\n        须 小型：企业规模 为 小型\n        金额 5万元\n        由 区财政局\n"
    found = verdicts((gone, "    说明 本条作废\n"))
    assert outcome(found["增收奖励"]) == ("narrower", "same")
    assert found["增收奖励"].witnesses[0].after.status == ""


def test_a_fact_that_is_no_longer_worked_out() -> None:
    """Whoever says of what size it is gets the same; of who does not, only the old version knows."""
    given = PAID.replace("    企业规模 规模 推算 划型\n", "    企业规模 规模\n")
    found = diff(loads(PAID, "old.pol"), loads(given, "new.pol"))
    (one,) = found.comparison.verdicts
    assert (one.who, one.how_much, one.why) == ("not_decided", "not_decided", "given")
    assert not found.comparison.same and not found.comparison.decided
    page = "".join(found.to_text().split())
    assert "事实企业规模：推算划型→不推算" in page
    assert "1项规则未能断定。" in page and "含义相同。" not in page
    back = "".join(diff(loads(given, "old.pol"), loads(PAID, "new.pol")).to_text().split())
    assert "事实企业规模：不推算→推算划型" in back


def test_another_default_of_a_reading_is_said_at_the_top() -> None:
    text = POLICY.replace("收入 超过 100万元", "收入过线") + READ
    swapped = text.replace("    a 超过\n    b 达到\n", "    b 达到\n    a 超过\n")
    assert swapped != text
    found = diff(loads(text, "old.pol"), loads(swapped, "new.pol"))
    rules = {each.provision: each for each in found.comparison.verdicts if not each.readings}
    assert outcome(rules["增收奖励"]) == ("wider", "same")  # at exactly 100万元
    answer = found.to_text().split("【逐条说明】")[0]
    assert "口径 R1：缺省 a 超过 → 缺省 b 达到" in answer
    assert "reading R1: by default a 超过 → by default b 达到" in found.to_text("en")


PRICED = """\
政策 某区评审办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 价格扣除
｜对小微企业的报价给予10%的扣除，用扣除后的价格参加评审。
    评审价 评审价格
        须 小微企业
        金额 报价 × 90%
        由 采购人
责任单位 区财政局

附 事实

事实 企业
    小微企业 是否
    报价 金额
"""


def priced(before: str, after: str) -> str:
    assert before in PRICED
    return "".join(diff(loads(PRICED, "old.pol"), loads(PRICED.replace(before, after), "new.pol")).to_text().split())


def test_a_lower_scored_price_is_better_for_the_bidder() -> None:
    lower = priced("报价 × 90%", "报价 × 80%")
    assert "评审价格：评审价有减无增，更有利" in lower and "新版评审价更低的企业" in lower
    assert "少得" not in lower and "数额有" not in lower
    higher = priced("报价 × 90%", "报价 × 95%")
    assert "评审价格：评审价有增无减，更不利" in higher and "新版评审价更高的企业" in higher


def test_what_cannot_be_computed_any_more_is_not_said_to_be_refused() -> None:
    """A bid of nothing divides by nothing: nobody is refused who was not before."""
    page = priced("报价 × 90%", "报价 × 90% × （报价 ÷ 报价）")
    assert "对象收窄，有的企业新版无法计算" in page and "新版无法计算的企业" in page


def test_who_is_refused_and_who_cannot_be_worked_out_are_both_shown() -> None:
    """Who put in or spent nothing has no ratio at all under the one version; who put in or spent as much as was earned is refused by it."""
    old = POLICY.replace("收入 超过 100万元", "收入 ÷ 投入 超过 2").replace(
        "    收入 金额\n", "    收入 金额\n    投入 金额\n    成本 金额\n"
    )
    found = diff(loads(old, "old.pol"), loads(old.replace("收入 ÷ 投入", "收入 ÷ 成本"), "new.pol"))
    (one,) = [each for each in found.comparison.verdicts if not each.same]
    assert (one.who, one.how_much) == ("incomparable", "same")
    assert sorted((each.shows, each.before.status, each.after.status) for each in one.witnesses) == [
        ("gains", "denied", "granted"),
        ("gains", "error", "granted"),
        ("loses", "granted", "denied"),
        ("loses", "granted", "error"),
    ]
    page = "".join(found.to_text().split())
    assert "有的企业旧版无法计算，有的企业新版无法计算" in page


def test_what_both_share_may_matter_to_what_differs() -> None:
    """20元 a month for each 平方米, of 12 months at most now: with an area and a rent that are not below 0 nobody gets more by that."""
    text = POLICY.replace(
        "        日期 日期\n", "        日期 日期\n        面积 平方米\n        租金 元/平方米·月\n        月数 月\n"
    )
    text = text.replace("        金额 2万元", "        金额 标准（租金） × 面积 × 月数").replace(
        "附 事实", "附 名词\n\n定义 标准（某租金：元/平方米·月） 分情形\n    当 某租金 超过 20元/平方米·月 得出 10元/平方米·月\n"
        "    否则 5元/平方米·月\n\n附 事实"
    )  # fmt: skip
    found = diff(loads(text, "old.pol"), loads(text.replace("× 月数", "× 较小（月数，12个月）"), "new.pol"))
    (apart,) = [each for each in found.comparison.verdicts if not each.same]
    assert (apart.provision, *outcome(apart), apart.why) == ("认定奖励", "same", "less", "")


def test_a_bid_that_is_not_looked_at_in_one_version_has_a_price_in_the_other_only() -> None:
    """Of bids that are not reserved, then of those that are: of one bid there is no item at all in the other version."""
    text = PRICED.replace(
        "    评审价 评审价格\n", "    评审价 评审价格\n        逐项 投标\n        其中 单列的：非 预留\n"
    )
    text = text.replace("    报价 金额\n", "    投标 清单\n        项目 文本\n        预留 是否\n        报价 金额\n")
    found = diff(loads(text, "old.pol"), loads(text.replace("非 预留", "预留"), "new.pol"))
    assert [outcome(each) for each in found.comparison.verdicts] == [("incomparable", "same")]
    gains, loses = found.comparison.verdicts[0].witnesses
    assert [gains.facts["企业"]["投标"][0]["预留"], loses.facts["企业"]["投标"][0]["预留"]] == [True, False]  # type: ignore[index]


def test_an_item_that_cannot_be_computed_comes_to_nothing() -> None:
    """Of two recognitions one of which has a base of 0, the new version gives 1万元 for the other; before it was 3万元 (the cap)."""
    less = "        金额 1万元 × （基数 ÷ 基数）"
    text = POLICY.replace("        日期 日期\n", "        日期 日期\n        基数 金额\n")
    found = diff(loads(text, "old.pol"), loads(text.replace("        金额 2万元", less), "new.pol"))
    answer = "".join(found.to_text().split("【逐条说明】")[0].split())
    assert "认定奖励：对象收窄，有的企业新版无法计算，数额有减无增" in answer


def test_a_sum_with_an_item_in_error_that_rises() -> None:
    """Of two recognitions with bases 0 and 1元 the one is 1万元 and the other cannot be computed; later it is 1万元 for each."""
    text = POLICY.replace("        日期 日期\n", "        日期 日期\n        基数 金额\n")
    first = text.replace("        金额 2万元", "        金额 1万元 × （基数 ÷ 基数）")
    # who has a base above 2元 gets less: without the sum with an error it would be said that nobody gets more
    then = text.replace(
        "        金额 2万元", "        金额 分情形\n            当 基数 超过 2元 得出 5000元\n            否则 1万元"
    )
    (found,) = [
        each
        for each in diff(loads(first, "old.pol"), loads(then, "new.pol")).comparison.verdicts
        if each.provision == "认定奖励"
    ]
    assert outcome(found) == ("wider", "incomparable")
    more = next(each for each in found.witnesses if each.shows == "more")
    assert (more.before.complete, more.before.amount, more.after.amount) == (False, 10_000, 20_000)
    assert sorted(each["基数"] > 0 for each in more.facts["企业"]["认定"]) == [False, True]  # type: ignore[attr-defined]


# ---------------------------------------------------------------- the door
@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "旧.pol", tmp_path / "新.pol"
    old.write_text(POLICY, "utf-8")
    new.write_text(POLICY.replace("100万元", "120万元"), "utf-8")
    return str(old), str(new)


def test_the_first_lines_are_the_answer(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files]) == 0
    page = capsys.readouterr().out
    assert "含义有变：1条措施的1项规则，对象或者数额变了（对企业更不利）；其余1项规则含义相同。" in "".join(
        page.split()
    )
    assert "第1条 增收奖励：对象收窄" in page.split("【逐条说明】")[0]
    assert "· 条件 增收奖励　收入过线：100万元 → 120万元" in page
    assert "新版没有了的企业：旧版 给予 50,000.00元；新版 不予" in page


def test_exit_codes(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files, "--exit-code"]) == 1
    assert main(["diff", files[0], files[0], "--exit-code"]) == 0
    faulty = Path(files[1]).with_name("错.pol")
    faulty.write_text(POLICY.replace("金额 5万元", "金额 五"), "utf-8")
    for pair in ((str(faulty), files[1]), (files[0], str(faulty)), (files[0], str(faulty.with_name("没有.pol")))):
        assert main(["diff", *pair, "--exit-code"]) == 2  # 1 would say that the meaning changed
    assert "两版含义相同。" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format", ["md", "html", "text"])
def test_every_format_in_both_languages(
    files: tuple[str, str], format: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *files, "--format", format, "--lang", lang]) == 0
    page = capsys.readouterr().out
    assert ("对象收窄" if lang == "zh" else "fewer enterprises") in page


def test_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["schema"], document["same"], document["decided"]) == ("fayan.diff/1", False, True)
    ((told,),) = [each["changes"] for each in document["measures"]]
    assert (told["kind"], told["before"], told["after"]) == ("must", "100万元", "120万元")
    assert [(each["old"], each["new"]) for each in document["measures"]] == [(1, 1)]
    (changed,) = [each for each in document["verdicts"] if each["who"] != "same"]
    assert (changed["provision"], changed["who"], changed["how_much"]) == ("增收奖励", "narrower", "same")
    (witness,) = changed["witnesses"]
    before = witness["before"]
    assert (before["measure"], before["provision"], before["reading"]) == (1, "增收奖励", {})
    assert (before["status"], before["amount"], before["payable"]) == ("granted", "50000.00", "50000.00")
    assert [(each["condition"], each["holds"]) for each in before["reasons"]] == [("收入过线", True)]
    assert before["facts"]["企业"]["企业规模"] == "小型"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "pair",
    [
        ("policies/yubei_2022.pol", "policies/yubei_2024.pol"),
        ("policies/upstream/六税两费_2022.pol", "policies/upstream/六税两费_2023.pol"),
    ],
)
def test_the_json_keeps_its_schema(pair: tuple[str, str], lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = ROOT
    schema = json.loads((root / "docs/schemas/diff-1.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert main(["diff", *(str(root / each) for each in pair), "--format", "json", "--lang", lang]) == 0
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(schema).validate(document)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate(document | {"headline": 1})


def test_witnesses_are_facts_files(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """100万元 → 120万元: whoever has more than the one and no more than the other drops out."""
    assert main(["diff", *files, "--witnesses", str(tmp_path / "例")]) == 0
    (file,) = (tmp_path / "例").iterdir()
    assert file.name == "第1条_增收奖励_新版没有了.yaml"
    said, command, *_ = file.read_text("utf-8").split("\n")
    assert said == "# 第1条 增收奖励：旧版 给予 50,000.00元；新版 不予"
    on = command.rpartition(" ")[2]
    statuses = []
    for policy in files:
        capsys.readouterr()
        assert main(["eval", policy, "--facts", str(file), "--on", on, "--format", "json"]) == 0
        (measure,) = json.loads(capsys.readouterr().out)["measures"]
        statuses.append(measure["provisions"][0]["status"])
    assert statuses == ["granted", "denied"]


def test_witnesses_run_on_the_version_that_lacks_a_fact(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The new version asks for a licence too, which the old one has never heard of."""
    old, new, folder = tmp_path / "旧.pol", tmp_path / "新.pol", tmp_path / "例"
    old.write_text(POLICY, "utf-8")
    licence = POLICY.replace("        金额 5万元", "        须 有证：有许可证\n        金额 5万元")
    new.write_text(licence.replace("    收入 金额\n", "    收入 金额\n    有许可证 是否\n"), "utf-8")
    assert main(["diff", str(old), str(new), "--witnesses", str(folder)]) == 0
    names = [f"第1条_增收奖励_新版没有了_{side}.yaml" for side in ("旧版", "新版")]
    assert sorted(each.name for each in folder.iterdir()) == sorted(names)
    statuses = []
    for policy, name in zip((old, new), names, strict=True):
        on = (folder / name).read_text("utf-8").split("\n")[1].rpartition(" ")[2]
        capsys.readouterr()
        assert main(["eval", str(policy), "--facts", str(folder / name), "--on", on, "--format", "json"]) == 0
        (measure,) = json.loads(capsys.readouterr().out)["measures"]
        statuses.append(measure["provisions"][0]["status"])
    assert statuses == ["granted", "denied"]


def test_witnesses_that_cannot_be_written(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files, "--witnesses", files[0]]) == 2
    assert "FY7820" in capsys.readouterr().err


def test_the_failing_condition_is_told_with_its_values(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *files]) == 0
    assert "新版不给，因为：收入 120万元，未超过 120万元" in capsys.readouterr().out


def test_a_limit_reached_is_not_decided(
    files: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(meaning, "LIMIT", 1)
    assert main(["diff", *files, "--exit-code"]) == 3
    assert "求解的步数用完了" in capsys.readouterr().out


PAID = """\
政策 某区企业增收奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励增收
｜每次获得认定的给予2万元奖励。
    奖励 认定奖励
        逐次 认定
        须 小型：企业规模 为 小型
        金额 2万元
        由 区财政局
    定义 划为小型 指 收入 不超过 100万元
责任单位 区财政局

附 通则

抵扣 已付
    其中 计入：依据 不为 “旧办法”

附 事实

类型 规模 分 大型、小型

事实 企业
    收入 金额
    企业规模 规模 推算 划型
    认定 清单
        日期 日期
    已付 清单
        措施 整数
        事项 文本
        日期 日期
        金额 金额
        依据 文本

附 名词

定义 划型 分情形
    当 划为小型 得出 小型
    否则 大型
"""


@pytest.mark.parametrize(
    ("edit", "expected", "needed"),
    [
        # whoever earns 100 to 120 and does not say of what size it is
        (("不超过 100万元", "不超过 120万元"), ("wider", "same"), "收入"),
        # what was paid under the old rules is now taken off: nobody gets more, who was paid is left less
        (("    其中 计入：依据 不为 “旧办法”\n", ""), ("same", "less"), "已付"),
    ],
)
def test_facts_worked_out_and_payments(edit: tuple[str, str], expected: tuple[str, str], needed: str) -> None:
    found = diff(loads(PAID, "old.pol"), loads(PAID.replace(*edit), "new.pol"))
    (one,) = found.comparison.verdicts
    assert (one.who, one.how_much, one.why) == (*expected, "")
    assert needed in one.witnesses[0].facts["企业"]
    assert ("企业规模" in one.witnesses[0].facts["企业"]) == (needed == "已付")
    if needed == "收入":
        assert found.comparison.users("划为小型") == ("认定奖励",)
        assert found.comparison.affected("划为小型") == (one,)


def test_readings_that_make_a_difference_only_together() -> None:
    """The second reading is only come to under the other option of the first: 100 or 120 is asked of nobody who changes one alone."""
    nested = POLICY.replace("收入过线：收入 超过 100万元", "收入过线：收入过线") + READ.replace(
        "    b 达到\n", "    b 另计\n口径 R2 另计的线在哪里\n    a 高线\n    b 低线\n"
    ).replace("    b 收入 达到 100万元\n", "    b 依 R2\n        a 收入 超过 200万元\n        b 收入 超过 120万元\n")
    changed = nested.replace("超过 120万元", "超过 110万元")
    found = diff(loads(nested, "old.pol"), loads(changed, "new.pol"))
    told = {each.readings: each.who for each in found.comparison.verdicts if each.provision == "增收奖励"}
    assert told == {
        (): "same",
        (("R1", "b"),): "same",
        (("R2", "b"),): "same",
        (("R1", "b"), ("R2", "b")): "wider",
    }
    assert not found.comparison.same
    page = "".join(found.to_text().split())
    assert (
        "另计）且R2＝b（另计的线在哪里：低线）：对象放宽" in page
    )  # what the options mean, in the words of the policy


def test_a_cap_that_still_holds_is_why_nobody_gets_more() -> None:
    """4 or 6 for each event, of which no year gives more than 3."""
    four = POLICY.replace("        金额 2万元", "        金额 4万元")
    found = diff(loads(four, "old.pol"), loads(four.replace("        金额 4万元", "        金额 6万元"), "new.pol"))
    (one,) = [each for each in found.comparison.verdicts if each.provision == "认定奖励"]
    assert one.same and one.held == ("年度限额",)
    answer = "".join(found.to_text().split("【逐条说明】")[0].split())
    assert "认定奖励：仍受年度限额（3万元）所限，没有人多得或者少得（金额4万元→6万元）" in answer
    assert "still held by 年度限额 (RMB 30,000)" in " ".join(found.to_text("en").split())
    spelled = diff(loads(four, "old.pol"), loads(four.replace("不超过 3万元\n", "不超过 30000元\n"), "new.pol"))
    assert not any(each.held for each in spelled.comparison.verdicts)  # the same cap, spelled otherwise


DISTRICT = """\
政策 某区目标办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 培育目标
｜到2025年，小巨人企业达到23家。
    目标 培育目标 小巨人企业数 达到 23家 截至 2025年
责任单位 区经济信息委

附 事实

事实 全区
    小巨人企业数 家
"""


def test_a_policy_about_the_district_alone() -> None:
    found = diff(loads(DISTRICT, "old.pol"), loads(DISTRICT.replace("23", "25"), "new.pol"))
    (one,) = found.comparison.verdicts
    assert (one.who, one.why) == ("narrower", "")
    (witness,) = one.witnesses
    assert 23 <= witness.facts["全区"]["小巨人企业数"] < 25  # type: ignore[operator]


def test_a_fact_of_another_type_is_why_it_is_not_decided() -> None:
    counted = POLICY.replace("收入 超过 100万元", "收入 超过 100家").replace("    收入 金额", "    收入 家")
    found = diff(loads(POLICY, "old.pol"), loads(counted, "new.pol")).comparison
    (one,) = [each for each in found.verdicts if each.provision == "增收奖励"]
    assert (one.who, one.why) == ("not_decided", "unsupported")
    assert ("fact", "收入") in [(each.change.aspect, each.change.name) for each in found.causes(one)]


def test_a_column_that_only_one_version_has() -> None:
    """有效 gives way to its opposite: who is both valid and void gets it only before, who is neither only now."""
    before = "        日期 日期\n"
    old = POLICY.replace("        须 已在区内", "        须 有效\n        须 已在区内").replace(
        before, before + "        有效 是否\n"
    )
    new = old.replace("须 有效", "须 非 失效").replace("        有效 是否", "        失效 是否")
    found = diff(loads(old, "old.pol"), loads(new, "new.pol"))
    (one,) = [each for each in found.comparison.verdicts if not each.same]
    assert (one.provision, one.who, one.why) == ("认定奖励", "incomparable", "")
    rows = {each.shows: each.facts["企业"]["认定"][0] for each in one.witnesses}  # type: ignore[index]
    assert (rows["gains"]["有效"], rows["gains"]["失效"]) == (False, False)
    assert (rows["loses"]["有效"], rows["loses"]["失效"]) == (True, True)
    assert "有效 是，失效 是" in found.to_text()
    sides = [witness.before.facts["企业"]["认定"] for witness in one.witnesses]
    assert all("失效" not in row for rows in sides for row in rows)  # type: ignore[attr-defined]


def test_what_is_open_under_another_reading_says_which_limit() -> None:
    """100万元 counts under R1 b, and in the new version 99万元 does; as if the solver had not come to the end of it."""
    old = POLICY.replace("收入过线：收入 超过 100万元", "收入过线") + READ
    found = diff(loads(old, "old.pol"), loads(old.replace("达到 100万元", "达到 99万元"), "new.pol")).comparison
    default, other = (each for each in found.verdicts if each.provision == "增收奖励")
    assert default.same and (other.readings, other.who) == ((("R1", "b"),), "wider")
    beyond = evolve(other, who="not_decided", how_much="not_decided", why="limit", witnesses=())
    view = diff_view(evolve(found, verdicts=tuple(beyond if each is other else each for each in found.verdicts)), "zh")
    ((_, (line,)),) = [each for each in view.answer if each[0] == "未能断定的"]
    assert line.count("求解的步数用完了") == 1 and "口径 R1＝b" in line
    ((verdict,),) = [each.verdicts for each in view.measures]
    assert verdict.says.count("求解的步数用完了") == 1


def test_thresholds_less_than_a_fen_apart() -> None:
    """Above 1,000,000 and from 1,000,000.01 on: between them lies no whole 分, and yet what eval takes."""
    found = verdicts(("收入过线：收入 超过 100万元", "收入过线：收入 达到 1000000.01元"))["增收奖励"]
    assert outcome(found) == ("narrower", "same")
    income = found.witnesses[0].facts["企业"]["收入"]
    assert 1_000_000 < income < Fraction("1000000.01")  # type: ignore[operator]


def test_a_rate_of_growth_multiplied_out() -> None:
    """More than 20% above last year's is more than 1.2 times last year's, but for a year that came to nothing: of that no rate can be worked out."""
    text = POLICY.replace("收入 超过 100万元", "收入 ÷ 上年收入 - 1 超过 20%").replace(
        "收入 金额\n", "收入 金额\n    上年收入 金额\n"
    )
    new = text.replace("收入 ÷ 上年收入 - 1 超过 20%", "收入 超过 上年收入 × 1.2")
    found = next(
        each
        for each in diff(loads(text, "old.pol"), loads(new, "new.pol")).comparison.verdicts
        if each.provision == "增收奖励"
    )
    assert (outcome(found), found.why) == (("wider", "same"), "")
    assert found.witnesses[0].facts["企业"]["上年收入"] == 0


def test_a_minimum_that_a_limit_makes_useless() -> None:
    """30,000 at most of each event, where all of a year come to 30,000 at most; of 20,000 each, 15,000 at most is less."""
    given = "        金额 2万元\n        由 区财政局\n    限额"
    for least, expected in (("3万元", ("same", "same")), ("1.5万元", ("same", "less"))):
        found = verdicts((given, given.replace("2万元", f"较小（2万元，{least}）")))["认定奖励"]
        assert outcome(found) == expected
