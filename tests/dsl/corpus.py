"""Every policy the repository holds, as texts: the policies, the pieces in the documents, the case programs of the tests."""

from __future__ import annotations

import ast
import re
from functools import cache

from fayan_dsl.parse import parse
from fayan_dsl.source import Source
from tests.places import ROOT

_PIECE = re.compile(r"^```pol([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@cache
def policies() -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(path.relative_to(ROOT)), path.read_text("utf-8")) for path in sorted(ROOT.glob("policies/**/*.pol"))
    )


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Names and texts, none with an error of syntax."""
    found = dict(policies())
    for path in sorted(ROOT.glob("docs/**/*.md")):
        text, base = path.read_text("utf-8"), ""
        for match in _PIECE.finditer(text):
            how, body = match[1].strip(), match[2]
            base = body if how == "base" else base
            whole = body if how == "base" or how.startswith("file=") else base.replace("# ……", body)
            found[f"{path.name}:{text.count(chr(10), 0, match.start()) + 1}"] = whole
    for path in sorted(ROOT.glob("tests/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.match(r"(政策|policy) ", node.value)
            ):
                found[f"{path.relative_to(ROOT)}:{node.lineno}"] = node.value
    for path in sorted(ROOT.glob("tests/**/*.pol")):
        found[str(path.relative_to(ROOT))] = path.read_text("utf-8")
    return tuple((name, text) for name, text in found.items() if not parse(Source(name, text))[1])
