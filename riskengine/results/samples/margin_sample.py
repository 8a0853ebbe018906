"""Margins of a plan: how often they sufficed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class MarginSample:
    """The margins that are left of a plan, in the order of ``TaskSample``.

    Parameters
    ----------
    row : (margin,) intp
        Rows of the tasks.
    days : (margin,) float64 [working days of the task's calendar]
        What the plan sets aside.
    suffices : (margin, kept) bool
        Whether it ends no later than in the plan, in each of the kept iterations.
    """

    row: NDArray[np.intp]
    days: NDArray[np.float64]
    suffices: NDArray[np.bool_]
