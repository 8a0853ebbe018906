"""Money over time: what is spent until each month's end as a band, and what each month costs as bars below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from riskengine.pages.pictures.frame import cursor, level_lines, read_box, ticks_below
from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, number, path, picture

LEFT, RIGHT, TOP, BOTTOM, GAP = 62, 14, 12, 30, 26
BARS_SHARE = 0.3
"""Of the height, for the bars."""
MOST_WITH_GAPS = 60
"""Months up to which the bars stand apart."""


@dataclass(frozen=True)
class Month:
    """A calendar month: its first and last day number, what it costs, and what is spent until its end.

    Parameters
    ----------
    start, end : float
        Days since 1970.
    mean : float
        Money of the month.
    low, middle, high : float
        P10, P50 and P80 of the money until its end.
    plan : float
        The same of the plan.
    """

    start: float
    end: float
    mean: float
    low: float
    middle: float
    high: float
    plan: float


@dataclass(frozen=True)
class Size:
    """How large a picture is, and how many ticks it has room for: of dates, of money above, of money below."""

    width: int
    height: int
    most_ticks: tuple[int, int, int]


WIDE, NARROW = Size(860, 380, (10, 6, 3)), Size(380, 360, (4, 6, 3))


@dataclass(frozen=True)
class Axes:
    """What is written at the axes: dates, money until a month's end, money of a month."""

    dates: Sequence[Tick]
    until_end: Sequence[Tick]
    of_month: Sequence[Tick]


def time_range(months: Sequence[Month]) -> tuple[float, float]:
    """First and last day of the picture."""
    return months[0].start, months[-1].end


def money_ranges(months: Sequence[Month]) -> tuple[tuple[float, float], tuple[float, float]]:
    """What the axes of money reach over, with nothing in it: until a month's end, and in a month."""
    until_end = [value for month in months for value in (month.low, month.high, month.plan)]
    return _with_nothing(until_end), _with_nothing([month.mean for month in months])


def draw(months: Sequence[Month], axes: Axes, size: Size) -> Markup:
    """Draw one size of the picture.

    Parameters
    ----------
    months : sequence of Month
        One behind the other.
    axes : Axes
    size : Size
    """
    until_end, of_month = money_ranges(months)
    floor = size.height - BOTTOM
    middle = floor - BARS_SHARE * (floor - TOP)
    across = Scale(*time_range(months), LEFT, size.width - RIGHT)
    upper, lower = Scale(*until_end, middle - GAP, TOP), Scale(*of_month, floor, middle)
    inside = [
        *level_lines(across, upper, axes.until_end),
        *level_lines(across, lower, axes.of_month),
        *ticks_below(across, floor, axes.dates),
        element("path", class_="band", d=_band(months, across, upper)),
        element("path", class_="curve", d=path(_line(months, "middle", across, upper))),
        element("path", class_="mark plan", d=path(_line(months, "plan", across, upper))),
        element("path", class_="bars", d=_bars(months, across, lower)),
        cursor(upper, floor),
    ]
    return picture(size.width, size.height, inside, data_box=read_box(across, upper))


def _with_nothing(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(0.0, *values), max(0.0, *values)
    return (low, high) if low < high else (0.0, 1.0)


def _line(months: Sequence[Month], name: str, across: Scale, up: Scale) -> list[tuple[float, float]]:
    """A line from nothing, through what is spent until the end of each month."""
    ends = [(across.at(month.end), up.at(getattr(month, name))) for month in months]
    return [(across.at(months[0].start), up.at(0.0)), *ends]


def _band(months: Sequence[Month], across: Scale, up: Scale) -> str:
    there, back = _line(months, "high", across, up), _line(months, "low", across, up)
    return f"{path([*there, *reversed(back)])}z"


def _bars(months: Sequence[Month], across: Scale, up: Scale) -> str:
    gap = 1.0 if len(months) <= MOST_WITH_GAPS else 0.0
    drawn = []
    for month in months:
        left, right = across.at(month.start), across.at(month.end) - gap
        floor, top = up.at(0.0), up.at(month.mean)
        drawn.append(f"M{number(left)} {number(floor)}V{number(top)}H{number(right)}V{number(floor)}z")
    return "".join(drawn)
