"""Random scenarios of the generator, some of their tasks with work or a quantity in place of a duration.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

import json
from collections.abc import Callable
from random import Random
from typing import Any

from tests.twin.simulator.generator import Document, document

PACES: list[Any] = [
    {"shape": "uniform", "low": 0.5, "high": 2},
    {"shape": "triangular", "low": 0.8, "most_likely": 1, "high": 1.1},
    {"shape": "pert", "low": 1, "most_likely": 3, "high": 4},
    {"shape": "discrete", "values": [1, 2, 4], "weights": [1, 2, 1]},
    {"shape": "empirical", "values": [2, 3, 3, 5]},
    {"shape": "lognormal", "mean": 1.5, "sd": 0.5, "min": 0.5},
    {"shape": "cumulative", "values": [1, 2, 3], "probabilities": [0, 0.25, 1]},
]
KNOWN = [1, 2, 3, 0.5, 1.5]


def at_a_pace(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, in which some tasks take as long as their pace makes their work."""
    rng = Random(f"work {seed}")
    result = plain(seed)
    result["tasks"] = {id: dict(task) for id, task in result["tasks"].items()}
    for task in result["tasks"].values():
        if rng.random() < 0.7:
            convert(task, rng, is_known="correlations" in result)
    return result


def convert(task: Document, rng: Random, is_known: bool) -> None:
    """Let a task say work, or a quantity, where it says a duration; what is known must be so that goes with others."""
    written = json.dumps([task.get("duration", "0"), task.get("remaining", "")])
    if "eh" in written or "ed" in written or str(task.get("duration", "0")).startswith(("0", "{'value': 0")):
        return

    def pace() -> Any:
        return rng.choice(KNOWN if is_known or rng.random() < 0.3 else PACES)

    is_pure = not any(mark in written for mark in ('h"', 'd"', 'w"', 'mo"'))
    key = "quantity" if is_pure and rng.random() < 0.5 else "work"
    task[key] = task.pop("duration")
    if "remaining" in task:
        task[f"remaining_{key}"] = task.pop("remaining")
    if key == "quantity":
        task["rate_per_day"] = pace()
        return
    for name in ("people", "productivity"):
        if rng.random() < 0.7:
            task[name] = pace()
