"""Primavera P6 XER: every project of a file as an imported schedule."""

from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast

from riskengine.errors import ScenarioError
from riskengine.errors.counting import counted
from riskengine.importers.constraints import tighten
from riskengine.importers.neutral import ImportedSchedule, ImportedTask
from riskengine.importers.p6.baseline import read_baseline
from riskengine.importers.p6.calendars import calendars_of
from riskengine.importers.p6.codes import tag_tasks, wbs_codes
from riskengine.importers.p6.costs import assign, follow_resources, resources_of
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.missing_rows import missing_rows
from riskengine.importers.p6.relationships import ENDS, bind_outside, relate_tasks
from riskengine.importers.p6.risks import risks_of
from riskengine.importers.p6.tables import Database, Row, read_tables, refused
from riskengine.importers.p6.tasks import task_of, tell_apart
from riskengine.importers.p6.text import encoding_notes
from riskengine.importers.p6.user_fields import read_user_fields

MOST_WORK: Final = 10
"""Rows times projects, for each character of the file: every project is looked for in every table."""

STUB_LACKS: Final = (
    *("remain_drtn_hr_cnt", "target_drtn_hr_cnt", "early_start_date", "early_end_date"),
    *("act_start_date", "act_end_date", "late_start_date", "late_end_date"),
)
WEEK: Final = timedelta(7)
TOOL: Final = "Primavera P6"
LAG_CALENDARS: Final = MappingProxyType(
    {
        "rcal_Predecessor": "predecessor",
        "rcal_Successor": "successor",
        "rcal_ProjDefault": "project",
        "rcal_24Hour": "24h",
    }
)
FLOATS: Final = MappingProxyType(
    {"FT_FF": "finish", "FT_Fin_Dt": "finish", "FT_SS": "start", "FT_SF": "smallest", "FT_Min": "smallest"}
)


def read_xer(path: Path, encoding: str = "", with_user_fields: bool = False) -> list[ImportedSchedule]:
    """Read every project of an XER file that has tasks.

    Parameters
    ----------
    path : Path
        The file.
    encoding : str
        Its encoding, or empty to find out.
    with_user_fields : bool
        Whether the user fields of tasks are read, too.

    Returns
    -------
    list of ImportedSchedule
        At least one, in the order of the file.

    Raises
    ------
    ScenarioError
        When the file cannot be read, with every fault.
    """
    return schedules_of(read_tables(path, encoding, with_user_fields))


