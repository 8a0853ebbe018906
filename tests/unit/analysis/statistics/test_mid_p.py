"""Intervals of probabilities near 0 and 1: exact sums over all counts, no simulation."""

import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.statistics.mid_p import rare_ends
from riskengine.analysis.statistics.probability import probability
from riskengine.analysis.statistics.replicate import Replicates


def ends(n, level=0.95):
    """The interval of every count of n."""
    count = np.arange(n + 1)
    interval = probability(count, count, count, Replicates(n, 0), level)
    return interval.low, interval.high


@pytest.mark.parametrize(("count", "n"), [(0, 50), (1, 100), (7, 256), (40, 1000)])
def test_the_ends_leave_half_a_mid_p_to_either_side(count, n):
    low, high = rare_ends(count, n, 0.95)
    law = scipy.stats.binom
    assert law.cdf(count - 1, n, high) + law.pmf(count, n, high) / 2 == pytest.approx(0.025, rel=1e-9)
    assert low == 0 or law.sf(count, n, low) + law.pmf(count, n, low) / 2 == pytest.approx(0.025, rel=1e-9)


@pytest.mark.parametrize("n", [2, 3, 5, 8, 12, 16, 19])
def test_a_chance_of_few_iterations_is_held_in_95_of_a_hundred_runs_at_least(n):
    """Mid-P's interval and Wilson's held a chance of a half in 92.3 % of the runs of 16 iterations."""
    low, high = ends(n)
    for p in np.linspace(0.01, 0.99, 99):
        mass = scipy.stats.binom.pmf(np.arange(n + 1), n, p)
        assert mass[(low <= p) & (p <= high)].sum() >= 0.95


@pytest.mark.parametrize("n", [16, 64, 256, 1000])
def test_a_gate_at_its_confidence_is_failed_in_five_of_a_hundred_runs_at_the_most(n):
    """Wilson's interval alone failed 15 % of them where the chance is 99.84 % and n = 100."""
    low, high = ends(n)
    for p in 1 - np.geomspace(1e-5, 0.5, 300):
        mass = scipy.stats.binom.pmf(np.arange(n + 1), n, p)
        assert mass[high < p].sum() <= 0.05
        assert mass[low > p].sum() <= 0.05
        assert mass[(low <= p) & (p <= high)].sum() >= 0.935
