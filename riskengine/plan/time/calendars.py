"""Which calendar each task and lag keeps, and the calendars as tables for the core."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np

from riskengine.errors import Issue, ScenarioError
from riskengine.model import AnyEstimate, Calendar, Relationship, Scenario, Task
from riskengine.model.calendar import CLOCK, ROUND_THE_CLOCK
from riskengine.model.overlap import overlap
from riskengine.model.relationship import lag_calendar
from riskengine.plan.limited import limited
from riskengine.plan.time.calendar import CalendarTable

SEARCH_DAYS = 400
LAST_DAY = date(9999, 1, 1)
"""Exceptions end before the year 3000 and every week has work, so that a search to here always finds some."""


@dataclass
class CalendarBook:
    """The different calendars that a scenario keeps, numbered as they are asked for.

    Two calendars of the same content are one, whatever their ids, so that a plan whose calendars differ in name only
    keeps the fast path; those that lose days are one where they lose the same.
    """

    scenario: Scenario
    tick: int
    calendars: list[Calendar] = field(default_factory=list)
    tables: list[CalendarTable] = field(default_factory=list)
    _number: dict[object, int] = field(default_factory=dict)
    _named: dict[str, int] = field(default_factory=dict)
    _of_task: dict[str, int] = field(default_factory=dict)

    @cached_property
    def origin(self) -> date:
        """The day at whose midnight time on the clock is zero: that of the start, or of what began before."""
        return min(moment.date() for moment in self._moments)

    @cached_property
    def days(self) -> int:
        """Days from the origin to the last date that the scenario names."""
        return (max(moment.date() for moment in self._moments) - self.origin).days + 1

    @cached_property
    def _moments(self) -> list[datetime]:
        """Dates that bind tasks."""
        moments = [self.scenario.start]
        for task in self.scenario.tasks.values():
            happened = (task.actual_start, task.actual_finish, task.resume)
            moments += [moment for moment in happened if moment is not None]
            moments += [constraint.date for constraint in task.constraints if constraint.date is not None]
        if self.scenario.schedule.must_finish is not None:
            moments.append(self.scenario.schedule.must_finish)
        return moments

    @property
    def lose_days(self) -> bool:
        """Whether any calendar in use loses days by chance."""
        return any(calendar.loses_days for calendar in self.calendars)

    def losing(self) -> tuple[tuple[str, str, int], ...]:
        """Return id, name and number of each calendar in use that loses days, by id."""
        in_use = [(self.scenario.calendar_named(name), number) for name, number in sorted(self._named.items())]
        return tuple((calendar.id, calendar.name, number) for calendar, number in in_use if calendar.loses_days)

    @property
    def start(self) -> int:
        """The scenario's start [tick on the clock]."""
        return self.instant(self.scenario.start)

    def instant(self, moment: datetime) -> int:
        """Return a moment as ticks on the clock."""
        midnight = datetime(self.origin.year, self.origin.month, self.origin.day)
        return (moment - midnight) // timedelta(seconds=self.tick)

    def number(self, calendar: Calendar, week_ticks: float | None = None) -> int:
        """Return the number of a calendar's content, its week of so much work where that is not its own."""
        content: tuple[object, ...] = (
            calendar.week,
            tuple(sorted(calendar.exceptions.items())),
            calendar.hours_per_day,
            (calendar.weather, calendar.lost.chances, calendar.lost.spell)
            if calendar.lost and calendar.loses_days
            else None,
        )
        if week_ticks is not None:
            number = self._number.get(content)
            if number is None or self.tables[number].week_ticks != week_ticks:
                content = (*content, week_ticks)
        if content not in self._number:
            self._number[content] = len(self.calendars)
            self.calendars.append(calendar)
            self.tables.append(self._table(calendar))
        return self._number[content]

    def named(self, name: str) -> int:
        """Return the number of the calendar with an id."""
        if name not in self._named:
            self._named[name] = self.number(self.scenario.calendar_named(name))
        return self._named[name]

    def _table(self, calendar: Calendar) -> CalendarTable:
        days = min(SEARCH_DAYS + self.days - 1, (LAST_DAY - self.origin).days)
        longest = (LAST_DAY - self.origin).days
        while True:
            try:
                return CalendarTable.build(calendar, self.origin, self.tick, days)
            except ValueError:
                if days >= longest:
                    raise
                days = min(days * 4, longest)

    def of_task(self, task: Task) -> int:
        """Return the number of the calendar that a task is worked on; that of its resources counts, too."""
        number = self._of_task.get(task.id)
        if number is None:
            number = self._of_task[task.id] = self._worked_on(task)
        return number

    def _worked_on(self, task: Task) -> int:
        """Return what ``of_task`` does, worked out."""
        if task.working_calendar == CLOCK:
            return self.round_the_clock()
        resource_calendars = {self.scenario.resources[name].calendar for name in limited(self.scenario, task)} - {""}
        return (
            self.common(task.calendar, tuple(sorted(resource_calendars)))
            if resource_calendars
            else self.named(task.calendar)
        )

    def common(self, name: str, others: tuple[str, ...]) -> int:
        """Return the number of the calendar that works when those of a task and of its resources all do.

        Notes
        -----
        Lengths of time stay those of the task's own calendar, so that levelling changes when work is done, and not how
        much of it there is.
        """
        calendar_named = self.scenario.calendar_named
        overlapping_shifts = overlap(calendar_named(name), tuple(calendar_named(other) for other in others))
        if overlapping_shifts is None:
            rule = "calendars of a task and of the resources that it needs must have working time in common"
            raise ScenarioError([Issue(code="RE412", path="tasks", rule=rule, value=", ".join((name, *others)))])
        table = self.tables[self.named(name)]
        number = self.number(overlapping_shifts, table.week_ticks)
        self.tables[number] = replace(self.tables[number], week_ticks=table.week_ticks)
        return number

    def of_lag(self, lag: AnyEstimate, predecessor: Task, successor: Task) -> int:
        """Return the number of the calendar on which a lag runs."""
        match lag_calendar(self.scenario.lag_calendar, lag):
            case "predecessor":
                return self.of_task(predecessor)
            case "successor":
                return self.of_task(successor)
            case "project":
                return self.project()
            case "24h":
                return self.round_the_clock()

    def worked(self, calendar: int, first: datetime, last: datetime) -> int:
        """Return the working ticks of a calendar between two moments, none where they are the other way round."""
        table = self.tables[calendar]
        return max(0, int(table.working(self.instant(last)) - table.working(self.instant(first))))

    def round_the_clock(self) -> int:
        """Return the number of the calendar without days off."""
        return self.number(ROUND_THE_CLOCK)

    def project(self) -> int:
        """Return the number of the project's calendar."""
        return self.named(self.scenario.calendar)

    def scale(self, estimate: AnyEstimate, calendar: int) -> float:
        """Return the ticks in one unit of an estimate of time on a calendar."""
        return self.tables[calendar].unit_ticks(estimate.unit)

    def day_ticks(self, calendar: int) -> float:
        """Return the working ticks of a calendar's normal day."""
        return self.tables[calendar].day_ticks


def plan_ticks(relationship: Relationship, calendar: int, calendars: CalendarBook) -> int:
    """Return the lag of a relationship in the deterministic plan [tick of its calendar]."""
    return round(relationship.lag.plan_value() * calendars.scale(relationship.lag, calendar))


def division(cell: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    """Return cell size, multiplier and shift such that ``(t * multiplier) >> shift == t // cell`` for t below 2**31.

    References
    ----------
    Granlund and Montgomery (1994), Division by invariant integers using multiplication.
    """
    shift = 31 + max(1, (cell - 1).bit_length())
    return np.array([cell, -(-(1 << shift) // cell), shift], np.uint64)
