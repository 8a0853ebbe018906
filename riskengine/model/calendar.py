"""Working time."""

from datetime import date

from pydantic import BaseModel, ConfigDict

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
    hours_per_day: float
