"""The later of two tasks."""

from tests.replication.families import merge
from tests.replication.model import Model


def build() -> Model:
    """Two paths."""
    return merge(2)
