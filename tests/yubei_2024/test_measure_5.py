"""Measure 5, recognition and review: every amount worked out by hand."""

from __future__ import annotations

import fayan
from tests.yubei_2024.cases import (
    ABSENT,
    FIRST,
    FIRST_REVIEW,
    LATER,
    LATER_REVIEW,
    LITTLE,
    Case,
    check,
    firm,
    output,
    params,
    review,
    title,
)

UP_DOWN = output(y2022=4000, y2023=6000, y2024=4720)
TEN = output(y2022=10000, y2023=11000, y2024=12100)  # 10% and 10%
UNEVEN = output(y2022=10000, y2023=12100, y2024=12100)  # 21% and 0
FIFTH = output(y2022=10000, y2023=10000, y2024=12000)  # 0 and 20%
NINE = output(y2022=10000, y2023=10900, y2024=11881)  # 9% and 9%
GROWN = output(
    y2018=1000,
    y2019=1120,
    y2020="1254.4",
    y2021="1404.928",
    y2022="1573.51936",
    y2023="1762.3416832",
    y2024="1973.822685184",
)
REVIEWED = [review("2025-09-01")]
OLD_GIANT = firm(
    认定记录=[title(LITTLE, "2019-05-01")],
    复核记录=[review("2022-09-01", LITTLE), review("2025-09-01", LITTLE)],
    年度经营=GROWN,
)
OLD_CITY = firm(
    认定记录=[title(day="2018-05-01")], 复核记录=[review("2021-09-01"), review("2024-09-01")], 年度经营=GROWN
)
TWO_TITLES = [title(day="2022-11-10"), title(LITTLE, "2024-09-02")]
TWO_REVIEWS = firm(
    认定记录=[title(day="2022-01-10"), title(LITTLE, "2022-09-02")],
    复核记录=[review("2025-03-01"), review("2025-09-01", LITTLE)],
    年度经营=GROWN,
)

