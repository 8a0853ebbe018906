"""What drives the run, where its folder was asked: how far each input moves finish and cost, as a tornado."""

from collections.abc import Sequence

from riskengine.pages.blocks import Bar, Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.pages.sections.effect_bar import Extent, extent_of
from riskengine.report import reading
from riskengine.report.answers.drivers import name_of
from riskengine.report.text.notation import UNKNOWN

MOST = 15
MEASURES = ("finish", "cost")
ENDS = ("", "_ci_low", "_ci_high")


def blocks(page: PageInput) -> Sequence[Block]:
    """One table, whose bars are the tornado; nothing where nobody kept what drives the run."""
    if "drivers" not in page.run.tables:
        return []
    measures = MEASURES if page.has_cost else MEASURES[:1]
    inputs = _leading(reading.rows(page.run, "drivers"), measures)
    if not inputs:
        return []
    say = page.say
    columns = [Column(say("drivers.input"))]
    for measure in measures:
        columns.append(Column(say(f"drivers.{measure}"), say("drivers.swing_meaning")))
        columns.append(Column(say("drivers.share"), say("drivers.share_meaning"), True))
    extents = {
        measure: extent_of(row[f"{measure}_{side}"] for row in inputs for side in ("low", "high"))
        for measure in measures
    }
    rows = []
    for row in inputs:
        cells = [Cell(name_of(row), detail=page.language.term("drivers.kind ", row["kind"]))]
        for measure in measures:
            cells += [_swing(page, row, measure, extents[measure]), _share(page, row, measure)]
        rows.append(Row(cells))
    return [Table(say("drivers.caption"), columns, rows, "drivers.arrow", is_sortable=True, is_stacked=True)]


def _leading(inputs: Sequence[reading.Row], measures: Sequence[str]) -> list[reading.Row]:
    """The inputs that move finish or cost most, each beside the one that moves it most."""
    most = {measure: max((abs(row[f"{measure}_swing"] or 0.0) for row in inputs), default=0.0) for measure in measures}

    def weight(row: reading.Row) -> float:
        return max([abs(float(row[f"{measure}_swing"] or 0.0)) / (most[measure] or 1.0) for measure in measures])

    return sorted((row for row in inputs if weight(row) > 0), key=lambda row: (-weight(row), row["input"]))[:MOST]


def _swing(page: PageInput, row: reading.Row, measure: str, extent: Extent) -> Cell:
    """How far the mean moves from where the input is low to where it is high, and a bar between the two."""
    value, low, high = (row[f"{measure}_swing{end}"] for end in ENDS)
    if value is None:
        return Cell(UNKNOWN)
    sides = [row[f"{measure}_{side}"] or 0.0 for side in ("low", "high")]
    start, end, zero = ((amount - extent[0]) / (extent[1] - extent[0]) for amount in (min(sides), max(sides), 0.0))
    bar = Bar(start, end, zero=zero, kind="less" if value < 0 else "more")
    text, interval = page.estimate(measure, value, low, high, signed=True)
    return Cell(text, value, interval, bar=bar)


def _share(page: PageInput, row: reading.Row, measure: str) -> Cell:
    value, low, high = (row[f"{measure}_variance_share{end}"] for end in ENDS)
    share, interval = page.language.chance_estimate(value, low, high)
    return Cell(share, value, interval)


SECTION = Section("drivers", blocks)
