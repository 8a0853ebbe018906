"""Resources over time: units in use in each calendar month, made from runs of the first iterations when asked for."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.dates.stored_tasks import StoredTasks
from riskengine.engine.months.date_limits import date_limits
from riskengine.engine.months.month_runs import (
    forced_months,
    last_month,
    lengthened,
    monthly_values,
    planned_values,
    side_by_side,
)
from riskengine.engine.months.monthly import Months, months_of
from riskengine.engine.resources.use import ResourceMonths, ResourceUse
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan
from riskengine.plan.time.calendar import DAY_SECONDS, CalendarTable
from riskengine.results.samples.sample import ResourcePeriodSample

Floats = NDArray[np.float64]
Ticks = NDArray[np.int64]

PERIOD_VALUES = 500_000
"""(Begins and ends of uses + resources x months) x iterations of resources over time, at least one block."""


def resource_period_sample(
    stored: StoredTasks, occurs: NDArray[np.bool_], iterations: int
) -> ResourcePeriodSample | None:
    """Return the units in use in each month in the first iterations of a run, as many as there is time for.

    Parameters
    ----------
    stored : StoredTasks
    occurs : (risk, iteration) bool
        Of the first iterations.
    iterations : int
        Of the whole run.
    """
    plan = stored.plan
    use = ResourceUse.of(plan)
    if not use.left.units.size + use.worked.units.size:
        return None
    months = months_of_resources(plan, use.resource, use.first)

    def values_of(output: Output, lag: Ticks | None) -> Floats:
        return use.monthly(months, output, lag)

    worked, planned = use.monthly_so_far(months), planned_values(stored, values_of)
    count = max(worked.shape[1], planned.shape[1], last_month(months.months, stored) + 1)
    rows = len(use.resource)
    each = 2 * (use.left.units.size + use.worked.units.size + rows * count)
    width = min(iterations, BLOCK * max(1, PERIOD_VALUES // (each * BLOCK)))
    blocks = monthly_values(stored, values_of, stored.request, width)
    count = max(part.shape[1] for part in (worked, planned, *blocks))
    worked, planned = (_with_gaps(months, part, count) for part in (worked, planned))
    values = _with_gaps(months, side_by_side(blocks, count), count)[..., :width]
    forced = forced_months(stored, values_of, occurs[:, :width], values[..., :BLOCK])
    scenario = plan.stages.scenario
    capacity = [scenario.resources[name].capacity if name in scenario.resources else None for name in use.resource]
    return ResourcePeriodSample(
        id=use.resource,
        name=tuple(scenario.resources[name].name if name in scenario.resources else "" for name in use.resource),
        capacity=np.array([np.nan if units is None else units for units in capacity], np.float64),
        month=months.months.first[:count].astype("datetime64[us]"),
        deterministic=planned[..., 0].reshape(2, rows, count),
        units=values.reshape(2, rows, count, -1),
        limits=np.stack(_limits(use, months.months, worked[..., 0])).reshape(2, 2, rows, count),
        forced=forced.risks,
        forced_units=forced.by_risk.reshape(-1, 2, rows, count),
        rare_values=forced.values,
        rare_value_units=forced.by_value.reshape(-1, 2, rows, count),
    )


def months_of_resources(plan: Plan, names: Sequence[str], first: int) -> ResourceMonths:
    """Return the months from an instant [tick on the clock] on, in the working time of each resource.

    Notes
    -----
    A resource without a calendar works when the project does. The first month is counted in full, though the plan's
    calendars may begin in its midst.
    """
    project_calendar = plan.time.calendars[plan.time.project_calendar]
    scenario = plan.stages.scenario
    resources = [scenario.resources.get(name) for name in names]
    calendars = [scenario.calendar if one is None else one.calendar or scenario.calendar for one in resources]
    month = plan.instants(np.array([first])).astype("datetime64[M]")[0]
    begin = month.astype("datetime64[D]").item()
    before = (project_calendar.origin - begin).days
    tables, full = (
        {
            name: CalendarTable.build(scenario.calendar_named(name), origin, plan.time.tick, days)
            for name in sorted(set(calendars))
        }
        for origin, days in ((project_calendar.origin, project_calendar.days), (begin, project_calendar.days + before))
    )
    months = months_of(plan, first, tuple(tables[name] for name in calendars))
    table = full[calendars[0]]
    instant = np.clip(months.edge + before * DAY_SECONDS // plan.time.tick, 0, table.horizon)
    working = np.stack([np.diff(full[name].working(instant)).astype(np.float64) for name in calendars])
    return ResourceMonths(months, np.where(working > 0, working, np.nan))


def _with_gaps(months: ResourceMonths, values: Floats, count: int) -> Floats:
    """Return values (2 x resource, month, iteration) of so many months, no average where a resource never works."""
    made = lengthened(values, count)
    has_none = np.isnan(months.working[:, :count])
    made[: len(has_none)][has_none] = np.nan
    return made


def _limits(use: ResourceUse, months: Months, worked: Floats) -> tuple[Floats, Floats]:
    """Return what no iteration can use less or more of than, (2 x resource, month) each.

    Parameters
    ----------
    worked : (2 x resource, month) float64
        Units in use by what has been worked.
    """
    rows, count = len(use.resource), worked.shape[1]
    earliest, latest = (dates[use.left.task, None] for dates in date_limits(use.plan))
    may_use = (earliest <= months.edge[1 : count + 1]) & (latest >= months.edge[:count])
    more = np.zeros((rows, count))
    np.add.at(more, use.left.resource, np.where(may_use, use.left.units[:, None], 0.0))
    return worked, worked + np.concatenate((more, more))
