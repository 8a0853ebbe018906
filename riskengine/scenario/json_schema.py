"""The JSON Schema of the scenario language, for editors that complete and check while one types."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from riskengine.model.calendar import UNITS
from riskengine.model.estimate import LISTED_SHAPES, PARAMETERS, SHAPES
from riskengine.scenario.field_meanings import WORDS
from riskengine.scenario.sections.constraints import BOUNDS
from riskengine.scenario.sections.risks import KINDS, SAMPLING
from riskengine.scenario.sections.schedule import FLOATS, HARD_CONSTRAINTS, OUT_OF_SEQUENCE, RULES, START_LAGS
from riskengine.scenario.sections.settings import LAG_CALENDARS
from riskengine.scenario.sections.tasks import TYPES
from riskengine.scenario.text.columns import IMPORTED

Schema = dict[str, Any]

ADDRESS: Final = "https://json-schema.org/draft/2020-12/schema"
ID: Final[Mapping[str, Any]] = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[^/]+$"}
DATE: Final = r"^\d{4}-\d{2}-\d{2}$"
INSTANT: Final = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$"
DATES: Final = r"^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$"
TABLES: Final = r"\.(csv|tsv|xlsx|xlsm)$"
CONDITION: Final = r"^\s*((wbs|team|tag|calendar|longer|shorter)\s*:.+|critical|\*)\s*$"
QUANTITY: Final = rf"^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{{1,3}})?\s*({'|'.join(UNITS)})?\s*$"


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
        **table("", scenario_fields()),
        "$defs": {
            "id": dict(ID),
            "instant": {"type": "string", "pattern": INSTANT, "description": "A local date or date and time."},
            "dates": {"type": "string", "pattern": DATES, "description": "A date, or a range: first..last."},
            "time": estimate("time"),
            "money": estimate("money"),
            "factor": estimate("factor"),
            "week": {"type": "string", "description": "Days and shifts: mon-fri 08:00-12:00 13:00-17:00"},
            "relationship": relationship(),
            "calendar": table("calendars", calendar_fields()),
            "constraint": constraint(),
            "resource": table("resources", resource_fields()),
            "task": table("tasks", task_fields()),
            "costline": table("costs", {"name": text(), "fixed": ref("money"), "rate": ref("money")}),
            "impact": table(
                "impacts",
                {
                    "delay": ref("time"),
                    "factor": ref("factor"),
                    "cost": ref("money"),
                    "cost_factor": ref("factor"),
                },
            ),
            "risk": table("risks", risk_fields()),
            "gate": table("gates", gate_fields(), ["confidence"]),
            "template": table("templates", template_fields(), ["select"]),
            "band": table("bands", band_fields(), ["range"]),
        },
    }


def ref(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def text(longest: int = 500) -> Schema:
    """Return the schema of a text."""
    return {"type": "string", "maxLength": longest}


def choice(words: Sequence[str], default: str) -> Schema:
    """Return the schema of a choice between words."""
    return {"enum": list(words), "default": default}


def listing(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def keyed(items: Schema) -> Schema:
    """Return the schema of a table of entities by id."""
    return {"type": "object", "propertyNames": ref("id"), "additionalProperties": items}


def table(section: str, fields: Mapping[str, Schema], required: Sequence[str] = ()) -> Schema:
    """Return the schema of a table, its fields described from the words of the format."""
    words = WORDS[section]
    described = {key: {"description": words[key], **schema} for key, schema in fields.items()}
    schema: Schema = {"type": "object", "additionalProperties": False, "properties": described}
    if required:
        schema["required"] = list(required)
    return schema


def scenario_fields() -> dict[str, Schema]:
    """Return the fields at the top of a scenario."""
    shape = choice(LISTED_SHAPES, "pert")
    return {
        "schema": {"const": 1},
        "name": text(),
        "project": text(),
        "description": text(10_000),
        "start": ref("instant"),
        "data_date": ref("instant"),
        "currency": text(200),
        "calendar": {"type": "string", "default": "standard"},
        "lag_calendar": choice(LAG_CALENDARS, "predecessor"),
        "minimum_duration": ref("time"),
        "targets": listing({"type": "string"}),
        "schedule": table("schedule", schedule_fields()),
        "levelling": {
            "oneOf": [{"type": "boolean"}, table("levelling", {"rule": choice(RULES, "late finish")})],
            "default": False,
        },
        "imported": table("imported", import_fields()),
        "wbs": {"type": "object", "additionalProperties": text()},
        "defaults": table(
            "defaults",
            {
                "shape": shape,
                "task": table("defaults.task", {"shape": shape, "calendar": text(), "team": text(), "owner": text()}),
                "risk": table("defaults.risk", {"shape": shape, "owner": text()}),
                "cost": table("defaults.cost", {"shape": shape}),
            },
        ),
        "calendars": keyed(ref("calendar")),
        "resources": keyed(ref("resource")),
        "tasks": {"oneOf": [keyed(ref("task")), {"type": "string", "pattern": TABLES}]},
        "costs": keyed(ref("costline")),
        "risks": {"oneOf": [keyed(ref("risk")), {"type": "string", "pattern": TABLES}]},
        "gates": keyed(ref("gate")),
        "templates": keyed(ref("template")),
        "bands": keyed(ref("band")),
        "tasks_file": {"type": "string", "pattern": TABLES},
        "risks_file": {"type": "string", "pattern": TABLES},
        "risks_mapping": {"type": "string", "pattern": r"\S"},
        "risks_position": choice(("pre", "post"), "pre"),
        "extends": {"type": "string", "pattern": r"\.(toml|json)$"},
        "remove": listing({"type": "string"}),
    }


def template_fields() -> dict[str, Schema]:
    """Return the fields of a range template."""
    condition: Schema = {"type": "string", "pattern": CONDITION}
    conditions = listing({"anyOf": [condition, listing(condition)]})
    return {"select": {"oneOf": [condition, conditions]}, "band": text(), **band_fields()}


def band_fields() -> dict[str, Schema]:
    """Return the fields of a band."""
    points = {**listing({"type": ["number", "string"]}), "minItems": 2, "maxItems": 3}
    return {"range": {"oneOf": [{"type": "string"}, points]}, "shape": choice(LISTED_SHAPES, "pert")}


def calendar_fields() -> dict[str, Schema]:
    """Return the fields of a calendar."""
    return {
        "name": text(),
        "week": {"oneOf": [ref("week"), listing(ref("week"))]},
        "holidays": listing(ref("dates")),
        "exceptions": {"type": "object", "propertyNames": ref("dates"), "additionalProperties": {"type": "string"}},
        "extends": {"type": "string"},
        "hours_per_day": {"type": "number", "exclusiveMinimum": 0, "maximum": 24},
    }


def schedule_fields() -> dict[str, Schema]:
    """Return the fields of the options of scheduling."""
    return {
        "out_of_sequence": choice(OUT_OF_SEQUENCE, "retained logic"),
        "start_lag": choice(START_LAGS, "early start"),
        "must_finish": ref("instant"),
        "float": choice(FLOATS, "finish"),
        "honour_constraints": {"type": "boolean", "default": False},
        "open_ends_critical": {"type": "boolean", "default": False},
        "critical_float": ref("time"),
        "hard_constraints": choice(HARD_CONSTRAINTS, "kept"),
    }


def import_fields() -> dict[str, Schema]:
    """Return the fields that say where an import came from."""
    return {
        "tool": text(),
        "file": text(),
        "project": text(),
        "as_of": ref("instant"),
        "status": ref("instant"),
        "notes": listing(text(10_000)),
    }


def resource_fields() -> dict[str, Schema]:
    """Return the fields of a resource."""
    amount: Schema = {"type": "number", "minimum": 0}
    return {"name": text(), "rate": dict(amount), "capacity": dict(amount), "calendar": {"type": "string"}}


def task_fields() -> dict[str, Schema]:
    """Return the fields of a task."""
    return {
        "name": text(),
        "description": text(10_000),
        "type": choice(TYPES, "task"),
        "milestone": {"type": "boolean", "default": False},
        "duration": ref("time"),
        "after": listing(ref("relationship")),
        "calendar": {"type": "string"},
        "cost": table("cost", {"fixed": ref("money"), "rate": ref("money"), "actual": {"type": "number"}}),
        "team": text(),
        "owner": text(),
        "wbs": text(),
        "tags": listing(text(200)),
        "resources": keyed({"type": "number", "exclusiveMinimum": 0}),
        "constraints": listing(ref("constraint")),
        "deadline": ref("instant"),
        "actual_start": ref("instant"),
        "actual_finish": ref("instant"),
        "remaining": ref("time"),
        "percent_complete": {"type": "number", "minimum": 0, "maximum": 100},
        "resume": ref("instant"),
        "priority": {"type": "number", "default": 500},
        "imported": table(
            "dates",
            {
                **{key: ref("instant") for key in IMPORTED},
                "external": text(),
                "edited": {"type": "boolean", "default": False},
            },
        ),
    }


def constraint() -> Schema:
    """Return the schema of a constraint, as text or as a table."""
    fields = {"type": {"enum": list(BOUNDS)}, "date": ref("instant")}
    return {
        "anyOf": [
            {"type": "string", "description": '"TYPE DATE" or "ALAP": SNET 2027-05-03'},
            table("constraint", fields, ["type"]),
        ]
    }


def relationship() -> Schema:
    """Return the schema of a relationship, as text or as a table."""
    fields = {"task": {"type": "string"}, "type": choice(("FS", "SS", "FF", "SF"), "FS"), "lag": ref("time")}
    return {
        "anyOf": [
            {"type": "string", "description": 'ID, "ID TYPE", "ID TYPE+LAG", "ID TYPE-LAG": design SS+5d'},
            table("relationship", fields, ["task"]),
        ]
    }


def risk_fields() -> dict[str, Schema]:
    """Return the fields of a risk."""
    return {
        "name": text(),
        "description": text(10_000),
        "kind": choice(KINDS, "threat"),
        "probability": {"type": "number", "minimum": 0, "maximum": 1},
        "active": {"type": "boolean", "default": True},
        "owner": text(),
        "parallel": text(),
        "impact_sampling": choice(SAMPLING, "default"),
        "impacts": {"type": "object", "additionalProperties": ref("impact")},
    }


def gate_fields() -> dict[str, Schema]:
    """Return the fields of a gate."""
    return {
        "name": text(),
        "target": {"type": "string", "default": "project"},
        "finish": ref("instant"),
        "cost": {"type": "number"},
        "confidence": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    }


def estimate(purpose: str) -> Schema:
    """Return the schema of an estimate in all its forms; only a time has units."""
    is_time = purpose == "time"
    number: Schema = {"type": "number"}
    point: Schema = {"anyOf": [number, {"type": "string", "pattern": QUANTITY}]} if is_time else number
    points = {"type": "array", "items": point, "minItems": 2, "maxItems": 3}
    fields: dict[str, Schema] = {"shape": {"enum": list(SHAPES)}}
    for name, parameter in sorted(PARAMETERS.items()):
        one = point if parameter.role != "number" else number
        if parameter.above is not None:
            one = {**one, "exclusiveMinimum": parameter.above}
        fields[name] = listing(one) if parameter.is_list else one
    fields["source"] = text()
    if is_time:
        fields["unit"] = choice(UNITS, "d")
    return {"description": WORDS["estimate"][purpose], "anyOf": [point, points, table("estimate", fields)]}
