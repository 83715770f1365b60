"""Small programs, built by hand, for tests of the runtime."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from fayan_runtime import ir
from fayan_runtime.interpreter import Env, evaluate, path_of
from fayan_runtime.outcome import Outcome
from fayan_runtime.reference import decide
from fayan_runtime.values import Absent, Facts, Failed, Unknown

BOOL, NUMBER, DATE, MONTH, YEAR, TEXT = (
    ir.Type(kind) for kind in ("bool", "number", "date", "month", "year", "text")
)  # fmt: skip
MONEY = ir.Type("number", unit=(("元", 1),), shown="元")
LEVEL, LEVELS = ir.Type("enum", name="级别"), ("市级", "国家")
ON = date(2025, 6, 30)


def optional(type: ir.Type) -> ir.Type:
    return ir.Type(type.kind, type.name, type.unit, optional=True)


# ---------------------------------------------------------------- expressions


def const(value: Any, type: ir.Type | None = None) -> ir.Const:
    kinds = {bool: BOOL, int: NUMBER, Fraction: NUMBER, date: DATE, str: TEXT}
    return ir.Const(type=type or kinds.get(value.__class__, NUMBER), value=value)


def expr(value: Any) -> ir.Expr:
    return value if isinstance(value, ir.Node) else const(value)  # type: ignore[return-value]


YES, NO = const(True), const(False)
DAY, TODAY = ir.Param(type=DATE, name="发生日"), ir.Param(type=DATE, name="评估日")


def fact(name: str, type: ir.Type = BOOL, scope: str = "企业") -> ir.Fact:
    return ir.Fact(type=type, scope=scope, name=name)


def of(name: str, type: ir.Type = NUMBER, var: str = "本") -> ir.Field:
    return ir.Field(type=type, var=var, name=name)


def both(*args: Any) -> ir.And:
    return ir.And(type=BOOL, args=tuple(expr(arg) for arg in args))


def either(*args: Any) -> ir.Or:
    return ir.Or(type=BOOL, args=tuple(expr(arg) for arg in args))


def compare(left: Any, op: Any, right: Any) -> ir.Compare:
    return ir.Compare(type=BOOL, op=op, left=expr(left), right=expr(right))


def plus(*args: Any, signs: tuple[int, ...] | None = None) -> ir.Add:
    return ir.Add(type=NUMBER, signs=signs or (1,) * len(args), args=tuple(expr(arg) for arg in args))


def times(*args: Any, inverse: tuple[bool, ...] | None = None, line: int = 0) -> ir.Mul:
    flags = inverse or (False,) * len(args)
    return ir.Mul(type=NUMBER, inverse=flags, args=tuple(expr(arg) for arg in args), origin=ir.Origin(line))


def over(left: Any, right: Any, line: int = 0) -> ir.Mul:
    return times(left, right, inverse=(False, True), line=line)


def choose(reading: str, *arms: Any) -> ir.Choose:
    exprs = tuple(expr(arm) for arm in arms)
    return ir.Choose(type=exprs[0].type, reading=reading, arms=exprs)


def query(kind: Any, list: str, where: Any = None, value: Any = None) -> ir.Query:
    where, value = (None if each is None else expr(each) for each in (where, value))
    return ir.Query(type=NUMBER, kind=kind, list=list, var="其", where=where, value=value, origin=ir.Origin(7))


def its(name: str, type: ir.Type = NUMBER) -> ir.Field:
    return of(name, type, "其")


def by_level(subject: ir.Expr, city: Any, country: Any) -> ir.Match:
    return ir.Match(type=MONEY, subject=subject, arms=((("市级",), expr(city)), (("国家",), expr(country))))


# ---------------------------------------------------------------- facts and programs


def declare(
    name: str, type: ir.Type = BOOL, *fields: ir.FactDecl, event: str = "", series: bool = False
) -> ir.FactDecl:
    return ir.FactDecl(name=name, type=type, fields=fields, is_list=bool(fields), event=event, series=series)


def listed(name: str, event: str = "", /, **fields: ir.Type) -> ir.FactDecl:
    columns = [declare(field, type) for field, type in fields.items()]
    return declare(name, ir.Type("record", name=name), *columns, event=event)


ENTERPRISE = (
    declare("区内企业"),
    declare("初创企业"),
    declare("产值", NUMBER),
    declare("级别", LEVEL),
    declare("首发上市日期", optional(DATE)),
    declare("验收日期", optional(DATE)),
    listed("认定记录", "日期", 级别=LEVEL, 日期=DATE, 金额=MONEY),
    listed("复核记录", "日期", 级别=LEVEL, 日期=DATE, 金额=MONEY),
    listed("租赁", "年度", 年度=YEAR, 月数=NUMBER, 金额=MONEY),
    listed("税费", "所属期", 所属期=MONTH, 金额=MONEY),
    listed("投标", 金额=MONEY),
    declare(
        "经营", ir.Type("record", name="经营"), declare("年度", YEAR), declare("产值", optional(MONEY)), series=True
    ),
    listed("已兑付", 措施=NUMBER, 事项=TEXT, 日期=DATE, 金额=MONEY, 依据=TEXT),
)
DISTRICT = (declare("企业数", NUMBER),)


def reading(id: str, *options: str) -> ir.ReadingDecl:
    return ir.ReadingDecl(
        id=id, question=f"{id}？", options=tuple((option, option) for option in options or ("a", "b"))
    )


def program(*provisions: ir.Provision, **changed: Any) -> ir.Program:
    numbers = sorted({provision.measure for provision in provisions} or {5})
    measures = tuple(
        ir.Measure(number=number, title=f"措施{number}", chapter="", responsible=("区财政局",), passages=())
        for number in numbers
    )
    return ir.Program(
        **{
            "name": "test.pol",
            "number": "测府办发〔2024〕1号",
            "title": "测试",
            "issuer": "测府办",
            "dated": date(2024, 12, 12),
            "effective": date(2024, 12, 12),
            "digest": "sha256:0",
            "headers": (),
            "chapters": (),
            "enums": (ir.EnumDecl(name="级别", members=LEVELS),),
            "scopes": (ir.Scope(name="企业", facts=ENTERPRISE), ir.Scope(name="全区", facts=DISTRICT)),
            "readings": (reading("R1"), reading("R2")),
            "functions": (),
            "measures": measures,
            "provisions": provisions,
            "adjustments": (),
            "offset": None,
        }
        | changed
    )


EMPTY = program()


def missing(path: str, of: ir.Program = EMPTY) -> Unknown:
    """Not known, for want of a plain fact, a list, or a field such as ``认定记录[0].日期``."""
    scope, dot, rest = path.partition(".")
    scope, name = (scope, rest) if dot and scope == "全区" else ("企业", path)
    if "[" not in name:
        return Unknown(frozenset([path_of(of, scope, name)]))
    list, _, rest = name.partition("[")
    item, field = rest.split("].")
    return Unknown(frozenset([path_of(of, scope, list, int(item), field)]))


def facts(district: dict[str, Any] | None = None, /, **known: Any) -> Facts:
    """The facts given; everything else is not known, series have no years. Rows may leave fields out."""
    values: dict[str, object] = {}
    for each in ENTERPRISE:
        value = known.get(each.name, {} if each.series else missing(each.name))
        if each.is_list and isinstance(value, list):
            value = [
                {f.name: row.get(f.name, missing(f"{each.name}[{index}].{f.name}")) for f in each.fields}
                for index, row in enumerate(value)
            ]
        elif each.series:
            value = {
                year: {f.name: row.get(f.name, missing(f"{each.name}[{year}].{f.name}")) for f in each.fields}
                for year, row in value.items()
            }
        values[each.name] = value
    district = {"企业数": missing("全区.企业数")} | (district or {})
    return Facts({"企业": values, "全区": district}, "甲公司")


def value(of: Any, program: ir.Program = EMPTY, readings: dict[str, str] | None = None, **known: Any) -> Any:
    """The value of an expression, with what is absent as ("unknown", paths) or ("error", code, line)."""
    return shown(evaluate(expr(of), Env(program, facts(**known), ON, {"R1": "a", "R2": "a"} | (readings or {}))))


def shown(found: Any) -> Any:
    if isinstance(found, Unknown):
        return ("unknown", [path[3] for path in sorted(found.missing)])
    if isinstance(found, Failed):
        return ("error", found.code, found.line)
    assert not isinstance(found, Absent)
    return found


# ---------------------------------------------------------------- provisions


def condition(name: str, test: Any) -> ir.Condition:
    return ir.Condition(name=name, expr=expr(test), origin=ir.Origin(12, "", f"{name}的原文"))


def award(name: str, each: str = "", **changed: Any) -> ir.Provision:
    """An award of measure 5 over a list, whose amount is the field 金额, dated as the list is."""
    defaults: dict[str, ir.Expr] = {
        "认定记录": of("日期", DATE),
        "复核记录": of("日期", DATE),
        "租赁": ir.Calendar(type=DATE, op="year_end", arg=of("年度", YEAR)),
        "税费": ir.Calendar(type=DATE, op="month_end", arg=of("所属期", MONTH)),
    }
    given: dict[str, Any] = {
        "measure": 5,
        "kind": "award",
        "nature": "cash",
        "payer": "区财政局",
        "each": each,
        "on": defaults.get(each),
        "amount": of("金额", MONEY),
    }
    for key in ("among", "must", "checks"):
        if key in changed:
            tests = changed[key] if isinstance(changed[key], tuple) else (changed[key],)
            changed[key] = tuple(condition(f"{key}{number}", test) for number, test in enumerate(tests))
    return ir.Provision(name=name, **(given | changed))


def other(kind: Any, name: str = "某项", **changed: Any) -> ir.Provision:
    return award(name, **({"kind": kind, "nature": "", "payer": "", "amount": None} | changed))


def ceiling(limit: Any, *covers: str | tuple[str, str], **changed: Any) -> ir.Ceiling:
    members = tuple((each, "") if isinstance(each, str) else each for each in covers)
    given: dict[str, Any] = {
        "measure": 5,
        "name": "限额",
        "per_year": False,
        "covers": tuple((member, YES) for member in members),
        "limit": expr(limit),
        "split": NO,
        "keys": (),
        "by_date": False,
        "applies": YES,
        "origin": ir.Origin(30),
    }
    return ir.Ceiling(**(given | changed))


def highest(mode: Any, *names: str, applies: ir.Expr = YES) -> ir.Highest:
    members = tuple((name, "") for name in names)
    return ir.Highest(measure=5, members=members, mode=mode, applies=applies, origin=ir.Origin(31))


def deduct(name: str, *less: str, applies: ir.Expr = YES) -> ir.Deduct:
    return ir.Deduct(measure=5, member=name, less=less, applies=applies, origin=ir.Origin(32))


OFFSET = ir.Offset(list="已兑付", among=())


def decided(of: ir.Program, known: Facts, on: date = ON, **readings: str) -> Outcome:
    return decide(of, known, on, {"R1": "a", "R2": "a"} | readings)


def amounts(outcome: Outcome, name: str, measure: int = 5) -> list[Any]:
    """The amounts of a provision's items; for those not granted, their status."""
    items = outcome.measures[measure].provisions[name].items
    return [item.amount if item.status == "granted" else item.status for item in items]


