"""How single values are written for people: names, dates, days, money, chances."""

import math
import re
import unicodedata
from datetime import date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNKNOWN = "-"
"""Stands where there is no value."""


def short_name(text: object, longest: int = 60) -> str:
    """Return a cleaned name of at most so many characters, its end left out where it is longer."""
    name = clean(text)
    return name if len(name) <= longest else f"{name[: longest - 3]}..."


def clean(text: object) -> str:
    """Text that cannot act on a terminal: control, format and lone surrogate characters become visible escapes.

    Parameters
    ----------
    text : object
        Anything; names from scenario files are not to be trusted.

    Returns
    -------
    str
        On one line; a line break or a tab becomes a space.
    """
    spaced = re.sub(r"[\t\r\n\v\f\x85\u2028\u2029]+", " ", str(text))
    if spaced.isprintable():
        return spaced
    return "".join(c if c.isprintable() or unicodedata.category(c) == "Zs" else _escape(c) for c in spaced)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def cells(text: str) -> int:
    """Columns that a text takes on a terminal: two for wide East Asian characters, none for combining marks."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, width: int, ellipsis: str = "..") -> str:
    """Cut a text to so many columns, saying so with an ellipsis, or pad it to them."""
    if cells(text) > width:
        room = max(width - len(ellipsis), 0)
        beginning = ""
        for character in text:
            if cells(beginning + character) > room:
                break
            beginning += character
        text = (beginning + ellipsis)[:width] if width < len(ellipsis) else beginning + ellipsis
    return text + " " * (width - cells(text))


def day(value: date | datetime | None) -> str:
    """A date as ``29 Feb 2028``; an instant at midnight belongs to the day that it ends.

    Notes
    -----
    Finishes at 24:00 are stored as 00:00 of the next day, while people say the day on which the work ended.
    """
    if value is None:
        return UNKNOWN
    shown = last_day(value)
    return f"{shown.day} {MONTHS[shown.month - 1]} {shown.year}"


def moment(value: datetime) -> str:
    """A threshold as somebody wrote it: the day where its end is meant, else with the time of day."""
    if value.hour == value.minute == value.second == 0:
        return day(value)
    return f"{day(value)} {value:%H:%M}"


def ends(low: str | None, high: str | None) -> str:
    """Return an interval in words; an end that the sample cannot give is open, and nothing is said without ends."""
    if low is not None and high is not None:
        return f"{low} to {high}"
    if low is not None:
        return f"from {low} up"
    return f"up to {high}" if high is not None else ""


def span(low: date | datetime | None, high: date | datetime | None) -> str:
    """An interval of days: ``9 Mar to 12 Mar 2027``, with both years where they differ, open where it has no end."""
    if low is None or high is None:
        return ends(None if low is None else day(low), None if high is None else day(high))
    first, last = day(low), day(high)
    if first == last:
        return last
    return f"{first.removesuffix(last[-5:])} to {last}"


def last_day(value: date | datetime) -> date:
    """The day that an instant belongs to when it is a finish: midnight ends a day, it does not begin one."""
    if not isinstance(value, datetime):
        return value
    if value.hour == value.minute == value.second == value.microsecond == 0 and value.toordinal() > 1:
        return date.fromordinal(value.toordinal() - 1)
    return value.date()


def days(value: float | None, signed: bool = False, digits: int = 1) -> str:
    """Working days, to a tenth or as many digits as asked for: ``238.4 d``."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    rounded = round(value, digits) + 0.0  # no minus zero
    return f"{rounded:{'+' if signed else ''},.{digits}f} d"


def money(value: float | None, currency: str, signed: bool = False, finer: int = 0) -> str:
    """Money with thousands and its currency: ``1,234,567 EUR``; small amounts keep their cents, more where asked."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    digits = finer + (0 if abs(value) >= 1000 or value == round(value) else 2)
    rounded = round(value, digits) + 0.0
    return f"{rounded:{'+' if signed else ''},.{digits}f} {clean(currency)}".rstrip()


def is_nothing(value: float | None, low: float | None, high: float | None) -> bool:
    """Whether an effect is none for certain, and not only none that was seen."""
    return value == low == high == 0


def chance(value: float | None, against: float | None = None) -> str:
    """A probability in percent, to a tenth or as much finer as :func:`in_hundred` needs."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return f"{value:.0%}" if value in (0.0, 1.0) else f"{in_hundred(value, against, 1)}%"


def in_hundred(value: float, against: float | None = None, digits: int = 0) -> str:
    """A probability as futures out of a hundred, with as many decimals as honesty needs.

    Parameters
    ----------
    value : float
        Probability.
    against : float, optional
        What it is compared with: the two never look alike while they differ, as 79.6 and 80 would.
    digits : int
        Decimals to begin with.

    Notes
    -----
    Only exactly 0 and 1 are written 0 and 100: 0.997 is 99.7.
    """
    hundred = 100.0 * value
    for finer in range(digits, 7):
        shown = f"{hundred:.{finer}f}"
        is_edge = float(shown) in (0.0, 100.0) and value not in (0.0, 1.0)
        is_alike = against is not None and value != against and shown == f"{100.0 * against:.{finer}f}"
        if not is_edge and not is_alike:
            return shown
    if 0.0 < value < 1e-6:
        return "<0.0001"
    return ">99.9999" if 1.0 - 1e-6 < value < 1.0 else f"{hundred:.6f}"


def asked(confidence: float) -> str:
    """A confidence that somebody wrote down, in a hundred, exactly."""
    return f"{100.0 * confidence:.10g}"
