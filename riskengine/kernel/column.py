"""Drawing one variable over many blocks, without simulating anything else: the values that a run draws of it."""

from typing import Any, NamedTuple

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import entry
from riskengine.kernel.contract.arrays import CONSTANT, Float64, Sampling, UInt32
from riskengine.kernel.contract.backlogs import BacklogTables
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.places import DRAWN, DURATION_ROW, VALUE
from riskengine.kernel.draws.backlogs import FOCUS_AT, GROWTH_AT, TO_DO_AT, count_items, give_up, work_off
from riskengine.kernel.draws.draw import draw
from riskengine.kernel.draws.mix import fill_scores_of
from riskengine.kernel.draws.stream import order_of_points

U64, F64 = np.uint64, np.float64


class Column(NamedTuple):
    """What was drawn of a variable.

    Attributes
    ----------
    value : (iteration,) float64
        Whole ticks, money, a factor.
    word : (iteration,) uint32
        The uniforms as words; zeros for a constant.
    """

    value: Float64
    word: UInt32

    @classmethod
    def of(cls, iterations: int) -> "Column":
        """Return room for some iterations."""
        return cls(np.zeros(iterations), np.zeros(iterations, np.uint32))


@entry
def fill_column(sampling: Sampling, tables: Tables, at: Any, column: Column, rows: Rows, origin: Any) -> None:
    """Fill a column with blocks of a variable.

    Parameters
    ----------
    sampling : Sampling
    tables : Tables
    at : int
        The variable.
    column : Column
        Filled; whole blocks.
    rows : Rows
    origin : int
        The first of the blocks.
    """
    value, word = column
    words, ticks, values = rows.words, rows.ticks, rows.values
    is_whole = tables.variable[at].is_whole
    varies = tables.variable[at].kind != CONSTANT
    for number in range(U64(value.size) // WIDTH):
        block = U64(origin) + number
        first = number * WIDTH
        order = order_of_points(sampling.seed, block)
        fill_scores_of(sampling, tables, tables.mixing, at, rows=rows, block=block, order=order)
        draw(sampling, tables, at, DRAWN, rows, block=block, order=order)
        for i in range(WIDTH):
            value[first + i] = F64(ticks[DRAWN + i]) if is_whole else values[VALUE + i]
            word[first + i] = words[i] if varies else np.uint32(0)


class PlannedItems(NamedTuple):
    """What a backlog takes in the deterministic plan of what is drawn of it once."""

    items: float
    growth: float
    focus: float


@entry
def fill_throughput(
    sampling: Sampling,
    backlogs: BacklogTables,
    which: Any,
    planned: PlannedItems,
    value: Any,
    rows: Rows,
    origin: Any,
) -> None:
    """Fill blocks with how long the items of the plan take by the periods of each iteration [tick].

    Parameters
    ----------
    sampling : Sampling
    backlogs : BacklogTables
    which : int
        Number of the backlog.
    planned : PlannedItems
    value : (iteration,) float64
        Filled; whole blocks.
    rows : Rows
    origin : int
        The first of the blocks.
    """
    values, place = rows.values, backlogs.place
    for number in range(U64(value.size) // WIDTH):
        first = number * WIDTH
        for i in range(WIDTH):
            values[place + TO_DO_AT + i] = planned.items
            values[place + GROWTH_AT + i] = planned.growth
            values[place + FOCUS_AT + i] = planned.focus
        count_items(backlogs, rows)
        work_off(sampling, backlogs, which, rows, U64(origin) + number)
        give_up(backlogs, which, rows, WIDTH)
        for i in range(WIDTH):
            value[first + i] = F64(rows.ticks[DURATION_ROW + i])
