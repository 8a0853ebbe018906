"""How a finish or a cost is spread: bars how often, a curve for the share up to there, marks for plan and gates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from markupsafe import Markup
from numpy.typing import NDArray

from riskengine.analysis.statistics.histogram import histogram
from riskengine.pages.pictures.frame import cursor, level_lines, read_box, ticks_below
from riskengine.pages.pictures.lanes import Flag, lanes
from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, number, path, picture, stretched, text

LEFT, RIGHT, BOTTOM, GAP = 46, 14, 30, 10
LANE = 19
TALLEST_BAR = 0.55
"""Of the height of the plot: the bars have a scale of their own, which nobody reads."""
CURVE_STEPS = 200


@dataclass(frozen=True)
class Mark:
    """An upright on the axis: the plan, or what a gate allows.

    Parameters
    ----------
    kind : str
        ``plan`` or ``gate``.
    value : float
        Where it stands.
    label, short_label : str
        What is written at it on a desk and on a phone.
    share : float or None
        Share of the futures up to it, drawn as a dot on the curve.
    needed : float or None
        Share asked for, drawn as a diamond.
    """

    kind: str
    value: float
    label: str
    short_label: str
    share: float | None = None
    needed: float | None = None


@dataclass(frozen=True)
class Spread:
    """What is drawn.

    Parameters
    ----------
    key : str
        Names the bars and the curve in the page, so that both sizes of the picture take them from the wide one.
    values : (iteration,) float64
    low, high, bin_width : float
        The axis, and the width of a bar.
    percentiles : sequence of (float, float)
        Percentile, in percent, and its value: the dots that pointer and keys read.
    marks : sequence of Mark
    before : (iteration,) float64 or None
        The same of another plan, drawn as a second curve behind the first one.
    """

    key: str
    values: NDArray[np.float64]
    low: float
    high: float
    bin_width: float
    percentiles: Sequence[tuple[float, float]]
    marks: Sequence[Mark]
    before: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Size:
    """How large a picture is, without the lanes of labels on top of it, and whether its labels are the short ones."""

    width: int
    height: int
    is_narrow: bool


WIDE, NARROW = Size(860, 270, False), Size(380, 250, True)


def draw(spread: Spread, ticks: Sequence[Tick], shares: Sequence[Tick], size: Size) -> Markup:
    """Draw one size of the picture.

    Parameters
    ----------
    spread : Spread
    ticks, shares : sequences of Tick
        Of the axis of values, and of the one of shares.
    size : Size
    """
    across, up, _ = _laid_out(spread, size)
    if size.is_narrow:
        shapes = stretched(spread.key, _laid_out(spread, WIDE)[:2], (across, up))
    else:
        shapes = element("g", _bars(spread, across, up), *_curves(spread, across, up), id=spread.key)
    return _set(spread, (ticks, shares), size, shapes)


def draw_alone(spread: Spread, ticks: Sequence[Tick], shares: Sequence[Tick], *, is_narrow: bool) -> Markup:
    """Draw the picture in one size only, which needs no other in the page."""
    size = NARROW if is_narrow else WIDE
    across, up, _ = _laid_out(spread, size)
    shapes = element("g", _bars(spread, across, up), *_curves(spread, across, up))
    return _set(spread, (ticks, shares), size, shapes)


def _set(spread: Spread, ticks: tuple[Sequence[Tick], Sequence[Tick]], size: Size, shapes: Markup) -> Markup:
    """The picture around bars and curves: what stands on the axes, and marks."""
    across, up, flags = _laid_out(spread, size)
    inside = [
        *level_lines(across, up, ticks[1]),
        *ticks_below(across, up.start, ticks[0]),
        shapes,
        *_marks(spread, across, up, flags),
        *_dots(spread, across, up),
        cursor(up),
    ]
    return picture(size.width, up.start + BOTTOM, inside, data_box=read_box(across, up))


def _laid_out(spread: Spread, size: Size) -> tuple[Scale, Scale, list[Flag]]:
    """The axes of a picture, and the labels of its marks, which take the more height the more lanes they need."""
    across = Scale(spread.low, spread.high, LEFT, size.width - RIGHT)
    placed, count = lanes(
        [
            Flag(across.at(_within(mark.value, spread)), mark.short_label if size.is_narrow else mark.label, mark.kind)
            for mark in spread.marks
        ],
        LEFT,
        size.width - RIGHT,
    )
    top = count * LANE + GAP
    return across, Scale(0.0, 1.0, size.height + top - BOTTOM, top), placed


def _within(value: float, spread: Spread) -> float:
    return min(max(value, spread.low), spread.high)


def _bars(spread: Spread, across: Scale, up: Scale) -> Markup:
    bins = max(1, round((spread.high - spread.low) / spread.bin_width))
    counted = histogram(pa.chunked_array([spread.values]), spread.low, spread.high, bins)
    shares = counted.share.tolist()
    tallest = max(shares) or 1.0
    step = (across.end - across.start) / bins
    gap = 1 if step > 4 else 0
    heights = [round(up.start - up.at(TALLEST_BAR * share / tallest)) for share in shares]
    edges = [round(across.start + at * step) for at in range(bins + 1)]
    data = "".join(
        f"M{left} {number(up.start)}v-{height}h{right - left - gap}v{height}z"
        for left, right, height in zip(edges, edges[1:], heights, strict=False)
        if height
    )
    return element("path", class_="bars", d=data)


def _curves(spread: Spread, across: Scale, up: Scale) -> list[Markup]:
    """The curve, above that of another plan where there is one."""
    curves = [] if spread.before is None else [("curve before", spread.before)]
    curves.append(("curve", spread.values))
    return [element("path", class_=kind, d=path(_curve(spread, values, across, up))) for kind, values in curves]


def _curve(spread: Spread, values: NDArray[np.float64], across: Scale, up: Scale) -> list[tuple[float, float]]:
    """The share up to every value, by the definition of percentiles: a step at each value that occurs."""
    ordered = np.sort(values)
    n = len(ordered)
    ranks = np.unique(np.minimum(np.ceil(np.arange(1, CURVE_STEPS + 1) / CURVE_STEPS * n).astype(np.int64), n))
    points = [(spread.low, 0.0)] if ordered[0] > spread.low else []
    for rank in ranks.tolist():
        value = float(ordered[rank - 1])
        if spread.low <= value <= spread.high:
            points.append((value, rank / n))
    points.append((spread.high, points[-1][1] if points else float(ordered[0] <= spread.low)))
    return [(across.at(value), up.at(share)) for value, share in points]


def _marks(spread: Spread, across: Scale, up: Scale, flags: Sequence[Flag]) -> list[Markup]:
    drawn = []
    for mark, flag in zip(spread.marks, flags, strict=True):
        y = GAP + flag.lane * LANE + 4
        drawn.append(
            element("path", class_=f"mark {mark.kind}", d=f"M{number(flag.x)} {number(y - 10)}V{number(up.start)}")
        )
        outside = (
            "" if across.low <= mark.value <= across.high else " \u2192" if mark.value > across.high else " \u2190"
        )
        anchor = "end" if flag.is_left else "start"
        drawn.append(
            text(flag.label + outside, flag.x + (-6 if flag.is_left else 6), y, text_anchor=anchor, class_=mark.kind)
        )
        if mark.needed is not None:
            drawn.append(_diamond(flag.x, up.at(mark.needed)))
        if mark.share is not None:
            drawn.append(element("circle", class_="reached", cx=flag.x, cy=up.at(mark.share), r=4.5))
    return drawn


def _diamond(x: float, y: float) -> Markup:
    return element("path", class_="needed", d=f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6-6z")


def _dots(spread: Spread, across: Scale, up: Scale) -> list[Markup]:
    drawn = []
    for percent, value in spread.percentiles:
        if across.holds(value) and percent in (10, 50, 80, 90):
            x, y = across.at(value), up.at(percent / 100)
            drawn.append(element("circle", class_="dot", cx=x, cy=y, r=3.5))
            drawn.append(text(f"P{percent:g}", x - 8, y - 5, text_anchor="end", class_="halo"))
    return drawn
