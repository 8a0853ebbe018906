"""The resolved form of a scenario: everything written out, in one order, as JSON."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from json.encoder import encode_basestring
from math import isfinite
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from riskengine.model import Backlog, Calendar, Constant, Estimate, Scenario, Task
from riskengine.model.entry import Section
from riskengine.model.estimate import Several
from riskengine.model.fields import (
    Amount,
    Entities,
    Field,
    Instant,
    References,
    Special,
    Table,
    Tables,
    Texts,
    Units,
)
from riskengine.model.format import FORMAT, WITHOUT_MODEL
from riskengine.model.garbage import no_search_for_garbage
from riskengine.scenario.values.estimates import is_nothing
from riskengine.scenario.values.shifts import DAYS, day_text

SCHEMA: Final = 1
LINED_LEVELS: Final = 3
"""Levels of the resolved form that are written with a line for each key: the top, a section, an entity."""

ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False)

Writer = Callable[[Any], Any]
"""Makes of the value of an attribute what the document says of it."""


def resolve(scenario: Scenario) -> dict[str, Any]:
    """Return the scenario as a document with every default filled in, ids sorted.

    The document is itself a valid scenario: reading it gives the same scenario again.
    """
    document = with_backlogs_apart({"schema": SCHEMA, **document_of(scenario, "")}, scenario)
    if not scenario.is_data_date:
        return document
    return {"data_date" if key == "start" else key: value for key, value in document.items()}


def with_backlogs_apart(document: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Return the document of a scenario with its backlogs in a section of their own, behind the other tasks."""
    backlogs = {id for id, task in scenario.tasks.items() if isinstance(task, Backlog)}
    if not backlogs:
        return document
    apart: dict[str, Any] = {}
    for key, value in document.items():
        apart[key] = value
        if key == "tasks":
            apart["tasks"] = {id: task for id, task in value.items() if id not in backlogs}
            apart["backlogs"] = {id: value[id] for id in sorted(backlogs)}
    return apart


class Line(NamedTuple):
    """How one field is written: its key, its attribute, what it is where it may stay out, and its writer."""

    key: str
    attribute: str
    is_written: bool
    default: Any
    writer: Writer | None


def document_of(item: object, section: str) -> dict[str, Any]:
    """Return a model as a table of a section, without what is left out where it is the default."""
    table = {}
    values = item.__dict__  # past pydantic, whose way takes as long as the rest
    for key, attribute, is_written, default, writer in LINES[section]:
        value = values[attribute]
        if is_written or not (value is default or value == default):
            table[key] = value if writer is None else writer(value)
    return table


def task_document(task: Task) -> dict[str, Any]:
    """Return a task with its relationships as tables; what was left out of an ordinary task stays out.

    Notes
    -----
    A milestone is a task of the duration zero. A task of type ``task`` without a duration is one that is over, or
    whose remaining work is told, or one with work or a quantity: what these take as planned follows from them.
    """
    if isinstance(task, Backlog):
        return document_of(task, "backlogs")
    document = document_of(task, "tasks")
    for attribute in ("duration", "remaining"):
        if is_derived(task, attribute):
            del document[attribute]
    if "duration" not in document:
        return document
    is_left_out = is_nothing(task.duration) and task.is_started
    if task.type == "milestone":
        del document["type"]
    elif task.type != "task" or is_left_out:
        del document["duration"]
    return document


def is_derived(task: Task, attribute: str) -> bool:
    """Return whether a duration, or what is left of it, follows from work or a quantity, which the document has."""
    value, has_work = getattr(task, attribute), task.effort is not None or task.quantity is not None
    return has_work and value is not None and value == task.at_planned_pace(attribute)


def calendar_document(calendar: Calendar) -> dict[str, Any]:
    """Return a calendar as seven days and dated exceptions."""
    return {
        "name": calendar.name,
        "week": [f"{name} {day_text(day)}" for name, day in zip(DAYS, calendar.week, strict=True)],
        "exceptions": {day.isoformat(): day_text(shifts) for day, shifts in sorted(calendar.exceptions.items())},
        "hours_per_day": calendar.hours_per_day,
        **({} if calendar.lost is None else {"lost": document_of(calendar.lost, "lost")}),
    }


