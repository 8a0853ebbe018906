"""A run in shards: each simulates a range of the run's blocks, wherever; together they are the run, byte for byte."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.core import prepare
from riskengine.engine.blocks.needs import check_memory
from riskengine.engine.blocks.run import Progress, Request, block_seconds, empty_output, put_part, run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.simulate import Settings, completed, first_request, run_of_output, stored_request
from riskengine.errors import ResultsError
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan
from riskengine.results.samples.sample import Sample

SHARD_SECONDS: Final = 2.0
"""About how long a shard is to take on one thread, where nobody says how many there are."""
SHARD_BYTES: Final = 128 * 2**20
"""What such a shard is to give at the most [B], beside the dates of tasks, of which a run stores few."""
TARGET_BYTES = 4
"""Of a target in an iteration [B]."""


@dataclass(frozen=True)
class Shard:
    """One part of a run that is simulated in several.

    Parameters
    ----------
    number : int
        From 1.
    count : int
        How many parts the run has, at least ``number``.
    """

    number: int
    count: int

    def blocks(self, iterations: int) -> tuple[int, int]:
        """Return the first block of the shard, and the one behind its last; both are equal where there are too few."""
        whole = -(-iterations // BLOCK)
        return whole * (self.number - 1) // self.count, whole * self.number // self.count

    def iterations(self, iterations: int) -> int:
        """Return how many of the iterations of a run are the shard's."""
        first, last = self.blocks(iterations)
        return max(0, min(last * BLOCK, iterations) - first * BLOCK)


def shard_count(plan: Plan, iterations: int, threads: int) -> int:
    """Return how many shards suit a run on so many threads; no number depends on it.

    Parameters
    ----------
    plan : Plan
    iterations : int
    threads : int
        That work at once, wherever: each has a shard, where there are blocks enough.
    """
    blocks = -(-iterations // BLOCK)
    iteration_bytes = 8 + TARGET_BYTES * (1 + len(plan.target))
    most = min(int(SHARD_SECONDS / block_seconds(plan)), SHARD_BYTES // (BLOCK * iteration_bytes))
    return max(-(-blocks // max(1, most)), min(blocks, threads))


def simulate_shard(plan: Plan, settings: Settings, shard: Shard, progress: Progress | None = None) -> Output:
    """Simulate one shard of a run.

    Parameters
    ----------
    plan : Plan
    settings : Settings
        Of the whole run.
    shard : Shard
    progress : callable, optional
        Called with iterations done, iterations of the shard and words.

    Returns
    -------
    Output
        Of the blocks of the shard: (..., iterations) in whole blocks, and counts over them.

    Raises
    ------
    MachineError
        When the iterations of the shard do not fit into memory, before anything is computed.
    ScenarioError
        When an iteration goes on behind what can be computed.
    """
    request = shard_request(plan, settings, shard)
    check_memory(plan, max(1, request.iterations), request.threads, progress)
    prepare(plan, progress)
    return run_blocks(plan, request, dimensions_of(plan, request.method), progress)


def shard_request(plan: Plan, settings: Settings, shard: Shard) -> Request:
    """Return what a shard simulates of a run: tasks and risks are stored as far as the run stores them."""
    whole = stored_request(plan, first_request(plan, settings))
    first, last = shard.blocks(settings.iterations)
    begin, width = first * BLOCK, (last - first) * BLOCK

    def stored(iterations: int) -> int:
        return min(max(0, iterations - begin), width)

    return replace(
        whole,
        iterations=shard.iterations(settings.iterations),
        first_block=first,
        task_iterations=stored(whole.task_iterations),
        risk_iterations=stored(whole.risk_iterations),
    )


def simulate_merged(
    plan: Plan,
    settings: Settings,
    shards: Iterable[tuple[Shard, Mapping[str, NDArray[Any]]]],
    progress: Progress | None = None,
) -> Sample:
    """Return the run whose shards were simulated apart; what is measured of all of it is measured now.

    Parameters
    ----------
    plan : Plan
    settings : Settings
        Of the whole run.
    shards : iterable of (Shard, mapping of str to array)
        Every shard once, in any order, with the arrays of its output by name; each may be read when it is asked for.
    progress : callable, optional
        As for :func:`riskengine.engine.simulate`.

    Returns
    -------
    Sample
        That of :func:`riskengine.engine.simulate`, to the last bit.

    Raises
    ------
    MachineError
        When the iterations of the run do not fit into memory, before a shard is read.
    ResultsError
        When the arrays of a shard are not those of its part of the run.

    Notes
    -----
    The same iterations without levelling, and those without each risk, are simulated here: a levelled plan takes the
    time of its iterations without levelling once more.
    """
    request = first_request(plan, settings)
    check_memory(plan, settings.iterations, request.threads, progress)
    for each in (plan, plan.unlevelled):
        if each is not None:
            prepare(each, progress)
    output = empty_output(plan, stored_request(plan, request))
    for shard, arrays in shards:
        expected = empty_output(plan, shard_request(plan, settings, shard))._asdict()
        if _looks_of(arrays) != _looks_of(expected):
            raise ResultsError(f"shard {shard.number} does not hold what its part of the run has", "RE750")
        put_part(output, Output(**arrays), shard.blocks(settings.iterations)[0] * BLOCK)
    dimension = dimensions_of(plan, request.method)
    return completed(run_of_output(plan, settings, request=request, dimension=dimension, output=output), progress)


def _looks_of(arrays: Mapping[str, NDArray[Any]]) -> dict[str, tuple[np.dtype[Any], tuple[int, ...]]]:
    """Return the type and the shape of each array."""
    return {name: (array.dtype, array.shape) for name, array in arrays.items()}
