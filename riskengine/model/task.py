"""Tasks and milestones."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from riskengine.model.calendar import CLOCK, ELAPSED_UNITS
from riskengine.model.estimate import AnyEstimate, Constant
from riskengine.model.progress import Constraint, Imported
from riskengine.model.relationship import Relationship

TaskType = Literal["task", "milestone", "start milestone", "finish milestone", "level of effort", "summary"]

MILESTONES = frozenset({"milestone", "start milestone", "finish milestone"})
SPANS = frozenset({"level of effort", "summary"})
"""Types of task whose dates follow those of others."""

NOTHING = Constant.model_construct(value=0.0, unit="d")
"""What is left to do of a finished task."""

DEFAULT_PRIORITY = 500


class TaskCost(BaseModel):
    """Time-independent cost, and cost per working day of the task's duration.

    Notes
    -----
    ``actual`` is what has been spent so far; where it is given, ``fixed`` is what is still to be spent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    fixed: AnyEstimate | None = None
    rate: AnyEstimate | None = None
    actual: float | None = Field(default=None, allow_inf_nan=False)


class Task(BaseModel):
    """A unit of work, a milestone, or a span over other tasks.

    Notes
    -----
    ``duration`` is the whole work, a constant zero where it was left out. ``remaining`` is set for every task that
    has started and not finished, and for no other; ``work`` is what a simulation draws from. A task of constant zero
    duration is of type ``milestone``, unless it is finished or in progress and its duration was left out.
    ``resume`` is the instant before which remaining work does not go on. ``priority`` counts in levelling, higher
    first. ``imported`` holds the dates that another tool computed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    name: str = ""
    description: str = ""
    type: TaskType = "task"
    duration: AnyEstimate
    after: tuple[Relationship, ...] = ()
    calendar: str
    cost: TaskCost = TaskCost()
    team: str = ""
    owner: str = ""
    wbs: str = ""
    tags: tuple[str, ...] = ()
    resources: dict[str, float] = {}
    constraints: tuple[Constraint, ...] = ()
    deadline: datetime | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    remaining: AnyEstimate | None = None
    resume: datetime | None = None
    priority: int = DEFAULT_PRIORITY
    imported: Imported | None = None

    @property
    def is_finished(self) -> bool:
        """Whether the work is done."""
        return self.actual_finish is not None

    @property
    def is_started(self) -> bool:
        """Whether the work has begun; it may be done."""
        return self.actual_start is not None or self.actual_finish is not None

    @property
    def is_span(self) -> bool:
        """Whether the dates follow those of other tasks: a level of effort or a summary."""
        return self.type in SPANS

    @property
    def is_milestone(self) -> bool:
        """Whether the task has no duration at all."""
        if self.type in MILESTONES:
            return True
        is_nothing = isinstance(self.duration, Constant) and self.duration.value == 0
        return is_nothing and not self.is_started and not self.is_span

    @property
    def work(self) -> AnyEstimate:
        """The estimate that is simulated: what remains of a task in progress, nothing of a finished one."""
        if self.actual_finish is not None:
            return NOTHING
        return self.duration if self.remaining is None else self.remaining

    @property
    def working_calendar(self) -> str:
        """Id of the calendar that the task is worked on: its own, or the clock where its work is elapsed time."""
        is_elapsed = self.duration.unit in ELAPSED_UNITS or self.work.unit in ELAPSED_UNITS
        return CLOCK if is_elapsed else self.calendar
