"""RE611: what is asked of the drivers of a run."""

from collections.abc import Mapping
from types import MappingProxyType

from riskengine.errors.entry import Entry

DRIVING: Mapping[str, Entry] = MappingProxyType(
    {
        "RE611": Entry(
            title="too few iterations to tell what drives a run",
            rule="what drives a run takes at least 2 iterations",
            reason="What an input moves is told from iterations in which it differs.",
            example="riskengine drivers plan.toml --iterations 1",
            cure="Simulate more of them: the usual 10,240 show what moves a finish by a tenth of its spread.",
        ),
    }
)
