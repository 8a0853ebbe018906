"""Exporting runs to a database: whole processes, from results folders to a DuckDB file."""

import itertools
import os
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure
from benchmarks.process import riskengine, seconds

SCENARIOS: Final = Path(__file__).resolve().parents[1] / "scenarios"
RUNS: Final = 500
ITERATIONS: Final = 10_240


def export_duckdb(rounds: int = 2, count: int = RUNS, iterations: int = ITERATIONS) -> list[Figure]:
    """Measure the export of the shipped scenarios, again and again under other names, and of runs that are there."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        riskengine(["batch", SCENARIOS, "-o", place / "results", "-n", str(iterations), "--json"])
        many = copies(place / "results", place / "many", count)
        first, again = [], []
        for number in range(rounds):
            command: list[str | Path] = ["export", many, "--to", f"duckdb:{place / f'runs-{number}.duckdb'}"]
            first.append(riskengine(command))
            again.append(riskengine(command))
    words = f"export of {count} runs of {iterations} iterations to DuckDB"
    return [seconds(words, first, 20), seconds(f"{words}, all of them there", again, 3)]


def copies(results: Path, many: Path, count: int) -> Path:
    """Make so many results folders of those of a batch, by further names of their files, and return where they are."""
    folders = sorted(path.parent for path in results.glob("*/manifest.json"))
    for number, folder in zip(range(count), itertools.cycle(folders), strict=False):
        copy = many / f"{folder.name}-{number}"
        copy.mkdir(parents=True)
        for file in folder.iterdir():
            os.link(file, copy / file.name)
    return many
