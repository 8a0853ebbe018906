"""Random scenarios whose plans set time aside."""

from collections.abc import Callable
from random import Random

from tests.twin.simulator.generator import Document, document

OF_WORK = ("cost", "resources", "early_finish_passed_on", "exists")
PROGRESS = ("actual_start", "actual_finish", "remaining", "percent_complete")


def with_margins(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, some of whose tasks are margins; those that others name stay as they are."""
    rng = Random(f"margins {seed}")
    result = plain(seed)
    tasks = result["tasks"] = {id: dict(task) for id, task in result["tasks"].items()}
    named = str({key: result.get(key) for key in ("risks", "actions", "correlations", "rework")})
    for id, task in tasks.items():
        is_free = "duration" in task and not any(key in task for key in PROGRESS) and f"'{id}'" not in named
        if is_free and rng.random() < 0.5:
            for key in OF_WORK:
                task.pop(key, None)
            task["margin"] = True
            task["duration"] = rng.choice([1, 3, 10, "6h", "1w", 0.5, "20h"])
    return result
