"""Percentiles as order statistics, and the ranks that bound them."""

import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.percentile import PERCENTS, at_rank, percentile_rank, percentile_ranks
from riskengine.analysis.replicate import Replicates
from tests.analysis.samples import uniforms


def test_percentile_rank_is_not_pushed_up_by_floating_point():
    assert 100 * 0.55 > 55
    assert percentile_rank(100, 55) == 55
    assert percentile_rank(10_240, 80) == 8192


@pytest.mark.parametrize("n", [1, 2, 3, 7, 99, 100, 101, 256, 10_240])
def test_percentile_rank_is_the_first_to_reach_its_share(n):
    for percent in PERCENTS:
        rank = percentile_rank(n, percent)
        assert 100 * rank >= n * percent
        assert rank == 1 or 100 * (rank - 1) < n * percent


def ranks_of(values, method, percents=PERCENTS):
    return percentile_ranks(values, np.sort(values, axis=1), percents, Replicates.of(method, values.shape[1]))


def test_ranks_of_random_are_the_shortest_binomial_ones_that_keep_the_level():
    n = 400
    ranks = ranks_of(np.random.default_rng(1).random((1, n)), "random")
    for column, percent in enumerate(PERCENTS):
        p = percent / 100
        low, high = ranks.low[0, column], ranks.high[0, column]
        assert scipy.stats.binom.cdf(low - 1, n, p) < 0.025 <= scipy.stats.binom.cdf(low, n, p)
        assert scipy.stats.binom.cdf(high - 2, n, p) < 0.975 <= scipy.stats.binom.cdf(high - 1, n, p)


def test_a_sample_too_small_for_an_interval_says_so():
    values = np.arange(20.0)[np.newaxis]
    ranks = ranks_of(values, "random", (1, 50, 99))
    assert np.isnan(at_rank(values, ranks.low)[0, 0])
    assert np.isnan(at_rank(values, ranks.high)[0, 2])
    assert not np.isnan(at_rank(values, ranks.low)[0, 1])


def test_one_iteration_has_percentiles_and_no_interval():
    values = np.array([[3.0]])
    ranks = ranks_of(values, "sobol", (5, 50, 95))
    assert (at_rank(values, ranks.value) == 3.0).all()
    assert np.isnan(at_rank(values, ranks.low)).all()
    assert np.isnan(at_rank(values, ranks.high)).all()


def test_beyond_the_sample_dates_are_no_dates():
    dates = np.array([["2027-01-01", "2027-01-02"]], dtype="datetime64[us]")
    found = at_rank(dates, np.array([0, 1, 2, 3]))
    assert np.isnat(found[0]).tolist() == [True, False, False, True]
    assert found.dtype == np.dtype("datetime64[us]")


@pytest.mark.parametrize("method", ["random", "lhs", "sobol"])
def test_the_interval_holds_the_percentile(method):
    values = uniforms(method, 3, 2560, np.random.default_rng(7)).sum(axis=0)[np.newaxis]
    ranks = ranks_of(values, method)
    assert (ranks.low[0] <= ranks.value).all()
    assert (ranks.value <= ranks.high[0]).all()
    assert (ranks.low[0] < ranks.high[0]).all()


def test_stratified_intervals_are_shorter_than_those_of_random():
    values = uniforms("lhs", 1, 10_240, np.random.default_rng(3))
    percents = (10, 30, 50, 80, 90)
    wide, narrow = ranks_of(values, "random", percents), ranks_of(values, "lhs", percents)
    assert ((narrow.high - narrow.low) < 0.3 * (wide.high - wide.low)).all()


def test_fewer_than_ten_blocks_take_the_interval_of_random():
    values = np.random.default_rng(3).random((1, 2559))
    assert np.array_equal(ranks_of(values, "lhs").low, ranks_of(values, "random").low)
    more = np.random.default_rng(3).random((1, 2560))
    assert not np.array_equal(ranks_of(more, "lhs").low, ranks_of(more, "random").low)


def test_a_constant_has_an_interval_of_itself():
    values = np.full((1, 2560), 5.0)
    for method in ("random", "lhs"):
        ranks = ranks_of(values, method, (10, 50, 80))
        assert (at_rank(values, ranks.low) == 5.0).all()
        assert (at_rank(values, ranks.high) == 5.0).all()


def test_rows_do_not_influence_one_another():
    values = uniforms("lhs", 4, 2560, np.random.default_rng(11))
    together = ranks_of(values, "lhs")
    for row in range(4):
        alone = ranks_of(values[row : row + 1], "lhs")
        assert np.array_equal(together.low[row], alone.low[0])
        assert np.array_equal(together.high[row], alone.high[0])
