"""Importing schedules of other tools: whole processes, from file to scenario."""

import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, at_most
from benchmarks.process import riskengine, seconds
from tests.unit.importers.p6.xer_large import large

ACTIVITIES: Final = 20_000
ITEMS, BLOCKED = 20_000, 2
CODE_PAGE: Final = "cp1252"


def import_xer(rounds: int = 3) -> list[Figure]:
    """Measure the import of 20 000 tasks with 60 000 relationships on five calendars from Primavera P6."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "plan.xer"
        path.write_bytes(large(ACTIVITIES).replace("\n", "\r\n").encode(CODE_PAGE))
        command: list[str | Path] = ["import", path, "-o", path.with_suffix(".toml"), "--force"]
        measured = [riskengine(command) for _ in range(rounds)]
        size = path.stat().st_size / 1e6
    words = f"import of {ACTIVITIES} tasks, XER of {size:.0f} MB"
    peak = max(one.peak_bytes for one in measured) / 1e6
    return [seconds(words, measured, 5), Figure(f"{words}: peak memory", peak, "MB", at_most(1000))]


def jira_export() -> str:
    """Return an export of Jira: items in epics of twenty, each blocking two others, with descriptions."""
    head = "Issue key,Issue id,Summary,Issue Type,Status,Assignee,Original estimate,Due date,Parent"
    rows = [f"{head}{',Outward issue link (Blocks)' * BLOCKED},Description"]
    for number in range(ITEMS):
        is_epic = number % 20 == 0
        later = [number + 20 * step + step for step in range(1, BLOCKED + 1)]
        blocked = ["" if is_epic or each >= ITEMS or each % 20 == 0 else f"BIG-{each}" for each in later]
        parent = "" if is_epic else str(1_000_000 + number // 20 * 20)
        cells = [f"BIG-{number}", str(1_000_000 + number), f"Item {number}", "Task", "To Do", f"Person {number % 40}"]
        estimate, due = str(3_600 * (1 + number % 40)), f"{1 + number % 28}/Apr/27 12:00 AM"
        rows.append(",".join([*cells, estimate, due, parent, *blocked, "as told " * 75]))
    return "\n".join([*rows, ""])


def import_items(rounds: int = 3) -> list[Figure]:
    """Measure the import of 20 000 work items with 36 000 relationships from Jira."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "items.csv"
        path.write_text(jira_export(), encoding="utf-8")
        command: list[str | Path] = ["import", path, "--map", "jira", "--as-of", "2027-03-08", "--people"]
        command += ["-o", path.with_suffix(".toml"), "--force"]
        measured = [riskengine(command) for _ in range(rounds)]
        size = path.stat().st_size / 1e6
    words = f"import of {ITEMS} work items, CSV of {size:.0f} MB"
    peak = max(one.peak_bytes for one in measured) / 1e6
    return [seconds(words, measured, 10), Figure(f"{words}: peak memory", peak, "MB", at_most(1000))]
