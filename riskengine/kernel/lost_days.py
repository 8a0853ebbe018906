"""Drawing the days that calendars lose over many blocks, without simulating anything else."""

from typing import Any, NamedTuple

import numpy as np

from riskengine.kernel import WIDTH
from riskengine.kernel.compiling import entry
from riskengine.kernel.contract.arrays import UInt32
from riskengine.kernel.contract.lost_days import LostRows
from riskengine.kernel.contract.on_clock import OnClock
from riskengine.kernel.draws.lost_days import draw_lost_days

U64 = np.uint64


class LostOutput(NamedTuple):
    """Where lost days are written: ``words`` of ``Rows``, and ``packed``, (row, iteration), of ``LostRows``."""

    words: UInt32
    packed: UInt32


@entry
def fill_lost_days(seed: UInt32, clocks: OnClock, lost: LostRows, first_block: Any, output: LostOutput) -> None:
    """Fill the output with what calendars lose in some blocks.

    Parameters
    ----------
    seed : (2,) uint32
        Low word first.
    clocks : OnClock
    lost : LostRows
        Memory for the days that are lost.
    first_block : int
    output : LostOutput
        Filled; whole blocks.
    """
    words, packed = output
    rows, iterations = packed.shape
    for block in range(U64(iterations) // WIDTH):
        draw_lost_days(seed, clocks, lost, words, U64(first_block) + block)
        for row in range(rows):
            place = U64(row) * WIDTH
            for i in range(WIDTH):
                packed[row, block * WIDTH + i] = lost.packed[place + i]
