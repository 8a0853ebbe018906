"""Margins of a plan: how often they sufficed, and the columns of the table of tasks about that."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.results.column import Column
from riskengine.results.column_types import FLOAT, SHARE, TASK_DAYS, with_interval

MARGINS = (
    Column("margin_days", FLOAT, TASK_DAYS, "time that the plan sets aside; null for a task that is no margin", True),
    *with_interval(
        "margin_suffices",
        FLOAT,
        SHARE,
        "share of iterations in which a margin ends no later than in the plan; null for a task that is no margin",
    ),
)


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
