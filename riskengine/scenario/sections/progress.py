"""Reading progress: actual dates, what remains, when work resumes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from riskengine.errors.counting import first_names
from riskengine.model import AnyEstimate
from riskengine.model.calendar import ELAPSED_UNITS
from riskengine.model.estimate.scaling import scaled
from riskengine.model.format import FORMAT, section
from riskengine.model.pace import LEFT_OF, at_planned_pace
from riskengine.model.task import MILESTONES, SPANS
from riskengine.scenario.sections.work import Work
from riskengine.scenario.text.paths import dotted
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.estimates import is_nothing, read_estimate
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.instants import moment_of
from riskengine.scenario.values.point_defaults import PointDefaults

LEFT: Final = ("remaining", "percent_complete", "resume")
LEFT_KEYS: Final = frozenset({"remaining", *LEFT_OF.values()})
DONE: Final = 100.0
MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """What has happened to a task, and what is left of it."""

    actual_start: datetime | None = None
    actual_finish: datetime | None = None
    remaining: AnyEstimate | None = None
    resume: datetime | None = None
    left: AnyEstimate | None = None
    """What is left of work or of a quantity."""


NO_PROGRESS: Final = Progress()
KEYS: Final = frozenset({"actual_start", "actual_finish", *LEFT, *LEFT_OF.values()})
PERCENT: Final = PlainFields(section(FORMAT["tasks"]["percent_complete"]))


def read_progress(fields: Fields, kind: str, duration: AnyEstimate, points: PointDefaults, work: Work) -> Progress:
    """Return the progress of a task, after reporting what is wrong with it.

    Parameters
    ----------
    fields : Fields
        The task.
    kind : str
        Its type: milestones are done when they have happened, and spans have nothing left.
    duration : Estimate
        The whole work, which a percentage is of.
    points : PointDefaults
        Shape of a list of points.
    work : Work
        What there is to do, where that is no time.

    Notes
    -----
    A milestone that has one of the two actual dates has both.
    """
    start = moment_of(fields, "actual_start", ends=False)
    finish = moment_of(fields, "actual_finish", ends=True)
    if start is not None and finish is not None and finish < start:
        place = (*fields.place, "actual_finish")
        rule = f"must not be before the actual start, {start.isoformat()}"
        fields.faults.add("RE253", place, fields.data["actual_finish"], rule=rule)
    percent = read_percent(fields)
    key = work.left_key or "remaining"
    remaining = work.left if work.left_key else read_remaining(fields, duration, points)
    resume = moment_of(fields, "resume", ends=False)
    is_started, is_finished = "actual_start" in fields.data, "actual_finish" in fields.data
    if kind in SPANS:
        refuse(fields, "RE246", LEFT)
        return Progress(start, finish)
    if kind in MILESTONES:
        is_over = is_started or is_finished
        refuse(
            fields, "RE257" if is_over else "RE256", unfit(fields, key, DONE if is_over else 0.0, percent, remaining)
        )
        return Progress(start or finish, finish or start)
    if is_finished:
        if not is_started:
            fields.faults.add("RE254", (*fields.place, "actual_start"))
        refuse(fields, "RE257", unfit(fields, key, DONE, percent, remaining))
        return Progress(start, finish)
    if not is_started:
        refuse(fields, "RE256", unfit(fields, key, 0.0, percent, None))
        return NO_PROGRESS
    if key not in fields.data:
        if LEFT_KEYS.isdisjoint(fields.data) and "percent_complete" not in fields.data:
            rule = f"a started task must have {key} or percent_complete"
            fields.faults.add("RE255", (*fields.place, "actual_start"), rule=rule)
        elif percent is not None:
            remaining = scaled(work.amount if work.left_key else duration, DONE - percent, DONE)
    if remaining is None or not work.left_key:
        return Progress(start, None, remaining, resume)
    return Progress(start, None, at_planned_pace(remaining, work.paces), resume, remaining)


def percent_hint(tables: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence where tasks are under way by less than one percent, and nothing says that it is meant.

    Parameters
    ----------
    tables : mapping
        The tasks of a document without faults.
    """
    few = [
        f"tasks.{dotted((key,))}.percent_complete ({table['percent_complete']:g})"
        for key, table in sorted(tables.items())
        if LEFT_KEYS.isdisjoint(table) and 0 < table.get("percent_complete", 0) < 1
    ]
    if few:
        yield f"RE590 50 is one half, and these are less than one percent: {first_names(few, MOST_NAMED)}"


def read_percent(fields: Fields) -> float | None:
    """Return the share of the work that is done, in percent."""
    value = fields.data.get("percent_complete")
    if isinstance(value, str):
        place = (*fields.place, "percent_complete")
        cure = "write 50 % as 50" if value.strip().endswith("%") else ""
        fields.faults.add("RE113", place, value, rule="must be a number", cure=cure)
        return None
    percent: float | None = PERCENT.values(fields)["percent_complete"]
    return percent


def read_remaining(fields: Fields, duration: AnyEstimate, points: PointDefaults) -> AnyEstimate | None:
    """Return what is left of the work; it is elapsed time where the duration is."""
    if "remaining" not in fields.data:
        return None
    value, place = fields.data["remaining"], (*fields.place, "remaining")
    remaining = read_estimate(value, place, fields.faults, "duration", points)
    if remaining is None or is_nothing(remaining) or is_nothing(duration):
        return remaining
    if (remaining.unit in ELAPSED_UNITS) != (duration.unit in ELAPSED_UNITS):
        rule = "duration and remaining must both be working time, or both elapsed"
        fields.faults.add("RE210", place, value, rule=rule)
    return remaining


def unfit(fields: Fields, key: str, done: float, percent: float | None, remaining: AnyEstimate | None) -> list[str]:
    """Return the keys that say that a task which is done, or has not begun, is under way; ``key`` says what is left."""
    unfit_keys = []
    if key in fields.data and (remaining is None or not is_nothing(remaining)):
        unfit_keys.append(key)
    if percent is not None and percent != done:
        unfit_keys.append("percent_complete")
    if "resume" in fields.data:
        unfit_keys.append("resume")
    return unfit_keys


def refuse(fields: Fields, code: str, keys: Iterable[str]) -> None:
    """Report keys that a task cannot have."""
    for key in keys:
        if key in fields.data:
            fields.faults.add(code, (*fields.place, key), fields.data[key])
