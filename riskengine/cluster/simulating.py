"""Runs on the workers of a cluster: parts of one as tasks that are put together here, or whole ones of a batch."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from riskengine import engine
from riskengine.api.run import Run
from riskengine.api.simulating import SimulationOptions, run_scenario
from riskengine.cluster.address import ClusterAddress
from riskengine.cluster.connection import Connection, connected
from riskengine.cluster.remote import simulate_part, simulate_whole
from riskengine.engine import Settings, Shard
from riskengine.errors import UsageError
from riskengine.model import Scenario
from riskengine.plan import Plan
from riskengine.results.provenance import versions
from riskengine.results.run import RunRecord
from riskengine.results.samples.sample import Sample
from riskengine.scenario import dumps

Progress = Callable[[int, int, str], None]
AHEAD: Final = 3
"""Parts on their way for each thread of the workers: one is computed while another is fetched."""


def run_on_cluster(scenario: Scenario, options: SimulationOptions, address: ClusterAddress) -> Run:
    """Simulate a scenario with the workers of a cluster: byte for byte the run of one machine.

    Parameters
    ----------
    scenario : Scenario
        As the reader made it.
    options : SimulationOptions
        The threads are those that work here, on what is measured of the run as a whole.
    address : ClusterAddress

    Raises
    ------
    UsageError
        RE765 when the run is to stop by what it says: that is asked of a whole run.
    MachineError, ScenarioError
        As for :func:`riskengine.simulate`; and when the workers are not there, are lost, or have other versions.
    """
    if options.until is not None:
        reason = "a cluster computes a fixed number of iterations"
        raise UsageError(f"{reason}, and until may ask for more", "RE765", "leave out until, or the cluster")
    with connected(address) as connection:
        simulate_plan = partial(simulate_on_cluster, connection)
        return run_scenario(scenario, replace(options, simulate_plan=simulate_plan))


def simulate_on_cluster(
    connection: Connection, plan: Plan, resolved: str, settings: Settings, progress: Progress | None
) -> Sample:
    """Simulate a plan in parts on the workers, and put the parts together here.

    Parameters
    ----------
    connection : Connection
    plan : Plan
        Of the scenario.
    resolved : str
        The scenario, as ``riskengine.scenario.dumps`` writes it.
    settings : Settings
    progress : callable, optional
        As for :func:`riskengine.engine.simulate`.

    Returns
    -------
    Sample
        That of :func:`riskengine.engine.simulate`, to the last bit.
    """
    threads = connection.threads
    count = engine.shard_count(plan, settings.iterations, threads)
    parts = [Shard(number, count) for number in range(1, count + 1)]
    message = f"Simulating on {connection.address.text}"

    def arrays_of_parts() -> Iterator[tuple[Shard, dict[str, Any]]]:
        # the text once to each worker, which hands it on, and not once with each part
        text = connection.client.submit(str, resolved, pure=False)
        expected, done = versions(), 0
        works = ((simulate_part, text, replace(settings, threads=1), part, expected) for part in parts)
        for index, arrays in connection.answers(works, AHEAD * threads):
            done += parts[index].iterations(settings.iterations)
            if progress is not None:
                progress(done, settings.iterations, message)
            yield parts[index], arrays

    return engine.simulate_merged(plan, settings, arrays_of_parts(), progress)


def run_of_worker(connection: Connection, scenario: Scenario, options: SimulationOptions) -> RunRecord:
    """Have one worker simulate a whole scenario, as one of many.

    Parameters
    ----------
    connection : Connection
    scenario : Scenario
        As the reader made it.
    options : SimulationOptions
        Its progress is not told: it is that of another process.

    Returns
    -------
    RunRecord
        That of :func:`riskengine.simulate`, to the last bit.
    """
    resolved = dumps(scenario)
    remote = replace(options, threads=1, progress=None, memory_share=connection.memory_share)
    ((_, (manifest, tables)),) = connection.answers([(simulate_whole, resolved, remote, versions())], 1)
    return RunRecord(manifest, resolved, tables)
