"""A risk that fails to occur in two iterations of a thousand."""

from tests.replication.families import rare_risk
from tests.replication.model import Model


def build() -> Model:
    """Its probability is 0.998."""
    return rare_risk(0.998)
