"""What leads into what in a run: which predecessors drive, what each would have had a task wait for, longest paths."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class PathSample:
    """Relationships and longest paths in the first ``m`` iterations of a run.

    Parameters
    ----------
    predecessor, successor : (relationship,) intp
        Rows of tasks sorted by id; relationships into one task follow one another.
    kind : tuple of str
        ``FS``, ``SS``, ``FF`` or ``SF``.
    wanted : (relationship, m) float64 [working days of the successor's calendar]
        The start that each relationship asks for, after the start of the project.
    planned : (relationship,) float64
        The same in the deterministic plan.
    drives : (relationship, m) bool
        Whether the start is the one that it asks for.
    critical : (task, m) bool or None
        Whether each task, sorted by id, is on a longest path to the target; None where resources are levelled.
    """

    predecessor: NDArray[np.intp]
    successor: NDArray[np.intp]
    kind: tuple[str, ...]
    wanted: NDArray[np.float64]
    planned: NDArray[np.float64]
    drives: NDArray[np.bool_]
    critical: NDArray[np.bool_] | None
