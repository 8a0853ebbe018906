"""Who holds how much of a resource that has a capacity."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class LevelledResource:
    """A resource with a capacity, and the units that tasks hold of it, by their ids."""

    id: str
    name: str
    capacity: float
    units: Mapping[str, float]
