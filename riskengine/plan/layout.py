"""Calendars laid out for the longest course of the project, and on a common grid where they differ."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.arrays import ASKED_FINISH, FF, PASSING, SF, SPAN, Clocks
from riskengine.kernel.resources import Holdings
from riskengine.plan.bounds import Bounds
from riskengine.plan.calendar import CalendarTable, cell_size, cells
from riskengine.plan.calendars import CalendarBook, division
from riskengine.plan.horizon import (
    LARGEST,
    BeyondTable,
    TooLong,
    Worst,
    worst_durations,
    worst_on_clock,
    worst_working,
)
from riskengine.plan.links import Links
from riskengine.plan.risk import RiskPlan
from riskengine.plan.variable import VariableBook

LONGEST_TABLE = 80_000_000
"""Cells of all calendars together."""
PADDING_DAYS = 400


def is_shared_calendar(keeps: NDArray[np.int32], links: Links, risk_plan: RiskPlan, project: int) -> bool:
    """Return whether all dates can be counted in the working ticks of one calendar, which is the project's too."""
    if not keeps.size:
        return True
    only = int(keeps[0])
    return (
        bool(np.all(keeps == only))
        and bool(np.all((links.calendar == only) | (links.calendar == -1)))
        and not any(hit.is_elapsed for hit in risk_plan.delays)
        and project == only
    )


def _worst(
    book: VariableBook,
    duration: Sequence[int],
    floor: NDArray[np.int32],
    links: Links,
    risks: RiskPlan,
    bounds: Bounds,
    latest: NDArray[np.int64],
    holdings: Holdings | None,
) -> tuple[Worst, int, int]:
    """Return the worst cases of tasks and lags, and of the project's own delays (working, elapsed)."""
    count = len(duration)
    factor, delay, elapsed = np.ones(count), np.zeros(count + 1), np.zeros(count + 1)
    for use in risks.factor_uses:
        factor[use.target] *= max(1.0, book.high[risks.factor_variable[use.factor]])
    for hit in risks.delays:
        (elapsed if hit.is_elapsed else delay)[hit.target] += max(0.0, book.high[hit.variable])
    base = np.array([book.high[k] for k in duration])
    longest = [
        0 if over else length
        for length, over in zip(worst_durations(base, factor, delay[:count], floor), bounds.is_over, strict=True)
    ]
    check_fits(longest, delay, elapsed, _most_gained(book, risks, count), links)
    worst = Worst(
        duration=longest,
        elapsed=[int(x) for x in elapsed[:count]],
        offset=links.offset.tolist(),
        predecessor=links.predecessor.tolist(),
        kind=links.kind.tolist(),
        lag=links.most.tolist(),
        bound=latest.tolist(),
        needs=[()] * count if holdings is None else needs_of(holdings),
    )
    return worst, int(delay[count]), int(elapsed[count])


def needs_of(holdings: Holdings) -> list[list[int]]:
    """Return the resources that each task may have to wait for."""
    resource = holdings.resource.tolist()
    return [resource[first:last] for first, last in pairwise(holdings.offset.tolist())]


def _most_gained(book: VariableBook, risks: RiskPlan, count: int) -> NDArray[np.float64]:
    """Return the most that delays can take from each task and, last, from the project [tick, negative]."""
    gained = np.zeros(count + 1)
    for hit in risks.delays:
        gained[hit.target] += min(0.0, book.low[hit.variable])
    return gained


def check_fits(
    longest: Sequence[int],
    delay: NDArray[np.float64],
    elapsed: NDArray[np.float64],
    gained: NDArray[np.float64],
    links: Links,
) -> None:
    """Refuse sums that could leave 32 bits on the way; single draws were looked at when their variables were made."""
    if max([0, *longest]) > LARGEST or elapsed.max() > LARGEST or delay[-1] > LARGEST:
        raise TooLong("a duration that does not fit")
    if gained.min() < -LARGEST:
        raise TooLong("opportunities that take away more than can be counted")
    successor = np.repeat(np.arange(len(longest)), np.diff(links.offset))
    binds_finish = (links.kind == FF) | (links.kind == SF)
    # the start that an FF or SF requires is an instant, plus the lag, less the duration
    soonest = links.least - np.array(longest, np.int64)[successor]
    if np.any(soonest[binds_finish] < -LARGEST):
        raise TooLong("a lead and a duration that do not fit together")


