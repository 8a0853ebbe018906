"""The finish of a run as a picture: bars how often, a curve for the share that has finished, marks for percentiles.

SVG without scripts, styles, links or ids, so that it may stand in any page and several times in one. Lines and letters
take the colour of the text around them, so that it is read on light and on dark pages alike.
"""

from riskengine.analysis.statistics.histogram import Histogram, histogram
from riskengine.report.reading import PROJECT, SHOWN_PERCENTS, Row, percentiles
from riskengine.report.text.markup import escaped
from riskengine.report.text.notation import day
from riskengine.results.run import RunRecord

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 20, 40
"""Margins, in units of the picture."""
BINS = 48
ACCENT = "#2f7fd6"
"""Readable on white as on black: its contrast is above 4 to 1 against both."""


def finish_picture(run: RunRecord) -> str:
    """Draw the finish of the project between its outermost percentiles.

    Parameters
    ----------
    run : RunRecord

    Returns
    -------
    str
        An ``<svg>`` element; empty where the finish does not vary. Every text in it is escaped.
    """
    points = percentiles(run, PROJECT, "finish")
    low, high = points[0]["value"], points[-1]["value"]
    if not low < high:
        return ""
    counted = histogram(run.tables["iterations"]["finish_days"], low, high, BINS)
    marks = [point for point in points if point["percentile"] in SHOWN_PERCENTS]
    label = f"Finish of {run.manifest['name']}: " + ", ".join(
        f"P{point['percentile']:g} {day(point['instant'])}" for point in marks
    )
    inside = [*_bars(counted), _curve(counted), *_frame(points), *_marks(marks, low, high)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img" '
        f'style="max-width:{WIDTH}px;font:11px sans-serif" fill="currentColor" aria-label="{escaped(label)}">'
        f"<title>{escaped(label)}</title>{''.join(inside)}</svg>"
    )


def _across(share: float) -> float:
    """Place on the axis of dates, of a share from 0 to 1 of its length."""
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _up(share: float) -> float:
    """Place on the axis of probabilities."""
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _bars(counted: Histogram) -> list[str]:
    shares = counted.share.tolist()
    tallest = max(shares) or 1.0
    width = _across(1 / len(shares)) - _across(0)
    return [
        f'<rect x="{_across(at / len(shares)):.1f}" y="{_up(share / tallest):.1f}" width="{width - 1:.1f}" '
        f'height="{_up(0) - _up(share / tallest):.1f}" fill="{ACCENT}" fill-opacity="0.45"/>'
        for at, share in enumerate(shares)
        if share
    ]


def _curve(counted: Histogram) -> str:
    shares = counted.cumulative.tolist()
    points = " ".join(f"{_across((at + 1) / len(shares)):.1f},{_up(share):.1f}" for at, share in enumerate(shares))
    return f'<polyline points="{points}" fill="none" stroke="{ACCENT}" stroke-width="2"/>'


def _frame(points: list[Row]) -> list[str]:
    ends = ((0.0, "start", points[0]), (1.0, "end", points[-1]))
    scale = [
        f'<text x="{LEFT - 6}" y="{_up(share) + 4:.1f}" text-anchor="end">{share:.0%}</text>'
        for share in (0.0, 0.5, 1.0)
    ]
    dates = [
        f'<text x="{_across(where):.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}">'
        f"P{point['percentile']:g} {escaped(day(point['instant']))}</text>"
        for where, anchor, point in ends
    ]
    axis = f'<path d="M{LEFT},{TOP}V{_up(0):.1f}H{WIDTH - RIGHT}" fill="none" stroke="currentColor" opacity="0.6"/>'
    return [axis, *scale, *dates]


def _marks(marks: list[Row], low: float, high: float) -> list[str]:
    shapes, next_label = [], 0.0
    for point in marks:
        across = _across((point["value"] - low) / (high - low))
        shapes.append(
            f'<path d="M{across:.1f},{TOP}V{_up(0) + 4:.1f}" stroke="currentColor" '
            'stroke-dasharray="2 3" opacity="0.6"/>'
        )
        if across - 12 >= next_label:  # labels that would touch are left out; the table below the picture has them all
            shapes.append(
                f'<text x="{across:.1f}" y="{_up(0) + 17:.1f}" text-anchor="middle">P{point["percentile"]:g}</text>'
            )
            next_label = across + 12
    return shapes
