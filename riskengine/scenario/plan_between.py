"""A plan between two others: some groups of what differs as the second says, all else as the first does."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from riskengine.model.format import FORMAT
from riskengine.model.selector import COST_LINE
from riskengine.scenario.differences import GROUPS, OF_SCENARIO, OF_SECTION, Group, group_of

OTHER_GROUPS: Final = ("gates", "names and records")
COMPUTED_GROUPS: Final[tuple[Group, ...]] = tuple(group for group in GROUPS if group not in OTHER_GROUPS)
"""Groups that dates and costs depend on."""
WITHOUT_DATES: Final = frozenset({"gates", "changes", "projects", "targets"})
"""Keys that no date depends on, and that name tasks which a plan between may not have."""
BOTH: Final = frozenset({"calendars", "resources"})
"""Sections whose entities may be there without being used: those of either plan are."""

Document = dict[str, Any]


def plan_between(before: Document, after: Document, groups: Collection[str]) -> Document:
    """Return the document of a plan between two.

    Parameters
    ----------
    before, after : dict
        Resolved forms.
    groups : collection of str
        Of ``COMPUTED_GROUPS``: what it takes from the second.

    Notes
    -----
    A task that one plan alone has goes with the logic, as a whole; a risk with the risks. An impact on a task or a cost
    line that is not there acts on nothing, and is left out. With no group the plan is the first; with all of them it
    has the dates and costs of the second.
    """
    document: Document = {}
    for key in (*before, *(key for key in after if key not in before)):
        if key not in OF_SECTION and key not in WITHOUT_DATES:
            source = after if OF_SCENARIO[key] in groups else before
            if key in source:
                document[key] = source[key]
    for section in OF_SECTION:
        if section not in WITHOUT_DATES:
            table = _entities(section, before.get(section, {}), after.get(section, {}), groups)
            if table:
                document[section] = table
    everything = {
        *(id for each in (before, after) for id in (*each["tasks"], *each.get("backlogs", ()))),
        *(COST_LINE + id for each in (before, after) for id in each.get("costs", {})),
    }
    there = {*document["tasks"], *document.get("backlogs", ()), *(COST_LINE + id for id in document.get("costs", {}))}
    return _without_impacts(document, everything - there)


def _entities(section: str, before: Document, after: Document, groups: Collection[str]) -> Document:
    """Return the entities of a section, each field as the plan says that its group is taken from."""
    is_later = OF_SECTION[section] in groups
    table: Document = {}
    for id in sorted(before.keys() | after.keys()):
        one, other = before.get(id), after.get(id)
        if one is not None and other is not None:
            table[id] = _mixed(section, one, other, groups)
        elif section in BOTH or (other is not None) == is_later:
            table[id] = other if one is None else one
    return table


def _mixed(section: str, before: Document, after: Document, groups: Collection[str]) -> Document:
    """Return one entity, field by field."""
    entity = {}
    for field in FORMAT[section]:
        source = after if group_of(section, field) in groups else before
        if field in source:
            entity[field] = source[field]
    return entity


def _without_impacts(document: Document, absent: Collection[str]) -> Document:
    """Return a document whose risks, and what actions change of them, act on nothing that is not there."""
    for section, inner in (("risks", ""), ("actions", "effects")):
        table: Mapping[str, Document] = document.get(section, {})
        changed = {}
        for id, entity in table.items():
            if not inner:
                changed[id] = _acting(entity, absent)
            elif inner in entity:
                effects = {risk: _acting(effect, absent) for risk, effect in entity[inner].items()}
                changed[id] = {**entity, inner: effects}
            else:
                changed[id] = entity
        if changed:
            document[section] = changed
    return document


def _acting(entity: Document, absent: Collection[str]) -> Document:
    """Return what acts on something, without what is not there."""
    if "impacts" not in entity:
        return entity
    return {**entity, "impacts": {key: impact for key, impact in entity["impacts"].items() if key not in absent}}
