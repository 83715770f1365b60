"""法言: policies that people read and machines run.

>>> import fayan
>>> policy = fayan.load("policies/yubei_2024.pol")
>>> decision = policy.decide("examples/….yaml", on=date(2025, 6, 30))

Nothing is imported before it is used: ``fayan --version`` must not wait for a parser or a template engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fayan.errors import FactsError, FayanError, PolicyError, UsageError
    from fayan.policy import Policy, format_text, load
    from fayan_runtime.report import Decision

__version__ = "0.1.0"
__all__ = [
    "Decision",
    "FactsError",
    "FayanError",
    "Policy",
    "PolicyError",
    "UsageError",
    "__version__",
    "format_text",
    "load",
]


def __getattr__(name: str) -> object:
    if name == "Decision":
        from fayan_runtime.report import Decision

        return Decision
    if name in __all__:
        from fayan import errors, policy

        found: object = getattr(errors if name.endswith("Error") else policy, name)
        return found
    raise AttributeError(f"module 'fayan' has no attribute {name!r}")
