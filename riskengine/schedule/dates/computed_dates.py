"""The dates of a schedule with all uncertainty off."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Driver = tuple[int, int, str]
"""Row of the predecessor, row of the successor, type of the relationship."""


@dataclass(frozen=True, eq=False)
class Dates:
    """Early and late dates, floats and drivers of every task, in the order of ``Plan.task``.

    Parameters
    ----------
    early_start, early_finish, late_start, late_finish : (task,) datetime64[us]
        Local wall-clock time of the project; the early start of a started task is that of its remaining work. NaT
        where a task has none.
    total_float, free_float, start_float, finish_float : (task,) float64 [h]
        Working hours of the task's calendar; negative where a constraint cannot be kept.
    is_critical : (task,) bool
        Whether the task is on the longest path to the project's finish.
    driving : tuple of (int, int, str)
        The relationships that set a date: predecessor row, successor row, type.
    """

    early_start: NDArray[np.datetime64]
    early_finish: NDArray[np.datetime64]
    late_start: NDArray[np.datetime64]
    late_finish: NDArray[np.datetime64]
    total_float: NDArray[np.float64]
    free_float: NDArray[np.float64]
    start_float: NDArray[np.float64]
    finish_float: NDArray[np.float64]
    is_critical: NDArray[np.bool_]
    driving: tuple[Driver, ...]
