"""What the parser says of faulty texts, where, and that it goes on."""

import random
from pathlib import Path

import attrs
import pytest

from fayan_dsl import problems as syntax
from fayan_dsl import tree
from fayan_dsl.headings import with_headings
from fayan_dsl.parse import LARGEST, MOST, parse
from fayan_dsl.problem import Applicability, Problem
from fayan_dsl.source import Source
from tests.dsl.samples import CHINESE, HEAD, RULE, marked, read, sound


def ruled(*clauses: str) -> str:
    """A policy whose rule has these clauses, after a sound 逐次."""
    return HEAD + "    奖励 首次认定\n        逐次 认定记录\n" + "".join(f"        {clause}\n" for clause in clauses)


ONE_FAULT = [
    ("须 日期 不早于 2023年2月30日", "FY1013", "2023年2月30日"),
    ("须 日期 不早于 2023年13月", "FY1013", "2023年13月"),
    ("须 日期 不早于 2月30日", "FY1014", "2月30日"),
    ("金额 10万园", "FY1012", "万园"),
    ("金额 12个月内", "FY1012", "个月内"),
    ("须 （产值 超过 3元", "FY1015", "（"),
    ("须 （产值 超过 3元 「给予」", "FY1015", "（"),
    ("须 产值 超过 3元）", "FY1016", "）"),
    ("须 “甲", "FY1017", "“"),
    ("须 区内企业 「给予", "FY1017", "「"),
    ("须 区内企业 且 产值 或 租金", "FY1018", "或"),
    ("须 区内企业 或 （产值 且 租金） 且 租金", "FY1018", "且"),
    ("须日期 不早于2022年1月1日", "FY1019", "须日期"),
    ("须 租金超过20元/平方米·月", "FY1019", "租金超过20元/平方米·月"),
    ("须 产值超过租金", "FY1019", "产值超过租金"),
    ("由区财政局", "FY1019", "由区财政局"),
    ("金客 10万元", "FY1008", "金客"),
    ("必须 区内企业", "FY1025", "必须"),
    ("甲乙丙丁 3", "FY1009", "甲乙丙丁"),
    ("措施 3 甲", "FY1009", "措施"),
    ("须 产值 租金", "FY1010", "租金"),
    ("须 产值 超过", "FY1011", "超过"),
    ("阶段 甲 3元", "FY1011", "3元"),
    ("须 产值 超过 3元。", "FY1021", "。"),
    ("金额 按 级别", "FY1006", "金额 按 级别"),
    ("须 产值 在 3元 超过", "FY1010", "超过"),
    ("须 产值 超过 -", "FY1010", "-"),
    ("金额 " + "1" * 5000, "FY1010", "1" * 5000),
    ("须 " + "产值超过" * 20 + " 产值", "FY1010", "产值"),
]


@pytest.mark.parametrize(("clause", "code", "under"), ONE_FAULT)
def test_one_fault_one_message_where_the_finger_goes(clause: str, code: str, under: str) -> None:
    text = ruled(clause, "由 某局" if not clause.startswith("由") else "须 区内企业")
    assert marked(text) == [(code, under)]
    policy, _ = read(text)
    rule = policy.measures[0].passages[0].annotations[0]
    assert isinstance(rule, tree.Rule) and rule.each is not None
    assert rule.payer or rule.must


def test_each_fault_is_told_once_in_one_run() -> None:
    clauses = [clause for clause, code, _ in ONE_FAULT if code not in ("FY1006", "FY1008", "FY1012")]
    found = marked(ruled(*[clause for clause in clauses if not clause.startswith("由")], "由 某局"))
    expected = [(code, under) for clause, code, under in ONE_FAULT if clause in clauses and not clause.startswith("由")]
    assert found == expected


def test_a_block_that_is_missing_at_the_end_of_a_file_is_told() -> None:
    assert marked(HEAD + "示例 甲\n    评估日 2025年1月1日\n    设 产值 1元\n    设 认定记录\n") == [
        ("FY1006", "设 认定记录")
    ]
    assert marked(ruled("须 区内企业", "金额 按 级别")) == [("FY1006", "金额 按 级别")]


def test_a_value_that_cannot_be_read_leaves_a_hole() -> None:
    policy, _ = read(ruled("须 够大：产值 超过 10万园", "金额 按 级别 级别", "    市级 3元"))
    rule = policy.measures[0].passages[0].annotations[0]
    assert isinstance(rule, tree.Rule)
    assert rule.must[0].label is not None and rule.must[0].label.text == "够大"
    assert isinstance(rule.must[0].value.expr, tree.Compare)
    assert isinstance(rule.must[0].value.expr.right, tree.Hole)
    assert rule.amount is not None and isinstance(rule.amount.expr, tree.Hole)


