"""What leads into what, for people and as JSON: merges, longest paths, tasks that are nearly on them."""

import json
from collections.abc import Sequence
from typing import Any, Final

from riskengine.analysis.drivers import Answer
from riskengine.report.answers.comparison import bracketed
from riskengine.report.reading import Row, with_interval
from riskengine.report.text.intervals import bare_signed_days, chances
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import chance, clean, days, estimate

SHOWN_MERGES: Final = 5
SHOWN_PATHS: Final = 3
SHOWN_NEARLY: Final = 10
LEAST_CRITICALITY: Final = 0.05
"""Criticality from which a task with float in the plan is said to be nearly critical."""


def path_lines(answer: Answer, width: int, top: int) -> list[str]:
    """Return merges, longest paths and tasks that are nearly critical, as wide as that."""
    lines: list[str] = []
    merges = merges_of(answer)[: min(top, SHOWN_MERGES)]
    if merges:
        lines += ["", *merge_lines(merges, drivers_of(answer), width)]
    paths = answer.tables["driver_paths"].to_pylist()[: min(top, SHOWN_PATHS)]
    if len(paths) > 1:
        lines += ["", *paragraph("Longest paths, each with how often it is the longest:", width)]
        for row in paths:
            lines += paragraph(f"{share_text(row)}: {', '.join(map(clean, json.loads(row['tasks'])))}", width, "  ")
    nearly = nearly_critical(answer)[: min(top, SHOWN_NEARLY)]
    if nearly:
        lines += ["", *paragraph(nearly_words(nearly), width)]
    return lines


def merges_of(answer: Answer) -> list[Row]:
    """Return the merges that put a start off, those that do most first."""
    rows: list[Row] = answer.tables["driver_merges"].to_pylist()
    return [row for row in rows if row["merge"] > 0]


def drivers_of(answer: Answer) -> dict[str, list[Row]]:
    """Return how often each predecessor drives, by task, those that do most often first."""
    rows: dict[str, list[Row]] = {}
    for row in answer.tables["driver_predecessors"].to_pylist():
        rows.setdefault(row["task"], []).append(row)
    return rows


def merge_lines(rows: Sequence[Row], drivers: dict[str, list[Row]], width: int) -> list[str]:
    """Return the table of merges."""
    cells = [["starts later at", "merge", "95% interval", "driven by"]]
    for row in rows:
        value, interval = estimate(
            row["merge"],
            row["merge_ci_low"],
            row["merge_ci_high"],
            bare_signed_days,
            bare_signed_days,
            joined=bracketed,
        )
        first = drivers[row["task"]][0]
        cells.append([clean(row["task"]), value, interval, f"{clean(first['predecessor'])} {chance(first['drives'])}"])
    return table(cells, width, (1,), heading=True, names=(0, 3))


def share_text(row: Row) -> str:
    """Return how often a path is the longest, with its interval."""
    return f"{chance(row['share'])} ({chances(row['share_ci_low'], row['share_ci_high'])})"


def nearly_critical(answer: Answer) -> list[Row]:
    """Return the tasks that have float in the plan and are on a longest path often enough, most often first."""
    rows = [
        row
        for row in answer.tables["driver_tasks"].to_pylist()
        if (row["deterministic_float"] or 0) > 0 and row["criticality"] >= LEAST_CRITICALITY
    ]
    return sorted(rows, key=lambda row: (-row["criticality"], row["task"]))


def nearly_words(rows: Sequence[Row]) -> str:
    """Return them in a sentence."""
    parts = [
        f"{clean(row['task'])} ({chance(row['criticality'])}, {days(row['deterministic_float'])} of float)"
        for row in rows
    ]
    return f"On no longest path in the plan, and yet on one in so many iterations: {', '.join(parts)}."


def path_document(answer: Answer, top: int) -> dict[str, Any]:
    """Return merges, paths and tasks that are nearly critical, as JSON has them."""
    drivers = drivers_of(answer)
    return {
        "merges": [
            {
                **{name: row[name] for name in ("task", "name", "relationships", "leading", "iterations")},
                **{name: with_interval(row, name) for name in ("merge", "skew")},
                "predecessors": [
                    {
                        "predecessor": each["predecessor"],
                        "type": each["type"],
                        "drives": with_interval(each, "drives"),
                    }
                    for each in drivers[row["task"]]
                ],
            }
            for row in merges_of(answer)[:top]
        ],
        "paths": [
            {"share": with_interval(row, "share"), "tasks": json.loads(row["tasks"]), "iterations": row["iterations"]}
            for row in answer.tables["driver_paths"].to_pylist()[:top]
        ],
        "near_critical": [
            {
                "task": row["task"],
                "criticality": with_interval(row, "criticality"),
                "deterministic_float": row["deterministic_float"],
            }
            for row in nearly_critical(answer)[:top]
        ],
    }
