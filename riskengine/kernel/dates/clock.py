"""The forward pass of one task over a block, where tasks or lags keep different calendars.

Times on the clock are ticks after midnight of the start date. A calendar turns them into working ticks and back by
table, a cell of equal length at a time, because every cell is either all working time or none.
Arguments are those of ``forward``.
"""

from typing import Any, NamedTuple

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import (
    ASKED_FINISH,
    FINISH_PINNED,
    HANDS_ON_DATES,
    HAS_STARTED,
    IS_CONSTRAINED,
    IS_FINISHED,
    LEAST_FINISH,
    MOST_FINISH,
    MOST_START,
    SPANS_OTHERS,
    START_PINNED,
    STARTS_SHIFT,
)
from riskengine.kernel.contract.layout import DRIVING, DURATION_ROW, ELAPSED_ROW, FORCED, Rows
from riskengine.kernel.contract.on_clock import OnClock
from riskengine.kernel.dates.forward import add_work, begin_of, constrain_or_cover, fill_row, mark_drivers, take_latest

I32, U64 = np.int32, np.uint64


class Grid(NamedTuple):
    """One calendar: its record of ``OnClock.calendar``, loaded once before a loop."""

    cell: Any
    multiplier: Any
    shift: Any
    before: Any
    work: Any
    bound: Any
    start: Any


@compiled
def grid_of(clocks: OnClock, number: Any) -> Grid:
    """Return calendar ``number``."""
    it = clocks.calendar[number]
    return Grid(
        cell=it.cell,
        multiplier=it.multiplier,
        shift=it.shift,
        before=it.before,
        work=it.work,
        bound=it.bound,
        start=it.start,
    )


@compiled
def working(grid: Grid, work_before: Any, tick: Any) -> Any:
    """Return the working ticks of a calendar before an instant."""
    t = U64(tick)
    number = (t * grid.multiplier) >> grid.shift
    at = grid.before + number
    inside = I32(work_before[at] + I32(t - number * grid.cell))
    after = work_before[at + U64(1)]
    return inside if inside < after else after


@compiled
def start_instant(grid: Grid, work_start: Any, work: Any) -> Any:
    """Return the instant at which working tick ``work`` of a calendar begins."""
    w = U64(work if work > 0 else I32(0))
    number = (w * grid.multiplier) >> grid.shift
    return I32(work_start[grid.work + number] + I32(w - number * grid.cell))


@compiled
def finish_instant(grid: Grid, work_start: Any, work: Any) -> Any:
    """Return the instant at which ``work`` ticks of a calendar are done: a shift's end rather than the next start.

    What was done by the project's ``start``, ``bound`` ticks, is done at the start.
    """
    w = U64(I32(work - 1) if work > 1 else I32(0))
    number = (w * grid.multiplier) >> grid.shift
    done = U64(work if work > 0 else I32(0))
    instant = I32(work_start[grid.work + number] + I32(done - number * grid.cell))
    return instant if work > grid.bound else grid.start


@compiled
def is_open(grid: Grid, work_before: Any, tick: Any) -> Any:
    """Return whether an instant lies in a working interval of a calendar, its end included.

    No shift has ended yet at the project's start.
    """
    t = U64(tick)
    number = (t * grid.multiplier) >> grid.shift
    at = grid.before + number
    begins = number > U64(0) and t == number * grid.cell and tick > grid.start
    return work_before[at + U64(1)] > work_before[at] or (begins and work_before[at] > work_before[at - U64(1)])


@inlined
def require_on_clock(relationship: Any, clocks: OnClock, task_grid: Grid, keeps_driving: Any, ticks: Any) -> None:
    """Fill row ``need`` of a relationship with the start that it requires [working tick of the task's calendar].

    Row ``DRIVING`` takes the latest instant that drives the task, where that is asked for; ``FORCED`` takes the latest
    that binds its finish.
    """
    need, lag = U64(relationship.need), relationship.lag
    binds_finish = relationship.binds_finish
    if relationship.is_direct:
        before = U64(relationship.before_work)
        for i in range(WIDTH):
            ticks[need + i] = ticks[before + i] + lag
    else:
        before = U64(relationship.before)
        if lag == 0 and not relationship.uncertain:
            for i in range(WIDTH):
                ticks[need + i] = working(task_grid, clocks.work_before, ticks[before + i])
            if keeps_driving:
                put_off(ticks, DRIVING, before)
            if binds_finish:
                put_off(ticks, FORCED, before)
        else:
            move_on_clock(relationship, clocks, task_grid, ticks)
    if binds_finish:
        for i in range(WIDTH):
            ticks[need + i] -= ticks[DURATION_ROW + i]


