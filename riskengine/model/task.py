"""Tasks, milestones and the relationships between them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from riskengine.model.estimate import AnyEstimate, Constant

RelationshipType = Literal["FS", "SS", "FF", "SF"]


class Relationship(BaseModel):
    """Logic from ``task`` (the predecessor) into the task that lists it; a negative lag is a lead."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    task: str
    type: RelationshipType = "FS"
    lag: AnyEstimate = Constant(value=0.0, unit="d")


class TaskCost(BaseModel):
    """Time-independent cost, and cost per working day of the task's duration."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    fixed: AnyEstimate | None = None
    rate: AnyEstimate | None = None


class Task(BaseModel):
    """A unit of work; with a constant duration of zero, a milestone."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    name: str = ""
    description: str = ""
    duration: AnyEstimate
    after: tuple[Relationship, ...] = ()
    calendar: str
    cost: TaskCost = TaskCost()
    team: str = ""
    owner: str = ""
    wbs: str = ""
    tags: tuple[str, ...] = ()
    resources: dict[str, float] = {}

    @property
    def is_milestone(self) -> bool:
        """Whether the task has no duration at all."""
        return isinstance(self.duration, Constant) and self.duration.value == 0
