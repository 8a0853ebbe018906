"""What somebody meant who wrote a date in another form than the one the format takes."""

import re
from datetime import date
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR_FIRST: Final = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})")
YEAR_LAST: Final = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})\2(\d{4})")
NAMED: Final = re.compile(r"(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})|([a-z]{3,9})\.? (\d{1,2}),? (\d{4})")
EXAMPLE: Final = "write it as year-month-day, such as 2027-01-11"


def date_meant(text: str) -> str:
    """Return the cure of a date in another form: ``write it as 2027-01-11``, both days where it can be either."""
    plain = " ".join(text.casefold().split()) if text.isascii() and len(text) <= 60 else ""
    dates = sorted({day.isoformat() for day in readings(plain)})
    return f"write it as {' or '.join(dates)}" if dates else EXAMPLE


def readings(text: str) -> list[date]:
    """Return the days that a text in lower case can stand for."""
    tried: list[tuple[int, int, int]] = []
    if (match := YEAR_FIRST.fullmatch(text)) is not None:
        year, month, day = map(int, match.groups())
        tried.append((year, month, day))
    elif (match := YEAR_LAST.fullmatch(text)) is not None:
        first, second, year = int(match.group(1)), int(match.group(3)), int(match.group(4))
        tried.append((year, second, first))
        if match.group(2) != ".":  # with full stops the day comes first everywhere
            tried.append((year, first, second))
    elif (match := NAMED.fullmatch(text)) is not None:
        day_text, name, year_text = match.group(1, 2, 3) if match.group(1) else match.group(5, 4, 6)
        month = next((k for k, short in enumerate(MONTHS, 1) if name.startswith(short)), 0)
        tried.append((int(year_text), month, int(day_text)))
    days = []
    for year, month, day in tried:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return days