@inlined
def put_off(ticks: Any, place: Any, by: Any) -> None:
    """Let nothing in the row at ``place`` be before the row at ``by``."""
    for i in range(WIDTH):
        a = ticks[by + i]
        b = ticks[place + i]
        ticks[place + i] = a if a > b else b


@inlined
def move_on_clock(relationship: Any, clocks: OnClock, task_grid: Grid, ticks: Any) -> None:
    """Fill the rows that ``require_on_clock`` fills, for a relationship with a lag on a calendar.

    Behind the start of the project nothing is required.
    """
    before, need, uncertain = U64(relationship.before), U64(relationship.need), U64(relationship.uncertain)
    lag, binds_finish = relationship.lag, relationship.binds_finish
    lag_grid = grid_of(clocks, relationship.calendar)
    for i in range(WIDTH):
        instant = ticks[before + i]
        shift = ticks[uncertain + i] if uncertain != U64(0) else lag
        is_required = True
        if shift != 0:
            moved = I32(working(lag_grid, clocks.work_before, instant) + shift)
            is_required = moved >= lag_grid.bound
            if shift > 0:
                instant = finish_instant(lag_grid, clocks.work_start, moved)
            elif is_required:
                instant = start_instant(lag_grid, clocks.work_start, moved)
        if is_required:
            ticks[need + i] = working(task_grid, clocks.work_before, instant)
            ticks[DRIVING + i] = instant if instant > ticks[DRIVING + i] else ticks[DRIVING + i]
            if binds_finish:
                ticks[FORCED + i] = instant if instant > ticks[FORCED + i] else ticks[FORCED + i]
        else:
            ticks[need + i] = I32(-1)


@inlined
def hold_instants(stage: Any, clocks: OnClock, task_grid: Grid, begin: Any, ticks: Any) -> None:
    """Hold the instants that drive a task to the dates that bind it besides logic.

    What logic asks of the finish counts for nothing where a date holds the work that it would take.
    """
    binding = stage.binding
    finish, bound, begun = stage.finish_instant, stage.bound_instant, stage.begun_instant
    is_pinned = binding & (START_PINNED | FINISH_PINNED) != 0
    is_capped = binding & (MOST_START | MOST_FINISH) != 0
    for i in range(WIDTH):
        driving = ticks[DRIVING + i]
        if binding & LEAST_FINISH:
            driving = max(driving, finish)
        if is_capped:
            required = working(task_grid, clocks.work_before, ticks[FORCED + i])
            ticks[FORCED + i] = I32(0) if required > ticks[begin + i] + ticks[DURATION_ROW + i] else ticks[FORCED + i]
        if is_pinned:
            ticks[FORCED + i] = I32(0)
        elif binding & ASKED_FINISH:
            ticks[FORCED + i] = max(ticks[FORCED + i], finish)
        if binding & START_PINNED:
            driving = bound
        elif binding & FINISH_PINNED:
            driving = finish
        elif binding & MOST_FINISH:
            driving = min(driving, finish)
        if binding & MOST_START:
            driving = min(driving, begun)
        ticks[DRIVING + i] = driving


