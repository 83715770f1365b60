"""The reference policy, read once in each process: it is large, and nothing changes it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import fayan

PATH = Path(__file__).resolve().parents[1] / "policies" / "yubei_2024.pol"


@cache
def reference_policy() -> fayan.Policy:
    return fayan.load(PATH)
