"""Random scenarios whose risks trigger each other, exclude each other, and come along with actions.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from random import Random

from tests.twin.simulator.generator import Document, document


def chained(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, in which risks depend on others."""
    rng = Random(f"chains {seed}")
    result = plain(seed)
    if "risk:" in str(result.get("correlations", "")):
        del result["correlations"]
    risks: Document = {id: dict(risk) for id, risk in result.get("risks", {}).items()}
    for number in range(rng.choice([1, 2, 3])):
        impacts = {rng.choice(["*", "project"]): {"delay": f"{rng.choice([1, 2, 7])}h", "cost": rng.choice([0, 50])}}
        chance = rng.choice([0, 0.3, 0.7, 1])
        risks[f"q{number}"] = {
            "kind": "threat",
            "probability": chance,
            "impacts": impacts if rng.random() < 0.8 else {},
        }
    result["risks"] = risks
    order = rng.sample(sorted(risks), len(risks))
    for place, id in enumerate(order):
        if place and rng.random() < 0.5 and "exposure" not in risks[id]:
            risks[id]["triggered_by"] = rng.sample(order[:place], min(place, rng.choice([1, 1, 2, 3])))
    with_sets(result, rng)
    bring_along(result, rng)
    return result


def causes(risks: Document, id: str) -> set[str]:
    """All that may trigger a risk, near or far."""
    near = set(risks[id].get("triggered_by", ()))
    return near.union(*(causes(risks, other) for other in near))


def with_sets(result: Document, rng: Random) -> None:
    """Let some risks exclude each other, their probabilities made small enough."""
    risks, sets = result["risks"], {}
    set_by_actions = {
        id
        for action in result.get("actions", {}).values()
        for id, change in action.get("effects", {}).items()
        if "probability" in change
    }
    free = [id for id in risks if "exposure" not in risks[id] and id not in set_by_actions]
    for number in range(rng.choice([0, 1, 1, 2])):
        members: list[str] = []
        for id in rng.sample(free, len(free)):
            is_apart = not any(id in causes(risks, other) or other in causes(risks, id) for other in members)
            if is_apart and len(members) < 4 and rng.random() < 0.7:
                members.append(id)
        if len(members) < 2:
            continue
        for id in members:
            free.remove(id)
            risks[id]["probability"] = rng.choice([0, 0.1, 0.25, 1 / len(members)])
        occurred = [id for id in members if risks[id].get("status") == "occurred"]
        for id in occurred[1:]:
            risks[id]["status"] = "closed"
        sets[f"set {number}"] = {"risks": members}
    if sets:
        result["exclusive"] = sets


def bring_along(result: Document, rng: Random) -> None:
    """Let some actions bring risks along."""
    left = list(result["risks"])
    for action in result.get("actions", {}).values():
        if "chance" not in action and left and rng.random() < 0.5:
            action["secondary_risks"] = [left.pop(rng.randrange(len(left)))]
