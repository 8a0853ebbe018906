"""Tasks of one iteration as bars of characters over time, beside those of the deterministic plan."""

from collections.abc import Sequence
from typing import Any, Final

from riskengine.report.text.layout import INDENT
from riskengine.report.text.notation import clean, day, fit, start_day
from riskengine.results.samples.traced import TracedTask

LABEL: Final = 16
"""Columns of the ids."""
NARROWEST: Final = 20
"""Columns below which no bars are drawn."""
MOST_BARS: Final = 60
PATH, OTHER, PLAN = "#", "=", "."


def bars(tasks: Sequence[TracedTask], path: frozenset[str], width: int) -> list[str]:
    """Return a line for each task; nothing where there is no room, or nothing that lasts.

    Parameters
    ----------
    tasks : sequence of TracedTask
    path : frozenset of str
        Ids of those on the driving path.
    width : int [columns]
    """
    there = [task for task in tasks if task.exists][:MOST_BARS]
    columns = width - LABEL - len(INDENT) - 1
    if columns < NARROWEST or not there:
        return []
    first = min(min(task.start, task.deterministic_start) for task in there)
    last = max(max(task.finish, task.deterministic_finish) for task in there)
    seconds = _seconds(last - first)
    if seconds <= 0:
        return []

    def column(instant: Any) -> int:
        return min(columns - 1, int(_seconds(instant - first) / seconds * columns))

    lines = []
    for task in there:
        cells = [" "] * columns
        planned = (task.deterministic_start, task.deterministic_finish, PLAN)
        for start, finish, stroke in (planned, (task.start, task.finish, PATH if task.id in path else OTHER)):
            for at in range(column(start), column(finish) + 1):
                cells[at] = stroke
        lines.append(f"{INDENT}{fit(clean(task.id), LABEL)} {''.join(cells)}".rstrip())
    begins, finishes = (each.astype("datetime64[us]").item() for each in (first, last))
    ends = [start_day(begins, finishes), day(finishes)]
    rule = f"{INDENT}{' ' * LABEL} {ends[0]}{' ' * max(1, columns - len(ends[0]) - len(ends[1]))}{ends[1]}"
    more = len([task for task in tasks if task.exists]) - len(there)
    key = f"{INDENT}{PATH} driving path  {OTHER} other  {PLAN} plan alone" + (f"; {more} more tasks" if more else "")
    return [rule, *lines, key]


def _seconds(difference: Any) -> float:
    """Return how long a difference of instants is [s]."""
    return float(difference.astype("timedelta64[us]").astype("int64") / 1e6)
