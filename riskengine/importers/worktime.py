"""Working time of imported calendars: the intervals of a day, the time between two instants, calendars combined.

Readers use it to find out which calendar a tool counted a duration in; nothing is scheduled here.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from riskengine.importers.neutral import ImportedCalendar, Interval

DAY = 24 * 60


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return intervals in order, those that touch or overlap made one."""
    disjoint: list[Interval] = []
    for start, end in sorted(intervals):
        if disjoint and start <= disjoint[-1][1]:
            disjoint[-1] = (disjoint[-1][0], max(disjoint[-1][1], end))
        else:
            disjoint.append((start, end))
    return disjoint


def common(first: list[Interval], second: list[Interval]) -> list[Interval]:
    """Return the minutes that lie in both."""
    overlaps = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return sorted((start, end) for start, end in overlaps if start < end)


def either(first: list[Interval], second: list[Interval]) -> list[Interval]:
    """Return the minutes that lie in one or both."""
    return merged([*first, *second])


def on(calendar: ImportedCalendar, day: date) -> list[Interval]:
    """Return the working time of a day."""
    exception = calendar.exceptions.get(day)
    return calendar.week[day.weekday()] if exception is None else exception


def combined(
    first: ImportedCalendar,
    second: ImportedCalendar,
    join: Callable[[list[Interval], list[Interval]], list[Interval]],
    id: str,
    name: str,
) -> ImportedCalendar:
    """Return the calendar that joins two day by day, by `common` or by `either`."""
    week = [join(a, b) for a, b in zip(first.week, second.week, strict=True)]
    calendar = ImportedCalendar(id, name, week, {}, first.hours_per_day)
    for day in sorted(first.exceptions.keys() | second.exceptions.keys()):
        times = join(on(first, day), on(second, day))
        if times != week[day.weekday()]:
            calendar.exceptions[day] = times
    return calendar


def is_same(first: ImportedCalendar, second: ImportedCalendar) -> bool:
    """Whether two calendars have the same working time on every day."""
    return first.week == second.week and first.exceptions == second.exceptions


class WorkClock:
    """Minutes of working time between instants on one calendar.

    Parameters
    ----------
    calendar : ImportedCalendar
        Whose working time is counted.
    first, last : date
        The span that is asked about; instants outside are answered as its ends.
    """

    def __init__(self, calendar: ImportedCalendar, first: date, last: date) -> None:
        self.calendar, self.first = calendar, first
        self.before = [0]
        for number in range((last - first).days + 1):
            times = on(calendar, first + timedelta(number))
            self.before.append(self.before[-1] + sum(end - start for start, end in times))

    def offset(self, instant: datetime) -> float:
        """Return the working minutes from the beginning of the span to an instant."""
        number = (instant.date() - self.first).days
        if number < 0:
            return 0.0
        if number >= len(self.before) - 1:
            return float(self.before[-1])
        minute = instant.hour * 60 + instant.minute + instant.second / 60
        worked = sum(max(0.0, min(minute, end) - start) for start, end in on(self.calendar, instant.date()))
        return self.before[number] + worked

    def hours(self, start: datetime, finish: datetime) -> float:
        """Return the working hours between two instants, negative where they are in the other order."""
        return (self.offset(finish) - self.offset(start)) / 60

    def after(self, start: datetime, hours: float) -> datetime | None:
        """Return the instant by which `hours` of work are done since `start`, or None past the end of the span."""
        target = self.offset(start) + hours * 60
        low, high = 0, len(self.before) - 1
        if target > self.before[high]:
            return None
        while low < high:
            middle = (low + high) // 2
            if self.before[middle + 1] < target:
                low = middle + 1
            else:
                high = middle
        day = self.first + timedelta(low)
        left = target - self.before[low]
        for begin, end in on(self.calendar, day):
            if left <= end - begin:
                return datetime(day.year, day.month, day.day) + timedelta(minutes=begin + left)
            left -= end - begin
        return start if hours == 0 else None
