"""A date and an amount at once, and what a confidence takes: cost by the day beside a cost line."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np

from tests.replication import law, scenario
from tests.replication.model import TICK, Estimate, Model, Outlook
from tests.replication.truths import START

RATE, DATE, AMOUNT, LEVEL = 25.0, 330, 18_000.0, 0.7
WORK, SITE = (200, 260, 400), (6_000, 8_000, 13_000)
CONFIDENCE = 0.8
CELLS = 40_000


def build() -> Model:
    """A triangular task with a rate, and a triangular cost line: finish and cost are dependent."""
    step = 1e-2
    work, site = law.triangular(*WORK, step), law.triangular(*SITE, step * RATE)
    cost = site + work.scaled(RATE)

    def joint(days: float, amount: float) -> float:
        """Probability that both are kept."""
        return mean_over_work(lambda day: np.where(day <= days, below(amount - RATE * day), 0.0), days)

    p80 = cost.quantile(CONFIDENCE)
    share = root(lambda p: joint(work.quantile(p), cost.quantile(p)), LEVEL, LEVEL, (1 + LEVEL) / 2)
    needed = root(lambda amount: joint(DATE, amount), LEVEL, *cost.bounds)
    latest = root(lambda days: joint(days, AMOUNT), LEVEL, *work.bounds)
    parts = RATE * given_cost(p80) - RATE * WORK[1]
    added = RATE * work.quantile(CONFIDENCE) + site.quantile(CONFIDENCE) - RATE * WORK[1] - SITE[1]
    pair = joint(DATE, AMOUNT)
    exact = {
        "equal share": share,
        "equal finish": work.quantile(share),
        "equal cost": cost.quantile(share),
        "joint at level": joint(work.quantile(LEVEL), cost.quantile(LEVEL)),
        "frontier cost": needed,
        "frontier finish": latest,
        "in budget if on time": pair / work.cdf(DATE),
        "on time if in budget": pair / cost.cdf(AMOUNT),
        "finish beyond mean": work.quantile(CONFIDENCE) - work.mean,
        "cost beyond mean": p80 - cost.mean,
        "part of the task": parts,
        "part of no task": p80 - RATE * WORK[1] - SITE[1] - parts,
        "added": added,
        "excess": added - (p80 - RATE * WORK[1] - SITE[1]),
    }
    return Model(
        "a date and an amount at once, and whose a contingency is",
        "quadrature",
        scenario.head("joint confidence")
        + scenario.task("work", scenario.triangular(*WORK), more=f"cost.rate = {RATE}")
        + f"[costs.site]\nfixed = {scenario.triangular(*SITE)}\n",
        estimates=tuple(estimate(name, value) for name, value in exact.items()),
        outlook=Outlook(START + timedelta(days=DATE), AMOUNT, str(LEVEL), str(CONFIDENCE)),
    )


def estimate(name: str, exact: float) -> Estimate:
    """One number of the table ``outlook``."""
    group = "contingency parts" if name.startswith(("part", "added", "excess")) else "joint confidence"
    if "beyond" in name:
        group = "contingency of the mean"
    error = RATE * TICK if exact > 1 else 1e-6
    return Estimate(name, group, "outlook", (("statistic", name),), ("value", "ci_low", "ci_high"), exact, error)


def density(limits: tuple[float, float, float], value: np.ndarray) -> np.ndarray:
    """Return the density of a triangle."""
    low, peak, high = limits
    rising = 2 * (value - low) / ((high - low) * (peak - low))
    falling = 2 * (high - value) / ((high - low) * (high - peak))
    return np.where((value < low) | (value > high), 0.0, np.where(value < peak, rising, falling))


def below(values: np.ndarray) -> np.ndarray:
    """Return the distribution function of the cost line."""
    low, peak, high = SITE
    x = np.clip(values, low, high)
    rising = (x - low) ** 2 / ((high - low) * (peak - low))
    return np.where(x < peak, rising, 1 - (high - x) ** 2 / ((high - low) * (high - peak)))


def mean_over_work(of: Callable[[np.ndarray], np.ndarray], until: float = WORK[2]) -> float:
    """Return the mean of a function of the duration up to a day, by the midpoint rule."""
    last = min(max(until, WORK[0]), WORK[2])
    day = WORK[0] + (last - WORK[0]) * (np.arange(CELLS) + 0.5) / CELLS
    return float((of(day) * density(WORK, day)).sum() * (last - WORK[0]) / CELLS)


def given_cost(amount: float) -> float:
    """Return the mean duration where the cost is an amount."""
    weight = lambda day: density(SITE, amount - RATE * day)  # noqa: E731
    return mean_over_work(lambda day: day * weight(day)) / mean_over_work(weight)


def root(of: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Return where a rising function has a value."""
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle) < wanted else (low, middle)
    return low
