"""What the backward pass needs: late bounds, and calendars that reach into the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from riskengine.model import Task
from riskengine.plan.network.order import KIND
from riskengine.plan.network.relationships import Relationships, lag_left
from riskengine.plan.network.structure import Structure
from riskengine.plan.time.calendar import DAY_SECONDS, CalendarTable
from riskengine.plan.time.calendars import plan_ticks

UNBOUND = np.iinfo(np.int64).max
"""No date binds."""


@dataclass(frozen=True, eq=False)
class LateRelationships:
    """The relationships that late dates leave room for, in kernel order of the successors.

    Parameters
    ----------
    offset : (task + 1,) int32
    predecessor, kind : (relationship,) int32, int8
    early : (relationship,) int32
        The relationship of the network with the same lag, or -1 where early dates do not know of it.
    waived : (relationship,) int64 [working tick]
        What the lag is shorter than that relationship's; without one, the lag with the opposite sign.
    lag_calendar : (relationship,) int32
    """

    offset: NDArray[np.int32]
    predecessor: NDArray[np.int32]
    kind: NDArray[np.int8]
    early: NDArray[np.int32]
    waived: NDArray[np.int64]
    lag_calendar: NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Late:
    """What binds late dates, in kernel order; instants are ticks on the clock.

    Parameters
    ----------
    table : tuple of CalendarTable
        The plan's calendars from an earlier origin on: with negative float late dates lie before the start.
    shift : int [tick]
        What instants of the plan gain on those tables.
    most_start, most_finish : (task,) int64
        Latest start and finish by constraints and deadlines, or ``UNBOUND``.
    start, finish : (task,) int64
        Mandatory start and finish, or ``UNBOUND``.
    must_finish : int or None
        Bound of the whole project.
    relationships : LateRelationships
    as_late_as_possible : (task,) bool
    float_kind : str
        ``finish``, ``start`` or ``smallest``.
    are_open_ends_critical : bool
    has_data_date : bool
    """

    table: tuple[CalendarTable, ...]
    shift: int
    most_start: NDArray[np.int64]
    most_finish: NDArray[np.int64]
    start: NDArray[np.int64]
    finish: NDArray[np.int64]
    must_finish: int | None
    relationships: LateRelationships
    as_late_as_possible: NDArray[np.bool_]
    float_kind: str
    are_open_ends_critical: bool
    has_data_date: bool


def compile_late(
    structure: Structure,
    table: Sequence[CalendarTable],
    late_relationships: LateRelationships,
) -> Late:
    """Lay out what binds late dates.

    Parameters
    ----------
    table : sequence of CalendarTable
        The plan's, long enough for its longest course: late dates lie no further before the earliest bound.
    """
    scenario, calendars, tasks = structure.scenario, structure.calendars, structure.tasks
    count = len(tasks)
    most_start, most_finish, start, finish = (np.full(count, UNBOUND) for _ in range(4))
    earliest = scenario.start
    for at, task in enumerate(tasks):
        for kind, moment in _late_dates(task):
            row = {"SNLT": most_start, "SO": most_start, "MSO": start, "MFO": finish}.get(kind, most_finish)
            row[at] = min(row[at], calendars.instant(moment))
            earliest = min(earliest, moment)
    must_finish = scenario.schedule.must_finish
    if must_finish is not None:
        earliest = min(earliest, must_finish)
    days = max([book.days for book in table], default=0)
    back = min(days + (scenario.start - earliest).days + 1, (calendars.origin - date(1, 1, 1)).days)
    origin = calendars.origin - timedelta(days=back)
    tables = tuple(
        CalendarTable.build(calendar, origin, calendars.tick, days + back)
        for calendar in calendars.calendars[: len(table)]
    )
    return Late(
        table=tables,
        shift=back * DAY_SECONDS // calendars.tick,
        most_start=most_start,
        most_finish=most_finish,
        start=start,
        finish=finish,
        must_finish=None if must_finish is None else calendars.instant(must_finish),
        relationships=late_relationships,
        as_late_as_possible=np.array([_is_late(task) for task in tasks], bool),
        float_kind=scenario.schedule.float_kind,
        are_open_ends_critical=scenario.schedule.open_ends_critical,
        has_data_date=scenario.is_data_date,
    )


def compile_late_relationships(structure: Structure, relationships: Relationships) -> LateRelationships:
    """Lay out the relationships that late dates leave room for; their lags may ask for calendars of their own."""
    scenario, logic, row, calendars = structure.scenario, structure.logic, structure.row, structure.calendars
    offset, rows = [0], []
    plan_lag = relationships.plan_lag.tolist()
    ticks: dict[tuple[int, int], int] = {}  # by the identity of a lag and its calendar: most lags are one object
    for name in logic.order:
        task, place = scenario.tasks[name], relationships.place[name]
        for relationship, position in logic.before[name]:
            lag_calendar = calendars.of_lag(relationship.lag, scenario.tasks[relationship.task], task)
            lag = lag_left(relationship, scenario, task, calendars) if scenario.is_data_date else None
            if lag is None:
                key = (id(relationship.lag), lag_calendar)
                if key not in ticks:
                    ticks[key] = plan_ticks(relationship, lag_calendar, calendars)
                lag = ticks[key]
            at = place[position] if position >= 0 else -1
            waived = (plan_lag[at] if at >= 0 else 0) - lag
            rows.append((row[relationship.task], KIND[relationship.type], at, waived, lag_calendar))
        offset.append(len(rows))
    predecessor, kind, early, waivers, calendar = zip(*rows, strict=True) if rows else [()] * 5
    return LateRelationships(
        offset=np.array(offset, np.int32),
        predecessor=np.array(predecessor, np.int32),
        kind=np.array(kind, np.int8),
        early=np.array(early, np.int32),
        waived=np.array(waivers, np.int64),
        lag_calendar=np.array(calendar, np.int32),
    )


def _is_late(task: Task) -> bool:
    """Return whether a task is wanted as late as possible and has not begun."""
    return not task.is_started and any(constraint.type == "ALAP" for constraint in task.constraints)


def _late_dates(task: Task) -> list[tuple[str, datetime]]:
    """Return the constraints of a task that bind late dates: those on the start of what has started do not."""
    if task.is_finished or task.is_span:
        return []
    dates: list[tuple[str, datetime]] = [
        (c.type, c.date) for c in task.constraints if c.date is not None and c.type not in ("SNET", "FNET")
    ]
    if task.is_started:
        dates = [(kind, moment) for kind, moment in dates if kind not in ("SNLT", "SO", "MSO")]
    if task.deadline is not None:
        dates.append(("deadline", task.deadline))
    return dates
