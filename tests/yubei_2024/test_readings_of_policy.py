"""Every reading of the contract is there, and every option is tried by hand."""

from __future__ import annotations

import fayan
from tests.yubei_2024.test_measure_3 import MEASURE_3
from tests.yubei_2024.test_measure_5 import MEASURE_5
from tests.yubei_2024.test_measure_7 import MEASURE_7
from tests.yubei_2024.test_measure_8 import MEASURE_8
from tests.yubei_2024.test_measure_19 import MEASURE_19


def test_every_option_of_every_computed_reading_is_tried(policy: fayan.Policy) -> None:
    cases = [*MEASURE_3, *MEASURE_5, *MEASURE_7, *MEASURE_8, *MEASURE_19]
    tried = {choice for case in cases for choice in case.readings.items()} | {("G4", "b")}  # G4: OFFSETS
    computed = {
        (reading.id, option)
        for reading in policy.program.readings
        if reading.uncomputed is None
        for option, _ in reading.options[1:]
    }
    assert len(computed) == 37
    assert computed - tried == set()


def test_every_reading_of_the_contract_is_declared(policy: fayan.Policy) -> None:
    computed = "G2 G4 G6 G7 G8 R3.1 R3.2 R3.3 R3.4 R3.5 R3.6 R3.7 R3.8 R3.9 R3.13 R5.1 R5.2 R5.3 R5.4 R5.5"
    computed += " R7.1 R7.2 R7.3 R7.4 R7.5 R7.6 R8.1 R8.2 R8.4 R8.5"
    declared = "G1 G3 G5 G9 G10 G11 R3.10 R3.11 R3.12 R5.6 R5.7 R5.8 R5.9 R7.7 R7.8 R8.3 R8.6 R19.1 R19.2 R19.3 R20.1"
    readings = policy.program.readings
    assert {each.id for each in readings if each.uncomputed is None} == set(computed.split())
    assert {each.id for each in readings if each.uncomputed is not None} == set(declared.split())
