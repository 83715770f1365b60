"""A decision as programs get it, and what other readings would give."""

import json
from datetime import date
from fractions import Fraction
from functools import partial

import pytest

from fayan_runtime.decision import ReadingUse
from fayan_runtime.reference import decide
from fayan_runtime.report import Decision
from tests.runtime.programs import (
    MONEY,
    NUMBER,
    OFFSET,
    ON,
    award,
    ceiling,
    choose,
    compare,
    const,
    fact,
    facts,
    of,
    other,
    paid,
    program,
    reading,
    row,
)

EARLY = date(2025, 3, 1)
LOCAL = fact("区内企业")


def decision(policy, known, **readings):
    chosen = {each.id: each.options[0][0] for each in policy.readings if each.uncomputed is None} | readings
    execution = partial(decide, policy)
    made = Decision(policy, "policies/test.pol", known, ON, chosen, execution(known, ON, chosen, None), execution)
    for provision in made.outcome.provisions():
        for reason in provision.reasons:
            reason.tell = partial(lambda of, language: f"{of.condition}：{of.holds}", reason)
    return made


POLICY = program(
    award("认定", "认定记录", must=(LOCAL, fact("初创企业")), readings=("R1",)),
    other("duty", "职责"),
    adjustments=(ceiling(Fraction(2_000_005, 100), "认定"),),
    offset=OFFSET,
    readings=(reading("R1"),),
)


def test_json():
    payments = [paid("认定", EARLY, 20_000), paid("复核", EARLY, Fraction(7, 2)), {"事项": "无", "日期": EARLY}]
    made = decision(
        POLICY, facts(区内企业=True, 初创企业=True, 认定记录=[row(EARLY), {"日期": EARLY}], 已兑付=payments)
    )
    assert json.loads(made.to_json()) == {
        "schema": "fayan.decision/1",
        "policy": {"number": "测府办发〔2024〕1号", "title": "测试", "digest": "sha256:0"},
        "subject": "甲公司",
        "on": "2025-06-30",
        "readings": {"R1": "a"},
        "measures": [
            {
                "id": 5,
                "title": "措施5",
                "status": "granted",
                "responsible": ["区财政局"],
                "provisions": [
                    {
                        "name": "认定",
                        "status": "granted",
                        "nature": "cash",
                        "payer": "区财政局",
                        "amount": "20000.05",
                        "paid": "20000.00",
                        "payable": "0.05",
                        "complete": False,
                        "items": [
                            {
                                "of": "认定记录[0]",
                                "name": "",
                                "date": "2025-03-01",
                                "status": "granted",
                                "uncapped": "100000.00",
                                "amount": "20000.05",
                                "paid": "20000.00",
                                "payable": "0.05",
                                "missing": [],
                                "steps": [{"name": "限额", "before": "100000.00", "after": "20000.05", "line": 30}],
                            },
                            {
                                "of": "认定记录[1]",
                                "name": "",
                                "date": "2025-03-01",
                                "status": "unknown",
                                "uncapped": None,
                                "amount": None,
                                "paid": "0.00",
                                "payable": None,
                                "missing": ["认定记录[1].金额"],
                                "steps": [],
                            },
                        ],
                        "reasons": [
                            told("must0", True, "认定记录[0]"),
                            told("must1", True, "认定记录[0]"),
                            told("must0", True, "认定记录[1]"),
                            told("must1", True, "认定记录[1]"),
                            told("金额", None, "认定记录[1]", role="amount", quote="", line=0),
                        ],
                        "missing": ["认定记录[1].金额"],
                        "readings": [{"id": "R1", "used": "a", "matters": None, "others": {}}],
                    },
                    {
                        "name": "职责",
                        "status": "duty",
                        "nature": "",
                        "payer": "",
                        "amount": None,
                        "paid": None,
                        "payable": None,
                        "complete": True,
                        "items": [],
                        "reasons": [],
                        "missing": [],
                        "readings": [],
                    },
                ],
            }
        ],
        "unmatched_payments": [
            {"of": "已兑付[1]", "措施": 5, "事项": "复核", "日期": "2025-03-01", "金额": "3.50", "依据": "本文件"},
            {"of": "已兑付[2]", "措施": None, "事项": "无", "日期": "2025-03-01", "金额": None, "依据": None},
        ],
        "totals": {
            "cash": {"amount": "20000.05", "payable": "0.05", "complete": False},
            "relief": {"amount": "0.00", "payable": "0.00", "complete": True},
            "tax": {"amount": "0.00", "payable": None, "complete": True},
            "deduction": {"amount": "0.00", "payable": None, "complete": True},
        },
    }


def told(condition, holds, of, role="must", quote=None, line=12):
    return {
        "condition": condition,
        "holds": holds,
        "text": f"{condition}：{holds}",
        "quote": f"{condition}的原文" if quote is None else quote,
        "at": f"policies/test.pol:{line}",
        "of": of,
        "role": role,
    }


def test_a_reason_names_its_error():
    made = decision(program(award("认定", "认定记录", amount=const(None))), facts(认定记录=[row(EARLY)]))
    (reason,) = made.to_dict()["measures"][0]["provisions"][0]["reasons"]
    assert reason["error"] == "no-value"


def test_the_python_face():
    made = decision(POLICY, facts(区内企业=True, 初创企业=True, 认定记录=[row(EARLY)], 已兑付=[paid("无", EARLY, 1)]))
    assert str(made.measures[5].provisions["认定"].payable) == "20000.05"
    assert str(made.measures[5].provisions["认定"].paid) == "0.00"
    assert made.measures[5].provisions["职责"].payable is None
    assert (made.subject, made.totals["cash"].amount, made.unmatched_payments[0].index) == (
        "甲公司",
        made.measures[5].provisions["认定"].amount,
        0,
    )


