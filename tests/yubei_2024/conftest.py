"""The reference policy, loaded once."""

from __future__ import annotations

import pytest

import fayan
from tests.yubei_2024.cases import POLICY


@pytest.fixture(scope="session")
def policy() -> fayan.Policy:
    return fayan.load(POLICY)
