"""Every lint is shown in the documentation."""

from __future__ import annotations

from fayan_dsl.problem import all_problem_classes
from tests.places import ROOT


def test_every_lint_has_a_firing_and_a_silent_example_in_the_documentation() -> None:
    """tests/test_docs.py runs them."""
    from fayan_compiler.problems import document, fidelity

    text = (ROOT / "docs/lints.md").read_text("utf-8")
    sections = {part.split()[0]: part for part in text.split("\n### ")[1:]}
    modules = (document.__name__, fidelity.__name__)
    ours = [each for each in all_problem_classes() if each.__module__ in modules and each.code not in IN_GUIDE]
    assert list(sections) == [each.code for each in ours]
    for each in ours:
        section = sections[each.code]
        assert section.splitlines()[0] == f"{each.code} {each.name} {getattr(each, 'word', '')}".strip()
        assert f"```pol {each.code}" in section and "```pol" in section.replace(f"```pol {each.code}", "")


#: Told of words that are not on file: docs/language.md has their examples.
IN_GUIDE = {"FY6601", "FY6602"}
