"""What a confidence takes beyond the plan and beyond the mean, in days and in money, as bars with their intervals."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.pages.sections import contingency_parts
from riskengine.pages.sections.effect_bar import Extent, effect_bar, extent_of
from riskengine.report import reading

FEWER_CONFIDENCES = (0.5, 0.8, 0.9)
"""Those that are shown where the table of tasks takes most of the page."""
BEYOND = ("from_plan", "from_mean")
ENDS = ("", "_ci_low", "_ci_high")


def blocks(page: PageInput) -> Sequence[Block]:
    """A table for what varies of finish and cost, whose bars are the picture."""
    rows = reading.rows(page.run, "contingency", target=reading.PROJECT)
    if page.has_many_tasks:
        rows = [row for row in rows if row["confidence"] in FEWER_CONFIDENCES]
    measures = [measure for measure in ("finish", "cost") if _varies(page, measure)]
    tables = [_table(page, measure, [row for row in rows if row["measure"] == measure]) for measure in measures]
    return [*tables, *contingency_parts.blocks(page)]


def _varies(page: PageInput, measure: str) -> bool:
    row = reading.summary(page.run, reading.PROJECT, measure)
    return bool(row["maximum"] > row["minimum"])


def _table(page: PageInput, measure: str, rows: Sequence[reading.Row]) -> Table:
    say = page.say
    columns = [
        Column(say("contingency.confidence"), say("contingency.confidence_meaning")),
        Column(say(f"contingency.{measure}"), is_number=True),
        Column(say("contingency.plan"), say("contingency.plan_meaning")),
        Column(say("contingency.mean"), say("contingency.mean_meaning")),
    ]
    extent = extent_of(row[f"{name}{end}"] for row in rows for name in BEYOND for end in ENDS)
    filled = []
    for row in rows:
        cells = [Cell(page.language.confidence(row["confidence"]), row["confidence"]), _taken(page, row)]
        filled.append(Row([*cells, *(_beyond(page, row, name, extent) for name in BEYOND)]))
    return Table(say(f"contingency.caption_{measure}"), columns, filled, "contingency.arrow", is_stacked=True)


def _taken(page: PageInput, row: reading.Row) -> Cell:
    if row["measure"] == "finish":
        dates = page.language.span(row["instant_ci_low"], row["instant_ci_high"])
        return Cell(page.language.day(row["instant"]), row["instant"].isoformat(), dates)
    value, low, high = (row[f"percentile{end}"] for end in ENDS)
    amount, interval = page.language.money_estimate(value, low, high, page.currency)
    return Cell(amount, row["percentile"], interval)


def _beyond(page: PageInput, row: reading.Row, name: str, extent: Extent) -> Cell:
    value, low, high = (row[f"{name}{end}"] for end in ENDS)
    text, interval = page.estimate(row["measure"], value, low, high, signed=True)
    return Cell(text, value, interval, bar=effect_bar(value, low, high, extent))


SECTION = Section("contingency", blocks)
