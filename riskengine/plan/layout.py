"""Calendars laid out for the longest course of the project, and on a common grid where they differ."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import ASKED_FINISH, FF, HANDS_ON_DATES, SF, Clocks
from riskengine.kernel.contract.resources import Holdings
from riskengine.plan.lost_days import compile_lost_days
from riskengine.plan.network.relationships import Relationships
from riskengine.plan.network.structure import Structure
from riskengine.plan.risk import RiskPlan
from riskengine.plan.shift_starts import is_exact_in_working_time, tasks_that_may_vanish
from riskengine.plan.stages import Content, Course
from riskengine.plan.time.calendar import DAY_SECONDS, CalendarTable, cell_size, cells
from riskengine.plan.time.calendars import CalendarBook, division
from riskengine.plan.time.horizon import (
    LARGEST,
    BeyondTable,
    Keepers,
    TooLong,
    Worst,
    worst_durations,
    worst_on_clock,
    worst_working,
)
from riskengine.plan.time.lost_days import days_to_spare, pessimistic
from riskengine.plan.variables.variable import VariableBook

LONGEST_TABLE = 80_000_000
"""Cells of all calendars together."""
PADDING_DAYS = 400


def lay_course(structure: Structure, content: Content, room: int, before: Course | None = None) -> Course:
    """Return the calendars' tables, long enough for the worst course, and their grids where calendars differ.

    Parameters
    ----------
    room : int [d]
        How much longer the tables last.
    before : Course, optional
        Of the same structure: what would come out the same is taken from there.

    Raises
    ------
    TooLong
    """
    is_shared = is_shared_calendar(structure, content)
    worst = worst_course(structure, content, is_shared)
    tables_by_days = {} if before is None else {before.days: before.tables}
    lost_for = 0 if is_shared else days_with_losses(structure, content, worst)
    days, tables = long_enough(structure, content, worst, is_shared, tables_by_days=tables_by_days, lost_for=lost_for)
    if room:
        days = min(days + room, last_day(structure.calendars))
        tables = laid_out(structure.calendars, days, tables_by_days)
    if is_shared:
        return Course(is_shared, days, tables, None, None)
    if tables[0].horizon > LARGEST:
        raise TooLong(f"a finish {days} days after the start at worst")
    clocks = _clocks(structure, content, tables, before)
    if not lost_for:
        return Course(is_shared, days, tables, clocks, None)
    if before is not None and before.tables is tables and before.lost is not None:
        return Course(is_shared, days, tables, clocks, before.lost)
    return Course(is_shared, days, tables, clocks, compile_lost_days(structure.calendars, tables, lost_for))


def is_shared_calendar(structure: Structure, content: Content) -> bool:
    """Return whether all dates can be counted in the working ticks of one calendar, which is the project's too."""
    task_calendar, relationship_calendar = structure.task_calendar, content.relationships.calendar
    if not task_calendar.size:
        return True
    only = int(task_calendar[0])
    return (
        bool(np.all(task_calendar == only))
        and bool(np.all((relationship_calendar == only) | (relationship_calendar == -1)))
        and not any(hit.is_elapsed for hit in content.risks.delays)
        and structure.calendars.project() == only
        and not structure.calendars.lose_days
        and is_exact_in_working_time(structure, content)
    )


class WorstCourse(NamedTuple):
    """The worst cases of tasks and lags, and of the project's own delays, working and elapsed [tick]."""

    parts: Worst
    delay: int
    elapsed: int


def worst_course(structure: Structure, content: Content, is_shared: bool) -> WorstCourse:
    """Return the worst cases of everything that takes time.

    Raises
    ------
    TooLong
        If a sum could leave 32 bits.
    """
    book, risks, relationships, bounds = content.book, content.risks, content.relationships, structure.bounds
    count = content.duration.size
    latest = np.maximum(bounds.bound, bounds.finish)
    if is_shared and count:
        table = structure.calendars.tables[int(structure.task_calendar[0])]
        latest = table.working(latest) - table.working(structure.calendars.start)
    factor, delay, elapsed = np.ones(count), np.zeros(count + 1), np.zeros(count + 1)
    for use in risks.factor_uses:
        factor[use.target] *= max(1.0, book.high(risks.factor_variable[use.factor]))
    for hit in risks.delays:
        (elapsed if hit.is_elapsed else delay)[hit.target] += max(0.0, book.high(hit.variable))
    # a margin is longer in the plan than it ever is in an iteration
    base = np.array([max(book.high(k), book.plan_value(k)) for k in content.duration.tolist()])
    longest = [
        0 if over else length
        for length, over in zip(
            worst_durations(base, factor, delay[:count], content.floor), bounds.is_over.tolist(), strict=True
        )
    ]
    check_fits(longest, delay, elapsed, _most_gained(book, risks, count), relationships)
    worst = Worst(
        duration=longest,
        elapsed=[int(x) for x in elapsed[:count]],
        offset=relationships.offset.tolist(),
        predecessor=relationships.predecessor.tolist(),
        kind=relationships.kind.tolist(),
        lag=content.most_lag.tolist(),
        bound=latest.tolist(),
        needs=[()] * count if structure.holdings is None else needs_of(structure.holdings),
    )
    return WorstCourse(worst, int(delay[count]), int(elapsed[count]))


