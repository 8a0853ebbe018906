"""Random scenarios in which most tasks cost something, near the end of a month."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from riskengine.model import Scenario
from tests.twin.simulator.generator import Document

FIXED: list[Any] = [1000, {"shape": "triangular", "low": 100, "most_likely": 500, "high": 900}]
RATE: list[Any] = [100, {"shape": "triangular", "low": 50, "most_likely": 60, "high": 100}]
SPANS = ("summary", "level of effort")


def paid(seed: int, plain: Callable[[int], Document]) -> Document:
    """One random scenario of a kind, with costs on its tasks and none on its spans.

    Of a plan that has not begun the start is moved to the last days of a month in half of the seeds.
    """
    rng = Random(f"paid {seed}")
    result = plain(seed)
    result["tasks"] = {id: dict(task) for id, task in result["tasks"].items()}
    for task in result["tasks"].values():
        if task.get("type") in SPANS:
            task.pop("cost", None)
            task.pop("resources", None)
        elif rng.random() < 0.7:
            _pay(rng, task)
    is_bound = any("actual_start" in task or "constraints" in task for task in result["tasks"].values())
    if seed % 2 and "start" in result and not is_bound:
        result["start"] = date(2027, 3, 20 + seed % 11)
    return result


def _pay(rng: Random, task: Document) -> None:
    """Let a task cost something; one that has begun may have spent some of it."""
    cost = dict(task["cost"]) if isinstance(task.get("cost"), dict) else {}
    if rng.random() < 0.6:
        cost["fixed"] = rng.choice(FIXED)
    if "milestone" not in task.get("type", "") and not task.get("milestone") and rng.random() < 0.6:
        cost["rate"] = rng.choice(RATE)
    if "actual_start" in task and rng.random() < 0.4:
        cost["actual"] = 333
    if cost:
        task["cost"] = cost


def is_told(scenario: Scenario) -> bool:
    """Whether the twin says when all of the money is spent: not of spans, nor of work wanted as late as possible."""
    tasks = scenario.tasks.values()
    is_late = any(constraint.type == "ALAP" for task in tasks for constraint in task.constraints)
    hits_spans = any(task.is_span for task in tasks) and bool(scenario.risks)
    return not is_late and not hits_spans and not all(task.is_finished or task.is_span for task in tasks)
