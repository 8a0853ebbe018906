"""Tables that turn random words into normal scores and back, for the core."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from riskengine.kernel.contract.arrays import UInt64
from riskengine.kernel.contract.mixing import FIRST_SCORE_CELL, LARGEST_SCORE, SCORE_STEPS
from riskengine.plan.variables.table import table_entry

Floats = NDArray[np.float64]

SCORE_FRACTION_BITS = 18
"""Bits of a float32's mantissa that lie within a cell: an octave has 32 cells."""
OCTAVE_CELLS = 32
LAST_OCTAVE = 30
"""The power of two at which the octave next to the median begins."""
SINGLE_WORDS = 64
"""Below it, every word has a cell of its own."""


def density(z: Floats) -> Floats:
    """Return the density of the standard normal distribution."""
    return np.asarray(np.exp(-z * z / 2) / np.sqrt(2 * np.pi))


@lru_cache(maxsize=1)
def score_table() -> UInt64:
    """Return the normal scores of words below the median, (993,) uint64: float32 base low, float32 slope high.

    Notes
    -----
    A word is folded about the median and made odd, as for quantile tables; ``y = 1, 3, 5 ...`` stands for the
    probability [y - 1, y + 1] / 2^32 from the tail. Exponent and first five bits of the mantissa of y, as float32, name
    the cell, the rest the fraction. A cell has the exact mean of its scores, and the rise between its ends.
    """
    table = np.zeros(((LAST_OCTAVE + 1) * OCTAVE_CELLS + 1,), np.uint64)
    single = np.arange(1.0, SINGLE_WORDS, 2)
    first_octave = SINGLE_WORDS.bit_length() - 1
    start = np.concatenate(
        [2.0**e * (1 + np.arange(OCTAVE_CELLS) / OCTAVE_CELLS) for e in range(first_octave, LAST_OCTAVE + 1)]
    )
    width = np.concatenate([np.full(OCTAVE_CELLS, 2.0**e / OCTAVE_CELLS) for e in range(first_octave, LAST_OCTAVE + 1)])
    middle = float(1 << SCORE_FRACTION_BITS - 1)
    rise = ndtri((start + width) / 2.0**32) - ndtri(start / 2.0**32)
    slope = (rise / (2 * middle)).astype(np.float32)
    base = (mean_score(start, start + width) - slope * middle).astype(np.float32)
    table[cell_of(single)] = table_entry(
        mean_score(single - 1, single + 1).astype(np.float32), np.zeros(single.size, np.float32)
    )
    table[cell_of(start)] = table_entry(base, slope)
    return table


def mean_score(low: Floats, high: Floats) -> Floats:
    """Return the mean normal score between two probabilities, which are counted in 2^-32."""
    first, last = ndtri(low / 2.0**32), ndtri(high / 2.0**32)
    return (density(first) - density(last)) / ((high - low) / 2.0**32)


@lru_cache(maxsize=1)
def word_table() -> UInt64:
    """Return 2^32 times the probability below a normal score of -a, by cells of a, uint64 as in ``score_table``.

    Notes
    -----
    Within a cell it is linear, and the ends are moved by a twelfth of the second derivative times the width squared, so
    that the mean of every cell is exact.
    """
    edge = np.arange(int(LARGEST_SCORE * SCORE_STEPS) + 2) / SCORE_STEPS
    bend = 2.0**32 * edge * density(edge)
    value = 2.0**32 * ndtr(-edge) - bend / (12.0 * SCORE_STEPS**2)
    base = value[:-1].astype(np.float32)
    return table_entry(base, (value[1:] - base).astype(np.float32))


def cell_of(word: Floats) -> NDArray[np.int64]:
    """Return the cells of folded words in ``score_table``."""
    bits = word.astype(np.float32).view(np.uint32)
    return (bits >> np.uint32(SCORE_FRACTION_BITS)).astype(np.int64) - FIRST_SCORE_CELL
