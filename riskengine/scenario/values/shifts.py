"""Days and shifts as text: ``mon-fri``, ``08:00-12:00``, ``off``."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from riskengine.model import Interval

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHIFT: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
MOST_SHIFTS: Final = 48

Shift = tuple[int, int]
"""Start and end in minutes after midnight; an end at or before the start lies on the next day, 0 is midnight."""


def day_names(text: str) -> list[int] | None:
    """Return the days (0 is Monday) of ``mon``, ``mon-fri``, ``sat,sun``, or None where it is not days."""
    days: list[int] = []
    for part in text.casefold().split(","):
        first, dash, last = part.partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            return None
        start = DAYS.index(first)
        length = (DAYS.index(last) - start) % 7 + 1 if dash else 1
        days += [(start + step) % 7 for step in range(length)]
    return days if len(set(days)) == len(days) else None


def shifts_of(words: Sequence[str]) -> list[Shift] | None:
    """Return the shifts of words such as ``08:00-12:00``, none for ``off``, or None where they are not shifts."""
    if len(words) == 1 and words[0].casefold() == "off":
        return []
    if not 0 < len(words) <= MOST_SHIFTS:
        return None
    shifts = []
    for word in words:
        match = SHIFT.fullmatch(word)
        if match is None:
            return None
        start_hour, start_minute, end_hour, end_minute = map(int, match.groups())
        start, end = start_hour * 60 + start_minute, end_hour * 60 + end_minute
        if start_minute > 59 or end_minute > 59 or start >= 1440 or end > 1440 or start == end:
            return None
        shifts.append((start, end))
    return shifts


def overlap(shifts: Iterable[Shift]) -> str:
    """Return the first two shifts that overlap, as text, or nothing."""
    ordered = sorted(shifts)
    for one, two in pairwise(ordered):
        if two[0] < one[1]:
            return f"{shift_text(one)} and {shift_text(two)}"
    return ""


def joined(shifts: Iterable[Shift]) -> tuple[Interval, ...]:
    """Return sorted intervals, those that touch made one."""
    whole: list[Interval] = []
    for start, end in sorted(shifts):
        if whole and whole[-1][1] == start:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return tuple(whole)


def shift_text(shift: Interval) -> str:
    """Return a shift as ``08:00-12:00``."""
    start, end = shift
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def day_text(shifts: Sequence[Interval]) -> str:
    """Return a day's shifts as text, ``off`` where there are none."""
    return " ".join(shift_text(shift) for shift in shifts) if shifts else "off"
