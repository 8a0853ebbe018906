"""One block after another: draw, schedule, cost, criticality."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import (
    DURATION,
    FACTOR,
    NEVER,
    Clocks,
    Costs,
    Dates,
    Draws,
    Network,
    Output,
    Risks,
    Scratch,
    Variables,
)
from riskengine.kernel.clock import finish_instant, schedule_on_clock, working
from riskengine.kernel.compiling import compiled, entry
from riskengine.kernel.cost import add_cost
from riskengine.kernel.criticality import count_critical
from riskengine.kernel.draw import draw
from riskengine.kernel.duration import clear, finish_duration, take
from riskengine.kernel.forward import schedule

I32, U64 = np.int32, np.uint64


@entry
def simulate_blocks(
    first: Any,
    last: Any,
    origin: Any,
    iterations: Any,
    kept: Any,
    watched: Any,
    seed: Any,
    method: Any,
    variables: Variables,
    draws: Draws,
    network: Network,
    clocks: Clocks | None,
    risks: Risks,
    costs: Costs,
    output: Output,
    work: Scratch,
) -> None:
    """Simulate blocks ``first`` to ``last`` (exclusive) and write what they give.

    Parameters
    ----------
    first, last : int
        Blocks, numbered from the first iteration of the run.
    origin : int
        Block whose iterations are the first columns of the output.
    iterations : int
        Columns that count; the rest of the last block is simulated and left out of the counts.
    kept, watched : int
        Columns in which tasks and risks are kept, whole blocks.
    seed : (2,) uint32
        Low word first.
    method : int
    clocks : Clocks or None
        None where the whole plan shares one calendar; the two cases are compiled apart.
    output : Output
        Written at the columns of the blocks; counts are added to.
    work : Scratch
        This thread's own.
    """
    drawn, sums, dates, marks = work
    duration, total, cost = sums.duration, sums.total, sums.cost
    task_count = network.floor.size
    for block in range(first, last):
        column = (block - origin) * BLOCK
        keep = column < kept
        for i in range(BLOCK):
            total[i] = 0.0
        for stage in range(task_count + 2):
            task = stage - 1
            has_more = draws.offset[stage + 1] - draws.offset[stage] > 1 or task == task_count
            for k in range(draws.offset[stage], draws.offset[stage + 1]):
                risk = draws.risk[k]
                role = draws.role[k]
                if risk >= 0 and risks.threshold[risk] == U64(NEVER):
                    if role == FACTOR:
                        for i in range(BLOCK):
                            sums.factor[draws.operand[k], i] = 1.0
                    continue
                ticks = duration if role == DURATION else drawn.ticks
                draw(seed, block, method, variables, draws.variable[k], drawn, ticks)
                if role != DURATION:
                    take(role, draws.operand[k], risk, risks.threshold, drawn, sums)
            if stage == 0:
                if column < watched:
                    keep_risks(column, output.occurs, sums.occurs)
            elif task < task_count:
                floor = network.floor[task]
                if has_more or floor > 0 or risks.factor_offset[task + 1] > risks.factor_offset[task]:
                    finish_duration(floor, risks, task, sums)
                if clocks is None:
                    schedule(network, task, keep, duration, sums.lag, dates, marks.driver)
                else:
                    schedule_on_clock(
                        network, clocks, task, keep, duration, sums.elapsed, sums.lag, dates, marks.driver
                    )
                add_cost(costs, task, duration, has_more, keep, sums)
                if keep:
                    keep_task(network.slot[task], task, column, duration, cost, dates, output)
            else:
                find_latest(network, column, output.finish, dates)
                if clocks is None:
                    finish_project(column, sums.delay, dates, output.finish)
                else:
                    finish_project_on_clock(clocks, column, sums.delay, sums.elapsed, dates, output.finish)
                add_cost(costs, task_count, dates.begin, has_more, keep, sums)
            if has_more:
                clear(sums)
        for i in range(BLOCK):
            output.cost[column + i] = total[i]
        count_critical(network, column, min(BLOCK, iterations - column), output, dates, marks)


@compiled
def keep_risks(column: Any, kept: Any, occurs: Any) -> None:
    """Copy to the output which risks occur in this block, (risk, iteration) uint8."""
    for r in range(kept.shape[0]):
        for i in range(BLOCK):
            kept[r, column + i] = occurs[r, i]


@compiled
def keep_task(slot: Any, task: Any, column: Any, duration: Any, cost: Any, dates: Dates, output: Output) -> None:
    """Copy a task's dates, duration and cost of this block to the output."""
    for i in range(BLOCK):
        output.start[task, column + i] = dates.start[slot, i]
        output.end[task, column + i] = dates.finish[slot, i]
        output.duration[task, column + i] = duration[i]
        output.task_cost[task, column + i] = cost[i]


@compiled
def find_latest(network: Network, column: Any, written: Any, dates: Dates) -> None:
    """Fill ``dates.project`` with the latest finish of all tasks, and write the finishes of the named targets."""
    project, finish = dates.project, dates.finish
    for i in range(BLOCK):
        project[i] = I32(0)
    for k in range(network.open_end.size):
        slot = network.slot[network.open_end[k]]
        for i in range(BLOCK):
            a = finish[slot, i]
            b = project[i]
            project[i] = a if a > b else b
    for k in range(network.target.size):
        slot = network.slot[network.target[k]]
        for i in range(BLOCK):
            written[k + 1, column + i] = finish[slot, i]


@compiled
def finish_project(column: Any, delay: Any, dates: Dates, written: Any) -> None:
    """Write the project's finish, its own delays added, where one calendar is kept.

    Notes
    -----
    ``dates.project`` stays without those delays: criticality is about it. ``dates.begin`` takes the project's length
    [working tick].
    """
    begin, project = dates.begin, dates.project
    for i in range(BLOCK):
        length = max(I32(0), I32(project[i] + delay[i]))
        begin[i] = length
        written[0, column + i] = length


@compiled
def finish_project_on_clock(clocks: Clocks, column: Any, delay: Any, elapsed: Any, dates: Dates, written: Any) -> None:
    """Write the project's finish on the clock; otherwise as ``finish_project``."""
    begin, project = dates.begin, dates.project
    calendar = clocks.project[0]
    bound = clocks.bound[calendar]
    start = clocks.start[0]
    cell, before, starts = clocks.cell, clocks.work_before, clocks.work_start
    cell_base, work_base = U64(clocks.cell_base[calendar]), U64(clocks.work_base[calendar])
    for i in range(BLOCK):
        instant = project[i]
        if delay[i] != 0:
            done = I32(working(cell, before, cell_base, instant) + delay[i])
            instant = finish_instant(cell, starts, work_base, bound, start, done)
        instant = max(start, I32(instant + elapsed[i]))
        begin[i] = working(cell, before, cell_base, instant) - bound
        written[0, column + i] = instant
