"""Correlated uniforms of one iteration, from the uniforms that everything would have alone.

In a Gaussian copula, quantities with a rank correlation follow normal scores with a correlation of their own: that of
continuous ones is 2 sin(pi rank / 6), that of others is found here by integrating over one of the two scores.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from math import asin, pi, sin, sqrt
from statistics import NormalDist

from riskengine.model import Correlation, Scenario, Task
from tests.twin.simulator.risks import is_meant

NORMAL = NormalDist()
FACTOR_FROM = 5
"""Members of one kind from which a group with a positive rank follows one factor."""
PARTS = 2000
EDGE = 9.0
"""Standard deviations within which scores are integrated."""
Steps = tuple[float, ...]
Uniform = Callable[[str], float]


def members(scenario: Scenario, correlation: Correlation) -> list[tuple[str, Steps]]:
    """Streams of a group in the order of their names, each with the probabilities at which its value jumps."""
    found: dict[str, Steps] = {}
    for key in correlation.between:
        for stream, steps in meant(scenario, key):
            found[stream] = steps
    return sorted(found.items())


def meant(scenario: Scenario, key: str) -> Iterator[tuple[str, Steps]]:
    """Streams that one key means."""
    word, _, id = key.partition(":")
    tasks = scenario.tasks
    if key in tasks:
        yield f"task/{key}/duration", jumps(duration(tasks[key]))
    elif word == "risk":
        for risk in scenario.risks.values():
            if id in ("*", risk.id):
                p = risk.probability
                yield f"risk/{risk.id}/occurs", (1 - p,) if 0 < p < 1 else ()
    elif word == "cost":
        lines = scenario.costs
        named = list(lines) if id == "*" else [id]
        for name in named:
            owner, cost = (f"cost/{name}", lines[name]) if name in lines else (f"task/{name}", tasks[name].cost)
            for part, amount in (("fixed", cost.fixed), ("rate", cost.rate)):
                if amount is not None:
                    yield f"{owner}/{part}", jumps(amount)
    else:
        for task in tasks.values():
            if is_meant(key, task) and not task.is_milestone and not task.is_span:
                yield f"task/{task.id}/duration", jumps(duration(task))


def duration(task: Task) -> object:
    """The estimate that says whether the duration of a task has ties."""
    return task.duration if task.actual_finish is not None or task.remaining is None else task.remaining


def jumps(estimate: object) -> Steps:
    """Probabilities at which a discrete estimate goes on to its next value."""
    if getattr(estimate, "shape", "") != "discrete":
        return ()
    weights: dict[float, float] = {}
    least = -1e300 if estimate.min is None else estimate.min
    most = 1e300 if estimate.max is None else estimate.max
    for value, weight in zip(estimate.values, estimate.weights, strict=True):
        if least <= value <= most and weight > 0:
            weights[value] = weights.get(value, 0.0) + weight
    total, below, at = sum(weights.values()), 0.0, []
    for value in sorted(weights)[:-1]:
        below += weights[value] / total
        at.append(below)
    return tuple(at)


def midrank_moments(steps: Steps) -> tuple[list[float], list[float], float]:
    """Where the midrank jumps, by how much, and its variance."""
    edges = [0.0, *steps, 1.0]
    sizes = [(after - before) / 2 for before, after in zip(edges, edges[2:], strict=False)]
    middle = [(a + b) / 2 for a, b in pairwise(edges)]
    variance = sum((b - a) * (m - 0.5) ** 2 for (a, b), m in zip(pairwise(edges), middle, strict=True))
    return [NORMAL.inv_cdf(step) for step in steps], sizes, variance


def above(edge: float, share: Callable[[float], float]) -> float:
    """Integral of the normal density times ``share`` from an edge upwards, by Simpson's rule."""
    width = (EDGE - edge) / PARTS
    total = 0.0
    for k in range(PARTS + 1):
        t = edge + k * width
        total += (1 if k in (0, PARTS) else 4 if k % 2 else 2) * NORMAL.pdf(t) * share(t)
    return total * width / 3


def rank_of(one: Steps, other: Steps, r: float) -> float:
    """Rank correlation of two quantities whose scores have correlation ``r``, strictly between -1 and 1."""
    if not one and not other:
        return 6 / pi * asin(r / 2)
    if not one:
        one, other = other, one
    edges, sizes, variance = midrank_moments(one)
    total = 0.0
    if not other:
        for edge, size in zip(edges, sizes, strict=True):
            mean = above(edge, lambda t: NORMAL.cdf(r * t / sqrt(2 - r * r)))
            total += size * (mean - NORMAL.cdf(-edge) / 2)
        return total / sqrt(variance / 12)
    others, other_sizes, other_variance = midrank_moments(other)
    for edge, size in zip(edges, sizes, strict=True):
        for border, other_size in zip(others, other_sizes, strict=True):
            joint = above(edge, lambda t, y=border: NORMAL.cdf((r * t - y) / sqrt(1 - r * r)))
            total += size * other_size * (joint - NORMAL.cdf(-edge) * NORMAL.cdf(-border))
    return total / sqrt(variance * other_variance)


@lru_cache(maxsize=10_000)
def score_correlation(one: Steps, other: Steps, rank: float) -> float:
    """Correlation of scores that gives a rank correlation, by the secant rule with a bracket."""
    if not one and not other:
        return 2 * sin(pi * rank / 6)
    low, high = -0.999999, 0.999999
    at_low, at_high = (rank_of(one, other, r) - rank for r in (low, high))
    for _ in range(60):
        middle = low - at_low * (high - low) / (at_high - at_low)
        middle = min(max(middle, low + (high - low) / 20), high - (high - low) / 20)
        here = rank_of(one, other, middle) - rank
        if here < 0:
            low, at_low = middle, here
        else:
            high, at_high = middle, here
        if high - low < 1e-9:
            break
    return (low + high) / 2


def loads(scenario: Scenario, correlation: Correlation) -> list[tuple[str, list[tuple[str, float]]]]:
    """What each stream of a group adds up: streams, their own and the factor's among them, with weights."""
    group = members(scenario, correlation)
    kinds = {steps for _, steps in group}
    rank = correlation.rank
    if len(kinds) == 1 and rank > 0 and len(group) >= FACTOR_FROM:
        (kind,) = kinds
        r = score_correlation(kind, kind, rank) if rank < 1 else 1.0
        factor = f"correlation/{correlation.id}/factor"
        return [(stream, [(stream, sqrt(1 - r)), (factor, sqrt(r))]) for stream, _ in group]
    size = len(group)
    matrix = [
        [1.0 if i == j else score_correlation(*sorted((group[i][1], group[j][1])), rank) for j in range(size)]
        for i in range(size)
    ]
    triangle = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(triangle[i][k] * triangle[j][k] for k in range(j))
            triangle[i][j] = sqrt(max(rest, 0.0)) if i == j else rest / triangle[j][j]
    return [(group[i][0], [(group[j][0], triangle[i][j]) for j in range(i + 1)]) for i in range(size)]


def uniforms(scenario: Scenario, own: Uniform) -> dict[str, float]:
    """Uniforms of every correlated stream, from those that streams have alone."""
    found = {}
    for correlation in scenario.correlations.values():
        if correlation.rank:
            for stream, parts in loads(scenario, correlation):
                found[stream] = NORMAL.cdf(sum(weight * NORMAL.inv_cdf(own(name)) for name, weight in parts))
    return found
