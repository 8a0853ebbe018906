"""One iteration of a run with everything that went into it: the hand-over from the engine to the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

RELATIONSHIP_TYPES = ("FS", "SS", "FF", "SF")
RESOURCE = "resource"
"""What a driver is that is no relationship: a task that freed a resource."""


@dataclass(frozen=True)
class DrawnValue:
    """A number as it was drawn.

    Parameters
    ----------
    label : str
        Of the random variable: ``task/design/duration``, ``risk/R1/impact/build/delay``.
    value : float
    unit : str
        ``working days``, ``calendar days``, ``factor``, ``currency`` or ``currency a working day``.
    task : str
        Id of the task that it acts on; empty for the project and for what several tasks share.
    risk : str
        Id of the risk that it takes effect with; empty where it always does.
    takes_effect : bool
        Whether that risk occurred.
    """

    label: str
    value: float
    unit: str
    task: str
    risk: str
    takes_effect: bool


@dataclass(frozen=True)
class Driver:
    """What set the start of a task, or its finish where a relationship asks for that.

    Parameters
    ----------
    task : str
        Id of the task whose date it was.
    kind : str
        ``FS``, ``SS``, ``FF`` or ``SF``, or ``resource``.
    resource : str
        Id of the resource that the task freed; empty for a relationship.
    lag : float [working days of the lag's calendar]
        As it was drawn, delays by risks included; negative for a lead, 0 for a resource.
    gap : float [days of 24 hours]
        From the date of that task to the date that it set: the lag, and time in which nobody works.
    """

    task: str
    kind: str
    resource: str
    lag: float
    gap: float


@dataclass(frozen=True)
class TracedTask:
    """A task in one iteration.

    Parameters
    ----------
    id, name, team : str
    exists : bool
    start, finish, deterministic_start, deterministic_finish : datetime64[us]
    duration, deterministic_duration : float [working days of the task's calendar]
        What is left of it, where it has begun.
    cost : float [currency]
    is_critical : bool
        Whether it is on a longest path to the target; ties all are.
    drivers : tuple of Driver
        All that asked for the very date; empty where something else set it.
    bound : str
        What set the start where nothing drove it; empty where something did.
    """

    id: str
    name: str
    team: str
    exists: bool
    start: np.datetime64
    finish: np.datetime64
    deterministic_start: np.datetime64
    deterministic_finish: np.datetime64
    duration: float
    deterministic_duration: float
    cost: float
    is_critical: bool
    drivers: tuple[Driver, ...]
    bound: str


@dataclass(frozen=True)
class TracedRisk:
    """A risk that occurred in one iteration.

    Parameters
    ----------
    id, name, kind : str
    finish_change : float [working days of the project's calendar]
        Finish of the target less what it would be had this risk not occurred, everything else as it was drawn.
    cost_change : float [currency]
    values : tuple of DrawnValue
        Its impacts as they were drawn.
    """

    id: str
    name: str
    kind: str
    finish_change: float
    cost_change: float
    values: tuple[DrawnValue, ...]


@dataclass(frozen=True)
class LostDates:
    """The days that a calendar lost in one iteration, up to the finish of the project."""

    calendar: str
    name: str
    dates: tuple[date, ...]


@dataclass(frozen=True)
class Choice:
    """What a branch, or a loop of rework, came to.

    Parameters
    ----------
    id, name : str
    outcome : str
        The first task of the path that was followed, or how often the tasks were done again.
    """

    id: str
    name: str
    outcome: str


@dataclass(frozen=True)
class TracedFinish:
    """The finish of the project, or of a target, in one iteration and in the deterministic plan.

    Parameters
    ----------
    instant : datetime64[us]
    days : float [working days of the project's calendar after the start or data date]
    deterministic_instant : datetime64[us]
    deterministic_days : float
        As ``days``.
    """

    instant: np.datetime64
    days: float
    deterministic_instant: np.datetime64
    deterministic_days: float


@dataclass(frozen=True)
class TracedIteration:
    """One iteration.

    Parameters
    ----------
    iteration : int
        From 0.
    target : str
        What ``path``, ``is_critical`` and ``finish_change`` are about: ``project``, or the id of a target.
    finish : mapping of target to TracedFinish
        The project first.
    cost, deterministic_cost : float [currency]
    cost_elsewhere : float [currency]
        What belongs to no task: cost lines, risks of the project, damages and bonuses.
    project_delay : float [working days of the project's calendar]
        What risks of the project add behind the last task.
    path : tuple of str
        Ids of the tasks of the driving path, first task first. Of tasks that tie, the first by id; what does not exist
        hands on dates, and is left out.
    tasks : tuple of TracedTask
        By id.
    risks : tuple of TracedRisk
        Those that occurred, by id.
    values : tuple of DrawnValue
        All that varies, in the order of the labels.
    lost_days : tuple of LostDates
    branches, rework : tuple of Choice
    clauses, growth : mapping of str to float
        What each of the damages and bonuses comes to [currency], and by how much each index of prices grows in a year.
    """

    iteration: int
    target: str
    finish: Mapping[str, TracedFinish]
    cost: float
    deterministic_cost: float
    cost_elsewhere: float
    project_delay: float
    path: tuple[str, ...]
    tasks: tuple[TracedTask, ...]
    risks: tuple[TracedRisk, ...]
    values: tuple[DrawnValue, ...]
    lost_days: tuple[LostDates, ...]
    branches: tuple[Choice, ...]
    rework: tuple[Choice, ...]
    clauses: Mapping[str, float]
    growth: Mapping[str, float]


@dataclass(frozen=True)
class TracedRank:
    """Where an iteration stands among those of its run.

    Parameters
    ----------
    iterations : int
        Of the run.
    no_later, no_dearer : int
        How many of them finish no later than it, and cost no more; itself among them.
    """

    iterations: int
    no_later: int
    no_dearer: int


@dataclass(frozen=True)
class Nearness:
    """Of which iterations one is the typical one.

    Parameters
    ----------
    percent : float
    measure : str
        ``finish`` or ``cost``.
    target : str
        ``project``, or the id of a target.
    candidates : int
        How many iterations next to the percentile were looked at.
    low, high : datetime64[us] or float [currency]
        The least and the most that the measure is in them.
    """

    percent: float
    measure: str
    target: str
    candidates: int
    low: np.datetime64 | float
    high: np.datetime64 | float
