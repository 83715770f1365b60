"""Two slips of the pen at once: whatever one hides of the other, a policy that uses a name nothing declares is never taken.

Two misspelt words anywhere in the rules of the reference policy, seeded; often both label rows of one 按, where each is
among the follow-ons of the other. What is used and what is declared is gathered from the tree here, apart from the compiler.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from fayan.compiling import analyse
from fayan_dsl import tree
from fayan_dsl.built_in import CONTEXT, FUNCTIONS
from fayan_dsl.problem import has_errors
from fayan_dsl.source import Source
from tests.places import POLICIES

POLICY = POLICIES / "yubei_2024.pol"
TEXT = re.sub(r"(?ms)^示例 .*?(?=^(?:示例|章|措施|附) |\Z)", "", POLICY.read_text("utf-8"))
#: Members of a type that is taken from another document.
BROUGHT = {"小型", "微型"}
#: Characters that no name of the policy has.
STRANGE = "龘靐齉爩鱻麤"


def nodes(one: Any) -> Iterator[Any]:
    stack = [one]
    while stack:
        one = stack.pop()
        if isinstance(one, tuple):
            stack.extend(one)
        elif isinstance(one, tree.Node):
            yield one
            stack.extend(getattr(one, field.name) for field in attrs.fields(type(one)))


def unresolved(policy: tree.Policy) -> set[str]:
    """Names that are used and that nothing of the tree declares."""
    used: set[str] = set()
    declared = {*CONTEXT, *FUNCTIONS, "其余"}
    for node in nodes(policy):
        match node:
            case tree.Ref(name=name) | tree.Call(name=name) | tree.FieldRef(name=name):
                used.add(name)
            case tree.By():
                used |= {label.text for arm in node.arms for label in arm.labels}
            case tree.TypeDecl():
                declared |= {node.name.text, *(member.text for member in node.members)}
            case tree.Reading():
                declared |= {option.id.text for option in node.options}
            case tree.Define() | tree.Fact() | tree.Param() | tree.Rule() | tree.Duty() | tree.Goal():
                declared.add(node.name.text)
            case _:
                pass
    return used - declared


def words(text: str) -> list[tuple[int, int]]:
    """Where the words of the rules are: the notes under 原文 and the terms, without quotations."""
    found = []
    for line in re.finditer(r"^ +\S[^\n#]*", text, re.MULTILINE):
        bare = re.sub(r"「[^」]*」|“[^”]*”", lambda quoted: "－" * len(quoted[0]), line[0])
        found += [
            (line.start() + word.start(), line.start() + word.end()) for word in re.finditer(r"[一-鿿]{2,}", bare)
        ]
    return found


def misspelt(text: str, at: tuple[int, int], chance: random.Random) -> str:
    """A word with a wrong character, or with two changed about."""
    place = chance.randrange(*at)
    if chance.random() < 0.5 and place + 1 < at[1]:
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text[:place] + chance.choice(STRANGE) + text[place + 1 :]


def double(text: str, seed: int) -> str:
    """Two words misspelt: anywhere, or the labels of two rows that follow one another."""
    chance = random.Random(seed)
    some = words(text)
    rows = re.compile(r"\n( +)([一-鿿]+) [^\n]*\n\1([一-鿿]+) ")
    if seed % 2:
        row = chance.choice([match for match in rows.finditer(text) if match.start() > text.index("章 一")])
        first, second = row.span(2), row.span(3)
    else:
        first, second = sorted(chance.sample(some, 2))
    return misspelt(misspelt(text, second, chance), first, chance)


def taken_with_a_strange_name(seeds: range) -> list[tuple[int, set[str]]]:
    """The seeds whose policy uses a name that nothing declares and has no error, or is a program; with the names."""
    found, tried = [], 0
    for seed in seeds:
        parsed, program, problems = analyse(Source(str(POLICY), double(TEXT, seed)))
        assert program is None or not has_errors(problems)
        assert program is not None or has_errors(problems), f"{seed}: no program, and no word why"
        if parsed is not None and (names := unresolved(parsed) - BROUGHT):
            tried += 1
            if program is not None:
                found.append((seed, names))
    assert tried > len(seeds) // 4
    return found


def test_the_policy_as_it_is_uses_no_strange_name() -> None:
    parsed, program, problems = analyse(Source(str(POLICY), TEXT))
    assert parsed is not None and program is not None and not has_errors(problems)
    assert unresolved(parsed) == BROUGHT


def test_two_slips_never_hide_each_other() -> None:
    assert taken_with_a_strange_name(range(60)) == []


@pytest.mark.soak
@pytest.mark.parametrize("start", range(1000, 3000, 200))
def test_two_slips_never_hide_each_other_in_2000(start: int) -> None:
    assert taken_with_a_strange_name(range(start, start + 200)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" 工业 增速过线（产值，某年）\n            其他 增速", " 工亚 增速过线（产值，某年）\n            其它 增速"),
        ("定义 最早事项日 依 G8\n", ""),
        (
            "        b 增速（某指标，某年） 达到 20%\n",
            "        b 增速（某指标，某年） 达到 20%\n        c 是\n        d 否\n",
        ),
        (
            "            国家小巨人 50万元\n",
            "            国家小巨人 50万元\n            甲 3万元\n            乙 4万元\n",
        ),
    ],
)
def test_rows_that_hid_themselves(old: str, new: str) -> None:
    assert old in TEXT
    _, program, problems = analyse(Source(str(POLICY), TEXT.replace(old, new, 1)))
    assert program is None
    assert [problem.severity.value for problem in problems] == ["error"], "one cause, one message"
