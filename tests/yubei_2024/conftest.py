"""The reference policy, loaded once."""

from __future__ import annotations

import pytest

import fayan
from tests.reference_policy import reference_policy


@pytest.fixture(scope="session")
def policy() -> fayan.Policy:
    return reference_policy()
