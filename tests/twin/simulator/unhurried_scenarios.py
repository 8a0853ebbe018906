"""Random scenarios in which people work away some of the time that is left."""

import re
from collections.abc import Callable
from random import Random

from tests.twin.simulator.generator import Document, document


def unhurried(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, in which some tasks keep a share of their gains."""
    rng = Random(f"unhurried {seed}")
    result = plain(seed)
    result["tasks"] = {id: dict(task) for id, task in result["tasks"].items()}
    if rng.random() < 0.3:
        defaults = result.get("defaults", {})
        result["defaults"] = defaults | {"task": defaults.get("task", {}) | {"early_finish_passed_on": 0.25}}
    for task in result["tasks"].values():
        if "duration" in task and not is_nothing(task["duration"]) and rng.random() < 0.7:
            task["early_finish_passed_on"] = rng.choice([0, 0, 0.5, 0.3, 1, round(rng.random(), 3)])
    return result


def is_nothing(duration: object) -> bool:
    """Whether a duration as files have it is known to be zero, which makes a milestone of a task."""
    if isinstance(duration, dict):
        return duration.get("value") == 0
    return isinstance(duration, int | float | str) and re.fullmatch(r"[-+]?0*\.?0*[a-z]*", str(duration)) is not None
