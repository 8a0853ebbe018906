"""The part of a report about changes: who asked for which, why, and whether it is approved."""

from typing import Any

from riskengine.report.reading import rows
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import short
from riskengine.report.text.notation import clean, day
from riskengine.results.run import RunRecord

MOST = 5
"""Changes that are shown: the last ones."""

Document = dict[str, Any]


def section(run: RunRecord, width: int) -> list[str]:
    """Return a line for each of the last changes; none for a scenario without them."""
    changes = rows(run, "changes")
    lines = []
    for row in changes[-MOST:]:
        state = "approved" if row["approved"] else "not approved"
        named = f" {clean(row['name'])}," if row["name"] else ""
        record = f"{short(row['change'])}:{named} {state}, {clean(row['who'])}, {day(row['when'].date())}"
        lines += paragraph(f"{record}: {clean(row['why'])}", width, "  ")
    if not lines:
        return []
    more = len(changes) - MOST
    earlier = [*paragraph(f"and {more:,} before them", width, "  ")] if more > 0 else []
    return ["Changes", *lines, *earlier, *paragraph("Source: changes.arrow.", width, "  ")]


def changes_document(run: RunRecord) -> list[Document]:
    """Return what ``--json`` says about changes, none for a scenario without them."""
    return [{**row, "when": row["when"].isoformat()} for row in rows(run, "changes")]
