"""Cutting the past into whole periods: weeks from Monday on, or working days from Monday to Friday."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEK: Final = timedelta(days=7)
FRIDAY: Final = 4
PERIOD: Final = re.compile(r"([1-9])w|1d")
MOST_WEEKS: Final = 4


@dataclass(frozen=True, slots=True)
class Period:
    """Length of one row of a history: some weeks, or a working day where ``weeks`` is 0."""

    weeks: int = 1

    @property
    def text(self) -> str:
        """Return the length as a scenario says it."""
        return f"{self.weeks}w" if self.weeks else "1d"

    @property
    def noun(self) -> str:
        """Return what the column of the beginnings is headed."""
        return "week" if self.weeks else "day"


def period_of(text: str) -> Period | None:
    """Return the period that a text such as ``1w`` means, None where it means none."""
    match = PERIOD.fullmatch(text)
    if match is None or (match[1] and int(match[1]) > MOST_WEEKS):
        return None
    return Period(int(match[1]) if match[1] else 0)


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods that follow each other.

    Attributes
    ----------
    starts : tuple of date
        First day of each.
    end : date
        First day behind the last one.
    """

    starts: tuple[date, ...]
    end: date

    def place(self, day: date) -> int | None:
        """Return which period holds a day, None before the first and behind the last.

        A day of a weekend belongs to the working day before it where periods are days.
        """
        if not self.starts or not self.starts[0] <= day < self.end:
            return None
        return bisect_right(self.starts, day) - 1


def whole_periods(first: date, data_date: date, period: Period) -> Periods:
    """Return the whole periods before a data date, back to the one that holds a day.

    The running period, in which the data date lies, is none of them.
    """
    if period.weeks:
        end = data_date - timedelta(days=data_date.weekday())
        length = period.weeks * WEEK
        count = -((first - end) // length) if first < end else 0
        return Periods(tuple(end - number * length for number in range(count, 0, -1)), end)
    day = first - timedelta(days=max(0, first.weekday() - FRIDAY))
    starts = []
    while day < data_date:
        if day.weekday() <= FRIDAY:
            starts.append(day)
        day += timedelta(days=1)
    return Periods(tuple(starts), data_date)
