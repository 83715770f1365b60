"""Every kind of expression has its maker, and every word of the language its meaning."""

from __future__ import annotations

from typing import get_args

from fayan_compiler.expressions.arithmetic import FUNCTIONS
from fayan_compiler.expressions.makers import MAKERS
from fayan_dsl import built_in, tree


def test_every_kind_of_expression_has_a_maker() -> None:
    assert set(MAKERS) == set(get_args(tree.Expr))


def test_every_function_of_the_language_is_made() -> None:
    assert set(FUNCTIONS) == set(built_in.FUNCTIONS)
