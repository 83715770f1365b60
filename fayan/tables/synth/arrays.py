"""From drawn numbers to the columns of a table, as Arrow has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from fayan.tables.synth.draws import Bits, Ints, Mask
from fayan.tables.synth.values import FIRST_YEAR, LAST_YEAR
from fayan_runtime.tables import DIGITS, Column

_ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", np.uint8)
#: What the codes of made-up enterprises begin with: registered by the administration for industry (9), an enterprise (1), 渝北区 (500112).
_PREFIX = "91500112"


def array(column: Column, drawn: Ints, there: Mask, words: Sequence[str]) -> Any:
    """``there`` where there is a value; ``words`` are the members of an enumeration, or the texts that are drawn from."""
    absent = ~there
    match column.kind:
        case "bool":
            return pa.array(drawn.astype(np.bool_), mask=absent)
        case "date":
            return pa.array(drawn.astype(np.int32), pa.int32(), mask=absent).cast(pa.date32())
        case "year" | "month":
            return pa.array(drawn.astype(np.int32), mask=absent)
        case "number":
            return _decimals(drawn, absent, column.scale)
        case "set" | "years":
            values = (
                pa.array(words, pa.string())
                if column.kind == "set"
                else pa.array(range(FIRST_YEAR, LAST_YEAR), pa.int32())
            )
            return _lists(drawn, absent, values)
        case _:
            places = pa.array((drawn % max(len(words), 1)).astype(np.int32), mask=absent)
            return pa.DictionaryArray.from_arrays(places, pa.array(words, pa.string()))


def bools(values: Mask) -> Any:
    return pa.array(values)


def repeated(values: Any, at: Ints) -> Any:
    return values.take(pa.array(at))


def codes(index: Bits, scramble: int) -> Any:
    """A unified social credit code for each index below 31⁸, no two the same, with the check character of GB 32100-2015."""
    size = 31**8
    # an affine walk over all the numbers below 31⁸ spreads neighbours apart and repeats none
    number = (index % np.uint64(size)).astype(object) if size > 2**40 else index % np.uint64(size)
    walked = _walk(number, size, scramble)
    digits = np.empty((len(index), 18), np.uint8)
    digits[:, :8] = [_ALPHABET.tolist().index(ord(each)) for each in _PREFIX]
    digits[:, 8] = _ALPHABET.tolist().index(ord("M"))
    for place in range(16, 8, -1):
        digits[:, place] = (walked % 31).astype(np.uint8)
        walked //= 31
    weights = np.array([pow(3, place, 31) for place in range(17)], np.int64)
    digits[:, 17] = -(digits[:, :17].astype(np.int64) @ weights) % 31
    return _fixed(_ALPHABET[digits])


def _walk(number: Any, size: int, scramble: int) -> Ints:
    """``(number * step + start) % size`` without overflow: the step is split in two."""
    step = 524_287 * 1_000_003 % size  # no multiple of 31
    high, low = divmod(step, 1 << 20)
    plain = number.astype(np.int64)
    part = plain * high % size
    for _ in range(4):
        part = part * 32 % size
    walked: Ints = (part + plain * low % size + scramble % size) % size
    return walked


def _fixed(letters: Any) -> Any:
    """Texts of the same length, from the bytes of their letters."""
    count, length = letters.shape
    offsets = np.arange(0, (count + 1) * length, length, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(letters)))


def _decimals(scaled: Ints, absent: Mask, scale: int) -> Any:
    wide = np.empty((len(scaled), 2), np.int64)
    wide[:, 0] = scaled
    wide[:, 1] = scaled >> 63
    valid = pa.array(~absent).buffers()[1]
    return pa.Decimal128Array.from_buffers(
        pa.decimal128(DIGITS, scale), len(scaled), [valid, pa.py_buffer(wide)], int(absent.sum())
    )


def _lists(chosen: Ints, absent: Mask, values: Any) -> Any:
    """For each row the values whose bit is set, in order."""
    count = len(values)
    set_ = ((chosen[:, None] >> np.arange(count)) & 1).astype(np.bool_)
    set_[absent] = False
    offsets = np.zeros(len(chosen) + 1, np.int32)
    np.cumsum(set_.sum(axis=1), out=offsets[1:])
    held = values.take(pa.array(np.nonzero(set_)[1]))
    starts = pa.array(offsets, mask=np.append(absent, False))
    return pa.ListArray.from_arrays(starts, held)
