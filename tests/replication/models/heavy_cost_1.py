"""A lognormal cost with an sd of its mean."""

from tests.replication.families import heavy_cost
from tests.replication.model import Model


def build() -> Model:
    """The ratio is 1."""
    return heavy_cost(1.0)
