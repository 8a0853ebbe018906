"""The latest of three tasks."""

from tests.replication.families import merge
from tests.replication.model import Model


def build() -> Model:
    """Three paths."""
    return merge(3)
