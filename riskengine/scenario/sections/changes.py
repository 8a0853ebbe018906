"""Reading the records of changes."""

from collections.abc import Mapping
from typing import Any

from riskengine.model import Change
from riskengine.model.format import FORMAT
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.sections import entities

REQUIRED = ("who", "when", "why")


def read_changes(tables: Mapping[str, Any], faults: Faults) -> dict[str, Change]:
    """Return the sound records of changes, sorted by id."""
    changes = {}
    plain = PlainFields(FORMAT["changes"])
    for key, fields in entities("changes", tables, FORMAT["changes"], faults):
        for name in REQUIRED:
            fields.require(name)
        changes[key] = Change.model_construct(id=key, **plain.values(fields))
    return changes
