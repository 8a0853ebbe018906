"""Many runs side by side: the portfolio of a batch for the terminal, and as a JSON object."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from riskengine.report.layout import NARROWEST_NAME, fits, paragraph, table
from riskengine.report.notation import UNKNOWN, clean, day, fit, last_day, money
from riskengine.report.reading import Row
from riskengine.report.words import DECISIONS
from riskengine.results.registry import TABLES

NAME_WIDTH = 28
HEADING = ("scenario", "project", "finish P50", "finish P80", "cost P80", "decision", "top driver")


def worst(rows: Sequence[Row]) -> str | None:
    """The worst decision of the batch; None where nothing was decided."""
    decisions = {row.get("decision") for row in rows}
    return next((answer for answer in ("no-go", "undecided", "go") if answer in decisions), None)


def render(rows: Sequence[Row], width: int) -> str:
    """The portfolio for people; ``rows`` holds at least one row."""
    done = [row for row in rows if row["status"] == "done"]
    lines = _lines(done, width) if done else []
    for row in rows:
        if row["status"] != "done":
            lines += paragraph(f"{clean(row['scenario'])} {row['status']}: {clean(row['message'])}", width, "  ")
    return "\n".join(lines)


def _lines(done: Sequence[Row], width: int) -> list[str]:
    """The table, with the name of each scenario's results folder first: that one is unique, project names are not.

    What does not fit goes in this order: the project, the end of the driver, the P50, the end of the scenario's name
    where rows can still be told apart, and at last the columns, which are then set below one another.
    """
    cells = [HEADING]
    for row in done:
        cells.append(
            (
                clean(row.get("results") or PurePath(row["scenario"]).stem),
                fit(clean(row["name"]), NAME_WIDTH).rstrip(),
                day(row["finish_p50"]),
                day(row["finish_p80"]),
                money(row["cost_p80"], row["currency"]) if row.get("has_cost", True) else UNKNOWN,
                DECISIONS.get(row["decision"], UNKNOWN),
                fit(clean(row.get("driver") or UNKNOWN), NAME_WIDTH).rstrip(),
            )
        )
    without_project = [(row[0], *row[2:]) for row in cells]
    shortest = [(row[0], *row[3:]) for row in cells]
    for tried in (cells, without_project, shortest):
        last = len(tried[0]) - 1
        drivers = (NAME_WIDTH,) if tried is cells else range(NAME_WIDTH, NARROWEST_NAME - 1, -1)
        for room in drivers:
            cut = [(*row[:last], fit(row[last], room).rstrip()) for row in tried]
            if fits(cut, width):
                return table(cut, width, (last - 2,), heading=True)
    names = [row[0] for row in cells[1:]]
    for room in range(max(map(len, names)), NARROWEST_NAME - 1, -1):
        if len({fit(name, room) for name in names}) < len(set(names)):
            break
        last = len(shortest[0]) - 1
        cut = [(fit(row[0], room), *row[1:last], fit(row[last], NARROWEST_NAME).rstrip()) for row in shortest]
        if fits(cut, width):
            return table(cut, width, (last - 2,), heading=True)
    return table(without_project, width, heading=True, names=())


def document(rows: Sequence[Row]) -> dict[str, Any]:
    """The portfolio as a JSON object: ``decision``, the worst one, and the rows as ``scenarios``."""
    return {"decision": worst(rows), "scenarios": [_plain(row) for row in rows]}


def _plain(row: Row) -> Row:
    plain = {}
    for column in TABLES["portfolio"].columns:
        value = row.get(column.name)
        plain[column.name] = value.isoformat() if isinstance(value, datetime) else value
    for percent in ("p50", "p80"):
        value = row.get(f"finish_{percent}")
        plain[f"finish_{percent}_date"] = None if value is None else last_day(value).isoformat()
    return plain
