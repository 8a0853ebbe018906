"""Lengths of time written as text: ``25d``, ``200h``, ``-1.5w``."""

import re
from typing import Final

UNITS: Final = ("h", "d", "w", "mo", "eh", "ed")
QUANTITY: Final = re.compile(r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*(h|d|w|mo|eh|ed)?\s*")


def quantity(text: str) -> tuple[float, str | None] | None:
    """Return the number and the unit (None where it has none) of a length of time, or None where it is not one.

    Notes
    -----
    Units are working hours, days, weeks and months of the calendar in force, and elapsed hours and days.
    """
    if len(text) > 60:
        return None
    match = QUANTITY.fullmatch(text)
    if match is None or not text.isascii():
        return None
    return float(match.group(1)) + 0.0, match.group(2)
