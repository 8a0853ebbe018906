"""Blocks on threads: the same bytes however they are shared out."""

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.request import Request as Request
from riskengine.engine.blocks.request import seed_words as seed_words
from riskengine.engine.blocks.strata import strata_for
from riskengine.engine.blocks.workers import Chunks, run_threads
from riskengine.engine.escalation import Escalator, refuse_unknown_prices
from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted
from riskengine.kernel import BLOCK
from riskengine.kernel.block import simulate_blocks
from riskengine.kernel.contract.arrays import NEVER, BlockRange, Output, Sampling
from riskengine.kernel.contract.chains import Chains
from riskengine.kernel.contract.layout import Rows
from riskengine.kernel.contract.on_clock import OnClock
from riskengine.kernel.contract.resources import Levelling, levelling
from riskengine.plan import Plan

CHUNK_SECONDS = 0.05
SECONDS_PER_VALUE = 8e-9
"""About what one task takes in one iteration, to size chunks; no result depends on it."""
SECONDS_PER_WAIT = 15e-8
"""The same where it may have to wait for resources."""
SMALL_SECONDS = 0.005

Progress = Callable[[int, int, str], None]
Working = tuple[Levelling | None, Rows, OnClock | None]
"""What a thread works in."""


def available_threads() -> int:
    """Return how many threads this process may run at once."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def empty_output(plan: Plan, request: Request) -> Output:
    """Return arrays for what a request gives, in whole blocks."""
    columns = -(-request.iterations // BLOCK) * BLOCK
    tasks, targets = len(plan.task), 1 + len(plan.target)
    uncertain_tasks = 0 if plan.existence is None else tasks
    return Output(
        finish=np.zeros((targets, columns), np.int32),
        cost=np.zeros(columns),
        count=np.zeros((targets, tasks), np.int64),
        square=np.zeros((targets, tasks), np.int64),
        full=np.zeros((targets, tasks), np.int64),
        start=np.zeros((tasks, request.task_iterations), np.int32),
        end=np.zeros((tasks, request.task_iterations), np.int32),
        duration=np.zeros((tasks, request.task_iterations), np.int32),
        task_cost=np.zeros((tasks + 1, request.task_iterations)),
        occurs=np.zeros((len(plan.risk), request.risk_iterations), np.uint8),
        exists=np.zeros((uncertain_tasks, request.task_iterations), np.uint8),
        exists_count=np.zeros(uncertain_tasks, np.int64),
        exists_square=np.zeros(uncertain_tasks, np.int64),
        exists_full=np.zeros(uncertain_tasks, np.int64),
        joint=np.zeros((targets, uncertain_tasks), np.int64),
        line_cost=np.zeros((0 if plan.escalation is None else len(plan.escalation.lines), request.task_iterations)),
        growth=np.zeros((0 if plan.escalation is None else len(plan.escalation.indices), request.task_iterations)),
        endless=np.zeros(0 if plan.backlogs is None else plan.backlogs.task.size, np.int64),
    )


def working_rows(plan: Plan) -> Working:
    """Return what one thread works in."""
    clocks = plan.kernel_plan.clocks
    own_levelling = None if plan.holdings is None else levelling(plan.holdings)
    return own_levelling, plan.kernel_plan.rows(), None if clocks is None else clocks.of_thread


def bound_core(
    plan: Plan, request: Request, dimension: NDArray[np.int16]
) -> Callable[[int, int, Output, Working], None]:
    """Return the core's entry bound to a plan and a request: it takes first block, last block, output and rows."""
    sampling = sampling_of(plan, request, dimension)
    escalator = Escalator.of(plan)

    def simulate(first: int, last: int, output: Output, rows: Working) -> None:
        if escalator is None:
            run_core(plan, request, sampling, (first, last), output, rows=rows)
        else:
            run_escalated(escalator, request, sampling, (first, last), output, rows=rows)
        if plan.clauses:
            add_clauses(plan, output, (first - request.first_block) * BLOCK, (last - request.first_block) * BLOCK)

    return simulate


def run_core(
    plan: Plan, request: Request, sampling: Sampling, blocks: tuple[int, int], output: Output, *, rows: Working
) -> None:
    """Simulate blocks, the last left out, into an output whose first column is that of the request."""
    simulate_blocks(
        blocks=BlockRange(
            first=blocks[0],
            last=blocks[1],
            origin=request.first_block,
            iterations=request.iterations,
            task_iterations=request.task_iterations,
            risk_iterations=request.risk_iterations,
        ),
        sampling=sampling,
        tables=plan.kernel_plan.tables,
        clocks=rows[2],
        has_constraints=plan.kernel_plan.has_constraints,
        levelling=rows[0],
        output=output,
        rows=rows[1],
    )


