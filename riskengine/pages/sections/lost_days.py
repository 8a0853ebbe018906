"""Days that calendars lose by chance until the project is finished: bars with their intervals."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.pages.sections.effect_bar import Extent, effect_bar, extent_of
from riskengine.report import reading

ENDS = ("", "_ci_low", "_ci_high")
NUMBERS = ("mean", "p80")


def blocks(page: PageInput) -> Sequence[Block]:
    """A row for each calendar that may lose days; nothing where none does."""
    calendars = reading.rows(page.run, "lost_days")
    if not calendars:
        return []
    say = page.say
    columns = [
        Column(say("lost_days.calendar")),
        Column(say("lost_days.mean"), say("lost_days.mean_meaning")),
        Column(say("lost_days.p80"), say("lost_days.p80_meaning")),
        Column(say("lost_days.of"), say("lost_days.of_meaning"), True),
    ]
    extent = extent_of(row[f"{name}{end}"] for row in calendars for name in NUMBERS for end in ENDS)
    rows = []
    for row in calendars:
        worked, ends = page.language.days_estimate(*(row[f"working_days{end}"] for end in ENDS))
        cells = [Cell(row["calendar"], detail=row["name"]), *(_days(page, row, name, extent) for name in NUMBERS)]
        rows.append(Row([*cells, Cell(worked, row["working_days"], ends)]))
    return [Table(say("lost_days.caption"), columns, rows, "lost_days.arrow", is_stacked=True)]


def _days(page: PageInput, row: reading.Row, name: str, extent: Extent) -> Cell:
    value, low, high = (row[f"{name}{end}"] for end in ENDS)
    text, interval = page.language.days_estimate(value, low, high)
    return Cell(text, value, interval, bar=None if value is None else effect_bar(value, low, high, extent))


SECTION = Section("lost_days", blocks)
