"""Tasks, relationships, resources and assignments of Microsoft Project XML, as the file has them."""

from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from riskengine.importers.msproject.calendars import NO_CALENDAR
from riskengine.importers.neutral import LagUnit, UserValue
from riskengine.importers.xml.fields import Fields
from riskengine.importers.xml.stream import Element

MOST_TASKS = 100_000
MOST_RELATIONSHIPS = 800_000
MOST_ASSIGNMENTS = 500_000
MOST_RESOURCES = 100_000
LARGEST_RECORDS = 400_000_000
"""Bytes of memory that the records of a file, with what is made of them, may take."""

TASK_BYTES, RELATIONSHIP_BYTES, OTHER_BYTES = 3_600, 400, 300
"""Bytes that a task, a relationship, and anything else of a task or an assignment takes beside its texts: measured."""

ELAPSED_FORMATS = frozenset((4, 6, 8, 10, 12, 36, 38, 40, 42, 44))
"""Codes of DurationFormat and LagFormat for elapsed minutes to months; those from 35 on are estimated."""
PERCENT_FORMATS = frozenset((19, 51))
ELAPSED_PERCENT_FORMATS = frozenset((20, 52))
FORMATS = frozenset(range(3, 13)) | frozenset(range(35, 45)) | frozenset((19, 20, 21, 51, 52, 53))
FIXED_DURATION = 1
WORK, MATERIAL, COST = 1, 0, 2
Kind = Literal["FS", "SS", "FF", "SF"]
RELATIONSHIP_TYPES: MappingProxyType[int, Kind] = MappingProxyType({0: "FF", 1: "FS", 2: "SF", 3: "SS"})
CONSTRAINTS = ("", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT")
ON_FINISHES = frozenset(("MFO", "FNET", "FNLT"))
MONEY = 100.0
"""Costs stand in hundredths of the currency's unit, rates in whole ones."""


class Baseline(NamedTuple):
    """When a task was to begin and end."""

    start: datetime | None
    finish: datetime | None


@dataclass(slots=True)
class RelationshipRecord:
    """A relationship into a task."""

    predecessor: str
    type: Kind
    lag: float
    unit: LagUnit
    project: str
    line: int


@dataclass(slots=True)
class TaskRecord:
    """A task as the file has it; hours as in its fields, ``summary`` and ``wbs`` from its place in the outline."""

    uid: str
    row: str
    line: int
    name: str = ""
    level: int = 1
    type: int = 0
    calendar: str = ""
    hours: float = 0.0
    has_duration: bool = True
    remaining: float | None = None
    actual_hours: float | None = None
    work: float | None = None
    percent: float = 0.0
    priority: int | None = None
    constraint: str = ""
    constraint_date: datetime | None = None
    deadline: datetime | None = None
    start: datetime | None = None
    finish: datetime | None = None
    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    manual_start: datetime | None = None
    resume: datetime | None = None
    stop: datetime | None = None
    fixed_cost: float | None = None
    cost: float | None = None
    actual_cost: float | None = None
    remaining_cost: float | None = None
    owner: str = ""
    delay: float = 0.0
    is_active: bool = True
    is_manual: bool = False
    is_milestone: bool = False
    is_elapsed: bool = False
    is_external: bool = False
    is_subproject: bool = False
    is_blind_to_resources: bool = False
    relationships: list[RelationshipRecord] = field(default_factory=list)
    baselines: dict[int, Baseline] = field(default_factory=dict)
    user_values: dict[str, UserValue] = field(default_factory=dict)
    is_summary: bool = False
    wbs: str = ""
    parent: int = -1


@dataclass(slots=True)
class ResourceRecord:
    """A resource; material and cost resources have no working time. ``rates`` are those of its other rate tables."""

    uid: str
    name: str
    type: int
    capacity: float | None
    rate: float | None
    calendar: str
    overtime_rate: float | None = None
    cost_per_use: float | None = None
    rates: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class AssignmentRecord:
    """Work of a resource on a task; ``rate_table`` is the rate table that it is priced by, 0 as a rule."""

    task: str
    resource: str
    units: float
    work: float | None
    remaining_work: float | None
    cost: float | None
    remaining_cost: float | None
    overtime: float = 0.0
    rate_table: int = 0


def is_elapsed(format: int) -> bool:
    """Whether a code of DurationFormat or LagFormat counts time around the clock."""
    return format in ELAPSED_FORMATS


def read_task(record: Element, fields: Fields) -> TaskRecord | None:
    """Return a ``Task``, or None for an empty row."""
    uid = fields.required(record, "UID")
    if fields.flag(record, "IsNull") or not uid:
        return None
    task = TaskRecord(uid, record.get("ID"), record.line, record.get("Name"))
    task.level = fields.integer(record, "OutlineLevel", 0 if uid == "0" else 1)
    kind = record.get("Type")
    # Some writers put words here; only "fixed duration" makes a difference.
    task.type = fields.integer(record, "Type") if kind.lstrip("-").isdigit() else int("duration" in kind.lower())
    calendar = record.get("CalendarUID")
    task.calendar = "" if calendar in NO_CALENDAR else calendar
    format = fields.integer(record, "DurationFormat", 7)
    task.is_elapsed = is_elapsed(format)
    task.is_manual = fields.flag(record, "Manual")
    _read_durations(task, record, fields)
    task.percent = fields.number(record, "PercentComplete") or 0.0
    if not 0 <= task.percent <= 100:
        fields.fault("RE837", record.get("PercentComplete"), record.line, "Task.PercentComplete")
    priority = fields.side_number(record, "Priority")
    task.priority = 500 if priority is None or not 0 <= priority <= 1000 else int(priority)
    constraint = fields.integer(record, "ConstraintType")
    if 0 <= constraint < len(CONSTRAINTS):
        task.constraint = CONSTRAINTS[constraint]
    else:
        fields.fault("RE837", record.get("ConstraintType"), record.first["ConstraintType"].line, "Task.ConstraintType")
    _read_dates(task, record, fields)
    _read_costs(task, record, fields)
    task.owner = record.get("Contact")
    task.delay = fields.side_number(record, "LevelingDelay") or 0.0
    task.is_active = fields.flag(record, "Active", True)
    task.is_milestone = fields.flag(record, "Milestone")
    task.is_external = fields.flag(record, "ExternalTask")
    task.is_subproject = fields.flag(record, "IsSubproject") or "Project" in record.first
    task.is_blind_to_resources = fields.flag(record, "IgnoreResourceCalendar")
    task.relationships = [
        relationship for child in record.within("PredecessorLink") if (relationship := read_relationship(child, fields))
    ]
    return task


def _read_durations(task: TaskRecord, record: Element, fields: Fields) -> None:
    around_the_clock = task.is_elapsed
    duration = fields.iso_hours(record, "Duration", is_elapsed=around_the_clock)
    if task.is_manual:
        manual = fields.iso_hours(record, "ManualDuration", is_elapsed=around_the_clock)
        duration = duration or manual or duration
    task.hours, task.has_duration = duration or 0.0, duration is not None or bool(record.get("Duration"))
    task.remaining = fields.iso_hours(record, "RemainingDuration", is_elapsed=around_the_clock)
    task.actual_hours = fields.side_hours(record, "ActualDuration", is_elapsed=around_the_clock)
    task.work = fields.side_hours(record, "Work")


def _read_dates(task: TaskRecord, record: Element, fields: Fields) -> None:
    task.constraint_date = fields.instant(record, "ConstraintDate", is_finish=task.constraint in ON_FINISHES)
    task.deadline = fields.instant(record, "Deadline", is_finish=True)
    task.start, task.finish = fields.instant(record, "Start"), fields.instant(record, "Finish", is_finish=True)
    if task.is_manual:
        task.manual_start = fields.instant(record, "ManualStart")
        task.start = task.start or task.manual_start
        task.finish = task.finish or fields.instant(record, "ManualFinish", is_finish=True)
    task.early_start = fields.instant(record, "EarlyStart")
    task.early_finish = fields.instant(record, "EarlyFinish", is_finish=True)
    task.late_start = fields.instant(record, "LateStart")
    task.late_finish = fields.instant(record, "LateFinish", is_finish=True)
    task.actual_start = fields.instant(record, "ActualStart")
    task.actual_finish = fields.instant(record, "ActualFinish", is_finish=True)
    task.resume, task.stop = fields.instant(record, "Resume"), fields.instant(record, "Stop")
    for baseline in record.within("Baseline"):
        dates = Baseline(fields.instant(baseline, "Start"), fields.instant(baseline, "Finish", is_finish=True))
        task.baselines.setdefault(fields.integer(baseline, "Number"), dates)


def _read_costs(task: TaskRecord, record: Element, fields: Fields) -> None:
    task.fixed_cost, task.cost = _money(record, "FixedCost", fields), _money(record, "Cost", fields)
    task.actual_cost = _money(record, "ActualCost", fields)
    task.remaining_cost = _money(record, "RemainingCost", fields)


def _money(record: Element, tag: str, fields: Fields) -> float | None:
    value = fields.side_number(record, tag)
    return None if value is None else value / MONEY


def read_relationship(record: Element, fields: Fields) -> RelationshipRecord | None:
    """Return a ``PredecessorLink``: its lag in hours, or in percent of the predecessor's duration."""
    predecessor = fields.required(record, "PredecessorUID")
    code = fields.integer(record, "Type", 1)
    if code not in RELATIONSHIP_TYPES:
        fields.fault("RE837", record.get("Type"), record.first["Type"].line, "PredecessorLink.Type")
        return None
    format = fields.integer(record, "LagFormat", 7)
    is_iso = record.get("LinkLag").lstrip("+-").startswith("P")
    lag = 0.0 if is_iso else fields.number(record, "LinkLag") or 0.0
    unit: LagUnit = "h"
    if format not in FORMATS:
        fields.fault("RE837", record.get("LagFormat"), record.first["LagFormat"].line, "PredecessorLink.LagFormat")
    elif is_iso:
        # Some writers put a duration where a number of tenths of a minute belongs.
        unit = "eh" if is_elapsed(format) else "h"
        lag = fields.iso_hours(record, "LinkLag", is_elapsed=unit == "eh", may_be_negative=True) or 0.0
    elif format in PERCENT_FORMATS or format in ELAPSED_PERCENT_FORMATS:
        unit = "%" if format in PERCENT_FORMATS else "e%"
    else:
        # Tenths of a minute, whatever the format says; the format only tells working from elapsed time.
        lag, unit = lag / 600, "eh" if is_elapsed(format) else "h"
    project = record.get("CrossProjectName") or ("?" if fields.flag(record, "CrossProject") else "")
    return (
        RelationshipRecord(predecessor, RELATIONSHIP_TYPES[code], lag=lag, unit=unit, project=project, line=record.line)
        if predecessor
        else None
    )


def read_resource(record: Element, fields: Fields) -> ResourceRecord | None:
    """Return a ``Resource``, or None for an empty row."""
    uid = fields.required(record, "UID")
    if fields.flag(record, "IsNull") or not uid:
        return None
    text = record.get("Type")
    kind = fields.integer(record, "Type", WORK) if text.lstrip("-").isdigit() or not text else WORK
    if fields.flag(record, "IsCostResource"):
        kind = COST
    calendar = record.get("CalendarUID")
    rates = _rates(record, fields)
    standard_rate = fields.side_number(record, "StandardRate")
    return ResourceRecord(
        uid,
        record.get("Name"),
        type=kind,
        capacity=fields.side_number(record, "MaxUnits"),
        rate=rates.get(0) if standard_rate is None else standard_rate,
        calendar="" if calendar in NO_CALENDAR else calendar,
        overtime_rate=fields.side_number(record, "OvertimeRate"),
        cost_per_use=_money(record, "CostPerUse", fields),
        rates=rates,
    )


def _rates(record: Element, fields: Fields) -> dict[int, float]:
    """Return the standard rate of each rate table of a resource, the first where it changes with time."""
    rates: dict[int, float] = {}
    for entry in record.within("Rates", "Rate"):
        rate, table = fields.side_number(entry, "StandardRate"), fields.side_number(entry, "RateTable")
        if rate is not None:
            rates.setdefault(int(table or 0), rate)
    return rates


def read_assignment(record: Element, fields: Fields) -> AssignmentRecord | None:
    """Return an ``Assignment``, or None where it names no resource."""
    resource = record.get("ResourceUID")
    if not resource or resource.startswith("-"):
        return None
    units = fields.side_number(record, "Units")
    return AssignmentRecord(
        fields.required(record, "TaskUID"),
        resource,
        units=1.0 if units is None else units,
        work=fields.side_hours(record, "Work"),
        remaining_work=fields.side_hours(record, "RemainingWork"),
        cost=_money(record, "Cost", fields),
        remaining_cost=_money(record, "RemainingCost", fields),
        overtime=fields.side_hours(record, "OvertimeWork") or 0.0,
        rate_table=int(fields.side_number(record, "CostRateTable") or 0),
    )


def resource_names(resources: dict[str, ResourceRecord]) -> dict[str, str]:
    """Return an id for every resource by its number: its name, with the number where the name is taken or missing."""
    names: dict[str, str] = {}
    used_names: set[str] = set()
    for uid, resource in resources.items():
        if uid == "0" and not resource.name:
            # The row of work that nobody is assigned to.
            continue
        name = resource.name or f"resource {uid}"
        name = f"{name} ({uid})" if name in used_names else name
        used_names.add(name)
        names[uid] = name
    return names
