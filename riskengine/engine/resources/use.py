"""Who uses how many units of which resource, and when: from the start of each task to its finish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.dates.display_dates import absent_tasks, early_dates
from riskengine.engine.dates.late import backward_pass
from riskengine.engine.months.monthly import Accrual, Grouping, Months, monthly_sums, working
from riskengine.engine.resources.levelled import steps
from riskengine.kernel.contract.arrays import HAS_STARTED, Output
from riskengine.plan import Plan
from riskengine.plan.cost import worked_until

Floats = NDArray[np.float64]
Ticks = NDArray[np.int64]
Rows = NDArray[np.intp]

DECIMALS = 9
"""Decimals of units in use at once: three thirds are one."""


class Uses(NamedTuple):
    """Units of resources that tasks use.

    Parameters
    ----------
    task, resource : (use,) intp
    units : (use,) float64
    """

    task: Rows
    resource: Rows
    units: Floats

    @classmethod
    def of(cls, uses: Sequence[tuple[int, int, float]]) -> "Uses":
        """Return them from triples."""
        task, resource, units = ([use[part] for use in uses] for part in range(3))
        return cls(np.array(task, np.intp), np.array(resource, np.intp), np.array(units, np.float64))


class ResourceMonths(NamedTuple):
    """Months in the working time of resources.

    Parameters
    ----------
    months : Months
        The calendar of each resource has its number.
    working : (resource, month) float64 [working tick]
        In the whole month; not a number where there are none.
    """

    months: Months
    working: Floats


@dataclass(frozen=True)
class ResourceUse:
    """Who uses what of the resources of a plan.

    Parameters
    ----------
    plan : Plan
    resource : tuple of str
        Ids, sorted.
    left : Uses
        By work that is left.
    worked : Uses
        By what has been worked.
    worked_dates : pair of (worked, 1) int64 [tick on the clock]
        From when until when.
    """

    plan: Plan
    resource: tuple[str, ...]
    left: Uses
    worked: Uses
    worked_dates: tuple[Ticks, Ticks]

    @classmethod
    def of(cls, plan: Plan) -> "ResourceUse":
        """Return who uses what in a plan; milestones use nothing."""
        structure, scenario = plan.stages.structure, plan.stages.scenario
        names = tuple(sorted({*scenario.resources, *(name for task in structure.tasks for name in task.resources)}))
        number = {name: at for at, name in enumerate(names)}
        left, worked, begin, end = [], [], [], []
        for row, task in enumerate(structure.tasks):
            uses = [(row, number[name], units) for name, units in sorted(task.resources.items()) if units]
            if task.is_milestone or not uses:
                continue
            left += [] if task.is_finished else uses
            if task.actual_start is not None:
                until = task.actual_finish or worked_until(task, scenario)
                worked += uses
                begin += [structure.calendars.instant(task.actual_start)] * len(uses)
                end += [structure.calendars.instant(until)] * len(uses)
        began, ended = (np.array(dates, np.int64)[:, None] for dates in (begin, end))
        return cls(plan, names, Uses.of(left), Uses.of(worked), (began, np.maximum(began, ended)))

    @property
    def first(self) -> int:
        """When the first unit may be in use [tick on the clock]."""
        begin, _ = self.worked_dates
        return int(begin.min(initial=self.plan.time.start))

    def monthly(self, months: ResourceMonths, output: Output, lag: Ticks | None) -> Floats:
        """Return units in use in each month, (2 x resource, month, iteration): on average, then the most at once.

        Parameters
        ----------
        months : ResourceMonths
        output : Output
        lag : (relationship, iteration) int64 [working tick of the lag's calendar] or None
            None where no task is wanted as late as possible.
        """
        return self._in_months(months, self.left, *self._left_dates(output, lag))

    def monthly_so_far(self, months: ResourceMonths) -> Floats:
        """Return what ``monthly`` does, (2 x resource, month, 1), of what has been worked."""
        nobody = np.zeros((0, 1), np.int64)
        return self._in_months(months, Uses.of(()), nobody, nobody)

    def _in_months(self, resource_months: ResourceMonths, left: Uses, begin: Ticks, end: Ticks) -> Floats:
        """Return what ``monthly`` does, of what has been worked and of what is left from these dates to those."""
        months = resource_months.months
        average = self._unit_ticks(months, left, begin, end)
        of_worked = self._unit_ticks(months, self.worked, *self.worked_dates)
        past_begin, past_end = (np.broadcast_to(each, (len(each), begin.shape[1])) for each in self.worked_dates)
        count = max(average.shape[1], of_worked.shape[1], *(_months_until(months, each) for each in (end, past_end)))
        peak = np.zeros((len(self.resource), count, begin.shape[1]))
        for number in range(len(self.resource)):
            of_resource, before = left.resource == number, self.worked.resource == number
            peak[number] = monthly_peaks(
                months.edge[: count + 1],
                begin=np.concatenate((past_begin[before], begin[of_resource])),
                end=np.concatenate((past_end[before], end[of_resource])),
                units=np.concatenate((self.worked.units[before], left.units[of_resource])),
            )
        total = np.zeros_like(peak)
        total[:, : of_worked.shape[1]] += of_worked
        total[:, : average.shape[1]] += average
        return np.concatenate((total / resource_months.working[:, :count, None], peak))

    def _unit_ticks(self, months: Months, uses: Uses, begin: Ticks, end: Ticks) -> Floats:
        """Return units x working ticks of the resource in each month, (resource, month, iteration)."""
        calendar = uses.resource.astype(np.int32)
        first, last = (working(months.tables, calendar, dates) for dates in (begin, end))
        accrual = Accrual(calendar, first, last, instant=end, amount=uses.units[:, None] * (last - first))
        return monthly_sums(months, accrual, [Grouping.of(calendar.tolist(), len(self.resource))])[0]

    def _left_dates(self, output: Output, lag: Ticks | None) -> tuple[Ticks, Ticks]:
        """Return from when until when work that is left uses its units, (use, iteration) [tick on the clock]."""
        plan, rows = self.plan, self.left.task
        width = output.duration.shape[1]
        if not rows.size:
            return np.zeros((0, width), np.int64), np.zeros((0, width), np.int64)
        if lag is None:
            names = ("start", "end", "duration")
            part = output._replace(**{name: getattr(output, name)[rows, :width] for name in names})
            begin, end = early_dates(plan, part, width)
        else:
            start, finish = early_dates(plan, output, width)
            left = output.duration[:, :width].astype(np.int64)
            late = backward_pass(plan, start, finish, left, lag, absent=absent_tasks(output, width))
            begin, end = (dates[rows] for dates in late.early_dates())
        has_started = np.flatnonzero((plan.network.binding[rows] & HAS_STARTED) != 0)
        started_rows = rows[has_started]
        if plan.clocks is None:
            begin[has_started] = plan.clock_start(
                output.end[started_rows, :width] - output.duration[started_rows, :width]
            )
        else:
            begin[has_started] = plan.clocks.task_bound[started_rows, None]
        begin = np.maximum(begin, self.first)
        return begin, np.maximum(begin, end)


def monthly_peaks(edge: Ticks, begin: Ticks, end: Ticks, units: Floats) -> Floats:
    """Return the most units in use at once in each month, (month, iteration).

    Parameters
    ----------
    edge : (month + 1,) int64 [tick]
        Where each month begins, and where the last one ends: no use begins before or ends after.
    begin, end : (use, iteration) int64 [tick]
        Half-open: what ends makes room for what begins at the same instant.
    units : (use,) float64
    """
    count, width = edge.size - 1, begin.shape[1]
    if not units.size:
        return np.zeros((count, width))
    time, in_use = steps(begin, end, units)
    in_use = np.round(in_use, DECIMALS)
    lasts = np.diff(time, axis=0, append=time[-1:]) > 0
    month = np.minimum(np.searchsorted(edge, time, side="right") - 1, count - 1)
    place = month * width + np.arange(width)
    peak = np.zeros(count * width)
    np.maximum.at(peak, place[lasts], in_use[lasts])
    peak = peak.reshape(count, width)
    # what is in use when a month begins goes on in it, but for what ends just then
    events = np.bincount(place.reshape(-1), minlength=count * width).reshape(count, width)
    until = np.cumsum(events, axis=0)[:-1]
    carried = np.take_along_axis(np.concatenate((np.zeros((1, width)), in_use)), until, axis=0)
    following = np.take_along_axis(np.concatenate((time, np.full((1, width), edge[-1]))), until, axis=0)
    goes_on = following > edge[1:-1, None]
    peak[1:] = np.maximum(peak[1:], np.where(goes_on, carried, 0.0))
    return peak


def _months_until(months: Months, end: Ticks) -> int:
    """Return how many months there are until the last of some ends; what ends with a month is not in the next."""
    return int(months.at(np.asarray(end.max(initial=months.edge[0] + 1) - 1))) + 1
