"""The part of a report about tasks that need not exist: how often they do, and how often they are critical then."""

from riskengine.errors.counting import counted
from riskengine.report.reading import Row, rows
from riskengine.report.text.intervals import chances
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import UNKNOWN, chance
from riskengine.results.run import RunRecord

MOST = 5
"""Tasks that are shown: those that are critical most often where they exist."""

COLUMNS = (
    "task",
    "name",
    *(f"{name}{end}" for name in ("existence", "criticality_existing") for end in ("", "_ci_low", "_ci_high")),
)


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about tasks that need not exist; none where every task always does."""
    uncertain = [row for row in rows(run, "tasks", COLUMNS) if row["existence"] < 1]
    if not uncertain:
        return []
    leading = sorted(uncertain, key=lambda row: (-(row["criticality_existing"] or 0.0), row["task"]))[:MOST]
    lines = [["task", "exists", "95% interval", "critical then", "95% interval"]]
    for row in leading:
        spread = chances(row["existence_ci_low"], row["existence_ci_high"])
        lines.append([short(row["task"]), chance(row["existence"]), spread, *_critical_then(row)])
    note = (
        f"{counted(len(uncertain), 'task need not', 'tasks need not')} exist. Exists: in how many futures there is "
        "such a task. Critical then: in how many of those it is on the longest path. Source: tasks.arrow."
    )
    ids_with_names = [(row["task"], row["name"]) for row in leading]
    table = named_table(lines, ids_with_names, width, (1, 3))
    return ["Tasks that need not exist", *table, *paragraph(note, width, "  ")]


def _critical_then(row: Row) -> tuple[str, str]:
    """Return how often a task is critical where it exists, and the interval; nothing of one that never did."""
    if row["criticality_existing"] is None:
        return UNKNOWN, ""
    ends = row["criticality_existing_ci_low"], row["criticality_existing_ci_high"]
    return chance(row["criticality_existing"]), chances(*ends)
