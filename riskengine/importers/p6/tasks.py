"""Tasks of an XER file: type, durations, progress, constraints and the dates that P6 stored."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, cast

from riskengine.importers.constraints import add_constraint
from riskengine.importers.neutral import ImportedTask, TaskType
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.tables import Row

TYPES: Final = MappingProxyType(
    {
        "TT_Task": "task",
        "TT_Rsrc": "task",
        "TT_Mile": "start milestone",
        "TT_FinMile": "finish milestone",
        "TT_LOE": "level of effort",
        "TT_WBS": "summary",
    }
)
CONSTRAINTS: Final = MappingProxyType(
    {
        "CS_MSO": "SO",
        "CS_MSOA": "SNET",
        "CS_MSOB": "SNLT",
        "CS_MEO": "FO",
        "CS_MEOA": "FNET",
        "CS_MEOB": "FNLT",
        "CS_MANDSTART": "MSO",
        "CS_MANDFIN": "MFO",
        "CS_ALAP": "ALAP",
    }
)
STATUSES: Final = MappingProxyType({"TK_NotStart": "not started", "TK_Active": "started", "TK_Complete": "finished"})
PRIORITIES: Final = MappingProxyType({"PT_Top": 900, "PT_High": 700, "PT_Normal": 500, "PT_Low": 300, "PT_Lowest": 100})


def task_of(row: Row, fields: Fields, calendar: str) -> ImportedTask:
    """Return a task without its relationships, codes, resources and costs.

    Parameters
    ----------
    row : Row
        Its row of TASK.
    fields : Fields
        Where faults go.
    calendar : str
        Calendar of a task that names none.
    """
    code = row.get("task_code")
    uid = row.get("task_id")
    task = ImportedTask(uid, code or uid, row.get("task_name"))
    if not uid:
        fields.fault("RE811", row, "task_id", "")
    if not code:
        fields.note("tasks without an Activity ID are called by their internal numbers", uid)
    task.type = cast(TaskType, fields.choice(row, "task_type", TYPES, "task"))
    task.calendar = row.get("clndr_id") or calendar
    priority = row.get("priority_type")
    task.priority = PRIORITIES.get(priority) if priority != "PT_Normal" else None
    _work(row, fields, task)
    _progress(row, fields, task)
    _constraints(row, fields, task)
    for name in ("early_start", "early_finish", "late_start", "late_finish"):
        setattr(task, name, fields.instant(row, name.replace("finish", "end") + "_date"))
    if task.actual_finish is None and _is_edited(row, fields, task):
        task.is_edited = True
        fields.note(
            "dates of what remains that are not the early or late dates: changed after it was scheduled", task.id
        )
    return task


def _is_edited(row: Row, fields: Fields, task: ImportedTask) -> bool:
    """Whether dates of what remains differ from those beside them: P6 writes the same when it schedules."""
    pairs = (
        (fields.instant(row, "restart_date"), task.early_start),
        (fields.instant(row, "reend_date"), task.early_finish),
        (fields.instant(row, "rem_late_start_date"), task.late_start),
        (fields.instant(row, "rem_late_end_date"), task.late_finish),
    )
    return any(rest is not None and other is not None and rest != other for rest, other in pairs)


def tell_apart(tasks: Iterable[ImportedTask], fields: Fields) -> None:
    """Give tasks an Activity ID of their own where another one has theirs: relationships go by it."""
    every = list(tasks)
    used_ids = {task.id for task in every}
    last_number: dict[str, int] = {}
    for task in every:
        code = task.id
        if code not in last_number:
            last_number[code] = 1
            continue
        while task.id in used_ids:
            last_number[code] += 1
            task.id = f"{code}-{last_number[code]}"
        used_ids.add(task.id)
        fields.note("an Activity ID that another task has was changed", f"{code} is {task.id}")


def _work(row: Row, fields: Fields, task: ImportedTask) -> None:
    """Read durations: of work that has not begun P6 schedules what remains, whatever was planned."""
    planned, remaining = fields.hours(row, "target_drtn_hr_cnt"), fields.hours(row, "remain_drtn_hr_cnt")
    if "milestone" in task.type:
        if planned or remaining:
            fields.note("a milestone with a duration: it has none here", task.id)
        return
    status = row.get("status_code")
    if planned is None and remaining is None and task.type == "task" and status != "TK_Complete":
        fields.fault("RE812", row, "remain_drtn_hr_cnt", task.id)
    if status in ("TK_Active", "TK_Complete"):
        task.hours = planned if planned is not None else remaining or 0.0
        task.remaining_hours = (remaining if remaining is not None else planned) if status == "TK_Active" else None
        return
    task.hours = remaining if remaining is not None else planned or 0.0
    if planned is not None and remaining is not None and planned != remaining and task.type == "task":
        fields.note("not started, but what remains is not what was planned: what remains was taken", task.id)


def _progress(row: Row, fields: Fields, task: ImportedTask) -> None:
    """Read the status and the actual dates, and make them consistent."""
    status = fields.choice(row, "status_code", STATUSES, "not started")
    start, finish = fields.instant(row, "act_start_date"), fields.instant(row, "act_end_date")
    if status == "not started":
        if start is not None or finish is not None:
            fields.note("not started, with actual dates: they were left out", task.id)
        return
    if status == "finished":
        if finish is None and "milestone" not in task.type:
            finish = fields.instant(row, "early_end_date")
            fields.note("finished without an actual finish: its early finish was taken", task.id)
        finish = finish or start
        start = start or finish
        if start is None or finish is None:
            fields.fault("RE813", row, "act_end_date", task.id)
            return
        if start > finish:
            fields.note("finished before it started: the actual finish was taken for both", task.id)
            start = finish
        task.actual_start, task.actual_finish = start, finish
        return
    if start is None:
        start = fields.instant(row, "early_start_date")
        fields.note("in progress without an actual start: its early start was taken", task.id)
    if start is None:
        fields.fault("RE813", row, "act_start_date", task.id)
        return
    task.actual_start = start
    if finish is not None:
        fields.note("in progress, with an actual finish: it was left out", task.id)
    if "milestone" in task.type:
        task.actual_finish = start
        return
    suspended, resumed = fields.instant(row, "suspend_date"), fields.instant(row, "resume_date")
    task.resume = resumed if suspended is not None else None
    if resumed is not None and suspended is None:
        fields.note("a date to resume of work that was not suspended: it was left out", task.id)
    if suspended is not None and resumed is None:
        fields.note("suspended, with no date to resume: its work goes on at the data date", task.id)


def _constraints(row: Row, fields: Fields, task: ImportedTask) -> None:
    """Read the primary and the secondary constraint."""
    for suffix in ("", "2"):
        kind = row.get(f"cstr_type{suffix}")
        if not kind:
            continue
        name = CONSTRAINTS.get(kind)
        if name is None:
            fields.note(f"a constraint of type {kind[:40]!r} is not known and was left out", task.id)
            continue
        date = fields.instant(row, f"cstr_date{suffix}")
        if name != "ALAP" and date is None:
            fields.note("a constraint without a date was left out", task.id)
            continue
        if not add_constraint(task, name, None if name == "ALAP" else date):
            fields.note(f"a constraint {name} contradicts the one before it and was left out", task.id)
