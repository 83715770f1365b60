"""Types with other members: what one version alone has a word for, the other is asked without; a member with another name is no other."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import z3
from attrs import evolve

from fayan.cli import main
from fayan.policy import loads
from fayan.versions import Diff, diff
from fayan.witness_files import write_witnesses
from fayan_compiler.diff.members import Words
from fayan_compiler.diff.replay import ENTITLED
from fayan_compiler.targets.smt.expressions import Formulas
from fayan_compiler.targets.smt.normal import Normal
from fayan_compiler.targets.smt.rules import Rules
from fayan_compiler.targets.smt.slices import Slices
from fayan_compiler.targets.smt.store import Store
from fayan_compiler.targets.smt.world import Unsupported
from fayan_runtime import ir, reference
from fayan_runtime.values import Facts, Unknown
from fayan_runtime.verdicts import Verdict
from fayan_runtime.walk import inside
from tests.diff.test_formulas import YEARS, Told, known, series_given, twice
from tests.randomly import facts as random_facts
from tests.randomly import programs

POLICY = """\
政策 某区挂牌奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 奖励挂牌
｜每次挂牌给予2万元奖励。
    奖励 挂牌奖励
        逐次 挂牌
        金额 2万元
        由 区财政局
｜第二次挂牌另给3万元。
    奖励 再次奖励
        逐次 挂牌
        须 第二次：次序 为 2
        金额 3万元
        由 区财政局
｜电子企业给予1万元奖励。
    奖励 电子奖励
        须 属于电子：产业领域 含 电子
        金额 1万元
        由 区财政局
｜在北交所上市的企业给予4万元奖励。
    奖励 上市奖励
        须 在北交所：已有 交易所 且 交易所 为 北交所
        金额 4万元
        由 区财政局
｜企业按规模给予奖励。
    奖励 规模奖励
        须 够条件：规模系数 达到 1
        金额 5万元
        由 区财政局
责任单位 区财政局

附 名词

定义 规模系数 按 企业规模
    小型 1
    大型 0

附 事实

类型 板块名 分 成长板、专精特新板
类型 领域 分 汽车、电子
类型 所 分 深交所、北交所
类型 规模 分 大型、小型

事实 企业
    产业领域 若干 领域
    交易所 所 可无
    企业规模 规模
    挂牌 清单
        板块 板块名
        日期 日期
