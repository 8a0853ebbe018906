"""The forward pass of one task over a block, where tasks or lags keep different calendars.

Times on the clock are ticks after midnight of the start date. A calendar turns them into working ticks and back by
table, a cell of equal length at a time, because every cell is either all working time or none.
Arguments are those of ``forward``.
"""

from typing import Any

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
from riskengine.kernel.contract.existence import TaskPresence
from riskengine.kernel.contract.layout import Rows
from riskengine.kernel.contract.lost_days import LostRows
from riskengine.kernel.contract.on_clock import OnClock
from riskengine.kernel.contract.places import ALWAYS, BY_LOGIC, DONE, DRIVING, DURATION_ROW, ELAPSED_ROW, FORCED
from riskengine.kernel.dates.forward import (
    add_work,
    begin_of,
    constrain_or_cover,
    constrained,
    copy_absent,
    cover_members,
    fill_row,
    hand_on_dates,
    latest_start,
    mark_drivers,
    pass_by_absent,
    take_latest,
)
from riskengine.kernel.dates.grid import Grid, finish_instant, grid_of, is_open, start_instant, working
from riskengine.kernel.dates.lost_days import bound_of

U8, I32, U64 = np.uint8, np.int32, np.uint64


@compiled
def fill_work(bare: Any, instant: Any, clocks: OnClock, lost: LostRows | None, calendar: Any, ticks: Any) -> None:
    """Fill a row with the working ticks of a calendar before a known instant.

    Parameters
    ----------
    bare : pair of int32 and uint64
        The working ticks where no day is lost, and the place of the row.
    """
    work, place = bare
    if lost is None:
        for i in range(WIDTH):
            ticks[place + i] = work
    if lost is not None:
        grid = grid_of(clocks, calendar)
        for i in range(WIDTH):
            ticks[place + i] = working(grid, clocks, lost, instant, i)


@compiled
def constrain_on_clock(
    stage: Any, relationships: Any, clocks: OnClock, lost: LostRows | None, begin: Any, ticks: Any
) -> None:
    """Move the starts in row ``begin`` of a task that more than logic binds; its dates are instants on the clock."""
    if lost is None:
        constrain_or_cover(stage, relationships, begin, ticks)
    if lost is not None:
        grid = grid_of(clocks, stage.calendar)
        if stage.binding & SPANS_OTHERS:
            fill_work((stage.bound, DONE), stage.bound_instant, clocks, lost, calendar=stage.calendar, ticks=ticks)
            cover_members(stage, relationships, begin, ticks)
        elif stage.binding & IS_CONSTRAINED:
            binding = stage.binding
            for i in range(WIDTH):
                bound = working(grid, clocks, lost, stage.bound_instant, i)
                latest = latest_start(binding, bound, working(grid, clocks, lost, stage.begun_instant, i))
                length = ticks[DURATION_ROW + i]
                start = I32(working(grid, clocks, lost, stage.finish_instant, i) - length)
                ticks[begin + i] = constrained(binding, ticks[begin + i], latest, bound, start=start)


@compiled
def row_of_lags(relationship: Any, presence: TaskPresence | None, number: Any, ticks: Any, marks: Any) -> Any:
    """Return the place of the row of a relationship's lags where they vary, 0 where the lag is the same everywhere.

    The lag falls away where the predecessor does not exist.
    """
    uncertain = U64(relationship.uncertain)
    if presence is not None:
        place = U64(presence.lagged[number])
        if place != ALWAYS:
            for i in range(WIDTH):
                lag = ticks[uncertain + i] if uncertain != U64(0) else relationship.lag
                ticks[BY_LOGIC + i] = lag if marks[place + i] != U8(0) else I32(0)
            return BY_LOGIC
    return uncertain


