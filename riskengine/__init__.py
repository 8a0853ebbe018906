"""Schedule and cost risk analysis: from a scenario file to a decision that can be defended.

``read`` a scenario, ``simulate`` it or ``decide`` its gates, ``write`` the run, ``open_run`` it later::

    import riskengine

    run = riskengine.simulate(riskengine.read("plan.toml"), iterations=10_240, seed=1)
    run.write("results/plan")
    run.tables["percentiles"].to_pandas()

Importing the package loads none of its libraries; each verb loads what it needs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskengine.model import Scenario
    from riskengine.results.run import Run
    from riskengine.results.sample import Sample

__version__ = "0.1.0"

__all__ = ["__version__", "decide", "open_run", "read", "simulate"]

Progress = Callable[[int, int, str], None]


def read(path: str | Path) -> "Scenario":
    """Read a scenario file.

    Parameters
    ----------
    path : str or Path
        TOML as people write it, or JSON as ``riskengine resolve`` prints it.

    Returns
    -------
    Scenario
        Frozen, with every default filled in.

    Raises
    ------
    riskengine.errors.ScenarioError
        With every fault of the file in ``.issues``.
    """
    from riskengine.reading import read

    return read(path)


def simulate(
    scenario: "Scenario",
    *,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Progress | None = None,
    memory_share: float = 1.0,
) -> "Run":
    """Simulate a scenario in memory.

    Parameters
    ----------
    scenario : Scenario
    iterations : int
        Simulated futures of the project, at least 1.
    seed : int
        0 to 2**64 - 1; 0 is a seed like any other.
    method : str
        ``random``, ``lhs`` (Latin hypercube by blocks of 256) or ``sobol`` (Sobol points by blocks of 256).
    threads : int, optional
        As many as the process may use by default; no number depends on it.
    progress : callable, optional
        Called with iterations done, iterations in all (0 for an announcement) and words.
    memory_share : float
        Part of the memory that is for this run, where others run beside it.

    Returns
    -------
    Run
        With all tables; ``.write(folder)`` keeps it.

    Raises
    ------
    riskengine.errors.ScenarioError
        If the plan cannot be computed, such as one that may last longer than time can be counted.
    riskengine.errors.UsageError
        If a setting is out of its range.
    riskengine.errors.MachineError
        If the run does not fit into memory, before anything is computed.
    """
    return _run(scenario, iterations, seed, method, threads, progress, None, memory_share)


def decide(
    scenario: "Scenario",
    *,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    until: int | None = None,
    progress: Progress | None = None,
    memory_share: float = 1.0,
) -> "Run":
    """Simulate a scenario until each of its gates is decided.

    Parameters
    ----------
    until : int, optional
        Iterations at the most. More are run, doubling, while a gate is undecided; without it, ``iterations`` are run.

    Returns
    -------
    Run
        Its table ``gates`` has the answers: pass, fail or undecided.

    Raises
    ------
    riskengine.errors.ScenarioError, riskengine.errors.UsageError
        As for :func:`simulate`; the former if the scenario has no gate, too.

    Notes
    -----
    Looking several times gives chance several chances: intervals are those of the number of looks that could be
    needed at the most, each at a level of 5 % divided by it. Other parameters are those of :func:`simulate`.
    """
    if not scenario.gates:
        from riskengine.errors import ScenarioError
        from riskengine.errors.catalogue import issue

        raise ScenarioError([issue("RE906", "gates", "none")])
    return _run(scenario, iterations, seed, method, threads, progress, until, memory_share)


def open_run(folder: str | Path) -> "Run":
    """Open a results folder.

    Parameters
    ----------
    folder : str or Path
        What ``riskengine simulate`` or ``Run.write`` wrote.

    Returns
    -------
    Run

    Raises
    ------
    riskengine.errors.ResultsError
        If the folder is not whole, not one of riskengine, or of another version.
    """
    from riskengine.results.store import open_run

    return open_run(folder)


def looks(iterations: int, until: int) -> int:
    """Return how often a run is looked at on its way from ``iterations`` to ``until`` by doubling."""
    count = 1
    while iterations < until:
        iterations = min(2 * iterations, until)
        count += 1
    return count


def _run(
    scenario: "Scenario",
    iterations: int,
    seed: int,
    method: str,
    threads: int | None,
    progress: Progress | None,
    until: int | None,
    memory_share: float,
) -> "Run":
    from riskengine import analysis, engine, plan
    from riskengine.errors import UsageError
    from riskengine.results.run import assemble
    from riskengine.scenario import digest_of, dumps

    try:
        settings = engine.Settings(iterations, seed, method, threads)
    except ValueError as reason:
        raise UsageError(str(reason)) from None
    most = iterations if until is None else max(iterations, until)
    count = looks(iterations, most)

    def is_enough(sample: "Sample") -> bool:
        return all(gate.answer != "undecided" for gate in analysis.decide(sample, looks=count).gates)

    enough = is_enough if count > 1 else None
    sample = engine.simulate_until(plan.compile(scenario), settings, enough, most, progress, memory_share)
    resolved = dumps(scenario)
    return assemble(sample, analysis.tables(sample, looks=count), resolved, digest_of(resolved))
