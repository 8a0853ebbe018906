"""Calendars of an imported schedule as the scenario format writes them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from riskengine.importers.neutral import ImportedCalendar, Interval
from riskengine.importers.to_scenario.naming import Names, line
from riskengine.importers.worktime import merged

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_RANGE: Final = 3660
MOST_SHIFTS: Final = 48


def calendar_tables(calendars: Mapping[str, ImportedCalendar], used: set[str], names: Names) -> dict[str, Any]:
    """Return the tables of the calendars in use, and their ids by the schedule's own, both in the order of the file.

    Returns
    -------
    dict
        ``tables`` and ``ids``.
    """
    tables: dict[str, Any] = {}
    ids: dict[str, str] = {}
    for key, calendar in calendars.items():
        if key not in used:
            continue
        ids[key] = id = names.add(calendar.name or key, f"calendar-{key}")
        table: dict[str, Any] = {}
        if line(calendar.name) not in ("", id):
            table["name"] = line(calendar.name)
        week = [merged(shifts)[:MOST_SHIFTS] for shifts in calendar.week]
        table["week"] = _week(week)
        table["hours_per_day"] = calendar.hours_per_day
        differing = {
            day: merged(shifts)[:MOST_SHIFTS]
            for day, shifts in sorted(calendar.exceptions.items())
            if merged(shifts) != week[day.weekday()]
        }
        table["holidays"] = _ranges(day for day, shifts in differing.items() if not shifts) or None
        worked = {day.isoformat(): _shifts(shifts) for day, shifts in differing.items() if shifts}
        table["exceptions"] = worked or None
        tables[id] = table
    return {"tables": tables, "ids": ids}


def _week(week: list[list[Interval]]) -> str | list[str]:
    """Return the patterns of a week, days with the same shifts together."""
    patterns: list[str] = []
    done: set[int] = set()
    for first, shifts in enumerate(week):
        if not shifts or first in done:
            continue
        same = [day for day in range(7) if week[day] == shifts]
        done.update(same)
        patterns.append(f"{_days(same)} {_shifts(shifts)}")
    return patterns[0] if len(patterns) == 1 else patterns


def _days(days: list[int]) -> str:
    """Return days as ranges: ``mon-fri``, ``mon,wed``."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        f"{DAYS[run[0]]}-{DAYS[run[-1]]}" if len(run) > 2 else ",".join(DAYS[d] for d in run) for run in runs
    )


def _shifts(shifts: Iterable[Interval]) -> str:
    return " ".join(f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}" for start, end in shifts)


def _ranges(days: Iterable[date]) -> list[str]:
    """Return dates, neighbours as ranges."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == timedelta(1) and (day - runs[-1][0]).days < LONGEST_RANGE - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return [first.isoformat() if first == last else f"{first}..{last}" for first, last in runs]
