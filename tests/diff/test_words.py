"""Targets are spoken of as targets."""

from __future__ import annotations

from pathlib import Path

from fayan.policy import loads
from fayan.versions import diff
from fayan_runtime.explain.diff.view import diff_view

OLD = (Path(__file__).resolve().parents[2] / "policies/yubei_2024.pol").read_text("utf-8")


def test_a_target_is_made_stricter() -> None:
    new = OLD.replace("累计达5家", "累计达8家").replace("上市专精特新企业数 达到 5家", "上市专精特新企业数 达到 8家")
    view = diff_view(diff(loads(OLD, "old.pol"), loads(new, "new.pol")).comparison, "zh")
    assert view.answer == [("含义有变的", ["第14条 上市专精特新企业数量：目标收紧（目标 5家 → 8家）"])]
    (example,) = view.measures[0].verdicts[0].examples
    assert example.shows == "新版收紧的情形"
    assert example.reasons[0].startswith("新版没有做到，因为：")
