"""How single values are written for people: names, dates, days, money, chances."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Literal

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNKNOWN = "-"
"""Stands where there is no value."""

End = Literal["", "low", "high"]
"""Which end of an interval a value is, if any: ends are rounded outward, so that none looks narrower than it is."""
ROUNDING = {"": ROUND_HALF_EVEN, "low": ROUND_FLOOR, "high": ROUND_CEILING}
NOISE_DIGITS = 9
"""Decimals from which a sum of binary fractions holds nothing but rounding."""
NOISE = 10.0**-NOISE_DIGITS
"""Difference of two values that are one."""


def short_name(text: object, width: int = 60) -> str:
    """Return a cleaned name of at most so many columns, its end left out where it is longer."""
    return fit(clean(text), width).rstrip()


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
    if text.isascii():
        return len(text)
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
    last = last_day(value)
    return f"{last.day} {MONTHS[last.month - 1]} {last.year}"


def start_day(start: datetime, finish: datetime) -> str:
    """The day on which something starts: a midnight begins one, unless nothing lies between start and finish."""
    return day(start.date() if start < finish else start)


def moment(value: datetime) -> str:
    """A threshold as somebody wrote it: the day where its end is meant, else with the time of day."""
    if value.hour == value.minute == value.second == 0:
        return day(value)
    return f"{day(value)} {value:{'%H:%M:%S' if value.second else '%H:%M'}}"


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


def days(value: float | None, signed: bool = False, digits: int = 1, end: End = "", *, unit: str = "d") -> str:
    """Days, to a tenth or as many digits as asked for, more where a sign would be lost: ``238.4 d``.

    ``d`` are working days everywhere; others are said by their own unit, and ``""`` leaves it to a heading.
    """
    if value is None or not math.isfinite(value):
        return UNKNOWN
    digits = _digits_below_zero(value, digits) if signed and not end else digits
    return f"{_rounded(value, digits, end):{'+' if signed else ''},.{digits}f} {unit}".rstrip()


def money(value: float | None, currency: str, signed: bool = False, finer: int = 0, end: End = "") -> str:
    """Money with thousands and its currency: ``1,234,567 EUR``; small amounts keep their cents, more where asked."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    value = round(value, NOISE_DIGITS)
    digits = finer + (0 if abs(value) >= 1000 or value == round(value) else 2)
    digits = _digits_below_zero(value, digits) if signed and not end else digits
    return f"{_rounded(value, digits, end):{'+' if signed else ''},.{digits}f} {clean(currency)}".rstrip()


def limit(value: float, currency: str) -> str:
    """A threshold of money that somebody wrote down, to the last digit: ``1,020.005 EUR``."""
    decimal = _as_decimal(value).normalize()
    decimals = max(0, -int(decimal.as_tuple().exponent))
    return f"{decimal:,.{decimals and max(decimals, 2)}f} {clean(currency)}".rstrip()


def with_decimals(value: float, digits: int, end: End = "") -> str:
    """Return a number with so many decimals, an end of an interval rounded outward."""
    return f"{_rounded(value, digits, end):,.{digits}f}"


def _digits_below_zero(value: float, digits: int) -> int:
    """Return at least so many decimals, and up to nine where what is negative would be written as +0."""
    for finer in range(digits, NOISE_DIGITS + 1):
        if value >= 0 or _rounded(value, finer, "") < 0:
            return finer
    return digits


def _rounded(value: float, digits: int, end: End) -> Decimal:
    """Round to so many decimals, an end of an interval outward; zero has no sign."""
    decimal = _as_decimal(round(value, NOISE_DIGITS))
    if decimal.adjusted() + digits >= 27:  # beyond the digits of decimal numbers there is nothing left to round
        return decimal
    return decimal.quantize(Decimal(1).scaleb(-digits), ROUNDING[end]) + 0


Show = Callable[[float, int, End], str]
"""Writes a value with so many decimals more than usual, as an end of an interval or as none."""


Ends = Callable[[str | None, str | None], str]
"""Writes an interval from its ends, as :func:`ends` does."""


