"""For how long days have to be drawn that calendars may lose: the calendars of a pessimist."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import ceil, log, sqrt

import numpy as np
from numpy.typing import NDArray

from riskengine.model import Calendar
from riskengine.plan.time.calendar import DAY_SECONDS, CalendarTable

LOG_OF_NEVER = 34.5
"""Minus the logarithm of a chance that is as good as none: 1e-15."""
MOST_SLOWING = 0.8
"""Part of the working days to be expected without which a pessimist reckons, at the most."""


def chances_of(calendar: Calendar) -> NDArray[np.float64]:
    """Return the chance that a day is lost, by month."""
    return np.zeros(12) if calendar.lost is None else np.array(calendar.lost.chances)


def pessimistic(table: CalendarTable, calendar: Calendar, first: int, work_days: float) -> CalendarTable:
    """Return a calendar's table with so many days lost that it is as good as certain that no iteration loses more.

    Parameters
    ----------
    first : int
        The first day that may be lost, in days after the origin.
    work_days : float
        Working days that have to be worked.

    Notes
    -----
    Of ``k`` days to be expected open, at least ``(1 - d) k`` are, but for a chance below exp(-d d k / 2) (Chernoff).
    Days in spells count for as many fewer as their variance is larger.
    The share that is left is taken evenly: a day is open where the sum of shares passes a whole number.
    """
    if not calendar.loses_days:
        return table
    slowing = min(MOST_SLOWING, sqrt(2 * LOG_OF_NEVER * clustering(calendar) / max(work_days, 1.0)))
    day_ticks = DAY_SECONDS // table.tick
    start, end = _cut_at_midnight(table)
    day = start // day_ticks
    days = np.unique(day)
    chance = chances_of(calendar)[month_of(table.origin, days)]
    share = np.where(days < first, 1.0, np.where(chance > 0, (1 - chance) * (1 - slowing), 1.0))
    total = np.cumsum(share)
    is_open = np.zeros(table.days + 2, bool)
    is_open[days] = np.floor(total + 1e-9) > np.floor(total - share + 1e-9)
    return replace(
        table,
        start=start[is_open[day]],
        end=end[is_open[day]],
        before=np.concatenate(([0], np.cumsum((end - start)[is_open[day]]))),
    )


def _cut_at_midnight(table: CalendarTable) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the working intervals of a calendar, those that go over midnight in pieces."""
    midnight = np.arange(1, table.days, dtype=np.int64) * (DAY_SECONDS // table.tick)
    row = np.maximum(np.searchsorted(table.start, midnight, side="right") - 1, 0)
    inside = midnight[(table.start[row] < midnight) & (midnight < table.end[row])]
    return np.sort(np.concatenate((table.start, inside))), np.sort(np.concatenate((table.end, inside)))


def month_of(origin: date, days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the months, 0 to 11, of days after an origin."""
    return (np.datetime64(origin) + days).astype("datetime64[M]").astype(np.int64) % 12


def clustering(calendar: Calendar) -> float:
    """Return by how much spells raise the variance of the number of days that are lost, 1 without."""
    if calendar.lost is None or calendar.lost.spell is None:
        return 1.0
    goes_on = 1 - 1 / calendar.lost.spell
    begins = [chance / (1 - chance) / calendar.lost.spell for chance in calendar.lost.chances if 0 < chance < 1]
    correlation = max([goes_on - each for each in begins], default=0.0)
    return max(1.0, (1 + correlation) / (1 - correlation))


def days_to_spare(calendars: Sequence[Calendar]) -> int:
    """Return how many days more are as good as sure to hold a day that is not lost, whichever calendar is asked."""
    lost = [each.lost for each in calendars if each.lost is not None]
    chances = [chance for each in lost for chance in each.chances if 0 < chance < 1]
    chances += [1 - 1 / each.spell for each in lost if each.spell is not None and each.spell > 1]
    # five working days of seven, or one of seven at the least
    return 0 if not chances else 366 + ceil(LOG_OF_NEVER / -log(max(chances))) * 7
