"""Data of finished work that look as if nobody had written down what happened."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from riskengine.calibration.finished_item import FinishedItem
from riskengine.importers.items.dates import Instant
from riskengine.model.bulk_closing import FEWEST_SURE, may_be_closed_in_bulk

MOST_EXACT: Final = 0.25
"""Share of items that took exactly what was estimated from which they look copied."""

BEYOND: Final = 10.0
"""Times the estimate, or parts of it, from which a unit may be mistaken."""

EXACTLY_ONE: Final = "took exactly the estimate, to the last digit: was it copied?"
IN_BULK: Final = "finished on one day: closed in bulk, not when they were done"
BACKWARDS: Final = "finished before they were created"
FAR_OFF: Final = "took ten times the estimate, or a tenth of it: is the unit right?"


class Dates(NamedTuple):
    """When an item was created and finished; None where the table does not say it, or nobody can tell what it says."""

    created: Instant | None
    finished: Instant | None


def suspicions(items: Sequence[FinishedItem], dates: Mapping[str, Dates]) -> dict[tuple[str, str], list[str]]:
    """Return the ids of items whose data look wrong, by team and what is suspicious."""
    teams: defaultdict[str, list[FinishedItem]] = defaultdict(list)
    for item in items:
        teams[item.team].append(item)
    ids: dict[tuple[str, str], list[str]] = {}
    for team, members in teams.items():
        exactly = [item.id for item in members if item.actual == item.estimate]
        if len(exactly) > MOST_EXACT * len(members):
            ids[team, EXACTLY_ONE] = exactly
        days = {item.id: day(finished) for item in members if (finished := dates[item.id].finished) is not None}
        for fullest, count in Counter(days.values()).most_common(1):
            if count >= FEWEST_SURE and may_be_closed_in_bulk(count, len(members)):
                ids[team, f"{IN_BULK} ({fullest})"] = [item for item, of_item in days.items() if of_item == fullest]
        backwards = [item.id for item in members if is_backwards(dates[item.id])]
        if backwards:
            ids[team, BACKWARDS] = backwards
        far = [item.id for item in members if not 1 / BEYOND < item.actual / item.estimate < BEYOND]
        if far:
            ids[team, FAR_OFF] = far
    return ids


def day(moment: Instant | None) -> date | None:
    """Return the day of an instant."""
    return moment.date() if isinstance(moment, datetime) else moment


def is_backwards(dates: Dates) -> bool:
    """Return whether an item was finished before it was created, by day, or by time where both have one."""
    created, finished = dates.created, dates.finished
    if created is None or finished is None:
        return False
    if isinstance(created, datetime) and isinstance(finished, datetime):
        return finished < created
    return day(finished) < day(created)  # type: ignore[operator]
