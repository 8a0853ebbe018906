"""Drawing the values of any variable again, from its random stream, so that a run need not store them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.draws.redraw import redrawing
from riskengine.engine.simulate import METHODS
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import OCCURS, Output
from riskengine.plan import Plan


@dataclass(frozen=True)
class Replay:
    """Iterations with everything that went into them.

    Parameters
    ----------
    draws : mapping of label to (iteration,) int64 [tick], float64 or bool
        Values as drawn: durations, delays and lags in whole ticks, money and factors as numbers, occurrences as bool,
        and the uniform number itself of what decides whether tasks exist, or which of several outcomes there is. Of a
        risk that others trigger this is what its own draw says, whatever they do.
        Labels are ``Plan.label``: the stream's name, but for an impact always ``risk/ID/impact/TASK/KIND``, and for a
        factor shared by the tasks of one entry ``risk/ID/impact/ENTRY/factor``.
    word : mapping of label to (iteration,) uint32
        The uniforms that they were drawn from, as 32-bit words; constants have none.
    output : Output
        What the core made of them; ``task_iterations`` and ``risk_iterations`` are all iterations.
    """

    draws: dict[str, NDArray[np.float64] | NDArray[np.int64] | NDArray[np.bool_]]
    word: dict[str, NDArray[np.uint32]]
    output: Output


def replay(plan: Plan, seed: int, method: str, iterations: int) -> Replay:
    """Run iterations and return their draws beside their results.

    Parameters
    ----------
    iterations : int
        Rounded up to whole blocks.
    """
    columns = -(-iterations // BLOCK) * BLOCK
    number = METHODS[method]
    dimension = dimensions_of(plan, number)
    request = Request(seed, number, columns, task_iterations=columns, risk_iterations=columns)
    output = run_blocks(plan, request, dimension)
    draws: dict[str, NDArray[np.float64] | NDArray[np.int64] | NDArray[np.bool_]] = {}
    words: dict[str, NDArray[np.uint32]] = {}
    event = plan.draws.role == OCCURS
    risk_of = dict(zip(plan.draws.variable[event].tolist(), plan.draws.operand[event].tolist(), strict=True))
    uniform_rows = set() if plan.existence is None else set(plan.existence.arrays.variable.tolist())
    uniform_rows |= {row for row, risk in risk_of.items() if plan.risks.chains.group[risk] >= 0}
    redraw = redrawing(plan, request, dimension, columns)
    for row, key in enumerate(plan.estimates.label):
        is_whole = bool(plan.estimates.is_whole[row])
        value, word = redraw(row)
        words[key] = word
        if row in uniform_rows:
            draws[key] = np.asarray((word + 0.5) / 2.0**32, np.float64)
        elif row in risk_of:
            draws[key] = word >= plan.risks.threshold[risk_of[row]]
        else:
            draws[key] = value.astype(np.int64) if is_whole else value
    return Replay(draws, words, output)
