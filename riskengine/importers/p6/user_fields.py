"""User fields of tasks in an XER file: what they are called, and what they hold."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from riskengine.importers.neutral import FieldKind, ImportedSchedule, ImportedTask, UserField, UserValue
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.tables import Database, Row

ACTIVITY: Final = ("TASK", "")
"""What a field of tasks says it belongs to; some exports leave it out."""

KINDS: Final[Mapping[str, FieldKind]] = MappingProxyType(
    {
        "FT_FLOAT": "number",
        "FT_FLOAT_2_DECIMALS": "number",
        "FT_INT": "number",
        "FT_TEXT": "text",
    }
)
"""Kinds by the words of Primavera P6; money, dates and indicators are no length of time."""


def read_user_fields(
    schedule: ImportedSchedule, database: Database, tasks: Mapping[str, ImportedTask], fields: Fields
) -> None:
    """Put the user fields of tasks into the schedule, and what they hold into its tasks.

    Parameters
    ----------
    schedule : ImportedSchedule
        The project; gets the fields.
    database : Database
        The file, read with its user fields.
    tasks : mapping
        Tasks of the project by their keys; get the values.
    fields : Fields
        Where faults go.
    """
    for row in database.rows("UDFTYPE"):
        key = row.get("udf_type_id")
        if key and row.get("table_name").upper() in ACTIVITY:
            name, label = row.get("udf_type_name") or f"UDF{key}", row.get("udf_type_label")
            kind = KINDS.get(row.get("logical_data_type"), "other")
            schedule.user_fields[key] = UserField(name, label, kind, (f"UDF{key}", key))
    for row in database.rows("UDFVALUE"):
        field, task = schedule.user_fields.get(row.get("udf_type_id")), tasks.get(row.get("fk_id"))
        # Keys of tasks, resources and projects may be the same number: only fields of tasks count.
        if field is None or task is None or field.kind == "other":
            continue
        value = _value(row, field.kind, fields)
        if value is not None:
            task.user_values[row.get("udf_type_id")] = UserValue(value, row.line)


def _value(row: Row, kind: FieldKind, fields: Fields) -> float | str | None:
    if kind == "text":
        return row.get("udf_text") or None
    return fields.number(row, "udf_number")