@inlined
def require_on_clock(
    relationship: Any, clocks: OnClock, task_grid: Grid, keeps_driving: Any, uncertain: Any, ticks: Any
) -> None:
    """Fill row ``need`` of a relationship with the start that it requires [working tick of the task's calendar].

    Row ``DRIVING`` takes the latest instant that drives the task, where that is asked for; ``FORCED`` takes the latest
    that binds its finish. ``uncertain`` is the row of the lags, or 0, as ``row_of_lags`` returns it.
    """
    need, lag = U64(relationship.need), relationship.lag
    binds_finish = relationship.binds_finish
    if relationship.is_direct:
        before = U64(relationship.before_work)
        for i in range(WIDTH):
            ticks[need + i] = ticks[before + i] + (ticks[uncertain + i] if uncertain != U64(0) else lag)
    else:
        before = U64(relationship.before)
        if lag == 0 and uncertain == U64(0):
            for i in range(WIDTH):
                ticks[need + i] = working(task_grid, clocks, clocks.lost, ticks[before + i], i)
            if keeps_driving:
                put_off(ticks, DRIVING, before)
            if binds_finish:
                put_off(ticks, FORCED, before)
        else:
            move_on_clock(relationship, clocks, task_grid, uncertain, ticks)
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
def move_on_clock(relationship: Any, clocks: OnClock, task_grid: Grid, uncertain: Any, ticks: Any) -> None:
    """Fill the rows that ``require_on_clock`` fills, for a relationship with a lag on a calendar.

    Behind the start of the project nothing is required.
    """
    before, need = U64(relationship.before), U64(relationship.need)
    lag, binds_finish = relationship.lag, relationship.binds_finish
    lag_grid = grid_of(clocks, relationship.calendar)
    for i in range(WIDTH):
        shift = ticks[uncertain + i] if uncertain != U64(0) else lag
        instant = ticks[before + i]
        is_required = True
        if shift != 0:
            moved = I32(working(lag_grid, clocks, clocks.lost, instant, i) + shift)
            is_required = moved >= bound_of(lag_grid, clocks.lost, i)
            if shift > 0:
                instant = finish_instant(lag_grid, clocks, clocks.lost, moved, i)
            elif is_required:
                instant = start_instant(lag_grid, clocks, clocks.lost, moved, i)
        if is_required:
            ticks[need + i] = working(task_grid, clocks, clocks.lost, instant, i)
            ticks[DRIVING + i] = instant if instant > ticks[DRIVING + i] else ticks[DRIVING + i]
            if binds_finish:
                ticks[FORCED + i] = instant if instant > ticks[FORCED + i] else ticks[FORCED + i]
        else:
            ticks[need + i] = I32(-1)


@compiled
def hand_on_instants(exists: Any, clocks: OnClock, task_grid: Grid, begin: Any, rows: Rows) -> None:
    """Let a task stand at the instants in row ``BY_LOGIC`` where it does not exist; ``begin`` takes working ticks."""
    ticks, marks = rows.ticks, rows.marks
    if exists != ALWAYS:
        for i in range(WIDTH):
            if marks[exists + i] == U8(0):
                ticks[DRIVING + i] = ticks[BY_LOGIC + i]
                ticks[begin + i] = working(task_grid, clocks, clocks.lost, ticks[BY_LOGIC + i], i)


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
            required = working(task_grid, clocks, clocks.lost, ticks[FORCED + i], i)
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


@inlined
def begin_at_start(stage: Any, clocks: OnClock, task_grid: Grid, begin: Any, ticks: Any) -> None:
    """Let no start in row ``begin`` be before the project's, where a date that holds the finish asks for that."""
    if stage.binding & (FINISH_PINNED | MOST_FINISH):
        for i in range(WIDTH):
            ticks[begin + i] = max(ticks[begin + i], bound_of(task_grid, clocks.lost, i))