# ---------------------------------------------------------------- other readings
GROWTH = fact("产值", NUMBER)
READ = program(
    award(
        "认定",
        "认定记录",
        must=choose("R1", compare(GROWTH, ">", 20), compare(GROWTH, ">=", 20), LOCAL),
        readings=("R1", "R9"),
    ),
    award("复核", "复核记录", readings=("R2",)),
    other("discretionary", "支持", measure=6, readings=("R1",)),
    readings=(reading("R1", "a", "b", "c"), reading("R2"), reading("R3")),
)


def uses(made, name, measure=5):
    return made.measures[measure].provisions[name].readings


def test_every_other_option_is_decided_one_at_a_time():
    made = decision(READ, facts(认定记录=[row(EARLY)], 复核记录=[], 产值=20))
    asked = []
    execution = made.decide
    made.decide = lambda facts, on, readings, measures: (
        asked.append(readings) or execution(facts, on, readings, measures)
    )
    made.compare_readings()
    assert uses(made, "认定") == [
        ReadingUse("R1", "a", True, {"b": ("granted", 100_000, 100_000), "c": ("unknown", 0, 0)})
    ]
    assert uses(made, "复核") == [ReadingUse("R2", "a", False, {"b": ("not_applicable", 0, 0)})]
    assert uses(made, "支持", 6) == [
        ReadingUse("R1", "a", False, {"b": ("discretionary", None, None), "c": ("discretionary", None, None)})
    ]
    base = {"R1": "a", "R2": "a", "R3": "a"}
    assert asked == [base | {"R1": "b"}, base | {"R1": "c"}, base | {"R2": "b"}]
    (use,) = made.to_dict()["measures"][0]["provisions"][0]["readings"]
    assert use["others"]["b"] == {"status": "granted", "amount": "100000.00", "payable": "100000.00"}


def test_a_reading_that_changes_only_what_is_missing_matters():
    larger = compare(fact("产值", NUMBER), ">", 1)
    one = award("认定", "认定记录", must=choose("R1", const(True), larger), readings=("R1",))
    made = decision(program(one, readings=(reading("R1"),)), facts(认定记录=[{"日期": EARLY}]))
    made.compare_readings()
    (use,) = uses(made, "认定")
    assert (use.matters, use.others) == (True, {"b": ("unknown", 0, 0)})


def test_the_reading_used_is_not_among_the_others():
    made = decision(READ, facts(认定记录=[row(EARLY)], 复核记录=[], 产值=20), R1="b")
    made.compare_readings()
    (use,) = uses(made, "认定")
    assert (use.used, use.matters, list(use.others)) == ("b", True, ["a", "c"])


def test_readings_that_no_rule_computes_are_not_compared():
    declared = (reading("R1"), reading("R9"))
    from attrs import evolve

    policy = program(
        award("认定", "认定记录", readings=("R1", "R9")),
        readings=(declared[0], evolve(declared[1], uncomputed="只列明")),
    )
    made = decision(policy, facts(认定记录=[row(EARLY)]))
    made.compare_readings()
    assert uses(made, "认定") == [
        ReadingUse("R1", "a", False, {"b": ("granted", 100_000, 100_000)}),
        ReadingUse("R9", "", None, {}),
    ]


@pytest.mark.parametrize(("form", "format"), [("to_text", "text"), ("to_markdown", "md"), ("to_html", "html")])
def test_the_forms_for_people_come_from_the_explanations(form, format, monkeypatch):
    render = pytest.importorskip("fayan_runtime.explain.render")
    monkeypatch.setattr(render, "render_decision", lambda decision, format, language: f"{format} {language}")
    made = decision(POLICY, facts())
    assert (getattr(made, form)(), getattr(made, form)("en")) == (f"{format} zh", f"{format} en")


# ---------------------------------------------------------------- the nearest change


def nearest_of(made):
    (found,) = made.to_dict()["measures"][0]["provisions"]
    return found.get("nearest"), [each.get("nearest", "none told") for each in found["items"]]


def test_what_is_denied_has_its_nearest_change():
    """100,000.01 is more than 100,000; by then both items are granted what they claim."""
    over = compare(of("金额", MONEY), ">", 100_000)
    made = decision(program(award("认定", "认定记录", must=over)), facts(认定记录=[row(EARLY), row(EARLY, 250_000)]))
    gives = {"status": "granted", "amount": "350000.01", "payable": "350000.01"}
    change = {"fact": "认定记录[0].金额", "from": "100000", "to": "100000.01", "gives": gives}
    assert nearest_of(made) == (None, [change, "none told"])


def test_a_refusal_that_no_single_step_turns_says_so():
    two = decision(
        program(award("认定", "认定记录", must=(LOCAL, const(False)))), facts(区内企业=False, 认定记录=[row(EARLY)])
    )
    assert nearest_of(two) == (None, [None])


def test_the_nearest_change_of_a_provision_without_items():
    large = compare(fact("产值", NUMBER), ">=", 12)
    made = decision(program(other("discretionary", "支持", must=large)), facts(产值=5))
    gives = {"status": "discretionary", "amount": None, "payable": None}
    assert nearest_of(made) == ({"fact": "产值", "from": "5", "to": "12", "gives": gives}, [])
    assert nearest_of(decision(program(other("discretionary", "支持", must=large)), facts(产值=12))) == (None, [])
