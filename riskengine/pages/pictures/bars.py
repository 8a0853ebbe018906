"""Bars one below the other with their labels: what each reaches, its interval, a mark, and where it was before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from riskengine.pages.pictures.frame import ticks_below
from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, number, picture, text
from riskengine.report.text.notation import cells, fit

WIDEST, RIGHT, BOTTOM, HEIGHT, BAR = 300, 18, 28, 30, 14
SPACE: Final = 14
"""Between a label and the axis."""
WIDTH, NARROW_WIDTH = 860, 380
LETTER: Final = 6.9
"""Width of a letter on average, in the unit of the pictures."""
NARROW_HEIGHT: Final = 44
"""Of a line whose label stands above its bar."""


class Stretch(NamedTuple):
    """From one value to another."""

    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """A bar with its label.

    Parameters
    ----------
    label : str
    bar : Stretch
    intervals : sequence of Stretch
        Each drawn as a whisker.
    kind : str
        Class that colours the bar.
    before : float or None
        Where the bar ended before: a hollow mark.
    mark : float or None
        Where an upright stands.
    """

    label: str
    bar: Stretch
    intervals: Sequence[Stretch] = ()
    kind: str = ""
    before: float | None = None
    mark: float | None = None


def draw(lines: Sequence[Line], ticks: Sequence[Tick], ends: tuple[float, float], is_narrow: bool) -> Markup:
    """Draw bars on one axis.

    Parameters
    ----------
    lines : sequence of Line
    ticks : sequence of Tick
    ends : (float, float)
        Of the axis.
    is_narrow : bool
        Whether labels stand above the bars, for a phone.
    """
    width, height = (NARROW_WIDTH, NARROW_HEIGHT) if is_narrow else (WIDTH, HEIGHT)
    longest = max((cells(line.label) for line in lines), default=0)
    left = RIGHT if is_narrow else min(WIDEST, longest * LETTER + 2 * SPACE)
    across = Scale(ends[0], ends[1], left, width - RIGHT)
    floor = len(lines) * height + 6
    drawn = [_grid(across, tick, floor) for tick in ticks]
    for at, line in enumerate(lines):
        middle = at * height + (height - 12 if is_narrow else height / 2)
        drawn += _line(line, across, middle)
        if is_narrow:
            drawn.append(text(fit(line.label, 50, "\u2026").rstrip(), across.start, middle - 14, class_="label"))
        else:
            label = fit(line.label, int((left - SPACE) / LETTER), "\u2026").rstrip()
            drawn.append(text(label, left - SPACE, middle + 4, text_anchor="end", class_="label"))
    drawn += ticks_below(across, floor, ticks)
    return picture(width, floor + BOTTOM, drawn)


def _grid(across: Scale, tick: Tick, floor: float) -> Markup:
    kind = "axis" if tick.value == 0 else "grid"
    return element("path", class_=kind, d=f"M{number(across.at(tick.value))} 0V{number(floor)}")


def _line(line: Line, across: Scale, middle: float) -> list[Markup]:
    """The bar of a line, and what stands on it."""
    left, right = sorted((_at(across, line.bar.low), _at(across, line.bar.high)))
    top = middle - BAR / 2
    drawn = [element("rect", class_=f"bar {line.kind}".rstrip(), x=left, y=top, width=max(right - left, 1), height=BAR)]
    if line.before is not None:
        x = _at(across, line.before)
        drawn.append(element("path", class_="was", d=f"M{number(x)} {number(top - 4)}v{BAR + 8}"))
    for interval in line.intervals:
        low, high = (_at(across, value) for value in interval)
        ends = "".join(f"M{number(x)} {number(middle - 4)}v8" for x in (low, high))
        drawn.append(element("path", class_="whisker", d=f"M{number(low)} {number(middle)}H{number(high)}{ends}"))
    if line.mark is not None:
        x = _at(across, line.mark)
        drawn.append(element("path", class_="wish", d=f"M{number(x)} {number(top - 4)}v{BAR + 8}"))
    return drawn


def _at(across: Scale, value: float) -> float:
    """Place of a value, that of the nearer end of the axis where it lies beyond."""
    return across.at(min(max(value, across.low), across.high))