@compiled
def schedule_on_clock(
    stage: Any,
    relationships: Any,
    clocks: OnClock,
    has_constraints: bool | None,
    presence: TaskPresence | None,
    keep: Any,
    rows: Rows,
) -> None:
    """Set start and finish of a task in working ticks and, where ``keep`` or others need them, on the clock.

    ``presence`` is as in ``schedule``: where the task does not exist, it stands at the instant that drives it, whatever
    its calendar.
    """
    ticks = rows.ticks
    first, last = stage.first_relationship, stage.last_relationship
    task_grid = grid_of(clocks, stage.calendar)
    begin = U64(stage.start_work)
    driving = begin
    is_over, is_worked = False, True
    if has_constraints is not None:
        begin = begin_of(stage, begin)
        driving = DRIVING if stage.binding & SPANS_OTHERS else begin
        is_over = stage.binding & IS_FINISHED != 0
        is_worked = stage.binding & (IS_FINISHED | HANDS_ON_DATES) == 0
    earliest = stage.bound_instant
    bound, calendar = (stage.bound, begin), stage.calendar
    fill_work(bound, earliest, clocks, clocks.lost, calendar=calendar, ticks=ticks)
    fill_row(ticks, DRIVING, earliest)
    fill_row(ticks, FORCED, I32(0))
    if not is_over:
        for k in range(first, last):
            relationship = relationships[k]
            if relationship.is_sum:
                uncertain = row_of_lags(relationship, presence, k, ticks, rows.marks)
                require_on_clock(relationship, clocks, task_grid, stage.keeps_driving, uncertain, ticks=ticks)
            take_latest(relationship, begin, ticks)
        if has_constraints is not None:
            pass_by_absent(stage, relationships, presence, ticks, rows.marks)
            constrain_on_clock(stage, relationships, clocks, clocks.lost, begin=begin, ticks=ticks)
            if stage.binding & IS_CONSTRAINED and not stage.binding & SPANS_OTHERS:
                hold_instants(stage, clocks, task_grid, begin, ticks)
        mark_drivers(stage, relationships, driving, rows)
        if presence is not None:
            hand_on_dates(stage, relationships, presence.bound_instant, presence, rows)
            hand_on_instants(presence.exists, clocks, task_grid, begin, rows)
    if has_constraints is not None and stage.binding & (IS_FINISHED | HAS_STARTED):
        begun = (stage.begun, U64(stage.start_work))
        fill_work(begun, stage.begun_instant, clocks, clocks.lost, calendar=calendar, ticks=ticks)
    add_work(stage, begin, U64(stage.finish_work), ticks)
    if has_constraints is not None:
        begin_at_start(stage, clocks, task_grid, begin, ticks)
    if keep or stage.needs_clock:
        if is_worked:
            show_work(stage, clocks, task_grid, begin, ticks=ticks, shows_start=keep or stage.shows_start)
        if has_constraints is not None:
            show_actual(stage, ticks)
        if presence is not None:
            copy_absent(ticks, DRIVING, U64(stage.start), presence.exists, rows.marks)
            copy_absent(ticks, DRIVING, U64(stage.finish), presence.exists, rows.marks)


@inlined
def show_work(stage: Any, clocks: OnClock, task_grid: Grid, begin: Any, ticks: Any, shows_start: Any) -> None:
    """Set the finish of a task on the clock, and the start where it is asked for.

    Notes
    -----
    A start is the next working instant, a finish the shift's end, but never before an instant that an FF or SF
    relationship requires. A task of no duration stays at the instant that drives it, if that is working time or a
    shift's end, and moves to the next working instant otherwise. What a date wants to be done by the project's start is
    done where its work could first begin. Elapsed delays run on the clock after the work; a negative one never takes
    the finish before the start.
    """
    start, finish, finish_work = U64(stage.start), U64(stage.finish), U64(stage.finish_work)
    limit = FORCED
    if shows_start:
        limit = start
        for i in range(WIDTH):
            ticks[start + i] = start_instant(task_grid, clocks, clocks.lost, ticks[begin + i], i)
    for i in range(WIDTH):
        done = finish_instant(task_grid, clocks, clocks.lost, ticks[finish_work + i], i)
        done = I32((done if done > ticks[limit + i] else ticks[limit + i]) + ticks[ELAPSED_ROW + i])
        least = ticks[FORCED + i] if ticks[FORCED + i] > ticks[limit + i] else ticks[limit + i]
        ticks[finish + i] = done if done > least else least
    if stage.may_vanish:
        starts_shift = stage.binding & STARTS_SHIFT != 0
        for i in range(WIDTH):
            if ticks[DURATION_ROW + i] == 0:
                instant = ticks[DRIVING + i]
                if starts_shift or not is_open(task_grid, clocks, clocks.lost, instant, i):
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
