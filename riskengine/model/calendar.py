"""Working time."""

from datetime import date
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

MIDNIGHT: Final = 1440

Interval = tuple[int, int]  # minutes after midnight, half-open, 0 <= start < end <= 1440


class Calendar(BaseModel):
    """A weekly pattern with dated exceptions, in local wall-clock time of the project.

    ``week`` holds seven days, Monday first, each a sorted tuple of disjoint working intervals in minutes after
    midnight. ``exceptions`` replaces whole days; a holiday is an exception without intervals.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: str
    name: str = ""
    week: tuple[tuple[Interval, ...], ...]
    exceptions: dict[date, tuple[Interval, ...]] = {}
    hours_per_day: float = Field(gt=0, le=24)

    @model_validator(mode="after")
    def _can_be_worked(self) -> Self:
        if len(self.week) != 7:
            raise ValueError("RE230 a week must have seven days")
        for day in (*self.week, *self.exceptions.values()):
            edges = [edge for interval in day for edge in interval]
            if edges != sorted(set(edges)) or (edges and not 0 <= edges[0] < edges[-1] <= MIDNIGHT):
                raise ValueError("RE231 intervals must be sorted, apart and within the day")
        if not any(self.week):
            raise ValueError("RE232 the week of a calendar must hold working time")
        return self