def row(day: date, amount: Any = 100_000, level: str = "市级") -> dict[str, Any]:
    return {"日期": day, "金额": amount, "级别": level}


def lease(year: int, amount: Any, months: Any = 12) -> dict[str, Any]:
    return {"年度": year, "金额": amount, "月数": months}


def paid(name: str, day: date, amount: Any, measure: int = 5, basis: str = "本文件") -> dict[str, Any]:
    return {"措施": measure, "事项": name, "日期": day, "金额": amount, "依据": basis}


#: Conditions and days most tests use: in the district, the second reading of R1, days before and after taking effect.
LOCAL = fact("区内企业")
SECOND = compare(choose("R1", 1, 2), "==", 2)
BEFORE, EARLY, MIDDLE, LATE = date(2024, 5, 1), date(2025, 1, 10), date(2025, 3, 10), date(2025, 5, 10)


def provision(outcome: Outcome, name: str = "认定", measure: int = 5) -> Any:
    return outcome.measures[measure].provisions[name]


def lacking(found: Any) -> list[str]:
    """The facts a provision or item wants, in order."""
    return found.missing


def completeness(policy: ir.Program, known: Facts) -> dict[str, bool]:
    return {each.name: each.complete for each in decided(policy, known).provisions()}


def at_least(policy: ir.Program, known: Facts) -> dict[str, tuple[Any, bool, list[str]]]:
    """Amount, whether it is all, and what is missing, of each provision."""
    found = decided(policy, known).provisions()
    return {each.name: (each.exact_amount, each.complete, lacking(each)) for each in found}


def stage(name: str, amount: Any, day: str) -> ir.Stage:
    return ir.Stage(name=name, amount=const(amount, MONEY), on=fact(day, optional(DATE)), of=day)


STAGED = award(
    "上市", amount=None, stages=(stage("验收", 2_000_000, "验收日期"), stage("首发", 3_000_000, "首发上市日期"))
)
