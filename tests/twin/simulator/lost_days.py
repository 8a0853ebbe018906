"""Days that calendars lose in an iteration, drawn a second time: then each is a day off like any other."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from riskengine.model import Calendar, Scenario
from tests.twin.draws.philox import philox4x32
from tests.twin.draws.streams import variable_key

Document = dict[str, Any]

DAYS = 1100
"""From the start on: no generated plan takes longer."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_word(seed: int, project: str, name: str, iteration: int, day: int) -> int:
    """32-bit word of a day of the month that a stream is named after: purpose 8 is that of the first."""
    block, place = divmod(iteration, 256)
    low, high = variable_key(project, name)
    counter = ((64 * block + place % 64) & 0xFFFFFFFF, low, high, 7 + day)
    return philox4x32(counter, (seed & 0xFFFFFFFF, seed >> 32))[place // 64]


def lost_dates(scenario: Scenario, calendar: Calendar, seed: int, iteration: int) -> Iterator[date]:
    """The days that a calendar loses in an iteration, from the day of the start on."""
    if calendar.lost is None:
        return
    weather = calendar.lost.shared_with or calendar.id
    was_lost, before = False, None
    for number in range(DAYS):
        day = scenario.start.date() + timedelta(days=number)
        chance = getattr(calendar.lost, MONTHS[day.month - 1])
        now = chance if before is None else chance_after(chance, before, was_lost, calendar.lost.spell)
        before = chance
        was_lost = now > 0 and is_lost(
            seed, scenario.project, f"calendar/{weather}/{day:%Y-%m}", iteration, day.day, now
        )
        if was_lost:
            yield day


def is_lost(seed: int, project: str, name: str, iteration: int, day: int, chance: float) -> bool:
    """Whether a day is lost with a chance."""
    return day_word(seed, project, name, iteration, day) >= round((1 - chance) * 2**32)


def chance_after(chance: float, before: float, was_lost: bool, spell: float | None) -> float:
    """Chance of a day after one whose own was ``before``: a two-state chain that keeps the chance of every day."""
    if spell is None:
        return chance
    goes_on = 1 - 1 / spell
    if before > 0:
        if before * goes_on > chance:  # too many would go on
            goes_on = chance / before
        elif before * goes_on + (1 - before) < chance:  # too few, even if all others began
            goes_on = 1 - (1 - chance) / before
    if was_lost:
        return goes_on
    return 0.0 if before == 1 else min(1.0, max(0.0, (chance - before * goes_on) / (1 - before)))


def in_iteration(scenario: Scenario, seed: int, iteration: int) -> Scenario:
    """The scenario of one iteration: every lost day is an exception without hours."""
    if not any(calendar.lost for calendar in scenario.calendars.values()):
        return scenario
    calendars = {
        id: calendar.model_copy(
            update={
                "exceptions": {**calendar.exceptions}
                | dict.fromkeys(lost_dates(scenario, calendar, seed, iteration), ()),
                "lost": None,
            }
        )
        for id, calendar in scenario.calendars.items()
    }
    return scenario.model_copy(update={"calendars": calendars})


def with_lost_days(document: Document, seed: int) -> Document:
    """Let calendars of a scenario lose days: by a generator of its own, so that the rest does not depend on it."""
    rng = Random(f"lost days {seed}")
    document = {**document, "calendars": {id: dict(each) for id, each in document.get("calendars", {}).items()}}
    calendars = document["calendars"]
    calendars.setdefault("standard", {"week": "mon-fri 08:00-12:00 13:00-17:00"})
    losing: list[str] = []
    for id in rng.sample(sorted(calendars), rng.randint(1, len(calendars))):
        lost: Document = {month: rng.choice([0.1, 0.3, 0.5, 0.9]) for month in rng.sample(MONTHS, rng.randint(1, 12))}
        if rng.random() < 0.3:
            lost[rng.choice(["mar", "apr"])] = 1
        if rng.random() < 0.4:
            lost["spell"] = rng.choice([9, 12.5, 20])
        if losing and rng.random() < 0.4:
            lost = {"shared_with": losing[0], **(lost if rng.random() < 0.5 else {})}
        elif "shared_with" not in lost:
            losing.append(id)
        calendars[id]["lost"] = lost
    if rng.random() < 0.3:
        calendars["like"] = {"extends": losing[0], "hours_per_day": 7}
        for task in document["tasks"].values():
            if "calendar" in task and rng.random() < 0.4:
                task["calendar"] = "like"
    for task in document["tasks"].values():
        if "ALAP" in task.get("constraints", []):
            del task["constraints"]
    if document.get("schedule", {}).get("start_lag"):  # a lag from an actual start may run on what loses days
        document["schedule"] = {key: value for key, value in document["schedule"].items() if key != "start_lag"}
    return document
