"""Lists that a file adds to or takes from, in place of writing them anew: ``after.add``, ``after.remove``."""

from collections.abc import Mapping
from typing import Any, Final

from riskengine.model.fields import References, Tables, Texts
from riskengine.scenario.document.merge import fields_to
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.text.relationship_text import taken_apart

ADD, REMOVE = "add", "remove"
CHANGES: Final = frozenset({ADD, REMOVE})
RELATIONSHIPS: Final = "after"


def with_whole_lists(
    base: Mapping[str, Any], over: Mapping[str, Any], file: str, faults: Faults, place: Place = ()
) -> dict[str, Any]:
    """Return what a file says over another, with each list that it changes written out.

    Parameters
    ----------
    base, over : mapping
        Documents, or tables at the same place of both.
    file : str
        The one that is laid over, for faults.
    faults : Faults
    place : Place
    """
    whole = dict(over)
    for key, value in over.items():
        if not isinstance(value, dict):
            continue
        below, here = base.get(key), (*place, key)
        if CHANGES.issuperset(value) and value and is_list(here):
            whole[key] = changed_list(below if isinstance(below, list) else [], value, here, file, faults)
        elif dict in map(type, value.values()):
            whole[key] = with_whole_lists(below if isinstance(below, dict) else {}, value, file, faults, here)
    return whole


def changed_list(base: list[Any], change: Mapping[str, Any], place: Place, file: str, faults: Faults) -> list[Any]:
    """Return a list without what a change removes, and with what it adds behind the rest."""
    for key, value in change.items():
        if not isinstance(value, list):
            faults.add("RE113", (*place, key), value, rule="must be a list", file=file)
            return base
    rest = list(base)
    for index, name in enumerate(change.get(REMOVE, ())):
        is_relationship = place[-1] == RELATIONSHIPS
        left = [item for item in rest if item != name and not (is_relationship and comes_from(item, name))]
        if len(left) == len(rest):
            faults.add("RE126", (*place, REMOVE, index), name, file=file)
        rest = left
    return [*rest, *(item for item in change.get(ADD, ()) if item not in rest)]


def comes_from(relationship: object, task: object) -> bool:
    """Return whether a relationship, as a text or a table, names a task as its predecessor."""
    if isinstance(relationship, dict):
        return relationship.get("task") == task
    parts = taken_apart(relationship.strip()) if isinstance(relationship, str) else None
    return parts is not None and parts.task == task


def is_list(place: Place) -> bool:
    """Return whether the format has a list at a place."""
    fields = fields_to(place)
    return bool(fields and isinstance(fields[-1], References | Texts | Tables))
