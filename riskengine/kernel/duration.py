"""Durations of a block: what the draws of a task add up to."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import DELAY, ELAPSED_DELAY, FACTOR, LAG, MONEY, OCCURS, RATE, Drawn, Risks, Sums
from riskengine.kernel.compiling import compiled

U8, U64, I32, F64 = np.uint8, np.uint64, np.int32, np.float64


@compiled
def clear(sums: Sums) -> None:
    """Put back to zero what draws add up to: delays and money."""
    delay, elapsed, money, rate = sums.delay, sums.elapsed, sums.money, sums.rate
    for i in range(BLOCK):
        delay[i] = I32(0)
        elapsed[i] = I32(0)
        money[i] = 0.0
        rate[i] = 0.0


@compiled
def take(role: Any, operand: Any, risk: Any, threshold: Any, drawn: Drawn, sums: Sums) -> None:
    """Put the values just drawn where they belong; a risk's impact counts where the risk occurs.

    Parameters
    ----------
    role, operand, risk : int
        As in ``Draws``; a duration is drawn in its place.
    threshold : (risk,) uint64
    """
    ticks, value, occurs, money = drawn.ticks, drawn.value, sums.occurs, sums.money
    if role == OCCURS:
        word = drawn.word
        least = threshold[operand]
        for i in range(BLOCK):
            occurs[operand, i] = U8(U64(word[i]) >= least)
    elif role == FACTOR:
        factor = sums.factor
        for i in range(BLOCK):
            factor[operand, i] = value[i] if occurs[risk, i] else 1.0
    elif role in (DELAY, ELAPSED_DELAY):
        delay = sums.delay if role == DELAY else sums.elapsed
        for i in range(BLOCK):
            delay[i] += ticks[i] if occurs[risk, i] else I32(0)
    elif role == LAG:
        lag = sums.lag
        for i in range(BLOCK):
            lag[operand, i] = ticks[i]
    elif role in (MONEY, RATE):
        amount = money if role == MONEY else sums.rate
        for i in range(BLOCK):
            amount[i] += value[i]
    else:
        for i in range(BLOCK):
            money[i] += value[i] if occurs[risk, i] else 0.0


@compiled
def finish_duration(floor: Any, risks: Risks, task: Any, sums: Sums) -> None:
    """Make ``sums.duration`` (base x factors) + delays, not below ``floor`` [tick].

    Factors in series multiply; of a parallel group only the largest above one and the smallest below one count.
    """
    duration, delay = sums.duration, sums.delay
    first = risks.factor_offset[task]
    last = risks.factor_offset[task + 1]
    if last > first:
        apply_factors(risks, first, last, sums)
    for i in range(BLOCK):
        a = I32(duration[i] + delay[i])
        duration[i] = a if a > floor else floor


@compiled
def apply_factors(risks: Risks, first: Any, last: Any, sums: Sums) -> None:
    """Multiply ``sums.duration`` by the factors ``first`` to ``last`` and round to the nearest tick."""
    product, high, low, factor, duration = sums.product, sums.high, sums.low, sums.factor, sums.duration
    for i in range(BLOCK):
        product[i] = 1.0
        high[i] = 1.0
        low[i] = 1.0
    for k in range(first, last):
        row = risks.factor[k]
        if risks.group[k] < 0:
            for i in range(BLOCK):
                product[i] *= factor[row, i]
        else:
            for i in range(BLOCK):
                a = factor[row, i]
                high[i] = a if a > high[i] else high[i]
                low[i] = a if a < low[i] else low[i]
            if k + 1 == last or risks.group[k + 1] != risks.group[k]:
                for i in range(BLOCK):
                    product[i] = product[i] * high[i] * low[i]
                    high[i] = 1.0
                    low[i] = 1.0
    for i in range(BLOCK):
        duration[i] = I32(np.floor(F64(duration[i]) * product[i] + 0.5))
