"""The part of a report about correlations: what was asked for, and what the run achieved."""

from typing import Any

from riskengine.errors.counting import counted
from riskengine.report.reading import Row, rows, with_interval
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import UNKNOWN, End, Ends, ends, estimate, with_decimals
from riskengine.results.run import RunRecord

MOST = 5
"""Correlations that are shown: those with most members."""

Document = dict[str, Any]


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about correlations; none for a scenario without them."""
    correlations = rows(run, "correlations")
    if not correlations:
        return []
    largest = sorted(correlations, key=lambda row: (-row["members"], row["correlation"]))[:MOST]
    lines = [["correlation", "members", "asked", "achieved", "95% interval"]]
    for row in largest:
        lines.append([short(row["correlation"]), f"{row['members']:,}", written_rank(row["rank"]), *achieved(row)])
    note = (
        f"{counts(correlations)}. Rank correlation (Spearman): means over the pairs that a correlation decides, "
        "achieved over those that vary. Source: correlations.arrow."
    )
    repaired = [row["correlation"] for row in correlations if row["is_repaired"]]
    if repaired:
        which = ", ".join(map(short, repaired))
        note = f"{which}: not all members can go together as asked, so the nearest is taken. {note}"
    ids_with_names = [(row["correlation"], row["name"]) for row in largest]
    return ["Correlations", *named_table(lines, ids_with_names, width, (1, 2, 3)), *paragraph(note, width, "  ")]


def counts(correlations: list[Row]) -> str:
    """Return how many correlations there are, and between how many members."""
    members = sum(row["members"] for row in correlations)
    return f"{counted(len(correlations), 'correlation')} between {counted(members, 'member')}"


def achieved(row: Row, joined: Ends = ends) -> tuple[str, str]:
    """Return what a correlation achieved, and its interval; ``joined`` is how an interval is written."""
    if row["achieved"] is None:
        return UNKNOWN, ""
    low, high = row["achieved_ci_low"], row["achieved_ci_high"]
    return estimate(row["achieved"], low, high, show=show_rank, show_end=show_rank, joined=joined)


def show_rank(value: float, finer: int, end: End) -> str:
    """Return a rank correlation with three decimals, an end of its interval rounded outward."""
    return with_decimals(value, 3 + finer, end)


def written_rank(rank: float) -> str:
    """Return a rank correlation as somebody wrote it."""
    return f"{rank:g}"


def correlations_document(run: RunRecord) -> list[Document]:
    """Return what ``--json`` says about correlations, none for a scenario without them."""
    names = ("correlation", "name", "members", "varying", "rank", "is_repaired", "expected", "iterations")
    return [
        {**{name: row[name] for name in names}, "achieved": with_interval(row, "achieved")}
        for row in rows(run, "correlations")
    ]
