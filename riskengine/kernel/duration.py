"""What risks do to durations in a block."""

from typing import Any

import numpy as np

from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import Network, Risks, Scratch, Variables
from riskengine.kernel.compiling import compiled
from riskengine.kernel.draw import draw_ticks, draw_values
from riskengine.kernel.stream import draw_words

U8, U64, I32, F64 = np.uint8, np.uint64, np.int32, np.float64
NEVER = U64(1 << 32)


@compiled
def draw_risks(seed: Any, block: Any, method: Any, variables: Variables, risks: Risks, work: Scratch) -> None:
    """Draw which risks occur, once for the whole project, and the factors in force.

    ``work.occurs`` gets a row for each risk, ``work.factor`` one for each factor: 1 where its risk does not occur.
    """
    for r in range(risks.variable.size):
        threshold = risks.threshold[r]
        if threshold == U64(0) or threshold >= NEVER:
            always = U8(threshold == U64(0))
            for i in range(BLOCK):
                work.occurs[r, i] = always
        else:
            variable = risks.variable[r]
            draw_words(seed, variables.key, variables.column, variable, block, method, work.word, work.top)
            for i in range(BLOCK):
                work.occurs[r, i] = U8(U64(work.word[i]) >= threshold)
    for f in range(risks.factor_risk.size):
        risk = risks.factor_risk[f]
        if risks.threshold[risk] >= NEVER:
            for i in range(BLOCK):
                work.factor[f, i] = 1.0
        else:
            draw_values(seed, block, method, variables, risks.factor_variable[f], work, work.factor, f)
            for i in range(BLOCK):
                work.factor[f, i] = work.factor[f, i] if work.occurs[risk, i] else 1.0


@compiled
def add_delays(
    seed: Any, block: Any, method: Any, variables: Variables, risks: Risks, target: Any, work: Scratch
) -> None:
    """Add the delays on a target that occurred to ``work.duration``, elapsed ones to ``work.elapsed`` [tick]."""
    for k in range(risks.delay_offset[target], risks.delay_offset[target + 1]):
        risk = risks.delay_risk[k]
        if risks.threshold[risk] >= NEVER:
            continue
        draw_ticks(seed, block, method, variables, risks.delay_variable[k], work, work.ticks, 0)
        if risks.delay_elapsed[k]:
            for i in range(BLOCK):
                work.elapsed[0, i] += work.ticks[0, i] if work.occurs[risk, i] else I32(0)
        else:
            for i in range(BLOCK):
                work.duration[0, i] += work.ticks[0, i] if work.occurs[risk, i] else I32(0)


@compiled
def task_duration(
    seed: Any, block: Any, method: Any, variables: Variables, network: Network, risks: Risks, task: Any, work: Scratch
) -> None:
    """Fill ``work.duration`` with a task's duration: (base x factors) + delays, not below its floor [tick].

    Factors in series multiply; of a parallel group only the largest above one and the smallest below one count.
    """
    duration = work.duration
    draw_ticks(seed, block, method, variables, network.duration[task], work, duration, 0)
    first = risks.factor_offset[task]
    last = risks.factor_offset[task + 1]
    if last > first:
        apply_factors(risks, first, last, work)
    has_delay = risks.delay_offset[task + 1] > risks.delay_offset[task]
    for i in range(BLOCK):
        work.elapsed[0, i] = I32(0)
    if has_delay:
        add_delays(seed, block, method, variables, risks, task, work)
    floor = network.floor[task]
    for i in range(BLOCK):
        a = duration[0, i]
        duration[0, i] = a if a > floor else floor


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
        work.duration[0, i] = I32(np.floor(F64(work.duration[0, i]) * product[i] + 0.5))


@compiled
def project_delay(
    seed: Any, block: Any, method: Any, variables: Variables, risks: Risks, task_count: Any, work: Scratch
) -> None:
    """Fill ``work.duration`` and ``work.elapsed`` with the delays of the project's own finish [tick]."""
    for i in range(BLOCK):
        work.duration[0, i] = I32(0)
        work.elapsed[0, i] = I32(0)
    add_delays(seed, block, method, variables, risks, task_count, work)