MEASURE_5 = [
    Case(
        "municipal",
        firm(),
        {FIRST: "granted 100000.00", FIRST_REVIEW: "not_applicable", LATER_REVIEW: "not_applicable"},
    ),
    Case("little giant on the first day", firm(认定记录=[title(LITTLE, "2022-01-01")]), {FIRST: "granted 500000.00"}),
    Case("little giant a day early", firm(认定记录=[title(LITTLE, "2021-12-31")]), {FIRST: "denied"}),
    Case("recognised on the day of assessment", firm(认定记录=[title(day="2025-12-31")]), {FIRST: "granted 100000.00"}),
    Case("recognised the day after", firm(认定记录=[title(day="2026-01-01")]), {FIRST: "not_applicable"}),
    Case("no record", firm(认定记录=[]), {FIRST: "not_applicable"}),
    # R5.7: only the earliest record of a level counts
    Case(
        "recognised twice",
        firm(认定记录=[title(day="2025-05-01"), title(day="2022-05-01")]),
        {FIRST: "granted 100000.00"},
    ),
    Case(
        "recognised before 2022 and again",
        firm(认定记录=[title(day="2021-05-01"), title(day="2025-05-01")]),
        {FIRST: "denied"},
    ),
    # R5.1: 100,000 + 500,000; b: 100,000 + (500,000 − 100,000); the other way round 500,000 + 0
    Case("both titles", firm(认定记录=TWO_TITLES), {FIRST: "granted 600000.00"}),
    Case("both titles, R5.1 b", firm(认定记录=TWO_TITLES), {FIRST: "granted 500000.00"}, {"R5.1": "b"}),
    Case(
        "both titles, higher first, R5.1 b",
        firm(认定记录=[title(LITTLE, "2022-11-10"), title(day="2024-09-02")]),
        {FIRST: "granted 500000.00"},
        {"R5.1": "b"},
    ),
    # a first review of an old title (100,000) counts with a new title (500,000 − 100,000 = 400,000)
    Case(
        "old title reviewed, then a new one, R5.1 b",
        firm(认定记录=[title(day="2019-05-01"), title(LITTLE, "2024-09-02")], 复核记录=[review("2023-03-01")]),
        {FIRST_REVIEW: "granted 100000.00", FIRST: "granted 400000.00"},
        {"R5.1": "b"},
    ),
    # reviews of one year: 50,000 + 250,000; b: only 250,000
    Case("both reviews", TWO_REVIEWS, {LATER_REVIEW: "granted 300000.00"}),
    Case("both reviews, R5.1 b", TWO_REVIEWS, {LATER_REVIEW: "granted 250000.00"}, {"R5.1": "b"}),
    # in two years both pay: 50,000 (2024) + 250,000 (2025)
    Case(
        "reviews of two years, R5.1 b",
        TWO_REVIEWS | {"复核记录": [review("2024-03-01"), review("2025-09-01", LITTLE)]},
        {LATER_REVIEW: "granted 300000.00"},
        {"R5.1": "b"},
    ),
    # R5.2 with 4000 → 6000 → 4720: (50% − 21.33%) ÷ 2 = 14.33%; 4720 ÷ 4000 = 1.18 < 1.21; 18% ÷ 2 = 9%
    Case("up and down", firm(复核记录=REVIEWED, 年度经营=UP_DOWN), {LATER_REVIEW: "granted 50000.00"}),
    Case("up and down, R5.2 b", firm(复核记录=REVIEWED, 年度经营=UP_DOWN), {LATER_REVIEW: "denied"}, {"R5.2": "b"}),
    Case("up and down, R5.2 c", firm(复核记录=REVIEWED, 年度经营=UP_DOWN), {LATER_REVIEW: "denied"}, {"R5.2": "c"}),
    # 10% and 10%: a exactly 10%; b 1.21 = 1.1 × 1.1 exactly; c 21% ÷ 2 = 10.5%
    Case("10% and 10%", firm(复核记录=REVIEWED, 年度经营=TEN), {LATER_REVIEW: "denied"}),
    Case(
        "10% and 10%, R5.3 b", firm(复核记录=REVIEWED, 年度经营=TEN), {LATER_REVIEW: "granted 50000.00"}, {"R5.3": "b"}
    ),
    Case("10% and 10%, R5.2 b", firm(复核记录=REVIEWED, 年度经营=TEN), {LATER_REVIEW: "denied"}, {"R5.2": "b"}),
    Case(
        "10% and 10%, R5.2 b R5.3 b",
        firm(复核记录=REVIEWED, 年度经营=TEN),
        {LATER_REVIEW: "granted 50000.00"},
        {"R5.2": "b", "R5.3": "b"},
    ),
    Case(
        "10% and 10%, R5.2 c", firm(复核记录=REVIEWED, 年度经营=TEN), {LATER_REVIEW: "granted 50000.00"}, {"R5.2": "c"}
    ),
    # 21% and 0: a 10.5%; b 1.21 exactly; one cent more is more
    Case("21% and 0", firm(复核记录=REVIEWED, 年度经营=UNEVEN), {LATER_REVIEW: "granted 50000.00"}),
    Case("compound exactly 10%", firm(复核记录=REVIEWED, 年度经营=UNEVEN), {LATER_REVIEW: "denied"}, {"R5.2": "b"}),
    Case(
        "compound one cent above 10%",
        firm(复核记录=REVIEWED, 年度经营=output(y2022=10000, y2023=12100, y2024="12100.000001")),
        {LATER_REVIEW: "granted 50000.00"},
        {"R5.2": "b"},
    ),
    # 0 and 20%: a 10% exactly; c 20% ÷ 2 = 10% exactly
    Case("half of 20%", firm(复核记录=REVIEWED, 年度经营=FIFTH), {LATER_REVIEW: "denied"}, {"R5.2": "c"}),
    Case(
        "half of 20%, R5.3 b",
        firm(复核记录=REVIEWED, 年度经营=FIFTH),
        {LATER_REVIEW: "granted 50000.00"},
        {"R5.2": "c", "R5.3": "b"},
    ),
    # 9% and 9%: a 9%; c 18.81% ÷ 2 = 9.405%
    Case("9% and 9%, R5.3 b", firm(复核记录=REVIEWED, 年度经营=NINE), {LATER_REVIEW: "denied"}, {"R5.3": "b"}),
    # R5.4: a 500,000 + 250,000; b the first came before 2024-12-12: 0 + 250,000; c as a
    Case(
        "old little giant",
        OLD_GIANT,
        {FIRST: "denied", FIRST_REVIEW: "granted 500000.00", LATER_REVIEW: "granted 250000.00"},
    ),
    Case(
        "old little giant, R5.4 b",
        OLD_GIANT,
        {FIRST_REVIEW: "denied", LATER_REVIEW: "granted 250000.00"},
        {"R5.4": "b"},
    ),
    Case(
        "old little giant, R5.4 c",
        OLD_GIANT,
        {FIRST_REVIEW: "granted 500000.00", LATER_REVIEW: "granted 250000.00"},
        {"R5.4": "c"},
    ),
    # 2018, reviewed 2021 and 2024: a 100,000 + 50,000; b 0 + 50,000; c 2021 does not count, 2024 is the first: 100,000
    Case("old municipal", OLD_CITY, {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "granted 50000.00"}),
    Case("old municipal, R5.4 b", OLD_CITY, {FIRST_REVIEW: "denied", LATER_REVIEW: "granted 50000.00"}, {"R5.4": "b"}),
    Case(
        "old municipal, R5.4 c",
        OLD_CITY,
        {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "not_applicable"},
        {"R5.4": "c"},
    ),
    Case(
        "first review on 2022-01-01, R5.4 c",
        firm(认定记录=[title(day="2018-05-01")], 复核记录=[review("2021-12-31"), review("2022-01-01")], 年度经营=GROWN),
        {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "not_applicable"},
        {"R5.4": "c"},
    ),
    Case(
        "first review on the effective date, R5.4 b",
        firm(认定记录=[title(day="2021-12-31")], 复核记录=[review("2024-12-12")]),
        {FIRST_REVIEW: "granted 100000.00"},
        {"R5.4": "b"},
    ),
    Case(
        "first review the day before, R5.4 b",
        firm(认定记录=[title(day="2021-12-31")], 复核记录=[review("2024-12-11")]),
        {FIRST_REVIEW: "denied"},
        {"R5.4": "b"},
    ),
    Case(
        "the first review failed",
        firm(认定记录=[title(day="2019-05-01")], 复核记录=[review("2022-05-01", passed=False), review("2025-05-01")]),
        {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "not_applicable"},
    ),
    # two reviews on one day: the one listed first is the first, 100,000; the other is a later one, 50,000 (12% a year)
    *(
        Case(
            f"two first reviews on one day, R5.4 {option}",
            firm(
                认定记录=[title(day="2018-05-01")],
                复核记录=[review("2024-12-20"), review("2024-12-20")],
                年度经营=GROWN,
            ),
            {FIRST_REVIEW: "granted 100000.00", LATER_REVIEW: "granted 50000.00"},
            {"R5.4": option},
        )
        for option in "abc"
    ),
    # R5.5: 5000 → 5000 → 4750 is −2.5% on average
    Case(
        "shrinking at the first review",
        firm(
            认定记录=[title(day="2019-05-01")],
            复核记录=[review("2025-05-01")],
            年度经营=output(y2022=5000, y2023=5000, y2024=4750),
        ),
        {FIRST_REVIEW: "granted 100000.00"},
    ),
    Case(
        "shrinking at the first review, R5.5 b",
        firm(
            认定记录=[title(day="2019-05-01")],
            复核记录=[review("2025-05-01")],
            年度经营=output(y2022=5000, y2023=5000, y2024=4750),
        ),
        {FIRST_REVIEW: "denied"},
        {"R5.5": "b"},
    ),
    Case(
        "growing at the first review, R5.5 b",
        firm(认定记录=[title(day="2019-05-01")], 复核记录=[review("2025-05-01")], 年度经营=GROWN),
        {FIRST_REVIEW: "granted 100000.00"},
        {"R5.5": "b"},
    ),
    # R3.1 at a review: 产值 12% a year, 主营业务收入 5% a year
    *(
        Case(
            f"two indicators, R3.1 {option}, {kind}",
            firm(
                复核记录=REVIEWED,
                行业门类=kind,
                年度经营=[
                    {"年度": 2022, "产值": "1000万元", "主营业务收入": "1000万元"},
                    {"年度": 2023, "产值": "1120万元", "主营业务收入": "1050万元"},
                    {"年度": 2024, "产值": "1254.4万元", "主营业务收入": "1102.5万元"},
                ],
            ),
            {LATER_REVIEW: status},
            {"R3.1": option},
        )
        for option, kind, status in [
            ("a", "工业", "granted 50000.00"),
            ("a", "其他", "denied"),
            ("b", "工业", "denied"),
            ("c", "其他", "granted 50000.00"),
        ]
    ),
    # G6: recognised 2023-06-01
    Case("moved in on the day", firm(迁入日期="2023-06-01"), {FIRST: "granted 100000.00"}),
    Case("moved in the day after", firm(迁入日期="2023-06-02"), {FIRST: "denied"}),
    Case("moved in the day after, G6 b", firm(迁入日期="2023-06-02"), {FIRST: "granted 100000.00"}, {"G6": "b"}),
    Case("moved in the day after, G6 c", firm(迁入日期="2023-06-02"), {FIRST: "denied"}, {"G6": "c"}),
    Case("moved out the day after", firm(区内企业="否", 迁出日期="2023-06-02"), {FIRST: "granted 100000.00"}),
    Case("moved out on the day", firm(区内企业="否", 迁出日期="2023-06-01"), {FIRST: "denied"}),
    Case("never in the district", firm(区内企业="否"), {FIRST: "denied"}),
    # G2: a review in 2026 (growth of 2024 30% and 2025 30%)
    Case(
        "review in 2026",
        firm(复核记录=[review("2026-01-01")], 年度经营=output(y2023=5000, y2024=6500, y2025=8450)),
        {LATER_REVIEW: "granted 50000.00"},
        on=LATER,
    ),
    Case(
        "review in 2026, G2 b",
        firm(复核记录=[review("2026-01-01")], 年度经营=output(y2023=5000, y2024=6500, y2025=8450)),
        {LATER_REVIEW: "not_in_force", FIRST: "granted 100000.00"},
        {"G2": "b"},
        LATER,
    ),
    # G8 does not touch measure 5: an event of 2022 pays under either
    Case("G8 says nothing here", firm(认定记录=[title(day="2022-05-01")]), {FIRST: "granted 100000.00"}, {"G8": "a"}),
    # what is not known, what cannot be computed
    Case(
        "output of 2022 not known",
        firm(复核记录=REVIEWED, 年度经营=output(y2023=5000, y2024=6500)),
        {LATER_REVIEW: "unknown"},
    ),
    Case(
        "output of 2022 not known, not read",
        firm(认定记录=[title(day="2019-05-01")], 复核记录=REVIEWED, 年度经营=[]),
        {FIRST_REVIEW: "granted 100000.00"},
    ),
    Case(
        "output of 2022 is zero",
        firm(复核记录=REVIEWED, 年度经营=output(y2022=0, y2023=5000, y2024=6500)),
        {LATER_REVIEW: "error"},
    ),
    Case("reviews not known", firm(复核记录=ABSENT), {FIRST_REVIEW: "unknown", LATER_REVIEW: "unknown"}),
]


@params(MEASURE_5)
def test_measure_5(policy: fayan.Policy, case: Case) -> None:
    check(policy, 5, case)
