"""A number of a document in its one form."""

from __future__ import annotations

import pytest

from fayan_runtime.document_number import normal

SAME = (
    "渝北府办发〔2022〕38号", "渝北府办发〔２０２２〕３８号", "渝北府办发［2022］38号", "渝北府办发[2022]38号", "渝北府办发(2022)38号",
    "渝北府办发（2022）38号", "渝北府办发【2022】38号", "渝北府办发〔2022〕 38号", " 渝北府办发〔2022〕38　号 ",
)  # fmt: skip
NOT_ONE = ("〔2022〕38号", "38号", "渝北府办发〔22〕38号", "渝北府办发〔2022〕038号", "渝北府办发〔2022〕第38号", "渝北府办发2022年38号", "渝北府办发〔2022〕38", "本文件", "")  # fmt: skip


@pytest.mark.parametrize("written", SAME)
def test_ways_of_writing_one_number(written: str) -> None:
    assert normal(written) == "渝北府办发〔2022〕38号"


@pytest.mark.parametrize("written", NOT_ONE)
def test_what_is_not_a_whole_number_is_not_guessed(written: str) -> None:
    assert normal(written) is None


def test_announcements_and_orders() -> None:
    assert normal("财政部 税务总局公告2022年第１０号") == "财政部税务总局公告2022年第10号"
    assert normal("国务院令第512号") == "国务院令第512号"
