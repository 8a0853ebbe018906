"""The iterations of a request once more, a few blocks at a time."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan


def outputs(
    plan: Plan, request: Request, dimension: NDArray[np.int16], blocks_at_once: int, has_risks: bool = False
) -> Iterator[tuple[Output, slice]]:
    """Yield the iterations of a request again, and their columns, with what came of every task.

    Parameters
    ----------
    request : Request
        From the first block of a run.
    dimension : (variable,) int16
        Sobol dimensions.
    blocks_at_once : int
        Of at least 1; no number depends on it.
    has_risks : bool
        Whether they also say which risks occurred.
    """
    step = blocks_at_once * BLOCK
    for begin in range(0, request.iterations, step):
        size = min(step, request.iterations - begin)
        whole = -(-size // BLOCK) * BLOCK
        part = replace(
            request,
            iterations=size,
            first_block=begin // BLOCK,
            task_iterations=whole,
            risk_iterations=whole if has_risks else 0,
        )
        yield run_blocks(plan, part, dimension), slice(begin, begin + size)
