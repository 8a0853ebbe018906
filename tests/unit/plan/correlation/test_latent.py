"""Correlations of normal scores against scipy's bivariate normal, and against what they were asked for."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, spearmanr

from riskengine.plan.correlation.latent import CONTINUOUS, feasible, latent, normal_pair, spearman

HALF, RARE, FEW = (0.5,), (0.9,), (0.2, 0.5, 0.8)


@pytest.mark.parametrize("correlation", [-0.999, -0.6, -0.1, 0.0, 0.3, 0.9, 0.9999])
@pytest.mark.parametrize(("one", "other"), [(0.0, 0.0), (-2.3, 0.4), (1.5, 1.5), (-3.5, -3.0)])
def test_the_joint_probability_of_two_normals(correlation, one, other):
    exact = multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf([one, other])
    assert abs(float(normal_pair(one, other, correlation)) - exact) < 2e-7


def test_two_normals_that_are_one_or_opposites():
    assert float(normal_pair(-0.5, 1.0, 1.0)) == pytest.approx(0.30853754)
    assert float(normal_pair(-0.5, 1.0, -1.0)) == pytest.approx(0.30853754 - (1 - 0.84134475))


def test_continuous_quantities_have_the_known_relation():
    assert latent(CONTINUOUS, CONTINUOUS, 0.6) == pytest.approx(2 * np.sin(np.pi * 0.6 / 6))
    assert spearman(CONTINUOUS, CONTINUOUS, 1.0) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        (RARE, RARE, -1 / 9, 1.0),
        (RARE, (0.7,), -np.sqrt(0.1 * 0.3 / (0.9 * 0.7)), np.sqrt(0.1 * 0.7 / (0.9 * 0.3))),
        (RARE, HALF, -1 / 3, 1 / 3),
        (HALF, CONTINUOUS, -np.sqrt(3) / 2, np.sqrt(3) / 2),
        (RARE, CONTINUOUS, -np.sqrt(0.27), np.sqrt(0.27)),
    ],
)
def test_the_feasible_range_in_closed_form(one, other, low, high):
    """Two events: (largest or least joint probability - p q) / sd sd; an event and anything continuous: sqrt(3 p q)."""
    assert feasible(one, other) == pytest.approx((low, high), abs=1e-9)
    assert feasible(other, one) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "rank"),
    [(RARE, RARE, 0.6), (HALF, FEW, -0.5), (FEW, FEW, 0.95), (RARE, CONTINUOUS, 0.4), (FEW, CONTINUOUS, -0.6)],
)
def test_what_is_asked_for_is_had(one, other, rank):
    """Against the rank correlation of a million independent draws, with midranks; four standard errors."""
    r = latent(one, other, rank)
    assert spearman(one, other, r) == pytest.approx(rank, abs=1e-12)
    rng = np.random.default_rng(5)
    x = rng.normal(size=1_000_000)
    y = r * x + np.sqrt(1 - r * r) * rng.normal(size=x.size)
    drawn = [with_steps(x, one), with_steps(y, other)]
    assert abs(spearmanr(*drawn).statistic - rank) < 0.005


def with_steps(z, steps):
    """Values with ties, of which each has the probability between two steps."""
    if not steps:
        return z
    order = np.argsort(np.argsort(z)) / z.size
    return np.searchsorted(steps, order, side="right")


def test_beyond_the_range_the_nearest_is_taken():
    assert latent(RARE, HALF, 0.9) == 1.0
    assert latent(RARE, HALF, -0.9) == -1.0
