"""Random scenarios with risks that wait for a date.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from random import Random

from tests.twin.simulator.conditioned_scenarios import moment
from tests.twin.simulator.generator import Document, document


def waiting(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind, with risks that occur only where a task is late, and what those trigger."""
    rng = Random(f"waiting {seed}")
    result = plain(seed)
    if "risk:" in str(result.get("correlations", "")):
        del result["correlations"]
    tasks = result["tasks"]
    of_actions = {action.get("task") for action in result.get("actions", {}).values()}
    in_loops = {id for loop in result.get("rework", {}).values() for id in loop["tasks"]}
    followers = {id: behind(id, tasks, of_actions) for id in tasks}
    asked = [id for id in sorted(tasks) if not is_span(tasks[id]) and id not in of_actions | in_loops]
    risks = result.setdefault("risks", {})
    for number in range(rng.choice([1, 2, 3])):
        task = rng.choice(asked)
        risks[f"w{number}"] = {
            "probability": rng.choice([0.3, 0.7, 1, 1]),
            "after": task,
            "if_later_than": moment(rng, result.get("start") or result["data_date"]),
            **effects(rng, followers[task]),
        }
        if rng.random() < 0.4:
            risks[f"x{number}"] = {"probability": 0.6, "triggered_by": [f"w{number}"], **effects(rng, followers[task])}
        elif rng.random() < 0.4:
            risks[f"y{number}"] = {"probability": 0.6, "impacts": {"project": {"cost": 70}}}
            risks[f"w{number}"]["triggered_by"] = [f"y{number}"]
    return result


def effects(rng: Random, targets: list[str]) -> Document:
    """What a risk does: to some of the tasks that wait, to the project, or to cost lines."""
    kind = rng.choice(["threat", "opportunity", "driver"])
    low, high = {"threat": (1, 1.8), "opportunity": (0.4, 1), "driver": (0.5, 1.6)}[kind]
    sign = -1 if kind == "opportunity" else 1
    impacts: Document = {"project": {"delay": f"{sign * rng.choice([1, 3])}h", "cost": sign * 25}}
    if rng.random() < 0.3:
        impacts["project"]["delay"] = f"{sign * 2}eh"
    for id in rng.sample(targets, min(len(targets), rng.choice([0, 1, 2, 3]))):
        impact: Document = {}
        if rng.random() < 0.5:
            impact["factor"] = {"shape": "uniform", "low": low, "high": high}
        if rng.random() < 0.5 or not impact:
            impact["delay"] = f"{sign * rng.choice([1, 5, 9])}h"
        if rng.random() < 0.4:
            impact["cost_factor"] = {"shape": "uniform", "low": low, "high": high}
        impacts[id] = impact
    return {"kind": kind, "impacts": impacts, "impact_sampling": rng.choice(["default", "independent", "shared"])}


def behind(id: str, tasks: Document, of_actions: set[str]) -> list[str]:
    """Tasks that wait for a task, none of which, nor of those in between, has begun."""
    reached = {id}
    while True:
        more = {
            name
            for name, task in tasks.items()
            if name not in reached | of_actions and not is_span(task) and not has_begun(task) and waits(task, reached)
        }
        if not more:
            return sorted(reached - {id})
        reached |= more


def waits(task: Document, others: set[str]) -> bool:
    """Whether a task waits for one of some others."""
    links = (link if isinstance(link, str) else link["task"] for link in task.get("after", []))
    return any(link.split(" ")[0] in others for link in links)


def is_span(task: Document) -> bool:
    """Whether a task spans others."""
    return task.get("type") in ("level of effort", "summary")


def has_begun(task: Document) -> bool:
    """Whether a task has an actual date."""
    return "actual_start" in task or "actual_finish" in task
