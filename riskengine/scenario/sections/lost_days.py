"""Reading the lost days of calendars, and what they cannot go together with."""

from collections.abc import Mapping
from typing import Any, Final

from riskengine.errors.counting import first_names
from riskengine.model import Calendar, Levelling, Scenario, Task
from riskengine.model.format import FORMAT
from riskengine.model.lost_days import MONTHS, LostDays
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields

MOST_NAMED: Final = 5
"""Calendars named in a hint."""
PLAIN: Final = PlainFields(FORMAT["lost"], apart=("shared_with",))


def read_lost_days(fields: Fields, base: Calendar | None) -> LostDays | None:
    """Return the lost days of a calendar: those of its table or, without one, those of the calendar it extends.

    Notes
    -----
    What is taken over is the same weather: the same days are lost.
    """
    if "lost" not in fields.data:
        if base is None or base.lost is None:
            return None
        return base.lost.model_copy(update={"shared_with": base.weather})
    table = Fields(fields.table("lost"), (*fields.place, "lost"), fields.faults, FORMAT["lost"])
    lost = LostDays.model_construct(shared_with=table.text("shared_with"), **PLAIN.values(table))
    if lost.spell is not None:
        refuse_short_spells(lost, lost.spell, table)
    if min(lost.chances) == 1:
        fields.faults.add("RE271", (*fields.place, "lost"), "1 in every month")
    return lost


def refuse_short_spells(lost: LostDays, spell: float, table: Fields) -> None:
    """Report a spell that is too short for a chance: with a day between any two of them there would be fewer days."""
    least = max([chance / (1 - chance) for chance in lost.chances if chance < 1], default=1.0)
    if spell < least * (1 - 1e-9):
        rule = f"spells must be chance / (1 - chance) days long at the least, for the largest chance {least:.4g}"
        table.faults.add("RE275", (*table.place, "spell"), spell, rule=rule)


def share_lost_days(
    calendars: Mapping[str, Calendar | None], written: Mapping[str, Any], faults: Faults
) -> dict[str, Calendar | None]:
    """Return the calendars, those with the chances of others that share their draws and say nothing else.

    Parameters
    ----------
    calendars : mapping of id to Calendar
        None for those with faults.
    written : mapping of id to table
        As the document has them.
    """
    shared = dict(calendars)
    for key, calendar in sorted(calendars.items()):
        if calendar is None or calendar.lost is None or calendar.weather == key or not _is_written(written.get(key)):
            continue
        other = calendars.get(calendar.weather)
        if calendar.weather in calendars and other is None:
            continue
        if other is None or other.lost is None or other.lost.shared_with:
            with_lost = [name for name, each in calendars.items() if each and each.lost and not each.lost.shared_with]
            place = ("calendars", key, "lost", "shared_with")
            faults.add("RE272", place, calendar.weather, cure=faults.near(calendar.weather, with_lost))
        elif not MONTHS_SET.intersection(written[key]["lost"]):
            taken_over = MONTHS if "spell" in written[key]["lost"] else (*MONTHS, "spell")
            update = {name: getattr(other.lost, name) for name in taken_over}
            lost = calendar.lost.model_copy(update=update)
            if lost.spell is not None:
                table = Fields(written[key]["lost"], ("calendars", key, "lost"), faults, FORMAT["lost"])
                refuse_short_spells(lost, lost.spell, table)
            shared[key] = calendar.model_copy(update={"lost": lost})
    return {key: _with_lost_days_of_base(key, shared, written) for key in shared}


def _with_lost_days_of_base(
    key: str, calendars: Mapping[str, Calendar | None], written: Mapping[str, Any]
) -> Calendar | None:
    """Return a calendar, with the lost days of the one that it takes them over from as these are in the end.

    Notes
    -----
    That one may itself have taken its chances from a third since the calendar was read.
    """
    calendar, base = calendars[key], key
    if calendar is None or calendar.lost is None:
        return calendar
    while not _is_written(written.get(base)):
        table = written.get(base)
        if not isinstance(table, Mapping) or table.get("extends") not in calendars:
            return calendar
        base = table["extends"]
    source = calendars[base]
    if base == key or source is None or source.lost is None:
        return calendar
    return calendar.model_copy(update={"lost": source.lost.model_copy(update={"shared_with": source.weather})})


MONTHS_SET: Final = frozenset(MONTHS)


def _is_written(table: object) -> bool:
    """Return whether a calendar has a table of lost days of its own."""
    return isinstance(table, Mapping) and isinstance(table.get("lost"), Mapping)


def check_lost_days(
    calendars: Mapping[str, Calendar],
    tasks: Mapping[str, Task],
    levelling: Levelling | None,
    faults: Faults,
    hints: list[str],
) -> None:
    """Report what lost days cannot go together with: levelling, and work that is wanted as late as possible."""
    losing = [key for key, calendar in calendars.items() if calendar.loses_days]
    if not losing:
        return
    hints.append(f"days are lost by chance, though none in the deterministic plan: {first_names(losing, MOST_NAMED)}")
    if levelling is not None:
        faults.add("RE273", ("calendars", losing[0], "lost"), "levelling")
    for key, task in tasks.items():
        if any(constraint.type == "ALAP" for constraint in task.constraints):
            faults.add("RE274", ("tasks", key, "constraints"), "ALAP")


def refuse_lags_from_actual_starts(scenario: Scenario, faults: Faults) -> None:
    """Report a lag that runs from an actual start on a calendar that loses days: its end would be another each time."""
    if not scenario.is_data_date or scenario.schedule.start_lag != "actual start":
        return
    for key, task in scenario.tasks.items():
        for number, relationship in enumerate(task.after):
            before = scenario.tasks[relationship.task]
            is_under_way = before.is_started and not before.is_finished and not task.is_finished
            if relationship.type not in ("SS", "SF") or not is_under_way or relationship.lag.plan_value() <= 0:
                continue
            if scenario.calendar_named(scenario.calendar_of_lag(relationship, task)).loses_days:
                faults.add("RE276", ("tasks", key, "after", number), relationship.task)
