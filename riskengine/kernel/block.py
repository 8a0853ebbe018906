"""One block after another: draw, schedule, cost, criticality."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.arrays import DURATION, NEVER, BlockRange, Output, Sampling
from riskengine.kernel.clock import finish_instant, grid_of, schedule_on_clock, working
from riskengine.kernel.compiling import compiled, entry, inlined
from riskengine.kernel.cost import add_cost
from riskengine.kernel.criticality import count_critical
from riskengine.kernel.draw import draw
from riskengine.kernel.duration import apply_draw, clear_sums, finish_duration
from riskengine.kernel.forward import schedule
from riskengine.kernel.layout import (
    BEGIN,
    COST,
    DELAY_ROW,
    DRAWN,
    DURATION_ROW,
    ELAPSED_ROW,
    PROJECT,
    OnClock,
    Rows,
    Tables,
)
from riskengine.kernel.levelling import release_all, wait_for_resources
from riskengine.kernel.resources import Levelling
from riskengine.kernel.stream import order_of_points

I32, U64 = np.int32, np.uint64


@entry
def simulate_blocks(
    blocks: BlockRange,
    sampling: Sampling,
    tables: Tables,
    clocks: OnClock | None,
    has_constraints: bool | None,
    levelling: Levelling | None,
    output: Output,
    rows: Rows,
) -> None:
    """Simulate blocks and write what they give.

    Parameters
    ----------
    blocks : BlockRange
    sampling : Sampling
    tables : Tables
    clocks : OnClock or None
        The calendars, or None where the whole plan shares one. The two cases are compiled apart: what stands under ``is
        not None`` is left out where it is None.
    has_constraints : True or None
        Whether more than logic binds some task; plans in which nothing does are compiled apart, too.
    levelling : Levelling or None
        This thread's own; None where nobody ever waits for a resource. Levelled plans are compiled apart, too.
    output : Output
        Written at the columns of the blocks; counts are added to.
    rows : Rows
        This thread's own.
    """
    words, ticks, values, marks, mark_words = rows.words, rows.ticks, rows.values, rows.marks, rows.mark_words
    total, threshold = output.cost, sampling.threshold
    project = tables.stage.size - 1
    for block in range(U64(blocks.first), U64(blocks.last)):
        at = (block - U64(blocks.origin)) * WIDTH
        keep = at < U64(blocks.task_iterations)
        order = order_of_points(sampling.seed, block)
        for i in range(WIDTH):
            total[at + i] = 0.0
        if levelling is not None:
            release_all(levelling)
        for number in range(project + 1):
            stage = tables.stage[number]
            has_more = stage.last_draw - stage.first_draw > 1 or number == project
            for k in range(stage.first_draw, stage.last_draw):
                drawn = tables.draw[k]
                if drawn.risk >= 0 and threshold[drawn.risk] == U64(NEVER):
                    continue
                into = DURATION_ROW if drawn.role == DURATION else DRAWN
                draw(sampling, block, order, tables, drawn.variable, into, rows)
                is_whole = tables.variable[drawn.variable].is_whole
                apply_draw(drawn, is_whole, threshold, tables.factor, words, ticks, values, marks)
            if number == 0:
                if at < U64(blocks.risk_iterations):
                    keep_risks(tables.risk, at, output.occurs, marks)
            else:
                length = DURATION_ROW
                if number < project:
                    if has_more or stage.floor > 0 or stage.last_factor > stage.first_factor:
                        finish_duration(stage, tables.factor, ticks, values)
                    if clocks is None:
                        schedule(stage, tables.relationship, has_constraints, keep, ticks, marks, mark_words)
                    if clocks is not None:
                        schedule_on_clock(
                            stage, tables.relationship, clocks, has_constraints, keep, ticks, marks, mark_words
                        )
                    if levelling is not None:
                        wait_for_resources(levelling, number - 1, stage, tables.relationship, clocks, ticks, marks)
                else:
                    length = BEGIN
                    find_latest(tables, at, output.finish, ticks)
                    if clocks is None:
                        finish_project(at, output.finish, ticks)
                    if clocks is not None:
                        finish_project_on_clock(clocks, stage.calendar, at, output.finish, ticks)
                add_cost(stage, length, not has_more and not keep, ticks, values, total, at)
                if keep:
                    keep_cost(number - 1, at, output, values)
                    if number < project:
                        keep_task(stage, number - 1, at, output, ticks)
            if has_more:
                clear_sums(ticks, values, tables.sums)
        left = U64(blocks.iterations) - at
        valid = left if left < WIDTH else WIDTH
        count_critical(tables, levelling, valid, output, ticks, marks, mark_words)


@inlined
def keep_risks(risk: Any, at: Any, kept: Any, marks: Any) -> None:
    """Copy to the output which risks occur in this block, (risk, iteration) uint8."""
    for r in range(risk.size):
        place = U64(risk[r])
        for i in range(WIDTH):
            kept[r, at + i] = marks[place + i]


@inlined
def keep_cost(row: Any, at: Any, output: Output, values: Any) -> None:
    """Copy what a task, or after all tasks the project itself, costs in this block to the output."""
    for i in range(WIDTH):
        output.task_cost[row, at + i] = values[COST + i]


@compiled
def keep_task(stage: Any, task: Any, at: Any, output: Output, ticks: Any) -> None:
    """Copy a task's dates and duration of this block to the output."""
    start = U64(stage.start)
    finish = U64(stage.finish)
    for i in range(WIDTH):
        output.start[task, at + i] = ticks[start + i]
        output.end[task, at + i] = ticks[finish + i]
        output.duration[task, at + i] = ticks[DURATION_ROW + i]


