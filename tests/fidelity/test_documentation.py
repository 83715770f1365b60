"""Every lint is shown in the documentation."""

from __future__ import annotations

import importlib
import pkgutil

from fayan_compiler.problems import fidelity
from fayan_dsl.problem import all_problem_classes
from tests.places import ROOT


def test_every_lint_has_a_firing_and_a_silent_example_in_the_documentation() -> None:
    """tests/test_docs.py runs them."""
    for module in pkgutil.iter_modules(fidelity.__path__, f"{fidelity.__name__}."):
        importlib.import_module(module.name)
    text = (ROOT / "docs/lints.md").read_text("utf-8")
    sections = {part.split()[0]: part for part in text.split("\n### ")[1:]}
    lints = [each for each in all_problem_classes() if each.__module__.startswith(fidelity.__name__)]
    ours = [each for each in lints if each.code not in IN_GUIDE]
    assert list(sections) == [each.code for each in ours]
    for each in ours:
        section = sections[each.code]
        assert section.splitlines()[0] == f"{each.code} {each.name} {getattr(each, 'word', '')}".strip()
        assert f"```pol {each.code}" in section and "```pol" in section.replace(f"```pol {each.code}", "")


#: Told of words that are not on file: docs/language.md has their examples.
IN_GUIDE = {"FY6601", "FY6602"}
