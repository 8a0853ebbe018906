"""A schedule as its own tool stored it, in neutral form: what every reader gives and the scenario is written from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

Interval = tuple[int, int]
"""Minutes after midnight, half-open."""

LagUnit = Literal["h", "eh", "%", "e%"]
"""Working hours, elapsed hours, percent of the predecessor's duration in working or elapsed time."""

FieldKind = Literal["number", "duration", "text", "other"]
"""Plain numbers; working hours; what somebody typed, such as ``5d``; dates, flags and whatever is no length of time."""

TaskType = Literal["task", "milestone", "start milestone", "finish milestone", "level of effort", "summary"]


@dataclass
class ImportedCalendar:
    """Working time: seven days, Monday first, and the dates that differ, both as intervals of minutes."""

    id: str
    name: str
    week: list[list[Interval]]
    exceptions: dict[date, list[Interval]] = field(default_factory=dict)
    hours_per_day: float | None = None


@dataclass
class ImportedRelationship:
    """A relationship into the task that lists it."""

    predecessor: str
    type: Literal["FS", "SS", "FF", "SF"] = "FS"
    lag: float = 0.0
    lag_unit: LagUnit = "h"


@dataclass
class ImportedAssignment:
    """Work of a resource on a task; ``units`` is how many at once, ``cost`` what is still to be spent on it.

    Without ``cost``, the resource's rate counts. Without ``resource``, it is nobody in particular, who costs.
    """

    resource: str
    units: float
    cost: float | None = None


@dataclass
class UserField:
    """A field of the source that its users fill as they like.

    ``name`` is what the tool calls it, ``label`` what the users call it, ``other_names`` further technical names.
    """

    name: str
    label: str = ""
    kind: FieldKind = "number"
    other_names: tuple[str, ...] = ()


@dataclass(slots=True)
class UserValue:
    """What a user field holds for a task, a number or a text, and the line of the file that says so."""

    value: float | str
    line: int | None = None


@dataclass
class ThreePoints:
    """Range of a duration in hours of the same kind as those of its task, and which fields it came from."""

    low: float
    most_likely: float
    high: float
    source: str


@dataclass
class ImportedTask:
    """A task with the dates that its tool computed.

    Hours are working hours of the task's calendar, or elapsed hours where ``is_elapsed``. ``id`` is what people call
    it, unique in the project; ``uid`` is the tool's own key. ``constraints`` are pairs of a type (SNET, SNLT, FNET,
    FNLT, MSO, MFO, SO, FO, ALAP) and an instant. ``wbs`` is the dotted code. ``user_values`` holds what user fields
    say of the task, by their keys in the schedule; ``three_points`` takes the place of the hours that are simulated.
    ``external`` says in a few words each what outside the project binds a date, ``is_edited`` whether stored dates
    contradict each other.
    """

    uid: str
    id: str
    name: str = ""
    wbs: str = ""
    type: TaskType = "task"
    calendar: str = ""
    hours: float = 0.0
    is_elapsed: bool = False
    remaining_hours: float | None = None
    percent_complete: float | None = None
    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    resume: datetime | None = None
    constraints: list[tuple[str, datetime | None]] = field(default_factory=list)
    deadline: date | None = None
    relationships: list[ImportedRelationship] = field(default_factory=list)
    assignments: list[ImportedAssignment] = field(default_factory=list)
    fixed_cost: float | None = None
    actual_cost: float | None = None
    team: str = ""
    owner: str = ""
    tags: list[str] = field(default_factory=list)
    priority: int | None = None
    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    baseline_start: datetime | None = None
    baseline_finish: datetime | None = None
    external: list[str] = field(default_factory=list)
    is_edited: bool = False
    user_values: dict[str, UserValue] = field(default_factory=dict)
    three_points: ThreePoints | None = None


@dataclass
class ImportedResource:
    """A person, team or machine; ``capacity`` in units, ``rate`` in money per unit and hour.

    The cost of a material does not depend on how long the work takes.
    """

    id: str
    name: str = ""
    capacity: float | None = None
    rate: float | None = None
    calendar: str = ""
    is_material: bool = False


@dataclass
class ImportedRisk:
    """A line of a risk register.

    ``impacts`` are what the scenario's risk has: task id, selector or ``project`` to delay or cost to estimate. Where
    they are given, ``delay_days`` and ``cost`` are not.
    """

    id: str
    name: str = ""
    description: str = ""
    owner: str = ""
    status: str = ""
    is_opportunity: bool = False
    probability: float | None = None
    tasks: list[str] = field(default_factory=list)
    delay_days: list[float] | None = None
    cost: list[float] | None = None
    impacts: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class ImportedSchedule:
    """One project of a file.

    ``start`` is the project's start; ``data_date`` the date up to which progress was recorded, where the tool keeps
    one. ``is_main`` is false for projects that are in the file for the sake of others. ``notes`` says what was not
    understood or was simplified, never in silence. ``wbs_names`` says what WBS elements are
    called, by their codes. ``user_fields`` are filled where they were asked for, by keys of
    the reader's own. ``status_date`` is the date up to which progress was recorded by a tool that computes no dates
    from it.
    """

    tool: str
    file: str
    id: str
    name: str
    start: datetime
    data_date: datetime | None = None
    status_date: datetime | None = None
    must_finish: datetime | None = None
    currency: str = ""
    is_main: bool = True
    default_calendar: str = ""
    lag_calendar: Literal["predecessor", "successor", "project", "24h"] = "predecessor"
    out_of_sequence: Literal["retained logic", "progress override", "actual dates"] = "retained logic"
    start_lag: Literal["early start", "actual start"] = "early start"
    float_kind: Literal["finish", "start", "smallest"] = "finish"
    open_ends_critical: bool = False
    has_levelling: bool = False
    critical_float_hours: float = 0.0
    calendars: dict[str, ImportedCalendar] = field(default_factory=dict)
    tasks: list[ImportedTask] = field(default_factory=list)
    resources: dict[str, ImportedResource] = field(default_factory=dict)
    risks: list[ImportedRisk] = field(default_factory=list)
    wbs_names: dict[str, str] = field(default_factory=dict)
    user_fields: dict[str, UserField] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
