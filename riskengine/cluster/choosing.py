"""Where a run is computed: in this process, or on a cluster where one is named."""

from riskengine.api.run import Run
from riskengine.api.simulating import SimulationOptions, run_scenario
from riskengine.cluster.address import ClusterAddress, cluster_address
from riskengine.model import Scenario


def run_where_asked(scenario: Scenario, options: SimulationOptions, cluster: "ClusterAddress | str | None") -> Run:
    """Simulate a scenario here, or with the workers of a cluster.

    Parameters
    ----------
    scenario : Scenario
        As the reader made it.
    options : SimulationOptions
    cluster : ClusterAddress, str or None
        None is this process.
    """
    if cluster is None:
        return run_scenario(scenario, options)
    from riskengine.cluster.simulating import run_on_cluster

    place = cluster if isinstance(cluster, ClusterAddress) else cluster_address(cluster)
    return run_on_cluster(scenario, options, place)
