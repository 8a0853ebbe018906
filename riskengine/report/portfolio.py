"""Many runs side by side: the portfolio of a batch for the terminal, and as a JSON object."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from riskengine.report.layout import paragraph, table
from riskengine.report.notation import UNKNOWN, clean, day, fit, last_day, money
from riskengine.report.reading import Row
from riskengine.report.words import DECISIONS
from riskengine.results.registry import TABLES

NAME_WIDTH = 28


def worst(found: Sequence[Row]) -> str | None:
    """The worst decision of the batch; None where nothing was decided."""
    decisions = {row.get("decision") for row in found}
    return next((answer for answer in ("no-go", "undecided", "go") if answer in decisions), None)


def render(found: Sequence[Row], width: int) -> str:
    """The portfolio for people; ``found`` holds at least one row."""
    done = [row for row in found if row["status"] == "done"]
    lines = []
    if done:
        cells = [["project", "finish P50", "finish P80", "cost P80", "decision", "top driver"]]
        for row in done:
            cells.append(
                [
                    fit(clean(row["name"]), NAME_WIDTH).rstrip(),
                    day(row["finish_p50"]),
                    day(row["finish_p80"]),
                    money(row["cost_p80"], row["currency"]),
                    DECISIONS.get(row["decision"], UNKNOWN),
                    fit(clean(row.get("driver") or UNKNOWN), NAME_WIDTH).rstrip(),
                ]
            )
        lines += table(cells, width, (3,), heading=True, names=(0, 5))
    for row in found:
        if row["status"] != "done":
            lines += paragraph(f"{clean(row['scenario'])} {row['status']}: {clean(row['message'])}", width, "  ")
    return "\n".join(lines)


def document(found: Sequence[Row]) -> dict[str, Any]:
    """The portfolio as a JSON object: ``decision``, the worst one, and the rows as ``scenarios``."""
    return {"decision": worst(found), "scenarios": [_plain(row) for row in found]}


def _plain(row: Row) -> Row:
    plain = {}
    for column in TABLES["portfolio"].columns:
        value = row.get(column.name)
        plain[column.name] = value.isoformat() if isinstance(value, datetime) else value
    for percent in ("p50", "p80"):
        value = row.get(f"finish_{percent}")
        plain[f"finish_{percent}_date"] = None if value is None else last_day(value).isoformat()
    return plain
