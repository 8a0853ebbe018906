"""From words to values: quantile functions as tables, steps or constants."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import CONSTANT, TABLE, Scratch, Variables
from riskengine.kernel.compiling import compiled
from riskengine.kernel.stream import draw_words

U32, U64, I32, F32, F64 = np.uint32, np.uint64, np.int32, np.float32, np.float64
LOW_31, LOW_20 = U32(0x7FFFFFFF), U32(0xFFFFF)
SIDE = U32(31)
EXPONENT = U32(20)
FIRST_CELL = U32(1016)
UPPER_SIDE = U32(8)
HALF = U64(32)
ROUND = F32(0.5)


@compiled
def look_up(word: Any, table: Any, row: Any, index: Any, fraction: Any, packed: Any) -> None:
    """Find cell and fraction of each word and load the cells of table ``row``.

    Parameters
    ----------
    word : (256,) uint32
    table : (row, 512) uint64
    index, fraction, packed : (256,) uint32, float32, uint64
        Filled.

    Notes
    -----
    A word is folded about the median, so that cells shrink by octaves into either tail; exponent and top three bits of
    the mantissa of the folded word, as float32, name the cell without a branch. The separate loops vectorise.
    """
    for i in range(BLOCK):
        x = word[i]
        side = x >> SIDE
        folded = ((x ^ (side * LOW_31)) & LOW_31) | U32(1)
        bits = F32(I32(folded)).view(np.uint32)
        index[i] = ((bits >> EXPONENT) - FIRST_CELL) + (side << UPPER_SIDE)
        fraction[i] = F32(I32(bits & LOW_20))
    for i in range(BLOCK):
        packed[i] = table[row, index[i]]


@compiled
def draw_ticks(
    seed: Any, block: Any, method: Any, variables: Variables, variable: Any, work: Scratch, out: Any, at: Any
) -> None:
    """Fill row ``at`` of ``out`` (row, 256) int32 with a block of a variable in whole ticks."""
    offset = I32(variables.offset[variable])
    kind = variables.kind[variable]
    if kind == CONSTANT:
        for i in range(BLOCK):
            out[at, i] = offset
        return
    draw_words(seed, variables.key, variables.column, variable, block, method, work.word, work.top)
    row = variables.row[variable]
    if kind == TABLE:
        look_up(work.word, variables.table, row, work.index, work.fraction, work.packed)
        for i in range(BLOCK):
            cell = work.packed[i]
            value = U32(cell).view(np.float32) + work.fraction[i] * U32(cell >> HALF).view(np.float32)
            out[at, i] = offset + I32(value + ROUND)
    else:
        first = I32(variables.value[row])
        for i in range(BLOCK):
            out[at, i] = first
        for k in range(row + 1, row + variables.count[variable]):
            threshold = variables.threshold[k]
            step = I32(variables.value[k])
            for i in range(BLOCK):
                out[at, i] = step if U64(work.word[i]) >= threshold else out[at, i]


@compiled
def draw_values(
    seed: Any, block: Any, method: Any, variables: Variables, variable: Any, work: Scratch, out: Any, at: Any
) -> None:
    """Fill row ``at`` of ``out`` (row, 256) float64 with a block of a variable that is money or a factor."""
    offset = variables.offset[variable]
    kind = variables.kind[variable]
    if kind == CONSTANT:
        for i in range(BLOCK):
            out[at, i] = offset
        return
    draw_words(seed, variables.key, variables.column, variable, block, method, work.word, work.top)
    row = variables.row[variable]
    if kind == TABLE:
        look_up(work.word, variables.table, row, work.index, work.fraction, work.packed)
        for i in range(BLOCK):
            cell = work.packed[i]
            value = U32(cell).view(np.float32) + work.fraction[i] * U32(cell >> HALF).view(np.float32)
            out[at, i] = offset + F64(value)
    else:
        for i in range(BLOCK):
            out[at, i] = variables.value[row]
        for k in range(row + 1, row + variables.count[variable]):
            threshold = variables.threshold[k]
            step = variables.value[k]
            for i in range(BLOCK):
                out[at, i] = step if U64(work.word[i]) >= threshold else out[at, i]
