"""Laying one document over another: ``extends`` merges by id, ``remove`` takes things out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from riskengine.model.fields import Entities, Field, Table
from riskengine.model.format import FORMAT, SECTIONS
from riskengine.model.pace import LEFT_OF, PACES_OF
from riskengine.model.task import MILESTONES, SPANS
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place, keys_of

OF_WORK: Final = ("work", *PACES_OF["work"], LEFT_OF["work"])
OF_QUANTITY: Final = ("quantity", *PACES_OF["quantity"], LEFT_OF["quantity"])
LEFT: Final = ("remaining", *LEFT_OF.values())

ALTERNATIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "start": ("data_date", "project_start"),
    "data_date": ("start",),
    "duration": ("milestone", *OF_WORK, *OF_QUANTITY),
    "work": ("milestone", "duration", "remaining", *OF_QUANTITY),
    "quantity": ("milestone", "duration", "remaining", *OF_WORK),
    "milestone": ("duration", "type", *OF_WORK, *OF_QUANTITY),
    "type": ("milestone",),
    "percent_complete": LEFT,
    "done": ("history",),
    "history": ("done",),
    "actual_finish": (*LEFT, "percent_complete", "resume"),
}
"""What a key that is laid over takes the place of, unless the file that lays it over gives both."""

WITHOUT_DURATION: Final = MILESTONES | SPANS


NOWHERE: Final = "/"
"""No section of the format: what stands there has keys of its own."""


def fields_to(place: Place) -> list[Field] | None:
    """Return the fields on the way to a place, ids of entities left out; None where the format has none there."""
    section, is_id = "", False
    fields: list[Field] = []
    for part in place:
        if is_id:
            is_id = False
            continue
        entry = FORMAT.get(section, {}).get(str(part))
        if entry is None:
            return None
        field = entry.field
        fields.append(field)
        is_id = isinstance(field, Entities)
        section = field.section if isinstance(field, Entities | Table) else NOWHERE
    return fields


def is_merged(place: Place) -> bool:
    """Return whether tables at a place are merged key by key: sections, their entities, and fields that say so."""
    fields = fields_to(place)
    return fields is not None and all(isinstance(field, Entities) or field.is_merged for field in fields)


def laid_over(base: Mapping[str, Any], over: Mapping[str, Any], place: Place = ()) -> dict[str, Any]:
    """Return `base` with `over` laid over it.

    Ids and the fields of an entity are merged; an estimate, a list or any other value is replaced whole.
    """
    merged = dict(base)
    if len(place) == 0 or (len(place) == 2 and place[0] in ("tasks", "backlogs")):
        for key in over:
            for other in displaced(key, over[key], merged):
                if other not in over:
                    merged.pop(other, None)
        if len(place) == 0:
            merged |= start_of_project(base, over)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and is_merged((*place, key)):
            merged[key] = laid_over(below, value, (*place, key))
        else:
            merged[key] = value
    return merged


def start_of_project(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return the start of a plan as that of the project where a status update is laid over it.

    Notes
    -----
    A data date before the start is no status of that plan: what its days count from is then told by its tasks.
    """
    if "start" not in base or "data_date" not in over or {"start", "project_start"} & over.keys():
        return {}
    start, data_date = (local_instant(value) for value in (base["start"], over["data_date"]))
    return (
        {"project_start": base["start"]} if start is not None and data_date is not None and start <= data_date else {}
    )


def local_instant(value: object) -> datetime | None:
    """Return the instant of a date as files write it, None for anything else."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo is None else None


def displaced(key: str, value: object, base: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys of `base` whose place a key takes that is laid over it."""
    others = ALTERNATIVES.get(key, ())
    if key == "type" and isinstance(value, str) and value in WITHOUT_DURATION:
        return (*others, "duration", *OF_WORK, *OF_QUANTITY)
    if key in ("duration", *PACES_OF) and base.get("type") in WITHOUT_DURATION:
        return (*others, "type")
    return others


def without(document: dict[str, Any], names: object, file: str, faults: Faults, *, extends: bool) -> dict[str, Any]:
    """Return a document without the entries that `names` lists; the document itself stays as it is."""
    if not isinstance(names, list):
        faults.add("RE113", ("remove",), names, rule='must be a list such as ["risks.R1"]', file=file)
        return document
    for index, name in enumerate(names):
        place: Place = ("remove", index)
        if not isinstance(name, str):
            faults.add("RE113", place, name, rule='must be text such as "risks.R1"', file=file)
            continue
        if not extends:
            faults.add("RE119", place, name, rule="remove must stand beside extends", file=file)
            continue
        keys = found_keys(document, name)
        if keys is None:
            section = name.partition(".")[0]
            table = document.get(section)
            entries = [f"{section}.{key}" for key in table] if isinstance(table, dict) else [*SECTIONS]
            faults.add("RE119", place, name, cure=faults.near(name, entries), file=file)
            continue
        document = taken_out(document, keys)
    return document


def found_keys(document: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """Return the keys of an entry that is there, of a section and an id at least."""
    section, _, rest = name.partition(".")
    table = document.get(section)
    if section not in SECTIONS or not isinstance(table, dict):
        return None
    if rest in table:
        return section, rest
    keys = keys_of(name)
    here: Any = document
    for key in keys:
        if not isinstance(here, dict) or key not in here:
            return None
        here = here[key]
    return keys if len(keys) > 1 else None


def taken_out(document: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Return a copy of a document without one entry."""
    copy = dict(document)
    here = copy
    for key in keys[:-1]:
        here[key] = dict(here[key])
        here = here[key]
    del here[keys[-1]]
    return copy
