"""A risk of one in a thousand."""

from tests.replication.families import rare_risk
from tests.replication.model import Model


def build() -> Model:
    """Its probability is 0.001."""
    return rare_risk(0.001)
