"""Facts that are wrong: each kind gives one message, with its code, its line and a sentence people understand."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fayan.complaints import described
from fayan.facts_file import MAX_VALUES, read_facts, read_facts_file
from fayan.messages.mend import applied
from fayan.problems.data import DataProblem
from fayan_dsl.problem import Problem
from fayan_runtime.ir import Type
from fayan_runtime.read import MAX_COMPLAINTS

from .policy import PROGRAM, RENT


def problems_in(path: Path, text: str | bytes) -> list[Problem]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    facts, problems = read_facts_file(path, PROGRAM)
    assert facts is None
    return problems


def only(problems: list[Problem]) -> tuple[str, int, str]:
    """Code, line and Chinese sentence of the one problem; it has a way out and says the same in English."""
    assert len(problems) == 1, [problem.title() for problem in problems]
    (problem,) = problems
    for language in ("zh", "en"):
        assert problem.title(language)
        assert problem.help(language)
        assert "{" not in problem.title(language) + problem.help(language)
    return problem.code, problem.source.position(problem.span.start)[0], problem.title()


#: One line below “企业:”, so that it stands in line 2.
FACTS = [
    # keys
    ("区内企叶: 是", "FY7101", "“企业”里没有“区内企叶”这一项，政策没有声明它。"),
    ("区内企业：是", "FY7007", "“区内企业”后面要写半角冒号和一个空格。"),
    ("区内企业:是", "FY7007", "“区内企业”后面要写半角冒号和一个空格。"),
    ("认定记录: [{级别:国家小巨人}]", "FY7007", "“级别”后面要写半角冒号和一个空格。"),
    ("年度经营: [{年度: 2022, 产值: 9,000万元}]", "FY7110", "花括号里，逗号把“9,000万元”断开了。"),
    ("年度经营: [{年度: 2022, 产值: 1,000,000}]", "FY7110", "花括号里，逗号把“1,000,000”断开了。"),
    ("年度经营: [{年度: 2022, 产值: 1,234,567.50元}]", "FY7110", "花括号里，逗号把“1,234,567.50元”断开了。"),
    ("认定记录: [{级别: 国家小巨人, 日期: 2024-09-02, 有效期至: 2024-09-01}]", "FY7224", "“认定记录[0].有效期至”“2024-09-01”早于这一项的日期（2024年9月2日）。"),
    ("[甲]: 是", "FY7103", "“企业”里的键要是一个名称。"),
    ("~: 是", "FY7103", "“企业”里的键要是一个名称。"),
    # shapes
    ("区内企业: [是]", "FY7105", "“区内企业”要写一个值，这里是一个清单。"),
    ("投资: {元: 5000}", "FY7105", "“投资”要写一个值，这里是一组“键: 值”。"),
    ("认定记录: {级别: 国家小巨人}", "FY7105", "“认定记录”要写一个清单，这里是一组“键: 值”。"),
    ("认定记录: 国家小巨人", "FY7105", "“认定记录”要写一个清单，这里是一个值。"),
    ("认定记录: [国家小巨人]", "FY7105", "“认定记录[0]”要写一组“键: 值”，这里是一个值。"),
    ("认定记录: [~]", "FY7105", "“认定记录[0]”要写一组“键: 值”，这里是空值。"),
    ("年度经营: [2024]", "FY7105", "“年度经营[0]”要写一组“键: 值”，这里是一个值。"),
    ("产业领域: {汽车: 是}", "FY7105", "“产业领域”要写一个清单，这里是一组“键: 值”。"),
    ("产业领域: [[汽车]]", "FY7105", "“产业领域”要写一个值，这里是一个清单。"),
    ("区内企业:", "FY7106", "“区内企业”不能是空值，要写是 或 否。"),
    ("级别: null", "FY7106", "“级别”不能是空值，要写其中之一（市级专精特新、国家小巨人）。"),
    ("投资: ~", "FY7106", "“投资”不能是空值，要写金额（元）。"),
    ("年度经营: [{产值: 1元}]", "FY7107", "“年度经营[0]”没有写年度，不知道是哪一年的。"),
    ("年度经营: [{年度: 2024}, {年度: 2024年}]", "FY7108", "“年度经营[1]”：2024年前面已经写过。"),
    ("年度经营: [{年度: 去年}]", "FY7214", "“年度经营[0].年度”要写年度，“去年”读不出来。"),
    # numbers and units
    ("投资: 很多", "FY7202", "“投资”要写金额（元），“很多”读不出数来。"),
    # not how numbers are said: 305 or 350, 5003 or 5300, two numbers, no number before 万
    ("投资: 三百五元", "FY7202", "“投资”要写金额（元），“三百五元”读不出数来。"),
    ("投资: 五千三元", "FY7202", "“投资”要写金额（元），“五千三元”读不出数来。"),
    ("投资: 一二元", "FY7202", "“投资”要写金额（元），“一二元”读不出数来。"),
    ("投资: 三五千元", "FY7202", "“投资”要写金额（元），“三五千元”读不出数来。"),
    ("投资: 万元", "FY7202", "“投资”要写金额（元），“万元”读不出数来。"),
    ("投资: 五千万", "FY7204", "“投资”要写金额（元），“五千万”里的“万”不是认识的单位。"),
    ("投资: 五千万美元", "FY7204", "“投资”要写金额（元），“五千万美元”里的“美元”不是认识的单位。"),
    ("投资: 三平方米", "FY7203", "“投资”要写金额（元），“三平方米”用的是别的单位。"),
    ("价格扣除比例: 百分之一百二十", "FY7206", "“价格扣除比例”要在 0 到 100% 之间，这里是“百分之一百二十”。"),
    ("价格扣除比例: 百分之十二元", "FY7202", "“价格扣除比例”要写比例，“百分之十二元”读不出数来。"),
    ("投资: 约5000万元", "FY7202", "“投资”要写金额（元），“约5000万元”读不出数来。"),
    ("投资: 12,00元", "FY7204", "“投资”要写金额（元），“12,00元”里的“,00元”不是认识的单位。"),
    ("投资: 3000平方米", "FY7203", "“投资”要写金额（元），“3000平方米”用的是别的单位。"),
    ("投资: 12%", "FY7203", "“投资”要写金额（元），“12%”用的是别的单位。"),
    ("投资: 5000万", "FY7204", "“投资”要写金额（元），“5000万”里的“万”不是认识的单位。"),
    ("投资: 5000万美元", "FY7204", "“投资”要写金额（元），“5000万美元”里的“万美元”不是认识的单位。"),
    ("投资: -5000万元", "FY7205", "“投资”不能是负数，这里是“-5000万元”。"),
    ("投资: －１元", "FY7205", "“投资”不能是负数，这里是“－１元”。"),
    (f"投资: {'9' * 41}", "FY7208", "“投资”的数超过 40 位，不会是真的。"),
    ("投资: 1e999999999", "FY7208", "“投资”的数超过 40 位，不会是真的。"),
    ("投资: nan", "FY7202", "“投资”要写金额（元），“nan”读不出数来。"),
    ("租赁: [{面积: -3000平方米}]", "FY7205", "“租赁[0].面积”不能是负数，这里是“-3000平方米”。"),
    ("租赁: [{租金: 20元}]", "FY7203", "“租赁[0].租金”要写单价（元/平方米·月），“20元”用的是别的单位。"),
    ("租赁: [{租金: 20元/平方}]", "FY7204", "“租赁[0].租金”要写单价（元/平方米·月），“20元/平方”里的“元/平方”不是认识的单位。"),
    ("租赁: [{租用月数: 360日}]", "FY7203", "“租赁[0].租用月数”要写时长（月、年），“360日”用的是别的单位。"),
    ("价格扣除比例: 12", "FY7206", "“价格扣除比例”要在 0 到 100% 之间，这里是“12”。"),
    ("价格扣除比例: 12元", "FY7203", "“价格扣除比例”要写比例，“12元”用的是别的单位。"),
    ("已兑付: [{措施: 3.5}]", "FY7207", "“已兑付[0].措施”要写整数，这里是“3.5”。"),
    ("已兑付: [{措施: 300%}]", "FY7203", "“已兑付[0].措施”要写整数，“300%”用的是别的单位。"),
    # the calendar
    ("迁入日期: 2023年2月30日", "FY7211", "“迁入日期”：日历上没有“2023年2月30日”，2023年2月只有 28 天。"),
    ("迁入日期: 2023-02-29", "FY7211", "“迁入日期”：日历上没有“2023-02-29”，2023年2月只有 28 天。"),
    ("迁入日期: 2月30日", "FY7210", "“迁入日期”要写年月日，“2月30日”读不出来。"),
    ("迁入日期: 2024-11", "FY7210", "“迁入日期”要写年月日，“2024-11”读不出来。"),
    ("迁入日期: 12/31/2024", "FY7210", "“迁入日期”要写年月日，“12/31/2024”读不出来。"),
    ("迁入日期: 2024-13-01", "FY7212", "“迁入日期”：“2024-13-01”里的月份不在 1 到 12 之间。"),
    ("迁入日期: 0024-12-12", "FY7215", "“迁入日期”：“0024-12-12”不在 1900 年到 2200 年之间。"),
    ("成立年度: 24年", "FY7214", "“成立年度”要写年度，“24年”读不出来。"),
    ("成立年度: 3024", "FY7215", "“成立年度”：“3024”不在 1900 年到 2200 年之间。"),
    ("税费: [{所属期: 2024年}]", "FY7213", "“税费[0].所属期”要写年月，“2024年”读不出来。"),
    ("税费: [{所属期: 2024-00}]", "FY7212", "“税费[0].所属期”：“2024-00”里的月份不在 1 到 12 之间。"),
    # words
    ("区内企业: 也许", "FY7216", "“区内企业”要写 是 或 否，这里是“也许”。"),
    ("区内企业: yes", "FY7216", "“区内企业”要写 是 或 否，这里是“yes”。"),
    ("级别: 小巨人", "FY7217", "“级别”没有“小巨人”这一种。"),
    ("产业领域: [汽车, 钢铁]", "FY7217", "“产业领域”没有“钢铁”这一种。"),
    ("产业领域: 汽车、电子", "FY7217", "“产业领域”没有“汽车、电子”这一种。"),
    ("产业领域: [汽车, 汽车]", "FY7218", "“产业领域”里“汽车”写了两次。"),
    ("宣传年度: [~]", "FY7106", "“宣传年度”不能是空值，要写年度。"),
    ("统一社会信用代码: 91350100M000100Y4", "FY7219", "“统一社会信用代码”要有 18 位数字和大写字母（不用 I、O、S、V、Z），这里的 17 位不是这样。"),
    ("统一社会信用代码: 9135O100M000100Y43", "FY7219", "“统一社会信用代码”要有 18 位数字和大写字母（不用 I、O、S、V、Z），这里的 18 位不是这样。"),
    ("统一社会信用代码: 91350100M000100Y4X", "FY7220", "“统一社会信用代码”的校验码不对：按前 17 位，末位应为“3”，这里是“X”。"),
    ('企业名称: ""', "FY7221", "“企业名称”写了空的文本。"),
    (f"企业名称: {'甲' * 1001}", "FY7222", "“企业名称”要写在一行里，不超过 1000 个字。"),
    ('企业名称: "甲\\n乙"', "FY7222", "“企业名称”要写在一行里，不超过 1000 个字。"),
    # YAML itself
    ("企业名称: &a 甲", "FY7009", "事实文件不用 YAML 的锚点和引用（& 和 *）。"),
    ("企业名称: *a", "FY7009", "事实文件不用 YAML 的锚点和引用（& 和 *）。"),
    ("企业名称: !!python/object/apply:os.system [ls]", "FY7010", "事实文件不用 YAML 的类型标记（tag:yaml.org,2002:python/object/apply:os.system）。"),
    ("<<: {区内企业: 是}", "FY7011", "事实文件不用 YAML 的合并键（<<）。"),
    ("企业名称: @甲", "FY7006", "这里读不下去：值不能以这个字符开头，缩进也不能用制表符。"),
    ('企业名称: "甲', "FY7006", "这里读不下去：引号没有闭合。"),
    ("产业领域: [汽车, 电子", "FY7006", "这里读不下去：括号没有闭合，或者少了逗号。"),
    ("企业名称: 甲: 乙", "FY7006", "这里读不下去：这里不该有冒号，可能是上一行缩进不齐，或者值里的冒号没有加引号。"),
    ('企业名称: "甲\\x1b[31m"', "FY7002", "这里有看不见的字符（U+001B）。"),
    ("区内\u200b企业: 是", "FY7002", "这里有看不见的字符（U+200B）。"),
    ("企业名称: 甲\u202e乙", "FY7002", "这里有看不见的字符（U+202E）。"),
    ("企业名称: 甲\x00", "FY7002", "这里有看不见的字符（U+0000）。"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "code", "sentence"), FACTS)
def test_one_bad_fact(tmp_path: Path, fact: str, code: str, sentence: str) -> None:
    assert only(problems_in(tmp_path / "甲.yaml", f"企业:\n  {fact}\n")) == (code, 2, sentence)


#: Whole files: name, text, code, line, sentence.
FILES: list[tuple[str, str | bytes, str, int, str]] = [
    ("a.yaml", "", "FY7003", 1, "文件是空的，没有写任何事实。"),
    ("a.yaml", "\n# 只有注释\n", "FY7003", 1, "文件是空的，没有写任何事实。"),
    ("a.yaml", "---\n", "FY7003", 1, "文件是空的，没有写任何事实。"),
    ("a.json", " \n", "FY7003", 1, "文件是空的，没有写任何事实。"),
    ("a.json", "null", "FY7003", 1, "文件是空的，没有写任何事实。"),
    ("a.yaml", "甲公司", "FY7105", 1, "最外层要写一组“键: 值”，这里是一个值。"),
    ("a.yaml", "- 企业\n", "FY7105", 1, "最外层要写一组“键: 值”，这里是一个清单。"),
    ("a.yaml", "{}", "FY7104", 1, "最外层没有“企业”这一项。"),
    ("a.yaml", "全区: {小巨人数: 1}", "FY7104", 1, "最外层没有“企业”这一项。"),
    ("a.yaml", "区内企业: 是\n迁入日期: 无\n", "FY7104", 1, "最外层没有“企业”这一项。"),
    ("a.yaml", "企叶: {}", "FY7101", 1, "最外层里没有“企叶”这一项，政策没有声明它。"),
    ("a.yaml", "企业:\n", "FY7105", 1, "“企业”要写一组“键: 值”，这里是空值。"),
    ("a.yaml", "企业: {}\n全区: {小巨人数: 2.5家}", "FY7207", 2, "“全区.小巨人数”要写整数（家），这里是“2.5家”。"),
    ("a.yaml", "企业:\n  区内企业: 是\n  区内企业: 否\n", "FY7102", 3, "“企业”里“区内企业”写了两次，不知道以哪个为准。"),
    ("a.yaml", "企业: {}\n企业: {}\n", "FY7102", 2, "最外层里“企业”写了两次，不知道以哪个为准。"),
    ("a.yaml", "企业:\n  认定记录:\n  - 日期: 2024-01-01\n    日期: 2024-01-02\n", "FY7102", 4, "“认定记录[0]”里“日期”写了两次，不知道以哪个为准。"),
    ("a.yaml", "企业:\n  企业名称: 甲\n  区内企业：是\n  迁入日期: 无\n", "FY7007", 3, "“区内企业”后面要写半角冒号和一个空格。"),
    ("a.yaml", "企业:\n  企业名称: 甲\n  区内企业：是\n", "FY7007", 3, "“区内企业”后面要写半角冒号和一个空格。"),
    ("a.yaml", "企业:\n  企业名称：甲\n  区内企业：是\n", "FY7007", 2, "“企业名称”后面要写半角冒号和一个空格。"),
    ("a.yaml", "企业：\n  区内企业: 是\n", "FY7007", 1, "“企业”后面要写半角冒号和一个空格。"),
    ("a.yaml", "企业:\n  企业名称: 甲\n    公司\n", "FY7008", 2, "这个值写了不止一行，分不清下一行是不是另一个事实。"),
    ("a.yaml", "企业:\n\t区内企业: 是\n", "FY7006", 2, "这里读不下去：值不能以这个字符开头，缩进也不能用制表符。"),
    ("a.yaml", "企业:\n  区内企业: 是\n 迁入日期: 无\n", "FY7006", 3, "这里读不下去：这一行的缩进与上面的键没有对齐。"),
    ("a.yaml", "企业: {}\n---\n企业: {}\n", "FY7012", 2, "一个文件只写一户企业，这里又起了一份（---）。"),
    ("a.yaml", "企业:\n  企业名称: " + "[" * 100_000, "FY7004", 2, "括号或缩进套了 32 层以上。"),
    ("a.yaml", "企业:\n" + "".join(" " * n + "- \n" if n % 2 else " " * n + "a:\n" for n in range(1, 90)), "FY7004", 33, ""),
    ("a.json", "[" * 100_000, "FY7004", 1, "括号或缩进套了 32 层以上。"),
    ("a.json", '{"a":' * 100_000, "FY7004", 1, "括号或缩进套了 32 层以上。"),
    ("a.yaml", "企业:\n" + "  甲: 乙\n" * MAX_VALUES, "FY7005", 50_000, "文件里的值超过 100000 个，不像是一户企业的事实。"),
    ("a.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n企业: *c\n", "FY7009", 1, "事实文件不用 YAML 的锚点和引用（& 和 *）。"),
    ("a.yaml", b"\n\xc6\xf3\xd2\xb5: {}\n", "FY7802", 2, ""),
    ("a.yaml", "企业: {}".encode("utf-16"), "FY7802", 1, ""),
    ("a.yaml", b"x" * (50 * 2**20), "FY7001", 1, "事实文件超过 4 MiB，不像是一户企业的事实。"),
    ("a.json", '{\n"企业": {"区内企业": 是}}', "FY7013", 2, "这里不是合法的 JSON：这里少了一个值，或者文本没有加双引号。"),
    ("a.json", '{\n"企业": {},\n}', "FY7013", 3, "这里不是合法的 JSON：这里要写带双引号的键。"),
    ("a.json", '{"企业" {}}', "FY7013", 1, "这里不是合法的 JSON：键的后面少了冒号。"),
    ("a.json", '{"企业": {}\n"全区": {}}', "FY7013", 2, "这里不是合法的 JSON：两项之间少了逗号，或者括号没有闭合。"),
    ("a.json", '{"企业": {}}\n{}', "FY7013", 2, "这里不是合法的 JSON：括号闭合以后还有多余的内容。"),
    ("a.json", '{"企业": {"企业名称": "甲}}', "FY7013", 1, "这里不是合法的 JSON：双引号没有闭合。"),
    ("a.json", '{"企业": {"企业名称": "\\ud800"}}', "FY7002", 1, "这里有看不见的字符（U+D800）。"),
    ("a.json", '{"企业": {"区内企业": true,\n"区内企业": true}}', "FY7102", 2, "“企业”里“区内企业”写了两次，不知道以哪个为准。"),
    ("a.json", '{"企业": {\n"投资": NaN}}', "FY7209", 2, "“NaN”不是一个确定的数。"),
    ("a.json", '{"企业": {"投资": -Infinity}}', "FY7209", 1, "“-Infinity”不是一个确定的数。"),
    ("a.json", '{"企业": {"投资": 1e999999999999999999999}}', "FY7208", 1, "“投资”的数超过 40 位，不会是真的。"),
    ("a.json", '{"企业": {"投资": ' + "9" * 5000 + "}}", "FY7208", 1, "“投资”的数超过 40 位，不会是真的。"),
    ("a.json", '{"企业": {"投资": true}}', "FY7201", 1, "“投资”要写金额（元），“true”不是。"),
    ("a.json", '{"企业": {"企业名称": 123}}', "FY7201", 1, "“企业名称”要写文本，“123”不是。"),
    ("a.json", '{"企业": {"迁入日期": 20241212}}', "FY7201", 1, "“迁入日期”要写日期，“20241212”不是。"),
    ("a.json", '{"企业": {"区内企业": 1}}', "FY7201", 1, "“区内企业”要写是 或 否，“1”不是。"),
    ("a.json", '{"企业": {"成立年度": 2024.0}}', "FY7201", 1, "“成立年度”要写年度，“2024.0”不是。"),
    ("a.json", '{"企业": {"级别": false}}', "FY7201", 1, "“级别”要写其中之一（市级专精特新、国家小巨人），“false”不是。"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "code", "line", "sentence"), FILES, ids=range(len(FILES)))
def test_one_bad_file(tmp_path: Path, name: str, text: str | bytes, code: str, line: int, sentence: str) -> None:
    found = only(problems_in(tmp_path / name, text))
    assert found[:2] == (code, line)
    assert found[2] == sentence or not sentence


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, words in [
        (tmp_path / "无.yaml", "没有这个文件"),
        (tmp_path, "这是一个文件夹"),
        (Path("a\0b"), "系统报告"),
    ]:
        facts, problems = read_facts_file(path, PROGRAM)
        assert facts is None
        code, line, sentence = only(problems)
        assert (code, line) == ("FY7801", 1)
        assert words in sentence


def test_not_utf8_points_at_the_byte(tmp_path: Path) -> None:
    problems = problems_in(tmp_path / "a.yaml", "企业:\n  企业名称: 甲".encode() + b"\xff\n")
    assert problems[0].source.position(problems[0].span.start) == (2, 10)
    assert "第 2 行" in problems[0].title()


def test_several_faults_are_told_at_once_in_order(tmp_path: Path) -> None:
    text = "企业:\n  区内企叶: 是\n  投资: -1\n  认定记录:\n  - 日期: 2023-02-30\n    级别: 甲\n全区: {小巨人: 3}\n"
    problems = problems_in(tmp_path / "a.yaml", text)
    lines = [(problem.code, problem.source.position(problem.span.start)[0]) for problem in problems]
    assert lines == [("FY7101", 2), ("FY7205", 3), ("FY7211", 5), ("FY7217", 6), ("FY7101", 7)]


def test_the_end_of_a_long_list_of_faults(tmp_path: Path) -> None:
    problems = problems_in(tmp_path / "a.yaml", "企业:\n  产业领域:\n" + "  - 甲\n" * 1000)
    assert len(problems) == MAX_COMPLAINTS + 1
    assert [problem.code for problem in problems[-2:]] == ["FY7217", "FY7109"]
    assert problems[-1].title() == "错处太多，后面的不再列出。"


def test_a_misspelt_key_is_put_right(tmp_path: Path) -> None:
    (problem,) = problems_in(tmp_path / "a.yaml", "企业:\n  迁入日其: 无\n")
    (fix,) = problem.fixes
    assert fix.title.zh == "是不是“迁入日期”？"
    (edit,) = fix.edits
    text = problem.source.text
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == "企业:\n  迁入日期: 无\n"
    assert problem.help() == "改成政策声明的名称，或者删去这一行；这里可以写：迁入日期等（共 19 个）。"
    (problem,) = problems_in(tmp_path / "a.yaml", "企业:\n  zzz: 无\n")
    assert problem.fixes == ()
    assert "这里可以写：企业名称、统一社会信用代码、" in problem.help()


def test_a_duplicate_shows_the_first(tmp_path: Path) -> None:
    (problem,) = problems_in(tmp_path / "a.yaml", "企业:\n  投资: 1\n  区内企业: 是\n  投资: 2\n")
    (label,) = problem.labels
    assert problem.source.position(label.span.start) == (2, 3)


def test_messages_name_the_unit_with_an_example(tmp_path: Path) -> None:
    (problem,) = problems_in(tmp_path / "a.yaml", "企业:\n  租赁: [{面积: 20元}]\n")
    assert problem.title() == "“租赁[0].面积”要写面积（平方米），“20元”用的是别的单位。"
    assert problem.help() == "换算成所要的单位，写成 3000平方米 这样。"
    assert problem.title("en") == "“租赁[0].面积” must be an area (平方米); “20元” has another unit."
    assert problem.help("en") == "Convert it to the unit wanted and write it like 3000平方米."


def test_a_series_row_is_named_by_its_year(tmp_path: Path) -> None:
    (problem,) = problems_in(tmp_path / "a.yaml", "企业:\n  年度经营: [{年度: 2024, 产值: 多}]\n")
    assert problem.title() == "“年度经营[2024].产值”要写金额（元），“多”读不出数来。"


MAPPINGS: list[tuple[Any, str, str]] = [
    ([], "FY7105", "最外层要写一组“键: 值”，这里是一个清单。"),
    ({}, "FY7104", "最外层没有“企业”这一项。"),
    ({"企业": {1: 2}}, "FY7103", "“企业”里的键要是一个名称。"),
    ({"企业": {"投资": float("nan")}}, "FY7209", "“nan”不是一个确定的数。"),
    ({"企业": {"投资": Decimal("inf")}}, "FY7209", "“Infinity”不是一个确定的数。"),
    ({"企业": {"投资": Decimal("1e-99999")}}, "FY7208", "“投资”的数超过 40 位，不会是真的。"),
    ({"企业": {"投资": 10**5000}}, "FY7208", "“投资”的数超过 40 位，不会是真的。"),
    ({"企业": {"投资": Fraction(1, 10**5000)}}, "FY7208", "“投资”的数超过 40 位，不会是真的。"),
    ({"企业": {"投资": Fraction(-1, 3)}}, "FY7205", "“投资”不能是负数，这里是“-1/3”。"),
    ({"企业": {"投资": object()}}, "FY7201", "“投资”要写金额（元），“object”不是。"),
    ({"企业": {"企业名称": b"x"}}, "FY7201", "“企业名称”要写文本，“bytes”不是。"),
    ({"企业": {"迁入日期": datetime(2024, 12, 12)}}, "FY7201", "“迁入日期”要写日期，“2024-12-12 00:00:00”不是。"),
    ({"企业": {"产业领域": {"钢铁", "汽车"}}}, "FY7217", "“产业领域”没有“钢铁”这一种。"),
    ({"企业": {"成立年度": True}}, "FY7201", "“成立年度”要写年度，“true”不是。"),
    ({"企业": {"成立年度": 10**5000}}, "FY7215", "“成立年度”：“…”不在 1900 年到 2200 年之间。"),
    ({"企业": {"停工天数": "1月"}}, "FY7203", "“停工天数”要写天数（日），“1月”用的是别的单位。"),
    ({"企业": {"年租金": "1元"}}, "FY7203", "“年租金”要写数（元/年），“1元”用的是别的单位。"),
]


@pytest.mark.parametrize(("facts", "code", "sentence"), MAPPINGS, ids=range(len(MAPPINGS)))
def test_bad_mappings(facts: Any, code: str, sentence: str) -> None:
    checked, problems = read_facts(facts, PROGRAM)
    assert checked is None
    assert only(problems) == (code, 1, sentence)


def test_a_mapping_that_holds_itself_is_only_wrong_once() -> None:
    loop: dict[str, Any] = {}
    loop["企业"] = loop
    assert [problem.code for problem in read_facts(loop, PROGRAM)[1]] == ["FY7101"]


def test_json_says_the_same_as_yaml(tmp_path: Path) -> None:
    facts = {"企业": {"认定记录": [{"级别": "小巨人"}]}}
    (said,) = problems_in(tmp_path / "a.json", json.dumps(facts, ensure_ascii=False))
    assert said.title() == "“认定记录[0].级别”没有“小巨人”这一种。"
    assert said.title() == read_facts(facts, PROGRAM)[1][0].title()


def test_every_class_has_its_own_code_and_name() -> None:
    classes = DataProblem.__subclasses__()
    assert len({cls.code for cls in classes}) == len({cls.name for cls in classes}) == len(classes)
    assert described(None)[1] == ""
    assert described(RENT)[1] == "20元/平方米·月"
    assert described(Type(kind="number", unit=(("家", 1),), shown="家"))[0].zh == "整数（家）"


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert "没有读取的权限" in only(read_facts_file(tmp_path / "a.yaml", PROGRAM)[1])[2]


SEED = "企业:\n  投资: 5000万元\n  认定记录:\n  - {级别: 国家小巨人, 日期: 2024-01-01}\n  年度经营: [{年度: 2024, 产值: ~}]\n"
SEED_JSON = '{"企业": {"投资": 1.5e3, "区内企业": true, "认定记录": [{"日期": "2024-01-01", "有效期至": null}]}}'
PIECES = st.one_of(
    st.sampled_from(
        [
            *" \n\t:：-,[]{}\"'&*!|>%@`#?~\\\r\x85\u2028\ufeff年月元无０",
            "<<",
            "---",
            "...",
            "null",
            "%YAML",
            "\\u",
            "- ",
        ]
    ),
    st.characters(),
)


@given(
    json_=st.booleans(),
    edits=st.lists(st.tuples(st.integers(0, 140), st.integers(0, 3), PIECES), max_size=6),
)
def test_whatever_is_typed_gives_facts_or_problems(
    tmp_path_factory: pytest.TempPathFactory, json_: bool, edits: list[tuple[int, int, str]]
) -> None:
    text = SEED_JSON if json_ else SEED
    for at, cut, piece in edits:
        text = text[:at] + piece + text[at + cut :]
    path = tmp_path_factory.getbasetemp() / ("a.json" if json_ else "a.yaml")
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    facts, problems = read_facts_file(path, PROGRAM)
    assert (facts is None) == bool(problems)
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(problem.source.text)
        assert problem.title("zh")
        assert problem.title("en")
        assert problem.help("zh")


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("a.yaml", "企业:\n  产业领域: 汽车、电子\n", "企业:\n  产业领域: [汽车, 电子]\n"),
        ("a.yaml", "企业:\n  产业领域: [元宇宙, 汽车、电子]\n", "企业:\n  产业领域: [元宇宙, 汽车, 电子]\n"),
        ("a.json", '{"企业": {"产业领域": "汽车，电子"}}', '{"企业": {"产业领域": ["汽车", "电子"]}}'),
        (
            "a.yaml",
            "企业:\n  年度经营: [{年度: 2022, 产值: 1,234,567元}]\n",
            "企业:\n  年度经营: [{年度: 2022, 产值: 1234567元}]\n",
        ),
    ],
)
def test_a_fix_keeps_all_that_was_written(tmp_path: Path, name: str, text: str, after: str) -> None:
    (problem,) = problems_in(tmp_path / name, text)
    (fix,) = problem.fixes
    assert applied(text, fix.edits) == after
    (tmp_path / name).write_text(after, "utf-8")
    assert read_facts_file(tmp_path / name, PROGRAM)[1] == []


@pytest.mark.parametrize("text", ["企业:\n  产业领域: 汽车、钢铁\n", "企业:\n  产业领域:\n    - 汽车、电子\n"])
def test_no_fix_drops_a_part(tmp_path: Path, text: str) -> None:
    (problem,) = problems_in(tmp_path / "a.yaml", text)
    assert (problem.code, problem.fixes) == ("FY7217", ())
