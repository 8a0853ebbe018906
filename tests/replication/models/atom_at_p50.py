"""P50 of the cost lies just beyond an atom of 0.49995."""

from tests.replication.families import atom
from tests.replication.model import Model


def build() -> Model:
    """The atom's probability is 0.49995."""
    return atom(0.50005)
