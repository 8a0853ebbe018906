"""What tasks change by where something that is too rare to be seen is forced to happen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True)
class TaskChanges:
    """What the first iterations of tasks change by, on average, where chances are forced to happen.

    Parameters
    ----------
    duration, duration_square : (forced, task) float64
        Of the duration [working days of the task's calendar], and of its squared distance from the mean over the kept
        iterations.
    cost : (forced, task) float64 [currency]
    total_float : (forced or 0, task) float64 [working days of the task's calendar]
        None at all where it would take too long.
    """

    duration: Values
    duration_square: Values
    cost: Values
    total_float: Values
