"""One block after another: draw, schedule, cost, criticality."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import FACTOR, Clocks, Costs, Draws, Network, Output, Risks, Scratch, Variables
from riskengine.kernel.clock import finish_instant, schedule_on_clock, working
from riskengine.kernel.compiling import compiled, entry
from riskengine.kernel.cost import add_cost
from riskengine.kernel.criticality import count_critical
from riskengine.kernel.draw import draw
from riskengine.kernel.duration import clear, finish_duration, take
from riskengine.kernel.forward import schedule

I32 = np.int32
ALWAYS_OR_SOMETIMES = np.uint64(0xFFFFFFFF)


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
    task_count = network.floor.size
    for block in range(first, last):
        column = (block - origin) * BLOCK
        for i in range(BLOCK):
            work.total[i] = 0.0
        for stage in range(task_count + 2):
            clear(work)
            for k in range(draws.offset[stage], draws.offset[stage + 1]):
                risk = draws.risk[k]
                if risk < 0 or risks.threshold[risk] <= ALWAYS_OR_SOMETIMES:
                    draw(seed, block, method, variables, draws.variable[k], work)
                    take(draws.role[k], draws.operand[k], risk, risks.threshold, work)
                elif draws.role[k] == FACTOR:
                    for i in range(BLOCK):
                        work.factor[draws.operand[k], i] = 1.0
            if stage == 0:
                if column < watched:
                    keep_risks(column, output, work)
            elif stage <= task_count:
                task = stage - 1
                keep = column < kept
                finish_duration(network, risks, task, work)
                if clocks is None:
                    schedule(network, task, keep, work)
                else:
                    schedule_on_clock(network, clocks, task, keep, work)
                add_cost(costs, task, work.duration, work)
                if keep:
                    keep_task(network, task, column, output, work)
            else:
                find_latest(network, column, output, work)
                if clocks is None:
                    finish_project(column, output, work)
                else:
                    finish_project_on_clock(clocks, column, output, work)
                add_cost(costs, task_count, work.begin, work)
        for i in range(BLOCK):
            output.cost[column + i] = work.total[i]
        count_critical(network, column, min(BLOCK, iterations - column), output, work)


@compiled
def keep_risks(column: Any, output: Output, work: Scratch) -> None:
    """Copy to the output which risks occur in this block."""
    for r in range(output.occurs.shape[0]):
        for i in range(BLOCK):
            output.occurs[r, column + i] = work.occurs[r, i]


@compiled
def keep_task(network: Network, task: Any, column: Any, output: Output, work: Scratch) -> None:
    """Copy a task's dates, duration and cost of this block to the output."""
    slot = network.slot[task]
    for i in range(BLOCK):
        output.start[task, column + i] = work.start[slot, i]
        output.end[task, column + i] = work.finish[slot, i]
        output.duration[task, column + i] = work.duration[i]
        output.task_cost[task, column + i] = work.cost[i]


@compiled
def find_latest(network: Network, column: Any, output: Output, work: Scratch) -> None:
    """Fill ``work.project`` with the latest finish of all tasks, and write the finishes of the named targets."""
    project = work.project
    for i in range(BLOCK):
        project[i] = I32(0)
    for k in range(network.open_end.size):
        slot = network.slot[network.open_end[k]]
        for i in range(BLOCK):
            a = work.finish[slot, i]
            b = project[i]
            project[i] = a if a > b else b
    for k in range(network.target.size):
        slot = network.slot[network.target[k]]
        for i in range(BLOCK):
            output.finish[k + 1, column + i] = work.finish[slot, i]


@compiled
def finish_project(column: Any, output: Output, work: Scratch) -> None:
    """Write the project's finish, its own delays added, where one calendar is kept.

    Notes
    -----
    ``work.project`` stays without those delays: criticality is about it. ``work.begin`` takes the project's length
    [working tick].
    """
    for i in range(BLOCK):
        length = max(I32(0), I32(work.project[i] + work.delay[i]))
        work.begin[i] = length
        output.finish[0, column + i] = length


@compiled
def finish_project_on_clock(clocks: Clocks, column: Any, output: Output, work: Scratch) -> None:
    """Write the project's finish on the clock; otherwise as ``finish_project``."""
    calendar = clocks.project[0]
    for i in range(BLOCK):
        instant = work.project[i]
        delay = work.delay[i]
        if delay != 0:
            instant = finish_instant(clocks, calendar, I32(working(clocks, calendar, instant) + delay))
        instant = max(clocks.start[0], I32(instant + work.elapsed[i]))
        work.begin[i] = working(clocks, calendar, instant) - clocks.bound[calendar]
        output.finish[0, column + i] = instant
