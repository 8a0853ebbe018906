"""Correlated uniforms of one iteration, from the uniforms that everything would have alone.

In a Gaussian copula, quantities with a rank correlation follow normal scores with a correlation of their own: that of
continuous ones is 2 sin(pi rank / 6), that of others is found here by integrating over one of the two scores.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from math import asin, atan, cos, exp, lgamma, log, pi, sin, sqrt
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
    return sorted({stream: steps for key in correlation.between for stream, steps in meant(scenario, key)}.items())


def everything(scenario: Scenario) -> dict[str, Steps]:
    """Every stream that a correlation names, in the order of their names."""
    found: dict[str, Steps] = {}
    for correlation in scenario.correlations.values():
        keys = [*correlation.between, *(key for pair in correlation.pairs for key in pair.between)]
        keys += () if correlation.matrix is None else correlation.matrix.members
        found |= {stream: steps for key in keys for stream, steps in meant(scenario, key)}
    return dict(sorted(found.items()))


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
    """Probabilities at which a discrete estimate, or one of past values, goes on to its next value."""
    if getattr(estimate, "shape", "") not in ("discrete", "empirical"):
        return ()
    weights: dict[float, float] = {}
    least = -1e300 if estimate.min is None else estimate.min
    most = 1e300 if estimate.max is None else estimate.max
    for value, weight in zip(estimate.values, getattr(estimate, "weights", [1.0] * len(estimate.values)), strict=True):
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


Parts = list[tuple[str, float]]
Pair = tuple[str, str]
Ranks = dict[Pair, float]


def size_of(scenario: Scenario, correlation: Correlation) -> int:
    """How many members a group has: a cost with an amount and a rate is one."""
    streams = [stream for stream, _ in members(scenario, correlation)]
    return len(
        {stream.rpartition("/")[0] if stream.endswith("/rate") else stream.removesuffix("/fixed") for stream in streams}
    )


def decided(scenario: Scenario) -> Ranks:
    """The rank of every pair that somebody names: a pair's or matrix's own, else that of the smallest group."""
    ranks: Ranks = {}
    ordered = [one for one in scenario.correlations.values() if one.rank is not None]
    for correlation in sorted(ordered, key=lambda one: -size_of(scenario, one)):
        streams = [stream for stream, _ in members(scenario, correlation)]
        ranks |= {(one, other): correlation.rank for one in streams for other in streams if one < other}
    for correlation in scenario.correlations.values():
        told = [(*pair.between, pair.rank) for pair in correlation.pairs]
        if correlation.matrix is not None:
            names = correlation.matrix.members
            told += [
                (one, other, rank)
                for one, row in zip(names, correlation.matrix.rows, strict=True)
                for other, rank in zip(names, row, strict=True)
                if rank is not None and one != other
            ]
        for one, other, rank in told:
            for first, _ in meant(scenario, one):
                for second, _ in meant(scenario, other):
                    ranks[min(first, second), max(first, second)] = rank
    return ranks


def components(ranks: Ranks) -> list[list[str]]:
    """Streams that ranks other than 0 connect."""
    home: dict[str, set[str]] = {}
    for (one, other), rank in ranks.items():
        if rank:
            together = home.get(one, {one}) | home.get(other, {other})
            home |= dict.fromkeys(together, together)
    return [sorted(group) for group in {id(each): each for each in home.values()}.values()]


def loads(
    scenario: Scenario, group: list[str], ranks: Ranks, steps: dict[str, Steps], tails: float
) -> list[tuple[str, Parts]]:
    """What each stream of a component adds up: streams, their own and those of factors among them, with weights."""

    def between(one: Steps, other: Steps, rank: float) -> float:
        return tail_score_correlation(rank, tails) if tails else score_correlation(one, other, rank)

    nested = sets_within_sets(scenario, group, steps)
    if nested is not None:
        return [(stream, factor_parts(stream, nested, steps[stream], between)) for stream in group]
    size = len(group)
    matrix: list[list[float | None]] = [[None] * size for _ in range(size)]
    for i, one in enumerate(group):
        matrix[i][i] = 1.0
        for j, other in enumerate(group[:i]):
            if (other, one) in ranks:
                kinds = sorted((steps[one], steps[other]))
                matrix[i][j] = matrix[j][i] = between(*kinds, ranks[other, one])
    triangle = lower_triangle(completed(matrix))
    return [(group[i], [(group[j], triangle[i][j]) for j in range(i + 1)]) for i in range(size)]


def sets_within_sets(
    scenario: Scenario, group: list[str], steps: dict[str, Steps]
) -> list[tuple[str, float, set[str]]] | None:
    """Factors of a component of one kind whose groups and pairs lie within each other, with ranks that rise inwards."""
    if len(group) < FACTOR_FROM or len({steps[stream] for stream in group}) > 1:
        return None
    inside, sets = set(group), []
    for correlation in scenario.correlations.values():
        if correlation.matrix is not None and inside & {
            s for key in correlation.matrix.members for s, _ in meant(scenario, key)
        }:
            return None
        streams = {stream for stream, _ in members(scenario, correlation)}
        if len(streams & inside) > 1:
            sets.append((f"correlation/{correlation.id}/factor", correlation.rank, streams & inside))
        for pair in correlation.pairs:
            ends = [stream for key in pair.between for stream, _ in meant(scenario, key)]
            if len(inside & set(ends)) == 2 and len(ends) > 2:
                return None
            if inside >= set(ends):
                name = f"correlation/{correlation.id}/{'/'.join(sorted(ends))}/factor"
                sets.append((name, pair.rank, set(ends)))
    sets.sort(key=lambda each: len(each[2]), reverse=True)
    for at, (_, rank, streams) in enumerate(sets):
        for _, outer, around in sets[:at]:
            if (streams & around and not streams <= around) or (streams <= around and rank < outer):
                return None
    return sets if all(rank > 0 for _, rank, _ in sets) else None


def factor_parts(
    stream: str, sets: list[tuple[str, float, set[str]]], kind: Steps, between: Callable[[Steps, Steps, float], float]
) -> Parts:
    """What a stream adds up of itself and of the factors of the sets that it is in, from the outermost inwards."""
    parts, share = [], 0.0
    for name, rank, streams in sets:
        if stream in streams:
            here = between(kind, kind, rank) if rank < 1 else 1.0
            parts.append((name, sqrt(here - share)))
            share = here
    return [(stream, sqrt(1 - share)), *parts]


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solution of linear equations, by Gauss."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(len(rows)):
        best = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        rows[k], rows[best] = rows[best], rows[k]
        for i in range(len(rows)):
            if i != k:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [rows[k][-1] / rows[k][k] for k in range(len(rows))]


def completed(matrix: list[list[float | None]]) -> list[list[float]]:
    """Entries that nobody gave, so that the determinant is the largest: one at a time, given all others."""
    size = len(matrix)
    full = [[0.0 if entry is None else entry for entry in row] for row in matrix]
    missing = [(i, j) for i in range(size) for j in range(i) if matrix[i][j] is None]
    for _ in range(1000 if missing else 0):
        moved = 0.0
        for i, j in missing:
            rest = [k for k in range(size) if k not in (i, j)]
            slope = solved([[full[a][b] for b in rest] for a in rest], [full[k][j] for k in rest])
            entry = sum(full[i][k] * share for k, share in zip(rest, slope, strict=True))
            moved = max(moved, abs(entry - full[i][j]))
            full[i][j] = full[j][i] = entry
        if moved < 1e-9:
            break
    return full


def lower_triangle(matrix: list[list[float]]) -> list[list[float]]:
    """Weights whose products give a matrix, by Cholesky."""
    size = len(matrix)
    triangle = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(triangle[i][k] * triangle[j][k] for k in range(j))
            triangle[i][j] = sqrt(max(rest, 0.0)) if i == j else rest / triangle[j][j]
    return triangle


def tails_of(scenario: Scenario, group: list[str]) -> tuple[float, str]:
    """Degrees of freedom of a component, 0 for none, and the stream of its scale."""
    for correlation in sorted(scenario.correlations.values(), key=lambda one: one.id):
        alone = scenario.model_copy(update={"correlations": {correlation.id: correlation}})
        if correlation.tails is not None and set(group) & set(everything(alone)):
            return correlation.tails, f"correlation/{correlation.id}/scale"
    return 0.0, ""


def chi_square_below(x: float, tails: float) -> float:
    """Chance that a chi-square is below a value, by the series of the incomplete gamma function."""
    half, at = tails / 2, x / 2
    term = exp(half * log(at) - at - lgamma(half + 1))
    total, count = term, 0
    while term > 1e-17 * total or count < at:
        count += 1
        term *= at / (half + count)
        total += term
    return total


def chi_square_quantile(share: float, tails: float) -> float:
    """Chi-square below which a share lies, by bisection of its logarithm."""
    low, high = -60.0, log(tails + 300)
    for _ in range(70):
        middle = (low + high) / 2
        low, high = (middle, high) if chi_square_below(exp(middle), tails) < share else (low, middle)
    return exp((low + high) / 2)


def tail_cdf(score: float, tails: float) -> float:
    """The t distribution, by Simpson's rule over the angle whose tangent is the score over the root of its degrees."""
    angle, parts = atan(score / sqrt(tails)), 1000
    width = angle / parts
    total = sum((1 if k in (0, parts) else 4 if k % 2 else 2) * cos(k * width) ** (tails - 1) for k in range(parts + 1))
    return 0.5 + exp(lgamma((tails + 1) / 2) - lgamma(tails / 2)) / sqrt(pi) * total * width / 3


