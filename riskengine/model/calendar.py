"""Calendars: which hours of which days are worked, and how many hours a day, a week and a month have."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final, Literal, NamedTuple, Self, get_args

from pydantic import model_validator

from riskengine.model.fields import Number, Table, Text
from riskengine.model.frozen import Frozen
from riskengine.model.lost_days import LostDays

MIDNIGHT: Final = 1440
DAY_HOURS: Final = 24

Unit = Literal["h", "d", "w", "mo", "eh", "ed"]
"""Of time: working hours, days, weeks and months of the calendar in force, elapsed hours and days."""

UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
ELAPSED_UNITS: Final = frozenset({"eh", "ed"})
"""Units of time on the clock, which no calendar interrupts."""

CLOCK: Final = "/clock"
"""What calls for the time on the clock. No calendar of a file can have this id, which is one with a slash."""

Interval = tuple[int, int]  # minutes after midnight, half-open, 0 <= start < end <= 1440


class UnitSizes(NamedTuple):
    """How long a working hour, a working day and a normal week of a calendar are, in whatever the caller counts in."""

    hour: float
    day: float
    week: float

    def of(self, unit: Unit | None) -> float:
        """Return the size of one unit, of a working day where there is none.

        Notes
        -----
        A month is 52/12 normal weeks. An elapsed hour is as long as a working hour, and an elapsed day 24 of them.
        """
        match unit:
            case "d" | None:
                return self.day
            case "h" | "eh":
                return self.hour
            case "w":
                return self.week
            case "mo":
                return self.week * 52 / 12
            case "ed":
                return DAY_HOURS * self.hour


def commonest_day(week: Iterable[Iterable[Interval]]) -> float:
    """Return the commonest working time of the days worked, the longest of those that are as common; 0 of none [h]."""
    lengths = Counter(sum(end - start for start, end in day) for day in week)
    lengths.pop(0, None)
    return max(lengths, key=lambda length: (lengths[length], length)) / 60 if lengths else 0.0


class Calendar(Frozen):
    """A weekly pattern with dated exceptions, in local wall-clock time of the project.

    ``week`` holds seven days, Monday first, each a sorted tuple of disjoint working intervals in minutes after
    midnight. ``exceptions`` replaces whole days; a holiday is an exception without intervals.
    """

    id: str
    name: Annotated[str, Text("Name of the calendar.", example='"Site"')] = ""
    week: tuple[tuple[Interval, ...], ...]
    exceptions: dict[date, tuple[Interval, ...]] = {}
    hours_per_day: Annotated[
        float,
        Number(
            "Working hours in one day of duration; default: the commonest working day of the week.",
            above=0,
            most=DAY_HOURS,
            code="RE233",
            example="8",
        ),
    ]
    lost: Annotated[
        LostDays | None,
        Table(
            "Chance, by month, that a working day is lost to everybody on the calendar, such as to bad weather.",
            "lost",
            is_merged=True,
            example="{ jan = 0.4, feb = 0.25 }",
        ),
    ] = None

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

    @property
    def loses_days(self) -> bool:
        """Whether any day may be lost."""
        return self.lost is not None and any(self.lost.chances)

    @property
    def weather(self) -> str:
        """The calendar from whose streams its lost days are drawn."""
        return self.id if self.lost is None or not self.lost.shared_with else self.lost.shared_with

    @property
    def week_minutes(self) -> int:
        """Working minutes of the normal week."""
        return sum(end - start for day in self.week for start, end in day)

    def unit_hours(self, unit: Unit | None) -> float:
        """Return the working hours in one unit of time, the elapsed hours where it is an elapsed one."""
        return UnitSizes(1.0, self.hours_per_day, self.week_minutes / 60).of(unit)

    def unit_days(self, unit: Unit | None) -> float:
        """Return the working days in one unit of time."""
        return UnitSizes(1 / self.hours_per_day, 1.0, self.week_minutes / 60 / self.hours_per_day).of(unit)


ROUND_THE_CLOCK: Final = Calendar.model_construct(
    id="24h", name="Round the clock", week=(((0, MIDNIGHT),),) * 7, exceptions={}, hours_per_day=24.0
)
"""Time on the clock, as a calendar."""
