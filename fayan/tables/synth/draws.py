"""Chance without a state: what is drawn for a row depends on the seed, the name of the draw and the row alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bits = NDArray[np.uint64]
Mask = NDArray[np.bool_]


def _mixed(bits: Bits) -> Bits:
    """The finalizer of SplitMix64: every bit of the result depends on every bit given."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


@define
class Rows:
    """The rows of a table in one part: enterprise ``index[i]``, ``position[i]`` in its list; ``at[i]`` is the enterprise's place in the part.

    ``own`` has the columns drawn so far, ``firm`` those of 企业. Numbers are in units of the last decimal, dates in days since 1970, enumerations
    the place of the member, sets a bit for each member.
    """

    seed: int
    index: Bits
    position: Ints
    at: Ints
    firm: Mapping[str, Ints]
    own: dict[str, Ints] = field(factory=dict)

    def __len__(self) -> int:
        return len(self.index)

    def bits(self, name: str) -> Bits:
        salt = int.from_bytes(blake2b(f"{self.seed}:{name}".encode(), digest_size=8).digest(), "big")
        places = self.index * np.uint64(0x9E3779B97F4A7C15) + self.position.astype(np.uint64) * np.uint64(
            0xD1B54A32D192ED03
        )
        return _mixed(_mixed(places + np.uint64(salt)) ^ np.uint64(salt >> 1))

    def below(self, name: str, limit: int | Ints) -> Ints:
        """Whole numbers from 0 to ``limit`` - 1, each as likely."""
        drawn = self.bits(name) >> np.uint64(1)
        return drawn.astype(np.int64) % limit

    def chance(self, name: str, per_mille: int | Ints) -> Mask:
        found: Mask = self.below(name, 1000) < per_mille
        return found

    def weighted(self, name: str, weights: Sequence[int]) -> Ints:
        """The place of one of the weights, as likely as it weighs."""
        bounds = np.cumsum(np.array(weights, np.int64))
        return np.searchsorted(bounds, self.below(name, int(bounds[-1])), side="right").astype(np.int64)

    def among(self, name: str, values: Sequence[int]) -> Ints:
        return np.array(values, np.int64)[self.below(name, len(values))]

    def of_firm(self, name: str) -> Ints:
        """A column of the enterprise whose row it is."""
        return self.firm[name][self.at]
