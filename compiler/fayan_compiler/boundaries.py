"""Comparison words and what they mean; which of them include the number itself.

超过、不满、以外 exclude it, 以上、以下、以内 include it (Civil Code, art. 1259); a document may declare otherwise in its header
(“以下 不含本数”), and some do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from fayan_dsl import tree

Op = Literal[">", ">=", "<", "<=", "==", "!="]
OPS: dict[str, Op] = {
    "超过": ">", "高于": ">", "以外": ">", "达到": ">=", "不低于": ">=", "以上": ">=", "及以上": ">=", "不满": "<", "低于": "<",
    "不超过": "<=", "以下": "<=", "以内": "<=", "及以下": "<=", "为": "==", "不为": "!=", "早于": "<", "不早于": ">=", "晚于": ">",
    "不晚于": "<=",
}  # fmt: skip
#: Words that stand after the number.
AFTER = ("及以上", "及以下", "以上", "以下", "以内", "以外")
#: Word → the words that say the same with the number, and without it, whatever a document declares.
_PLAIN = {
    "以上": ("不低于", "超过"),
    "以下": ("不超过", "低于"),
    "以内": ("不超过", "低于"),
    "以外": ("不低于", "超过"),
}


def declared(policy: tree.Policy) -> dict[str, str]:
    """Words that this document uses in its own way → the word that says plainly what it means; 及以上 is always plain."""
    found = {"及以上": "不低于", "及以下": "不超过"}
    for header in policy.headers:
        if header.key in _PLAIN:
            plain = _PLAIN[header.key][header.text == "不含本数"]
            if OPS[plain] != OPS[header.key]:
                found[header.key] = plain
    return found


def meaning(word: str, own: Mapping[str, str]) -> Op:
    return OPS[own.get(word, word)]
