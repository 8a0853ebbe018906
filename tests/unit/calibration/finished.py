"""Simulated teams whose bias, widening and shared driver are set."""

from collections.abc import Iterable, Sequence

import numpy as np

from riskengine.calibration.scores import Forecasts, pinball_loss

Z90 = 1.2815515655446004


def forecasts(rng: np.random.Generator, count: int, bias: float, widening: float) -> Forecasts:
    """Forecasts by P10, P50 and P90, and actuals that are off by a bias and a widening on both sides."""
    p50 = rng.uniform(5, 30, count)
    below, above = rng.uniform(0.1, 0.4, count), rng.uniform(0.2, 0.7, count)
    normal = rng.standard_normal(count)
    spread = np.where(normal < 0, below, above) / Z90
    actual = p50 * bias * np.exp(widening * spread * normal)
    p10, p90 = p50 * np.exp(-below), p50 * np.exp(above)
    loss = pinball_loss(p50, actual, 0.5)
    return Forecasts(actual / (2 * p50), p10, p50, p90, {0.5: loss}, loss, actual)


def sprint_values(
    rng: np.random.Generator, sizes: Sequence[int], mean: float, within: float, between: float
) -> tuple[np.ndarray, list[str]]:
    """Logarithms of overruns of sprints, and the sprint of each."""
    place = np.repeat(np.arange(len(sizes)), sizes)
    shared = between * rng.standard_normal(len(sizes))
    values = mean + shared[place] + within * rng.standard_normal(len(place))
    return values, [f"sprint {at}" for at in place]


def table(rows: Iterable[Sequence[object]], separator: str = ",") -> str:
    """The text of a CSV file."""
    return "".join(separator.join(map(str, row)) + "\n" for row in rows)
