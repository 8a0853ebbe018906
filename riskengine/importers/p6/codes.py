"""The WBS and the activity codes of an XER file: dotted codes and tags of tasks."""

from collections.abc import Iterable, Mapping
from typing import Final

from riskengine.importers.neutral import ImportedTask
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.tables import Database, Row

DEEPEST: Final = 64
LONGEST: Final = 200
LONGEST_CODE: Final = 500


def wbs_codes(rows: Iterable[Row], separator: str) -> dict[str, str]:
    """Return the dotted code of every WBS element of a project by its key, the project's own element first.

    Points within an element's own code become dashes, so that a code above is always a prefix. `separator` is what the
    project shows between levels.
    """
    elements = {row.get("wbs_id"): row for row in rows}
    codes: dict[str, str] = {}
    for key in elements:
        path: list[str] = []
        here = key
        while here in elements and here not in codes and here not in path and len(path) < DEEPEST:
            path.append(here)
            here = elements[here].get("parent_wbs_id")
        above = codes.get(here, "")
        for step in reversed(path):
            short_name = (elements[step].get("wbs_short_name") or step)[:LONGEST]
            short_name = (
                short_name if separator == "." else short_name.replace(separator, "-") if separator else short_name
            )
            above = f"{above}.{short_name.replace('.', '-')}" if above else short_name.replace(".", "-")
            codes[step] = above = above[:LONGEST_CODE]
    return codes


def tag_tasks(database: Database, tasks: Mapping[str, ImportedTask], fields: Fields) -> None:
    """Give tasks their activity codes as tags ``Type=Value``."""
    types = {row.get("actv_code_type_id"): row.get("actv_code_type") for row in database.rows("ACTVTYPE")}
    values: dict[str, str] = {}
    for row in database.rows("ACTVCODE"):
        kind = types.get(row.get("actv_code_type_id"), "") or row.get("actv_code_type_id")
        name = row.get("short_name") or row.get("actv_code_name") or row.get("actv_code_id")
        values[row.get("actv_code_id")] = f"{kind}={name}" if kind else name
    task_tags: set[tuple[str, str]] = set()
    for row in database.rows("TASKACTV"):
        task = tasks.get(row.get("task_id"))
        if task is None:
            continue
        tag = values.get(row.get("actv_code_id"))
        if tag is None:
            fields.note("an activity code that is not in the file was left out", task.id)
        elif (task.uid, tag) not in task_tags:
            task_tags.add((task.uid, tag))
            task.tags.append(tag)
