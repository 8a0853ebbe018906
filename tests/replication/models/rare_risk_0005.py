"""A risk of one in two hundred."""

from tests.replication.families import rare_risk
from tests.replication.model import Model


def build() -> Model:
    """Its probability is 0.005."""
    return rare_risk(0.005)
