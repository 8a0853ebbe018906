"""Margins of the plan: how much time each sets aside, and in how many futures that suffices."""

from collections.abc import Sequence

from riskengine.pages.blocks import Bar, Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading
from riskengine.report.summary.margins import margins_of
from riskengine.report.text.notation import UNKNOWN

MOST = 40


def blocks(page: PageInput) -> Sequence[Block]:
    """A row for each margin, those that suffice least often first; nothing for a plan that sets no time aside."""
    margins = margins_of(page.run)
    if not margins:
        return []
    say = page.say
    columns = [
        Column(say("margins.margin")),
        Column(say("margins.days"), say("margins.days_meaning"), True),
        Column(say("margins.suffices"), say("margins.suffices_meaning")),
    ]
    ordered = sorted(margins, key=lambda row: (_chance(row), row["task"]))
    rows = [_row(page, row) for row in ordered[:MOST]]
    count = page.language.count(len(margins))
    caption = say("margins.caption", count=count)
    return [Table(caption, columns, rows, "tasks.arrow", is_sortable=True, is_stacked=True)]


def _chance(row: reading.Row) -> float:
    return 1.0 if row["margin_suffices"] is None else float(row["margin_suffices"])


def _row(page: PageInput, row: reading.Row) -> Row:
    language = page.language
    cells = [Cell(row["task"], detail=page.task_names.get(row["task"], ""))]
    cells.append(Cell(language.days(row["margin_days"]), row["margin_days"]))
    share, low, high = (row[f"margin_suffices{end}"] for end in ("", "_ci_low", "_ci_high"))
    if share is None:
        return Row([*cells, Cell(UNKNOWN)])
    chance, ends = language.chance_estimate(share, low, high)
    return Row([*cells, Cell(chance, share, ends, bar=Bar(0.0, share, low, high))])


SECTION = Section("margins", blocks)
