"""P90 of the cost lies just beyond an atom of 0.8996."""

from tests.replication.families import atom
from tests.replication.model import Model


def build() -> Model:
    """The atom's probability is 0.8996."""
    return atom(0.1004)
