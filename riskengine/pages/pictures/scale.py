"""Axes: where values stand, and which of them are written below."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from riskengine.pages.language import Language

EPOCH = datetime(1970, 1, 1)
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
UNITS = ((1e9, "unit.billions"), (1e6, "unit.millions"), (1e3, "unit.thousands"))
MONTHS_A_STEP = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000)
DAYS_A_STEP = (1, 2, 7, 14)
MINUTES_A_STEP = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)
MINUTES_A_DAY = 1440
FEWEST_DAYS = 3
"""Days on an axis below which times of the day are written."""


@dataclass(frozen=True)
class Tick:
    """A value on an axis and what is written there."""

    value: float
    label: str


@dataclass(frozen=True)
class Scale:
    """From values to places: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def share(self, value: float) -> float:
        """Place of a value as a share of the axis, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def holds(self, value: float) -> bool:
        """Whether a value is on the axis."""
        return self.low <= value <= self.high


def day_number(value: datetime) -> float:
    """Days from 1970 to an instant of local time, with their part."""
    return (value - EPOCH) / timedelta(days=1)


def instant_of(number: float) -> datetime:
    """The instant of a day number."""
    return EPOCH + timedelta(days=number)


def date_ticks(low: float, high: float, most: int, language: Language) -> list[Tick]:
    """Return times of the day, or beginnings of days, months or years, between two day numbers, `most` at most.

    Notes
    -----
    A year is written where it begins and at the first tick, and so is a day where times are.
    """
    if high - low < FEWEST_DAYS:
        return _time_ticks(low, high, most, language)
    for step in DAYS_A_STEP:
        if (high - low) / step <= most:
            first = math.ceil(low / step) * step
            values = [first + step * count for count in range(int((high - first) // step) + 1)]
            return _labelled([instant_of(value) for value in values], language, has_days=True)
    for months in MONTHS_A_STEP:
        starts = _month_starts(low, high, months)
        if len(starts) <= most:
            return _labelled(starts, language, has_days=False, only_years=months % 12 == 0)
    return []


def _time_ticks(low: float, high: float, most: int, language: Language) -> list[Tick]:
    """Times of the day, with the day beside the first time of each."""
    first, last = low * MINUTES_A_DAY, high * MINUTES_A_DAY
    step = next((step for step in MINUTES_A_STEP if (last - first) / step <= most), MINUTES_A_DAY)
    minutes = [count * step for count in range(math.ceil(first / step), int(last // step) + 1)]
    ticks, day = [], ""
    for value in (EPOCH + timedelta(minutes=minute) for minute in minutes):
        time, date = f"{value:%H:%M}", language.day(value.date())
        ticks.append(Tick(day_number(value), time if date == day else f"{time} {date}"))
        day = date
    return ticks


def _month_starts(low: float, high: float, months: int) -> list[datetime]:
    first = instant_of(low)
    month = math.ceil((first.year * 12 + first.month - 1) / months) * months
    starts = []
    while 12 <= month < 12 * 9999:
        start = datetime(month // 12, month % 12 + 1, 1)
        if day_number(start) > high:
            break
        if day_number(start) >= low:
            starts.append(start)
        month += months
    return starts


def _labelled(values: list[datetime], language: Language, has_days: bool, only_years: bool = False) -> list[Tick]:
    ticks: list[Tick] = []
    year = None
    for value in values:
        month = language.months[value.month - 1]
        label = f"{value.year}" if only_years else f"{value.day} {month}" if has_days else month
        if value.year != year and not only_years:
            label += f" {value.year}"
        ticks.append(Tick(day_number(value), label))
        year = value.year
    return ticks


def number_ticks(low: float, high: float, most: int, language: Language) -> list[Tick]:
    """Return round numbers between two values, `most` at most, in thousands or millions where they are large."""
    size = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(size * step for step in STEPS if (high - low) / (size * step) <= most)
    first = math.ceil(low / step)
    values = [(first + count) * step for count in range(int(high / step) - first + 1)]
    unit, key = _unit_of(max(abs(low), abs(high)), step)
    digits = max(0, math.ceil(-math.log10(step / unit) - 1e-9) + (1 if _has_half(step / unit) else 0))
    return [Tick(value, language.say(key, number=language.plain(value / unit, digits))) for value in values]


def share_ticks(language: Language) -> list[Tick]:
    """Return the quarters of an axis of shares."""
    return [Tick(share, language.local(f"{share:.0%}")) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]


def _unit_of(largest: float, step: float) -> tuple[float, str]:
    """The largest unit of which there are two, and in which a step takes few decimals."""
    return next(((unit, key) for unit, key in UNITS if largest >= 2 * unit and step >= unit / 20), (1.0, "unit.ones"))


def _has_half(step: float) -> bool:
    """Whether a step is 2.5 times a power of ten, which takes a digit more."""
    return math.isclose(step / 10.0 ** math.floor(math.log10(step)), 2.5)
