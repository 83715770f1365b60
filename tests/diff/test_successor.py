"""A document that takes the place of another from a later day: what happened before is still the other's, and is not lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fayan.policy import loads
from fayan.versions import Diff, diff
from fayan_runtime.explain.diff.view import diff_view
from fayan_runtime.verdicts import Verdict

TEXT = """政策 某市奖励办法
    文号 {number}
    发文机关 某市人民政府
    成文日期 2020年12月1日
    施行日期 {first}
{headers}
措施 1 奖励挂牌
奖励 挂牌奖励
    逐次 挂牌
    有效期 自 起日
{must}    金额 {amount}
    由 市财政局
责任单位 市财政局
定义 起日 指 {first}

附 事实

事实 企业
    大型 是否
    挂牌 清单
        日期 日期
"""


def compared(
    *headers: str,
    old: tuple[str, ...] = (),
    amounts: tuple[str, str] = ("10万元", "10万元"),
    must: tuple[str, str] = ("", ""),
) -> Diff:
    """From 2022年1月1日 on, and then from 2023年1月1日 on."""
    numbers, firsts = ("某发〔2021〕1号", "某发〔2022〕9号"), ("2022年1月1日", "2023年1月1日")
    texts = [
        TEXT.format(
            number=number, first=first, amount=amount, must=f"    须 {each}\n" if each else "",
            headers="".join(f"    {line}\n" for line in lines),
        )
        for number, first, amount, each, lines in zip(numbers, firsts, amounts, must, (old, headers), strict=True)
    ]  # fmt: skip
    return diff(*(loads(text, name) for text, name in zip(texts, ("old.pol", "new.pol"), strict=True)))


def verdict(found: Diff) -> Verdict:
    (one,) = found.comparison.verdicts
    return one


@pytest.mark.parametrize("header", ["前版 某发〔2021〕1号", "废止 某发〔2021〕1号"])
@pytest.mark.parametrize(
    ("amounts", "must", "who", "how_much"),
    [
        (("10万元", "12万元"), ("", ""), "same", "more"),
        (("10万元", "8万元"), ("", ""), "same", "less"),
        (("10万元", "10万元"), ("大型", ""), "wider", "same"),
        (("10万元", "8万元"), ("大型", ""), "wider", "less"),
        (("10万元", "10万元"), ("", "大型"), "narrower", "same"),
    ],
)
def test_events_since_are_compared(
    header: str, amounts: tuple[str, str], must: tuple[str, str], who: str, how_much: str
) -> None:
    """With the year 2022 each of them would be narrower too, and give less for two events of which one is of that year."""
    one = verdict(compared(header, amounts=amounts, must=must))
    assert (one.who, one.how_much, one.since) == (who, how_much, date(2023, 1, 1))
    for each in one.witnesses:
        rows = each.facts["企业"]["挂牌"]
        assert all(row["日期"] >= date(2023, 1, 1) for row in rows)  # type: ignore[attr-defined]
    assert not one.taken_over


def test_where_only_the_beginning_is_another_that_is_told() -> None:
    found = compared("前版 某发〔2021〕1号")
    one = verdict(found)
    assert (one.who, one.how_much, one.since) == ("narrower", "less", date(2023, 1, 1))
    assert all(min(row["日期"] for row in each.facts["企业"]["挂牌"]).year == 2022 for each in one.witnesses)  # type: ignore[attr-defined]
    said = "".join(found.to_text().split())
    assert one.taken_over and not found.comparison.same
    assert "【结论】1项规则自新文件接管之日起，对谁、给多少不变。" in said
    assert "只是改由新文件管的·第1条挂牌奖励：自2023年1月1日起的事，对谁、给多少不变，此前的事仍归旧文件（" in said
    assert "仍归旧文件的事：旧版给予100,000.00元；新版不在期内" in said
    assert not any(each in said for each in ("含义有变", "对象收窄", "不利", "新版没有了的企业"))
    english = " ".join(found.to_text("en").split())
    assert "the same for whom and how much from the day the new document takes over" in english


@pytest.mark.parametrize(
    ("headers", "old"),
    [
        ((), ()),  # another document, of which nothing says that it takes the place of the first
        (("前版 某发〔2021〕1号",), ("有效期至 2022年6月30日",)),  # nobody governs the second half of 2022
    ],
)
def test_what_is_lost_is_told_where_no_older_document_governs_it(
    headers: tuple[str, ...], old: tuple[str, ...]
) -> None:
    one = verdict(compared(*headers, old=old, amounts=("10万元", "12万元")))
    assert one.since is None and one.who == "narrower" and one.how_much == "incomparable"


def test_of_enterprises_it_is_said_that_not_all_that_is_less_is_lost(tmp_path: Path) -> None:
    """One with an event of 2022, 10万元 and nothing; one with an event of 2023, 10万元 and 12万元."""
    keys = ("91350100M000100Y43", "91500112MA0FY00739")
    (tmp_path / "企业.csv").write_text("统一社会信用代码,大型\n" + "".join(f"{key},否\n" for key in keys), "utf-8")
    rows = [f"{key},{year}-03-01\n" for key, year in zip(keys, (2022, 2023), strict=True)]
    (tmp_path / "挂牌.csv").write_text("统一社会信用代码,日期\n" + "".join(rows), "utf-8")
    found = compared("前版 某发〔2021〕1号", amounts=("10万元", "12万元")).over([tmp_path], "2024-12-31")
    view = diff_view(found.comparison, "zh")
    assert view.people == (
        "对所给的2家企业：得益1家，受损1家；奖励、补助合计减少80,000.00元；2023年1月1日以前的事仍归旧文件，新版不含。"
    )
    rules = next(each for each in view.sections if each.key == "rules")
    assert "挂牌奖励：2023年1月1日以前的事仍归旧文件，新版一栏不含，少的不都是受损。" in rules.notes