def test_an_error_takes_along_what_hangs_under_it() -> None:
    text = ruled("甲乙丙丁", "    戊 己 庚", "    辛 壬", "金额 3元")
    assert marked(text) == [("FY1009", "甲乙丙丁")]
    policy, _ = read(text)
    assert {"甲乙丙丁", "戊", "壬"} <= policy.unread


def test_a_block_whose_lines_are_all_bad_goes_silently() -> None:
    text = HEAD + "    奖励 首次认定\n        甲乙丙丁\n    职责 乙\n        甲乙丙丁\n"
    assert marked(text) == [("FY1009", "甲乙丙丁")] * 2
    policy, _ = read(text)
    assert "首次认定" in policy.unread
    (duty,) = policy.measures[0].passages[0].annotations
    assert isinstance(duty, tree.Duty) and duty.checks == ()


def test_a_sentence_stays_when_what_rests_on_it_does_not() -> None:
    policy, problems = read(HEAD + "    甲乙丙丁\n｜又一句。\n")
    assert [p.code for p in problems] == ["FY1009"]
    assert [s.text for p in policy.measures[0].passages for s in p.sentences] == [
        "对区内企业，给予10万元。",
        "又一句。",
    ]


def test_a_heading_without_its_title_is_still_a_heading() -> None:
    text = RULE + "措施 6\n｜又一句。\n责任单位 甲\n措施 （7 乙\n责任单位 甲\n"
    assert marked(text) == [("FY1011", "6"), ("FY1010", "（")]
    policy, _ = read(text)
    assert [m.number for m in policy.measures] == [5, 6, -1]


def test_a_lost_heading_makes_no_second_fault() -> None:
    assert marked(RULE + "责任单位 甲\n18 乙\n｜又一句。\n责任单位 丙\n") == [("FY1009", "18")]


def test_indentation() -> None:
    tabbed = RULE.replace("        须", "\t\t须").replace("        金额", "    \t金额")
    policy, problems = read(tabbed)
    assert [p.code for p in problems] == ["FY1003"]
    assert policy == sound(RULE)
    assert applied(tabbed, problems[0]) == RULE
    assert marked(RULE.replace("        须", "      须")) == [("FY1005", "须")]
    assert marked(RULE.replace("        须", "            须")) == [("FY1004", "须")]
    assert marked(RULE.replace("        须 区内企业", "            甲 乙 丙")) == [("FY1004", "甲")]
    indented = RULE.replace("｜对", "    ｜对")
    policy, problems = read(indented)
    assert [p.code for p in problems] == ["FY1022"] and policy == sound(RULE)
    assert applied(indented, problems[0]) == RULE


def test_a_first_line_that_alone_stands_too_far_in_is_the_odd_one() -> None:
    text = RULE.replace("        逐次", "         逐次")
    policy, problems = read(text)
    assert marked(text) == [("FY1005", "逐次")] and policy == sound(RULE)
    assert applied(text, problems[0]) == RULE


#: A rule with a limit after it, an example, and another measure.
SEVERAL = (
    RULE
    + """    限额 甲限额 每户
        不超过 10万元
        及于 首次认定
示例 一例
    评估日 2025年6月30日
    则 首次认定 不适用
措施 2 再给予奖励
｜再给予奖励。
    倡导 没有数字
责任单位 某局
"""
)


@pytest.mark.parametrize(
    ("right", "wrong", "at"),
    [
        ("    奖励 首次", "  奖励 首次", "奖励"),
        ("    奖励 首次", "      奖励 首次", "奖励"),
        ("    限额 甲限额", "     限额 甲限额", "限额"),
        ("    限额 甲限额", "   限额 甲限额", "限额"),
        ("示例 一例", " 示例 一例", "示例"),
        ("措施 2", " 措施 2", "措施"),
        ("责任单位 某局", "  责任单位 某局", "责任单位"),
    ],
)
def test_the_line_that_stands_wrongly_is_told_alone_and_moved(right: str, wrong: str, at: str) -> None:
    text = SEVERAL.replace(right, wrong)
    policy, problems = read(text)
    assert text != SEVERAL and marked(text) == [("FY1005", at)]
    assert policy == sound(SEVERAL) and applied(text, problems[0]) == SEVERAL