def run_escalated(
    escalator: Escalator,
    request: Request,
    sampling: Sampling,
    blocks: tuple[int, int],
    output: Output,
    *,
    rows: Working,
) -> None:
    """Simulate blocks as ``run_core`` does, and put what they cost into the prices of its dates.

    Notes
    -----
    These need the dates of all tasks, which an output stores of the first iterations only: a few blocks at a time have
    an output of their own.
    """
    step = escalator.blocks_at_once
    for first in range(blocks[0], blocks[1], step):
        begin = (first - request.first_block) * BLOCK
        width = min(step, blocks[1] - first) * BLOCK
        part_request = replace(
            request,
            iterations=min(width, request.iterations - begin),
            first_block=first,
            task_iterations=width,
            risk_iterations=width if begin < request.risk_iterations else 0,
        )
        part = empty_output(escalator.plan, part_request)
        run_core(escalator.plan, part_request, sampling, (first, first + width // BLOCK), part, rows=rows)
        escalator.escalate(part, sampling, rows[1], first)
        put_part(output, part, begin)


def put_part(output: Output, part: Output, begin: int) -> None:
    """Put the output of some blocks where it belongs, and add what is counted over blocks."""
    width = part.cost.size
    output.cost[begin : begin + width] = part.cost
    for name in ("finish", "start", "end", "duration", "task_cost", "occurs", "exists", "line_cost", "growth"):
        into = getattr(output, name)[:, begin : begin + width]
        into[:] = getattr(part, name)[:, : into.shape[1]]
    for name, count in counts_of(part).items():
        total = getattr(output, name)
        total += count


def add_clauses(plan: Plan, output: Output, first: int, last: int) -> None:
    """Add what damages and bonuses cost, which follows from the finishes.

    Parameters
    ----------
    plan : Plan
    output : Output
        Simulated up to ``last``; the cost of the iterations and, where it is stored, of the project are added to.
    first, last : int
        Columns; the last is left out.
    """
    columns = slice(first, last)
    money = np.add.reduce(plan.clause_costs(output.finish[:, columns]), axis=0)
    output.cost[columns] += money
    stored = output.task_cost[-1, columns]
    stored += money[: stored.size]


def sampling_of(plan: Plan, request: Request, dimension: NDArray[np.int16]) -> Sampling:
    """Return how a request draws; the parameters are those of ``run_blocks``."""
    threshold, chains = plan.risks.threshold.copy(), plan.risks.chains
    always = np.array(list(request.always), np.intp)
    if always.size:
        threshold[(chains.group >= 0) & np.isin(chains.group, chains.group[always])] = NEVER
        chains = without_conditions(chains, always)
    threshold[list(request.without)] = NEVER
    threshold[always] = 0
    return Sampling(seed_words(request.seed), request.method, strata_for(request.method, dimension), threshold, chains)


def without_conditions(chains: Chains, always: NDArray[np.intp]) -> Chains:
    """Return chains in which some risks occur whatever triggers or excludes them."""
    is_free = np.isin(np.arange(chains.most.size), always)
    count = np.diff(chains.offset)
    return chains._replace(
        most=np.where(is_free, np.uint64(NEVER), chains.most),
        offset=np.concatenate(([0], np.cumsum(np.where(is_free, 0, count)))).astype(np.int32),
        trigger=chains.trigger[~np.repeat(is_free, count)],
    )


def warm_up(plan: Plan) -> None:
    """Simulate nothing, which loads or compiles the core all the same."""
    request = Request(seed=0, method=0, iterations=0)
    bound_core(plan, request, plan.variables.dimension)(0, 0, empty_output(plan, request), working_rows(plan))


def run_blocks(
    plan: Plan,
    request: Request,
    dimension: NDArray[np.int16],
    progress: Progress | None = None,
    message: str = "Simulating",
) -> Output:
    """Simulate a request.

    Parameters
    ----------
    plan : Plan
    request : Request
    dimension : (variable,) int16
        Sobol dimensions, -1 where a variable has none.
    progress : callable, optional
        Called from this thread with iterations done, iterations in all and ``message``.

    Returns
    -------
    Output
        In whole blocks: the columns after ``request.iterations`` are to be cut.

    Notes
    -----
    Threads take chunks of blocks in turn, write to columns of their own and add whole numbers, so that the result
    does not depend on who did what. A KeyboardInterrupt stops them at the end of their chunk.
    """
    output = empty_output(plan, request)
    simulate = bound_core(plan, request, dimension)
    threads, chunk = shares_of(plan, request, output.cost.size // BLOCK)
    chunks = Chunks(output.cost.size // BLOCK, chunk)

    def report() -> None:
        if progress is not None:
            progress(min(chunks.done * BLOCK, request.iterations), request.iterations, message)

    def run_chunks(thread_output: Output, rows: Working, report: Callable[[], None]) -> None:
        for first, last in chunks:
            simulate(request.first_block + first, request.first_block + last, thread_output, rows)
            chunks.note_done(last - first)
            report()

    if threads == 1:
        run_chunks(output, working_rows(plan), report)
        refuse_too_long(plan, output)
        refuse_endless(plan, output, request)
        refuse_unknown_prices(plan, output)
        return output
    thread_outputs = [with_counts_of_its_own(output) for _ in range(threads)]
    works = [partial(run_chunks, each, working_rows(plan), lambda: None) for each in thread_outputs]
    run_threads(works, report, chunks.stop)
    for thread_output in thread_outputs:
        for name, part in counts_of(thread_output).items():
            total = getattr(output, name)
            total += part
    refuse_too_long(plan, output)
    refuse_endless(plan, output, request)
    refuse_unknown_prices(plan, output)
    return output


def refuse_too_long(plan: Plan, output: Output) -> None:
    """Refuse a run in which any iteration goes on behind the days that its calendars may lose.

    Raises
    ------
    ScenarioError
    """
    if plan.lost is None:
        return
    last = (int(plan.lost.first[0]) + int(plan.lost.days.min())) * int(plan.lost.day_division[0])
    if int(output.finish[0].max(initial=0)) > last:
        days = counted(int(plan.lost.days.min()), "day")
        raise ScenarioError([Issue(code="RE608", path="calendars", rule=CATALOGUE["RE608"].rule, value=days)])


def block_seconds(plan: Plan) -> float:
    """Return about how long a block takes one thread [s], to share out work; no number depends on it."""
    each = SECONDS_PER_VALUE if plan.holdings is None else SECONDS_PER_WAIT
    return max(1, len(plan.task)) * BLOCK * each


def refuse_endless(plan: Plan, output: Output, request: Request) -> None:
    """Refuse a run in which any backlog is not done after the most periods that there may be.

    Raises
    ------
    ScenarioError
    """
    if plan.backlogs is None or request.is_pilot or not output.endless.any():
        return
    issues = [
        Issue(
            code="RE448",
            path=f"backlogs.{plan.task[task]}",
            rule=CATALOGUE["RE448"].rule,
            value=f"{count:,} of {counted(request.iterations, 'future')} in which it is never done",
        )
        for task, count in zip(plan.backlogs.task.tolist(), output.endless.tolist(), strict=True)
        if count
    ]
    raise ScenarioError(issues)


def shares_of(plan: Plan, request: Request, count: int) -> tuple[int, int]:
    """Return how many threads ``count`` blocks are worth, and how many blocks one takes at a time."""
    work_seconds = block_seconds(plan)
    threads = 1 if work_seconds * count < SMALL_SECONDS else max(1, min(request.threads, count))
    return threads, max(1, min(-(-count // threads), int(CHUNK_SECONDS / work_seconds)))


COUNTS = ("count", "square", "full", "exists_count", "exists_square", "exists_full", "joint", "endless")
"""What of an output is counted over blocks, and so over threads."""


def counts_of(output: Output) -> dict[str, NDArray[np.int64]]:
    """Return what is counted over blocks, by its name."""
    return {name: getattr(output, name) for name in COUNTS}


def with_counts_of_its_own(output: Output) -> Output:
    """Return an output that shares columns with another, and counts from zero."""
    zeros: dict[str, Any] = {name: np.zeros_like(count) for name, count in counts_of(output).items()}
    return output._replace(**zeros)


def with_counts_of(output: Output, other: Output) -> Output:
    """Return an output with the counts of another."""
    counts: dict[str, Any] = dict(counts_of(other))
    return output._replace(**counts)
