"""Working time as arrays: exact conversions between the clock and the working ticks of a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import gcd

import numpy as np
from numpy.typing import ArrayLike, NDArray

from riskengine.model import Calendar, Interval
from riskengine.model.calendar import Unit, UnitSizes

Ticks = NDArray[np.int64]

DAY_SECONDS = 86_400


@dataclass(frozen=True, eq=False)
class CalendarTable:
    """The working intervals of a calendar from a midnight on, for a number of days.

    Parameters
    ----------
    id : str
    origin : date
        Its midnight is elapsed tick 0 and working tick 0.
    tick : int [s]
    days : int
        Length of the table.
    hour_ticks, day_ticks, week_ticks : float
        Working ticks of a working hour, of a working day (``hours_per_day``) and of the normal week.
    start, end : (interval,) int64 [elapsed ticks]
        Working intervals, half-open, ascending; two that touch (over midnight) are one.
    before : (interval + 1,) int64 [working ticks]
        Working time before each interval, and in all.

    Notes
    -----
    Every conversion is in whole ticks and takes scalars or arrays. An instant before the origin counts as the
    origin. One behind the end of the table raises ``ValueError``: nothing is known there, and a guess would be a
    wrong date.
    """

    id: str
    origin: date
    tick: int
    days: int
    hour_ticks: float
    day_ticks: float
    week_ticks: float
    start: Ticks
    end: Ticks
    before: Ticks

    @classmethod
    def build(cls, calendar: Calendar, origin: date, tick: int, days: int) -> "CalendarTable":
        """Lay a calendar out over `days` days from the midnight of `origin`.

        Raises
        ------
        ValueError
            When a shift starts or ends inside a tick, or no day of the table has working time.
        """
        _check_tick((calendar,), tick)
        start, end = _intervals(calendar, origin, days)
        if not start.size:
            raise ValueError(f"calendar {calendar.id} has no working time in {days} days from {origin}")
        before = np.concatenate(([0], np.cumsum(end - start)))
        factor = 60 / tick
        starts, ends, work_before = (
            np.asarray(minutes * 60 // tick, dtype=np.int64) for minutes in (start, end, before)
        )
        return cls(
            calendar.id,
            origin,
            tick,
            days,
            hour_ticks=60 * factor,
            day_ticks=calendar.hours_per_day * 60 * factor,
            week_ticks=calendar.week_minutes * factor,
            start=starts,
            end=ends,
            before=work_before,
        )

    @property
    def horizon(self) -> int:
        """Length of the table in elapsed ticks."""
        return self.days * DAY_SECONDS // self.tick

    @property
    def working_horizon(self) -> int:
        """Working ticks in the whole table."""
        return int(self.before[-1])

    def unit_ticks(self, unit: Unit | None) -> float:
        """Ticks of one unit of time: working ticks for h, d, w and mo (none = d), elapsed ticks for eh and ed.

        Notes
        -----
        The size need not be whole; round after multiplying.
        """
        return self._unit_sizes.of(unit)

    @cached_property
    def _unit_sizes(self) -> UnitSizes:
        """Working ticks of units of time, put together once: every estimate of a plan asks."""
        return UnitSizes(self.hour_ticks, self.day_ticks, self.week_ticks)

    def working(self, instant: ArrayLike) -> Ticks:
        """Working ticks between the origin and elapsed instants.

        Examples
        --------
        17:00 and 08:00 of the next working day give the same number.
        """
        time = self._elapsed(instant)
        row = np.searchsorted(self.start, time, side="right") - 1
        inside = np.minimum(time, self.end[row]) - self.start[row]
        return np.where(row < 0, 0, self.before[row] + inside)

    def start_instant(self, work: ArrayLike) -> Ticks:
        """Elapsed instant at which work that begins after `work` working ticks starts: the next working instant."""
        amount = self._work(work)
        row = np.searchsorted(self.before, amount, side="right") - 1
        if np.max(row, initial=0) >= self.start.size:
            raise ValueError(f"calendar {self.id} has no working instant after its {self.days} days")
        return self.start[row] + (amount - self.before[row])

    def finish_instant(self, work: ArrayLike) -> Ticks:
        """Elapsed instant at which `work` working ticks are done: a shift's end stays there, not at the next start.

        Notes
        -----
        No shift ends at zero working ticks, so zero gives the first working instant, as `start_instant` does.
        """
        amount = self._work(work)
        row = np.maximum(np.searchsorted(self.before, amount, side="left") - 1, 0)
        return self.start[row] + (amount - self.before[row])

    def is_working(self, instant: ArrayLike) -> NDArray[np.bool_]:
        """Whether elapsed instants lie in a working interval; its start does, its end does not."""
        time = self._elapsed(instant)
        row = np.searchsorted(self.start, time, side="right") - 1
        return np.asarray((row >= 0) & (time < self.end[row]))

    def is_shift_end(self, instant: ArrayLike) -> NDArray[np.bool_]:
        """Whether elapsed instants are the end of a working interval; midnight inside a night shift is not one."""
        time = self._elapsed(instant)
        row = np.minimum(np.searchsorted(self.end, time, side="left"), self.end.size - 1)
        return np.asarray(self.end[row] == time)

    def _elapsed(self, instant: ArrayLike) -> Ticks:
        time = np.maximum(np.asarray(instant, dtype=np.int64), 0)
        if time.max(initial=0) > self.horizon:
            raise ValueError(f"calendar {self.id} is laid out for {self.days} days from {self.origin} only")
        return time

    def _work(self, work: ArrayLike) -> Ticks:
        amount = np.maximum(np.asarray(work, dtype=np.int64), 0)
        if amount.max(initial=0) > self.working_horizon:
            raise ValueError(f"calendar {self.id} has less working time in {self.days} days from {self.origin}")
        return amount


@dataclass(frozen=True, eq=False)
class Cells:
    """A calendar on a grid of equal cells, each wholly working or wholly not: what a loop can index.

    Parameters
    ----------
    cell_ticks : int
        Length of a cell in ticks.
    work_before : (cell + 1,) int32 [working ticks]
        Working time before each cell; the last entry is all of it.
    is_working : (cell,) uint8
    cell_of_work : (working cell,) int32 [elapsed ticks]
        Start of the k-th working cell.
    """

    cell_ticks: int
    work_before: NDArray[np.int32]
    is_working: NDArray[np.uint8]
    cell_of_work: NDArray[np.int32]


def cell_size(calendars: Iterable[Calendar], tick: int) -> int:
    """Longest cell, in ticks, on whose grid every shift of every calendar starts and ends.

    Parameters
    ----------
    calendars : iterable of Calendar
    tick : int [s]
    """
    every = tuple(calendars)
    _check_tick(every, tick)
    return _boundary_gcd(every) * 60 // tick


def cells(table: CalendarTable, cell_ticks: int) -> Cells:
    """Cut the elapsed time of a calendar in cells of `cell_ticks` ticks.

    Raises
    ------
    ValueError
        When a shift starts or ends inside a cell, or the horizon does not fit 32 bits.
    """
    if table.horizon % cell_ticks or np.any(table.start % cell_ticks) or np.any(table.end % cell_ticks):
        raise ValueError(f"cells of {cell_ticks} ticks cut a shift of calendar {table.id}")
    if table.horizon >= 2**31:
        raise ValueError(f"{table.days} days of {table.tick} s ticks do not fit 32 bits")
    count = table.horizon // cell_ticks
    change = np.zeros(count + 1, dtype=np.int8)
    change[table.start // cell_ticks] = 1
    change[table.end // cell_ticks] -= 1
    is_working = np.cumsum(change[:count], dtype=np.int8).view(np.uint8)
    work_before = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(is_working, out=work_before[1:], dtype=np.int32)
    cell_of_work = np.flatnonzero(is_working).astype(np.int32) * np.int32(cell_ticks)
    return Cells(cell_ticks, work_before * np.int32(cell_ticks), is_working, cell_of_work)


def _boundary_gcd(calendars: tuple[Calendar, ...]) -> int:
    """Minutes that divide a day and every start and end of a shift."""
    days = (day for calendar in calendars for day in (*calendar.week, *calendar.exceptions.values()))
    return gcd(1440, *(minute for day in days for interval in day for minute in interval))


def _check_tick(calendars: tuple[Calendar, ...], tick: int) -> None:
    if tick < 1 or _boundary_gcd(calendars) * 60 % tick:
        raise ValueError(f"a tick of {tick} s does not divide every shift")


def _intervals(calendar: Calendar, origin: date, days: int) -> tuple[Ticks, Ticks]:
    """Working intervals in minutes after the midnight of `origin`, those that touch joined."""
    last = origin + timedelta(days=days)
    exception = {(day - origin).days: shifts for day, shifts in calendar.exceptions.items() if origin <= day < last}
    width = max(len(shifts) for shifts in (*calendar.week, *exception.values()))
    first = origin.weekday()
    week = _minutes(calendar.week[first:] + calendar.week[:first], width)
    minute = np.tile(week, (-(-days // 7), 1, 1))[:days]
    if exception:
        minute[list(exception)] = _minutes(exception.values(), width)
    # an absent shift is -1 and stays negative on no day: mask it before the day is added
    present = minute[:, :, 0] >= 0
    minute += np.arange(days, dtype=np.int64)[:, None, None] * 1440
    start, end = minute[present].T
    if not start.size:
        return start, end
    apart = start[1:] != end[:-1]
    return start[np.concatenate(([True], apart))], end[np.concatenate((apart, [True]))]


def _minutes(shifts: Iterable[tuple[Interval, ...]], width: int) -> Ticks:
    """(day, shift, 2) int64: starts and ends in minutes after midnight, -1 where a day has fewer shifts."""
    rows = [list(day) + [(-1, -1)] * (width - len(day)) for day in shifts]
    return np.array(rows, dtype=np.int64).reshape(len(rows), width, 2)
