"""Lengths of time written as text: ``25d``, ``200h``, ``-1.5w``."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, cast

from riskengine.model.calendar import UNITS, Unit

QUANTITY: Final = re.compile(rf"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{{1,3}})?)\s*({'|'.join(UNITS)})?\s*")


def quantity(text: str) -> tuple[float, Unit | None] | None:
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
    return float(match.group(1)) + 0.0, cast(Unit | None, match.group(2))


WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("hour", "hours", "hr", "hrs"), "h"),
        **dict.fromkeys(("day", "days", "working days", "workdays"), "d"),
        **dict.fromkeys(("week", "weeks", "wk", "wks"), "w"),
        **dict.fromkeys(("month", "months", "mon", "mos"), "mo"),
        **dict.fromkeys(("elapsed hours", "elapsed hour"), "eh"),
        **dict.fromkeys(("elapsed days", "elapsed day", "calendar days"), "ed"),
    }
)
"""Units as people write them."""
SPELLED: Final = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*([a-z ]*)")
THOUSANDS: Final = re.compile(r"[+-]?\d{1,3},\d{3}")
PERCENT: Final = re.compile(r"(\d{1,12}(?:[.,]\d{1,12})?)\s*%")


def length_meant(text: str) -> str:
    """Return the cure of a length of time spelled out or with a decimal comma, ``write 4w``, or nothing."""
    match = SPELLED.fullmatch(text.strip().casefold()) if len(text) <= 60 else None
    if match is None or THOUSANDS.fullmatch(match.group(1)):  # 1,000 may be a thousand or one
        return ""
    amount = match.group(1).replace(",", ".") + unit_meant(match.group(2).strip())
    return f"write {amount}" if quantity(amount) is not None else ""


def unit_meant(text: str) -> str:
    """Return the unit that a word stands for, or the word where it stands for none."""
    word = " ".join(text.casefold().split())
    return WORDS.get(word, word)


def share_meant(text: str) -> str:
    """Return the cure of a share given in percent or with a decimal comma, or nothing."""
    match = PERCENT.fullmatch(text.strip()) if text.isascii() and len(text) <= 60 else None
    if match is None:
        return ""
    percent = match.group(1).replace(",", ".")
    return f"write {percent} % as {float(percent) / 100:.12g}"
