"""Where a run is computed, on the command line: ``local:4``, or the address of a scheduler."""

from typing import Any

import click


class Cluster(click.ParamType[Any]):
    """The workers of a cluster."""

    name = "cluster"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the :class:`riskengine.cluster.address.ClusterAddress`, or refuse what is none.

        Raises
        ------
        riskengine.UsageError
        """
        from riskengine.cluster.address import ClusterAddress, cluster_address

        return value if isinstance(value, ClusterAddress) else cluster_address(value)
