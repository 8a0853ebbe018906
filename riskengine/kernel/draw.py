"""From words to values: quantile functions as tables, steps or constants."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import CONSTANT, DISCRETE, TABLE, Drawn, Variables
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
def draw(seed: Any, block: Any, method: Any, variables: Variables, variable: Any, drawn: Drawn, ticks: Any) -> None:
    """Fill ``ticks`` (256,) int32 or ``drawn.value``, as the variable is whole or not, with its values in a block.

    ``drawn.word`` takes the words that they come from, unless the variable is constant.
    """
    offset = variables.offset[variable]
    kind = variables.kind[variable]
    row = variables.row[variable]
    is_whole = variables.is_whole[variable]
    word, fraction, packed, value = drawn.word, drawn.fraction, drawn.packed, drawn.value
    if kind != CONSTANT:
        draw_words(seed, variables.key, variables.column, variable, block, method, word, drawn.top)
    if kind == TABLE:
        look_up(word, variables.table, row, drawn.cell, fraction, packed)
        if is_whole:
            whole = I32(offset)
            for i in range(BLOCK):
                cell = packed[i]
                x = U32(cell).view(np.float32) + fraction[i] * U32(cell >> HALF).view(np.float32)
                ticks[i] = whole + I32(x + ROUND)
        else:
            for i in range(BLOCK):
                cell = packed[i]
                x = U32(cell).view(np.float32) + fraction[i] * U32(cell >> HALF).view(np.float32)
                value[i] = offset + F64(x)
        return
    for i in range(BLOCK):
        value[i] = offset
    if kind == DISCRETE:
        for k in range(row, row + variables.count[variable]):
            threshold = variables.threshold[k]
            step = variables.value[k]
            for i in range(BLOCK):
                value[i] = step if U64(word[i]) >= threshold else value[i]
    if is_whole:
        for i in range(BLOCK):
            ticks[i] = I32(value[i])
