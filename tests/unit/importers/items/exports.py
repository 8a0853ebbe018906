"""Small exports of our own, and what an import makes of them."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from riskengine.errors import Issue, ScenarioError
from riskengine.importers import document
from riskengine.importers.items.options import ItemOptions
from riskengine.importers.items.read import read_items

DATA_DATE = date(2027, 3, 8)
JIRA = "Issue key,Issue id,Summary,Issue Type,Status,Assignee,Original estimate,Remaining Estimate,Time Spent"


def jira_row(key: str, *cells: str, status: str = "To Do", who: str = "Ann", hours: float = 8, more: str = "") -> str:
    """Return a row under ``JIRA``; what stands under further headings follows in ``more``."""
    seconds = f"{3600 * hours:.0f}" if hours else ""
    stated = ",".join([key, key.rpartition("-")[2], cells[0] if cells else key, "Task", status, who, seconds, "", ""])
    return f"{stated},{more}" if more else stated


def table(*rows: list[str], separator: str = ",") -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(rows)
    return text.getvalue()


def items_document(folder: Path, content: str | bytes, name: str = "items.csv", **asked: Any) -> dict[str, Any]:
    """Return the scenario document that comes of a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    options = ItemOptions(**{"data_date": DATA_DATE, **asked})
    return document(read_items(path, options))


def items_faults(folder: Path, content: str | bytes, name: str = "items.csv", **asked: Any) -> list[Issue]:
    """Return the faults of a file that is refused."""
    try:
        items_document(folder, content, name, **asked)
    except ScenarioError as error:
        return list(error.issues)
    raise AssertionError("the file was taken")


def one_note(content: dict[str, Any], words: str) -> str:
    """Return the one note of a document that holds some words."""
    notes = [note for note in content["imported"]["notes"] if words in note]
    assert len(notes) == 1, content["imported"]["notes"]
    return notes[0]
