"""Means on either side of an input, against numpy and exact models."""

import numpy as np
import pytest

from riskengine.analysis.statistics import sides
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.sides import SidePlaces


def swing(values, low, high, replicates, reach):
    return sides.swing(values, SidePlaces.of(low), SidePlaces.of(high), replicates, reach)


def side_mean(values, side, replicates, reach):
    return sides.side_mean(values, SidePlaces.of(side), replicates, reach)


INDEPENDENT = Replicates.of("random", 4000)


def uniform(seed, n=4000):
    rng = np.random.default_rng(seed)
    return rng.random(n), rng.normal(size=n)


def test_a_swing_is_the_difference_of_two_means():
    x, noise = uniform(1)
    y = 10 * x + noise
    low, high = x[np.newaxis] < 0.1, x[np.newaxis] >= 0.9
    found = swing(y, low, high, INDEPENDENT, np.inf)
    assert found.value[0] == pytest.approx(y[high[0]].mean() - y[low[0]].mean())
    side = side_mean(y, high, INDEPENDENT, np.inf)
    assert side.value[0] == pytest.approx(y[high[0]].mean() - y.mean())
    assert side.low[0] < side.value[0] < side.high[0]


@pytest.mark.parametrize(("n", "method"), [(200, "random"), (2560, "random"), (2560, "lhs")])
def test_intervals_hold_the_true_swing_in_95_of_100_runs(n, method):
    """A swing of exactly 9; of 600 runs 95 % are 570: fewer than 550 or more than 592 come once in 10,000 suites."""
    hits = 0
    for seed in range(600):
        rng = np.random.default_rng(seed)
        x = rng.random(n)
        if method == "lhs":
            x = np.concatenate([(rng.permutation(256) + rng.random(256)) / 256 for _ in range(n // 256)])
        y = 10 * x + rng.normal(size=n)
        found = swing(y, x[np.newaxis] < 0.1, x[np.newaxis] >= 0.9, Replicates.of(method, n), np.inf)
        hits += bool(found.low[0] <= 9 <= found.high[0])
    assert 550 <= hits <= 592


def test_too_few_on_a_side_say_nothing():
    y = np.arange(100.0)
    low, high = y[np.newaxis] < 1, y[np.newaxis] > 50
    assert np.isnan([part[0] for part in swing(y, low, high, Replicates.of("random", 100), np.inf)]).all()


def test_values_that_agree_on_a_side_leave_open_what_was_not_seen():
    met = np.zeros(100)
    met[:10] = 1
    low, high = np.arange(100)[np.newaxis] < 10, np.arange(100)[np.newaxis] >= 10
    found = swing(met, low, high, Replicates.of("random", 100), 1.0)
    assert found.value[0] == -1
    assert found.high[0] > -0.75
