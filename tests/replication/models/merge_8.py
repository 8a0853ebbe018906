"""The latest of eight tasks."""

from tests.replication.families import merge
from tests.replication.model import Model


def build() -> Model:
    """Eight paths."""
    return merge(8)