def schedules_of(database: Database) -> list[ImportedSchedule]:
    """Return every project with tasks of tables that may also come from P6 XML."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in database.rows("TASK"):
        rows[row.get("proj_id")].append(row)
    projects = {row.get("proj_id"): row for row in database.rows("PROJECT")}
    if not projects or not rows:
        missing = "no PROJECT" if not projects else "no tasks"
        raise refused("RE807", missing, database.file)
    work = sum(len(table.rows) for table in database.tables.values()) * len(projects.keys() & rows.keys())
    if work > MOST_WORK * database.size:
        raise refused("RE806", f"{counted(len(projects), 'project')} of this size", database.file)
    if stray := sorted(rows.keys() - projects.keys()):
        if len(projects) > 1 or len(stray) > 1:
            database.notes.append(
                f"tasks of {counted(len(stray), 'project that is', 'projects that are')} not in the file were left out"
            )
        elif not rows.keys() & projects.keys():
            rows = defaultdict(list, {next(iter(projects)): rows[stray[0]]})
            database.notes.append(f"tasks name a project {stray[0]} that is not in the file, which has one other")
    stubs = dict.fromkeys(key for key in projects if is_stub(projects[key], rows.get(key, [])))
    with_tasks = [key for key in projects if rows.get(key)]
    # Projects that are names alone are read only where the file has no other.
    wanted = [key for key in with_tasks if key not in stubs] or with_tasks
    schedules: list[ImportedSchedule] = []
    left_out: list[str] = []
    for key in wanted:
        if key in database.baselines:
            continue
        try:
            schedules.append(_schedule(database, key, projects[key], rows[key]))
        except ScenarioError as error:
            # What travels along must not hinder what is wanted.
            if is_own_project(projects[key]) or not any(is_own_project(row) for row in projects.values()):
                raise
            name = projects[key].get("proj_short_name") or key
            left_out.append(f"project {name}, which travels along, could not be read: {error.issues[0].format()}")
    for schedule in schedules:
        schedule.notes += left_out
    if not schedules:
        raise refused("RE807", "no project that has tasks", database.file)
    if stubs:
        names = ", ".join(projects[key].get("proj_short_name") or key for key in list(stubs)[:5])
        for schedule in schedules:
            schedule.notes.append(f"projects of which the file holds names alone, for relationships: {names}")
    return schedules


def is_own_project(project: Row) -> bool:
    """Whether a project was exported for its own sake.

    Baselines travel along as projects of their own, which name the project that they were copied from.
    """
    return project.get("export_flag") != "N" and not project.get("orig_proj_id")


def is_stub(project: Row, rows: list[Row]) -> bool:
    """Whether a file holds nothing of a project but names: the other ends of relationships have no dates, no work."""
    if any(project.get(name) for name in ("last_recalc_date", "plan_start_date", "scd_end_date")):
        return False
    return not any(row.get(name) for row in rows for name in STUB_LACKS)


def _schedule(database: Database, key: str, project: Row, rows: list[Row]) -> ImportedSchedule:
    """Return one project."""
    fields = Fields(database.file)
    name = project.get("proj_short_name") or key
    calendar = project.get("clndr_id")
    tasks: dict[str, ImportedTask] = {}
    for row in rows:
        task = task_of(row, fields, calendar)
        if task.uid in tasks:
            fields.fault("RE811", row, "task_id", task.uid)
        tasks[task.uid] = task
    tell_apart(tasks.values(), fields)
    schedule = ImportedSchedule(TOOL, Path(database.file).name, name, name, datetime.min)
    schedule.default_calendar = calendar
    # Baselines travel along as projects of their own, which name the project that they were copied from.
    schedule.is_main = is_own_project(project) and not is_stub(project, rows)
    schedule.currency = _currency(database)
    _dates(schedule, project, tasks, fields)
    _options(schedule, database, key, project, fields)
    _places(schedule, database, key=key, project=project, rows=rows, tasks=tasks)
    tag_tasks(database, tasks, fields)
    outer = relate_tasks(database, tasks, fields)
    used = {row.get("rsrc_id") for row in database.rows("TASKRSRC") if row.get("task_id") in tasks}
    owners = {row.get("rsrc_id") for row in rows} - {""}
    resources = resources_of(database, fields, schedule.data_date, used | owners)
    assign(database, tasks, resources, fields)
    follow_resources(database, tasks, resources, fields)
    for row in rows:
        if row.get("rsrc_id") in resources:
            tasks[row.get("task_id")].owner = resources[row.get("rsrc_id")].name
    schedule.resources = {key: resource for key, resource in resources.items() if key in used}
    needed = {task.calendar for task in tasks.values()} | {calendar}
    needed |= {resource.calendar for resource in schedule.resources.values()}
    wanted = {row.get(name) for row in outer for name in ENDS}
    needed |= {row.get("clndr_id") for row in database.rows("TASK") if row.get("task_id") in wanted} if outer else set()
    schedule.calendars = calendars_of(database, fields, needed)
    _missing_calendars(schedule, tasks, fields)
    _outside(schedule, database, rows=rows, outer=outer, tasks=tasks, fields=fields, options=_options_of(database, key))
    schedule.risks = risks_of(database, key, tasks, fields)
    read_user_fields(schedule, database, tasks, fields)
    read_baseline(database, key, project, tasks, fields)
    schedule.tasks = list(tasks.values())
    fields.raise_faults()
    schedule.notes = [*database.notes, *missing_rows(database, tasks, rows), *fields.notes()]
    has_names = any(not task.name.isascii() for task in schedule.tasks)
    schedule.notes += encoding_notes(database.decoding, has_names) if database.decoding is not None else []
    return schedule


def _currency(database: Database) -> str:
    """Return the base currency, in which P6 exports every amount: the last word of the header."""
    named = database.header[8].strip() if len(database.header) > 8 else ""
    return named or next((row.get("curr_short_name") for row in database.rows("CURRTYPE")), "")


def _dates(schedule: ImportedSchedule, project: Row, tasks: dict[str, ImportedTask], fields: Fields) -> None:
    """Read the dates of the project."""
    start, status = fields.instant(project, "plan_start_date"), fields.instant(project, "last_recalc_date")
    if status is None:
        dates = [date for task in tasks.values() for date in (task.actual_start, task.early_start) if date is not None]
        status = start or min(dates, default=None)
        fields.note("the project has no data date: its start was taken", schedule.id)
        if status is None:
            fields.fault("RE814", project, "last_recalc_date", "")
    schedule.data_date = status
    schedule.start = start or status or datetime.min
    if start is not None and status is not None and start > status:
        _begin(schedule, start, tasks, fields)
    schedule.must_finish = fields.instant(project, "plan_end_date")
    finish = fields.instant(project, "scd_end_date")
    last = max((task.early_finish for task in tasks.values() if task.early_finish is not None), default=None)
    latest = max((task.late_finish for task in tasks.values() if task.late_finish is not None), default=None)
    # A file with a part of the tasks keeps the finish of all of them; late dates show whether it was one's own.
    is_own = latest is None or finish is None or latest >= finish - WEEK
    if schedule.must_finish is None and finish is not None and last is not None and last < finish and is_own:
        schedule.must_finish = finish
        fields.note(f"P6 counted float from {finish}, after every task in the file: so does this scenario", "")
    critical = fields.number(project, "critical_drtn_hr_cnt")
    if project.get("critical_path_type") != "CT_DrivPath" and critical is not None:
        schedule.critical_float_hours = critical


def _begin(schedule: ImportedSchedule, start: datetime, tasks: dict[str, ImportedTask], fields: Fields) -> None:
    """Hold back what has not begun until the planned start of the project, which lies after its data date."""
    if not any(task.actual_start for task in tasks.values()):
        fields.note(f"the planned start {start} lies after the data date {schedule.data_date}: it was taken for it", "")
        schedule.data_date = start
        return
    for task in tasks.values():
        if task.actual_start is None and task.type not in ("level of effort", "summary"):
            tighten(task, "SNET", start)
            fields.note("the planned start of the project, after its data date, became a constraint SNET", task.id)


def _options_of(database: Database, key: str) -> Row | None:
    rows = list(database.rows("SCHEDOPTIONS"))
    return next((row for row in rows if row.get("proj_id") == key), None)


def _options(schedule: ImportedSchedule, database: Database, key: str, project: Row, fields: Fields) -> None:
    """Read how P6 was told to schedule."""
    row = _options_of(database, key)
    if row is None:
        fields.note("no scheduling options in the file: those of a new project were taken", "")
        return
    lag = fields.choice(row, "sched_calendar_on_relationship_lag", LAG_CALENDARS, "predecessor")
    schedule.lag_calendar = cast(Literal["predecessor", "successor", "project", "24h"], lag)
    kind = fields.choice(row, "sched_float_type", FLOATS, "finish")
    schedule.float_kind = cast(Literal["finish", "start", "smallest"], kind)
    schedule.open_ends_critical = row.get("sched_open_critical_flag") == "Y"
    schedule.start_lag = "actual start" if row.get("sched_lag_early_start_flag") == "N" else "early start"
    if row.get("sched_progress_override") == "Y":
        schedule.out_of_sequence = "progress override"
    elif row.get("sched_retained_logic") == "N":
        schedule.out_of_sequence = "actual dates"


def _places(
    schedule: ImportedSchedule,
    database: Database,
    key: str,
    project: Row,
    rows: list[Row],
    tasks: dict[str, ImportedTask],
) -> None:
    """Put tasks into the WBS, and name the project by its top."""
    elements = [row for row in database.rows("PROJWBS") if row.get("proj_id") in (key, "")]
    codes = wbs_codes(elements, project.get("name_sep_char"))
    for row in rows:
        tasks[row.get("task_id")].wbs = codes.get(row.get("wbs_id"), "")
    for row in elements:
        code, name = codes.get(row.get("wbs_id"), ""), row.get("wbs_name")
        if code and name and name != row.get("wbs_short_name"):
            schedule.wbs_names[code] = name
    top = next((row for row in elements if row.get("proj_node_flag") == "Y"), None)
    if top is not None and top.get("wbs_name"):
        schedule.name = top.get("wbs_name")


def _missing_calendars(schedule: ImportedSchedule, tasks: dict[str, ImportedTask], fields: Fields) -> None:
    """Put tasks whose calendar is not in the file on the project's."""
    if schedule.default_calendar not in schedule.calendars:
        schedule.default_calendar = next(iter(schedule.calendars), "")
        fields.note("the calendar of the project is not in the file", schedule.default_calendar or "none is")
    for task in tasks.values():
        if task.calendar not in schedule.calendars:
            fields.note("a task whose calendar is not in the file has that of the project", task.id)
            task.calendar = schedule.default_calendar
    for resource in schedule.resources.values():
        if resource.calendar not in schedule.calendars:
            resource.calendar = ""


