"""One block after another: draw, schedule, cost, criticality."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import Clocks, Costs, Network, Output, Risks, Scratch, Variables
from riskengine.kernel.clock import finish_instant, schedule_on_clock, working
from riskengine.kernel.compiling import compiled
from riskengine.kernel.cost import cost_of_project, cost_of_task
from riskengine.kernel.criticality import count_critical
from riskengine.kernel.duration import draw_risks, project_delay, task_duration
from riskengine.kernel.forward import schedule

I32 = np.int32


@compiled
def simulate_blocks(
    first: Any,
    last: Any,
    iterations: Any,
    kept: Any,
    seed: Any,
    method: Any,
    variables: Variables,
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
    iterations : int
        Iterations that count; the rest of the last block is simulated and left out of the counts.
    kept : int
        Iterations whose tasks and risks are kept, a whole number of blocks.
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
    task_count = network.duration.size
    for block in range(first, last):
        column = block * BLOCK
        valid = min(BLOCK, iterations - column)
        keep = column < kept
        draw_risks(seed, block, method, variables, risks, work)
        if keep:
            for r in range(risks.variable.size):
                for i in range(BLOCK):
                    output.occurs[r, column + i] = work.occurs[r, i]
        for i in range(BLOCK):
            work.total[i] = 0.0
        for task in range(task_count):
            task_duration(seed, block, method, variables, network, risks, task, work)
            if clocks is None:
                schedule(seed, block, method, variables, network, task, work)
            else:
                schedule_on_clock(seed, block, method, variables, network, clocks, task, work)
            cost_of_task(seed, block, method, variables, risks, costs, task, work)
            if keep:
                keep_task(network, clocks, task, column, output, work)
        finish_project(seed, block, method, variables, network, clocks, risks, column, output, work)
        cost_of_project(seed, block, method, variables, risks, costs, task_count, work)
        for i in range(BLOCK):
            output.cost[column + i] = work.total[i]
        count_critical(network, column, valid, output, work)


@compiled
def keep_task(network: Network, clocks: Clocks | None, task: Any, column: Any, output: Output, work: Scratch) -> None:
    """Copy a task's dates, duration and cost of this block to the output."""
    slot = network.slot[task]
    for i in range(BLOCK):
        if clocks is None:
            output.start[task, column + i] = work.begin[i]
        else:
            output.start[task, column + i] = work.start[slot, i]
        output.end[task, column + i] = work.finish[slot, i]
        output.duration[task, column + i] = work.duration[0, i]
        output.task_cost[task, column + i] = work.cost[i]


@compiled
def finish_project(
    seed: Any,
    block: Any,
    method: Any,
    variables: Variables,
    network: Network,
    clocks: Clocks | None,
    risks: Risks,
    column: Any,
    output: Output,
    work: Scratch,
) -> None:
    """Write the finish of the project and of the named targets.

    Notes
    -----
    ``work.project`` keeps the latest finish of all tasks, before delays of the project itself: criticality is about
    it. ``work.begin`` takes the project's length [working tick of its calendar], after them.
    """
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
    project_delay(seed, block, method, variables, risks, network.duration.size, work)
    if clocks is None:
        for i in range(BLOCK):
            length = max(I32(0), project[i] + work.duration[0, i])
            work.begin[i] = length
            output.finish[0, column + i] = length
    else:
        calendar = clocks.project[0]
        for i in range(BLOCK):
            instant = project[i]
            delay = work.duration[0, i]
            if delay != 0:
                instant = finish_instant(clocks, calendar, I32(working(clocks, calendar, instant) + delay))
            instant = max(clocks.start[0], I32(instant + work.elapsed[0, i]))
            work.begin[i] = working(clocks, calendar, instant) - clocks.bound[calendar]
            output.finish[0, column + i] = instant
