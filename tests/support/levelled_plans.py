"""Levelled scenarios, hand-made and drawn at random."""

import random
from datetime import date
from typing import Any

import numpy as np

from riskengine import engine, plan
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import LHS, Output
from riskengine.model import Scenario
from riskengine.plan import Plan
from riskengine.scenario import parse

Document = dict[str, Any]
DAY = 86_400


def scenario(document: Document) -> Scenario:
    """Read a document; it starts on Monday 1 March 2027, round the clock unless it says otherwise."""
    usual: Document = {"schema": 1, "name": "levelled", "calendar": "24h", "levelling": True}
    if "data_date" not in document:
        usual["start"] = date(2027, 3, 1)
    return parse(usual | document, "levelled.toml")


def compiled(document: Document) -> Plan:
    """Compile a document."""
    return plan.compile(scenario(document))


def dates(made: Plan, output: Output, iteration: int = 0) -> dict[str, tuple[float, float]]:
    """Return start and finish of every task of a plan that runs round the clock, in days after the start."""
    days = made.time.tick / DAY
    return {
        name: (float(output.start[row, iteration] * days), float(output.end[row, iteration] * days))
        for row, name in enumerate(made.task)
    }


def planned(document: Document) -> dict[str, tuple[float, float]]:
    """Return start and finish of every task in the deterministic plan, in days after the start."""
    made = compiled(document)
    return dates(made, engine.deterministic(made))


def simulated(made: Plan, blocks: int = 1, seed: int = 3) -> Output:
    """Return blocks of iterations with all their tasks."""
    columns = blocks * BLOCK
    return run_blocks(made, Request(seed, LHS, columns, task_iterations=columns), made.variables.dimension)


def drawn(seed: int, tasks: int = 24, calendars: bool = False, risks: bool = True) -> Document:
    """Draw a scenario: logic of every type with lags and leads, several resources, calendars, risks."""
    rng = random.Random(seed)
    resources = {f"r{k}": {"capacity": rng.choice([1, 2, 3, 2.5])} for k in range(rng.randint(1, 3))}
    document: Document = {"resources": resources, "tasks": {}}
    if calendars:
        document["calendar"] = "office"
        document["calendars"] = {
            "office": {"week": "mon-fri 08:00-12:00 13:00-17:00", "holidays": ["2027-03-12"]},
            "late": {"week": "mon-sat 12:00-22:00"},
            "crane": {"week": "mon-fri 07:00-15:30", "holidays": ["2027-03-17..2027-03-23"]},
        }
        resources["r0"]["calendar"] = "crane"
    for at in range(tasks):
        length = rng.choice([0, 1, 1, 2, 3, 5]) if rng.random() < 0.9 else 8
        task: Document = {"duration": [0.5 * length, length, 2 * length] if length else 0}
        if length and rng.random() < 0.1:
            task["duration"] = [0, 0, length]
        links = sorted({rng.randrange(at) for _ in range(rng.randint(0, 3))}) if at else []
        task["after"] = [f"t{before:02d} {_link(rng)}".strip() for before in links]
        if length:
            held = rng.sample(sorted(resources), rng.randint(0, len(resources)))
            task["resources"] = {name: rng.choice([0.5, 1]) * resources[name]["capacity"] for name in held}
            if calendars:
                task["calendar"] = rng.choice(["office", "office", "late", "24h"])
        document["tasks"][f"t{at:02d}"] = task
    if risks:
        delay = ["1ed", "2ed", "3ed"] if calendars else [1, 2, 4]
        hit = next(name for name, task in document["tasks"].items() if task["duration"])
        document["risks"] = {"late": {"probability": 0.4, "impacts": {hit: {"delay": delay}}}}
    document["levelling"] = {"rule": rng.choice(["late finish", "total float", "early start", "priority", "shortest"])}
    return document


def _link(rng: random.Random) -> str:
    kind = rng.choice(["", "", "", "SS", "FF", "SF"])
    lag = rng.choice(["", "", "+1d", "+2d", "-1d", "-2d", "+1ed"])
    return f"{kind}{lag}" if kind or not lag else f"FS{lag}"


def spans(made: Plan, output: Output) -> dict[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """Return start and finish of every task [tick on the clock], (iteration,) each, from the output's own dates."""
    starts, ends = made.clock_start(output.start), made.clock(output.end)
    return {name: (starts[row], ends[row]) for row, name in enumerate(made.task)}
