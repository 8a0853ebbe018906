"""Large plans and long runs through the command line: wall time and peak memory."""

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.figure import Figure, at_most
from benchmarks.network import START, Network, document, network
from benchmarks.process import ROOT, Measured, least, riskengine
from riskengine.scenario import dumps, parse

MINIMAL: Final = ROOT / "scenarios" / "minimal.toml"
MEGA: Final = 1e6
SHEET_ITERATIONS: Final = 10_000
MILLION: Final = 1_000_000


def write_sheets(plan: Network, folder: Path) -> Path:
    """Write a plan as a scenario whose tasks, and risks if any, are CSV tables; return the scenario's path."""
    tasks = [
        (t.id, f"{t.low};{t.likely};{t.high}", ";".join(plan.tasks[k].id for k in t.predecessors), t.fixed, t.rate)
        for t in plan.tasks
    ]
    _write(folder / "tasks.csv", [("id", "duration", "after", "fixed", "rate"), *tasks])
    lines = [
        "schema = 1",
        f'name = "{plan.name}"',
        f"start = {START}",
        'currency = "EUR"',
        'tasks_file = "tasks.csv"',
    ]
    if plan.risks:
        risks = [
            (r.id, r.probability, plan.tasks[r.task].id, f"{r.low};{r.likely};{r.high}", r.cost) for r in plan.risks
        ]
        _write(folder / "risks.csv", [("id", "probability", "target", "delay", "cost"), *risks])
        lines.append('risks_file = "risks.csv"')
    path = folder / "plan.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _write(path: Path, rows: Sequence[tuple[object, ...]]) -> None:
    """Write a CSV table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _figures(words: str, measured: Sequence[Measured], most_seconds: float | None, most_mb: float) -> list[Figure]:
    """Return wall time and peak memory of runs of one scenario."""
    best = least(measured)
    details = {"cpu_s": min(one.cpu_s for one in measured), "runs": len(measured)}
    limit = None if most_seconds is None else at_most(most_seconds)
    peak = max(one.peak_bytes for one in measured) / MEGA
    return [
        Figure(f"{words}: wall", best.wall_s, "s", limit, details),
        Figure(f"{words}: peak memory", peak, "MB", at_most(most_mb)),
    ]


def sheet(rounds: int = 2, iterations: int = SHEET_ITERATIONS) -> list[Figure]:
    """Measure 20 000 tasks from CSV, with and without risks, from file to results folder."""
    figures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        riskengine(["simulate", MINIMAL, "-o", folder / "first"])  # compiles the core where need be
        drawn = network("sheet")
        for plan in (drawn.without_risks(), drawn):
            path = write_sheets(plan, folder)
            command: list[str | Path] = ["simulate", path, "-n", str(iterations), "-o", folder / "results"]
            measured = [riskengine(command) for _ in range(rounds)]
            words = f"{len(plan.risks)} risks" if plan.risks else "no risks"
            figures += _figures(f"{len(plan.tasks)} tasks from CSV, {words}", measured, 60, 1000)
    return figures


def million(iterations: int = MILLION) -> list[Figure]:
    """Measure a million iterations of 2 000 tasks, from file to results folder."""
    plan = network("large")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        riskengine(["simulate", MINIMAL, "-o", folder / "first"])
        path = folder / "plan.json"
        path.write_text(dumps(parse(document(plan))), encoding="utf-8")
        measured = riskengine(["simulate", path, "-n", str(iterations), "-o", folder / "results"])
    return _figures(f"{iterations} iterations of {len(plan.tasks)} tasks", [measured], None, 400)
