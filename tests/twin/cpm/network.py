"""What the reference CPM works on and what it gives: activities, relationships, dates."""

from dataclasses import dataclass, field
from typing import Literal

from tests.twin.cpm.calendar import Hours

Kind = Literal["task", "milestone", "start milestone", "finish milestone", "level of effort", "summary"]
LogicOption = Literal["retained logic", "progress override", "actual dates"]


@dataclass
class Activity:
    """A task; work in seconds of its calendar, instants in seconds since the epoch."""

    id: str
    hours: Hours
    work: int = 0
    """What is left to do: everything before the start, nothing after the finish."""
    kind: Kind = "task"
    actual_start: int | None = None
    actual_finish: int | None = None
    resume: int | None = None
    constraints: list[tuple[str, int | None]] = field(default_factory=list)
    deadline: int | None = None
    fixed: tuple[int, int] | None = None
    """Start and finish of a task that its owner schedules by hand."""
    below: list[str] = field(default_factory=list)
    """Tasks that a summary spans."""
    elapsed: int = 0
    """Delay on the clock after the work."""
    is_absent: bool = False
    """Whether it does not exist, and only hands on what it is asked for."""
    past_hours: Hours | None = None
    """By which it has worked so far; its hours where nothing else is said."""

    def done(self, start: int) -> int:
        """When it ends that starts then."""
        return max(start, self.hours.after(start, self.work) + self.elapsed)

    @property
    def is_started(self) -> bool:
        return self.actual_start is not None or self.actual_finish is not None

    @property
    def is_finished(self) -> bool:
        return self.actual_finish is not None

    @property
    def is_span(self) -> bool:
        return self.kind in ("level of effort", "summary")


@dataclass
class Link:
    """A relationship; a lag on the clock has no hours."""

    predecessor: str
    successor: str
    type: Literal["FS", "SS", "FF", "SF"] = "FS"
    lag: int = 0
    hours: Hours | None = None
    delay: int = 0
    """What a risk adds to what is left of a lag that has begun to run."""
    past_hours: Hours | None = None
    """By which a lag on working time has run so far; the hours of the lag where nothing else is said."""

    def moved(self, instant: int, lag: int) -> int:
        """An instant plus a lag of either sign."""
        return instant + lag if self.hours is None else self.hours.moved(instant, lag)

    def between(self, one: int, other: int) -> int:
        """Lag that has run from one instant to another."""
        hours = self.past_hours or self.hours
        return other - one if hours is None else hours.between(one, other)


@dataclass
class Network:
    """A schedule and how it is to be computed."""

    activities: dict[str, Activity]
    links: list[Link]
    start: int
    data_date: int | None = None
    must_finish: int | None = None
    out_of_sequence: LogicOption = "retained logic"
    start_lag: Literal["early start", "actual start"] = "early start"
    dialect: Literal["p6", "msp"] = "p6"
    honours_constraints: bool = True
    """Whether bounds from above hold early dates, too, in the dialect of Microsoft Project."""
    absent_ties: Hours | None = None
    """Hours in which instants tie that ask for anything of what does not exist, None for the clock."""


@dataclass
class Dates:
    """What the two passes give: instants by task, floats in seconds of the task's calendar."""

    early_start: dict[str, int] = field(default_factory=dict)
    early_finish: dict[str, int] = field(default_factory=dict)
    late_start: dict[str, int] = field(default_factory=dict)
    late_finish: dict[str, int] = field(default_factory=dict)
    start_float: dict[str, int] = field(default_factory=dict)
    finish_float: dict[str, int] = field(default_factory=dict)
    free_float: dict[str, int] = field(default_factory=dict)
    drives: set[tuple[str, str, str]] = field(default_factory=set)
    """Predecessor, successor and type of the relationships that set a start."""
    finish: int = 0