"""
TYPE = "分 成长板、专精特新板"


def compared(*edits: tuple[str, str]) -> Diff:
    changed = POLICY
    for before, after in edits:
        assert before in changed
        changed = changed.replace(before, after)
    return diff(loads(POLICY, "old.pol"), loads(changed, "new.pol"))


def apart(found: Diff) -> dict[str, tuple[str, str, str]]:
    """The rules that are not the same."""
    verdicts = [each for each in found.comparison.verdicts if not each.same]
    return {each.provision: (each.who, each.how_much, each.why) for each in verdicts}


def the(found: Diff, rule: str) -> Verdict:
    return next(each for each in found.comparison.verdicts if each.provision == rule)


# ---------------------------------------------------------------- rows
def test_a_row_that_only_the_new_version_has_a_word_for() -> None:
    """A listing on 科创板: 2万元 in the new version, no listing at all in the old. Of two it makes a second one; of three the second
    may be one before the policy took effect, where it was the third without."""
    found = compared((TYPE, f"{TYPE}、科创板"))
    again = ("incomparable", "not_decided", "bound")  # 3万元 is 3万元, but of which listing no proof says
    assert apart(found) == {"挂牌奖励": ("wider", "more", ""), "再次奖励": again}
    gains, more = the(found, "挂牌奖励").witnesses
    assert [each["板块"] for each in gains.facts["企业"]["挂牌"]] == ["科创板"]  # type: ignore[attr-defined]
    assert (gains.before.amount, gains.after.amount) == (0, 20_000)
    assert (more.before.amount, more.after.amount) == (20_000, 40_000)
    page = "".join(found.to_text().split())
    assert "旧版没有“科创板”这一类，填不进去，按没有填算" in page and "板块名增加科创板" in page
    assert "Old: has no word for “科创板” and is asked without it" in " ".join(found.to_text("en").split())


def test_a_row_that_only_the_old_version_has_a_word_for() -> None:
    """With a listing on 专精特新板 that is not there in the new version, the second may become the first; and of three the third, since the
    policy took effect, may become the second."""
    found = compared((TYPE, "分 成长板"))
    again = ("incomparable", "not_decided", "bound")
    assert apart(found) == {"挂牌奖励": ("narrower", "less", ""), "再次奖励": again}
    assert [len(each.facts["企业"]["挂牌"]) for each in the(found, "再次奖励").witnesses] == [3, 2]  # type: ignore[arg-type]


def test_a_row_that_stands_in_the_way_of_another() -> None:
    """The first listing is paid, if it is on 成长板: one on 科创板 before it is none for the old version, for the new it is the first."""
    first = POLICY.replace(
        "        逐次 挂牌\n        金额 2万元", "        逐次 挂牌\n        须 第一次：次序 为 1\n        金额 2万元"
    )
    kept = first.replace(
        "        须 第一次：次序 为 1\n", "        须 第一次：次序 为 1\n        须 老板块：板块 为 成长板\n"
    )
    found = diff(loads(kept, "old.pol"), loads(kept.replace(TYPE, f"{TYPE}、科创板"), "new.pol"))
    assert apart(found)["挂牌奖励"] == ("narrower", "not_decided", "bound")


# ---------------------------------------------------------------- single facts
@pytest.mark.parametrize(
    ("edits", "rule", "value"),
    [
        ([("分 汽车、电子", "分 汽车、电子、低空经济"), ("含 电子", "含 电子、低空经济")], "电子奖励", ["低空经济"]),
        (
            [("分 深交所、北交所", "分 深交所、北交所、港交所"), ("交易所 为 北交所", "交易所 属于 北交所、港交所")],
            "上市奖励",
            "港交所",
        ),
        ([("分 大型、小型", "分 大型、小型、微型"), ("    大型 0", "    大型 0\n    微型 1")], "规模奖励", "微型"),
    ],
)
def test_a_member_added_and_used(edits: list[tuple[str, str]], rule: str, value: object) -> None:
    """Whoever is such a thing is entitled by the new version; the old cannot say it of anybody."""
    found = compared(*edits)
    assert apart(found) == {rule: ("wider", "same", "")}
    (witness,) = the(found, rule).witnesses
    assert value in witness.facts["企业"].values() and witness.after.status == "granted"
    back = diff(found.policies[1], found.policies[0])
    assert apart(back) == {rule: ("narrower", "same", "")}


@pytest.mark.parametrize(
    "edit", [("分 汽车、电子", "分 汽车、电子、低空经济"), ("分 深交所、北交所", "分 深交所、北交所、港交所")]
)
def test_a_member_that_no_rule_speaks_of(edit: tuple[str, str]) -> None:
    """Nobody gets another amount; but another thing can be filled in."""
    found = compared(edit)
    assert apart(found) == {} and found.comparison.decided and not found.comparison.same
    assert "对谁、给多少相同，其他方面有变：类型" in "".join(found.to_text().split())


def test_what_is_not_said_by_its_name_is_not_granted_by_the_old_version() -> None:
    """All but 大型: 微型 is none of the old version, which decides nothing of it."""
    text = POLICY.replace("够条件：规模系数 达到 1", "够条件：企业规模 不为 大型").replace(
        "附 名词\n\n定义 规模系数 按 企业规模\n    小型 1\n    大型 0\n\n", ""
    )
    found = diff(loads(text, "old.pol"), loads(text.replace("分 大型、小型", "分 大型、小型、微型"), "new.pol"))
    assert apart(found) == {"规模奖励": ("wider", "same", "")}
    (witness,) = the(found, "规模奖励").witnesses
    assert witness.before.status == "unknown" and witness.facts["企业"] == {"企业规模": "微型"}


# ---------------------------------------------------------------- names
def test_a_member_with_another_name_at_the_same_place_and_used_alike() -> None:
    found = compared(("北交所", "北京证券交易所"))
    assert apart(found) == {} and found.comparison.decided and not found.comparison.same
    assert found.comparison.members == (("所", "北交所", "北京证券交易所"),)
    page = "".join(found.to_text().split())
    assert "类型所：北交所→北京证券交易所（位置、用法没有变，看作只改了名称；填报要用新的名称）" in page


@pytest.mark.parametrize(
    "edits",
    [
        [
            ("分 深交所、北交所", "分 深交所、北京证券交易所"),
            ("须 在北交所：已有 交易所 且 交易所 为 北交所", "须 在北交所：已有 交易所"),
        ],
        [("分 汽车、电子", "分 汽车、元宇宙"), ("须 属于电子：产业领域 含 电子", "须 属于电子：产业领域 含 汽车")],
        [("分 成长板、专精特新板", "分 成长板、科创板")],  # of neither is anything asked, and the names are not alike
    ],
)
def test_a_member_that_is_another(edits: list[tuple[str, str]]) -> None:
    found = compared(*edits)
    assert found.comparison.members == () and apart(found)


# ---------------------------------------------------------------- run again
@pytest.mark.parametrize(
    "edits",
    [
        [(TYPE, f"{TYPE}、科创板")],
        [("分 大型、小型", "分 大型、小型、微型"), ("    大型 0", "    大型 0\n    微型 1")],
        [("分 大型、小型", "分 大型、微小型"), ("    小型 1", "    微小型 1"), ("达到 1", "不超过 1")],
    ],
)
def test_the_files_of_an_example_can_be_decided_by_each_version(
    edits: list[tuple[str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = compared(*edits)
    texts = {"旧版": POLICY, "新版": found.policies[1].tree.source.text}
    names = write_witnesses(found.comparison, str(tmp_path))
    assert names
    for name in names:
        for side, text in texts.items():
            if side in name or not name.endswith(("_旧版.yaml", "_新版.yaml")):
                (tmp_path / "a.pol").write_text(text, "utf-8")
                day = (tmp_path / name).read_text("utf-8").split("--on ")[1].split()[0]
                asked = ["eval", str(tmp_path / "a.pol"), "--facts", str(tmp_path / name), "--on", day]
                capsys.readouterr()
                assert main(asked) == 0, capsys.readouterr().err


# ---------------------------------------------------------------- formulas
def without(value: Any, declared: ir.FactDecl, lacking: dict[str, tuple[str, ...]]) -> Any:
    """What a version is told of a fact, said once more: rows left out, sets cut, none or not known."""
    lacks = lacking.get(declared.type.name, ())
    if declared.fields and isinstance(value, list):
        kinds = {each.name: each.type for each in declared.fields}
        return [
            row
            for row in value
            if not any(
                kinds[key].kind == "enum" and each in lacking.get(kinds[key].name, ()) for key, each in row.items()
            )
        ]
    if isinstance(value, frozenset):
        return value - {*lacks}
    if declared.type.kind == "enum" and value in lacks:
        return None if declared.type.optional else Unknown(frozenset({(0, 0, 0, declared.name)}))
    return value


def less(program: ir.Program, random: Random) -> ir.Program:
    """As if it had no word for one member of each type."""
    enums = (
        evolve(each, members=tuple(sorted({*each.members} - {random.choice(each.members)}))) for each in program.enums
    )
    return evolve(program, enums=tuple(enums))


def disagreement(whole: ir.Program, facts: Facts, seed: int) -> object:
    """The first rule of which the formulas say something else than the reference does of what the version is told."""
    words = Words(less(whole, Random(seed)), whole)
    own = {
        scope.name: {
            each.name: without(facts.scopes[scope.name][each.name], each, words.lacking) for each in scope.facts
        }
        for scope in whole.scopes
    }
    readings = random_facts.random_readings(whole, seed)
    day = date(2025, 12, 31)
    decided = reference.decide(words.program, Facts(own, facts.subject), day, readings)
    slices = Slices(Normal(Store(), words.of_both, readings))
    formulas = Formulas(slices.normal.store, Told((words.program, whole), 4, YEARS, facts=facts, day=day))
    for rule in whole.provisions:
        mine = decided.measures[rule.measure].provisions[rule.name]
        try:
            said = Rules(formulas, slices.slice(rule.name)).outcome(set_off=True)
        except Unsupported:
            continue
        if z3.is_true(z3.simplify(said.entitled)) != (mine.status in ENTITLED):
            return rule.name, mine.status
    return None


def random_one(seed: int) -> object:
    program = programs.random_program(seed, 1 + seed % 6, seed % 6)
    facts = known(random_facts.random_facts(seed, 0.0))
    lacking = {one for each in Words(less(program, Random(seed)), program).lacking.values() for one in each}
    named = any(isinstance(each, ir.Contains) and lacking & {*each.members} for each in inside(program))
    # that a set has what there is no word for cannot be asked
    return None if named or twice(program) or not series_given(facts) else disagreement(program, facts, seed)


def test_a_version_over_the_words_of_both_says_what_the_reference_says_of_what_it_is_told() -> None:
    """For enterprises that are things of which it has no word: entitled or not, rule by rule of random programs."""
    assert [found for seed in range(200) if (found := random_one(seed)) is not None] == []


@pytest.mark.parametrize("part", ["_row_told", "_single"])
def test_a_part_left_out_is_noticed(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left_out: dict[str, Any] = {"_row_told": lambda *_: None, "_single": lambda _, expr, *__, **___: expr}
    monkeypatch.setattr(Words, part, left_out[part])
    assert any(random_one(seed) is not None for seed in range(400))
