"""The JSON Schema of the scenario language, for editors that complete and check while one types.

It follows from the registry of the format; only what no plain field holds has a schema of its own here.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial, singledispatch
from types import MappingProxyType
from typing import Any, Final

from riskengine.model.calendar import UNITS
from riskengine.model.entry import Entry
from riskengine.model.estimate import PARAMETERS, SHAPES
from riskengine.model.estimate.parameter import Parameter
from riskengine.model.fields import (
    LONGEST_ID,
    LONGEST_NAME,
    Amount,
    Choice,
    Entities,
    Field,
    Flag,
    Instant,
    Number,
    Reference,
    References,
    Table,
    Tables,
    Text,
    Texts,
    Units,
)
from riskengine.model.format import FORMAT
from riskengine.scenario.document.migrate import FORMER
from riskengine.scenario.values.point_defaults import NAMED_PERCENTILE, PERCENTILE_KEYS

Schema = dict[str, Any]

ADDRESS: Final = "https://json-schema.org/draft/2020-12/schema"
ID: Final[Mapping[str, Any]] = MappingProxyType(
    {"type": "string", "minLength": 1, "maxLength": LONGEST_ID, "pattern": "^[^/]+$"}
)
INSTANT: Final = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$"
DATES: Final = r"^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$"
TABLES: Final = r"\.(csv|tsv|xlsx|xlsm)$"
PAST_VALUES: Final = r"\.(csv|tsv)$"
CONDITION: Final = r"^\s*((wbs|team|tag|calendar|longer|shorter)\s*:.+|critical|\*)\s*$"
QUANTITY: Final = rf"^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{{1,3}})?\s*({'|'.join(UNITS)})?\s*$"
SHORT_RELATIONSHIP: Final = 'ID, "ID TYPE", "ID TYPE+LAG", "ID TYPE-LAG": design SS+5d'
SHORT_CONSTRAINT: Final = '"TYPE DATE" or "ALAP": SNET 2027-05-03'

DEFINITIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "calendars": "calendar",
        "resources": "resource",
        "tasks": "task",
        "backlogs": "backlog",
        "costs": "costline",
        "indices": "index",
        "impacts": "impact",
        "risks": "risk",
        "exclusive": "exclusive",
        "actions": "action",
        "effects": "effect",
        "correlations": "correlation",
        "damages": "damages",
        "bonuses": "bonus",
        "pair": "pair",
        "matrix": "matrix",
        "changes": "change",
        "projects": "project",
        "branches": "branch",
        "rework": "loop",
        "learning": "learning",
        "gates": "gate",
        "templates": "template",
        "bands": "band",
    }
)
"""What the tables of a section are called among the definitions."""

ESTIMATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "time": "A number of working days, a text with a unit, a list of points, or a table with a shape.",
        "money": "An amount, a list of points, or a table with a shape.",
        "factor": "A factor, a list of points, or a table with a shape.",
    }
)


def json_schema() -> Schema:
    """Return the schema (draft 2020-12) of what people write, shorthand included.

    Notes
    -----
    It says what each key is and takes; rules over several fields, such as the order of points or circles of
    relationships, are for ``riskengine check``.
    """
    return {
        "$schema": ADDRESS,
        "title": "riskengine scenario",
        "description": "A project's plan, its uncertainty, its risks and its gates.",
        **table("", lists_required=False),
        "$defs": {
            "id": dict(ID),
            "instant": {"type": "string", "pattern": INSTANT, "description": "A local date or date and time."},
            "dates": {"type": "string", "pattern": DATES, "description": "A date, or a range: first..last."},
            **{purpose: estimate(purpose) for purpose in ESTIMATES},
            "week": {"type": "string", "description": "Days and shifts: mon-fri 08:00-12:00 13:00-17:00"},
            "relationship": text_or_table(SHORT_RELATIONSHIP, "relationship"),
            "calendar": table("calendars"),
            "constraint": text_or_table(SHORT_CONSTRAINT, "constraint"),
            **{name: table(section) for section, name in DEFINITIONS.items() if section != "calendars"},
        },
    }


def table(section: str, *, lists_required: bool = True) -> Schema:
    """Return the schema of a table, each of its keys with its meaning.

    At the top of a file nothing is required: one that extends another need not repeat anything.
    """
    entries = FORMAT[section]
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: {"description": entry.field.meaning, **schema_in(section, entry), **examples(entry.field)}
            for key, entry in entries.items()
        },
    }
    schema["properties"] |= {
        str(former[-1]): {**schema["properties"][place[-1]], "description": f"Now {place[-1]}.", "deprecated": True}
        for place, former in FORMER.items()
        if place[:-1] == (section,)
    }
    required = [key for key, entry in entries.items() if entry.field.is_required]
    if required and lists_required:
        schema["required"] = required
    return schema


def examples(field: Field | Parameter) -> Schema:
    """Return what editors show of a field beside its meaning: an example, and since when the format has it."""
    since = {"$comment": f"since version {field.since} of the format"}
    return {"examples": [example_of(field)], **since} if field.example else since


def example_of(field: Field | Parameter) -> Any:
    """Return the example of a field as JSON has it, where a date is a text."""
    return as_json(tomllib.loads(f"example = {field.example}")["example"])


def as_json(value: Any) -> Any:
    """Return a value of a TOML file as JSON has it."""
    if isinstance(value, Mapping):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def schema_in(section: str, entry: Entry) -> Schema:
    """Return the schema of what one key of a section takes."""
    special = SPECIAL.get(f"{section}.{entry.key}")
    return schema_of(entry.field, entry) if special is None else special()


@singledispatch
def schema_of(field: Field, entry: Entry) -> Schema:
    """Return the schema of what a field takes."""
    raise TypeError(f"{entry.key}: a field of this kind has a schema of its own, in SPECIAL")


@schema_of.register
def _text(field: Text, entry: Entry) -> Schema:
    return text(field.longest)


@schema_of.register
def _reference(field: Reference, entry: Entry) -> Schema:
    return {"type": "string", "default": entry.default} if entry.default else {"type": "string"}


@schema_of.register
def _choice(field: Choice, entry: Entry) -> Schema:
    return {"enum": list(entry.words), **({} if entry.default is None else {"default": entry.default})}


@schema_of.register
def _flag(field: Flag, entry: Entry) -> Schema:
    return {"type": "boolean", "default": entry.default}


@schema_of.register
def _number(field: Number, entry: Entry) -> Schema:
    bounds = {
        "minimum": field.least,
        "exclusiveMinimum": field.above,
        "maximum": field.most,
        "exclusiveMaximum": field.below,
        "default": entry.default or None,
    }
    return {"type": "number", **{key: bound for key, bound in bounds.items() if bound is not None}}


@schema_of.register
def _instant(field: Instant, entry: Entry) -> Schema:
    return ref("instant")


@schema_of.register
def _amount(field: Amount, entry: Entry) -> Schema:
    return ref(field.purpose if field.purpose in ESTIMATES else "time")


@schema_of.register
def _texts(field: Texts, entry: Entry) -> Schema:
    return changeable(text(field.longest))


@schema_of.register
def _references(field: References, entry: Entry) -> Schema:
    return changeable({"type": "string"})


@schema_of.register
def _table(field: Table, entry: Entry) -> Schema:
    return table(field.section)


@schema_of.register
def _tables(field: Tables, entry: Entry) -> Schema:
    return changeable(ref(field.section))


@schema_of.register
def _entities(field: Entities, entry: Entry) -> Schema:
    return keyed(ref(DEFINITIONS[field.section]))


@schema_of.register
def _units(field: Units, entry: Entry) -> Schema:
    return keyed({"type": "number", "exclusiveMinimum": 0})


def ref(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def text(longest: int = LONGEST_NAME) -> Schema:
    """Return the schema of a text."""
    return {"type": "string", "maxLength": longest}


def listing(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def changeable(items: Schema) -> Schema:
    """Return the schema of a list, or of what a file that extends another adds to it and takes from it."""
    both = {"add": listing(items), "remove": listing({"type": "string"})}
    return {"anyOf": [listing(items), {"type": "object", "additionalProperties": False, "properties": both}]}


def keyed(items: Schema) -> Schema:
    """Return the schema of a table of entities by id."""
    return {"type": "object", "propertyNames": ref("id"), "additionalProperties": items}


def text_or_table(short: str, section: str) -> Schema:
    """Return the schema of what may be written as a text for short, or as a table of a section."""
    return {"anyOf": [{"type": "string", "description": short}, table(section)]}


def estimate(purpose: str) -> Schema:
    """Return the schema of an estimate in all its forms; only a time has units."""
    is_time = purpose == "time"
    number: Schema = {"type": "number"}
    point: Schema = {"anyOf": [number, {"type": "string", "pattern": QUANTITY}]} if is_time else number
    points = {"type": "array", "items": point, "minItems": 2, "maxItems": 3}
    fields: dict[str, Schema] = {
        "shape": {"description": "Shape of the distribution.", "enum": list(SHAPES), "examples": ["lognormal"]}
    }
    for name, parameter in sorted(PARAMETERS.items()):
        one = number if parameter.role == "number" else point
        if parameter.role == "estimates":
            one = {"$ref": f"#/$defs/{purpose}"}
        if parameter.above is not None:
            one = {**one, "exclusiveMinimum": parameter.above}
        form = listing(one) if parameter.is_list else one
        fields[name] = {"description": parameter.meaning, **form, **examples(parameter)}
    fields |= {key: percentile(parameter) for key, parameter in PERCENTILE_KEYS.items()}
    fields["source"] = {"description": "Where the numbers came from.", **text(), "examples": ["workshop of 3 May"]}
    meaning = "CSV file whose column has the values of an empirical estimate."
    fields["file"] = {"description": meaning, "type": "string", "pattern": PAST_VALUES, "examples": ["past.csv"]}
    meaning = "Heading of the column of that file; needed where it has several."
    fields["column"] = {"description": meaning, **text(), "examples": ["days"]}
    if is_time:
        meaning = "Unit of the numbers: working h, d, w, mo, or elapsed eh, ed."
        fields["unit"] = {"description": meaning, "enum": list(UNITS), "default": "d", "examples": ["h"]}
    whole = {"type": "object", "additionalProperties": False, "properties": fields}
    return {"description": ESTIMATES[purpose], "anyOf": [point, points, whole]}


def percentile(parameter: str) -> Schema:
    """Return the schema of a percentile by name, which sets a parameter of a shape."""
    meaning = f"The percentile that it is, in place of {parameter}."
    return {"description": meaning, "type": "string", "pattern": f"^{NAMED_PERCENTILE.pattern}$", "examples": ["p10"]}


def condition() -> Schema:
    """Return the schema of a condition of a range template."""
    return {"type": "string", "pattern": CONDITION}


def a_range() -> Schema:
    """Return the schema of a range: a text of percentages, or a list."""
    points: Schema = {**listing({"type": ["number", "string"]}), "minItems": 2, "maxItems": 3}
    return {"oneOf": [{"type": "string"}, points]}


def correlated_pairs() -> Schema:
    """Return the schema of ranks of pairs: a table with a key such as ``a/b`` for each, or a list of tables."""
    rank = schema_in("pair", FORMAT["pair"]["rank"])
    keyed_pair = {**table("pair"), "required": ["rank"]}
    by_key = {
        "type": "object",
        "propertyNames": {"pattern": "^[^/]+/[^/]+$"},
        "additionalProperties": {"oneOf": [rank, keyed_pair]},
    }
    return {"oneOf": [by_key, listing(ref("pair"))]}


def file() -> Schema:
    """Return the schema of the name of a table."""
    return {"type": "string", "pattern": TABLES}


SPECIAL: Final[Mapping[str, Callable[[], Schema]]] = MappingProxyType(
    {
        **{
            f"{table}.{key}": partial(percentile, parameter)
            for table in ("defaults", "templates", "bands")
            for key, parameter in PERCENTILE_KEYS.items()
        },
        ".schema": lambda: {"const": 1},
        ".levelling": lambda: {"oneOf": [{"type": "boolean"}, table("levelling")], "default": False},
        ".wbs": lambda: {"type": "object", "additionalProperties": text()},
        ".tasks": lambda: {"oneOf": [keyed(ref("task")), file()]},
        ".risks": lambda: {"oneOf": [keyed(ref("risk")), file()]},
        ".tasks_file": file,
        ".risks_file": file,
        ".risks_mapping": lambda: {"type": "string", "pattern": r"\S"},
        "projects.file": lambda: {"type": "string", "pattern": r"\.(toml|json)$"},
        ".extends": lambda: {"type": "string", "pattern": r"\.(toml|json)$"},
        "calendars.week": lambda: {"oneOf": [ref("week"), listing(ref("week"))]},
        "calendars.holidays": lambda: listing(ref("dates")),
        "calendars.exceptions": lambda: {
            "type": "object",
            "propertyNames": ref("dates"),
            "additionalProperties": {"type": "string"},
        },
        "risks.impacts": lambda: {"type": "object", "additionalProperties": ref("impact")},
        "correlations.pairs": correlated_pairs,
        "correlations.matrix": lambda: {"oneOf": [table("matrix"), {"type": "string", "pattern": r"\.(csv|tsv)$"}]},
        "matrix.members": lambda: listing({"type": "string"}),
        "matrix.rows": lambda: listing(
            listing({"anyOf": [{"type": "number", "minimum": -1, "maximum": 1}, {"const": ""}]})
        ),
        "backlogs.history": lambda: {"oneOf": [table("history"), {"type": "string", "pattern": PAST_VALUES}]},
        "backlogs.done": lambda: listing({"type": "number", "minimum": 0}),
        "history.done": lambda: listing({"type": "number", "minimum": 0}),
        "history.added": lambda: listing({"type": "number", "minimum": 0}),
        "templates.select": lambda: {
            "oneOf": [condition(), listing({"anyOf": [condition(), listing(condition())]})],
        },
        "templates.range": a_range,
        "bands.range": a_range,
    }
)
"""Schemas of what no plain field holds, by section and key."""