def estimate(
    value: float, low: float | None, high: float | None, show: Show, show_end: Show, joined: Ends = ends
) -> tuple[str, str]:
    """Return a value and its interval in words, the interval never narrower than it is, the value within it.

    Parameters
    ----------
    value : float
    low, high : float or None
        None is an end that the sample cannot give.
    show, show_end : callable
        How the value is written, and either end.
    joined : callable
        How an interval is written.

    Notes
    -----
    Where ends that differ would look alike, all three have one more decimal. Ends are rounded outward, but for those
    that are the same, but for what sums of floating point add: what is known exactly has no width.
    """
    if low is not None and high is not None and abs(high - low) <= NOISE:
        return show(value, 0, ""), joined(show_end(low, 0, ""), show_end(low, 0, ""))
    finer = int(low is not None and high is not None and show_end(low, 0, "") == show_end(high, 0, ""))
    outward = (
        None if low is None else show_end(low, finer, "low"),
        None if high is None else show_end(high, finer, "high"),
    )
    return show(value, finer, ""), joined(*outward)


def is_nothing(value: float | None, low: float | None, high: float | None) -> bool:
    """Whether an effect is none for certain, and not only none that was seen."""
    return value == low == high == 0


def chance(value: float | None, against: float | None = None, end: End = "") -> str:
    """A probability in percent, to a tenth or as much finer as :func:`in_hundred` needs."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return f"{value:.0%}" if value in (0.0, 1.0) else f"{in_hundred(value, against, 1, end)}%"


def in_hundred(value: float, against: float | None = None, digits: int = 0, end: End = "") -> str:
    """A probability as futures out of a hundred, with as many decimals as honesty needs.

    Parameters
    ----------
    value : float
        Probability.
    against : float, optional
        What it is compared with: what is below it, at it or above it is never written otherwise, as 79.6 would be, as
        80, where 80 are asked for.
    digits : int
        Decimals to begin with.
    end : str
        Which end of an interval it is.

    Notes
    -----
    Only exactly 0 and 1 are written 0 and 100: 0.997 is 99.7. Beyond six decimals the ends of an interval are.
    """
    percent = _beside(100 * _as_decimal(value), None if against is None else 100 * _as_decimal(against), digits, end)
    if end and percent.is_zero():
        return "0"
    if end or not 0.0 < value < 1.0 or 0 < percent < 100:
        return "100" if end and percent == 100 else f"{percent:f}"
    return "<0.0001" if percent.is_zero() else ">99.9999"


def number(value: float, against: float, digits: int) -> str:
    """A number with at least so many decimals, and more where it would look like what it is held against."""
    return f"{_beside(_as_decimal(value), _as_decimal(against), digits, ''):f}"


def _beside(value: Decimal, wanted: Decimal | None, digits: int, end: End) -> Decimal:
    """Round to so many decimals, or as many more, up to six, as keep it beside what is wanted, 0 and 100."""
    decimal = value
    for finer in range(digits, 7):
        decimal = value.quantize(Decimal(1).scaleb(-finer), ROUNDING[end])
        marks = (Decimal(0), Decimal(100)) if wanted is None else (Decimal(0), Decimal(100), wanted)
        if all(decimal.compare(mark) == value.compare(mark) for mark in marks):
            break
    return decimal


def _as_decimal(value: float) -> Decimal:
    """Return a number as it is written down."""
    return Decimal(repr(value))


def is_usual_level(level: float) -> bool:
    """Whether an interval has the level of those that do not say theirs."""
    from riskengine.analysis.statistics.replicate import LEVEL  # ``check`` writes numbers too, and loads no numpy

    return level == LEVEL


def level_words(level: float) -> str:
    """The level of an interval, which a run that looked at its gates several times shares between its looks."""
    return f"{100 * level:.5g}%"


def confidence_in_hundred(confidence: float) -> str:
    """A confidence that somebody wrote down, in a hundred, exactly."""
    return f"{(100 * _as_decimal(confidence)).normalize():f}"
