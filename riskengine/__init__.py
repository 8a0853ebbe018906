"""Schedule and cost risk analysis: from a scenario to a decision that can be defended.

``read`` a scenario, ``simulate`` it or ``decide`` its gates, ``write`` the run, ``open_run`` it later::

    import riskengine

    run = riskengine.simulate("plan.toml", iterations=10_240, seed=1)
    run.finish(0.8), run.decision, run.words
    run.table("tasks").to_pandas()
    run.write("results/plan")
    riskengine.compare("plan.toml", "plan+cr12.toml").words
    riskengine.mitigate("plan.toml", budget=250_000).actions
    riskengine.drivers("results/plan").words
    riskengine.explain("results/plan", audience="board").words
    riskengine.contributions("plan.toml").words

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
from riskengine.sharded_runs import merge, simulate_shard
from riskengine.verbs import (
    calibrate,
    collect,
    compare,
    contributions,
    drivers,
    elicit,
    mitigate,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping
    from typing import Any

    from riskengine.api.comparing import Comparison
    from riskengine.api.contingency import Contingency
    from riskengine.api.contributing import Contributions
    from riskengine.api.driving import Drivers
    from riskengine.api.gate import GateResult
    from riskengine.api.joint import JointConfidence
    from riskengine.api.mitigation import Mitigation
    from riskengine.api.run import Run
    from riskengine.api.scenario import Scenario
    from riskengine.api.table import Table
    from riskengine.api.teams import Teams
    from riskengine.api.tracing import Trace
    from riskengine.calibration.answer import Calibration
    from riskengine.elicitation.answer import Opinions
    from riskengine.model import Scenario as AnyScenario
    from riskengine.pages.explained.explanation import Explanation

    ScenarioSource = str | os.PathLike[str] | Mapping[str, Any] | AnyScenario

__version__ = "0.1.0"

__all__ = [
    "Calibration",
    "Comparison",
    "Contingency",
    "Contributions",
    "Drivers",
    "Explanation",
    "GateResult",
    "Issue",
    "JointConfidence",
    "MachineError",
    "Mitigation",
    "Opinions",
    "OutsideView",
    "ResultsError",
    "RiskengineError",
    "Run",
    "Scenario",
    "ScenarioError",
    "Table",
    "Teams",
    "Trace",
    "UsageError",
    "__version__",
    "calibrate",
    "collect",
    "compare",
    "contributions",
    "decide",
    "drivers",
    "elicit",
    "explain",
    "merge",
    "mitigate",
    "open_run",
    "read",
    "simulate",
    "simulate_shard",
]


def read(source: ScenarioSource, *, folder: str | os.PathLike[str] | None = None) -> Scenario:
    """Read a scenario from a file, a text or a mapping, or take one that is there.

    Parameters
    ----------
    source : str, path, mapping or Scenario
        A path names a file: TOML as people write it, or JSON as ``riskengine resolve`` prints it. A str that has
        several lines or begins with ``{`` is no path but the text itself, JSON where it begins with ``{`` and TOML
        otherwise; ``pathlib.Path`` is a path whatever it is called. A mapping holds what a file would say. A Scenario
        comes back as it is, or is checked again where it was altered.
    folder : str or path, optional
        Where the files lie that a text or a mapping names (``extends``, ``tasks_file``, ``risks_file``), which must not
        leave it; without it a text or mapping may name none. A file's own folder is that of the file.

    Returns
    -------
    Scenario
        Frozen, with every default filled in.

    Raises
    ------
    riskengine.ScenarioError
        With every fault in ``.issues``: code, path, file and line.
    riskengine.UsageError
        If the source is nothing of that kind.
    """
    from riskengine.api.scenario import read

    return read(source, folder)


def simulate(
    scenario: ScenarioSource,
    *,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    memory_share: float = 1.0,
    contributions: bool = True,
    cluster: str | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> Run:
    """Simulate a scenario in memory.

    Parameters
    ----------
    scenario : str, path, mapping or Scenario
        Whatever :func:`read` takes.
    iterations, seed : int
        Simulated futures of the project, at least 1; 0 to 2**64 - 1, and 0 is a seed like any other.
    method : str
        ``random``, ``lhs`` (Latin hypercube by blocks of 256) or ``sobol`` (Sobol points by blocks of 256).
    threads : int, optional
        As many as the process may use by default; no number depends on it.
    progress : callable, optional
        Called with iterations done, iterations in all (0 for an announcement) and words.
    memory_share : float
        Part of the memory that is for this run, where others run beside it, above 0 and at most 1.
    contributions : bool
        Whether to measure what each risk adds, which takes a further run for each of them. Without, those columns of
        the table of risks are null.
    cluster : str, optional
        ``local:N``, or ``tcp://HOST:PORT`` of a Dask scheduler; docs/scale says more. No number depends on it.
    folder : str or path, optional
        As for :func:`read`.

    Returns
    -------
    Run
        With all tables; ``.write(folder)`` keeps it.

    Raises
    ------
    riskengine.ScenarioError
        If the scenario has faults, or cannot be computed, as one that may last longer than time can be counted.
    riskengine.UsageError, riskengine.MachineError
        If a setting is out of its range; if the run does not fit into memory, before anything is computed, or the
        cluster is lost.
    """
    from riskengine.api.scenario import read
    from riskengine.api.simulating import SimulationOptions
    from riskengine.cluster.choosing import run_where_asked

    options = SimulationOptions(
        iterations, seed, method, threads, progress=progress, memory_share=memory_share, contributions=contributions
    )
    return run_where_asked(read(scenario, folder), options, cluster)


def decide(
    scenario: ScenarioSource,
    *,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    until: int | str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    memory_share: float = 1.0,
    contributions: bool = True,
    cluster: str | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> Run:
    """Simulate a scenario until each of its gates is decided.

    Parameters
    ----------
    scenario, iterations, seed, method, threads
        As for :func:`simulate`.
    until : int or str, optional
        Iterations at the most. More are run, doubling, while a gate is undecided; without it, ``iterations`` are run.
        Or how precise estimates have to be, as ``"P80(finish) +- 1d, mean(cost) +- 1%, 200000"``, the last of which is
        the most iterations; ``gates`` among them asks for decided gates, too.
    progress, memory_share, contributions, cluster, folder
        As for :func:`simulate`; a cluster and ``until`` exclude each other.

    Returns
    -------
    Run
        ``.decision`` is the answer over all gates, ``.gate(id)`` that to one of them: pass, fail or undecided.

    Raises
    ------
    riskengine.ScenarioError, riskengine.UsageError, riskengine.MachineError
        As for :func:`simulate`, and if the scenario has no gate.

    Notes
    -----
    Looking several times gives chance several chances: intervals are those of the number of looks that could be
    needed at the most, each at a level of 5 % divided by it.
    """
    from riskengine.api.gate import require_gates
    from riskengine.api.scenario import read
    from riskengine.api.simulating import SimulationOptions
    from riskengine.cluster.choosing import run_where_asked

    checked = read(scenario, folder)
    require_gates(checked)
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
    return run_where_asked(checked, options, cluster)


def explain(
    source: ScenarioSource | Run,
    *,
    audience: str = "board",
    language: str = "en",
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> Explanation:
    """Explain a run in plain words: short sentences, each number of which stands in a table of the run.

    Parameters
    ----------
    source : str, path, mapping, Scenario or Run
        Whatever :func:`read` takes, a run, or the path of its results folder. A run says itself from which seed, by
        which method and how many iterations; what is given here then does not count.
    audience : str
        ``board``, ``customer``, ``team`` or ``analyst``.
    language : str
        ``en`` or ``de``.
    iterations, seed, method, threads, progress, folder
        As for :func:`simulate`.

    Returns
    -------
    Explanation
        ``.words`` has the sentences, ``.document`` for each of them where its numbers are found, ``.markdown`` and
        ``.html`` are pages.

    Raises
    ------
    riskengine.ScenarioError, riskengine.MachineError, riskengine.ResultsError
        As for :func:`simulate` and :func:`open_run`.
    riskengine.UsageError
        If there is no such audience, or no such language.
    """
    from riskengine.api.comparing import side_of
    from riskengine.api.simulating import SimulationOptions, run_scenario
    from riskengine.pages.explained import audiences
    from riskengine.pages.explained.source import source_of

    audiences.require(audience, language)
    options = SimulationOptions(iterations=iterations, seed=seed, method=method, threads=threads, progress=progress)
    side = side_of(source, "the run", folder)
    run = side.run if side.run is not None else run_scenario(side.scenario, options)
    return audiences.explain(run, audience, language, source_of(source, is_folder=side.run is not None))


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


if not TYPE_CHECKING:  # to a type checker a name that is not declared above is a fault

    def __getattr__(name: str) -> object:
        """Load a class of the public face when it is first asked for."""
        match name:
            case "Calibration":
                from riskengine.calibration.answer import Calibration as public
            case "Comparison":
                from riskengine.api.comparing import Comparison as public
            case "Contingency":
                from riskengine.api.contingency import Contingency as public
            case "Contributions":
                from riskengine.api.contributing import Contributions as public
            case "Drivers":
                from riskengine.api.driving import Drivers as public
            case "Explanation":
                from riskengine.pages.explained.explanation import Explanation as public
            case "GateResult":
                from riskengine.api.gate import GateResult as public
            case "JointConfidence":
                from riskengine.api.joint import JointConfidence as public
            case "Mitigation":
                from riskengine.api.mitigation import Mitigation as public
            case "Opinions":
                from riskengine.elicitation.answer import Opinions as public
            case "OutsideView":
                from riskengine.api.outside import OutsideView as public
            case "Run":
                from riskengine.api.run import Run as public
            case "Scenario":
                from riskengine.api.scenario import Scenario as public
            case "Table":
                from riskengine.api.table import Table as public
            case "Teams":
                from riskengine.api.teams import Teams as public
            case "Trace":
                from riskengine.api.tracing import Trace as public
            case _:
                raise AttributeError(f"module 'riskengine' has no attribute {name!r}")
        return public


def __dir__() -> list[str]:
    """Return what is public."""
    return sorted(__all__)
