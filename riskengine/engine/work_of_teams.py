"""When those who do the work have any, and whether it drives the finish, in the first iterations of a run."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, bound_core, empty_output, working_rows
from riskengine.engine.dates.display_dates import early_dates
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.months.month_runs import side_by_side
from riskengine.engine.months.monthly import Months, months_of
from riskengine.engine.simulate import METHODS
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import SPANS_OTHERS, Output
from riskengine.kernel.contract.resources import Levelling
from riskengine.plan import Plan
from riskengine.results.samples.team_sample import Team, TeamSample

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

WORK_VALUES = 40_000_000
"""Tasks x months x iterations that are looked at, at least one block."""


def team_sample(plan: Plan, seed: int, method: str, iterations: int) -> TeamSample:
    """Return the work of every team, owner and resource by month, in as many iterations as there is time for.

    Parameters
    ----------
    iterations : int
        Of the run.

    Notes
    -----
    Work is what is left of tasks: what is finished is nobody's any more. A task's days fall into months by the working
    time of its calendar between its start and its finish, days lost by chance left aside.
    """
    teams = teams_of(plan)
    number = METHODS[method]
    dimension = dimensions_of(plan, number)
    calendar_months = months_of(plan, plan.time.start)
    loads: list[Floats] = []
    drivings: list[Floats] = []
    block, width = 0, min(iterations, BLOCK)
    while block * BLOCK < width:
        request = Request(seed, number, BLOCK, block, task_iterations=BLOCK, risk_iterations=BLOCK)
        output, is_critical = critical_in_block(plan, request, dimension)
        days = days_by_month(plan, output, calendar_months)
        if block == 0:
            each = max(1, days[..., 0].size) * BLOCK
            width = min(iterations, BLOCK * max(1, WORK_VALUES // each))
        load, is_driving = work_of(teams, plan, days, is_critical)
        loads.append(load)
        drivings.append(is_driving)
        block += 1
    count = max(load.shape[1] for load in loads)
    return TeamSample(
        teams=tuple(teams),
        month=calendar_months.first[0] + np.arange(count),
        days=side_by_side(loads, count)[..., :width],
        is_driving=side_by_side(drivings, count)[..., :width] > 0,
    )


def teams_of(plan: Plan) -> list[Team]:
    """Return the teams, the owners and the resources that have tasks, each sorted by id."""
    scenario = plan.stages.scenario
    units: dict[tuple[str, str], dict[str, float]] = {}
    for name in plan.task:
        task = scenario.tasks[name]
        for kind, key in (("team", task.team), ("owner", task.owner)):
            if key:
                units.setdefault((kind, key), {})[name] = 1.0
        for resource, amount in task.resources.items():
            units.setdefault(("resource", resource), {})[name] = float(amount)
    order = ("team", "owner", "resource")
    resources = scenario.resources
    return [
        Team(kind, key, resources[key].name if kind == "resource" and key in resources else "", units[kind, key])
        for kind, key in sorted(units, key=lambda pair: (order.index(pair[0]), pair[1]))
    ]


def days_by_month(plan: Plan, output: Output, months: Months) -> Floats:
    """Return the working days of each task in each month, (task, month, iteration), up to the last month with any."""
    start, finish = early_dates(plan, output, BLOCK)
    duration = plan.task_days(output.duration)
    duration[(plan.network.binding & SPANS_OTHERS) != 0] = 0.0
    if output.exists.size:
        duration = np.where(output.exists != 0, duration, 0.0)
    has_work = duration > 0
    last = int(np.searchsorted(months.edge, finish[has_work].max(initial=0), side="left"))
    days = np.zeros((len(plan.task), max(1, last), BLOCK))
    for task in np.flatnonzero(has_work.any(axis=1)).tolist():
        number = int(plan.time.task_calendar[task])
        begin, end = (months.tables[number].working(dates[task]) for dates in (start, finish))
        edge = months.work[number, : last + 1, None]
        inside = np.diff(np.clip(edge, begin, end), axis=0)
        days[task] = inside * (duration[task] / np.maximum(end - begin, 1))
    return days


def work_of(teams: Sequence[Team], plan: Plan, days: Floats, is_critical: Flags) -> tuple[Floats, Floats]:
    """Return the days of each team in each month, and 1 where any of its tasks on the driving path has work there.

    Returns
    -------
    pair of (team, month, iteration) float64
    """
    load, is_driving = (np.zeros((len(teams), *days.shape[1:])) for _ in range(2))
    for at, team in enumerate(teams):
        rows = [row for row, name in enumerate(plan.task) if name in team.units]
        units = np.array([team.units[plan.task[row]] for row in rows])
        load[at] = np.add.reduce(days[rows] * units[:, None, None], axis=0)
        is_driving[at] = np.logical_or.reduce((days[rows] > 0) & is_critical[rows][:, None, :], axis=0)
    return load, is_driving


def critical_in_block(plan: Plan, request: Request, dimension: NDArray[np.int16]) -> tuple[Output, Flags]:
    """Run a block, and return it with the tasks on a longest path to the finish of the project, (task, iteration)."""
    output, working = empty_output(plan, request), working_rows(plan)
    bound_core(plan, request, dimension)(request.first_block, request.first_block + 1, output, working)
    network, marks = plan.network, working[1].marks
    relationship = plan.kernel_plan.tables.relationship
    place, bit = relationship["driver"].astype(np.int64).tolist(), relationship["bit"].tolist()
    is_critical = np.zeros((len(plan.task), BLOCK), bool)
    finish = output.end[network.open_end]
    is_critical[network.open_end] = finish == finish.max(axis=0, initial=0)
    for task in range(len(plan.task) - 1, -1, -1):
        row = is_critical[task]
        if not row.any():
            continue
        for k in range(int(network.offset[task]), int(network.offset[task + 1])):
            is_critical[network.predecessor[k]] |= row & ((marks[place[k] : place[k] + BLOCK] >> bit[k]) & 1 != 0)
        if working[0] is not None:
            _pass_on_waiting(working[0], task, row, is_critical)
    if output.exists.size:
        is_critical &= output.exists != 0
    return output, is_critical


def _pass_on_waiting(levelling: Levelling, task: int, row: Flags, is_critical: Flags) -> None:
    """Mark those who freed what a critical task waited for, ties among them."""
    holdings, profile = levelling
    column = np.arange(BLOCK)
    for need in range(int(holdings.offset[task]), int(holdings.offset[task + 1])):
        before = np.where(row, profile.freed[need], -1)
        while (before >= 0).any():
            columns = column[before >= 0]
            is_critical[holdings.holder[before[columns]], columns] = True
            before = np.where(before >= 0, profile.tie[np.maximum(before, 0), column], -1)
