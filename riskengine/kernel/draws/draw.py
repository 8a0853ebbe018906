"""From random words to values: by quantile tables, by the steps of discrete values, or constants."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import compiled, inlined
from riskengine.kernel.contract.arrays import CONSTANT, FINE_CELLS, FIRST_CELL, RANDOM, TABLE, Sampling
from riskengine.kernel.contract.layout import Rows, Tables
from riskengine.kernel.contract.places import CELL, VALUE
from riskengine.kernel.draws.mix import correlate, takes_own_words
from riskengine.kernel.draws.stream import fill_words, stratify

U32, U64, I32, I64, F32, F64 = np.uint32, np.uint64, np.int32, np.int64, np.float32, np.float64
LOW_31 = U32(0x7FFFFFFF)
FRACTION = U32((1 << 20) - 1)
SIDE = U32(31)
COARSE, FINE = U32(20), U32(19)
FIRST, FINE_FIRST = U32(FIRST_CELL), U32(FINE_CELLS)
UPPER_256, UPPER_16 = U32(8), U32(4)
"""Twice a shift is a product by 272, the cells of a side."""
HALF = U64(32)
ROUND = F32(0.5)


@inlined
def look_up(words: Any, table: Any, at: Any, fraction: Any, packed: Any) -> None:
    """Find cell and fraction of each word and load the cells of a table.

    Parameters
    ----------
    words : uint32
        Of ``Rows``: ``WORD`` is read, ``CELL`` filled.
    table : (cell,) uint64
    at : uint64
        The first cell of the variable's.
    fraction, packed : (256,) float32, uint64
        Filled.

    Notes
    -----
    A word is folded about the median, so that cells shrink by octaves into either tail; exponent and first bits of the
    mantissa of the folded word, as float32, name the cell without a branch: near the median the finer of two numbers is
    the larger. The fraction is that of a coarse cell everywhere. The separate loops vectorise.
    """
    for i in range(WIDTH):
        x = words[i]
        side = x >> SIDE
        folded = ((x ^ (side * LOW_31)) & LOW_31) | U32(1)
        bits = F32(I32(folded)).view(np.uint32)
        coarse = bits >> COARSE
        fine = U32((bits >> FINE) - FINE_FIRST)
        cell = coarse if coarse > fine else fine
        words[CELL + i] = (cell - FIRST) + (side << UPPER_256) + (side << UPPER_16)
        fraction[i] = F32(I32(bits & FRACTION))
    for i in range(WIDTH):
        packed[i] = table[at + words[CELL + i]]


@compiled
def draw(sampling: Sampling, tables: Tables, at: Any, into: Any, rows: Rows, block: Any, order: Any) -> None:
    """Draw a variable in a block, into row ``VALUE``, or row ``into`` of the ticks where its values are whole.

    Row ``WORD`` takes the words that they come from, unless the variable is constant; where variables are correlated,
    the scores of the block have been worked out.

    Parameters
    ----------
    sampling : Sampling
    tables : Tables
    at : int
        The variable.
    into : uint64
        Place in the ticks.
    rows : Rows
    block : uint64
    order : uint64
        As ``order_of_points`` gives it for the block.
    """
    words, fraction, packed, ticks, values = rows.words, rows.fraction, rows.packed, rows.ticks, rows.values
    variable = tables.variable[at]
    kind = variable.kind
    offset = variable.offset
    if kind != CONSTANT:
        if takes_own_words(tables.mixing, at):
            fill_words(sampling.seed, variable, block, words)
            if sampling.method != RANDOM:
                stratify(sampling, variable, I64(sampling.strata.dimension[at]), words, block=block, order=order)
        correlate(tables.mixing, at, rows)
    if kind == TABLE:
        look_up(words, tables.table, U64(variable.table), fraction, packed)
        if variable.is_whole:
            whole = I32(offset)
            for i in range(WIDTH):
                cell = packed[i]
                x = U32(cell).view(np.float32) + fraction[i] * U32(cell >> HALF).view(np.float32)
                ticks[into + i] = whole + I32(x + ROUND)
        else:
            for i in range(WIDTH):
                cell = packed[i]
                x = U32(cell).view(np.float32) + fraction[i] * U32(cell >> HALF).view(np.float32)
                values[VALUE + i] = offset + F64(x)
    else:
        for i in range(WIDTH):
            values[VALUE + i] = offset
        for k in range(variable.first_step, variable.last_step):
            threshold = tables.step[k].threshold
            value = tables.step[k].value
            for i in range(WIDTH):
                values[VALUE + i] = value if U64(words[i]) >= threshold else values[VALUE + i]
        if variable.is_whole:
            for i in range(WIDTH):
                ticks[into + i] = I32(values[VALUE + i])
