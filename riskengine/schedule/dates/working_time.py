"""Working time between dates, in the calendars of tasks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from riskengine.model import Calendar, Scenario, Task
from riskengine.plan.time.calendar import CalendarTable

SECOND = np.timedelta64(1, "s")
HOUR_SECONDS = 3600
MARGIN_DAYS = 400
LAST = date(9999, 1, 1)

Instants = NDArray[np.datetime64]


@dataclass
class WorkingTime:
    """Calendars laid out in seconds over the time in which a schedule's dates lie.

    Parameters
    ----------
    scenario : Scenario
    first, last : date
        Dates before `first` count as `first`; `last` and a year more is known.
    """

    scenario: Scenario
    first: date
    last: date
    _tables: dict[str, CalendarTable] = field(default_factory=dict)

    @classmethod
    def around(cls, scenario: Scenario, *instants: Instants) -> "WorkingTime":
        """Lay out a scenario's calendars around dates; those that are not a time count for nothing."""
        dates = np.concatenate(
            [np.array([scenario.start], "datetime64[s]"), *(x.ravel().astype("datetime64[s]") for x in instants)]
        )
        dates = dates[~np.isnat(dates)]
        low, high = dates.min().astype(datetime), dates.max().astype(datetime)
        return cls(scenario, low.date() - timedelta(days=MARGIN_DAYS), high.date() + timedelta(days=MARGIN_DAYS))

    def table(self, name: str) -> CalendarTable:
        """Return the calendar with an id as a table of seconds."""
        if name not in self._tables:
            self._tables[name] = self._laid_out(self.scenario.calendar_named(name))
        return self._tables[name]

    def _laid_out(self, calendar: Calendar) -> CalendarTable:
        days, most = (self.last - self.first).days, (LAST - self.first).days
        while True:
            try:
                return CalendarTable.build(calendar, self.first, 1, days)
            except ValueError:  # exceptions take away all of its work
                if days >= most:
                    raise
                days = min(2 * days, most)

    def day_hours(self, tasks: Iterable[Task]) -> NDArray[np.float64]:
        """Return the working hours of a day of each task's calendar (task,) float64 [h]."""
        return np.array([self.table(task.working_calendar).day_ticks / HOUR_SECONDS for task in tasks])

    def seconds(self, instant: ArrayLike | datetime) -> NDArray[np.int64]:
        """Return dates as seconds on the clock after the midnight of `first`."""
        return np.asarray((np.asarray(instant, "datetime64[s]") - np.datetime64(self.first, "s")) // SECOND)

    def done(self, name: str, instant: ArrayLike | datetime) -> NDArray[np.int64]:
        """Return the working seconds of a calendar before dates; alike for 17:00 and 08:00 next morning."""
        return self.worked(name, self.seconds(instant))

    def worked(self, name: str, seconds: ArrayLike) -> NDArray[np.int64]:
        """Return the working seconds of a calendar before `seconds` on the clock."""
        table = self.table(name)
        return table.working(np.minimum(seconds, table.horizon))

    def hours(self, calendars: list[str], since: Instants, until: Instants) -> NDArray[np.float64]:
        """Return the working hours from one date to another, each in a calendar of its own.

        Parameters
        ----------
        calendars : list of str
        since, until : (task,) datetime64

        Returns
        -------
        (task,) float64 [h]
            Negative where `until` is the earlier; not a number where either is not a time.
        """
        between = np.full(len(calendars), np.nan)
        has_both = ~(np.isnat(since) | np.isnat(until))
        names = np.array(calendars)
        for name in set(names[has_both].tolist()):
            rows = has_both & (names == name)
            between[rows] = (self.done(name, until[rows]) - self.done(name, since[rows])) / HOUR_SECONDS
        return between
