"""The JSON Schema accepts what is read, refuses what is misspelt, and knows every key."""

import json
import re
import tomllib
from datetime import date, datetime

import pytest

from riskengine.model.format import FORMAT
from riskengine.scenario import json_schema, read, resolve
from riskengine.scenario.json_schema import DEFINITIONS
from riskengine.scenario.starter_files import starter_folder
from tests.support.scenario_text import HEAD, TASK, read_text
from tests.unit.scenario.test_resolve import FULL

SCHEMA = json_schema()
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float)}
ANNOTATIONS = {"$schema", "$defs", "$comment", "title", "description", "default", "examples"}


def accepts(value, schema):
    """Return whether a value suits a schema, by the part of JSON Schema that is in use; other keywords fail."""
    return all(CHECKS[word](value, argument, schema) for word, argument in schema.items() if word not in ANNOTATIONS)


def is_type(value, name, _):
    """Return whether a value is of a type; true and false are no numbers."""
    return isinstance(value, TYPES[name]) and (name != "number" or not isinstance(value, bool))


def properties(value, fields, schema):
    """Return whether the fields of a table suit their schemas, and others are allowed."""
    if not isinstance(value, dict):
        return True
    rest = schema.get("additionalProperties", {})
    for key, item in value.items():
        chosen = fields.get(key, rest)
        if chosen is False or not accepts(item, chosen):
            return False
    return True


CHECKS = {
    "type": is_type,
    "enum": lambda value, words, _: value in words,
    "const": lambda value, word, _: value == word,
    "pattern": lambda value, pattern, _: not isinstance(value, str) or re.search(pattern, value) is not None,
    "minLength": lambda value, least, _: not isinstance(value, str) or len(value) >= least,
    "maxLength": lambda value, most, _: not isinstance(value, str) or len(value) <= most,
    "minItems": lambda value, least, _: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda value, most, _: not isinstance(value, list) or len(value) <= most,
    "minimum": lambda value, least, _: not is_type(value, "number", _) or value >= least,
    "maximum": lambda value, most, _: not is_type(value, "number", _) or value <= most,
    "exclusiveMinimum": lambda value, least, _: not is_type(value, "number", _) or value > least,
    "exclusiveMaximum": lambda value, most, _: not is_type(value, "number", _) or value < most,
    "items": lambda value, schema, _: not isinstance(value, list) or all(accepts(item, schema) for item in value),
    "anyOf": lambda value, options, _: any(accepts(value, option) for option in options),
    "oneOf": lambda value, options, _: sum(accepts(value, option) for option in options) == 1,
    "required": lambda value, keys, _: not isinstance(value, dict) or all(key in value for key in keys),
    "propertyNames": lambda value, schema, _: not isinstance(value, dict) or all(accepts(key, schema) for key in value),
    "properties": properties,
    "additionalProperties": lambda value, rest, schema: "properties" in schema or properties(value, {}, schema),
    "$ref": lambda value, name, _: accepts(value, SCHEMA["$defs"][name.removeprefix("#/$defs/")]),
}


def as_json(value):
    """Return a TOML document as an editor sees it, dates as text."""
    return json.loads(
        json.dumps(value, default=lambda item: item.isoformat() if isinstance(item, date | datetime) else None)
    )


def test_the_schema_is_json_of_draft_2020_12():
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_what_people_write_is_accepted():
    assert accepts(as_json(tomllib.loads(HEAD + FULL)), SCHEMA)


def test_the_resolved_form_is_accepted():
    assert accepts(resolve(read_text(FULL)), SCHEMA)


SHIPPED = sorted(starter_folder().rglob("*.toml")) if starter_folder() else []


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_every_shipped_scenario_is_accepted_as_written_and_as_resolved(path):
    assert accepts(as_json(tomllib.loads(path.read_text(encoding="utf-8"))), SCHEMA)
    assert accepts(resolve(read(path)), SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "calender = 'x'\n" + TASK,
        "schema = 2\n",
        "name = 5\n",
        "start = 'soon'\n",
        "lag_calendar = 'successors'\n",
        "tasks = 5\n",
        "tasks = 'plan.ods'\n",
        "[tasks.a]\nduration = '5 days'\n",
        "[tasks.a]\nduration = [1]\n",
        "[tasks.a]\nduration = true\n",
        "[tasks.a]\nduration = {shape = 'gaussian'}\n",
        "[tasks.a]\nduration = {low = 1, mostlikely = 2}\n",
        "[tasks.a]\ncost = {fixed = '5d'}\n",
        "[tasks.a]\ncost = {fixd = 5}\n",
        "[tasks.a]\nafter = [5]\n",
        "[tasks.a]\nafter = [{task = 'b', type = 'XX'}]\n",
        "[tasks.a]\nafter = 'b'\n",
        "[tasks.'a/b']\nduration = 5\n",
        "[calendars.c]\nhours_per_day = 25\n",
        "[calendars.c]\nholidays = ['christmas']\n",
        "[risks.r]\nprobability = 30\n",
        "[risks.r]\nkind = 'thread'\n",
        "[risks.r.impacts.a]\ndelays = 5\n",
        "[gates.g]\nconfidence = 1\n",
        "[gates.g]\ncost = 5\n",
        "[resources.r]\nrate = -1\n",
        "remove = 'x'\n",
    ],
)
def test_what_is_misspelt_is_refused(text):
    assert not accepts(as_json(tomllib.loads(text)), SCHEMA)


@pytest.mark.parametrize(
    ("name", "keys"),
    [("", FORMAT[""]), *((name, FORMAT[section]) for section, name in DEFINITIONS.items())],
)
def test_the_schema_knows_every_key_that_the_reader_knows(name, keys):
    schema = SCHEMA["$defs"][name] if name else SCHEMA
    assert set(schema["properties"]) == set(keys)


def test_every_field_has_a_description():
    def described(schema):
        for key, field in schema.get("properties", {}).items():
            assert field.get("description"), key
            described(field)

    described(SCHEMA)
    for schema in SCHEMA["$defs"].values():
        described(schema)
