"""What no iteration of a run can be below or above, as the engine tells the analysis."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.float64]
Money = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """What no iteration can be below or above, whatever is drawn; infinite where that is not known.

    A value whose two limits are equal is deterministic; one that is the same in all iterations of a run need not be.

    Parameters
    ----------
    finish_days : (2, target) float64 [working days of the project calendar]
        Lower limits, then upper ones.
    cost : (2,) float64 [currency]
    duration : (2, task) float64 [working days of the task's calendar]
        Tasks sorted by id, as in ``TaskSample``.
    task_cost : (2, task) float64 [currency]
    is_float_fixed : bool
        Whether no date and no duration ever changes, so that no total float does.
    own_cost : (2,) float64 [currency]
        What belongs to no task: cost lines and risks of the project.
    clauses : (2, clause) float64 [currency]
        What each of damages and bonuses costs; a bonus less than nothing.
    has_no_float : (task,) bool
        Whose total float is 0 in every iteration.
    """

    finish_days: Days
    cost: Money
    duration: Days
    task_cost: Money
    is_float_fixed: bool
    own_cost: Money = field(default_factory=lambda: np.array([-np.inf, np.inf]))
    clauses: Money = field(default_factory=lambda: np.zeros((2, 0)))
    has_no_float: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1, np.bool_))
