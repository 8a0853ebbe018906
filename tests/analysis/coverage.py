"""How often the stated 95 % intervals hold the truth, on models whose truth is known.

The model: three tasks in a chain of 5 + 10 u^2 days, and a risk of probability 0.3 that adds 4 days to the first.
The truth comes from the distribution function of the sum, computed on a fine grid.
"""

from dataclasses import dataclass

import numpy as np

from riskengine.analysis.contribution import conditional_mean, paired_mean, paired_percentiles
from riskengine.analysis.moment import mean, standard_deviation
from riskengine.analysis.percentile import percentile_ranks
from riskengine.analysis.probability import probability_of
from riskengine.analysis.replicate import Replicates
from tests.analysis.samples import uniforms

PERCENTS = (5, 10, 50, 80, 90, 95, 99)
PROBABILITIES = (0.001, 0.01, 0.1, 0.5, 0.8, 0.95, 0.999)
GRID = 1e-3
RISK, DELAY = 0.3, 4.0


@dataclass(frozen=True)
class Truth:
    """Exact values of the model, with and without its risk."""

    mean: float
    sd: float
    quantile: dict[float, float]
    quantile_without: dict[float, float]


def task_mass():
    """Probabilities of a task's duration on the grid: 5 + 10 u^2 is at most x with sqrt((x - 5) / 10)."""
    edges = np.arange(0, 10 + GRID / 2, GRID)
    return np.diff(np.sqrt(edges / 10))


def truth():
    """The exact values, to about the grid's half step squared."""
    mass = task_mass()
    size = 1 << 16
    spectrum = np.fft.rfft(mass, size)
    total = np.fft.irfft(spectrum**3, size)
    # Each of the three cells stands for its middle; the sum of them for three half steps more.
    value = 15 + GRID * (np.arange(size) + 1.5)
    shift = round(DELAY / GRID)
    risky = (1 - RISK) * total
    risky[shift:] += RISK * total[:-shift]
    average = float((value * risky).sum())
    sd = float(np.sqrt(((value - average) ** 2 * risky).sum()))
    levels = sorted({percent / 100 for percent in PERCENTS} | set(PROBABILITIES))
    upper_edge = value + GRID / 2
    quantile = {p: float(np.interp(p, np.cumsum(risky), upper_edge)) for p in levels}
    without = {p: float(np.interp(p, np.cumsum(total), upper_edge)) for p in levels}
    return Truth(average, sd, quantile, without)


def replication(method, n, rng):
    """Finish days, finish days without the risk, and whether it occurred: arrays of (n,)."""
    draws = uniforms(method, 4, n, rng)
    # The engine gives the first, best stratified dimensions to what matters most.
    occurs = draws[0] >= 1 - RISK
    without = (5 + 10 * draws[1:] ** 2).sum(axis=0)
    return without + DELAY * occurs, without, occurs


def hits(method, n, exact, rng):
    """For one replication: which intervals hold the truth, by the name of the estimate."""
    values, without, occurs = replication(method, n, rng)
    row, replicates = values[np.newaxis], Replicates.of(method, n)
    ordered = np.sort(row, axis=1)
    ranks = percentile_ranks(row, ordered, PERCENTS, replicates)
    found = {}
    for column, percent in enumerate(PERCENTS):
        target = exact.quantile[percent / 100]
        low, high = ranks.low[0, column], ranks.high[0, column]
        above = low < 1 or ordered[0, low - 1] <= target
        found[f"P{percent}"] = above and (high > n or target <= ordered[0, high - 1])

    def note(name, interval, target):
        low, high = (float(np.ravel(part)[0]) for part in interval[1:])
        found[name] = low <= target <= high

    note("mean", mean(row, replicates), exact.mean)
    note("sd", standard_deviation(row, replicates), exact.sd)
    for p in PROBABILITIES:
        note(f"probability {p:g}", probability_of(row <= exact.quantile[p], replicates), p)
    note("contribution, mean", paired_mean(values, without[np.newaxis], method), RISK * DELAY)
    note("contribution, conditional", conditional_mean(values, occurs, RISK, method), RISK * DELAY)
    effect = paired_percentiles(values, without[np.newaxis], method)
    for column, percent in enumerate((50, 80, 90)):
        part = [values[0, column] for values in effect]
        difference = exact.quantile[percent / 100] - exact.quantile_without[percent / 100]
        note(f"contribution, P{percent}", part, difference)
    return found


def coverage(method, n, replications, seed):
    """Share of replications whose interval holds the truth, by the name of the estimate."""
    exact = truth()
    rng = np.random.default_rng([seed, n, {"random": 0, "lhs": 1, "sobol": 2}[method]])
    counts: dict[str, int] = {}
    for _ in range(replications):
        for name, hit in hits(method, n, exact, rng).items():
            counts[name] = counts.get(name, 0) + bool(hit)
    return {name: count / replications for name, count in counts.items()}
