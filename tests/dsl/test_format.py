"""The canonical layout: what it is, by hand; and for every policy at hand that it says the same and loses nothing."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fayan_dsl import format as formatter
from fayan_dsl import layout
from fayan_dsl.format import format_source
from fayan_dsl.lines import even, lines
from fayan_dsl.parse import parse_steps
from fayan_dsl.problem import Language
from fayan_dsl.source import Source
from fayan_dsl.spelling import Spelling
from fayan_dsl.tables import load
from tests.dsl.corpus import policies, texts
from tests.dsl.samples import CHINESE, ENGLISH, HEAD, sound

TEXTS = [pytest.param(text, id=name) for name, text in texts()]
POLICY = dict(policies())["policies/yubei_2024.pol"]


def formatted(text: str, keywords: Language | None = None) -> str:
    found, problems = format_source(Source("试.pol", text), keywords)
    assert found is not None, [problem.title() for problem in problems]
    return found


def comments(text: str) -> list[str]:
    """The comments of a text whose comments are numbered (# 甲1)."""
    return re.findall(r"# 甲\d+(?=\s|$)", text)


def quoted(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if even(line).startswith("｜")]


# ---------------------------------------------------------------- by hand
def example(line: str) -> str:
    """A line laid out, at the margin of an appendix."""
    before = HEAD.split("定义 达标")[0]
    laid_out = formatted(f"{before}定义 达标 指 是\n{line}\n措施 5 某条\n").split("定义 达标 指 是\n", 1)[1]
    return laid_out.removesuffix("\n\n措施 5 某条\n")


@pytest.mark.parametrize(
    ("typed", "laid_out"),
    [
        ("定义   甲   指  产值  超过   １０ 万元", "定义 甲 指 产值 超过 10万元"),
        (
            "定义 甲（某年:年度,某额：金额） 指 (产值 - 1元)*2/3",
            "定义 甲（某年：年度，某额：金额） 指 （产值 - 1元） × 2 ÷ 3",
        ),
        ("定义 甲 指 非(区内企业)且 产值 超过 5％", "定义 甲 指 非 （区内企业） 且 产值 超过 5%"),
        ("定义 甲 指 产值 超过 1,000.50 元", "定义 甲 指 产值 超过 1,000.50元"),
        ("定义 甲 指 产值 超过 ２０２４ 年 １２ 月 ３ 日", "定义 甲 指 产值 超过 2024年12月3日"),
        ("定义 甲 指 产值 超过 2024-12-03", "定义 甲 指 产值 超过 2024-12-03"),
        ("定义 甲 指 产值 为 -5%", "定义 甲 指 产值 为 -5%"),
        ('定义 甲 指 产值 为 "Ａ (b)  c"', "定义 甲 指 产值 为 “Ａ (b)  c”"),
        ('定义 甲 指 产值 为 "Ａ”"', '定义 甲 指 产值 为 "Ａ”"'),
        ("定义 甲 指 认定记录 中 个数「给予(10)　万元」", "定义 甲 指 认定记录 中 个数 「给予(10)　万元」"),
        ("定义 甲 指 产值   # 为什么 (这样)  ", "定义 甲 指 产值  # 为什么 (这样)"),
        ("定义 ＯＴＣ 指 产值", "定义 OTC 指 产值"),
        ("define 甲 means 产值 exceeds 1元 and 区内企业", "define 甲 means 产值 exceeds 1元 and 区内企业"),
        ("类型 甲 分 乙、 丙 、丁", "类型 甲 分 乙、丙、丁"),
        ("口径 R9   问  (甲)?  「对」\n  a  甲,乙\n  b 丙", "口径 R9 问  (甲)? 「对」\n    a 甲,乙\n    b 丙"),
    ],
)
def test_words(typed: str, laid_out: str) -> None:
    assert example(typed) == laid_out


def test_keywords_are_written_in_the_language_asked_for() -> None:
    typed = "定义 甲 means 产值 超过 1元 and 区内企业"
    text = HEAD.replace("\n措施 5", f"\n{typed}\n措施 5")
    assert "\n定义 甲 指 产值 超过 1元 且 区内企业\n" in formatted(text, "zh")
    assert "\ndefine 甲 means 产值 exceeds 1元 and 区内企业\n" in formatted(text, "en")


def test_a_long_statement_is_broken_before_the_loosest_word_outside_brackets() -> None:
    # Each 某个很长的条件甲 … takes 18 cells, a space and a joining word 3: 16 + 5 × 18 + 4 × 4 = 122 cells are too many.
    long = [f"某个很长的条件{n}好" for n in "甲乙丙丁戊"]
    assert example(f"定义 长长长 指 {' 且 '.join(long)}").splitlines() == [
        f"定义 长长长 指 {' 且 '.join(long[:4])}",
        f"    且 {long[4]}",
    ]
    inner = f"（{long[0]} 或 {long[1]}） 且 （{long[2]} 或 {long[3]} 或 {long[4]}）"
    assert example(f"定义 长长长 指 {inner}").splitlines() == [
        f"定义 长长长 指 （{long[0]} 或 {long[1]}）",
        f"    且 （{long[2]} 或 {long[3]} 或 {long[4]}）",
    ]


def test_a_line_that_begins_in_brackets_stands_deeper() -> None:
    long = [f"某个很长的条件{n}好" for n in "甲乙丙丁戊"]
    query = f"认定记录 中 有 {' 且 '.join(long)}"
    assert example(f"定义 长长长 指 收入 且 {query} 且 收入 的").splitlines() == [
        "定义 长长长 指 收入",
        f"    且 认定记录 中 有 {' 且 '.join(long[:4])}",
        f"        且 {long[4]} 且 收入 的",
    ]
    # with nothing outside the brackets there is nothing to tell apart
    assert example(f"定义 长长长 指 {query} 的").splitlines() == [
        f"定义 长长长 指 认定记录 中 有 {' 且 '.join(long[:4])}",
        f"    且 {long[4]} 的",
    ]


def test_a_long_list_is_broken_after_the_enumeration_comma() -> None:
    names = [f"很长的名字{n}" for n in "甲乙丙丁戊己庚辛壬癸"]
    # “类型 长 分 ” takes 11 cells, a name with its comma 14: seven of them fit into 120 with 11 to spare
    assert example("类型 长 分 " + "、".join(names)).splitlines() == [
        "类型 长 分 " + "、".join(names[:7]) + "、",
        "    " + "、".join(names[7:]),
    ]


def test_a_break_that_is_not_needed_goes_unless_a_comment_holds_it() -> None:
    assert example("定义 甲 指 产值\n  + 产值\n\n  - 产值") == "定义 甲 指 产值 + 产值 - 产值"
    assert example("类型 甲 分 乙、\n  丙\n  、丁") == "类型 甲 分 乙、丙、丁"
    assert example("定义 甲 指 产值 # 一\n # 二\n+ 产值\n  - 产值 # 三\n# 四\n定义 乙 指 是") == (
        "定义 甲 指 产值  # 一\n    # 二\n    + 产值 - 产值  # 三\n# 四\n定义 乙 指 是"
    )


TYPED = """


# 总说明
政策 某区扶持措施
  文号 某府办发〔2024〕1号   # 号
  成文日期 2024-12-12
措施 1 给予奖励

｜　对区内企业，给予 10 万元(每家)。
    奖励 首次认定

      须 区内企业
      # 深的


      金额 10万元
    # 浅的
  # 更浅的
责任单位 区财政局
# 关于示例
示例 恰在边界
    评估日 2025年6月30日
    设 区内企业 是
    设 认定记录
        级别 日期 有效期至 # 列
        # 行
        市级专精特新 2024年1月1日 2026年12月31日

        国家 2024年11月1日 无   # 没有
    设 领域 汽车、电子
附 名词
定义 甲 指 产值
# 完"""

LAID_OUT = """\
# 总说明
政策 某区扶持措施
    文号 某府办发〔2024〕1号  # 号
    成文日期 2024-12-12

措施 1 给予奖励

｜对区内企业，给予 10 万元(每家)。
    奖励 首次认定
        须 区内企业
        # 深的

        金额 10万元
    # 浅的
# 更浅的
责任单位 区财政局

# 关于示例
示例 恰在边界
    评估日 2025年6月30日
    设 区内企业 是
    设 认定记录
        级别          日期           有效期至  # 列
        # 行
        市级专精特新  2024年1月1日   2026年12月31日

        国家          2024年11月1日  无  # 没有
    设 领域 汽车、电子

附 名词

定义 甲 指 产值
# 完
"""


def test_indentation_empty_lines_comments_and_columns() -> None:
    assert formatted(TYPED) == LAID_OUT
    assert formatted(LAID_OUT) == LAID_OUT
    assert formatted("\ufeff" + TYPED.replace("\n", "\r\n")) == LAID_OUT


def test_a_decision_table_stands_in_columns() -> None:
    table = """\
定义 甲 判定表
  产值 (产值 - 1元) 达标(本年度) 得出
  不满 500万元 任意 是 1万元「引」 # 一
  500 万元 以上 且 不满 2000万元 1元、2元 否 3万元 + 产值 * 2
  # 二
  其余 按 产值
     1元 10元
     其余 9元"""
    assert (
        example(table)
        == """\
定义 甲 判定表
    产值                           （产值 - 1元）  达标（本年度）  得出
    不满 500万元                   任意            是              1万元 「引」  # 一
    500万元 以上 且 不满 2000万元  1元、2元        否              3万元 + 产值 × 2
    # 二
    其余 按 产值
        1元 10元
        其余 9元"""
    )


def test_a_text_with_errors_is_not_laid_out() -> None:
    found, problems = format_source(Source("试.pol", TYPED.replace("金额 10万元", "金额 （10万元")))
    assert found is None
    assert [problem.code for problem in problems] == ["FY1015"]


# ---------------------------------------------------------------- every policy at hand
def test_the_corpus_is_not_empty() -> None:
    names = [name for name, _ in texts()]
    assert len(names) > 30
    for part in ("policies/", "language.md", "tests/cli/", "tests/dsl/"):
        assert any(name.startswith(part) for name in names), part


@pytest.mark.parametrize("text", TEXTS)
def test_the_layout_says_the_same_and_is_its_own_layout(text: str) -> None:
    once = formatted(text)
    assert sound(once) == sound(text)
    assert formatted(once) == once
    assert [line for line in once.splitlines() if line != line.rstrip()] == []
    assert once.endswith("\n") and not once.endswith("\n\n") and "\n\n\n" not in once


@pytest.mark.parametrize("text", TEXTS)
def test_keywords_go_to_english_and_back(text: str) -> None:
    english, chinese = formatted(text, "en"), formatted(text, "zh")
    assert sound(english) == sound(chinese) == sound(text)
    assert formatted(english, "zh") == chinese
    assert formatted(chinese, "en") == english


def test_every_keyword_is_written_in_the_language_asked_for() -> None:
    """The sample holds nearly every keyword of the grammar; dates stay as they are typed."""
    english = re.sub(r"(\d{4})-0?(\d+)-0?(\d+)", r"\1年\2月\3日", ENGLISH)
    assert formatted(english, "zh") == formatted(CHINESE)
    assert formatted(CHINESE, "en") == formatted(english)


def test_the_words_for_outcomes_are_keywords_but_where_they_are_names() -> None:
    text = (
        HEAD.replace("\n措施 5", "\n类型 结论 分 职责、error\n措施 5")
        + "    示例 甲\n        设 产值 甲\n        则 某奖 酌定\n        则 某奖 不予 因 某条\n"
        + "        则\n            甲 某奖\n            1元 不明\n            职责 error\n            2元 出错\n"
    )
    english = formatted(text, "en")
    ours = [line.split() for line in english.splitlines()[-7:]]
    assert ours == [
        ["expect", "某奖", "discretionary"], ["expect", "某奖", "denied", "because", "某条"], ["expect"],
        ["甲", "某奖"], ["1元", "unknown"], ["职责", "error"], ["2元", "出错"],
    ]  # fmt: skip
    assert formatted(english, "zh") == formatted(text)


def test_a_name_that_is_also_an_alias_stays_a_name() -> None:
    names = ["period", "award", "list", "evidence", "on", "by", "payer", "奖励", "有效期", "count"]
    text = HEAD.replace("    产值 金额", "".join(f"    {name} 金额\n" for name in names) + "    产值 金额")
    text = text.replace("产值 超过 20万元", " + ".join(names[:-1]) + " 超过 20万元")
    text += "    奖励 award\n        有效期 自 period 至 有效期\n        金额 list + on\n        由 payer\n"
    english = formatted(text, "en")
    assert (
        "define 达标（某年：年度） means period + award + list + evidence + on + by + payer + 奖励 + 有效期 exceeds 20万元"
        in english
    )
    assert (
        "    award award\n        period from period to 有效期\n        amount list + on\n        payer payer\n"
        in english
    )
    assert formatted(english, "zh") == formatted(text)


def test_no_spelling_means_two_things_in_one_place() -> None:
    """Or else changing the language of a keyword could change what it is."""
    tables = load()
    english = {
        role: word for word, roles in tables.words.items() for role in roles if word.isascii() and word.isalpha()
    }
    for row in tables.rows:
        here = [(word, role) for role, word in english.items() if role[0] in row]
        assert len({word for word, _ in here}) == len(here)


# ---------------------------------------------------------------- comments
def commented(text: str, seed: int) -> str:
    """The text with a comment of its own at every place that may have one."""
    pick = random.Random(seed)
    number = 0
    ends = {end for line in lines(even(text)) if not line.quote for _, end in line.parts}
    out, at = [], 0
    for line in text.split("\n"):
        at += len(line) + 1
        number += 1
        out.append(" " * pick.randrange(20) + f"# 甲{number}")
        if any(at - len(line) - 1 < end <= at for end in ends):
            number += 1
            line += " " * pick.randint(1, 3) + f"# 甲{number}"
        out.append(line)
    return "\n".join([*out, f"# 甲{number + 1}"])


@pytest.mark.parametrize("text", TEXTS)
def test_a_comment_at_every_place_is_kept_in_order(text: str) -> None:
    text = re.sub(r"\s+#.*|^#.*", "", text, flags=re.MULTILINE)  # the numbered ones are the only ones
    typed = commented(text, seed=len(text))
    assert len(comments(typed)) > 1.5 * len(text.splitlines()) - 2 * len(quoted(text))
    once = formatted(typed)
    assert comments(once) == comments(typed)
    assert sound(once) == sound(text)
    assert formatted(once) == once
    english = formatted(typed, "en")
    assert comments(english) == comments(typed)
    assert formatted(english, "zh") == formatted(once, "zh")


# ---------------------------------------------------------------- the same however it is typed
WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789%+-:"} | dict(zip(map(ord, "（）：×÷"), "():*/", strict=True))


def noisy(text: str, pick: random.Random) -> str:
    """The same words typed otherwise: spaces, indentation, breaks, wide and narrow signs, empty lines, ends of lines."""
    _, problems, steps = parse_steps(Source("试.pol", text))
    assert not problems
    step, depth, before, last = pick.randint(1, 6), 0, 0, ""
    out: list[str] = []
    for token in steps:
        if isinstance(token, int):
            continue
        if token.kind in ("_INDENT", "_DEDENT"):
            depth += 1 if token.kind == "_INDENT" else -1
        elif token.kind == "_NL":
            out.append(" " * pick.randrange(3) + pick.choice(["\n", "\r\n"]))
            last = ""
        elif token.start >= 0:
            between, word = text[before : token.start], text[token.start : token.end]
            if not last:
                # empty lines are the drafter's, but a run of them is as good as one
                out.append(pick.choice(["\n", "\n \n\n"]) if between.count("\n") > 1 else "")
                out.append(" " * step * depth)
            elif token.kind in ("AND", "OR", "ADD", "MUL", "ENUMCOMMA") and pick.random() < 0.2:
                out.append("\n" + " " * pick.randrange(30))
            elif last == "ENUMCOMMA" and pick.random() < 0.2:
                out.append("\n" + " " * (step * depth + 1))
            elif between:
                out.append(pick.choice([" ", "   ", "\u3000"]))
            elif token.kind in ("COMMA", "ENUMCOMMA", "RPAR") or last in ("COMMA", "ENUMCOMMA", "LPAR", "COLON"):
                out.append(pick.choice(["", "", "  "]))
            if token.kind == "NUMBER":
                word = re.sub(r"(?<=\d)(?=[元万%平月家])", pick.choice(["", " "]), word)
            if token.kind not in ("QUOTE", "TEXT", "CITE", "STRING") and pick.random() < 0.5:
                word = word.translate(WIDE)
            out.append(word)
            before, last = token.end, token.kind
    return "".join(out) + pick.choice(["", "\n", "\n\n  \n"])


@pytest.mark.parametrize("text", TEXTS)
@settings(derandomize=True, database=None, deadline=None, max_examples=3)
@given(seed=st.integers(0, 2**32))
def test_the_layout_does_not_depend_on_how_the_text_was_typed(text: str, seed: int) -> None:
    canonical = formatted(re.sub(r"\s+#.*|^#.*", "", text, flags=re.MULTILINE))
    typed = noisy(canonical, random.Random(seed))
    assert typed != canonical
    assert formatted(typed) == canonical


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_typed_is_laid_out_faithfully_or_not_at_all(seed: int) -> None:
    """Random cuts and exchanges of words: there are texts of both kinds, and no third."""
    pick = random.Random(seed)
    lines = POLICY.split("\n")
    start = pick.randrange(len(lines) - 60)
    words = re.split(r"( +|\n)", "\n".join(lines[:14] + lines[start : start + 60]))
    for _ in range(seed // 10):
        one, other = pick.randrange(20, len(words)), pick.randrange(20, len(words))
        words[one] = pick.choice([words[other], "", " ", "\n", "#", "，", "｜"])
    text = "".join(words)
    found, problems = format_source(Source("试.pol", text))
    if found is None:
        assert problems
    else:
        assert sound(found) == sound(text) and formatted(found) == found


# ---------------------------------------------------------------- a fault of the formatter is found before it does harm
def test_a_word_written_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    write = Spelling.write
    monkeypatch.setattr(
        Spelling, "write", lambda self, token: write(self, token) + ("0" if token.text == "2022年1月1日" else "")
    )
    found, problems = format_source(Source("试.pol", POLICY))
    assert found is None
    assert [(problem.code, problem.source.position(problem.span.start)[0]) for problem in problems] == [
        ("FY9002", 1 + POLICY[: POLICY.index("不早于 2022年1月1日")].count("\n"))
    ]


def test_a_comment_lost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_comments", lambda *_: [])
    found, problems = format_source(Source("试.pol", TYPED))
    assert found is None
    assert [problem.code for problem in problems] == ["FY9002"]


def test_a_line_lost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        formatter, "read", lambda *given: [i for i in layout.read(*given) if getattr(i, "kind", "") != "MUST"]
    )
    found, problems = format_source(Source("试.pol", TYPED))
    assert found is None
    assert [problem.code for problem in problems] == ["FY9002"]