def needs_of(holdings: Holdings) -> list[list[int]]:
    """Return the resources that each task may have to wait for."""
    resource = holdings.resource.tolist()
    return [resource[first:last] for first, last in pairwise(holdings.offset.tolist())]


def _most_gained(book: VariableBook, risks: RiskPlan, count: int) -> NDArray[np.float64]:
    """Return the most that delays can take from each task and, last, from the project [tick, negative]."""
    gained = np.zeros(count + 1)
    for hit in risks.delays:
        gained[hit.target] += min(0.0, book.low(hit.variable))
    return gained


def check_fits(
    longest: Sequence[int],
    delay: NDArray[np.float64],
    elapsed: NDArray[np.float64],
    gained: NDArray[np.float64],
    relationships: Relationships,
) -> None:
    """Refuse sums that could leave 32 bits on the way; single draws were looked at when their variables were made."""
    if max([0, *longest]) > LARGEST or elapsed.max() > LARGEST or delay[-1] > LARGEST:
        raise TooLong("a duration that does not fit")
    if gained.min() < -LARGEST:
        raise TooLong("opportunities that take away more than can be counted")
    successor = np.repeat(np.arange(len(longest)), np.diff(relationships.offset))
    binds_finish = (relationships.kind == FF) | (relationships.kind == SF)
    # the start that an FF or SF requires is an instant, plus the lag, less the duration
    soonest = relationships.least - np.array(longest, np.int64)[successor]
    if np.any(soonest[binds_finish] < -LARGEST):
        raise TooLong("a lead and a duration that do not fit together")


Tables = tuple[CalendarTable, ...]


def worst_end(
    structure: Structure, content: Content, worst: WorstCourse, tables: Sequence[CalendarTable], start: int
) -> int:
    """Return an upper bound of the project's finish, from a start on [tick on the clock].

    Raises
    ------
    BeyondTable
        When it lies past the end of a table.
    """
    return worst_on_clock(
        worst.parts,
        Keepers(
            tables,
            structure.task_calendar.tolist(),
            lag_calendars(content.relationships).tolist(),
            structure.calendars.project(),
        ),
        start,
        worst.delay,
        worst.elapsed,
    )


