"""Which tasks exist in an iteration, and random scenarios in which some need not.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from random import Random

from riskengine.model import Scenario
from tests.twin.simulator.generator import Document, document
from tests.twin.simulator.risks import Draw

SPANS = ("summary", "level of effort")


def absent_tasks(scenario: Scenario, draw: Draw | None) -> set[str]:
    """Tasks that do not exist: in the plan the less likely ones, in an iteration those of the smallest numbers.

    A task that is done again exists by the number of the first time.
    """
    return {
        id
        for id, task in scenario.tasks.items()
        if task.exists < 1 and task.actual_start is None and task.actual_finish is None
        if (task.exists < 0.5 if draw is None else draw(f"task/{id.split(' (again ')[0]}/exists") < 1 - task.exists)
    }


def uncertain(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, in which some tasks need not exist."""
    rng = Random(f"existence {seed}")
    result = plain(seed)
    result["tasks"] = {id: dict(task) for id, task in result["tasks"].items()}
    often = rng.choice([0.2, 0.6])
    for task in result["tasks"].values():
        if task.get("type") not in SPANS and rng.random() < often:
            task["exists"] = rng.choice([0, 0.3, 0.5, 0.7, 1, round(rng.random(), 3)])
            cost = task.get("cost")
            if isinstance(cost, dict) and rng.random() < 0.2:
                task["cost"] = {**cost, "actual": 55}
    return result
