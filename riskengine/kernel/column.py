"""Drawing one variable over many blocks, without simulating anything else: the values that a run draws of it."""

from typing import Any, NamedTuple

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import entry
from riskengine.kernel.contract.arrays import CONSTANT, Float64, Sampling, UInt32
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.places import DRAWN, VALUE
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
