"""One block after another: draw, schedule, cost, criticality."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled, entry, inlined
from riskengine.kernel.contract.arrays import DURATION, NEVER, OCCURS, BlockRange, Output, Sampling
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.on_clock import OnClock
from riskengine.kernel.contract.places import BEGIN, COST, DELAY_ROW, DRAWN, DURATION_ROW, ELAPSED_ROW, PROJECT
from riskengine.kernel.contract.resources import Levelling
from riskengine.kernel.cost import add_cost
from riskengine.kernel.criticality import count_critical
from riskengine.kernel.dates.clock import schedule_on_clock
from riskengine.kernel.dates.duration import apply_draw, clear_sums, finish_duration, follow_chain
from riskengine.kernel.dates.forward import schedule
from riskengine.kernel.dates.grid import finish_instant, grid_of, working
from riskengine.kernel.dates.levelling import release_all, wait_for_resources
from riskengine.kernel.draws.backlogs import draw_periods
from riskengine.kernel.draws.draw import draw
from riskengine.kernel.draws.lost_days import draw_lost_days
from riskengine.kernel.draws.mix import fill_scores
from riskengine.kernel.draws.stream import order_of_points
from riskengine.kernel.existence import (
    add_cost_where_it_exists,
    apply_finish,
    apply_occurrences,
    draw_existence,
    is_everywhere,
    keep_existence,
    leave_out,
    presence_at,
)

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
    blocks, sampling, tables
    clocks, has_constraints, levelling
        None where the whole plan shares one calendar, where nothing but logic binds any task, where nobody ever waits
        for a resource. Each case is compiled apart: what stands under ``is not None`` is left out where it is None.
    output, rows
        Columns of the blocks are written, counts are added to; rows are this thread's own, as ``levelling`` is.
    """
    project = tables.stage.size - 1
    for block in range(U64(blocks.first), U64(blocks.last)):
        at = (block - U64(blocks.origin)) * WIDTH
        keep, counted = at < U64(blocks.task_iterations), U64(blocks.iterations) - at
        order = order_of_points(sampling.seed, block)
        output.cost[at : at + WIDTH] = 0.0
        if levelling is not None:
            release_all(levelling)
        draw_for_all(sampling, tables, clocks, rows, block=block, order=order)
        for number in range(project + 1):
            stage = tables.stage[number]
            has_more = stage.last_draw - stage.first_draw > 1 or number == project
            draw_stage(sampling, tables, stage, rows, block=block, order=order)
            draw_periods(sampling, tables, tables.backlogs, number, rows, output=output, block=block, counted=counted)
            if number == 0:
                apply_occurrences(tables.presence, rows.marks)
                if tables.presence is None:
                    keep_risks(tables.risk, at, blocks, output.occurs, rows.marks)
            else:
                if number < project:
                    if has_more or stage.floor > 0 or stage.last_factor > stage.first_factor or stage.gain_kept > 0.0:
                        finish_duration(stage, tables.factor, rows.ticks, rows.values)
                    date_task(stage, number, tables, clocks, has_constraints, levelling=levelling, keep=keep, rows=rows)
                else:
                    finish_project(tables, clocks, at, output.finish, rows.ticks)
                length = DURATION_ROW if number < project else BEGIN
                is_plain = not (has_more or keep)
                if is_everywhere(tables.presence, number):
                    add_cost(stage, rows.ticks, rows.values, output.cost, at, length=length, is_plain=is_plain)
                else:
                    add_cost_where_it_exists(stage, tables.presence, number, rows, output.cost[at : at + WIDTH])
                if keep:
                    keep_stage(stage, number - 1, at, output, rows)
                    keep_existence(tables.presence, number, at, output, rows.marks)
            if has_more:
                clear_sums(rows.ticks, rows.values, tables.sums)
        if tables.presence is not None:  # a risk may wait for a date of this very block
            keep_risks(tables.risk, at, blocks, output.occurs, rows.marks)
        count_critical(tables, levelling, counted, output, rows)


@compiled
def draw_for_all(
    sampling: Sampling, tables: Tables, clocks: OnClock | None, rows: Rows, block: Any, order: Any
) -> None:
    """Draw what the stages of a block have in common: scores that others load on, existence, and lost days."""
    fill_scores(sampling, tables, tables.mixing, rows, block=block, order=order)
    draw_existence(sampling, tables, tables.presence, rows, block=block, order=order)
    if clocks is not None:
        draw_lost_days(sampling.seed, clocks, clocks.lost, rows.words, block)


