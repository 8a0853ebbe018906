"""Pearson's correlation and what is made of correlations, against scipy."""

import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.product_moment import absolute, pearson, product
from riskengine.analysis.statistics.replicate import Replicates


def test_the_correlation_is_that_of_scipy():
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(3, 400))
    values = rows[0] - 0.3 * rows[1] + rng.normal(size=400)
    found = pearson(rows, values, Replicates.of("random", 400))
    assert found.value == pytest.approx([scipy.stats.pearsonr(row, values).statistic for row in rows])


def test_its_interval_holds_the_true_one_in_95_of_100_runs():
    """0.6 of two normal values; of 600 runs fewer than 545 or more than 594 come once in 10,000 suites."""
    hits = 0
    for seed in range(600):
        a, b = np.random.default_rng(seed).normal(size=(2, 300))
        found = pearson(a[np.newaxis], 0.6 * a + 0.8 * b, Replicates.of("random", 300))
        hits += bool(found.low[0] <= 0.6 <= found.high[0])
    assert 545 <= hits <= 594


def test_what_does_not_vary_has_none():
    found = pearson(np.ones((1, 50)), np.arange(50.0), Replicates.of("random", 50))
    assert np.isnan(found.value[0])
    assert np.isnan(pearson(np.ones((1, 1)), np.ones(1), Replicates.of("random", 1)).value[0])


def test_a_sign_that_is_open_makes_the_absolute_value_reach_down_to_nothing():
    signed = Interval(*(np.array(part) for part in ([0.1, -0.5], [-0.2, -0.6], [0.3, -0.4])))
    assert [part.tolist() for part in absolute(signed)] == [[0.1, 0.5], [0.0, 0.4], [0.3, 0.6]]


def test_a_product_reaches_as_far_as_any_two_values():
    share = Interval(*(np.array([part]) for part in (0.5, 0.4, 0.6)))
    signed = Interval(*(np.array([part]) for part in (-0.1, -0.3, 0.2)))
    assert [part[0] for part in product(share, signed)] == pytest.approx([-0.05, -0.18, 0.12])
