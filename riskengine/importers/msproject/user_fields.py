"""Custom fields of tasks in a Microsoft Project file: what they are called, and what they hold."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from riskengine.importers.msproject.records import is_elapsed
from riskengine.importers.neutral import FieldKind, UserField, UserValue
from riskengine.importers.xml.fields import Fields
from riskengine.importers.xml.stream import Element

NAME: Final = re.compile(r"\s*([A-Za-z]+) ?(\d{1,2})\s*")
KINDS: Final[Mapping[str, FieldKind]] = MappingProxyType({"duration": "duration", "number": "number", "text": "text"})
"""Kinds by the beginning of the tool's own names; costs, dates, flags and outline codes are no length of time."""

KINDS_BY_TYPE: Final[Mapping[str, FieldKind]] = MappingProxyType({"2": "duration", "5": "number", "7": "text"})
"""Kinds by ``CFType``, which fields of an enterprise have in place of such a name."""

FIRST_TASK_FIELD: Final = 188743680
NUMBERS: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "Text": (51, 54, 57, 60, 63, *range(66, 71), *range(317, 337)),
        "Number": (*range(87, 92), *range(302, 317)),
        "Duration": (103, 104, 105, *range(275, 282)),
    }
)
"""What is added to the first task field for Text1 to 30, Number1 to 20, Duration1 to 10.

References
----------
Microsoft, Project VBA reference, enumeration ``PjField``.
"""


def built_in_names() -> dict[str, str]:
    """Return the names of the fields that hold a length of time, by their numbers in a file."""
    return {
        str(FIRST_TASK_FIELD + offset): f"{kind}{place}"
        for kind, offsets in NUMBERS.items()
        for place, offset in enumerate(offsets, 1)
    }


class UserFieldReader:
    """Collect the custom fields of tasks.

    Parameters
    ----------
    fields : Fields
        Takes the faults.

    Attributes
    ----------
    user_fields : dict of str to UserField
        By their numbers in the file: those that are defined there, and others that a task has a value of.
    """

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.user_fields: dict[str, UserField] = {}
        self.names = built_in_names()

    def define(self, record: Element) -> None:
        """Take the definition of a field, an ``ExtendedAttribute`` of the project."""
        key = record.get("FieldID")
        name = record.get("FieldName") or self.names.get(key, "") or record.get("Alias") or f"field {key}"
        kind = kind_of(name, record.get("CFType"))
        self.user_fields[key] = UserField(name, record.get("Alias"), kind, tuple({key, spaced(name)} - {name}))

    def values(self, task: Element) -> dict[str, UserValue]:
        """Return what the fields hold for a task, by their numbers."""
        values: dict[str, UserValue] = {}
        for record in task.within("ExtendedAttribute"):
            key = record.get("FieldID")
            if key not in self.user_fields and key in self.names:
                name = self.names[key]
                self.user_fields[key] = UserField(name, "", kind_of(name, ""), (key, spaced(name)))
            field = self.user_fields.get(key)
            if field is None or field.kind == "other" or not record.get("Value"):
                continue
            value = self._value(record, field.kind)
            if value is not None:
                values[key] = UserValue(value, record.line)
        return values

    def _value(self, record: Element, kind: FieldKind) -> float | str | None:
        if kind == "text":
            return record.get("Value")
        if kind == "number":
            return self.fields.number(record, "Value")
        is_around_the_clock = is_elapsed(self.fields.integer(record, "DurationFormat", 7))
        hours = self.fields.iso_hours(record, "Value", is_elapsed=is_around_the_clock)
        return f"{hours:.6f}eh" if is_around_the_clock and hours is not None else hours


def kind_of(name: str, type: str) -> FieldKind:
    """Return what a field holds, by the tool's own name for it, else by its type."""
    match = NAME.fullmatch(name)
    kind = KINDS.get(match.group(1).lower()) if match else None
    return kind or ("other" if match else KINDS_BY_TYPE.get(type, "other"))


def spaced(name: str) -> str:
    """Return ``Duration 1`` for ``Duration1``: people write both."""
    match = NAME.fullmatch(name)
    return f"{match.group(1)} {match.group(2)}" if match else name
