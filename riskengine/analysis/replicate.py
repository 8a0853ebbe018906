"""What in a run is independent of what: single iterations, or whole blocks of 256 of them."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.quantile import normal_quantile, student_quantile

BLOCK = 256
"""Iterations in a block; with lhs and sobol every full block is an independent replicate."""
FEWEST_BLOCKS = 10
"""Fewer replicates than this say too little of their own spread; see :class:`Replicates`."""
LEVEL = 0.95
"""Level of every interval that does not say otherwise."""


@dataclass(frozen=True)
class Replicates:
    """How the iterations of a run may be averaged.

    Parameters
    ----------
    n : int
        Iterations, 0 or more.
    blocks : int
        Full blocks that are independent replicates. 0 where single iterations count as independent: for ``random``,
        and for ``lhs`` and ``sobol`` with fewer than ten full blocks. In the latter case the interval of ``random``
        is too wide rather than too narrow, because stratification takes variance away.
    """

    n: int
    blocks: int

    @classmethod
    def of(cls, method: str, n: int) -> "Replicates":
        """Return the replicates in the first ``n`` iterations of a run by this method."""
        blocks = 0 if method == "random" else n // BLOCK
        return cls(n, blocks if blocks >= FEWEST_BLOCKS else 0)

    def critical(self, level: float = LEVEL) -> float:
        """Return how many standard errors of a share the interval extends: normal, or Student over the blocks."""
        upper = (1 + level) / 2
        return student_quantile(upper, self.blocks - 1) if self.blocks else normal_quantile(upper)

    def half_width(self, values: NDArray[np.float64], level: float = LEVEL) -> NDArray[np.float64]:
        """Return half the t interval of the mean of each row; NaN for fewer than two iterations.

        Parameters
        ----------
        values : (row, n) float64
        level : float

        Returns
        -------
        (row,) float64

        Notes
        -----
        A risk occurs m or m + 1 times in a stratified block, so that block means jump between two values, and ten of
        them often agree by chance: without more, a risk of 2 % that makes all the spread leaves the interval of ten
        blocks right in 73 % of cases. Wilson's interval for the share of blocks that jump has the half width
        t^2 / (2 blocks) where they agree; times the most that one iteration can change a block mean, the range of
        the values / 256, that is added to the t interval as the root of the sum of squares. It falls like 1 / n, and
        so matters where n or the spread of the block means is small.
        """
        if self.n < 2:
            return np.full(len(values), np.nan)
        critical = student_quantile((1 + level) / 2, (self.blocks or self.n) - 1)
        if not self.blocks:
            return spread(values) * critical / math.sqrt(self.n)
        jump = (values.max(axis=1) - values.min(axis=1)) / BLOCK
        means = values[:, : self.blocks * BLOCK].reshape(len(values), self.blocks, BLOCK).mean(axis=2)
        within = spread(means) * critical / math.sqrt(self.blocks)
        half: NDArray[np.float64] = np.hypot(within, jump * critical**2 / (2 * self.blocks))
        return half

    def block_count(self, indicator: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how often a condition held in each full block.

        Parameters
        ----------
        indicator : (row, n) bool

        Returns
        -------
        (row, block) int64
        """
        full = np.ascontiguousarray(indicator[:, : self.blocks * BLOCK]).view(np.uint8)
        count: NDArray[np.uint16] = full.reshape(len(indicator), self.blocks, BLOCK).sum(axis=2, dtype=np.uint16)
        return count.astype(np.int64)


def spread(values: NDArray[Any]) -> NDArray[np.float64]:
    """Return the standard deviation of each row, n - 1 in the denominator; 0 exactly where all values are the same."""
    deviation = values - values.mean(axis=1, keepdims=True)
    deviation *= deviation
    # The mean of equal numbers may be off in its last bit: without this a constant would have a spread.
    constant = values.max(axis=1) == values.min(axis=1)
    root: NDArray[np.float64] = np.sqrt(deviation.sum(axis=1) / (values.shape[1] - 1))
    return np.where(constant, 0.0, root)
