"""Real input through the command line: 48 published networks, a published cost model, a schedule of another tool."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

import riskengine
from tests.verification.cases_sums import C2
from tests.verification.published import (
    ABSENT,
    PSPLIB,
    SCHEDULE,
    leaf_tasks,
    network_as_toml,
    psplib,
    schedule,
    schedule_as_toml,
)

needs_psplib = pytest.mark.skipif(not PSPLIB.exists(), reason=ABSENT)
needs_schedule = pytest.mark.skipif(not SCHEDULE.exists(), reason=ABSENT)


def command(*arguments: object, cwd: Path) -> str:
    """Standard output of the command line, which must succeed."""
    words = [sys.executable, "-m", "riskengine", *map(str, arguments)]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def path_lengths(folder: Path) -> dict[str, float]:
    """Deterministic finish [d] of every published network, run as one batch."""
    inputs = folder / "networks"
    inputs.mkdir()
    for instance in psplib():
        (inputs / f"{instance['name']}.toml").write_text(network_as_toml(instance), encoding="utf-8")
    command("batch", inputs, "-o", folder / "results", "-n", 256, cwd=folder)
    runs = {path.parent.name: riskengine.open_run(path.parent) for path in (folder / "results").glob("*/manifest.json")}
    return {name: run.tables["summary"].to_pylist()[0]["deterministic"] for name, run in runs.items()}


@needs_psplib
def test_all_48_printed_critical_path_lengths_are_met_exactly(tmp_path):
    printed = {instance["name"]: float(instance["mpm_time"]) for instance in psplib()}
    assert len(printed) == 48
    assert path_lengths(tmp_path) == printed


def test_the_gao_cost_model_through_the_command_line(tmp_path):
    """One seed: false alarm 6e-5 a number; an error of 5 standard errors is found with probability .84."""
    (tmp_path / "uav.toml").write_text(C2.scenario, encoding="utf-8")
    shown = json.loads(command("simulate", "uav.toml", "--json", "-o", "run", cwd=tmp_path))
    printed = {q.name: q.exact for q in C2.quantities}
    found = {f"P{row['p']:g}": row for row in shown["cost"]["percentiles"]}
    for name in ("P10", "P50", "P80", "P90"):
        error = (found[name]["ci_high"] - found[name]["ci_low"]) / 3.92
        assert abs(found[name]["value"] - printed[name]) <= 4 * error
    mean = shown["cost"]["mean"]
    assert abs(mean["value"] - printed["mean"]) <= 4 * (mean["ci_high"] - mean["ci_low"]) / 3.92
    assert shown["cost"]["deterministic"] == 77092


def different_dates(folder: Path) -> list[tuple[int, datetime, datetime]]:
    """Tasks of the real schedule whose deterministic dates are not the ones its own tool stored."""
    content = schedule()
    (folder / "home-move.toml").write_text(schedule_as_toml(content), encoding="utf-8")
    command("simulate", "home-move.toml", "-n", 256, "-o", "run", cwd=folder)
    rows = {row["task"]: row for row in riskengine.open_run(folder / "run").tables["tasks"].to_pylist()}
    different = []
    for task in leaf_tasks(content):
        row = rows[f"t{task['uid']}"]
        stored = datetime.fromisoformat(task["es"]), datetime.fromisoformat(task["ef"])
        if (row["deterministic_start"], row["deterministic_finish"]) != stored:
            different.append((task["uid"], row["deterministic_start"], row["deterministic_finish"], *stored))
    return different


@needs_schedule
def test_a_real_schedule_of_126_tasks_gets_the_dates_that_its_own_tool_stored(tmp_path):
    assert len(leaf_tasks(schedule())) == 126
    assert different_dates(tmp_path) == []
