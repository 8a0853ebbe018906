"""One variable over many blocks: what a run drew, without the run."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import CONSTANT, Drawn, Variables
from riskengine.kernel.compiling import entry
from riskengine.kernel.draw import draw


@entry
def fill_column(
    blocks: Any,
    seed: Any,
    method: Any,
    variables: Variables,
    variable: Any,
    value: Any,
    word: Any,
    drawn: Drawn,
) -> None:
    """Fill the first ``blocks`` blocks of a variable.

    Parameters
    ----------
    value : (iteration,) float64
        Whole ticks, money, a factor.
    word : (iteration,) uint32
        The uniforms as words; zeros for a constant.
    """
    is_whole = variables.is_whole[variable]
    varies = variables.kind[variable] != CONSTANT
    for block in range(blocks):
        column = block * BLOCK
        draw(seed, block, method, variables, variable, drawn, drawn.ticks)
        for i in range(BLOCK):
            value[column + i] = drawn.ticks[i] if is_whole else drawn.value[i]
            word[column + i] = drawn.word[i] if varies else np.uint32(0)
