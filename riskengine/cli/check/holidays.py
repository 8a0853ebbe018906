"""A hint at holidays that end before the work does: what comes later is computed as if there were none."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from riskengine.model import Calendar, Scenario

FEWEST_SPELLS: Final = 3
"""Spells of days off that make a list of holidays, unless they come back."""
SAME_SEASON: Final = timedelta(days=7)
"""A spell comes back that is a year after another, to so many days."""
MOST_NAMED: Final = 3


def holiday_hints(scenario: "Scenario") -> Iterator[str]:
    """Yield a sentence for the calendars of each last day off behind which their work goes on, the code first.

    Parameters
    ----------
    scenario : Scenario
        With its actions in force.

    Notes
    -----
    A holiday comes again every year, or is observed on the next working day. So a list has ended too early where such a
    day, some years after one of its last year, lies within the plan: from its start to its last work on that calendar.
    """
    lists = {name: days for name, days in days_off(scenario).items() if is_list_of_holidays(days, scenario, name)}
    if not lists:
        return
    from riskengine.model.plan_finishes import plan_finishes

    finish: dict[str, date] = {}
    for task, day in plan_finishes(scenario).items():
        name = scenario.tasks[task].calendar if task in scenario.tasks else ""
        finish[name] = max(day, finish.get(name, day))
    ended: dict[date, list[tuple[str, date]]] = {}
    for name, days in lists.items():
        if name not in finish:
            continue
        missed = first_missed(days, scenario.start.date(), finish[name], scenario.calendars[name])
        if missed is not None:
            ended.setdefault(days[-1], []).append((name, missed))
    for last, calendars in sorted(ended.items()):
        yield _sentence(last, calendars, max(finish[name] for name, _ in calendars))


def days_off(scenario: "Scenario") -> dict[str, list[date]]:
    """Return the days of each calendar on which its exceptions leave less work than its week has, in order."""
    return {
        name: sorted(day for day, shifts in each.exceptions.items() if _is_shorter(each, day, shifts))
        for name, each in scenario.calendars.items()
    }


def is_list_of_holidays(days: list[date], scenario: "Scenario", name: str) -> bool:
    """Return whether days off are holidays, and not a shutdown or two."""
    spells = spells_of(days, scenario.calendars[name])
    return len(spells) >= FEWEST_SPELLS or any(
        abs(a_year_after(first) - second) <= SAME_SEASON for first in spells for second in spells
    )


def spells_of(days: list[date], calendar: "Calendar") -> list[date]:
    """Return the first day of each spell of days off: days between which nobody works are one."""
    firsts: list[date] = []
    for at, day in enumerate(days):
        between = (day - days[at - 1]).days if at else 0
        gap = (days[at - 1] + timedelta(days=number) for number in range(1, min(between, 8)))
        if at and between < 8 and not any(calendar.week[each.weekday()] for each in gap):
            continue
        firsts.append(day)
    return firsts


def first_missed(days: list[date], start: date, finish: date, calendar: "Calendar") -> date | None:
    """Return the first day from start to finish on which a day off of the last year would come again."""
    missed = []
    for day in days:
        again = a_year_after(day)
        if again <= days[-1]:
            continue
        while again <= finish and observed(again, calendar) < start:
            again = a_year_after(again)
        missed.append(observed(again, calendar))
    first = min(missed, default=finish)
    return first if missed and first <= finish else None


def observed(day: date, calendar: "Calendar") -> date:
    """Return a day, or the next one that the week works."""
    return next(each for number in range(7) if calendar.week[(each := day + timedelta(days=number)).weekday()])


def a_year_after(day: date) -> date:
    """Return the same day of the next year, 28 February for the 29th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _is_shorter(calendar: "Calendar", day: date, shifts: tuple[tuple[int, int], ...]) -> bool:
    usual = calendar.week[day.weekday()]
    return sum(end - begin for begin, end in shifts) < sum(end - begin for begin, end in usual)


def _sentence(last: date, calendars: list[tuple[str, date]], finish: date) -> str:
    from riskengine.errors.counting import first_names
    from riskengine.report.text.notation import day

    names = first_names([name for name, _ in calendars], MOST_NAMED)
    missed = min(each for _, each in calendars)
    return (
        f"RE596 no day off after {day(last)}, and work goes on until {day(finish)}: "
        f"from {day(missed)} on, holidays are worked as any other day: calendars.{names}"
    )
