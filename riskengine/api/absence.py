"""Somebody who is absent for some days, as a change of a scenario."""

import re
from datetime import date
from typing import NamedTuple

from riskengine.errors import UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.model import Scenario
from riskengine.report.text.notation import clean

ABSENCE = re.compile(r"(?P<who>.+?)\s+(?P<first>\d{4}-\d\d-\d\d)\s*\.\.\s*(?P<last>\d{4}-\d\d-\d\d)")


class Absence(NamedTuple):
    """Somebody who is away from one day to another, both of them included."""

    who: str
    first: date
    last: date


def absence_of(text: object) -> Absence:
    """Return an absence that is written as ``ana 2027-05-03..2027-05-24``.

    Raises
    ------
    UsageError
    """
    match = ABSENCE.fullmatch(str(text).strip())
    try:
        if match is None:
            raise ValueError
        first, last = (date.fromisoformat(match[name]) for name in ("first", "last"))
        if last < first:
            raise ValueError
    except ValueError:
        entry = CATALOGUE["RE654"]
        raise UsageError(f"{entry.rule}, got {clean(text)!r}", "RE654", entry.clause) from None
    return Absence(match["who"], first, last)


def changes_of(scenario: Scenario, absence: Absence, number: int) -> dict[str, object]:
    """Return what lets nobody work on the tasks of somebody on the days of an absence, for ``Scenario.changed``.

    Parameters
    ----------
    number : int
        Of the absence, from 1: names the calendars that it takes.

    Raises
    ------
    UsageError
        When no unfinished task has such a resource, owner or team.

    Notes
    -----
    Each such task keeps a calendar of its own: the one it has, with those days off. Calendars that lose days by chance
    go on losing the same ones.
    """
    tasks = {
        name: task
        for name, task in scenario.tasks.items()
        if absence.who in (task.owner, task.team, *task.resources) and not task.is_finished and not task.is_span
    }
    if not tasks:
        entry = CATALOGUE["RE655"]
        raise UsageError(f"{clean(absence.who)!r} has no unfinished task", "RE655", entry.clause)
    days = f"{absence.first}..{absence.last}"
    changes: dict[str, object] = {}
    for name in sorted({task.calendar for task in tasks.values()}):
        calendar = scenario.calendar_named(name)
        document: dict[str, object] = {"extends": name, "holidays": [days]}
        if calendar.loses_days:
            document["lost"] = {"shared_with": calendar.weather}
        changes[f'calendars."{name} absence {number}"'] = document
    changes |= {f'tasks."{name}".calendar': f"{task.calendar} absence {number}" for name, task in tasks.items()}
    return changes
