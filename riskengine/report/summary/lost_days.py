"""The part of a report about days that calendars lose: how many of their working days, and of which they are."""

from typing import Any

from riskengine.report.reading import rows, with_interval
from riskengine.report.text.intervals import bare_days, plain_days
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import days, estimate
from riskengine.results.run import RunRecord
from riskengine.results.tables.lost_day_table import LOST_DAY_PERCENTS

Document = dict[str, Any]
SHOWN = ("mean", "p80")


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about lost days; none for a scenario whose calendars lose none."""
    calendars = rows(run, "lost_days")
    if not calendars:
        return []
    lines = [["calendar", "mean", "95% interval", "P80", "95% interval", "of"]]
    for row in calendars:
        ends = [
            cell
            for name in SHOWN
            for cell in estimate(row[name], row[f"{name}_ci_low"], row[f"{name}_ci_high"], plain_days, bare_days)
        ]
        lines.append([short(row["calendar"]), *ends, days(row["working_days"])])
    note = (
        "Working days of the calendar that are lost by chance until the project is finished; of: its mean number of "
        "working days until then, lost ones among them. Source: lost_days.arrow."
    )
    ids_with_names = [(row["calendar"], row["name"]) for row in calendars]
    return ["Lost days", *named_table(lines, ids_with_names, width, (2, 4)), *paragraph(note, width, "  ")]


def lost_days_document(run: RunRecord) -> list[Document]:
    """Return what ``--json`` says about lost days, none for a scenario whose calendars lose none."""
    numbers = ("working_days", "mean", *(f"p{percent}" for percent in LOST_DAY_PERCENTS))
    return [
        {
            "calendar": row["calendar"],
            "name": row["name"],
            "unit": "working days",
            **{name: with_interval(row, name) for name in numbers},
        }
        for row in rows(run, "lost_days")
    ]
