"""Random scenarios in which some tasks are backlogs."""

from collections.abc import Callable
from random import Random
from typing import Any

from tests.twin.simulator.generator import Document, document
from tests.twin.simulator.unhurried_scenarios import is_nothing

WITHOUT_WORK = ("duration", "remaining", "percent_complete", "type", "milestone", "imported")


def with_backlogs(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, some of whose tasks are backlogs; what is correlated cannot be one."""
    rng = Random(f"backlogs {seed}")
    result = {key: value for key, value in plain(seed).items() if key != "correlations"}
    tasks = dict(result["tasks"])
    usable = [
        id
        for id, task in tasks.items()
        if task.get("type", "task") == "task"
        and not task.get("milestone")
        and not is_nothing(task.get("duration", 0))
        and "margin" not in task
    ]
    rng.shuffle(usable)
    backlogs = {id: _backlog(tasks.pop(id), rng) for id in usable[: rng.randint(1, 3)]}
    risks = {id: dict(risk) for id, risk in result.get("risks", {}).items()}
    for risk in risks.values():
        if backlogs and risk.get("kind", "threat") != "opportunity" and rng.random() < 0.5:
            id = rng.choice(sorted(backlogs))
            items = rng.choice([3, 2.5, [1, 4, 9], {"shape": "discrete", "values": [0, 8], "weights": [1, 1]}])
            impacts = risk.get("impacts", {})
            risk["impacts"] = impacts | {id: {**impacts.get(id, {}), "items": items}}
    more = ({"backlogs": backlogs} if backlogs else {}) | ({"risks": risks} if risks else {})
    return result | {"tasks": tasks} | more


def _backlog(task: Document, rng: Random) -> Document:
    """A backlog in place of a task."""
    rows = rng.randint(6, 14)
    done: list[Any] = [rng.choice([0, 1, 2, 3, 4, 5, 8, 2.5]) for _ in range(rows)]
    done[rng.randrange(rows)] = 6
    more: Document = {"items": rng.choice([1, 7, 30, [10, 14, 30], {"shape": "uniform", "low": 3, "high": 12}])}
    if rng.random() < 0.5:
        added = [rng.choice([0, 0, 0, 1]) for _ in range(rows)]
        more |= {"history": {"done": done, "added": added}} | ({"added": "history"} if rng.random() < 0.5 else {})
        done[0] += sum(added)
    else:
        more["done"] = done
    if rng.random() < 0.7:
        more["period"] = rng.choice(["1d", "3h", "1w", "0.5d", "2d"])
    if rng.random() < 0.5:
        more["growth"] = rng.choice(
            [1.1, 2, [1.0, 1.2, 1.5], {"shape": "discrete", "values": [1, 2], "weights": [1, 1]}]
        )
    if rng.random() < 0.5 and "added" not in more:
        more["focus"] = rng.choice([0.7, 0.5, {"shape": "uniform", "low": 0.5, "high": 1}])
    if rng.random() < 0.4:
        more["finish"] = "within period"
    if rng.random() < 0.3:
        more["sampling"] = rng.choice(["block:2", "block:4"])
    return {key: value for key, value in task.items() if key not in WITHOUT_WORK} | more
