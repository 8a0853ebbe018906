"""How a quantile function runs around a percentile: its slope, its spacing, and whether it has any slope at all."""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.percentile import Percent, percentile_rank
from riskengine.analysis.statistics.quantile import normal_quantile
from riskengine.analysis.statistics.replicate import LEVEL

Values = NDArray[np.float64]

NEIGHBOURS = (-2, -1, 0, 1, 2)
"""Ranks around a percentile between which the widest spacing is looked for."""


@dataclass(frozen=True)
class Place:
    """Where a percentile stands in n sorted values, and up to which ranks beside it its 95 % interval goes.

    Attributes
    ----------
    p : float
        The percentile as a share.
    rank, reach, n : int
    """

    p: float
    rank: int
    reach: int
    n: int

    @classmethod
    def of(cls, percent: Percent, n: int) -> "Place":
        """Return where a percentile stands in so many values."""
        p = float(Fraction(percent) / 100)
        reach = math.ceil(normal_quantile((1 + LEVEL) / 2) * math.sqrt(n * p * (1 - p)))
        return cls(p, percentile_rank(n, percent), max(1, reach), n)

    @property
    def is_inside(self) -> bool:
        """Whether the sample has values on both sides as far as that."""
        return self.rank - self.reach >= 1 and self.rank + self.reach <= self.n

    def slope(self, ordered: Values) -> float | None:
        """Return the slope of the quantile function of sorted values, (1, n), at the percentile.

        None where they do not show it: too near to their ends, or where many are alike.
        """
        if not self.is_inside or is_tied(ordered, np.array([self.rank]))[0, 0]:
            return None
        return float(slope_at(ordered, self.rank, self.reach)[0, 0])


def slope_at(ordered: Values, rank: int, reach: int) -> Values:
    """Return the slope of the quantile function of sorted rows around a rank, (row, 1), per unit of probability."""
    n = ordered.shape[1]
    rise: Values = ordered[:, rank + reach - 1] - ordered[:, rank - reach - 1]
    slope: Values = rise * (n / (2 * reach))
    return slope[:, np.newaxis]


def spacing_at(ordered: Values, rank: int) -> Values:
    """Return the widest spacing of the values of sorted rows around a rank, (row,)."""
    around = np.clip(np.array(NEIGHBOURS) + rank - 1, 0, ordered.shape[1] - 1)
    spacing: Values = np.diff(ordered[:, around], axis=1).max(axis=1)
    return spacing


def is_tied(ordered: Values, rank: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return whether more than half of the values around a percentile equal their neighbour, (row, percent)."""
    n = ordered.shape[1]
    tied = np.zeros((len(ordered), rank.size), dtype=np.bool_)
    for column, k in enumerate(rank.tolist()):
        reach = math.ceil(2 * math.sqrt(k * (1 - k / n) + 1))
        around = ordered[:, max(0, k - reach - 1) : min(n, k + reach)]
        tied[:, column] = np.count_nonzero(np.diff(around, axis=1) == 0, axis=1) * 2 > around.shape[1]
    return tied
