"""What leads into what, iteration by iteration: from the dates of tasks, what each relationship asks of them."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request
from riskengine.engine.dates.display_dates import absent_tasks
from riskengine.engine.dates.floats import drawn_lags, planned_lags
from riskengine.engine.dates.late import Tables
from riskengine.engine.dates.lost_days import late_tables
from riskengine.engine.drivers.outputs import outputs
from riskengine.engine.simulate import deterministic
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import (
    FF,
    FS,
    HANDS_ON_DATES,
    HAS_STARTED,
    IS_CONSTRAINED,
    IS_FINISHED,
    SF,
    SPANS_OTHERS,
    Output,
)
from riskengine.plan import Plan
from riskengine.results.samples.path_sample import PathSample
from riskengine.results.samples.traced import RELATIONSHIP_TYPES

Ticks = NDArray[np.int64]
Mask = NDArray[np.bool_]

MOST_VALUES = 8_000_000
"""Relationships x iterations that are looked at, at least one block."""
CHUNK_VALUES = 2_000_000
"""Tasks and relationships x iterations that are worked on at a time, at least one block."""
FOLLOWS = IS_FINISHED | HANDS_ON_DATES | HAS_STARTED | SPANS_OTHERS
"""Tasks whose start no relationship decides."""


@dataclass(frozen=True)
class Network:
    """The relationships that decide when a task starts, in kernel order.

    Parameters
    ----------
    row, predecessor, successor : (relationship,) intp
        Rows of the plan's relationships, and kernel rows of tasks.
    """

    row: NDArray[np.intp]
    predecessor: NDArray[np.intp]
    successor: NDArray[np.intp]

    @classmethod
    def of(cls, plan: Plan) -> "Network":
        """Return those of a plan."""
        network = plan.network
        successor = np.repeat(np.arange(len(plan.task)), np.diff(network.offset))
        row = np.flatnonzero((network.binding[successor] & FOLLOWS) == 0)
        return cls(row, network.predecessor[row].astype(np.intp), successor[row])


def path_sample(plan: Plan, request: Request, dimension: NDArray[np.int16], target: int) -> PathSample | None:
    """Return what leads into what in the first iterations of a request; None where nothing follows anything.

    Parameters
    ----------
    request : Request
    dimension : (variable,) int16
        Sobol dimensions.
    target : int
        Row of the target: 0 is the project.
    """
    network = Network.of(plan)
    if not network.row.size:
        return None
    affordable = BLOCK * max(1, MOST_VALUES // (network.row.size * BLOCK))
    width = min(request.iterations, affordable)
    lag = drawn_lags(plan, request, dimension, width)
    at_once = max(1, CHUNK_VALUES // ((len(plan.task) + plan.network.kind.size) * BLOCK))
    parts = []
    for output, columns in outputs(plan, replace(request, iterations=width), dimension, at_once):
        tables = late_tables(plan, request, columns.start // BLOCK, columns.stop - columns.start)
        parts.append(part_of(plan, network, output, lag=lag[:, columns], tables=tables, target=target))
    known_lag = planned_lags(plan)[:, None]
    planned = part_of(plan, network, deterministic(plan), lag=known_lag, tables=plan.late.table, target=target)
    place = np.empty(len(plan.task), np.intp)
    place[plan.rows_by_id] = np.arange(len(plan.task))
    day = np.array([plan.time.calendars[number].day_ticks for number in plan.time.task_calendar])[network.successor]
    is_told = plan.holdings is None
    return PathSample(
        predecessor=place[network.predecessor],
        successor=place[network.successor],
        kind=tuple(RELATIONSHIP_TYPES[int(kind)] for kind in plan.network.kind[network.row]),
        wanted=np.concatenate([part.wanted for part in parts], axis=1) / day[:, None],
        planned=planned.wanted[:, 0] / day,
        drives=np.concatenate([part.drives for part in parts], axis=1),
        critical=np.concatenate([part.critical for part in parts], axis=1)[plan.rows_by_id] if is_told else None,
    )


@dataclass(frozen=True)
class Part:
    """Some iterations: what each relationship asks for [working tick after the start], whether it drives, paths."""

    wanted: Ticks
    drives: Mask
    critical: Mask


def part_of(plan: Plan, network: Network, output: Output, *, lag: Ticks, tables: Tables, target: int) -> Part:
    """Return what leads into what in the iterations that ``lag``, (relationship of the plan, n), has columns for."""
    n = lag.shape[1]
    start, end, duration = (each[:, :n].astype(np.int64) for each in (output.start, output.end, output.duration))
    absent = absent_tasks(output, n)
    wanted = np.zeros((network.row.size, n), np.int64)
    for at, (row, before, task) in enumerate(zip(*map(np.ndarray.tolist, vars(network).values()), strict=True)):
        kind, shift = int(plan.network.kind[row]), lag[row]
        if absent is not None:
            shift = np.where(absent[before] | absent[task], 0, shift)
        dates = (end if kind in (FS, FF) else start)[before]
        wanted[at] = moved(plan, (row, task), dates, shift, tables)
        if kind in (FF, SF):
            wanted[at] -= duration[task]
    drives = driving(plan, network, wanted, start, tables)
    return Part(wanted, drives, critical_tasks(plan, network, drives, output, target))


def moved(plan: Plan, into: tuple[int, int], dates: Ticks, shift: Ticks, tables: Tables) -> Ticks:
    """Return dates with a lag behind them as working ticks of a task's calendar, after the start of the project.

    ``into`` is the row of a relationship, for the calendar of its lag, and that of the task.
    """
    row, task = into
    if plan.clocks is None:
        return dates + shift
    lag_table, task_table = tables[plan.time.lag_calendar[row]], tables[plan.time.task_calendar[task]]
    instants = dates + plan.late.shift
    if shift.any():
        work = lag_table.working(instants) + shift
        led = np.where(shift > 0, lag_table.finish_instant(work), lag_table.start_instant(work))
        instants = np.where(shift != 0, led, instants)
    return np.asarray(
        task_table.working(instants) - task_table.working(np.full(dates.size, plan.time.start + plan.late.shift))
    )


def driving(plan: Plan, network: Network, wanted: Ticks, start: Ticks, tables: Tables) -> Mask:
    """Return which relationships ask for the start that their task has by logic, (relationship, n)."""
    first = np.flatnonzero(np.concatenate(([True], network.successor[1:] != network.successor[:-1])))
    latest = np.maximum.reduceat(wanted, first, axis=0)
    tasks, no_lag = network.successor[first], np.zeros(start.shape[1], np.int64)
    for at, task in enumerate(tasks.tolist()):
        binding = int(plan.network.binding[task])
        if plan.holdings is None and binding & IS_CONSTRAINED:
            latest[at] = moved(plan, (0, task), start[task], no_lag, tables)
        else:
            bound = plan.network.bound if plan.clocks is None else plan.clocks.task_bound
            least = np.full(no_lag.size, int(bound[task]), np.int64)
            np.maximum(latest[at], moved(plan, (0, task), least, no_lag, tables), out=latest[at])
    group = np.repeat(np.arange(first.size), np.diff(np.append(first, network.successor.size)))
    return np.asarray(wanted == latest[group])


def critical_tasks(plan: Plan, network: Network, drives: Mask, output: Output, target: int) -> Mask:
    """Return which tasks are on a longest path to a target, (task, n): backwards over the relationships that drive."""
    n = drives.shape[1]
    end = output.end[:, :n]
    critical = np.zeros((len(plan.task), n), np.bool_)
    if target:
        critical[plan.network.target[target - 1]] = True
    else:
        ends = np.unique(plan.network.open_end)
        critical[ends] = end[ends] == end[ends].max(axis=0, initial=0)
    for at in range(network.row.size - 1, -1, -1):
        critical[network.predecessor[at]] |= critical[network.successor[at]] & drives[at]
    absent = absent_tasks(output, n)
    return critical if absent is None else critical & ~absent