def applied(text: str, problem: Problem) -> str:
    for edit in sorted(problem.fixes[0].edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def test_safe_fixes_make_what_was_read() -> None:
    for clause in ("须日期 不早于2022年1月1日", "须 租金超过20元/平方米·月", "须 产值超过租金且区内企业"):
        text = ruled(clause)
        policy, (problem,) = read(text)
        assert problem.fixes[0].applicability is Applicability.SAFE
        assert sound(applied(text, problem)) == policy


def test_guesses_are_not_safe() -> None:
    for clause in ("金客 10万元", "由区财政局", "金额 10万园", "须 （区内企业", "须 区内企业）"):
        _, (problem,) = read(ruled(clause))
        assert problem.fixes[0].applicability is Applicability.UNSAFE
    text = ruled("金客 10万元")
    policy, (problem,) = read(text)
    assert sound(applied(text, problem)) == policy


def test_a_lump_that_can_be_cut_in_two_ways_is_not_cut() -> None:
    text = (
        HEAD.replace("事实 企业\n", "事实 企业\n    甲 金额\n    甲为 金额\n    为乙 金额\n    乙 金额\n")
        + "定义 丁 指 甲为为乙\n"
    )
    assert marked(text) == []
    assert marked(text.replace("甲为为乙", "甲为乙 3")) == [("FY1010", "3")]


def test_duplicate_clauses() -> None:
    assert marked(ruled("金额 3元", "由 甲", "金额 4元")) == [("FY1020", "金额 4元")]
    _, (problem,) = read(ruled("金额 3元", "金额 4元"))
    assert [label.text.zh for label in problem.labels] == ["前面已有这一条"]
    assert marked(HEAD.replace("    成文", "    文号 乙\n    成文")) == [("FY1020", "文号 乙")]
    assert marked(RULE + "责任单位 甲\n责任单位 乙\n") == [("FY1020", "责任单位 乙")]


def test_what_is_no_part_of_an_appendix() -> None:
    assert marked(RULE + "附 甲\n｜原文。\n责任单位 乙\n") == [("FY1023", "｜原文。"), ("FY1023", "责任单位 乙")]


def test_the_policy_line() -> None:
    assert marked("") == [("FY1007", "")]
    assert parse(Source("空", ""))[0] is None
    policy, problems = read("措施 5 甲\n｜一。\n")
    assert [p.code for p in problems] == ["FY1007"] and policy.title == "" and policy.headers == ()
    assert policy.measures[0].number == 5
    policy, problems = read("正策 甲\n    文号 乙\n")
    assert [p.code for p in problems] == ["FY1008"] and policy.title == "甲"
    policy, problems = read("政策 甲\n    成文日期 2024年2月30日\n措施 5 甲\n")
    assert [p.code for p in problems] == ["FY1013"] and policy.title == "甲" and policy.measures[0].number == 5
    policy, problems = read("政策 甲\n措施 5 甲\n")
    assert [p.code for p in problems] == ["FY1006"] and policy.title == "甲"
    assert marked("政策\n") == [("FY1011", "政策")]
    assert marked("某区措施\n    文号 乙\n措施 1 甲\n") == [("FY1007", "某区措施")]
    assert marked("政策某区措施\n    文号 乙\n措施 1 甲\n") == [("FY1019", "政策某区措施")]


def test_headings_say_where_a_fault_stands() -> None:
    text = CHINESE.replace("须 属区内：区内企业", "须 属区内：区内企业 区内企业").replace("    b 累计\n", "    b\n")
    first, second = with_headings(read(text)[1])
    assert first.headings == ("某区扶持措施", "第一章", "措施 5", "奖励 首次认定 「给予10万元」")
    assert second.headings == ("某区扶持措施", "附 名词", "口径 R5.1 怎么算 「给予10万元」")


def test_limits_are_counts() -> None:
    for nest in ("（", "甲（", "非 ", "甲 中 "):
        text = HEAD + "定义 乙 指 " + nest * 100_000 + "\n"
        _, (problem,) = read(text)
        assert isinstance(problem, syntax.TooDeep) and problem.limit == 256
    assert marked(HEAD + "定义 乙 指 " + "（" * 257 + "产值" + "）" * 257 + "\n") == [("FY1002", "（")]
    blocks = "".join(" " * (depth + 1) + "甲 按 级别\n" for depth in range(400))
    assert marked(HEAD + "定义 乙 按 级别\n" + blocks) == [("FY1002", "甲")]
    policy, problems = parse(Source("大", "甲" * (LARGEST + 1)))
    assert policy is None and [p.code for p in problems] == ["FY1001"]
    _, problems = read(HEAD + "。\n" * 1000)
    assert len(problems) == MOST + 1 and problems[-1].code == "FY1024"


def test_expected_words_are_a_drafters() -> None:
    _, (problem,) = read(ruled("须 产值 超过"))
    assert problem.title("zh") == "这一行到“超过”就断了，话没有说完。"
    assert problem.help("zh") == "后面要写一个值：名字、数、日期，或者括号里的式子。"
    assert problem.help("en") == "A value follows: a name, a number, a date or a bracket."
    _, (problem,) = read(HEAD.replace("金额 可无", "金额 可有"))
    assert problem.help("zh") == "这里应为：行尾、“原文未见”、“可无”、“缺省”、“推算”、“逐户计”、“佐证”。"
    assert (
        problem.help("en")
        == "Expected: the end of the line, “unseen”, “optional”, “default”, “worked_out_by”, “counted_by”, “evidence”."
    )


def spans(node: object) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, tuple):
            stack.extend(one)
        elif isinstance(one, tree.Node):
            found.append((one.span.start, one.span.end))
            stack.extend(getattr(one, attribute.name) for attribute in attrs.fields(type(one)))
    return found