def lay_out(
    book: VariableBook,
    calendars: CalendarBook,
    duration: Sequence[int],
    floor: NDArray[np.int32],
    links: Links,
    risks: RiskPlan,
    keeps: NDArray[np.int32],
    shared: bool,
    bounds: Bounds,
    room: int,
    holdings: Holdings | None,
) -> tuple[tuple[CalendarTable, ...], Clocks | None]:
    """Return the calendars' tables, long enough for the worst course, and their grids where calendars differ.

    ``room`` is how many days more they last.
    """
    latest = np.maximum(bounds.bound, bounds.finish)
    if shared and keeps.size:
        table = calendars.tables[int(keeps[0])]
        latest = table.working(latest) - table.working(calendars.start)
    worst, extra, extra_elapsed = _worst(book, duration, floor, links, risks, bounds, latest, holdings)
    days = PADDING_DAYS
    limit = (np.datetime64("9999-01-01") - np.datetime64(calendars.origin)).astype(int)
    bound = worst_working(worst, extra) if shared else 0
    if bound > LARGEST:
        raise TooLong(f"{bound * calendars.tick / 3600:.0f} working hours at worst")
    own = links.calendar
    lag_calendar = np.where(own >= 0, own, 0).astype(np.int32)
    while True:
        tables = tuple(_built(calendars, number, days) for number in range(len(calendars.calendars)))
        try:
            if shared:
                used = tables[int(keeps[0])] if keeps.size else tables[0]
                if used.working_horizon < bound + int(used.working(calendars.start)) + 1:
                    raise BeyondTable
            else:
                bound = worst_on_clock(
                    worst,
                    tables,
                    keeps.tolist(),
                    lag_calendar.tolist(),
                    calendars.start,
                    calendars.project(),
                    extra,
                    extra_elapsed,
                )
                if bound > tables[0].horizon - PADDING_DAYS * 86_400 // calendars.tick // 2:
                    raise BeyondTable
            break
        except BeyondTable:
            if days >= limit:
                raise TooLong(f"a finish after the year 9998 at worst, {limit} days after the start") from None
            days = min(days * 2, int(limit))
    if room:
        days = min(days + room, int(limit))
        tables = tuple(_built(calendars, number, days) for number in range(len(calendars.calendars)))
    if shared:
        return tables, None
    if tables[0].horizon > LARGEST:
        raise TooLong(f"a finish {days} days after the start at worst")
    return tables, _clocks(calendars, tables, keeps, links, lag_calendar, book, duration, floor, risks, bounds)


def _built(calendars: CalendarBook, number: int, days: int) -> CalendarTable:
    """Return a calendar's table of some days, or of as many as it takes to find work."""
    table = calendars.tables[number]
    days = max(days, table.days)
    return CalendarTable.build(calendars.calendars[number], calendars.origin, calendars.tick, days)


def _clocks(
    calendars: CalendarBook,
    tables: Sequence[CalendarTable],
    keeps: NDArray[np.int32],
    links: Links,
    lag_calendar: NDArray[np.int32],
    book: VariableBook,
    duration: Sequence[int],
    floor: NDArray[np.int32],
    risks: RiskPlan,
    bounds: Bounds,
) -> Clocks:
    """Return the calendars on a common grid, and which tasks and relationships need the clock."""
    size = cell_size(calendars.calendars, calendars.tick)
    if sum(table.horizon for table in tables) // size > LONGEST_TABLE:
        raise TooLong("calendars too fine for so long a project")
    grids = [cells(table, size) for table in tables]
    count = keeps.size
    helped = {hit.target for hit in risks.delays if book.low[hit.variable] < 0}
    shrunk = {use.target for use in risks.factor_uses if book.low[risks.factor_variable[use.factor]] < 1}
    may_vanish = np.array(
        [floor[at] == 0 and (book.low[duration[at]] <= 0 or at in helped or at in shrunk) for at in range(count)],
        np.uint8,
    )
    may_vanish[(bounds.binding & SPAN) != 0] = 0
    lingers = np.zeros(count + 1, bool)
    lingers[[hit.target for hit in risks.delays if hit.is_elapsed]] = True
    successor = np.repeat(np.arange(count), np.diff(links.offset))
    before = links.predecessor
    direct = (
        (keeps[before] == keeps[successor])
        & ((links.calendar == -1) | (links.calendar == keeps[successor]))
        & (links.lag_row == -1)
        & (links.kind != SF)
        & ~((links.kind == FF) & (links.lag < 0))
        & ~lingers[before]
        & (may_vanish[successor] == 0)
        & ~((links.kind == FF) & lingers[successor])
        & ((bounds.binding & PASSING) == 0)[successor]
    )
    # an FF without lag hands on the very instant, which need not be a shift's end where a lead, another calendar or
    # what has happened set it
    own_instant = (may_vanish != 0) | bounds.is_over | ((bounds.binding & ASKED_FINISH) != 0)
    for link in np.flatnonzero((links.kind == FF) | (links.kind == SF)):
        if links.lag[link] == 0 and own_instant[before[link]]:
            direct[link] = False
        if not direct[link]:
            own_instant[successor[link]] = True
    needs_clock = np.zeros(count, np.uint8)
    needs_clock[before[~direct]] = 1
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
        task=keeps,
        lag=lag_calendar,
        direct=direct.astype(np.uint8),
        may_vanish=may_vanish,
        needs_clock=needs_clock,
        project=np.array([calendars.project()], np.int32),
    )


def _bases(sizes: Sequence[int]) -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int32)
