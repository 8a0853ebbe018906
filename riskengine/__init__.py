"""Schedule and cost risk analysis: from a scenario to a decision that can be defended.

``read`` a scenario, ``simulate`` it or ``decide`` its gates, ``write`` the run, ``open_run`` it later::

    import riskengine

    run = riskengine.simulate("plan.toml", iterations=10_240, seed=1)
    run.finish(0.8), run.decision, run.words
    run.table("tasks").to_pandas()
    run.write("results/plan")

Importing the package loads none of its libraries; each verb loads what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskengine.errors import (
    Issue,
    MachineError,
    ResultsError,
    RiskengineError,
    ScenarioError,
    UsageError,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from riskengine.api.gate import GateResult
    from riskengine.api.run import Run
    from riskengine.api.table import Table
    from riskengine.model import Scenario

__version__ = "0.1.0"

__all__ = [
    "GateResult",
    "Issue",
    "MachineError",
    "ResultsError",
    "RiskengineError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Table",
    "UsageError",
    "__version__",
    "decide",
    "open_run",
    "read",
    "simulate",
]


def read(path: str | os.PathLike[str]) -> Scenario:
    """Read a scenario file.

    Parameters
    ----------
    path : str or path
        TOML as people write it, or JSON as ``riskengine resolve`` prints it.

    Returns
    -------
    Scenario
        Frozen, with every default filled in.

    Raises
    ------
    riskengine.ScenarioError
        With every fault of the file in ``.issues``.
    """
    from riskengine.reading import read

    return read(path)


def simulate(
    scenario: Scenario,
    *,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    memory_share: float = 1.0,
    contributions: bool = True,
) -> Run:
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
    contributions : bool
        Whether to measure what each risk adds, which takes a further run for each of them. Without, those columns of
        the table of risks are null.

    Returns
    -------
    Run
        With all tables; ``.write(folder)`` keeps it.

    Raises
    ------
    riskengine.ScenarioError
        If the plan cannot be computed, such as one that may last longer than time can be counted.
    riskengine.UsageError
        If a setting is out of its range.
    riskengine.MachineError
        If the run does not fit into memory, before anything is computed.
    """
    from riskengine.api.simulating import SimulationOptions, run_scenario

    options = SimulationOptions(
        iterations=iterations,
        seed=seed,
        method=method,
        threads=threads,
        progress=progress,
        memory_share=memory_share,
        contributions=contributions,
    )
    return run_scenario(scenario, options)


def decide(
    scenario: Scenario,
    *,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    until: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    memory_share: float = 1.0,
    contributions: bool = True,
) -> Run:
    """Simulate a scenario until each of its gates is decided.

    Parameters
    ----------
    scenario, iterations, seed, method, threads
        As for :func:`simulate`.
    until : int, optional
        Iterations at the most. More are run, doubling, while a gate is undecided; without it, ``iterations`` are run.
    progress, memory_share, contributions
        As for :func:`simulate`.

    Returns
    -------
    Run
        ``.decision`` is the answer over all gates, ``.gate(id)`` that to one of them: pass, fail or undecided.

    Raises
    ------
    riskengine.ScenarioError
        As for :func:`simulate`, and if the scenario has no gate.
    riskengine.UsageError, riskengine.MachineError
        As for :func:`simulate`.

    Notes
    -----
    Looking several times gives chance several chances: intervals are those of the number of looks that could be
    needed at the most, each at a level of 5 % divided by it.
    """
    from riskengine.api.gate import require_gates
    from riskengine.api.simulating import SimulationOptions, run_scenario

    require_gates(scenario)
    options = SimulationOptions(
        iterations=iterations,
        seed=seed,
        method=method,
        threads=threads,
        until=until,
        progress=progress,
        memory_share=memory_share,
        contributions=contributions,
    )
    return run_scenario(scenario, options)


def open_run(folder: str | os.PathLike[str]) -> Run:
    """Open a results folder, every byte checked.

    Parameters
    ----------
    folder : str or path
        What ``riskengine simulate`` or ``Run.write`` wrote.

    Returns
    -------
    Run

    Raises
    ------
    riskengine.ResultsError
        If the folder is not whole, not one of riskengine, or of another version.
    """
    from riskengine.api.run import open_run

    return open_run(folder)


def __getattr__(name: str) -> object:
    """Load a class of the public face when it is first asked for."""
    if name == "Run":
        from riskengine.api.run import Run

        return Run
    if name == "Table":
        from riskengine.api.table import Table

        return Table
    if name == "GateResult":
        from riskengine.api.gate import GateResult

        return GateResult
    if name == "Scenario":
        from riskengine.model import Scenario

        return Scenario
    raise AttributeError(f"module 'riskengine' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return what is public."""
    return sorted(__all__)
