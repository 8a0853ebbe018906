"""How far a quantile table is from its distribution, as a probability."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from riskengine.plan.variables.distribution import Distribution, Pert
from riskengine.plan.variables.grid import Floats
from riskengine.plan.variables.pert_master import LARGEST_WEIGHT
from riskengine.plan.variables.table import CHUNK, Table, Words, evaluate, families, stack, tabulate

FINE_OCTAVES, OCTAVES = 5, 20
"""Octaves on either side of the median that are looked at in every cell, and in every fourth."""
CELLS_AN_OCTAVE = 16


def table_error(distributions: Sequence[Distribution], offset: Floats, table: Table) -> float:
    """Return the largest of ``table_errors``; 0 where there is none."""
    return float(table_errors(distributions, offset, table).max(initial=0.0))


def table_errors(distributions: Sequence[Distribution], offset: Floats, table: Table) -> Floats:
    """Return the largest distance of F(value drawn at u) from u, over all u, of each table, (distribution,) float64.

    Parameters
    ----------
    distributions : sequence of Distribution
    offset : (distribution,) float64
    table : (distribution, 544) uint64
        As ``tabulate`` gives them. The rounding of whole values to ticks is no part of the error.

    Notes
    -----
    Within a cell of width w a value is off by c w^2 / 12 at the ends and half of that in the middle, c being the bend
    of the quantile function; as a probability, by c w^2 / 12 divided by its slope, which is the largest in the
    outermost octave and halves from each to the next. So every cell's ends are looked at in the octaves near the
    median, and those of every fourth further out, for what bends there as no smooth function does.

    PERTs are bounded by the two that have their mode at an end, which are off the most of all with their weight.
    """
    errors = np.zeros(len(distributions))
    words = places()
    mass = (words.astype(np.float64) + 0.5) / 2.0**32
    for rows in families(distributions).values():
        first = distributions[rows[0]]
        if isinstance(first, Pert) and first.weight <= LARGEST_WEIGHT:
            errors[rows] = pert_error(first.weight)
            continue
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            value = evaluate(offset[part, None], table[part], words, False)
            share = stack([distributions[row] for row in part]).cdf(value)
            errors[part] = np.abs(share - mass).max(axis=1)
    return errors


@lru_cache(maxsize=64)
def pert_error(weight: float) -> float:
    """Return the error of the worst PERT of a weight."""
    words = places()
    mass = (words.astype(np.float64) + 0.5) / 2.0**32
    ends = [Pert(0.0, 1.0, mode, weight) for mode in (0.0, 1.0)]
    offset, table = tabulate(ends, False)
    value = evaluate(offset[:, None], table, words, False)
    return float(max(np.abs(distribution.cdf(row) - mass).max() for distribution, row in zip(ends, value, strict=True)))


@lru_cache(maxsize=1)
def places() -> Words:
    """Return the words at which tables are looked at, (place,) uint32, ascending."""
    edges = [
        (1 << (31 - octave)) + ((cell << (31 - octave)) // CELLS_AN_OCTAVE)
        for octave in range(1, OCTAVES + 1)
        for cell in range(0, CELLS_AN_OCTAVE, 1 if octave <= FINE_OCTAVES else 4)
    ]
    inside = np.array(sorted([*edges, *(edge - 2 for edge in edges), 2**31 - 2]), np.uint32)
    return np.concatenate((inside, ~inside[::-1]))
