"""Random scenarios in which tasks take less time because they are not the first of their kind."""

from collections.abc import Callable
from random import Random

from tests.twin.simulator.generator import Document, document
from tests.twin.simulator.unhurried_scenarios import is_nothing


def with_learning(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, some of whose tasks are learnt in some order."""
    rng = Random(f"learning {seed}")
    result = plain(seed)
    of_actions = {action.get("task") for action in result.get("actions", {}).values()}
    usable = [
        id
        for id, task in result["tasks"].items()
        if "duration" in task
        and not is_nothing(task["duration"])
        and id not in of_actions
        and not {"percent_complete", "margin", "actual_finish"} & task.keys()
    ]
    rng.shuffle(usable)
    learning: Document = {}
    while len(usable) >= 2 and len(learning) < 2:
        size = rng.randint(2, min(5, len(usable)))
        learning[f"l{len(learning)}"] = {"tasks": usable[:size], "rate": rng.choice([0.5, 0.7, 0.9, 1, 0.83])}
        usable = usable[size:]
    return result | ({"learning": learning} if learning else {})
