"""P90 of the cost is the top of an atom, exactly: 350,000 with 0.9, else 430,000."""

from tests.replication.families import atom
from tests.replication.model import Model


def build() -> Model:
    """The atom's probability is 0.9."""
    return atom(0.1)
