"""Names that nobody has: each says that it is made up."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from pyarrow import compute

from fayan.tables.synth.draws import Rows

_FIRST = "渝江两嘉玉峰洛碛统景石船龙兴古路木耳大盛茨竹兴隆回兴双凤鸳鸯翠云礼嘉"
_SECOND = "恒瑞泰安信达宏远盛昌华鑫明辉天成博创智新诚立方圆"
_TRADES = (
    "精密机械",
    "汽车零部件",
    "电子科技",
    "智能装备",
    "新材料",
    "生物医药",
    "软件",
    "传感技术",
    "模具",
    "光学仪器",
    "环保设备",
    "检测技术",
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"


def names(rows: Rows) -> Any:
    def part(name: str, values: tuple[str, ...]) -> Any:
        return pa.array(values, pa.string()).take(pa.array(rows.below(f"名·{name}", len(values))))

    first, second = tuple(_FIRST), tuple(_SECOND)
    return compute.binary_join_element_wise(
        part("一", first), part("二", second), part("三", second), part("业", _TRADES), "（合成）有限公司", ""
    )


def words(column: str) -> tuple[str, ...]:
    """The texts that a fact is drawn from."""
    if column == "服务专员":
        return tuple(f"{each}某（合成）" for each in _SURNAMES)
    return tuple(f"{column}{number}（合成）" for number in range(1, 101))
