"""Reading what holds for the whole scenario: its name, start, defaults."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from riskengine.model import Constant
from riskengine.model.estimate import LISTED_SHAPES
from riskengine.model.fields import Number
from riskengine.model.format import DEFAULT_SHAPE, FORMAT, SECTIONS
from riskengine.model.scenario import STANDARD
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields, number_within_bounds
from riskengine.scenario.values.estimates import constant, read_working_length
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.instants import moment_of
from riskengine.scenario.values.point_defaults import PERCENTILE_KEYS, PointDefaults, read_percentile

APART: Final = frozenset(
    {
        *("start", "calendar", "minimum_duration", "targets", "schedule", "levelling", "imported", "wbs_names"),
        *SECTIONS,
    }
)
"""Attributes of a scenario that look at others, or are sections."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole scenario; ``plain`` are attributes of it that stand for themselves, by name."""

    plain: Mapping[str, Any]
    start: datetime | None
    is_data_date: bool
    calendar: str
    minimum_duration: Constant | None
    calendars: Collection[str]
    task_points: PointDefaults
    task_calendar: str
    team: str
    task_owner: str
    early_finish_passed_on: float
    risk_points: PointDefaults
    risk_owner: str
    cost_points: PointDefaults


def read_settings(
    document: Mapping[str, Any], calendars: Collection[str], default_project: object, faults: Faults
) -> Settings:
    """Return what holds for the whole scenario.

    Parameters
    ----------
    document : mapping
        The whole document.
    calendars : collection of str
        Ids of the calendars that the file may name.
    default_project : object
        Name of the scenario at the root of the chain of extends.
    faults : Faults
        Where faults go.
    """
    fields = Fields(document, (), faults, FORMAT[""])
    if fields.require("name") and fields.data["name"] == "":
        faults.add("RE112", ("name",), "", rule="must not be empty")
    name = fields.data.get("name")
    project = default_project if isinstance(default_project, str) else name if isinstance(name, str) else ""
    plain = PlainFields(FORMAT[""], apart=APART, defaults={"name": "", "project": project}).values(fields)
    start, is_data_date = read_start(fields)
    check_project_start(plain.get("project_start"), start, is_data_date, faults)
    calendar = named_calendar(fields, "calendar", STANDARD, calendars)
    defaults = Fields(fields.table("defaults"), ("defaults",), faults, FORMAT["defaults"])
    shape = defaults.choice("shape", LISTED_SHAPES, DEFAULT_SHAPE)
    low, high = (read_percentile(defaults.data, key, ("defaults",), faults) for key in PERCENTILE_KEYS)
    if not (low or 0.0) < (1.0 if high is None else high):
        faults.add("RE206", ("defaults", "low_is"), (low, high), rule="low_is must be below high_is")
    task, risk, cost = (
        Fields(defaults.table(key), ("defaults", key), faults, FORMAT[f"defaults.{key}"])
        for key in ("task", "risk", "cost")
    )
    task_points, risk_points, cost_points = (
        PointDefaults(kind.choice("shape", LISTED_SHAPES, shape), low, high) for kind in (task, risk, cost)
    )
    return Settings(
        plain=plain,
        start=start,
        is_data_date=is_data_date,
        calendar=calendar,
        minimum_duration=read_minimum(document, task_points, faults),
        calendars=calendars,
        task_points=task_points,
        task_calendar=named_calendar(task, "calendar", calendar, calendars),
        team=task.text("team"),
        task_owner=task.text("owner"),
        early_finish_passed_on=read_early_finish(task, "defaults.task", 1.0),
        risk_points=risk_points,
        risk_owner=risk.text("owner"),
        cost_points=cost_points,
    )


def read_early_finish(fields: Fields, section: str, default: float) -> float:
    """Return the share of a gain that is passed on, as a table of a section says it."""
    key = "early_finish_passed_on"
    field = FORMAT[section][key].field
    if key not in fields.data or not isinstance(field, Number):
        return default
    return float(number_within_bounds(field, key, fields, default))


def read_minimum(document: Mapping[str, Any], points: PointDefaults, faults: Faults) -> Constant | None:
    """Return the least duration of a task: one length of working time."""
    if "minimum_duration" not in document:
        return constant(0.0, "d")
    value, place = document["minimum_duration"], ("minimum_duration",)
    return read_working_length(value, place, faults, "duration", points)


def named_calendar(fields: Fields, key: str, default: str, calendars: Collection[str]) -> str:
    """Return the calendar that a field names."""
    if key not in fields.data:
        return default
    name = fields.text(key)
    if isinstance(fields.data[key], str) and name not in calendars:
        fields.faults.add("RE234", (*fields.place, key), name, cure=fields.faults.near(name, calendars))
    return name


def check_project_start(
    project_start: datetime | None, start: datetime | None, is_data_date: bool, faults: Faults
) -> None:
    """Refuse a start of the project beside the start of the plan, and one after the data date."""
    place = ("project_start",)
    if project_start is None or start is None:
        return
    if not is_data_date:
        faults.add("RE125", place, project_start, rule="must stand beside data_date", cure="use start")
    elif project_start > start:
        faults.add("RE125", place, project_start, rule="must not be after data_date")


def read_start(fields: Fields) -> tuple[datetime | None, bool]:
    """Return the instant before which no work begins, and whether it is a data date."""
    keys = [key for key in ("start", "data_date") if key in fields.data]
    if len(keys) != 1:
        place = (keys[1],) if keys else ("start",)
        fields.faults.add("RE121", place)
    start: datetime | None = None
    for key in keys:
        start = moment_of(fields, key, ends=False) or start
    return start, keys == ["data_date"]