@compiled
def date_task(
    stage: Any,
    number: Any,
    tables: Tables,
    clocks: OnClock | None,
    has_constraints: bool | None,
    levelling: Levelling | None,
    keep: Any,
    rows: Rows,
) -> None:
    """Set the dates of the task of stage ``number`` from its duration, by logic and then by its resources.

    Which tasks exist whose condition looks at its finish is decided with that.
    """
    leave_out(tables.presence, number, rows.ticks, rows.marks)
    presence = presence_at(tables.presence, number)
    if clocks is None:
        schedule(stage, tables.relationship, has_constraints, presence, keep=keep, rows=rows)
    if clocks is not None:
        schedule_on_clock(stage, tables.relationship, clocks, has_constraints, presence=presence, keep=keep, rows=rows)
    if levelling is not None:
        wait_for_resources(levelling, number - 1, tables, clocks, rows)
    apply_finish(stage, number, tables.presence, rows)


@inlined
def draw_stage(sampling: Sampling, tables: Tables, stage: Any, rows: Rows, block: Any, order: Any) -> None:
    """Draw what a stage takes from chance, and put it where it belongs; of risks that never occur, nothing."""
    for k in range(stage.first_draw, stage.last_draw):
        drawn = tables.draw[k]
        if drawn.risk >= 0 and sampling.threshold[drawn.risk] == U64(NEVER):
            continue
        into = DURATION_ROW if drawn.role == DURATION else DRAWN
        draw(sampling, tables, drawn.variable, into, rows, block=block, order=order)
        apply_draw(drawn, tables.variable[drawn.variable].is_whole, sampling.threshold, tables.factor, rows)
        if drawn.role == OCCURS:
            follow_chain(sampling.chains, tables.risk, drawn.risk, rows)


@inlined
def keep_risks(risk: Any, at: Any, blocks: BlockRange, occurs: Any, marks: Any) -> None:
    """Copy to the output which risks occur in this block, (risk, iteration) uint8, where they are stored."""
    for r in range(risk.size if at < U64(blocks.risk_iterations) else 0):
        place = U64(risk[r])
        for i in range(WIDTH):
            occurs[r, at + i] = marks[place + i]


@compiled
def keep_stage(stage: Any, row: Any, at: Any, output: Output, rows: Rows) -> None:
    """Copy to the output what a task costs in this block, or in the end the project itself, and a task's dates."""
    ticks, values = rows.ticks, rows.values
    for i in range(WIDTH):
        output.task_cost[row, at + i] = values[COST + i]
    if row < output.start.shape[0]:
        start = U64(stage.start)
        finish = U64(stage.finish)
        for i in range(WIDTH):
            output.start[row, at + i] = ticks[start + i]
            output.end[row, at + i] = ticks[finish + i]
            output.duration[row, at + i] = ticks[DURATION_ROW + i]


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
def finish_project(tables: Tables, clocks: OnClock | None, at: Any, written: Any, ticks: Any) -> None:
    """Write the finishes of the project, its own delays added, and of the named targets.

    Notes
    -----
    Row ``PROJECT`` stays without those delays: criticality is about it. Row ``BEGIN`` takes the project's length
    [working tick].
    """
    find_latest(tables, at, written, ticks)
    if clocks is None:
        delay_project(at, written, ticks)
    if clocks is not None:
        delay_project_on_clock(clocks, tables.stage[tables.stage.size - 1].calendar, at, written, ticks)


@inlined
def delay_project(at: Any, written: Any, ticks: Any) -> None:
    """Write the project's finish where one calendar is kept."""
    for i in range(WIDTH):
        length = I32(ticks[PROJECT + i] + ticks[DELAY_ROW + i])
        length = length if length > 0 else I32(0)
        ticks[BEGIN + i] = length
        written[0, at + i] = length


@compiled
def delay_project_on_clock(clocks: OnClock, project: Any, at: Any, written: Any, ticks: Any) -> None:
    """Write the project's finish on the clock of calendar ``project``."""
    calendar = grid_of(clocks, project)
    bound = calendar.bound
    start = calendar.start
    for i in range(WIDTH):
        instant = ticks[PROJECT + i]
        if ticks[DELAY_ROW + i] != 0:
            done = I32(working(calendar, clocks, clocks.lost, instant, i) + ticks[DELAY_ROW + i])
            instant = finish_instant(calendar, clocks, clocks.lost, done, i)
        instant = I32(instant + ticks[ELAPSED_ROW + i])
        instant = instant if instant > start else start
        ticks[BEGIN + i] = working(calendar, clocks, None, instant, i) - bound
        written[0, at + i] = instant
