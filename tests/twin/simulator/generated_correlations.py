"""Correlations of random scenarios: groups, pairs, matrices, tails, behind all else that a scenario has."""

from random import Random
from typing import Any

Document = dict[str, Any]


def with_correlations(result: Document, rng: Random) -> Document:
    """Correlate some of what a scenario has, as far as everything in it can be: by a generator of its own, so that the
    rest of the scenario does not depend on it."""
    if rng.random() < 0.6:
        return result
    tasks = result["tasks"]
    durations = [id for id, task in tasks.items() if "duration" in task]
    few = {id for id in durations if is_discrete(tasks[id]["duration"])}
    risks = [f"risk:{id}" for id, risk in result.get("risks", {}).items() if 0.2 <= risk["probability"] <= 0.8]
    pool = [*durations, *risks, *(f"cost:{id}" for id in result.get("costs", {}))]
    if rng.random() < 0.5:
        pool = [id for id in durations if id not in few]
    rng.shuffle(pool)
    correlations: Document = {}
    for id in rng.sample(["x", "y", "first of all"], rng.randint(1, 2)):
        group, pool = pool[: rng.choice([2, 2, 3, 4, 6, 9])], pool[9:]
        if len(group) < 2:
            break
        is_plain = all(key in tasks and key not in few for key in group)
        ranks = [0, 0.3, 0.6, 0.95, -0.02] if is_plain else [0, 0.05, 0.05, 0.05, -0.01]
        correlations[id] = {"between": group, "rank": rng.choice(ranks)}
    if len(durations) > 1 and (not correlations or rng.random() < 0.15):
        key = rng.choice(["*", "team:red", "wbs:1"])
        if has_two(key, tasks):
            correlations = {"all": {"between": [key], "rank": 0.05}}
    plain = [id for id in durations if id not in few and not isinstance(tasks[id]["duration"], int | str)]
    correlations |= further_correlations(correlations, plain, rng)
    if correlations:
        result["correlations"] = correlations
    return result


def further_correlations(correlations: Document, plain: list[str], rng: Random) -> Document:
    """Pairs, a matrix, tails, and a group that overlaps, of continuous durations that nobody correlates so far."""
    named = {key for one in correlations.values() for key in one["between"]}
    if "all" in correlations or rng.random() < 0.4:
        return {}
    free = [id for id in plain if id not in named]
    rng.shuffle(free)
    more: Document = {}
    if len(free) >= 3:
        a, b, c = free[:3]
        pairs = {"pairs": {f"{a}/{b}": 0.5, f"{c}/{b}": -0.4}}
        matrix = {"matrix": {"members": [c, a, b], "rows": [[1], [0.3, 1], ["", 0.4, 1]]}}
        more["more"] = rng.choice([pairs, matrix, {**pairs, "tails": 4}, {"pairs": {f"{a}/{b}": 0.6}, "tails": 2.5}])
    if correlations and len(free) >= 5 and rng.random() < 0.5:
        one = rng.choice(list(correlations.values()))["between"][0]
        more["over"] = {"between": [one, *free[3:5]], "rank": 0.05}
    return more


def without_impossible(result: Document) -> None:
    """Take out what correlates durations that are gone, since progress was made: whole, or of all that it selects."""
    tasks, correlations = result["tasks"], result.get("correlations", {})
    for id, one in list(correlations.items()):
        named = [*one.get("between", ()), *one.get("matrix", {}).get("members", ())]
        named += [key for pair in one.get("pairs", ()) for key in pair.split("/")]
        are_gone = any(key in tasks and "duration" not in tasks[key] for key in named)
        if are_gone or (id == "all" and not has_two(named[0], tasks)):
            del correlations[id]
    if not correlations:
        result.pop("correlations", None)


def has_two(key: str, tasks: Document) -> bool:
    """Whether a selector selects two durations that vary."""
    varying = [task for task in tasks.values() if not isinstance(task.get("duration", 0), int | float | str)]
    return sum(is_selected(key, task) for task in varying) > 1


def is_discrete(estimate: Any) -> bool:
    """Whether an estimate has a few values."""
    return isinstance(estimate, dict) and estimate.get("shape") in ("discrete", "empirical")


def is_selected(key: str, task: Document) -> bool:
    """Whether a selector means a task."""
    wbs = f"{task.get('wbs', '')}."
    return key == "*" or (key == "team:red" and task.get("team") == "red") or (key == "wbs:1" and wbs.startswith("1."))
