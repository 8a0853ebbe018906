"""The holidays of the shipped calendars are the public holidays of where they say they are.

Holidays are computed here from their rules, Easter by the anonymous Gregorian algorithm (Meeus, 1991).
"""

from datetime import date, timedelta

import pytest

from riskengine.scenario import read
from tests.shipped.shipped import document, path

FIXED = {
    "hesse": ("01-01", "05-01", "10-03", "12-25", "12-26"),
    "rhineland": ("01-01", "05-01", "10-03", "11-01", "12-25", "12-26"),
    "azores": ("01-01", "04-25", "05-01", "06-10", "08-15", "10-05", "11-01", "12-01", "12-08", "12-25"),
    "netherlands": ("01-01", "04-27", "12-25", "12-26"),
    "austria": ("01-01", "01-06", "05-01", "08-15", "10-26", "11-01", "12-08", "12-25", "12-26"),
    "zug": ("01-01", "01-02", "08-01", "08-15", "11-01", "12-08", "12-25", "12-26"),
    "england": (),
}
FROM_EASTER = {
    "hesse": (-2, 1, 39, 50, 60),
    "rhineland": (-2, 1, 39, 50, 60),
    "azores": (-2, 50, 60),
    "netherlands": (1, 39, 50),
    "austria": (1, 39, 50, 60),
    "zug": (-2, 1, 39, 50, 60),
    "england": (-2, 1),
}
CALENDARS = [
    ("ground-station", "office", "hesse"),
    ("ground-station", "site", "azores"),
    ("data-centre-migration", "office", "netherlands"),
    ("app-release", "office", "austria"),
    ("app-release", "release", "austria"),
    ("plant-shutdown", "days", "rhineland"),
    ("medical-device-launch", "office", "zug"),
    ("building-extension", "office", "england"),
    ("building-extension", "trades", "england"),
]


def easter(year: int) -> date:
    """Easter Sunday."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def monday(year: int, month: int, *, last: bool) -> date:
    """First or last Monday of a month."""
    day = date(year, month + 1, 1) - timedelta(1) if last else date(year, month, 7)
    return day - timedelta(day.weekday())


def moved(year: int) -> set[date]:
    """Bank holidays of England that fall on Mondays, and those moved from a weekend to the next free weekday."""
    found = {monday(year, 5, last=False), monday(year, 5, last=True), monday(year, 8, last=True)}
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() > 4 or day in found:
            day += timedelta(1)
        found.add(day)
    return found


def holidays(region: str, year: int) -> set[date]:
    """Public holidays of a year."""
    found = {date.fromisoformat(f"{year}-{day}") for day in FIXED[region]}
    found |= {easter(year) + timedelta(offset) for offset in FROM_EASTER[region]}
    return found | (moved(year) if region == "england" else set())


def test_the_rules_give_the_holidays_of_known_years():
    assert easter(2024) == date(2024, 3, 31) and easter(2025) == date(2025, 4, 20) and easter(2038) == date(2038, 4, 25)
    assert {date(2022, 1, 3), date(2022, 12, 27), date(2021, 12, 28)} <= moved(2022) | moved(2021)
    assert date(2024, 5, 30) in holidays("hesse", 2024)  # Corpus Christi


@pytest.mark.parametrize(("name", "key", "region"), CALENDARS)
def test_nobody_works_on_a_public_holiday(name, key, region):
    scenario = read(path(name))
    calendar = scenario.calendars[key]
    first = scenario.start.date()
    last = max(gate.finish.date() for gate in scenario.gates.values() if gate.finish) + timedelta(150)
    days = {day for year in range(first.year, last.year + 1) for day in holidays(region, year) if first <= day <= last}
    assert len(days) >= 4
    worked = {day for day in days if calendar.exceptions.get(day, calendar.week[day.weekday()])}
    assert worked == set()


@pytest.mark.parametrize(("name", "key", "region"), CALENDARS)
def test_a_single_day_off_is_a_public_holiday_on_a_working_day(name, key, region):
    tables = document(name)["calendars"]
    calendar = read(path(name)).calendars[key]
    days = [day for day in tables[key].get("holidays", []) if isinstance(day, date)]
    strange = {day for day in days if day not in holidays(region, day.year) or not calendar.week[day.weekday()]}
    assert strange == set()
