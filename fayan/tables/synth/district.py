"""What is known of the facts of a district: how often, how large, in which order. Every other fact is drawn by its type alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from fayan.tables.synth.draws import Bits, Ints, Rows
from fayan.tables.synth.values import FIRST_YEAR, LAST_YEAR, bits_of, days, sized

#: Drawn for an optional fact: there is none.
NOTHING = np.int64(-(2**62))
#: What is drawn for an enterprise and is no fact: how its titles, payments and business hang together.
TITLED, TITLES, SIZE = "·认定日", "·称号数", "·规模"
#: How many years of business are told at most.
YEARS = LAST_YEAR - FIRST_YEAR
_YUAN, _FEN = 10_000, 100  # in units of the last decimal of an amount

Drawer = Callable[[Rows], Ints]


def hidden(rows: Rows) -> dict[str, Ints]:
    """For each enterprise: the day of its first title, how many titles it has, and its size (0 large … 3 micro)."""
    return {
        TITLED: days("2019-03-01") + rows.below(TITLED, days("2025-11-30") - days("2019-03-01")),
        TITLES: rows.weighted(TITLES, (550, 330, 120)),
        SIZE: rows.weighted(SIZE, (3, 17, 55, 25)),
    }


# ---------------------------------------------------------------- how many items


def lengths(list: str, firms: Rows) -> Ints:
    """How many items of a list each enterprise has."""
    match list:
        case "认定记录":
            return firms.firm[TITLES]
        case "复核记录":
            return np.where(firms.firm[TITLES] > 0, firms.weighted(list, (50, 35, 15)), 0)
        case "已兑付":
            return np.where(firms.firm[TITLES] > 0, firms.weighted(list, (80, 16, 4)), 0)
        case "年度经营":
            return firms.weighted(list, (2, 2, 4, 12, 30, 30, 20))
        case "OTC挂牌":
            return firms.weighted(list, (92, 7, 1))
        case "税费":
            return firms.weighted(list, (50, 10, 10, 10, 10, 5, 5))
        case _:
            return firms.weighted(list, (55, 25, 14, 6))


# ---------------------------------------------------------------- of the enterprise


def _moved_in(rows: Rows) -> Ints:
    day = days("2021-01-01") + rows.below("迁入日期", 1800)
    return np.where(rows.chance("迁入过", 120), day, NOTHING)


def _moved_out(rows: Rows) -> Ints:
    day = days("2024-06-01") + rows.below("迁出日期", 700)
    return np.where(rows.chance("迁出过", 30), day, NOTHING)


def _here(rows: Rows) -> Ints:
    """Those that have moved out are not here."""
    return (rows.chance("区内企业", 980) & ~rows.chance("迁出过", 30)).astype(np.int64)


def _chain(names: Sequence[str], begins: int) -> dict[str, Drawer]:
    """Days of one way, each some months after the one before; few go all of it."""

    def drawer(step: int) -> Drawer:
        def draw(rows: Rows) -> Ints:
            reached = rows.weighted(f"{names[0]}·到", (100 - 12 * (len(names) > 3) - 8, 4, 4, 4, 8)[: len(names) + 1])
            day = days("2021-06-01") + rows.below(f"{names[0]}·起", 1300)
            for each in names[1 : step + 1]:
                day = day + 60 + rows.below(f"{each}·隔", 300)
            return np.where(reached > step, day, NOTHING)

        return draw

    del begins
    return {name: drawer(step) for step, name in enumerate(names)}


def _exchange(rows: Rows) -> Ints:
    applied = rows.own.get("上市申请受理日期")
    chosen = rows.weighted("首发上市交易所", (20, 30, 50))
    return chosen if applied is None else np.where(applied == NOTHING, NOTHING, chosen)


def _staff(rows: Rows) -> Ints:
    """Around the sizes that part large from middle-sized, small and micro."""
    return rows.among("从业人员", (5, 8, 19, 20, 21, 60, 150, 299, 300, 301, 640, 999, 1000, 1300))


def _mostly(name: str, per_mille: int) -> Drawer:
    return lambda rows: rows.chance(name, per_mille).astype(np.int64)


def _fields(rows: Rows) -> Ints:
    """One or two fields, some of them about cars."""
    first = np.int64(1) << rows.below("产业领域", 12)
    second = np.int64(1) << rows.below("产业领域·又", 12)
    return np.where(rows.chance("产业领域·两个", 300), first | second, first)


_FIRM: dict[str, Drawer] = {
    "区内企业": _here,
    "迁入日期": _moved_in,
    "迁出日期": _moved_out,
    "行业门类": lambda rows: rows.weighted("行业门类", (70, 30)),
    "产业领域": _fields,
    "汽车电子方向": lambda rows: np.where(
        rows.chance("汽车电子方向·有", 200), np.int64(1) << rows.below("汽车电子方向", 4), 0
    ),
    "初创企业": _mostly("初创企业", 150),
    "所在园区": lambda rows: rows.weighted("所在园区", (15, 15, 10, 60)),
    "企业规模": lambda rows: rows.firm[SIZE],
    "科技型中小企业": _mostly("科技型中小企业", 450),
    "重大创新攻关项目": _mostly("重大创新攻关项目", 40),
    "孵化器建设主体": _mostly("孵化器建设主体", 20),
    "拟上市企业储备库": _mostly("拟上市企业储备库", 60),
    "服务专员": lambda rows: np.where(rows.chance("服务专员·有", 400), rows.below("服务专员", 40), NOTHING),
    "首发上市交易所": _exchange,
    "从业人员": _staff,
    **_chain(("新三板备案日期", "新三板基础创新层挂牌日期", "新三板精选层挂牌日期"), 0),
    **_chain(("上市辅导备案日期", "上市辅导验收日期", "上市申请受理日期", "首发上市日期"), 0),
}

# ---------------------------------------------------------------- titles and reviews


def _title_level(rows: Rows) -> Ints:
    """The municipal title first, the national one after it; some have the national one alone."""
    return np.where(rows.position > 0, 1, rows.weighted("级别", (85, 15)))


def _title_day(rows: Rows) -> Ints:
    return rows.of_firm(TITLED) + rows.position * (300 + rows.below("日期·隔", 600))


def _until(rows: Rows) -> Ints:
    """Three years, less a day; one in five documents does not say."""
    return np.where(rows.chance("有效期至·无", 200), NOTHING, rows.own["日期"] + 1095)


def _review_day(rows: Rows) -> Ints:
    return rows.of_firm(TITLED) + 1095 * (rows.position + 1) - 30 + rows.below("日期·前后", 60)


def _paid_day(rows: Rows) -> Ints:
    """The day of the title that was paid for; one in ten of another day, which meets no item."""
    return rows.of_firm(TITLED) + np.where(rows.chance("日期·另", 100), 1 + rows.below("日期·差", 30), 0)


# ---------------------------------------------------------------- business, rents, taxes


def _year(rows: Rows) -> Ints:
    """The years up to the last one; now and then one is not told, between the first and the second."""
    count = np.bincount(rows.at)[rows.at]
    gap = (rows.position == 0) & rows.chance("年度·缺", 50) & (count < YEARS)
    year: Ints = LAST_YEAR - count + rows.position - gap
    return year


def _business(share: tuple[int, int], name: str) -> Drawer:
    """Amounts from year to year: one in three grows by just the share that decides, or a 分 more or less."""

    def draw(rows: Rows) -> Ints:
        if not len(rows):
            return np.empty(0, np.int64)
        firms = Rows(rows.seed, *_first_rows(rows), rows.firm)
        amount = sized(firms, "产值", 200_000, 400_000_000) // 1_000_000 * 10_000 * _YUAN + 100 * _YUAN * 10_000
        amount = amount * share[0] // share[1]
        path = []
        for year in range(YEARS):
            path.append(amount)
            way = firms.weighted(f"{name}{year}·法", (70, 8, 6, 4, 4, 4, 4))
            random = amount // 1000 * (700 + firms.below(f"{name}{year}", 900)) // _FEN * _FEN
            fifth, more = amount // 5 * 6, amount // 20 * 23
            amount = np.choose(way, (random, fifth, more, fifth + _FEN, fifth - _FEN, more + _FEN, more - _FEN))
            amount = np.minimum(amount, 10**17)
        place = np.cumsum(rows.position == 0) - 1
        found: Ints = np.stack(path, axis=1)[place, rows.position % YEARS]
        return found

    return draw


def _first_rows(rows: Rows) -> tuple[Bits, Ints, Ints]:
    first = rows.position == 0
    return rows.index[first], rows.position[first], rows.at[first]


def _rent(rows: Rows) -> Ints:
    """Around 20 元."""
    plain = 800 + rows.below("租金", 380) * 10
    edge = rows.among("租金·界", (2000, 2001, 1999, 2500, 2450, 1500))
    return np.where(rows.chance("租金·是界", 350), edge, plain) * 100


def _lease_year(rows: Rows) -> Ints:
    return 2023 + (rows.position + rows.below("年度", 2)) % 3


def _tax_month(rows: Rows) -> Ints:
    return 2024 * 12 + 5 + rows.position * 2 + rows.below("所属期", 2)


def _hundredths(name: str, least: int, most: int) -> Drawer:
    return lambda rows: sized(rows, name, least, most) * 100


_LISTS: dict[str, dict[str, Drawer]] = {
    "认定记录": {"级别": _title_level, "日期": _title_day, "有效期至": _until},
    "复核记录": {
        "级别": lambda rows: rows.weighted("级别", (85, 15)),
        "日期": _review_day,
        "通过": lambda rows: rows.chance("通过", 900).astype(np.int64),
        "有效期至": _until,
    },
    "年度经营": {"年度": _year, "产值": _business((1, 1), "产值"), "主营业务收入": _business((9, 10), "主营业务收入")},
    "租赁": {
        "年度": _lease_year,
        "房源": lambda rows: rows.weighted("房源", (65, 35)),
        "面积": lambda rows: sized(rows, "面积", 100, 25_000) // 100 * _YUAN,
        "租金": _rent,
        "租用月数": lambda rows: rows.among("租用月数", (12, 12, 12, 12, 6, 3, 9, 1)) * _YUAN,
    },
    "已兑付": {
        "日期": _paid_day,
        "金额": lambda rows: rows.among("金额", (100_000, 100_000, 200_000, 500_000, 50_000)) * _YUAN,
    },
    "OTC挂牌": {"日期": lambda rows: days("2022-01-01") + rows.below("日期", 1460)},
    "税费": {"所属期": _tax_month, "六税两费": _hundredths("六税两费", 500, 300_000)},
    "研发": {
        "年度": lambda rows: 2025 - rows.position,
        "费用化支出": _hundredths("费用化支出", 50_000, 20_000_000),
        "无形资产成本": _hundredths("无形资产成本", 10_000, 5_000_000),
        "摊销年限": lambda rows: rows.among("摊销年限", (60, 120, 120, 240)) * _YUAN,
    },
    "采购投标": {
        "报价": _hundredths("报价", 100_000, 20_000_000),
        "价格扣除比例": lambda rows: rows.among("价格扣除比例", (10, 12, 15, 20, 6, 3, 9, 21)) * 1_000_000,
    },
}


def drawer_of(table: str, column: str) -> Drawer | None:
    return (_FIRM if table == "企业" else _LISTS.get(table, {})).get(column)


__all__ = ["NOTHING", "bits_of", "drawer_of", "hidden", "lengths"]
