"""What a file of Primavera P6 refers to and does not hold: tables that were cut away leave a file that reads well."""

from collections.abc import Mapping
from typing import Final

from riskengine.errors.counting import counted
from riskengine.importers.neutral import ImportedTask
from riskengine.importers.notes import NO_RELATIONSHIPS
from riskengine.importers.p6.tables import Database, Row

REFERENCES: Final = (
    ("TASK", "wbs_id", "PROJWBS", "WBS elements"),
    ("TASKACTV", "actv_code_id", "ACTVCODE", "activity codes"),
)
"""Table, its key of another one, that one, and what its rows are; other keys are looked at where they are used."""

WORK: Final = ("target_work_qty", "remain_work_qty", "act_work_qty", "target_equip_qty", "remain_equip_qty")


def missing_rows(database: Database, tasks: Mapping[str, ImportedTask], rows: list[Row]) -> list[str]:
    """Return notes on what is missing in a file about the tasks of one project.

    Parameters
    ----------
    database : Database
        The file.
    tasks : mapping
        Tasks by their keys.
    rows : list of Row
        Their rows in the file.

    Notes
    -----
    P6 writes no table that has no rows. So a file without relationships may be a list of tasks, or one whose
    table of relationships was cut away, and only a person can tell; that tasks have work by resources shows that
    there were assignments.
    """
    notes = []
    if len(tasks) > 1 and not any(database.rows("TASKPRED")):
        notes.append(NO_RELATIONSHIPS)
    working = [row for row in rows if any(_is_above_zero(row.get(name)) for name in WORK)]
    if working and not any(database.rows("TASKRSRC")):
        first = working[0].get("task_code") or working[0].get("task_id")
        who = counted(len(working), "task has", "tasks have")
        notes.append(
            f"the file has no assignments, although {who} work by resources ({first} first): their costs are missing"
        )
    used = any(row.get("rsrc_id") and row.get("task_id") in tasks for row in database.rows("TASKRSRC"))
    if used and not any(database.rows("RSRCRATE")):
        notes.append("the file has no rates of resources: of assignments only stored costs were read")
    for table, key, other, what in REFERENCES:
        there = {row.get(key) for row in database.rows(other)}
        named = rows if table == "TASK" else [row for row in database.rows(table) if row.get("task_id") in tasks]
        lost = sorted({row.get(key) for row in named} - there - {""})
        if lost:
            notes.append(f"{what} that tasks name are not in the file: {len(lost)}, {lost[0][:40]} first")
    return notes


def _is_above_zero(text: str) -> bool:
    try:
        return float(text.replace(",", ".")) > 0
    except ValueError:
        return False
