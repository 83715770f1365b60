"""以上, 以下, 以内, 以外: whether the number itself is in, by law, and where a document declares otherwise."""

from __future__ import annotations

import pytest

from fayan_compiler.fidelity import check_fidelity
from fayan_compiler.pipeline import compile_policy
from fayan_dsl.parse import parse
from fayan_dsl.source import Source
from fayan_runtime import ir

POLICY = """政策 测试
    文号 测〔2024〕1号
    发文机关 某局
    成文日期 2024年1月1日
{header}
措施 1 奖
｜收入100万元{text}的给予5万元奖励。
    奖励 甲奖
        须 {condition}
        金额 5万元

附 事实

事实 企业
    收入 金额
"""


def compared(condition: str, header: str = "", text: str = "以下") -> tuple[str, str, list[str]]:
    """Operation and word of the one condition, and what the lints say."""
    more = f"    {header}\n" if header else ""
    policy, problems = parse(Source("测.pol", POLICY.format(header=more, text=text, condition=condition)))
    assert policy is not None and not problems, [problem.title() for problem in problems]
    program, problems = compile_policy(policy)
    assert program is not None, [problem.title() for problem in problems]
    test = program.provisions[0].must[0].expr
    assert isinstance(test, ir.Compare)
    return test.op, test.word, [problem.code for problem in check_fidelity(policy)]


@pytest.mark.parametrize(
    ("word", "header", "op", "plain"),
    [
        ("以上", "", ">=", "以上"),
        ("以下", "", "<=", "以下"),
        ("以内", "", "<=", "以内"),
        ("以外", "", ">", "以外"),
        ("以上", "以上 不含本数", ">", "超过"),
        ("以下", "以下 不含本数", "<", "低于"),
        ("以内", "以内 不含本数", "<", "低于"),
        ("以外", "以外 含本数", ">=", "不低于"),
        ("以下", "以下 含本数", "<=", "以下"),
        ("以下", "以上 不含本数", "<=", "以下"),
        ("及以上", "以上 不含本数", ">=", "不低于"),
        ("及以下", "以下 不含本数", "<=", "不超过"),
    ],
)
def test_what_a_word_means(word: str, header: str, op: str, plain: str) -> None:
    assert compared(f"收入 在 100万元 {word}", header, word) == (op, plain, [])


def test_the_text_is_read_by_the_same_declaration() -> None:
    assert compared("收入 低于 100万元", "以下 不含本数")[2] == []
    assert compared("收入 低于 100万元")[2] == ["FY6201"]
    assert compared("收入 不超过 100万元", "以下 不含本数")[2] == ["FY6201"]
    assert compared("收入 不低于 100万元", "", "（含）以上")[2] == []
    assert compared("收入 超过 100万元", "", "（含）以上")[2] == ["FY6201"]


def test_a_declaration_takes_one_of_two_words() -> None:
    _, problems = parse(
        Source("测.pol", POLICY.format(header="    以下 包含\n", text="以下", condition="收入 超过 1元"))
    )
    assert [problem.code for problem in problems] == ["FY1010"]
