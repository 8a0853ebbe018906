"""Which part of the values a picture shows, and how wide its bars are."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskengine.pages.language import Language
from riskengine.pages.pictures.scale import Tick, date_ticks, number_ticks

REACH = 1.2
"""How far from the outermost percentiles a mark may stand to be on the axis, in their distance."""
MARGIN = 0.03
MOST_BINS, FEWEST_BINS = 56, 12
WEEK = 7.0


@dataclass(frozen=True)
class Axis:
    """An axis of days since 1970 or of money, with the width of a bar."""

    low: float
    high: float
    bin_width: float
    has_dates: bool

    def share(self, value: float) -> float:
        """Place of a value as a share of the axis, from 0 to 1, its ends where it lies beyond."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def ticks(self, most: int, language: Language) -> list[Tick]:
        """What is written below the axis."""
        return (date_ticks if self.has_dates else number_ticks)(self.low, self.high, most, language)


def finish_axis(first: float, last: float, marks: Sequence[float]) -> Axis:
    """Return the axis of a finish: bars of whole weeks where there are many, so that weekends make no pattern."""
    low, high = _ends(first, last, marks, least=0.25)
    width = (high - low) / MOST_BINS
    if high - low > FEWEST_BINS * WEEK:
        width = WEEK * max(1, -(-(high - low) // (WEEK * MOST_BINS)))
    elif high - low > FEWEST_BINS:
        width = 1.0
    low = low // width * width if width >= 1.0 else low
    return Axis(low, low + -(-(high - low) // width) * width, width, True)


def cost_axis(first: float, last: float, marks: Sequence[float]) -> Axis:
    """Return the axis of a cost."""
    low, high = _ends(first, last, marks, least=1e-3 * abs(first) or 1.0)
    return Axis(low, high, (high - low) / MOST_BINS, False)


def _ends(first: float, last: float, marks: Sequence[float], least: float) -> tuple[float, float]:
    """The outermost percentiles and the marks near them, with a margin; apart also where nothing varies."""
    spread = max(last - first, least)
    places = [first, last, *(mark for mark in marks if first - REACH * spread <= mark <= last + REACH * spread)]
    margin = MARGIN * max(max(places) - min(places), spread)
    return min(places) - margin, max(places) + margin
