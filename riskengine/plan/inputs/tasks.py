"""What a scenario says of its tasks besides dates and numbers."""

from collections.abc import Sequence
from typing import Any, Final

from riskengine.model import Scenario, Task
from riskengine.model.calendar import CLOCK, ROUND_THE_CLOCK

SEPARATOR: Final = ";"
"""Between the tags of a task."""


def task_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the tasks, sorted by id."""
    tasks = [scenario.tasks[name] for name in sorted(scenario.tasks)]
    return {
        "type": [task.type for task in tasks],
        "owner": [task.owner for task in tasks],
        "tags": [SEPARATOR.join(sorted(tag.replace(SEPARATOR, ",") for tag in task.tags)) for task in tasks],
        "calendar": [calendar_id(task.working_calendar) for task in tasks],
        "progress": [progress_of(task) for task in tasks],
        "percent_complete": [percent_complete(scenario, task) for task in tasks],
        "early_finish_passed_on": [task.early_finish_passed_on for task in tasks],
    }


def calendar_id(name: str) -> str:
    """Return the id of a calendar as a reader of tables knows it: elapsed time is the built-in calendar 24h."""
    return ROUND_THE_CLOCK.id if name == CLOCK else name


def progress_of(task: Task) -> str:
    """Return how far a task is, in words."""
    if task.is_finished:
        return "finished"
    return "in progress" if task.is_started else "not started"


def percent_complete(scenario: Scenario, task: Task) -> float | None:
    """Return what is done of the duration of a task in percent, at plan values; None where nobody can say."""
    if task.is_finished:
        return 100.0
    if not task.is_started:
        return 0.0
    calendar = scenario.calendar_named(task.working_calendar)
    whole = task.duration.plan_value() * calendar.unit_days(task.duration.unit)
    if task.is_span or not whole > 0:
        return None
    return 100.0 * max(0.0, 1.0 - scenario.work_days(task) / whole)
