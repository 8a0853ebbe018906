"""A lognormal cost with an sd of twice its mean."""

from tests.replication.families import heavy_cost
from tests.replication.model import Model


def build() -> Model:
    """The ratio is 2."""
    return heavy_cost(2.0)
