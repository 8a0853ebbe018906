"""Random scenarios whose risks can occur between two tasks only.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from tests.twin.simulator.generator import Document
from tests.twin.simulator.under_way import under_way


def windowed(seed: int, plain: Callable[[int], Document] = under_way) -> Document:
    """A random scenario of a kind, with exposures that begin and end with tasks."""
    rng = Random(f"windows {seed}")
    result = plain(seed)
    tasks = list(result["tasks"])
    now = result.get("data_date") or result["start"]
    if "correlations" in result or "actions" in result:
        return result
    for number in range(3):
        exposure: Document = {}
        first, last = sorted(rng.choices(range(len(tasks)), k=2))  # no later task comes before an earlier one
        if rng.random() < 0.6:
            exposure["begins_with"] = tasks[first]
        elif rng.random() < 0.7:
            exposure["from"] = now - timedelta(days=rng.randrange(1, 20))
        if rng.random() < 0.6 or not exposure:
            exposure["expires_with"] = tasks[last]
        if exposure.keys() & {"from", "begins_with"} and (rng.random() < 0.6 or "expires_with" not in exposure):
            exposure["to"] = now + timedelta(days=rng.randrange(1, 40))
        impacts = {"project": {"delay": rng.choice([1, 2]), "cost": 100}}
        probability = rng.choice([1, 0.5, 0.8])
        result.setdefault("risks", {})[f"window {number}"] = {
            "probability": probability,
            "exposure": exposure,
            "impacts": impacts,
        }
    return result


def open_ended(seed: int, plain: Callable[[int], Document] = windowed) -> Document:
    """A random scenario of a kind with exposures, some of which have a beginning and no end."""
    rng = Random(f"open windows {seed}")
    result = plain(seed)
    for risk in result.get("risks", {}).values():
        exposure = risk.get("exposure", {})
        if exposure.keys() & {"from", "begins_with"} and rng.random() < 0.5:
            risk["exposure"] = {key: value for key, value in exposure.items() if key in ("from", "begins_with")}
    return result
