"""The part of a report about margins: how much time the plan sets aside, and how likely that suffices."""

from typing import Any

from riskengine.errors.counting import counted
from riskengine.report.reading import Row, rows, with_interval
from riskengine.report.text.intervals import chances
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import UNKNOWN, chance, days
from riskengine.results.run import RunRecord

MOST = 5
"""Margins that are shown: those that suffice least often."""

COLUMNS = ("task", "name", "margin_days", *(f"margin_suffices{end}" for end in ("", "_ci_low", "_ci_high")))


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about margins; none for a plan that sets no time aside."""
    margins = margins_of(run)
    if not margins:
        return []
    shortest = sorted(margins, key=lambda row: (_chance_of(row), row["task"]))[:MOST]
    lines = [["margin", "sets aside", "suffices", "95% interval"]]
    for row in shortest:
        is_known = row["margin_suffices"] is not None
        spread = chances(row["margin_suffices_ci_low"], row["margin_suffices_ci_high"]) if is_known else ""
        share = chance(row["margin_suffices"]) if is_known else UNKNOWN
        lines.append([short(row["task"]), days(row["margin_days"]), share, spread])
    note = (
        f"{counted(len(margins), 'margin')}, {days(sum(row['margin_days'] for row in margins))} in all: time in the "
        "plan's dates that no simulated future takes. Suffices: in how many futures what comes before it is done "
        "by the end that the plan gives it. Source: tasks.arrow."
    )
    ids_with_names = [(row["task"], row["name"]) for row in shortest]
    return ["Margins", *named_table(lines, ids_with_names, width, (2,)), *paragraph(note, width, "  ")]


def margins_of(run: RunRecord) -> list[Row]:
    """Return the rows of tasks that are margins."""
    return [row for row in rows(run, "tasks", COLUMNS) if row["margin_days"] is not None]


def margins_document(run: RunRecord) -> list[dict[str, Any]]:
    """Return what ``--json`` says about margins, none for a plan that sets no time aside."""
    return [
        {
            "task": row["task"],
            "name": row["name"],
            "days": row["margin_days"],
            "suffices": with_interval(row, "margin_suffices"),
        }
        for row in margins_of(run)
    ]


def _chance_of(row: Row) -> float:
    return 1.0 if row["margin_suffices"] is None else float(row["margin_suffices"])
