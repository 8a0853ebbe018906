"""What drives several scenarios of a portfolio."""

from collections.abc import Sequence
from typing import Final

from riskengine.pages.blocks import Block, Cell, Column, Prose, Table
from riskengine.pages.blocks import Row as TableRow
from riskengine.pages.portfolio_input import PortfolioInput, Row
from riskengine.pages.portfolio_table import NOTHING, driver_effect

PRINTED: Final = 50
SCENARIOS_NAMED: Final = 12
"""Of those that a driver moves; the table of scenarios has all of them, each with its own top driver."""
MOST: Final = 500
"""Drivers that have a row."""

Driver = tuple[str, str]
"""Kind and id."""


def drivers_blocks(page: PortfolioInput) -> list[Block]:
    """Each risk that adds days to a scenario, or task that drives it, and what is missing; nothing without any."""
    groups: dict[Driver, list[Row]] = {}
    for row in page.done:
        for one in _drivers(page, row):
            groups.setdefault((one["driver_kind"], one["driver"]), []).append(one)
    if not groups:
        return []
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), -_largest_days(group[1]), group[0]))
    unread = sum(row["scenario_key"] not in page.contributions for row in page.done)
    remarks = [page.say("portfolio.drivers_unread", count=page.language.count(unread))] if unread else []
    if len(ordered) > MOST:
        remarks.append(page.say("portfolio.drivers_left_out", count=page.language.count(len(ordered) - MOST)))
    return [_table(page, ordered[:MOST]), *([Prose(remarks)] if remarks else [])]


def _drivers(page: PortfolioInput, row: Row) -> Sequence[Row]:
    """The risks that add days to a scenario; its top driver where there is none, or its results could not be read."""
    contributions = page.contributions.get(row["scenario_key"])
    if contributions:
        return contributions
    return [row] if row["driver"] is not None else []


def _table(page: PortfolioInput, ordered: Sequence[tuple[Driver, Sequence[Row]]]) -> Table:
    say = page.say
    columns = [
        Column(say("portfolio.driver_column")),
        Column(say("portfolio.kind")),
        Column(say("portfolio.count"), say("portfolio.count_meaning"), True),
        Column(say("portfolio.largest"), say("portfolio.largest_meaning"), True),
        Column(say("portfolio.where")),
    ]
    return Table(
        say("portfolio.drivers_caption"),
        columns,
        [_row(page, driver, rows) for driver, rows in ordered],
        "portfolio.arrow, risks.arrow",
        is_sortable=True,
        has_filter=True,
        is_stacked=True,
        most_printed=PRINTED,
    )


def _largest_days(rows: Sequence[Row]) -> float:
    return max((row["driver_days"] or 0.0 for row in rows), default=0.0)


def _row(page: PortfolioInput, driver: Driver, rows: Sequence[Row]) -> TableRow:
    kind, identifier = driver
    names = sorted({row["driver_name"] for row in rows if row["driver_name"]})
    measured = [row for row in rows if row["driver_days"] is not None]
    largest = NOTHING
    if measured:
        top = max(measured, key=lambda row: row["driver_days"])
        days, interval = driver_effect(page, top)
        where = page.say("portfolio.in_scenario", interval=interval, scenario=top["scenario_key"])
        largest = Cell(days, top["driver_days"], where)
    return TableRow(
        [
            Cell(identifier, identifier.casefold(), "; ".join(names)),
            Cell(page.say(f"portfolio.{kind}")),
            Cell(page.language.count(len(rows)), len(rows)),
            largest,
            Cell(_where(page, rows)),
        ]
    )


def _where(page: PortfolioInput, rows: Sequence[Row]) -> str:
    """The scenarios that it drives, those first to which it adds most; of many the first ones."""
    ordered = sorted(rows, key=lambda row: (-(row["driver_days"] or 0.0), row["scenario_key"]))
    names = ", ".join(row["scenario_key"] for row in ordered[:SCENARIOS_NAMED])
    more = len(ordered) - SCENARIOS_NAMED
    return page.say("portfolio.where_more", names=names, count=page.language.count(more)) if more > 0 else names
