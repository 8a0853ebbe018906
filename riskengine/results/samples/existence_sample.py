"""How often tasks existed that need not."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ExistenceSample:
    """How often tasks existed, by id as in ``TaskSample``; ``square``, ``full`` and ``joint`` are over blocks of 256.

    Parameters
    ----------
    count, square, full : (task,) int64
        Iterations in which the task existed, and the same over full blocks as of ``TaskSample.criticality_count``.
    joint : (target, task) int64
        Sum over the full blocks of those iterations times those in which the task was on a longest path.
    is_uncertain : (task,) bool
        Which tasks need not exist.
    """

    count: NDArray[np.int64]
    square: NDArray[np.int64]
    full: NDArray[np.int64]
    joint: NDArray[np.int64]
    is_uncertain: NDArray[np.bool_]
