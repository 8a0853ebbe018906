"""Days that calendars may lose, as arrays: their streams and their chances."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import NEVER
from riskengine.kernel.contract.lost_days import FIRST_PURPOSE, MOST_DAYS, LostDays
from riskengine.model import Calendar
from riskengine.plan.time.calendar import DAY_SECONDS, CalendarTable
from riskengine.plan.time.calendars import CalendarBook, division
from riskengine.plan.time.horizon import TooLong
from riskengine.plan.time.lost_days import chances_of
from riskengine.plan.variables.variable import stream_keys

MOST_ROWS = 120_000
"""Days and pieces of working time of all calendars that lose days together: 100 MB a thread at the most."""


def compile_lost_days(calendars: CalendarBook, tables: Sequence[CalendarTable], days: int) -> LostDays:
    """Return the days that may be lost, from the project's start on.

    Parameters
    ----------
    calendars : CalendarBook
    tables : sequence of CalendarTable
        Longer than the days that may be lost.
    days : int
        For how many days any may be lost.

    Raises
    ------
    TooLong
        If there are too many.
    """
    if days > MOST_DAYS:
        raise TooLong(f"{days} days that may be lost")
    day_ticks = DAY_SECONDS // calendars.tick
    first = calendars.start // day_ticks
    losing = [number for number, calendar in enumerate(calendars.calendars) if calendar.loses_days]
    number = np.full(len(calendars.calendars), -1, np.int32)
    number[losing] = np.arange(len(losing))
    edges = (first + np.arange(days + 1, dtype=np.int64)) * day_ticks
    work = [tables[each].working(edges) for each in losing]
    piece = [max(1, int(np.median(lengths[lengths > 0]))) if (lengths := np.diff(each)).any() else 1 for each in work]
    pieces = [int(each[-1] - each[0]) // size + 2 for each, size in zip(work, piece, strict=True)]
    if len(losing) * (days + 1) + sum(pieces) > MOST_ROWS:
        raise TooLong(f"{days} days that may be lost on {len(losing)} calendars")
    draws = [
        _draws_of(calendars, calendars.calendars[one], edges, each) for one, each in zip(losing, work, strict=True)
    ]
    return LostDays(
        number=number,
        first=np.array([first], np.int32),
        days=np.full(len(losing), days, np.int32),
        first_work=np.array([each[0] for each in work], np.int32),
        day_division=division(day_ticks),
        piece_division=np.stack([division(size) for size in piece]),
        pieces=np.array(pieces, np.int32),
        offset=np.concatenate(([0], np.cumsum([each.day.size for each in draws]))).astype(np.int32),
        day=np.concatenate([each.day for each in draws]),
        key=np.concatenate([each.key for each in draws]),
        purpose=np.concatenate([each.purpose for each in draws]),
        threshold=np.concatenate([each.threshold for each in draws]),
        threshold_after_lost=np.concatenate([each.threshold_after_lost for each in draws]),
    )


class DayDraws(NamedTuple):
    """What is drawn for one calendar; the fields are those of ``LostDays``."""

    day: NDArray[np.int32]
    key: NDArray[np.uint32]
    purpose: NDArray[np.uint32]
    threshold: NDArray[np.uint64]
    threshold_after_lost: NDArray[np.uint64]


def _draws_of(
    calendars: CalendarBook, calendar: Calendar, edges: NDArray[np.int64], work: NDArray[np.int64]
) -> DayDraws:
    """Return the draws of a calendar that loses days.

    Parameters
    ----------
    edges : (day + 1,) int64 [tick on the clock]
        Midnights.
    work : (day + 1,) int64 [working tick]
        Before each of them.
    """
    dates = np.datetime64(calendars.origin) + edges[:-1] * calendars.tick // DAY_SECONDS
    month = dates.astype("datetime64[M]")
    chance = chances_of(calendar)[month.astype(np.int64) % 12]
    has_spells = calendar.lost is not None and calendar.lost.spell is not None
    # a spell goes on over days that nobody works
    day = np.flatnonzero(np.ones(chance.size, bool) if has_spells else (np.diff(work) > 0) & (chance > 0))
    after_open, after_lost = _chances_after(calendar, chance[day])
    names, of_day = np.unique(month[day], return_inverse=True)
    streams = [f"calendar/{calendar.weather}/{name}" for name in names]
    keys = stream_keys(calendars.scenario.project, streams).reshape(-1, 2)
    return DayDraws(
        day=day.astype(np.int32),
        key=keys[of_day],
        purpose=(FIRST_PURPOSE + (dates - month.astype("datetime64[D]")).astype(np.int64)[day]).astype(np.uint32),
        threshold=_thresholds(after_open),
        threshold_after_lost=_thresholds(after_lost),
    )


def _thresholds(chance: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return the least words at which days are lost."""
    return np.array([round((1.0 - each) * NEVER) for each in chance.tolist()], np.uint64)


def _chances_after(calendar: Calendar, chance: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the chance of each day where the day before was worked, and where it was lost.

    Parameters
    ----------
    chance : (day,) float64
        Of days one after another.

    Notes
    -----
    With spells of L days on average a spell goes on with 1 - 1/L. How often one begins is what is left of the chance of
    the day; so every day has the chance of its month, from one month into the next as well. Where that would take less
    than nothing or more than is there, as many spells end.
    """
    spell = None if calendar.lost is None else calendar.lost.spell
    if spell is None:
        return chance, chance
    before = np.concatenate((chance[:1], chance[:-1]))
    goes_on = np.full(chance.size, 1 - 1 / spell)
    with np.errstate(divide="ignore", invalid="ignore"):
        most_going_on = np.where(before > 0, chance / before, 0.0)
        least_going_on = np.where(before > 0, 1 - (1 - chance) / before, 0.0)
        goes_on = np.clip(goes_on, np.maximum(least_going_on, 0.0), np.minimum(most_going_on, 1.0))
        begins = np.where(before < 1, (chance - before * goes_on) / (1 - before), 0.0)
    begins = np.clip(begins, 0.0, 1.0)
    begins[:1], goes_on[:1] = chance[:1], chance[:1]
    return begins, goes_on
