"""Relationships of an XER file, also those with tasks of other projects."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal, cast

from riskengine.importers.constraints import tighten
from riskengine.importers.neutral import ImportedCalendar, ImportedRelationship, ImportedTask
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.tables import Database, Row, Strangers
from riskengine.importers.worktime import on

TYPES: Final = MappingProxyType({"PR_FS": "FS", "PR_SS": "SS", "PR_FF": "FF", "PR_SF": "SF"})
ENDS: Final = ("pred_task_id", "task_id")
FAR: Final = 40_000
"""Days that a lag may reach at most."""


def relate_tasks(database: Database, tasks: Mapping[str, ImportedTask], fields: Fields) -> list[Row]:
    """Add every relationship to the task it leads to, and return those with tasks of other projects.

    Parameters
    ----------
    database : Database
        The file.
    tasks : mapping
        Tasks of one project by their keys.
    fields : Fields
        Where faults go.
    """
    outer: list[Row] = []
    strangers = Strangers(database)
    for row in database.rows("TASKPRED"):
        successor, predecessor = row.get("task_id"), row.get("pred_task_id")
        task, before = tasks.get(successor), tasks.get(predecessor)
        if task is not None and before is not None:
            if task is before:
                fields.note("a relationship of a task with itself was left out", task.id)
                continue
            kind = fields.choice(row, "pred_type", TYPES, "FS")
            lag = fields.number(row, "lag_hr_cnt", 0.0) or 0.0
            task.relationships.append(ImportedRelationship(before.id, cast(Literal["FS", "SS", "FF", "SF"], kind), lag))
        elif task is not None or before is not None:
            outer.append(row)
        elif successor in strangers and predecessor in strangers:
            fields.note("relationships between tasks that are not in the file were left out", f"line {row.line}")
    return outer


def bind_outside(
    outer: list[Row],
    database: Database,
    tasks: Mapping[str, ImportedTask],
    calendars: Mapping[str, ImportedCalendar],
    fields: Fields,
    lag_calendar: str,
    project_calendar: str,
) -> None:
    """Turn relationships with tasks of other projects into bounds by the dates that these have in the file.

    Where the other task is not in the file, the external dates that P6 stored hold, if it did.
    """
    if not outer:
        return
    wanted = {row.get(name) for row in outer for name in ENDS}
    others = {row.get("task_id"): row for row in database.rows("TASK") if row.get("task_id") in wanted}
    names = {row.get("proj_id"): row.get("proj_short_name") for row in database.rows("PROJECT")}
    for row in outer:
        is_inward = row.get("task_id") in tasks
        task = tasks[row.get("task_id" if is_inward else "pred_task_id")]
        if task.actual_finish is not None or (is_inward and task.actual_start is not None):
            fields.note("a relationship with another project, of work that has begun, was left out", task.id)
            continue
        other = others.get(row.get("pred_task_id" if is_inward else "task_id"))
        task.external.append(_other_end(row, other, is_inward, names))
        if other is None:
            fields.note(
                "a relationship with a task that is not in the file: external dates that P6 stored hold, if any",
                task.id,
            )
            continue
        kind = fields.choice(row, "pred_type", TYPES, "FS")
        hours = fields.number(row, "lag_hr_cnt", 0.0) or 0.0
        first, second = (other.get("clndr_id"), task.calendar) if is_inward else (task.calendar, other.get("clndr_id"))
        chosen = {"predecessor": first, "successor": second, "project": project_calendar}
        calendar = calendars.get(chosen.get(lag_calendar, "")) if hours else None
        if is_inward:
            end = "end" if kind[0] == "F" else "start"
            instant = fields.instant(other, f"act_{end}_date") or fields.instant(other, f"early_{end}_date")
        else:
            instant = fields.instant(other, f"late_{'end' if kind[1] == 'F' else 'start'}_date")
            if other.get("status_code") == "TK_Complete":
                instant = None
        if instant is None:
            fields.note("a relationship with a task without dates in another project was left out", task.id)
            continue
        if is_inward:
            tighten(task, "SNET" if kind[1] == "S" else "FNET", later(instant, hours, calendar))
        else:
            tighten(task, "FNLT" if kind[0] == "F" else "SNLT", later(instant, -hours, calendar))
        fields.note("a relationship with another project became a date, that of its other end in the file", task.id)


def _other_end(row: Row, other: Row | None, is_inward: bool, names: Mapping[str, str]) -> str:
    """Name a relationship with another project by its other end: ``FS from X100 of OTHER``."""
    kind = TYPES.get(row.get("pred_type"), "FS")
    code = other.get("task_code") if other is not None else ""
    key = row.get("pred_proj_id" if is_inward else "proj_id") or (other.get("proj_id") if other is not None else "")
    project = names.get(key) or key
    end = code or "a task that is not in the file"
    return f"{kind} {'from' if is_inward else 'to'} {end}" + (f" of {project}" if project else "")


def later(instant: datetime, hours: float, calendar: ImportedCalendar | None) -> datetime:
    """Return the instant that lies some working hours later, or earlier where they are negative.

    Without a calendar they are hours on the clock.
    """
    hours = max(-FAR * 24.0, min(FAR * 24.0, hours))
    if calendar is None:
        return instant + timedelta(hours=hours)
    left = round(abs(hours) * 60)
    day, minute = instant.date(), instant.hour * 60 + instant.minute
    step = 1 if hours >= 0 else -1
    for _ in range(FAR):
        shifts = on(calendar, day)
        for start, finish in shifts if step > 0 else reversed(shifts):
            span = finish - max(start, minute) if step > 0 else min(finish, minute) - start
            if span <= 0:
                continue
            if span >= left:
                place = max(start, minute) + left if step > 0 else min(finish, minute) - left
                return datetime.combine(day, datetime.min.time()) + timedelta(minutes=place)
            left -= span
        if not date.min < day < date.max:
            break
        day += timedelta(step)
        minute = 0 if step > 0 else 24 * 60
    return instant + timedelta(hours=hours)