@compiled
def schedule_on_clock(
    stage: Any,
    relationships: Any,
    clocks: OnClock,
    has_constraints: bool | None,
    keep: Any,
    rows: Rows,
) -> None:
    """Set start and finish of a task in working ticks and, where ``keep`` or others need them, on the clock."""
    ticks = rows.ticks
    first, last = stage.first_relationship, stage.last_relationship
    task_grid = grid_of(clocks, stage.calendar)
    begin = U64(stage.start_work)
    driving = begin
    is_over = False
    is_worked = True
    if has_constraints is not None:
        begin = begin_of(stage, begin)
        driving = DRIVING if stage.binding & SPANS_OTHERS else begin
        is_over = stage.binding & IS_FINISHED != 0
        is_worked = stage.binding & (IS_FINISHED | HANDS_ON_DATES) == 0
    earliest = stage.bound_instant
    fill_row(ticks, begin, stage.bound)
    for i in range(WIDTH):
        ticks[DRIVING + i] = earliest
        ticks[FORCED + i] = I32(0)
    if not is_over:
        for k in range(first, last):
            relationship = relationships[k]
            if relationship.is_sum:
                require_on_clock(relationship, clocks, task_grid, stage.keeps_driving, ticks)
            take_latest(relationship, begin, ticks)
        if has_constraints is not None:
            constrain_or_cover(stage, relationships, begin, ticks)
            if stage.binding & IS_CONSTRAINED and not stage.binding & SPANS_OTHERS:
                hold_instants(stage, clocks, task_grid, begin, ticks)
        mark_drivers(stage, relationships, driving, rows)
    if has_constraints is not None and stage.binding & (IS_FINISHED | HAS_STARTED):
        fill_row(ticks, U64(stage.start_work), stage.begun)
    add_work(stage, begin, U64(stage.finish_work), ticks)
    if keep or stage.needs_clock:
        if is_worked:
            show_work(stage, clocks, task_grid, begin, ticks=ticks, shows_start=keep or stage.shows_start)
        if has_constraints is not None:
            show_actual(stage, ticks)


@inlined
def show_work(stage: Any, clocks: OnClock, task_grid: Grid, begin: Any, ticks: Any, shows_start: Any) -> None:
    """Set the finish of a task on the clock, and the start where it is asked for.

    Notes
    -----
    A start is the next working instant, a finish the shift's end, but never before an instant that an FF or SF
    relationship requires. A task of no duration stays at the instant that drives it, if that is working time or a
    shift's end, and moves to the next working instant otherwise. Elapsed delays run on the clock after the work; a
    negative one never takes the finish before the start.
    """
    start, finish, finish_work = U64(stage.start), U64(stage.finish), U64(stage.finish_work)
    limit = FORCED
    if shows_start:
        limit = start
        for i in range(WIDTH):
            ticks[start + i] = start_instant(task_grid, clocks.work_start, ticks[begin + i])
    for i in range(WIDTH):
        done = finish_instant(task_grid, clocks.work_start, ticks[finish_work + i])
        done = I32(done + ticks[ELAPSED_ROW + i])
        least = ticks[FORCED + i] if ticks[FORCED + i] > ticks[limit + i] else ticks[limit + i]
        ticks[finish + i] = done if done > least else least
    if stage.may_vanish:
        starts_shift = stage.binding & STARTS_SHIFT != 0
        for i in range(WIDTH):
            if ticks[DURATION_ROW + i] == 0:
                instant = ticks[DRIVING + i]
                if starts_shift or not is_open(task_grid, clocks.work_before, instant):
                    instant = ticks[start + i]
                elapsed = ticks[ELAPSED_ROW + i]
                ticks[start + i] = instant
                ticks[finish + i] = instant + (elapsed if elapsed > 0 else I32(0))


@inlined
def show_actual(stage: Any, ticks: Any) -> None:
    """Set the dates on the clock that a task has from elsewhere than its work.

    What is over keeps its actual dates, or hands on the instant that it should have waited for.
    """
    binding = stage.binding
    start, finish = U64(stage.start), U64(stage.finish)
    if binding & IS_FINISHED:
        fill_row(ticks, finish, stage.bound_instant)
    elif binding & HANDS_ON_DATES:
        for i in range(WIDTH):
            ticks[start + i] = ticks[DRIVING + i]
            ticks[finish + i] = ticks[DRIVING + i]
    if binding & (IS_FINISHED | HAS_STARTED):
        fill_row(ticks, start, stage.begun_instant)
