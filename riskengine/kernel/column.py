"""One variable over many blocks: what a run drew, without the run."""

from typing import Any

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.arrays import CONSTANT, Strata
from riskengine.kernel.compiling import entry
from riskengine.kernel.draw import draw
from riskengine.kernel.records import DRAWN, VALUE, Rows, Tables
from riskengine.kernel.stream import order_of_points

U64, F64 = np.uint64, np.float64


@entry
def fill_column(
    blocks: Any, seed: Any, method: Any, tables: Tables, strata: Strata, at: Any, value: Any, word: Any, rows: Rows
) -> None:
    """Fill the first ``blocks`` blocks of a variable, which stands at ``at``.

    Parameters
    ----------
    strata : Strata
    value : (iteration,) float64
        Whole ticks, money, a factor.
    word : (iteration,) uint32
        The uniforms as words; zeros for a constant.
    """
    words, ticks, values = rows.words, rows.ticks, rows.values
    is_whole = tables.variable[at].is_whole
    varies = tables.variable[at].kind != CONSTANT
    for block in range(U64(blocks)):
        first = block * WIDTH
        draw(seed, block, method, tables, at, strata, order_of_points(seed, block), DRAWN, rows)
        for i in range(WIDTH):
            value[first + i] = F64(ticks[DRAWN + i]) if is_whole else values[VALUE + i]
            word[first + i] = words[i] if varies else np.uint32(0)
