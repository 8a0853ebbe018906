"""What was measured of discrete estimates where each block is stratified."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class DiscreteSample:
    """Which values discrete estimates took, where each block is stratified.

    Parameters
    ----------
    level : (estimate, iteration) int32
        How many of the values of an estimate are taken at lower draws than the one that it took.
    estimate, lower, upper : (step,) int
        A step is where a draw begins to take another value: the row of the estimate, and the levels before and behind.
        Rare values are skipped, so that ``upper`` may be more than one above ``lower``.
    probability : (step,) float64
        That an estimate takes a level above ``lower``.
    task_hits : (2, hit) int64
        Rows of estimates, and of the tasks that they may act on, ascending.
    """

    level: NDArray[np.int32]
    estimate: NDArray[np.intp]
    lower: NDArray[np.intp]
    upper: NDArray[np.intp]
    probability: NDArray[np.float64]
    task_hits: NDArray[np.int64]
