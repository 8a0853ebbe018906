"""What drives the finish on the what-if page: a tornado, each driver with its intervals."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from riskengine.analysis.drivers.swings import Swing
from riskengine.pages.blocks import Cell, Column, Row, Table
from riskengine.pages.language import Language
from riskengine.pages.pictures import bars
from riskengine.pages.pictures.scale import number_ticks
from riskengine.pages.speaker import Speaker
from riskengine.pages.what_if.macros import macros
from riskengine.report.answers.drivers import name_of

MARGIN: Final = 0.04
"""Of the axis, beyond the outermost end."""


def render_drivers(page: Speaker, swings: Sequence[Swing], is_narrow: bool) -> str:
    """Return the picture with its table as markup; nothing where nothing moves the finish."""
    if not swings:
        return ""
    lines = [
        bars.Line(
            label_of(each),
            bars.Stretch(each.low[0], each.high[0]),
            [bars.Stretch(*end[1:]) for end in (each.low, each.high) if np.isfinite(end).all()],
        )
        for each in swings
    ]
    low, high = ends_of(lines)
    ticks = number_ticks(low, high, 4 if is_narrow else 8, page.language)
    picture = bars.draw(lines, ticks, (low, high), is_narrow)
    return str(macros(page).pictured(picture, drivers_table(page, swings)))


def ends_of(lines: Sequence[bars.Line]) -> tuple[float, float]:
    """Return the ends of an axis that holds nothing, every bar and every whisker."""
    values = [0.0, *(value for line in lines for stretch in (line.bar, *line.intervals) for value in stretch)]
    low, high = min(values), max(values)
    return low - MARGIN * (high - low), high + MARGIN * (high - low)


def label_of(swing: Swing) -> str:
    """Return what a driver is called."""
    about = swing.about
    return name_of(
        {"input": about.id, "kind": about.kind, "quantity": about.quantity, "risk": about.risk, "task": about.task}
    )


def drivers_table(page: Speaker, swings: Sequence[Swing]) -> Table:
    """Return the numbers of the picture."""
    say = page.say
    columns = [
        Column(say("what_if.driver")),
        Column(say("what_if.low_end"), say("what_if.end_meaning"), True),
        Column(say("what_if.high_end"), say("what_if.end_meaning"), True),
        Column(say("what_if.swing"), say("what_if.swing_meaning"), True),
    ]
    rows = [
        Row([Cell(label_of(each)), *(cell_of(page.language, part) for part in (each.low, each.high, each.swing))])
        for each in swings
    ]
    return Table(say("what_if.drivers_caption"), columns, rows, is_stacked=True)


def cell_of(language: Language, estimate: tuple[float, float, float]) -> Cell:
    """Return days with their interval, open where the sample has no end."""
    value, low, high = (each if np.isfinite(each) else None for each in estimate)
    text, ends = language.days_estimate(value, low, high, signed=True)
    return Cell(text, detail=ends)
