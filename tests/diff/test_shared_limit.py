"""Who gains by a change that gives nobody more of itself: what another rule has of a shared limit is less, and that is said."""

from __future__ import annotations

from fayan.policy import loads
from fayan.versions import diff

POLICY = """\
政策 某区用房补贴办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

措施 1 补贴用房
｜每份租赁租金超过20万元的给予租金一半的补贴，国有、社会用房合计每家企业不超过50万元。
    补贴 国有用房补贴
        逐份 租赁
        其中 是国有的：房源 为 国有
        须 过门槛：租金过门槛（租金）
        金额 租金 × 50%
        由 区财政局
    补贴 社会用房补贴
        逐份 租赁
        其中 是社会的：房源 为 社会
        须 过门槛：租金过门槛（租金）
        金额 租金 × 50%
        由 区财政局
    限额 用房限额 每户
        不超过 50万元
        及于 国有用房补贴、社会用房补贴
责任单位 区财政局

附 名词

定义 租金过门槛（某租金） 指 某租金 超过 20万元

附 事实

类型 来源 分 国有、社会

事实 企业
    租赁 清单
        房源 来源
        租金 金额
        日期 日期
"""


def test_a_threshold_through_a_shared_limit() -> None:
    """Above 30万元 instead of 20: of 22万元 for state premises and 100万元 for others, 11 and 39 of 50万元 were given; now 0 and 50."""
    found = diff(loads(POLICY, "old.pol"), loads(POLICY.replace("超过 20万元", "超过 30万元"), "new.pol"))
    verdicts = {each.provision: each for each in found.comparison.verdicts}
    assert verdicts["国有用房补贴"].how_much == "less" and verdicts["社会用房补贴"].how_much == "incomparable"
    (more,) = [each for each in verdicts["社会用房补贴"].witnesses if each.shows == "more"]
    ((cap, before, after),) = more.taken
    assert cap == "用房限额" and before - after == more.after.amount - more.before.amount > 0  # type: ignore[operator]
    page = "".join(found.to_text().split())
    assert "社会用房补贴：对象收窄，数额有增有减（租金过门槛20万元→30万元；本项与国有用房补贴合用用房限额）" in page
    assert (
        "国有用房补贴：对象收窄，数额有减无增（租金过门槛20万元→30万元）" in page
    )  # filled first, it has nothing of the other
    assert "用房限额：旧版减去" in page
