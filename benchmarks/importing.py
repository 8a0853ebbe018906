"""Importing schedules of other tools: whole processes, from file to scenario."""

import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, at_most
from benchmarks.process import riskengine, seconds
from tests.unit.importers.p6.xer_large import large

ACTIVITIES: Final = 20_000
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
