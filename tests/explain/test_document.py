from __future__ import annotations

import json
import re

from fayan_runtime.explain.render import render_policy
from fayan_runtime.ir import Program


def joined(text: str) -> str:
    return re.sub(r"\n +", "", text)


def test_plain_sentences_stand_beside_the_text(program: Program) -> None:
    text = joined(render_policy(program, "text"))
    assert "对上年度生产产值（主营业务收入）增速超过 20%的市级“专精特新”企业" in text
    assert "上年度产值增速超过20%" in text
    assert "金额：5元/平方米·月 × 面积 × 租用月数。" in text
    assert "年度限额：国有厂房租金减免、社会闲置厂房租金补贴，每户每年不超过50万元。" in text
    assert "适用于：只计首次（级别不同的分别计）。" in text


def test_stages_are_drawn(program: Program) -> None:
    text = "".join(render_policy(program, "text").split())
    assert "报送挂牌备案文件100万元→基础层创新层挂牌100万元→精选层挂牌200万元" in text
    html = render_policy(program, "html")
    assert html.count("<svg") >= 4 and "新三板挂牌（原文所写合计300万元）" in html
    assert "http" not in html


def test_tables(program: Program) -> None:
    markdown = render_policy(program, "md")
    assert "| 第5条 | 首次认定 | 国家小巨人 | 50万元 |" in markdown
    assert "| 第3条 | 年度限额 | 每户每年不超过 | 50万元 |" in markdown
    assert "增速 超过 20%" in markdown
    assert "a 不算（现用）；b 算" in markdown


def test_json_has_every_measure_verbatim(program: Program) -> None:
    data = json.loads(render_policy(program, "json"))
    assert data["schema"] == "fayan.policy/1"
    assert [each["id"] for each in data["measures"]] == list(range(21))
    fifth = data["measures"][5]
    assert fifth["text"].startswith("对 2022 年以后（包括 2022 年）获得市级“专精特新”")
    assert {"case": "国家小巨人", "amount": "50万元"} in fifth["provisions"][0]["amounts"]


def test_english_labels(program: Program) -> None:
    assert "Facts needed, with evidence" in render_policy(program, "text", "en")
