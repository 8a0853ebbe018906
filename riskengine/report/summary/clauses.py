"""The part of a report about damages and bonuses: how likely each is due, and how much of it."""

from typing import Any

from riskengine.report.reading import Row, rows, with_interval
from riskengine.report.text.intervals import bare_money, chances, money_of
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import chance, estimate
from riskengine.results.run import RunRecord

MOST = 5
"""Clauses that are shown: those with the largest mean."""

Document = dict[str, Any]


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about damages and bonuses; none for a scenario without them."""
    clauses = rows(run, "clauses")
    if not clauses:
        return []
    largest = sorted(clauses, key=lambda row: (-row["mean"], row["kind"], row["clause"]))[:MOST]
    show = money_of(run.manifest["currency"])
    lines = [["clause", "kind", "due", "95% interval", "mean", "95% interval"]]
    for row in largest:
        due = chance(row["chance"]), chances(row["chance_ci_low"], row["chance_ci_high"])
        lines.append([short(row["clause"]), row["kind"], *due, *mean_of(row, show)])
    note = (
        "Due: in how many futures anything is. Mean: over all futures, those in which nothing is among them. Damages "
        "raise the cost above, a bonus lowers it. Source: clauses.arrow."
    )
    ids_with_names = [(row["clause"], row["name"]) for row in largest]
    return ["Damages and bonuses", *named_table(lines, ids_with_names, width, (2, 4)), *paragraph(note, width, "  ")]


def mean_of(row: Row, show: Any) -> tuple[str, str]:
    """Return the mean of a clause, and its interval."""
    return estimate(row["mean"], row["mean_ci_low"], row["mean_ci_high"], show, bare_money)


def clauses_document(run: RunRecord) -> list[Document]:
    """Return what ``--json`` says about damages and bonuses, none for a scenario without them."""
    names = ("clause", "name", "kind", "target", "rate", "per", "most", "deterministic")
    return [
        {
            **{name: row[name] for name in names},
            "date": row["date"].isoformat(),
            **{name: with_interval(row, name) for name in ("chance", "mean", "p80")},
        }
        for row in rows(run, "clauses")
    ]
