"""A user's program that calls everything public; ``test_typing.py`` runs it and holds it against type checkers."""

from datetime import datetime
from pathlib import Path
from typing import Any

import riskengine
from riskengine.model import Pert, Task


def sources(folder: Path, document: dict[str, Any]) -> list[riskengine.Scenario]:
    """Read a scenario from whatever ``read`` takes."""
    path = folder / "plan.toml"
    first = riskengine.read(path)
    return [
        first,
        riskengine.read(str(path)),
        riskengine.read(path.read_text(encoding="utf-8")),
        riskengine.read(document),
        riskengine.read({"schema": 1, "name": "Other", "extends": "plan.toml"}, folder=folder),
        riskengine.read(first),
    ]


def built() -> riskengine.Scenario:
    """Build a scenario in code and vary it."""
    scenario = riskengine.Scenario(
        name="Stand",
        start="2027-03-01",
        tasks={"design": {"duration": [5, 8, 15]}, "build": {"duration": "12d", "after": ["design"]}},
        risks={"late": {"probability": 0.3, "impacts": {"build": {"delay": [1, 2, 5]}}}},
        gates={"hall": {"finish": "2027-03-31", "confidence": 0.8}},
    )
    changes: dict[str, object] = {"risks.late.probability": 0.2, "tasks.design": None, "tasks.build.after": None}
    return scenario.changed(changes).changed({"tasks.build.duration": Pert(low=9, most_likely=11, high=15, unit="d")})


def looked_at(scenario: riskengine.Scenario) -> tuple[int, float, str, str, tuple[str, ...]]:
    """Look at what a scenario holds."""
    task: Task = scenario.tasks["build"]
    start: datetime = scenario.start
    return start.year, task.duration.plan_value(), scenario.digest, scenario.to_json(), scenario.hints


def noted(done: int, total: int, words: str) -> None:
    """Take the progress of a run."""


def simulated(scenario: riskengine.Scenario) -> riskengine.Run:
    """Simulate with every option."""
    return riskengine.simulate(
        scenario,
        iterations=256,
        seed=7,
        method="lhs",
        threads=1,
        progress=noted,
        memory_share=0.5,
        contributions=False,
    )


def decided(path: Path) -> str:
    """Say what a run says."""
    run = riskengine.decide(path, iterations=256, until=1024)
    finish: datetime = run.finish(0.8)
    slot: datetime = run.finish(0.8, target="project")
    cost: float = run.cost(0.8)
    gate: riskengine.GateResult = run.gate("hall-opens")
    chance: float = gate.probability
    assert gate.finish is None or gate.finish.year == 2027
    verdict = run.decision
    if verdict == "go":
        return "go"
    return f"{verdict} {finish:%Y} {slot:%Y} {cost:.0f} {chance:.2f} {gate.answer} {' '.join(run.words)}"


def tabulated(run: riskengine.Run) -> list[str]:
    """Go through a table."""
    table: riskengine.Table = run.table("tasks")
    names: list[str] = table.columns
    rows: list[dict[str, Any]] = table.rows()
    frames: list[Any] = [table.to_pandas(), table.to_polars()]
    assert len(table) == len(rows) == len(frames[0]) == table.to_arrow().num_rows
    stream = table.__arrow_c_stream__()
    units: dict[str, str] = table.units
    return [
        *names,
        units["criticality"],
        table.meanings["ssi"],
        table.name,
        table.meaning,
        repr(stream),
        *table["task"],
    ]


def refused() -> list[str]:
    """Take faults as they come."""
    found: list[str] = []
    try:
        riskengine.read("schema = 1\nname = 3\n")
    except riskengine.ScenarioError as error:
        issues: tuple[riskengine.Issue, ...] = error.issues
        found += [f"{issue.code} {issue.path} {issue.line} {issue.rule} {issue.cure}" for issue in issues]
    try:
        riskengine.open_run("nowhere")
    except riskengine.ResultsError as error:
        found.append(error.code)
    for kind in (riskengine.UsageError, riskengine.MachineError):
        assert issubclass(kind, riskengine.RiskengineError)
    return found


def kept(run: riskengine.Run, folder: Path) -> bool:
    """Write a run and open it again."""
    run.write(folder / "run")
    again = riskengine.open_run(folder / "run")
    return again.finish(0.5) == run.finish(0.5) and again.manifest["run"] == run.manifest["run"]
