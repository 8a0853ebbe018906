"""Intervals of probabilities: Wilson's, and the one over blocks that never collapses."""

import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.statistics.probability import is_within, probability_of
from riskengine.analysis.statistics.replicate import Replicates


def share(indicator, method, level=0.95):
    interval = probability_of(indicator[np.newaxis], Replicates.of(method, len(indicator)), level)
    return tuple(float(part[0]) for part in interval)


@pytest.mark.parametrize(("count", "n"), [(0, 50), (50, 50), (41, 100), (8192, 10_240)])
def test_random_takes_wilsons_interval(count, n):
    indicator = np.arange(n) < count
    exact = scipy.stats.binomtest(count, n).proportion_ci(0.95, method="wilson")
    assert share(indicator, "random") == pytest.approx((count / n, exact.low, exact.high), abs=1e-12)


def blocks_with(counts):
    """An indicator with these counts in its blocks of 256."""
    return np.concatenate([np.arange(256) < count for count in counts])


def test_blocks_that_scatter_like_coins_give_about_wilsons_interval():
    rng = np.random.default_rng(5)
    indicator = rng.random(256 * 400) < 0.3
    _, low, high = share(indicator, "lhs")
    _, wilson_low, wilson_high = share(indicator, "random")
    assert (high - low) == pytest.approx(wilson_high - wilson_low, rel=0.15)


def test_blocks_that_scatter_less_give_a_shorter_interval():
    indicator = blocks_with([64, 65] * 20)
    _, low, high = share(indicator, "sobol")
    _, wilson_low, wilson_high = share(indicator, "random")
    assert (high - low) < 0.2 * (wilson_high - wilson_low)


def test_blocks_that_scatter_more_give_a_longer_interval():
    indicator = blocks_with([32, 96] * 20)
    _, low, high = share(indicator, "sobol")
    _, wilson_low, wilson_high = share(indicator, "random")
    assert (high - low) > 2 * (wilson_high - wilson_low)


def test_blocks_that_all_agree_leave_room_for_doubt():
    value, low, high = share(blocks_with([128] * 40), "sobol")
    assert value == 0.5
    assert low < value < high
    # If a share e of the blocks differed by one, all 40 would agree with probability (1 - e)^40 >= 2.5 %.
    assert (high - value) * 256 >= 1 - 0.025 ** (1 / 40)


@pytest.mark.parametrize("count", [0, 256])
def test_what_never_or_always_happened_keeps_wilsons_doubt(count):
    indicator = blocks_with([count] * 40)
    value, low, high = share(indicator, "lhs")
    _, wilson_low, wilson_high = share(indicator, "random")
    assert value == count / 256
    assert high - low >= wilson_high - wilson_low > 0
    assert (low == 0.0) if count == 0 else (high == 1.0)


def test_the_error_of_tables_is_the_least_half_width():
    indicator = blocks_with([128] * 400)[np.newaxis]
    replicates = Replicates.of("lhs", indicator.size)
    plain, wider = (probability_of(indicator, replicates, table_error=error) for error in (0.0, 1e-3))
    assert plain.high[0] - 0.5 < 1e-4 < wider.high[0] - 0.5 == pytest.approx(1e-3)
    assert 0.5 - wider.low[0] == pytest.approx(1e-3)


def test_a_higher_level_gives_a_longer_interval():
    for method in ("random", "lhs"):
        indicator = np.random.default_rng(2).random(5120) < 0.4
        _, low, high = share(indicator, method)
        _, lower, higher = share(indicator, method, 0.995)
        assert lower < low < high < higher


def test_an_iteration_beyond_the_last_full_block_counts_in_the_share():
    indicator = np.zeros(2560 + 100, dtype=bool)
    indicator[-50:] = True
    assert share(indicator, "lhs")[0] == 50 / 2660


@pytest.mark.parametrize("method", ["random", "lhs"])
@pytest.mark.parametrize("n", [1, 2, 255, 256, 2559, 2560, 2561])
def test_every_interval_lies_in_zero_to_one_around_its_share(method, n):
    for p in (0.0, 0.001, 0.5, 0.999, 1.0):
        value, low, high = share(np.random.default_rng(n).random(n) < p, method)
        assert 0 <= low <= value <= high <= 1
        assert low < high


def test_money_is_compared_to_a_billionth():
    costs = np.array([0.1 + 0.2, 0.3, 0.3 + 1e-6])
    assert is_within(costs, 0.3).tolist() == [True, True, False]
    assert is_within(np.array([1e12 + 100]), 1e12).tolist() == [True]
    assert is_within(np.array([1e12 + 10_000]), 1e12).tolist() == [False]
