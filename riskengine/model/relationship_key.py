"""Relationships as the keys of impacts name them: ``design -> build FS``."""

from collections.abc import Container
from typing import Final, NamedTuple, cast, get_args

from riskengine.model.relationship import RelationshipType
from riskengine.model.task import Task

ARROW: Final = "->"
TYPES: Final[tuple[str, ...]] = get_args(RelationshipType)
BEFORE_FINISH: Final = ("FF", "SF")


class RelationshipKey(NamedTuple):
    """A relationship by its two tasks and its type, of which a scenario has one where a risk delays it."""

    predecessor: str
    successor: str
    type: RelationshipType

    def __str__(self) -> str:
        return f"{self.predecessor} {ARROW} {self.successor} {self.type}"

    def is_open(self, successor: Task) -> bool:
        """Return whether a delay is still to come: before a start until that is done, before a finish until that is."""
        if successor.is_finished or successor.is_span:
            return False
        return not successor.is_started or self.type in BEFORE_FINISH


def named_pair(key: str, tasks: Container[str]) -> tuple[str, str, str] | None:
    """Return predecessor, successor and type of what a key names, the type empty where it has none.

    Returns
    -------
    tuple of str or None
        None where the key is the id of a task, or no two tasks stand on either side of an arrow.
    """
    at = -1 if key in tasks else key.find(ARROW)
    while at >= 0:
        before, after = key[:at].strip(), key[at + len(ARROW) :].strip()
        if before in tasks:
            if after in tasks:
                return before, after, ""
            successor, _, kind = after.rpartition(" ")
            if kind in TYPES and successor.strip() in tasks:
                return before, successor.strip(), kind
        at = key.find(ARROW, at + 1)
    return None


def relationship_key(key: str, tasks: Container[str]) -> RelationshipKey | None:
    """Return the relationship that a key of a scenario that has been read stands for, or None where it is no such."""
    pair = named_pair(key, tasks)
    return None if pair is None or not pair[2] else RelationshipKey(pair[0], pair[1], cast(RelationshipType, pair[2]))
