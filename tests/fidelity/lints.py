"""A small policy, and the lints that it is told of."""

from __future__ import annotations

from fayan_compiler.fidelity import check_fidelity
from fayan_dsl.parse import parse
from fayan_dsl.problem import Problem
from fayan_dsl.source import Source

HEAD = """\
政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日
"""


def lints(body: str, head: str = HEAD) -> list[Problem]:
    tree, problems = parse(Source("某.pol", head + "\n" + body))
    assert tree is not None
    assert problems == []
    return check_fidelity(tree)


def found(body: str, head: str = HEAD) -> list[tuple[str, str]]:
    """The problems, as code and underlined text."""
    return [(p.code, p.source.text[p.span.start : p.span.end]) for p in lints(body, head)]


def award(text: str, *clauses: str, before: str = "", after: str = "") -> str:
    """Measure 1 with one sentence, one rule, and what else stands before and after the rule."""
    lines = [
        "措施 1 给予奖励",
        f"｜{text}",
        before,
        "    奖励 甲奖励",
        *(f"        {c}" for c in (*clauses, "由 区财政局")),
        after,
    ]
    return "\n".join([*filter(None, lines), "责任单位 区财政局", ""])
