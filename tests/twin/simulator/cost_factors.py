"""Random scenarios of the generator, their risks also making costs relatively dearer or cheaper.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.twin.simulator.generator import document

RANGES = {"threat": (1, 2), "opportunity": (0.25, 1), "driver": (0.5, 2)}


def dearer(seed: int, plain: Callable[[int], dict[str, Any]] = document) -> dict[str, Any]:
    """A random scenario with cost lines, with factors on their costs and on those of tasks.

    ``plain`` makes the scenario without.
    """
    rng = Random(f"dearer {seed}")
    result = plain(seed)
    result.setdefault("costs", {}).setdefault("site", {"rate": 40, "fixed": 7})
    result["costs"].setdefault("bond", {"fixed": {"shape": "uniform", "low": 10, "high": 90}})
    for task in result["tasks"].values():
        if "cost" not in task and rng.random() < 0.7:
            task["cost"] = {"fixed": rng.choice([100, 250.5])}
    risks = result.setdefault("risks", {})
    for number in range(rng.choice([1, 2, 4])):
        kind = rng.choice(list(RANGES))
        risks[f"dear{number}"] = {
            "kind": kind,
            "probability": rng.choice([0, 0.3, 0.5, 1]),
            **({"parallel": rng.choice(["weather", "people"])} if rng.random() < 0.5 else {}),
            **({"impact_sampling": rng.choice(["shared", "independent"])} if rng.random() < 0.5 else {}),
            "impacts": {
                key: {"cost_factor": factor(rng, *RANGES[kind]), **({"cost": 0} if key == "project" else {})}
                for key in keys(rng, list(result["tasks"]))
            },
        }
    return result


def keys(rng: Random, tasks: list[str]) -> list[str]:
    """What one risk acts on: nothing twice."""
    if rng.random() < 0.2:
        return ["project"]
    lines = rng.choice([["cost:*"], ["cost:site"], ["bond"], ["cost:bond", "site"], []])
    return [*lines, *rng.choice([["*"], rng.sample(tasks, min(2, len(tasks))), [rng.choice(tasks)]])]


def factor(rng: Random, low: float, high: float) -> Any:
    """A factor within bounds, in one of several shapes."""
    middle = (low + high) / 2
    return rng.choice(
        [
            high,
            middle,
            {"shape": "uniform", "low": low, "high": middle},
            {"shape": "triangular", "low": low, "most_likely": middle, "high": high},
            {"shape": "discrete", "values": [low, high], "weights": [2, 1]},
        ]
    )
