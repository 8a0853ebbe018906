"""Durations of backlogs in a block: rows of a history, period by period, until all items are done."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import BACKLOG, RANDOM, Output, Sampling
from riskengine.kernel.contract.backlogs import (
    ADDED,
    BACKLOG_ROWS,
    BEFORE,
    DONE,
    FOCUS,
    GROWTH,
    MORE,
    RUN,
    TO_DO,
    BacklogTables,
)
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.places import DURATION_ROW
from riskengine.kernel.draws.stream import fill_words, stratify

I32, I64, U64, F64 = np.int32, np.int64, np.uint64, np.float64
ROUNDING = 1e-9
"""Items by which a sum may fall short for the order of its operations alone."""
HALF_WORD = U64(32)
TO_DO_AT, GROWTH_AT, FOCUS_AT, MORE_AT = U64(TO_DO) * WIDTH, U64(GROWTH) * WIDTH, U64(FOCUS) * WIDTH, U64(MORE) * WIDTH
DONE_AT, ADDED_AT, RUN_AT, SHARE_AT = U64(DONE) * WIDTH, U64(ADDED) * WIDTH, U64(RUN) * WIDTH, U64(BEFORE) * WIDTH
ALL_ROWS = U64(BACKLOG_ROWS) * WIDTH
OPEN, ENDS = I32(-1), I32(-2)
"""In place of a duration while a backlog is not done, and in the period in which it is."""


@compiled
def draw_periods(
    sampling: Sampling,
    tables: Tables,
    backlogs: BacklogTables | None,
    number: Any,
    rows: Rows,
    output: Output,
    block: Any,
    counted: Any,
) -> None:
    """Set the duration of a task that is a backlog, once its items have been drawn; of any other, nothing.

    Parameters
    ----------
    backlogs : BacklogTables or None
        Of the tables: the compiler leaves out what stands under ``is not None`` for an argument alone.
    number : int
        Of the stage.
    output : Output
        Whose ``endless`` is added to.
    counted : int
        Iterations of the block that count.
    """
    if backlogs is not None:
        which = backlogs.of_stage[number]
        if which >= 0 and tables.variable[backlogs.backlog[which].variable].kind == BACKLOG:
            count_items(backlogs, rows)
            work_off(sampling, backlogs, which, rows, block)
            output.endless[which] += give_up(backlogs, which, rows, counted)


@inlined
def count_items(backlogs: BacklogTables, rows: Rows) -> None:
    """Make whole numbers of the items to do, those of risks among them, and begin with nothing done."""
    values, place = rows.values, backlogs.place
    to_do, growth, more = place + TO_DO_AT, place + GROWTH_AT, place + MORE_AT
    for i in range(WIDTH):
        values[to_do + i] = np.ceil(values[to_do + i] * values[growth + i] + values[more + i] - ROUNDING)
        rows.ticks[DURATION_ROW + i] = OPEN


@inlined
def work_off(sampling: Sampling, backlogs: BacklogTables, which: Any, rows: Rows, block: Any) -> None:
    """Draw period after period until every iteration is done, or there have been the most that there may be."""
    backlog = backlogs.backlog[which]
    values, words, place = rows.values, rows.words, backlogs.place
    begin = place + RUN_AT
    count, run, left = U64(backlog.rows), I64(backlog.run), I64(WIDTH)
    period = I64(0)
    while left > 0 and period < backlog.most:
        within = period % run
        if within == 0:
            stream = backlogs.stream[backlog.first_stream + period]
            fill_words(sampling.seed, stream, block, words)
            if sampling.method != RANDOM:
                stratify(sampling, stream, I64(-1), words, block=block, order=U64(0))
            for i in range(WIDTH):
                values[begin + i] = F64((U64(words[i]) * count) >> HALF_WORD)
        left = add_period(backlogs, which, rows, period, within % I64(count))
        period += 1


@inlined
def add_period(backlogs: BacklogTables, which: Any, rows: Rows, period: Any, within: Any) -> Any:
    """Add a period to what is done, end what is done with it, and return how many iterations are not.

    Notes
    -----
    What is done already goes on adding up, which nobody asks for. Measured, a block takes half the time of one with a
    branch on each iteration.
    """
    backlog = backlogs.backlog[which]
    values, ticks, place = rows.values, rows.ticks, backlogs.place
    to_do, focus, begin = place + TO_DO_AT, place + FOCUS_AT, place + RUN_AT
    done, added = place + DONE_AT, place + ADDED_AT
    first, count, length = I64(backlog.first_row), I64(backlog.rows), backlog.period
    last = I32(np.floor(F64(period + 1) * length + 0.5))
    left = I64(0)
    if backlog.is_within:
        for i in range(WIDTH):
            values[SHARE_AT + place + i] = values[focus + i] * values[done + i] - values[added + i]
    for i in range(WIDTH):
        row = I64(values[begin + i]) + within
        row = first + (row - count if row >= count else row)
        values[done + i] += backlogs.done[row]
        values[added + i] += backlogs.added[row]
    for i in range(WIDTH):
        after = values[focus + i] * values[done + i] - values[added + i]
        is_open = ticks[DURATION_ROW + i] == OPEN
        ends = is_open & (after >= values[to_do + i] - ROUNDING)
        ticks[DURATION_ROW + i] = (ENDS if backlog.is_within else last) if ends else ticks[DURATION_ROW + i]
        left += I64(is_open) - I64(ends)
    if backlog.is_within:
        for i in range(WIDTH):
            if ticks[DURATION_ROW + i] == ENDS:
                before = values[SHARE_AT + place + i]
                after = values[focus + i] * values[done + i] - values[added + i]
                share = min(1.0, (values[to_do + i] - before) / (after - before)) if after > before else 1.0
                ticks[DURATION_ROW + i] = I32(np.floor((F64(period) + share) * length + 0.5))
    return left


@inlined
def give_up(backlogs: BacklogTables, which: Any, rows: Rows, counted: Any) -> Any:
    """Return in how many iterations that count a backlog is not done, which take all periods; clear its rows."""
    backlog, ticks = backlogs.backlog[which], rows.ticks
    most = I32(np.floor(F64(backlog.most) * backlog.period + 0.5))
    endless = I64(0)
    for i in range(WIDTH):
        if ticks[DURATION_ROW + i] == OPEN:
            ticks[DURATION_ROW + i] = most
            endless += I64(U64(i) < U64(counted))
    for i in range(ALL_ROWS):
        rows.values[backlogs.place + U64(i)] = 0.0
    return endless
