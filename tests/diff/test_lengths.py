"""How long lists are: what only shows with many items is found, what is the same for lists of any length is proved so, and what was looked
into only with short lists is never called the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from fayan.cli import main
from fayan.policy import loads
from fayan.versions import Diff, diff
from fayan_runtime.verdicts import Verdict
from tests.diff.test_meaning import POLICY, outcome, verdicts

CAP = "        不超过 3万元\n"
FEW = "        须 小型：企业规模 为 小型\n"
DATED = "        须 已在区内：区内企业\n"


def few(condition: str) -> tuple[str, str]:
    return FEW, f"{FEW}        须 次数：{condition}\n"


def rows(verdict: Verdict) -> int:
    return len(verdict.witnesses[0].facts["企业"]["认定"])  # type: ignore[arg-type]


@pytest.mark.parametrize("most", [2, 3, 4])
def test_a_count_is_exceeded_by_one(most: int) -> None:
    found = verdicts(few(f"认定 中 个数 不超过 {most}"))["增收奖励"]
    assert outcome(found) == ("narrower", "same") and rows(found) == most + 1


def test_a_cap_is_exceeded_by_as_many_events_as_it_takes() -> None:
    """Events of 2万元: three come to 6万元, of which 5万元 were paid before."""
    text = POLICY.replace(CAP, "        不超过 5万元\n")
    changed = text.replace("不超过 5万元", "不超过 7万元")
    (found,) = [each for each in compared(text, changed).comparison.verdicts if not each.same]
    assert outcome(found) == ("same", "more") and rows(found) == 3
    assert (found.witnesses[0].before.amount, found.witnesses[0].after.amount) == (50_000, 60_000)


def test_a_cap_put_where_none_was() -> None:
    """Four events of 2万元 come to 8万元; the cap lets through 7万元."""
    block = "    限额 年度限额 每户每年\n        不超过 3万元\n        及于 认定奖励\n"
    text = POLICY.replace("，每家企业每年不超过3万元", "").replace(block, "")
    capped = text.replace("责任单位 区财政局\n", block.replace("3万元", "7万元") + "责任单位 区财政局\n")
    (found,) = [each for each in compared(text, capped).comparison.verdicts if not each.same]
    assert outcome(found) == ("same", "less") and rows(found) == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # of each item the same is asked in other words
        (DATED + "        须 新的：日期 不早于 2024年1月1日\n", DATED + "        须 新的：日期 晚于 2023年12月31日\n"),
        # of all items the same is asked in other words
        (
            few("认定 中 日期 不早于 2024年1月1日 的 个数 不超过 9")[1],
            few("认定 中 日期 晚于 2023年12月31日 的 个数 不超过 9")[1],
        ),
    ],
)
def test_the_same_for_lists_of_any_length(before: str, after: str) -> None:
    first = DATED if before.startswith(DATED) else FEW
    found = compared(POLICY.replace(first, before), POLICY.replace(first, after))
    assert [(each.same, each.bound) for each in found.comparison.verdicts] == [(True, None), (True, None)]


def test_what_takes_longer_lists_than_were_looked_into_is_not_called_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It takes 21 events to exceed 20."""
    before, after = few("认定 中 个数 不超过 20")
    found = compared(POLICY, POLICY.replace(before, after))
    (verdict,) = [each for each in found.comparison.verdicts if not each.same]
    # whoever gets something gets as much: the same is what is proved for any number, and nothing else
    assert (verdict.provision, verdict.why, *outcome(verdict)) == ("增收奖励", "bound", "not_decided", "same")
    assert not found.comparison.same and not found.comparison.decided and not found.comparison.changed
    page = "".join(found.to_text().split())
    assert "1项规则未能断定" in page and "两版含义相同" not in page and f"至多{verdict.bound}条" in page
    files = [tmp_path / "旧.pol", tmp_path / "新.pol"]
    for path, text in zip(files, (POLICY, POLICY.replace(before, after)), strict=True):
        path.write_text(text, "utf-8")
    assert main(["diff", *map(str, files), "--exit-code"]) == 3


def compared(old: str, new: str) -> Diff:
    assert old != new
    return diff(loads(old, "old.pol"), loads(new, "new.pol"))
