"""The work of teams, owners and resources by month: the hand-over from the engine to the analysis."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Team:
    """Those who do, or answer for, some tasks.

    Parameters
    ----------
    kind : str
        ``team``, ``owner`` or ``resource``.
    key, name : str
        The team, the owner, or the id of the resource with its name; the name is empty where there is none.
    units : mapping of task to float
        Units of a resource that each task uses; 1 for a team and an owner.
    """

    kind: str
    key: str
    name: str
    units: Mapping[str, float]


@dataclass(frozen=True)
class TeamSample:
    """What they do in each month of the first ``n`` iterations.

    Parameters
    ----------
    teams : tuple of Team
    month : (month,) datetime64[M]
    days : (team, month, n) float64 [working days x units]
        Of work that is left.
    is_driving : (team, month, n) bool
        Whether any of their tasks that is on a longest path to the finish of the project has work in the month.
    """

    teams: tuple[Team, ...]
    month: NDArray[np.datetime64]
    days: NDArray[np.float64]
    is_driving: NDArray[np.bool_]
