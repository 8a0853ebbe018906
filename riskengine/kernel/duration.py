"""Durations of a block: what the draws of a task add up to."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import (
    DELAY,
    DURATION,
    ELAPSED_DELAY,
    FACTOR,
    LAG,
    MONEY,
    OCCURS,
    RATE,
    Network,
    Risks,
    Scratch,
)
from riskengine.kernel.compiling import compiled

U8, U64, I32, F64 = np.uint8, np.uint64, np.int32, np.float64


@compiled
def clear(work: Scratch) -> None:
    """Begin a stage: nothing drawn, delayed or spent yet."""
    for i in range(BLOCK):
        work.duration[i] = I32(0)
        work.delay[i] = I32(0)
        work.elapsed[i] = I32(0)
        work.money[i] = 0.0
        work.rate[i] = 0.0


@compiled
def take(role: Any, operand: Any, risk: Any, threshold: Any, work: Scratch) -> None:
    """Put the values just drawn where they belong; a risk's impact counts where the risk occurs.

    Parameters
    ----------
    role, operand, risk : int
        As in ``Draws``.
    threshold : (risk,) uint64
    """
    ticks, value, occurs = work.ticks, work.value, work.occurs
    if role == OCCURS:
        least = threshold[operand]
        for i in range(BLOCK):
            occurs[operand, i] = U8(U64(work.word[i]) >= least)
    elif role == FACTOR:
        for i in range(BLOCK):
            work.factor[operand, i] = value[i] if occurs[risk, i] else 1.0
    elif role == DURATION:
        for i in range(BLOCK):
            work.duration[i] = ticks[i]
    elif role == DELAY:
        for i in range(BLOCK):
            work.delay[i] += ticks[i] if occurs[risk, i] else I32(0)
    elif role == ELAPSED_DELAY:
        for i in range(BLOCK):
            work.elapsed[i] += ticks[i] if occurs[risk, i] else I32(0)
    elif role == LAG:
        for i in range(BLOCK):
            work.lag[operand, i] = ticks[i]
    elif role == MONEY:
        for i in range(BLOCK):
            work.money[i] += value[i]
    elif role == RATE:
        for i in range(BLOCK):
            work.rate[i] += value[i]
    else:
        for i in range(BLOCK):
            work.money[i] += value[i] if occurs[risk, i] else 0.0


@compiled
def finish_duration(network: Network, risks: Risks, task: Any, work: Scratch) -> None:
    """Make ``work.duration`` (base x factors) + delays, not below the task's floor [tick].

    Factors in series multiply; of a parallel group only the largest above one and the smallest below one count.
    """
    duration = work.duration
    first = risks.factor_offset[task]
    last = risks.factor_offset[task + 1]
    if last > first:
        apply_factors(risks, first, last, work)
    floor = network.floor[task]
    for i in range(BLOCK):
        a = I32(duration[i] + work.delay[i])
        duration[i] = a if a > floor else floor


@compiled
def apply_factors(risks: Risks, first: Any, last: Any, work: Scratch) -> None:
    """Multiply ``work.duration`` by the factors ``first`` to ``last`` and round to the nearest tick."""
    product, high, low = work.product, work.high, work.low
    for i in range(BLOCK):
        product[i] = 1.0
        high[i] = 1.0
        low[i] = 1.0
    for k in range(first, last):
        row = risks.factor[k]
        if risks.group[k] < 0:
            for i in range(BLOCK):
                product[i] *= work.factor[row, i]
        else:
            for i in range(BLOCK):
                a = work.factor[row, i]
                high[i] = a if a > high[i] else high[i]
                low[i] = a if a < low[i] else low[i]
            if k + 1 == last or risks.group[k + 1] != risks.group[k]:
                for i in range(BLOCK):
                    product[i] = product[i] * high[i] * low[i]
                    high[i] = 1.0
                    low[i] = 1.0
    for i in range(BLOCK):
        work.duration[i] = I32(np.floor(F64(work.duration[i]) * product[i] + 0.5))
