"""A lognormal cost with an sd of three times its mean."""

from tests.replication.families import heavy_cost
from tests.replication.model import Model


def build() -> Model:
    """The ratio is 3."""
    return heavy_cost(3.0)
