"""Mean and standard deviation with their intervals."""

import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.moment import mean, standard_deviation
from riskengine.analysis.replicate import Replicates
from tests.analysis.samples import uniforms

RNG = np.random.default_rng(4)


def test_the_interval_of_a_random_mean_is_students():
    values = RNG.random((2, 30))
    found = mean(values, Replicates.of("random", 30))
    for row in range(2):
        exact = scipy.stats.ttest_1samp(values[row], 0).confidence_interval(0.95)
        assert (found.low[row], found.high[row]) == pytest.approx((exact.low, exact.high), rel=1e-12)


def test_the_interval_of_a_stratified_mean_comes_from_its_blocks():
    rng = np.random.default_rng(1)
    # Blocks that differ by far more than one iteration can change them.
    values = (rng.random((1, 10, 256)) + rng.normal(0, 5, (1, 10, 1))).reshape(1, 2560)
    blocks = values.reshape(10, 256).mean(axis=1)
    exact = scipy.stats.ttest_1samp(blocks, 0).confidence_interval(0.95)
    found = mean(values, Replicates.of("lhs", 2560))
    assert (found.low[0], found.high[0]) == pytest.approx((exact.low, exact.high), rel=2e-3)
    assert found.low[0] <= exact.low < exact.high <= found.high[0]


def test_a_stratified_mean_is_known_far_better_than_a_random_one():
    values = uniforms("lhs", 1, 10_240, np.random.default_rng(2))
    wide, narrow = mean(values, Replicates.of("random", 10_240)), mean(values, Replicates.of("lhs", 10_240))
    assert (narrow.high - narrow.low) < 0.1 * (wide.high - wide.low)


def test_blocks_that_agree_by_chance_leave_room_for_doubt():
    values = np.tile((np.arange(256) < 5) * 20.0, 10)[np.newaxis]
    found = mean(values, Replicates.of("sobol", 2560))
    assert found.low[0] < 20 * 5 / 256 < 20 * 5.12 / 256 < found.high[0]


@pytest.mark.parametrize("method", ["random", "sobol"])
def test_a_constant_has_no_spread_and_an_interval_of_itself(method):
    values = np.full((1, 2560), 0.1)
    found = mean(values, Replicates.of(method, 2560))
    assert found.low[0] == found.value[0] == found.high[0] == pytest.approx(0.1)
    assert standard_deviation(values, Replicates.of(method, 2560)) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("method", ["random", "sobol"])
def test_one_iteration_has_a_mean_and_no_interval(method):
    values = np.array([[7.0]])
    found = mean(values, Replicates.of(method, 1))
    assert found.value[0] == 7.0
    assert np.isnan(found.low[0])
    assert np.isnan(standard_deviation(values, Replicates.of(method, 1)).value[0])


def test_the_standard_deviation_has_n_minus_one_below():
    values = RNG.random((3, 50))
    found = standard_deviation(values, Replicates.of("random", 50))
    assert found.value == pytest.approx(values.std(axis=1, ddof=1), rel=1e-14)
    assert (found.low > 0).all()
    assert (found.low < found.value).all()
    assert (found.value < found.high).all()


def test_the_interval_of_a_normal_standard_deviation_is_about_the_classical_one():
    n = 5000
    values = np.random.default_rng(9).normal(0, 3, (1, n))
    found = standard_deviation(values, Replicates.of("random", n))
    half = 1.96 * 3 / np.sqrt(2 * n)
    assert (found.high[0] - found.low[0]) / 2 == pytest.approx(half, rel=0.08)


def test_iterations_beyond_the_last_full_block_count_in_the_mean():
    values = np.zeros((1, 2660))
    values[0, 2560:] = 1
    assert mean(values, Replicates.of("lhs", 2660)).value[0] == pytest.approx(100 / 2660)
