"""The part of a report about risks that depend on others or on a date: how often they occur then, and in all."""

from riskengine.errors.counting import counted
from riskengine.report.reading import Row, rows
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import chance, last_day
from riskengine.results.run import RunRecord

MOST = 5
"""Risks that are shown: those that occur most often."""

COLUMNS = (
    *("risk", "name", "triggered_by", "exclusive", "after", "if_later_than", "active"),
    *("probability_triggered", "probability", "occurrence_ci_low", "occurrence_ci_high"),
)

REASONS = ("triggered_by", "exclusive", "after")
"""Columns that say what a risk depends on."""


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about risks that depend on others; none where no risk does."""
    dependent = [row for row in rows(run, "risks", COLUMNS) if row["active"] and any(row[key] for key in REASONS)]
    if not dependent:
        return []
    leading = sorted(dependent, key=lambda row: (-row["probability"], row["risk"]))[:MOST]
    waiting = _waiting(dependent)
    lines = [["risk", "depends on", "occurs then", "in all"]]
    for row in leading:
        lines.append(
            [short(row["risk"]), short(_condition(row)), chance(row["probability_triggered"]), _in_all(row, waiting)]
        )
    waits = any(row["after"] for row in dependent)
    who = f"{counted(len(dependent), 'risk depends', 'risks depend')} on others{' or on a date' if waits else ''}"
    whose = ", estimated with its 95 % interval where a date decides" if waits else ""
    note = (
        f"{who}. Occurs then: the probability where one of what triggers it occurs; of an outcome, at most one of its "
        f"set does. In all: of all futures{whose}. Source: risks.arrow."
    )
    table = named_table(lines, [(row["risk"], row["name"]) for row in leading], width, (1,))
    return ["Risks that depend on others", *table, *paragraph(note, width, "  ")]


def _condition(row: Row) -> str:
    """Return what a risk depends on: what triggers it, and the set of which at most one occurs."""
    after = " or ".join(row["triggered_by"].split(";")) if row["triggered_by"] else ""
    one_of = f"at most one of {row['exclusive']}" if row["exclusive"] else ""
    late = f"{row['after']} later than {last_day(row['if_later_than']):%Y-%m-%d}" if row["after"] else ""
    return ", ".join(part for part in (after, one_of, late) if part)


def _waiting(dependent: list[Row]) -> set[str]:
    """Return the risks that a date decides about, those included that such a risk triggers."""
    waiting: set[str] = set()
    more = {row["risk"] for row in dependent if row["after"]}
    while not more <= waiting:
        waiting |= more
        more = {row["risk"] for row in dependent if not waiting.isdisjoint(row["triggered_by"].split(";"))}
    return waiting


def _in_all(row: Row, waiting: set[str]) -> str:
    """Return how often a risk occurs: its probability, or where a date decides what the iterations show of it."""
    low, high = row["occurrence_ci_low"], row["occurrence_ci_high"]
    if row["risk"] not in waiting or low is None or high is None:
        return chance(row["probability"])
    return f"{chance(row['probability'])} ({chance(low)} to {chance(high)})"
