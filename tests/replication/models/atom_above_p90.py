"""P90 of the cost lies just below the top of an atom of 0.9001."""

from tests.replication.families import atom
from tests.replication.model import Model


def build() -> Model:
    """The atom's probability is 0.9001."""
    return atom(0.0999)
