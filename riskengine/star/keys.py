"""The keys that tables, folders and pages share."""

from datetime import date
from pathlib import Path

from riskengine.results.folder.claim import full_path


def scenario_key(folder: str | Path) -> str:
    """Return the name of a results folder, as text that every table can hold.

    Bytes that are no UTF-8 become escapes.
    """
    return full_path(folder).name.encode("utf-8", "backslashreplace").decode("utf-8")


def run_key(scenario: str, day: date) -> str:
    """Return the key of a run, unique for each scenario and status date: ``ground-station@2027-03-01``."""
    return f"{scenario}@{day.isoformat()}"


def key_of(run: str, identifier: str) -> str:
    """Return the key of a task, risk, gate or resource of a run: ``ground-station@2027-03-01/site-works``.

    A name of a folder holds no slash, so that no two things have one key.
    """
    return f"{run}/{identifier}"