@compiled
def find_latest(tables: Tables, at: Any, written: Any, ticks: Any) -> None:
    """Fill row ``PROJECT`` with the latest finish of all tasks, and write the finishes of the named targets."""
    for i in range(WIDTH):
        ticks[PROJECT + i] = I32(0)
    for k in range(tables.end.size):
        finish = U64(tables.stage[tables.end[k] + 1].finish)
        for i in range(WIDTH):
            a = ticks[finish + i]
            b = ticks[PROJECT + i]
            ticks[PROJECT + i] = a if a > b else b
    for k in range(tables.target.size):
        finish = U64(tables.stage[tables.target[k] + 1].finish)
        for i in range(WIDTH):
            written[k + 1, at + i] = ticks[finish + i]


@compiled
def finish_project(at: Any, written: Any, ticks: Any) -> None:
    """Write the project's finish, its own delays added, where one calendar is kept.

    Notes
    -----
    Row ``PROJECT`` stays without those delays: criticality is about it. Row ``BEGIN`` takes the project's length
    [working tick].
    """
    for i in range(WIDTH):
        length = I32(ticks[PROJECT + i] + ticks[DELAY_ROW + i])
        length = length if length > 0 else I32(0)
        ticks[BEGIN + i] = length
        written[0, at + i] = length


@compiled
def finish_project_on_clock(clocks: OnClock, project: Any, at: Any, written: Any, ticks: Any) -> None:
    """Write the project's finish on the clock; otherwise as ``finish_project``."""
    calendar = grid_of(clocks, project)
    bound = calendar.bound
    start = calendar.start
    for i in range(WIDTH):
        instant = ticks[PROJECT + i]
        if ticks[DELAY_ROW + i] != 0:
            done = I32(working(calendar, clocks.work_before, instant) + ticks[DELAY_ROW + i])
            instant = finish_instant(calendar, clocks.work_start, done)
        instant = I32(instant + ticks[ELAPSED_ROW + i])
        instant = instant if instant > start else start
        ticks[BEGIN + i] = working(calendar, clocks.work_before, instant) - bound
        written[0, at + i] = instant
