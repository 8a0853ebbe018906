"""Baselines of Primavera P6: projects of their own in the file, copied from the one that they belong to."""

from collections.abc import Mapping

from riskengine.errors.counting import share_of
from riskengine.importers.neutral import ImportedTask
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.tables import Database, Row


def read_baseline(
    database: Database, key: str, project: Row, tasks: Mapping[str, ImportedTask], fields: Fields
) -> None:
    """Give the tasks of a project their dates in its baseline.

    Parameters
    ----------
    database : Database
        The file.
    key : str
        Key of the project.
    project : Row
        Its row of PROJECT.
    tasks : mapping
        Its tasks by their keys.
    fields : Fields
        Where faults and notes go.

    Notes
    -----
    The baseline that the project names is taken, else the only one, else the last in the file. Tasks belong
    together by their Activity IDs. As P6 does by default, the planned dates count.
    """
    copies = {row.get("proj_id"): row for row in database.rows("PROJECT") if row.get("orig_proj_id") == key}
    if not copies:
        return
    chosen = project.get("sum_base_proj_id")
    if chosen not in copies:
        chosen = list(copies)[-1]
    name = copies[chosen].get("proj_short_name") or chosen
    by_code = {task.id: task for task in tasks.values()}
    matched = 0
    for row in database.rows("TASK"):
        task = by_code.get(row.get("task_code")) if row.get("proj_id") == chosen else None
        if task is None:
            continue
        matched += 1
        for end, column in (("start", "start"), ("finish", "end")):
            date = next((date for kind in KINDS if (date := fields.instant(row, f"{kind}_{column}_date"))), None)
            setattr(task, f"baseline_{end}", date)
    among = (
        f", the last of {len(copies)} in the file"
        if len(copies) > 1 and project.get("sum_base_proj_id") != chosen
        else ""
    )
    count = share_of(matched, len(tasks), ("task", "tasks"), ("were", "were"))
    fields.note(f"baseline {name}{among}: planned dates of {count} read", "")


KINDS = ("target", "act", "early")
"""Dates of a task in a baseline: the first that is there counts."""