def days_with_losses(structure: Structure, content: Content, worst: WorstCourse) -> int:
    """Return for how many days from the start on any may be lost, 0 where no calendar loses any.

    Notes
    -----
    Behind them none is lost. The worst course ends before, with as many days lost as no iteration is ever to lose;
    whether one did is looked at once a run is there.
    """
    calendars = structure.calendars
    if not calendars.lose_days:
        return 0
    day = DAY_SECONDS // calendars.tick
    days, limit = PADDING_DAYS, last_day(calendars)
    while True:
        tables = laid_out(calendars, days, {})
        try:
            end = worst_end(structure, content, worst, tables, calendars.start)
            work_days = (end - calendars.start) / day * 5 / 7
            slow = [
                pessimistic(table, calendar, calendars.start // day, work_days)
                for table, calendar in zip(tables, calendars.calendars, strict=True)
            ]
            slow_end = worst_end(structure, content, worst, slow, calendars.start)
            return (slow_end - calendars.start) // day + 2 + days_to_spare(calendars.calendars)
        except BeyondTable:
            if days >= limit:
                raise TooLong(f"a finish after the year 9998 at worst, {limit} days after the start") from None
            days = min(days * 2, limit)


def long_enough(
    structure: Structure,
    content: Content,
    worst: WorstCourse,
    is_shared: bool,
    tables_by_days: Mapping[int, Tables],
    lost_for: int,
) -> tuple[int, Tables]:
    """Return how many days the worst course needs, and the calendars' tables of so many.

    Parameters
    ----------
    tables_by_days : mapping of days to tables
        Of the same calendars.
    lost_for : int
        Days from the start on all of which may be lost: the course may begin behind them.
    """
    calendars, task_calendar = structure.calendars, structure.task_calendar
    days, limit = PADDING_DAYS, last_day(calendars)
    bound = worst_working(worst.parts, worst.delay) if is_shared else 0
    if bound > LARGEST:
        raise TooLong(f"{bound * calendars.tick / 3600:.0f} working hours at worst")
    while True:
        tables = laid_out(calendars, days, tables_by_days)
        try:
            if is_shared:
                used = tables[int(task_calendar[0])] if task_calendar.size else tables[0]
                if used.working_horizon < bound + int(used.working(calendars.start)) + 1:
                    raise BeyondTable
            else:
                after_losses = calendars.start + lost_for * DAY_SECONDS // calendars.tick
                end = max(
                    worst_end(structure, content, worst, tables, start)
                    for start in dict.fromkeys((calendars.start, after_losses))
                )
                if end > tables[0].horizon - PADDING_DAYS * DAY_SECONDS // calendars.tick // 2:
                    raise BeyondTable
            return days, tables
        except BeyondTable:
            if days >= limit:
                raise TooLong(f"a finish after the year 9998 at worst, {limit} days after the start") from None
            days = min(days * 2, limit)


def last_day(calendars: CalendarBook) -> int:
    """Return how many days there are from the origin to the end of time."""
    return int((np.datetime64("9999-01-01") - np.datetime64(calendars.origin)).astype(int))


def lag_calendars(relationships: Relationships) -> NDArray[np.int32]:
    """Return the calendar of each lag, and any where there is none."""
    return np.where(relationships.calendar >= 0, relationships.calendar, 0).astype(np.int32)


def laid_out(calendars: CalendarBook, days: int, tables_by_days: Mapping[int, Tables]) -> Tables:
    """Return the calendars' tables of some days, or of as many as it takes to find work."""
    if days in tables_by_days:
        return tables_by_days[days]
    return tuple(
        CalendarTable.build(calendar, calendars.origin, calendars.tick, max(days, table.days))
        for calendar, table in zip(calendars.calendars, calendars.tables, strict=True)
    )


def _clocks(structure: Structure, content: Content, tables: Tables, before: Course | None) -> Clocks:
    """Return the calendars on a common grid, and which tasks and relationships need the clock."""
    may_vanish = tasks_that_may_vanish(structure, content)
    direct = _direct(structure, content, may_vanish)
    needs_clock = np.zeros(may_vanish.size, np.uint8)
    needs_clock[content.relationships.predecessor[~direct]] = 1
    if before is not None and before.clocks is not None and before.tables is tables:
        return before.clocks._replace(direct=direct.astype(np.uint8), may_vanish=may_vanish, needs_clock=needs_clock)
    calendars, bounds = structure.calendars, structure.bounds
    size = cell_size(calendars.calendars, calendars.tick)
    if sum(table.horizon for table in tables) // size > LONGEST_TABLE:
        raise TooLong("calendars too fine for so long a project")
    grids = [cells(table, size) for table in tables]
    return Clocks(
        cell=division(size),
        work_before=np.concatenate([grid.work_before for grid in grids]),
        cell_base=_bases([grid.work_before.size for grid in grids]),
        work_start=np.concatenate([grid.cell_of_work for grid in grids]),
        work_base=_bases([grid.cell_of_work.size for grid in grids]),
        bound=np.array([int(table.working(calendars.start)) for table in tables], np.int32),
        start=np.array([calendars.start], np.int32),
        task_bound=bounds.bound.astype(np.int32),
        task_begun=bounds.begun.astype(np.int32),
        task_finish=bounds.finish.astype(np.int32),
        task=structure.task_calendar,
        lag=lag_calendars(content.relationships),
        direct=direct.astype(np.uint8),
        may_vanish=may_vanish,
        needs_clock=needs_clock,
        project=np.array([calendars.project()], np.int32),
    )


def _direct(structure: Structure, content: Content, may_vanish: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which relationships need no clock, (relationship,) bool."""
    task_calendar, relationships, bounds = structure.task_calendar, content.relationships, structure.bounds
    count = task_calendar.size
    lingers = np.zeros(count + 1, bool)
    lingers[[hit.target for hit in content.risks.delays if hit.is_elapsed]] = True
    successor = np.repeat(np.arange(count), np.diff(relationships.offset))
    before = relationships.predecessor
    direct = np.asarray(
        (task_calendar[before] == task_calendar[successor])
        & ((relationships.calendar == -1) | (relationships.calendar == task_calendar[successor]))
        & (relationships.lag_row == -1)
        & (relationships.kind != SF)
        & ~((relationships.kind == FF) & (relationships.lag < 0))
        & ~lingers[before]
        & (may_vanish[successor] == 0)
        & ~((relationships.kind == FF) & lingers[successor])
        & ((bounds.binding & HANDS_ON_DATES) == 0)[successor]
    )
    # an FF without lag hands on the very instant, which need not be a shift's end where a lead, another calendar or
    # what has happened set it
    lag_may_go = content.lag_may_go
    own_instant = (may_vanish != 0) | bounds.is_over | ((bounds.binding & ASKED_FINISH) != 0)
    for relationship in np.flatnonzero((relationships.kind == FF) | (relationships.kind == SF)):
        has_no_lag = relationships.lag[relationship] == 0 or lag_may_go[relationship]
        if has_no_lag and own_instant[before[relationship]]:
            direct[relationship] = False
        if not direct[relationship]:
            own_instant[successor[relationship]] = True
    return direct


def _bases(sizes: Sequence[int]) -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int32)
