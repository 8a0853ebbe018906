"""The part of a report about risks that others trigger or exclude: how often they occur then, and in all."""

from riskengine.errors.counting import counted
from riskengine.report.layout import paragraph
from riskengine.report.naming import named_table, short
from riskengine.report.notation import chance
from riskengine.report.reading import Row, rows
from riskengine.results.run import RunRecord

MOST = 5
"""Risks that are shown: those that occur most often."""

COLUMNS = ("risk", "name", "triggered_by", "exclusive", "active", "probability_triggered", "probability")


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about risks that depend on others; none where no risk does."""
    dependent = [
        row for row in rows(run, "risks", COLUMNS) if row["active"] and (row["triggered_by"] or row["exclusive"])
    ]
    if not dependent:
        return []
    leading = sorted(dependent, key=lambda row: (-row["probability"], row["risk"]))[:MOST]
    lines = [["risk", "depends on", "occurs then", "in all"]]
    for row in leading:
        then, whole = chance(row["probability_triggered"]), chance(row["probability"])
        lines.append([short(row["risk"]), short(_condition(row)), then, whole])
    note = (
        f"{counted(len(dependent), 'risk depends', 'risks depend')} on others. Occurs then: the probability where one "
        "of what triggers it occurs; of an outcome, at most one of its set does. In all: of all futures. "
        "Source: risks.arrow."
    )
    table = named_table(lines, [(row["risk"], row["name"]) for row in leading], width, (1,))
    return ["Risks that depend on others", *table, *paragraph(note, width, "  ")]


def _condition(row: Row) -> str:
    """Return what a risk depends on: what triggers it, and the set of which at most one occurs."""
    after = " or ".join(row["triggered_by"].split(";")) if row["triggered_by"] else ""
    one_of = f"at most one of {row['exclusive']}" if row["exclusive"] else ""
    return ", ".join(part for part in (after, one_of) if part)