def worn(text: str, chance: random.Random) -> str:
    """A text cut short, with a hole, with strange signs, or with lines moved about."""
    way = chance.randrange(4)
    if way == 0:
        return text[: chance.randrange(len(text))]
    if way == 1:
        start = chance.randrange(len(text))
        return text[:start] + text[start + chance.randrange(200) :]
    if way == 2:
        signs = list(text)
        for _ in range(chance.randrange(1, 40)):
            signs[chance.randrange(len(signs))] = chance.choice(
                "（）且或，、：「」“”｜# \n\t的中为年月日019%元/·+-×;ab甲　\r\0\ud800²"
            )
        return "".join(signs)
    rows = text.split("\n")
    for _ in range(5):
        row = rows.pop(chance.randrange(len(rows)))
        rows.insert(chance.randrange(len(rows)), " " * chance.randrange(12) + row.strip())
    return "\n".join(rows)


@pytest.mark.parametrize("seed", range(10))
def test_no_text_breaks_the_parser(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(90):
        check(worn(CHINESE, chance))
    for _ in range(20):
        noise = bytes(chance.randrange(256) for _ in range(chance.randrange(400))).decode("utf-8", "replace")
        check(noise)
        check(HEAD + noise)


def check(text: str) -> None:
    policy, problems = parse(Source("磨", text))
    size = len(text)
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= size
        edits = [edit.span for fix in problem.fixes for edit in fix.edits]
        assert all(0 <= span.start <= span.end <= size for span in edits)
        assert problem.title("zh") and problem.title("en") and problem.help("zh") and problem.help("en")
    assert policy is not None or problems
    assert all(0 <= start <= end <= size for start, end in spans(policy))


@pytest.mark.parametrize("line", [n for n, row in enumerate(CHINESE.split("\n")) if row.strip() and row[0] != "｜"])
def test_a_stray_word_anywhere_gives_one_message_on_its_line(line: int) -> None:
    rows = CHINESE.split("\n")
    rows[line] += " @"
    text = "\n".join(rows)
    _, problems = read(text)
    assert len(problems) <= 1
    assert [Source("行", text).position(p.span.start)[0] for p in problems] == [line + 1] * len(problems)


def test_grammars_keep_their_tables_side_by_side(tmp_path: Path) -> None:
    """What one checkout keeps is not read by another, and not overwritten; of many the oldest go."""
    import os

    from fayan_dsl.tables import _KEPT, _load, grammar_path

    ours = grammar_path().read_text("utf-8")
    theirs = ours.replace('THEN: "则"', 'THEN: "那么"')
    for number in range(_KEPT):
        old = tmp_path / f"grammar-{number:02}.json"
        old.write_text("", "utf-8")
        os.utime(old, (number, number))
    kept = []
    for grammar in (ours, theirs, ours, theirs):
        _load.cache_clear()
        assert ("则" in _load(grammar, tmp_path).words) == (grammar == ours)
        kept.append({(path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir() if path.stat().st_size})
    assert list(map(len, kept)) == [1, 2, 2, 2] and kept[1] == kept[3]
    assert sorted(path.name for path in tmp_path.iterdir() if not path.stat().st_size) == [
        f"grammar-{number:02}.json" for number in range(2, _KEPT)
    ]
    _load.cache_clear()


def test_tables_are_kept_and_mended(tmp_path: Path) -> None:
    from fayan_dsl.tables import _load, load

    folder = tmp_path / "new"
    _load.cache_clear()
    made = load(folder)
    (cache,) = folder.iterdir()
    kept = cache.read_text("utf-8")
    _load.cache_clear()
    assert load(folder) == made
    for broken in (kept.replace("_INDENT", "_INDENT2"), "", "\0", kept[:1000]):
        cache.write_text(broken, "utf-8")
        _load.cache_clear()
        again = load(folder)  # states may be numbered otherwise
        assert again.words == made.words and len(again.rows) == len(made.rows)
        seal, _, body = cache.read_text("utf-8").partition("\n")
        assert body and (seal, body) != (broken.partition("\n")[0], broken.partition("\n")[2])
    _load.cache_clear()
    assert load(cache).words == made.words  # no folder can be there
    assert list(folder.iterdir()) == [cache]
    _load.cache_clear()