def estimate_document(estimate: Estimate) -> dict[str, Any]:
    """Return an estimate as a table: its shape, its parameters that are set, its unit."""
    if type(estimate) is Constant and estimate.min is estimate.max is None and not estimate.source:
        unit = {} if estimate.unit is None else {"unit": estimate.unit}
        return {"shape": "constant", **unit, "value": estimate.value}
    document: dict[str, Any] = {"shape": estimate.shape}
    for name, value in estimate.__dict__.items():
        if value is not None and name != "shape" and (name != "source" or value):
            document["lambda" if name == "lambda_" else name] = list(value) if isinstance(value, tuple) else value
    if isinstance(estimate, Several):
        document["of"] = [estimate_document(part) for part in estimate.of]
    return document


ENTITIES: Final[Mapping[str, Writer]] = MappingProxyType({"tasks": task_document, "calendars": calendar_document})
"""Writers of the entities that their fields alone do not tell."""


def table_writer(section: str) -> Writer:
    """Return what makes a table of a section."""
    return lambda value: document_of(value, section)


def sorted_by_id(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping in the order of its keys."""
    return dict(sorted(value.items()))


def matrix_rows(value: Iterable[Iterable[float | None]]) -> list[list[float | str]]:
    """Return the rows of a matrix of correlations, with an empty text where none is given."""
    return [["" if rank is None else rank for rank in row] for row in value]


SPECIAL: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        "levelling": table_writer("levelling"),
        "wbs": sorted_by_id,
        "matrix": table_writer("matrix"),
        "members": list,
        "done": list,
        "added": list,
        "rows": matrix_rows,
    }
)
"""Writers of fields of their own kind."""


def writer_of(key: str, field: Field) -> Writer | None:
    """Return what makes of the value of a field what the document says, None where that is the value itself."""
    match field:
        case Instant():
            return datetime.isoformat
        case Amount():
            return estimate_document
        case Texts():
            return list
        case References():
            return list if field.is_ordered else sorted
        case Units():
            return sorted_by_id
        case Table(section=section):
            return table_writer(section)
        case Tables(section=section):
            return lambda value: [document_of(item, section) for item in value]
        case Entities(section=section):
            one = ENTITIES.get(section) or table_writer(section)
            return lambda value: {id: one(item) for id, item in sorted(value.items())}
        case Special():
            return SPECIAL[key]
        case _:
            return None


def lines_of(section: Section) -> tuple[Line, ...]:
    """Return how the fields of a section are written, in the order of the format."""
    return tuple(
        Line(key, entry.attribute, entry.field.is_written, entry.default, writer_of(key, entry.field))
        for key, entry in section.items()
        if entry.attribute
    )


LINES: Final[Mapping[str, tuple[Line, ...]]] = MappingProxyType(
    {name: lines_of(section) for name, section in FORMAT.items() if name not in WITHOUT_MODEL}
)


@no_search_for_garbage()
def dumps(scenario: Scenario) -> str:
    """Return the resolved form as JSON text, byte for byte the same for the same scenario.

    Every field of every entity has a line of its own, so that two scenarios can be compared line by line.
    """
    return written(resolve(scenario), 0) + "\n"


def written(value: Any, depth: int) -> str:
    """Return JSON with one line for each key of the upper levels, and everything below them on that line."""
    if depth == LINED_LEVELS or not isinstance(value, dict) or not value:
        return text_of(value)
    indent = "  " * (depth + 1)
    if depth + 1 == LINED_LEVELS:
        lines = [f"{indent}{encode_basestring(key)}: {text_of(item)}" for key, item in value.items()]
    else:
        lines = [f"{indent}{encode_basestring(key)}: {written(item, depth + 1)}" for key, item in value.items()]
    return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"


def text_of(value: Any) -> str:
    """Return JSON on one line; what most fields are takes the short way past the encoder's set-up."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if kind is dict:
        return "{" + ", ".join([f"{encode_basestring(key)}: {text_of(item)}" for key, item in value.items()]) + "}"
    if kind is list:
        return "[" + ", ".join([text_of(item) for item in value]) + "]"
    if kind is float and isfinite(value):
        return repr(value)
    return ENCODER.encode(value)


def digest(scenario: Scenario) -> str:
    """Return the SHA-256 of the resolved form, 64 hexadecimal digits."""
    return digest_of(dumps(scenario))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a resolved form that ``dumps`` has written."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