def _outside(
    schedule: ImportedSchedule,
    database: Database,
    rows: list[Row],
    outer: list[Row],
    tasks: dict[str, ImportedTask],
    fields: Fields,
    options: Row | None,
) -> None:
    """Let other projects bind this one, by external dates and by relationships, unless P6 was told to ignore them."""
    if options is not None and options.get("sched_outer_depend_type") == "SD_None":
        if outer:
            fields.note("P6 was told to ignore relationships with other projects", f"{len(outer)} of them")
        return
    is_expected = options is None or options.get("sched_use_expect_end_flag") != "N"
    for row in rows:
        task = tasks[row.get("task_id")]
        early, late = (fields.instant(row, f"external_{name}_date") for name in ("early_start", "late_end"))
        if early is not None and task.actual_start is None:
            tighten(task, "SNET", early)
            task.external.append(f"external early start {early:%Y-%m-%d %H:%M}")
            fields.note("an external early start became a constraint SNET", task.id)
        if late is not None and task.actual_finish is None:
            tighten(task, "FNLT", late)
            task.external.append(f"external late finish {late:%Y-%m-%d %H:%M}")
            fields.note("an external late finish became a constraint FNLT", task.id)
        if row.get("expect_end_date") and task.actual_finish is None and is_expected:
            fields.note("an expected finish: the remaining duration that P6 made of it was taken", task.id)
    bind_outside(
        outer,
        database,
        tasks=tasks,
        calendars=schedule.calendars,
        fields=fields,
        lag_calendar=schedule.lag_calendar,
        project_calendar=schedule.default_calendar,
    )
