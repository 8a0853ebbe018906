"""Random scenarios with branches, rework and tasks that need not exist.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from random import Random

from tests.twin.simulator.generator import Document, document

SPANS = ("summary", "level of effort")


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


def branched(seed: int, plain: Callable[[int], Document] = uncertain) -> Document:
    """A random scenario with branches, one inside another at times, and loops of rework."""
    rng = Random(f"branches {seed}")
    result = plain(seed)
    tasks = result["tasks"] = {id: dict(task) for id, task in result["tasks"].items()}
    usable = [id for id, task in tasks.items() if task.get("type") not in SPANS]
    branches: Document = {}
    for number in range(rng.choice([1, 1, 2])):
        where = rng.choice(usable)
        weights = rng.choice([[1], [0.8, 0.2], [0.5, 0.5], [0.25, 0.25, 0.5], [0.1, 0.9]])
        firsts = [f"path {number}{letter}" for letter in "xyz"[: len(weights)]]
        ends = []
        for first in firsts:
            tasks[first] = piece(rng, [where])
            chain = [first]
            for place in range(rng.choice([0, 0, 1, 2])):
                follower = f"{first} {place}"
                before = [rng.choice(chain), *rng.sample(usable, rng.random() < 0.15)]
                tasks[follower] = piece(rng, list(dict.fromkeys(before)))
                chain.append(follower)
            ends.append(rng.choice(chain))
            usable += chain
        tasks[f"join {number}"] = piece(rng, ends)
        branches[f"branch {number}"] = {"after": where, "paths": dict(zip(firsts, weights, strict=True))}
    result["branches"] = branches
    rework: Document = {}
    taken: set[str] = set()
    for number in range(rng.choice([0, 1, 2])):
        free = [id for id in usable if id not in taken]
        inside = [rng.choice(free)] if free else []
        if inside and rng.random() < 0.5:
            new = f"check {number}"
            tasks[new] = piece(rng, inside[:1])
            inside.append(new)
        taken.update(inside)
        if inside:
            rework[f"loop {number}"] = {
                "tasks": inside,
                "probability": rng.choice([0, 0.3, 0.5, 0.9, 1]),
                "factor": rng.choice([0.5, 1, 1.5]),
                "most": rng.choice([1, 2, 3]),
            }
    if rework:
        result["rework"] = rework
    return result


def piece(rng: Random, before: list[str]) -> Document:
    """A small task after some others."""
    task: Document = {"after": [link(rng, id) for id in before]}
    if rng.random() < 0.2:
        task["milestone"] = True
    else:
        task["duration"] = rng.choice([0, 1, 2, "5h", {"shape": "uniform", "low": 1, "high": 3}])
    if rng.random() < 0.5:
        task["cost"] = {"fixed": rng.choice([10, 25.5]), "rate": 7}
    if rng.random() < 0.3:
        task["exists"] = 0.5
    if rng.random() < 0.3:
        task["team"] = "red"
    return task


def link(rng: Random, id: str) -> Document:
    return {"task": id, "type": rng.choice(["FS", "FS", "FS", "SS", "FF"]), "lag": rng.choice([0, 0, 1, "4h", -1])}
