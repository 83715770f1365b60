"""Measure 19, the price used to score a bid."""

from __future__ import annotations

import fayan
from tests.yubei_2024.cases import ABSENT, SCORED, Case, Facts, check, firm, params


def bid(price: str, cut: str | object, reserved: bool = False, name: str = "甲") -> Facts:
    row = {"项目": name, "预留份额": reserved, "报价": price, "价格扣除比例": cut}
    return {key: value for key, value in row.items() if value is not ABSENT}


def bids(*rows: Facts, size: str | object = "小型") -> Facts:
    return firm(企业规模=size, 采购投标=list(rows))


MEASURE_19 = [
    # 1,000,000 × (1 − 10%) = 900,000
    Case("small", bids(bid("100万元", "10%")), {SCORED: "granted 900000.00"}),
    Case("micro", bids(bid("100万元", "10%"), size="微型"), {SCORED: "granted 900000.00"}),
    Case("medium", bids(bid("100万元", "10%"), size="中型"), {SCORED: "denied"}),
    Case("large", bids(bid("100万元", "10%"), size="大型"), {SCORED: "denied"}),
    Case("reserved", bids(bid("100万元", "10%", reserved=True)), {SCORED: "not_applicable"}),
    Case("no bids", bids(), {SCORED: "not_applicable"}),
    Case("nothing taken off", bids(bid("100万元", "0%")), {SCORED: "granted 1000000.00"}),
    # 99,999.99 × 94% = 93,999.9906 → 93,999.99
    Case("rounded", bids(bid("99999.99元", "6%")), {SCORED: "granted 93999.99"}),
    # 900,000 + 500,000 × 80% = 1,300,000; the reserved one does not count
    Case(
        "three",
        bids(bid("100万元", "10%"), bid("50万元", "20%", name="乙"), bid("9万元", "20%", True, "丙")),
        {SCORED: "granted 1300000.00"},
    ),
    # R19.2: the size class, whatever R8.1 says
    Case("R8.1 b changes nothing", bids(bid("100万元", "10%")), {SCORED: "granted 900000.00"}, {"R8.1": "b"}),
    # no title is asked for, nor the district
    Case("no title", bids(bid("100万元", "10%")) | {"认定记录": [], "区内企业": "否"}, {SCORED: "granted 900000.00"}),
    Case("rate not known", bids(bid("100万元", ABSENT)), {SCORED: "unknown"}),
    Case("size not known", bids(bid("100万元", "10%"), size=ABSENT), {SCORED: "unknown"}),
]


@params(MEASURE_19)
def test_measure_19(policy: fayan.Policy, case: Case) -> None:
    check(policy, 19, case)