@lru_cache(maxsize=100)
def scales(tails: float) -> list[tuple[float, float]]:
    """Values of one over chi-square with their masses, at equal steps of its logarithm."""
    first, last, steps = log(chi_square_quantile(1e-11, tails)), log(chi_square_quantile(1 - 1e-11, tails)), 40
    at = [first + (last - first) * k / steps for k in range(steps + 1)]
    density = [exp(x * tails / 2 - exp(x) / 2) for x in at]
    whole = sum(density)
    return [(exp(-x), each / whole) for x, each in zip(at, density, strict=True)]


def rank_of_tails(r: float, tails: float) -> float:
    """Rank correlation of two t scores: 6/pi E asin(r W1 / sqrt((W1 + W2) (W1 + W3))) over three scales."""
    total = 0.0
    for w, mass in scales(tails):
        ratios = [(sqrt(w / (w + other)), share) for other, share in scales(tails)]
        for k, (one, share) in enumerate(ratios):
            total += mass * share * share * asin(r * one * one)
            total += 2 * mass * share * sum(more * asin(r * one * other) for other, more in ratios[:k])
    return 6 / pi * total


@lru_cache(maxsize=100)
def tail_score_correlation(rank: float, tails: float) -> float:
    """Correlation of scores that gives a rank correlation of t scores, by bisection."""
    low, high = -1.0, 1.0
    for _ in range(26):
        middle = (low + high) / 2
        low, high = (middle, high) if rank_of_tails(middle, tails) < rank else (low, middle)
    return (low + high) / 2


def uniforms(scenario: Scenario, own: Uniform) -> dict[str, float]:
    """Uniforms of every correlated stream, from those that streams have alone."""
    ranks, steps = decided(scenario), everything(scenario)
    found = {}
    for group in components(ranks):
        tails, scale = tails_of(scenario, group)
        for stream, parts in loads(scenario, group, ranks, steps, tails):
            score = sum(weight * NORMAL.inv_cdf(own(name)) for name, weight in parts)
            if tails:
                score *= sqrt(tails / chi_square_quantile(own(scale), tails))
            found[stream] = tail_cdf(score, tails) if tails else NORMAL.cdf(score)
    return found
