"""Branches and rework as the rules say them."""

from collections.abc import Callable
from typing import Any

from riskengine.model import Relationship, Scenario, Task


def named(task: str, number: int) -> str:
    """Id of a task that is done again."""
    return f"{task} (again {number})"


def shrunk(estimate: Any, share: float) -> Any:
    """An estimate with every value multiplied."""
    if estimate is None:
        return None
    fields = {
        name: value * share
        for name, value in estimate.__dict__.items()
        if isinstance(value, float) and name not in NO_VALUES
    }
    if estimate.shape in ("discrete", "empirical"):
        fields["values"] = tuple(value * share for value in estimate.values)
    return estimate.model_copy(update=fields)


def shrunk_work(task: Task, share: float) -> dict[str, Any]:
    """What there is to do of a task that is done again, nothing of which has been done."""
    work = {key: shrunk(getattr(task, key), share) for key in ("duration", "effort", "quantity")}
    return work | dict.fromkeys(("remaining_work", "remaining_quantity"))


NO_VALUES = ("lambda_", "low_percentile", "high_percentile", "alpha", "beta", "form", "weight_below")


def after_each(tasks: dict[str, Task]) -> dict[str, set[str]]:
    """What follows each task, near or far; spans do not count."""
    order: dict[str, set[str]] = {}

    def far(id: str) -> set[str]:
        if id not in order:
            near = {t.id for t in tasks.values() if not t.is_span and any(r.task == id for r in t.after)}
            order[id] = near.union(*(far(other) for other in near))
        return order[id]

    return {id: far(id) for id, task in tasks.items() if not task.is_span}


def repeated(scenario: Scenario) -> Scenario:
    """The scenario with a task for each repeat of every loop that is not over."""
    tasks = dict(scenario.tasks)
    impacts = {id: dict(risk.impacts) for id, risk in scenario.risks.items()}
    following = after_each(scenario.tasks) if scenario.rework else {}
    for loop in scenario.rework.values():
        members = set(loop.tasks)
        ends = {id for id in members if not following[id] & members}
        starts = {id for id in members if not any(id in following[other] for other in members)}
        times = loop.most if loop.probability > 0 else 0
        if all(scenario.tasks[id].actual_finish is not None for id in ends):
            continue
        for id, task in list(tasks.items()):
            if id not in members and times:
                links = [
                    r.model_copy(update={"task": named(r.task, times)})
                    if r.task in ends and r.type in ("FS", "FF")
                    else r
                    for r in task.after
                ]
                tasks[id] = task.model_copy(update={"after": tuple(links)})
        for number in range(1, times + 1):
            for id in members:
                first = scenario.tasks[id]
                links = [r.model_copy(update={"task": named(r.task, number)}) for r in first.after if r.task in members]
                if id in starts:
                    links = [Relationship(task=end if number == 1 else named(end, number - 1)) for end in sorted(ends)]
                share = loop.factor**number
                cost = first.cost.model_copy(update={"fixed": shrunk(first.cost.fixed, share), "actual": None})
                new = {"id": named(id, number), **shrunk_work(first, share), "after": tuple(links)}
                nothing = dict.fromkeys(("actual_start", "actual_finish", "remaining", "resume", "deadline"))
                tasks[named(id, number)] = first.model_copy(update={**nothing, **new, "cost": cost, "constraints": ()})
                for entries in impacts.values():
                    if id in entries and (entries[id].factor is not None or entries[id].cost_factor is not None):
                        entries[named(id, number)] = entries[id].model_copy(update={"delay": None, "cost": None})
    risks = {id: risk.model_copy(update={"impacts": impacts[id]}) for id, risk in scenario.risks.items()}
    return scenario.model_copy(update={"tasks": dict(sorted(tasks.items())), "risks": risks})


def last_time(scenario: Scenario, target: str) -> str:
    """The task whose finish is that of a target: the last repeat of what ends a loop."""
    for loop in scenario.rework.values():
        last = named(target, loop.most)
        is_end = target in loop.tasks and not after_each(scenario.tasks)[target] & set(loop.tasks)
        if is_end and last in scenario.tasks:
            return last
    return target


def path_of(scenario: Scenario, first: str, others: list[str]) -> set[str]:
    """Tasks on the path that begins with one task, by going over all tasks again and again."""
    following = after_each(scenario.tasks)
    path = {first}
    while True:
        more = {
            id
            for id in following[first] - path
            if not any(id == other or id in following[other] for other in others)
            and all(r.task in path for r in scenario.tasks[id].after if not scenario.tasks[r.task].is_span)
        }
        if not more:
            return path
        path |= more


def untaken(scenario: Scenario, draw: Callable[[str], float] | None) -> set[str]:
    """Tasks on the paths that are not followed, and repeats that are not needed; what has begun is there."""
    absent: set[str] = set()
    for loop in scenario.rework.values():
        is_open = any(named(id, 1) in scenario.tasks for id in loop.tasks)
        number = draw(f"rework/{loop.id}/repeats") if draw is not None and is_open and loop.probability < 1 else 1.0
        for k in range(1, loop.most + 1):
            chance = loop.probability**k
            is_missing = chance < 0.5 if draw is None else number < 1 - chance
            absent |= {named(id, k) for id in loop.tasks if is_missing and named(id, k) in scenario.tasks}
    for branch in scenario.branches.values():
        if not branch.paths:
            continue  # no chance decides
        firsts = sorted(branch.paths)
        paths = {first: path_of(scenario, first, [f for f in firsts if f != first]) for first in firsts}
        begun = [first for first in firsts if any(is_begun(scenario.tasks[id]) for id in paths[first])]
        if begun:
            taken = begun
        elif draw is None:
            taken = [max(firsts, key=lambda first: (branch.paths[first], [-ord(c) for c in first]))]
        elif len(firsts) == 1:
            taken = firsts
        else:
            number, taken = draw(f"branch/{branch.id}/path"), firsts[-1:]
            for place, first in enumerate(firsts[:-1]):
                if number < sum(branch.paths[f] for f in firsts[: place + 1]):
                    taken = [first]
                    break
        for first in firsts:
            if first not in taken:
                absent |= paths[first]
    return {id for id in absent if not is_begun(scenario.tasks[id])}


def is_begun(task: Task) -> bool:
    return task.actual_start is not None or task.actual_finish is not None
