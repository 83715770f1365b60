"""The reference policy, read once in each process: it is large, and nothing changes it."""

from __future__ import annotations

from functools import cache

import fayan
from tests.places import POLICIES

PATH = POLICIES / "yubei_2024.pol"


@cache
def reference_policy() -> fayan.Policy:
    return fayan.load(PATH)
