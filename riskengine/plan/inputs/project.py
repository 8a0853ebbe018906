"""What a scenario says of its project as a whole."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from riskengine.model import ImportSource, Scenario
from riskengine.plan.inputs.changes import changes_in_words
from riskengine.plan.time.calendar import CalendarTable

SECOND: Final = 1
"""Length of a tick [s]."""
DAYS_BEYOND: Final = 8
"""Days of a calendar that are laid out beyond the data date: a week, and one that is under way."""


def project_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the one row about the project."""
    calendar = scenario.calendar_named(scenario.calendar)
    source = scenario.imported or ImportSource()
    return {
        "project": [scenario.project],
        "name": [scenario.name],
        "description": [scenario.description],
        "start": [scenario.first_start],
        "data_date": [scenario.start if scenario.is_data_date else None],
        "days_to_data_date": [days_to_data_date(scenario)],
        "calendar": [scenario.calendar],
        "calendar_name": [calendar.name],
        "hours_per_day": [calendar.hours_per_day],
        "currency": [scenario.currency],
        "changes": [changes_in_words(scenario)],
        "source_tool": [source.tool],
        "source_file": [source.file],
        "source_project": [source.project],
        "source_data_date": [source.data_date],
        "source_status": [source.status],
    }


def days_to_data_date(scenario: Scenario) -> float:
    """Return the working days of the project calendar from the start of the project to its data date.

    Notes
    -----
    The working time between the two, over the hours of a working day: what ``Plan.project_days`` counts in, so that
    days after the data date and these make days after the start.
    """
    first, last = scenario.first_start, scenario.start
    if first >= last:
        return 0.0
    calendar = scenario.calendar_named(scenario.calendar)
    days = DAYS_BEYOND + (last - first).days
    try:
        table = CalendarTable.build(calendar, first.date(), SECOND, days)
    except ValueError:  # nobody works in all that time
        return 0.0
    worked = table.working(np.array([_seconds(last, first)])) - table.working(np.array([_seconds(first, first)]))
    return float(worked[0] / table.day_ticks)


def _seconds(moment: datetime, first: datetime) -> int:
    """Return the seconds from the midnight before one moment to another."""
    return (moment - datetime(first.year, first.month, first.day)) // timedelta(seconds=SECOND)
