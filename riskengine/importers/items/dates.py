"""Dates in cells as trackers of many countries write them; where day and month could be swapped, nobody guesses."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from riskengine.importers.items.months import month_of
from riskengine.scenario.tables.sheets import Odd, Value

CLOCK: Final = (
    r"(?:[T, ]\s*(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*([AaPp]\.?\s?[Mm]\.?)?"
    r"\s*(Z|UTC|GMT(?:[+-]\d{4})?|[+-]\d{2}:?\d{2})?(?:\s*\([^()]{1,60}\))?)?"
)
ISO: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){CLOCK}")
NUMBERS: Final = re.compile(rf"(\d{{1,2}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{4}}|\d{{2}}){CLOCK}")
WEEKDAY: Final = r"(?:[^\W\d]{2,10}\.?,? )?"
MONTH: Final = r"([^\s\d/-]{3,12}|\d{1,2}[月월])"
DAY_FIRST: Final = re.compile(rf"{WEEKDAY}(\d{{1,2}})\.?[-/ ](?:de )?{MONTH}[-/ ](?:de )?(\d{{4}}|\d{{2}}){CLOCK}")
MONTH_FIRST: Final = re.compile(rf"(?:[^\W\d]{{2,10}}\.?,? )?([^\s\d/-]{{3,12}}) (\d{{1,2}}),? (\d{{4}}){CLOCK}")
ORDERS: Final = ("dmy", "mdy", "ymd")
FIRST_YEAR, LAST_YEAR = 1971, 2899

Instant = date | datetime
NO_DATE: Final = "must be a date that is known, such as 2027-03-26"
EITHER: Final = "must show whether day or month comes first"


@dataclass(slots=True)
class DateReader:
    """Reads dates, and remembers what was dropped of them.

    Attributes
    ----------
    order : str
        Order of what is all numbers, which an option says; empty to find out, column by column.
    zone : str
        Zone that instants are converted to, empty to take their clock as it stands.
    """

    order: str = ""
    zone: str = ""
    dropped_zones: int = 0

    def order_of(self, values: Iterable[Value]) -> str:
        """Return the order of the numbers in a column: a day above 12 shows it; empty where none does or two differ."""
        if self.order:
            return self.order
        seen = set()
        for value in values:
            match = NUMBERS.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 100 else None
            if match is None:
                continue
            if match[2] == "." or int(match[1]) > 12:
                seen.add("dmy")
            elif int(match[3]) > 12:
                seen.add("mdy")
        return seen.pop() if len(seen) == 1 else ""

    def read(self, value: Value, order: str) -> Instant | str:
        """Return the date or the instant of a cell, or what is wrong with it; midnight is a date."""
        if isinstance(value, Odd):
            text = value.display_text if value.kind == "date" else ""
        elif isinstance(value, str):
            text = " ".join(value.split())
        else:
            return NO_DATE
        if len(text) > 100:
            return NO_DATE
        for pattern, take in self.patterns(order):
            match = pattern.fullmatch(text)
            if match is not None:
                return take(match)
        return NO_DATE

    def patterns(self, order: str) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Instant | str]], ...]:
        """Return the forms of dates, each with what reads it."""
        return (
            (ISO, lambda match: self.instant(match, (match[1], match[2], match[3]), 4)),
            (NUMBERS, lambda match: self.numbers(match, order)),
            (DAY_FIRST, lambda match: self.instant(match, (match[3], match[2], match[1]), 4)),
            (MONTH_FIRST, lambda match: self.instant(match, (match[3], match[1], match[2]), 4)),
        )

    def numbers(self, match: re.Match[str], order: str) -> Instant | str:
        """Return the date of three numbers."""
        first, second, year = match[1], match[3], match[4]
        order = "dmy" if match[2] == "." else order
        if not order and first.lstrip("0") == second.lstrip("0"):
            order = "dmy"
        if order == "ymd" and len(year) == 2 and match[2] != ".":
            return self.instant(match, (first, second, year), 5)
        if order not in ("dmy", "mdy"):
            return EITHER
        day, month = (first, second) if order == "dmy" else (second, first)
        return self.instant(match, (year, month, day), 5)

    def instant(self, match: re.Match[str], parts: tuple[str, str, str], clock: int) -> Instant | str:
        """Return the instant of year, month and day, and of the clock behind them, which begins at a group."""
        year = int(parts[0]) + (2000 if len(parts[0]) <= 2 else 0)
        month = int(parts[1]) if parts[1].isdecimal() else month_of(parts[1])
        if month is None:
            return "must be a date with a month that is known"
        hour, minute, second, half, zone = (match[clock + position] for position in range(5))
        try:
            read = datetime(year, month, int(parts[2]))
            if hour is not None:
                read = read.replace(hour=_hour(int(hour), half), minute=int(minute), second=int(second or 0))
        except ValueError:
            return "must be a day that the calendar has"
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return f"must be a date between {FIRST_YEAR} and {LAST_YEAR}"
        if zone is not None:
            read = self.without_zone(read, zone)
        return read.date() if read.time() == datetime.min.time() else read

    def without_zone(self, read: datetime, zone: str) -> datetime:
        """Return an instant on the clock that is asked for, else on its own clock, which is noted."""
        if not self.zone:
            self.dropped_zones += 1
            return read
        offset = re.search(r"([+-])(\d{2}):?(\d{2})", zone)
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3])) if offset else timedelta()
        if ahead >= timedelta(hours=24):
            return read
        its_zone = timezone(-ahead if offset and offset[1] == "-" else ahead) if offset else UTC
        return read.replace(tzinfo=its_zone).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


def _hour(hour: int, half: str | None) -> int:
    """Return the hour on a clock of 24 hours.

    Raises
    ------
    ValueError
        When a clock of 12 hours has no such hour.
    """
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half[0] in "pP" else 0)
