"""Verbs of the public face for runs that are simulated in shards, on any number of machines.

They load nothing before they are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

    from riskengine import ScenarioSource
    from riskengine.api.run import Run


def simulate_shard(
    scenario: ScenarioSource,
    path: str | os.PathLike[str],
    *,
    number: int,
    count: int,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    contributions: bool = True,
    folder: str | os.PathLike[str] | None = None,
) -> bool:
    """Simulate one of the parts of a run into a file, for :func:`merge`.

    Parameters
    ----------
    scenario : str, path, mapping or Scenario
        Whatever :func:`read` takes.
    path : str or path
        File of the shard; its folder is made where it is not there.
    number, count : int
        Which shard, from 1, and how many there are.
    iterations, seed, method, threads, progress, contributions, folder
        As for :func:`simulate`; what says something of the run says it of the whole run.

    Returns
    -------
    bool
        False where the file holds this very shard already: nothing was simulated.

    Raises
    ------
    riskengine.ScenarioError, riskengine.MachineError
        As for :func:`simulate`.
    riskengine.UsageError
        If there is no such shard, or a setting is out of its range.
    riskengine.ResultsError
        If there is anything but a shard at the path, or it cannot be written.
    """
    from riskengine.api.asking import path_argument
    from riskengine.api.scenario import read
    from riskengine.api.sharding import shard_of, write_shard_of
    from riskengine.api.simulating import SimulationOptions

    options = SimulationOptions(
        iterations=iterations,
        seed=seed,
        method=method,
        threads=threads,
        progress=progress,
        contributions=contributions,
    )
    return write_shard_of(read(scenario, folder), shard_of(number, count), options, path_argument("path", path))


def merge(
    shards: Iterable[str | os.PathLike[str]],
    *,
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Run:
    """Return the run whose shards were simulated apart, byte for byte that of one machine.

    Parameters
    ----------
    shards : iterable of str or path
        The file of every shard of the run once, in any order.
    threads, progress
        As for :func:`simulate`.

    Returns
    -------
    Run

    Raises
    ------
    riskengine.ResultsError
        With everything that is wrong with the shards: missing, there twice, damaged, of another run or version.
    riskengine.MachineError
        If the run does not fit into memory.
    """
    from riskengine.api.sharding import merge

    return merge(shards, threads, progress)
