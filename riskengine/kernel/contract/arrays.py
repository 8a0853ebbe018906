"""The arrays that a plan is made of and a run writes, by subject; ``layout`` lays them out for the core.

A block row is an array's last axis of 256 iterations. Times are in ticks: working ticks after the project's start
where the whole plan shares one calendar, else ticks on the clock after midnight of the start date.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.chains import Chains

Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
UInt8 = NDArray[np.uint8]
UInt16 = NDArray[np.uint16]
UInt32 = NDArray[np.uint32]
UInt64 = NDArray[np.uint64]
Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
Records = NDArray[np.void]

CONSTANT, TABLE, DISCRETE, EVENT, BACKLOG = 0, 1, 2, 3, 4
"""How a variable is drawn (``Variables.kind``); of an event only the words are used, and a backlog takes a draw for
each of its periods."""

FS, SS, FF, SF = 0, 1, 2, 3
"""Relationship types (``Network.kind``)."""

RANDOM, LHS, SOBOL = 0, 1, 2
"""Sampling methods."""

PERMUTATIONS, ORDERS, DIMENSIONS = 128, 64, 20
"""What stratifies a block: permutations of its strata, orders of Sobol points, and their dimensions (``Strata``)."""

SIDE = 272
"""Cells of a quantile table on either side of the median, eight to a cache line: 16 in each of the two octaves next to
it, 8 in each further one."""

CELLS = 2 * SIDE
"""Cells of a quantile table."""

FIRST_CELL, FINE_CELLS = 127 << 3, (127 << 3) + 29 * 8
"""What is subtracted from the first bits of a float32, exponent and three of the mantissa, for the cell that it falls
into; and from those with four of the mantissa, beyond that, where the cells are fine: from 2^29 on both agree."""

LEAST_FINISH, MOST_FINISH, MOST_START, START_PINNED, FINISH_PINNED = 1, 2, 4, 8, 16
IS_FINISHED, HANDS_ON_DATES, HAS_STARTED, SPANS_OTHERS, STARTS_SHIFT, ASKED_FINISH = 32, 64, 128, 256, 512, 1024
"""What binds a task besides logic and ``Network.bound`` (``Network.binding``): ``least_finish`` is its least finish, or
its most; ``begun`` is the most that its start can be; its start is ``bound``, or its finish ``least_finish``, whatever
logic says. It is over, from ``begun`` to ``bound``; it is over and takes no time, but hands on the dates that it should
have waited for; it began at ``begun``; its dates follow others; it takes no time and stands where a shift starts; a
relationship asked for its least finish, which is an instant on the clock as any other that an FF or SF asks for."""

IS_CONSTRAINED = LEAST_FINISH | MOST_FINISH | MOST_START | START_PINNED | FINISH_PINNED
"""All that moves the start of a task that logic moves too."""

NEVER = 2**32
"""Threshold that no 32-bit draw reaches (``Risks.threshold``)."""

OCCURS, FACTOR, DURATION, DELAY, ELAPSED_DELAY, LAG, MONEY, RATE, RISK_MONEY, ITEMS = range(10)
"""What a draw is for (``Draws.role``)."""


class Variables(NamedTuple):
    """Every random variable of a plan; tasks, risks and costs refer to them by row.

    Attributes
    ----------
    key : (variable, 2) uint32
        64-bit hash of project and name, low word first.
    kind : (variable,) int8
    is_whole : (variable,) uint8
        Whether values are ticks, rounded to the nearest.
    offset : (variable,) float64
        The constant, or what is added to a table's value.
    row : (variable,) int32
        Row in ``table``, first entry in ``threshold`` and ``value``, or number of a backlog.
    count : (variable,) int32
        Number of values of a discrete variable.
    table : (row, CELLS) uint64
        Octave quantile tables: float32 base in the low half, float32 slope in the high half.
    threshold : (entry,) uint64
        A discrete variable takes entry ``k`` where the draw is at or above ``threshold[k]`` (the first is 0).
    value : (entry,) float64
    dimension : (variable,) int16
        Sobol dimension, or -1 where the variable is stratified on its own.
    """

    key: UInt32
    kind: Int8
    is_whole: UInt8
    offset: Float64
    row: Int32
    count: Int32  # type: ignore[assignment]
    table: UInt64
    threshold: UInt64
    value: Float64
    dimension: Int16


class Strata(NamedTuple):
    """What stratifies the iterations of a block; every row stands twice, so that it can be read from any place on.

    Attributes
    ----------
    dimension : (variable,) int16
        As in ``Variables``.
    permutation : (PERMUTATIONS x 512,) uint8
        Fixed random permutations of the 256 strata.
    point : (ORDERS x DIMENSIONS x 512,) uint8
        The strata of the 256 Sobol points in each dimension, for each of the fixed random orders of the points, with a
        scrambling of its own. Empty where the method is not ``SOBOL``.
    """

    dimension: Int16
    permutation: UInt8
    point: UInt8


class Sampling(NamedTuple):
    """How a run draws.

    Attributes
    ----------
    seed : (2,) uint32
        Low word first.
    method : int
        ``RANDOM``, ``LHS`` or ``SOBOL``.
    strata : Strata
    threshold : (risk,) uint64
        As in ``Risks``; those of ``NEVER`` are not drawn.
    chains : Chains
    """

    seed: UInt32
    method: int
    strata: Strata
    threshold: UInt64
    chains: Chains


class BlockRange(NamedTuple):
    """Which blocks to simulate, and what of them counts.

    Attributes
    ----------
    first, last, origin : int
        Blocks from the first iteration of the run on, the last left out; that of the first columns of the output.
    iterations : int
        Columns that count; the rest of the last block is simulated and left out of the counts.
    task_iterations, risk_iterations : int
        Columns in which tasks and risks are kept, whole blocks.
    """

    first: int
    last: int
    origin: int
    iterations: int
    task_iterations: int
    risk_iterations: int


class Draws(NamedTuple):
    """What is drawn in each block, stage by stage: the risks, each task in turn, the project.

    Attributes
    ----------
    offset : (task + 3,) int32
        Draws of stage ``s`` are ``offset[s]:offset[s + 1]``; the risks are stage 0, task ``j`` is stage ``1 + j``.
    variable : (draw,) int32
    role : (draw,) int8
    operand : (draw,) int32
        The risk for ``OCCURS``; the factor for ``FACTOR``; number of an uncertain lag, or of a row of a backlog.
    risk : (draw,) int32
        The risk that the draw takes effect with, or -1 where it always does.
    priced : (draw,) int32
        The row of ``Risks.factor_offset`` whose factors multiply an amount or a rate, or -1 where none do.
    """

    offset: Int32
    variable: Int32
    role: Int8
    operand: Int32
    risk: Int32
    priced: Int32


class Network(NamedTuple):
    """Tasks in topological order and the relationships into them.

    Attributes
    ----------
    floor : (task,) int32
        Least duration [tick].
    plan_duration : (task,) int32
        Plan value of the duration [tick]; 0 where nothing is kept of a gain against it.
    gain_kept : (task,) float64
        Share of a gain against the plan value that is worked away.
    offset : (task + 1,) int32
        Relationships into task ``j`` are ``offset[j]:offset[j + 1]``.
    predecessor : (relationship,) int32
    kind : (relationship,) int8
    lag : (relationship,) int32 [tick]
    lag_row : (relationship,) int32
        Number of an uncertain lag among the task's, else -1.
    plane : (task,) int32
        First row of driver bits, or -1 where the only relationship always drives.
    slot : (task,) int32
        Row that holds the task's dates; rows are used again once nobody needs them.
    has_start : (task,) uint8
        Whether a successor needs the start.
    bound : (task,) int32 [working tick]
        Least start: of the project, of what is left to do, by a constraint.
    least_finish : (task,) int32 [working tick]
        Least or most finish, or the finish, as ``binding`` says.
    begun : (task,) int32 [working tick]
        Actual start, or the most that the start can be, as ``binding`` says.
    binding : (task,) uint16
        ``LEAST_FINISH`` and the like, added up.
    open_end : (end,) int32
        Tasks whose finish is not bounded by a successor's finish.
    target : (target,) int32
        Named target tasks; the project itself is not among them.
    """

    floor: Int32
    plan_duration: Int32
    gain_kept: Float64
    offset: Int32
    predecessor: Int32
    kind: Int8
    lag: Int32
    lag_row: Int32
    plane: Int32
    slot: Int32
    has_start: UInt8
    bound: Int32
    least_finish: Int32
    begun: Int32
    binding: UInt16
    open_end: Int32
    target: Int32


class Clocks(NamedTuple):
    """Calendars as tables, for plans with more than one; time on the clock is cut in cells of equal length.

    Attributes
    ----------
    cell : (3,) uint64
        Ticks of a cell, and multiplier and shift that divide by it.
    work_before : (calendar x cell,) int32
        Working ticks before each cell.
    cell_base : (calendar,) int32
        Where a calendar's cells begin in ``work_before``.
    work_start : (calendar x working cell,) int32
        Tick at which each working cell starts.
    work_base : (calendar,) int32
        Where a calendar's cells begin in ``work_start``.
    bound : (calendar,) int32
        Working ticks before the project's start.
    start : (1,) int32
        The project's start [tick on the clock].
    task_bound, task_begun, task_finish : (task,) int32 [tick on the clock]
        Instants that ``Network.bound``, ``begun`` and ``least_finish`` come from.
    task : (task,) int32
        Calendar of each task.
    lag : (relationship,) int32
        Calendar of each lag.
    direct : (relationship,) uint8
        Whether predecessor, successor and lag share a calendar, so that working offsets can be compared directly.
    may_vanish : (task,) uint8
        Whether the duration can be zero.
    needs_clock : (task,) uint8
        Whether anybody reads the dates of the task on the clock.
    project : (1,) int32
        The project's calendar.
    """

    cell: UInt64
    work_before: Int32
    cell_base: Int32
    work_start: Int32
    work_base: Int32
    bound: Int32
    start: Int32
    task_bound: Int32
    task_begun: Int32
    task_finish: Int32
    task: Int32
    lag: Int32
    direct: UInt8
    may_vanish: UInt8
    needs_clock: UInt8
    project: Int32


class Risks(NamedTuple):
    """Risks, and the factors that act on each task and on each cost.

    Attributes
    ----------
    threshold : (risk,) uint64
        A risk occurs where its draw is at or above it; 2**32 is never, 0 is always.
    factor_offset : (task + cost + 1,) int32
        Factors on the duration of task ``j`` are ``factor_offset[j]:factor_offset[j + 1]``; behind the tasks come the
        costs that a risk makes relatively dearer or cheaper, one row for each task or cost line of which there is one.
    factor : (factor use,) int32
        Factors, parallel groups together, those in series first.
    group : (factor use,) int32
        Parallel group, or -1 in series.
    chains : Chains
    """

    threshold: UInt64
    factor_offset: Int32
    factor: Int32
    group: Int32
    chains: Chains


class Costs(NamedTuple):
    """What is known of the costs; what is uncertain is drawn.

    Attributes
    ----------
    fixed : (task + 1,) float64
        Fixed cost; the last entry is the project's cost lines.
    rate : (task + 1,) float64
        Cost per tick of duration, or of the project's length.
    per_day : (task + 1,) float64
        Working days in a tick of the calendar of the task, or of the project.
    """

    fixed: Float64
    rate: Float64
    per_day: Float64


class Output(NamedTuple):
    """What a run writes. Columns are iterations, in whole blocks.

    Attributes
    ----------
    finish : (1 + target, iteration) int32 [tick]
        The project first.
    cost : (iteration,) float64
    count, square, full : (1 + target, task) int64
        Iterations on a longest path; sum of its squares over whole blocks; its part in whole blocks.
    start, end, duration : (task, kept) int32 [tick]
    task_cost : (task + 1, kept) float64
        Of each task; the last row is what belongs to no task: cost lines and risks of the project.
    occurs : (risk, watched) uint8
    exists : (task, kept) uint8
        Where tasks exist; this and the following have no rows where all always do.
    exists_count, exists_square, exists_full : (task,) int64
        As ``count``, ``square`` and ``full``, of the iterations in which a task exists.
    joint : (1 + target, task) int64
        Over whole blocks, the sum of the iterations on a longest path times those in which the task exists.
    line_cost : (indexed line, kept) float64
        What each cost line that follows an index of prices costs in the prices in which it is written; the core leaves
        this and the following alone, which have no rows where no cost follows an index.
    growth : (index, kept) float64
        What each index of prices grows by a year.
    endless : (backlog,) int64
        Iterations in which each backlog is never done.
    """

    finish: Int32
    cost: Float64
    count: Int64  # type: ignore[assignment]
    square: Int64
    full: Int64
    start: Int32
    end: Int32
    duration: Int32
    task_cost: Float64
    occurs: UInt8
    exists: UInt8
    exists_count: Int64
    exists_square: Int64
    exists_full: Int64
    joint: Int64
    line_cost: Float64
    growth: Float64
    endless: Int64


def records(**columns: NDArray[Any]) -> Records:
    """Return columns of one length side by side, as one record array with a field for each."""
    length = len(next(iter(columns.values())))
    made = np.zeros(length, np.dtype([(name, column.dtype) for name, column in columns.items()], align=True))
    for name, column in columns.items():
        made[name] = column
    return made.view(np.recarray)
