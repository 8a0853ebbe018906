"""Percentiles as order statistics, and the ranks that bound them."""

import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.statistics.percentile import PERCENTS, at_rank, percentile_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.replicate import Replicates
from tests.support.samples import uniforms


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
    replicates = Replicates.of(method, values.shape[1])
    return percentile_ranks(sort_rows(values, replicates), percents, replicates)


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


def test_fewer_than_three_blocks_take_the_interval_of_random():
    values = np.random.default_rng(3).random((1, 767))
    assert np.array_equal(ranks_of(values, "lhs").low, ranks_of(values, "random").low)
    more = uniforms("lhs", 1, 768, np.random.default_rng(3))
    assert (ranks_of(more, "lhs").high < ranks_of(more, "random").high).any()


def test_few_blocks_never_take_more_than_independent_iterations_at_a_stricter_level():
    n, percents = 1000, (10, 50, 90)
    values = np.random.default_rng(3).random((40, n))
    ranks = ranks_of(values, "lhs", percents)
    for column, percent in enumerate(percents):
        low, high = scipy.stats.binom.ppf((0.005, 0.995), n, percent / 100)
        assert ranks.low[:, column].min() == low
        assert ranks.high[:, column].max() == high + 1


def brute_force(values, percent, replicates):
    """The values that the test of the docstring keeps, tried one after the other."""
    n, blocks, p = values.size, replicates.blocks, percent / 100
    block = np.arange(n) // 256
    critical = scipy.stats.t.ppf(0.975, blocks - 1)
    fraction = 256 * p % 1

    def half(k, among):
        counts = np.bincount(block[among & (block < blocks)], minlength=blocks)
        between = max(counts.var(ddof=1), fraction * (1 - fraction))
        rest, single = n - 256 * blocks, p * (1 - p)
        part = rest * single * max(0, 1 + (rest - 1) / 255 * (min(between / (256 * single), 1) - 1))
        return max(critical * np.sqrt(blocks * between + part), -np.log(0.025))

    holds = []
    for x in np.unique(values):
        below, up_to = values < x, values <= x
        k1, k2 = below.sum(), up_to.sum()
        if k1 - half(k1, below) <= n * p <= k2 + half(k2, up_to):
            holds.append(x)
    return holds[0], holds[-1]


@pytest.mark.parametrize("n", [2560, 2700, 10_240])
@pytest.mark.parametrize("kind", ["smooth", "tied", "atom"])
def test_the_interval_is_what_a_test_of_every_value_keeps(n, kind):
    rng = np.random.default_rng(n)
    draws = uniforms("lhs", 2, n, rng)
    values = {
        "smooth": draws.sum(axis=0),
        "tied": np.floor(6 * draws).sum(axis=0),
        "atom": np.where(draws[0] > 0.9, 10.0 + np.floor(4 * draws[1]), 0.0),
    }[kind]
    replicates = Replicates.of("lhs", n)
    rows = sort_rows(values[np.newaxis], replicates)
    percents = (5, 50, 90) if kind != "smooth" else (30, 80)
    ranks = percentile_ranks(rows, percents, replicates)
    for column, percent in enumerate(percents):
        ends = [at_rank(rows.ordered, rank)[0, column] for rank in (ranks.low, ranks.high)]
        assert tuple(ends) == brute_force(values, percent, replicates)


@pytest.mark.parametrize("n", [768, 1000])
def test_three_blocks_hold_percentiles_as_often_as_they_say(n):
    """The outermost of all values that a test kept reached too far: 97.6 % of these intervals held the truth."""
    rng = np.random.default_rng(n)
    values = uniforms("lhs", 2400, n, rng).reshape(1200, 2, n).sum(axis=1)
    rows = sort_rows(values, Replicates.of("lhs", n))
    ranks = percentile_ranks(rows, (10, 20, 80, 90), Replicates.of("lhs", n))
    truth = np.array([np.sqrt(0.2), np.sqrt(0.4), 2 - np.sqrt(0.4), 2 - np.sqrt(0.2)])
    held = (at_rank(rows.ordered, ranks.low) <= truth) & (truth <= at_rank(rows.ordered, ranks.high))
    assert held.mean(axis=0).min() >= 0.93
    assert 0.94 <= held.mean() <= 0.965


def test_an_atom_at_the_percentile_is_held_from_either_side():
    """P90 of a cost that is 0 with exactly 90 %: in half of the runs x_(ceil(n p)) is the other value."""
    holds = 0
    for seed in range(60):
        values = np.where(uniforms("lhs", 1, 10_240, np.random.default_rng(seed)) >= 0.9, 80.0, 0.0)
        rows = sort_rows(values, Replicates.of("lhs", 10_240))
        ranks = percentile_ranks(rows, (90,), Replicates.of("lhs", 10_240))
        holds += at_rank(rows.ordered, ranks.low)[0, 0] <= 0.0 <= at_rank(rows.ordered, ranks.high)[0, 0]
    assert holds >= 57  # 95 of 100 and more; half of them before


def test_the_error_of_tables_is_inside_the_interval():
    values = uniforms("lhs", 1, 25_600, np.random.default_rng(1))
    replicates = Replicates.of("lhs", 25_600)
    rows = sort_rows(values, replicates)
    plain = percentile_ranks(rows, (50,), replicates)
    wider = percentile_ranks(rows, (50,), replicates, table_error=1e-3)
    assert wider.low[0, 0] == 12_800 - 25 <= plain.low[0, 0]


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


def drawn_rows(kind: str, n: int) -> np.ndarray:
    """Return rows of values of a kind: with equal ones among them, far apart, or some that are no dates."""
    rng = np.random.default_rng(n)
    return {
        "numbers": rng.normal(size=(3, n)),
        "few numbers": rng.integers(0, 9, (3, n)) / 8,
        "instants": rng.integers(0, 10**15, (3, n)),
        "few instants": 10**15 + 10**10 * rng.integers(0, 9, (3, n)),
        "far apart": rng.integers(-(2**62), 2**62, (3, n)),
        "no dates": np.where(rng.random((3, n)) < 0.1, np.iinfo(np.int64).min, rng.integers(0, 10**15, (3, n))),
    }[kind]


@pytest.mark.parametrize("n", [768, 1000, 2560])
@pytest.mark.parametrize("kind", ["numbers", "few numbers", "instants", "few instants", "far apart", "no dates"])
def test_rows_are_sorted_with_the_variance_of_the_counts_of_their_blocks(kind, n):
    values, blocks = drawn_rows(kind, n), n // 256
    rows = sort_rows(values, Replicates.of("lhs", n))
    assert rows.ordered.dtype == values.dtype
    assert np.array_equal(rows.ordered, np.sort(values, axis=1))
    for row, ordered, between in zip(values, rows.ordered, rows.between, strict=True):
        for k in (1, 100, n // 2, n - 1):
            if ordered[k - 1] < ordered[k]:
                counts = (row[: blocks * 256].reshape(blocks, 256) <= ordered[k - 1]).sum(axis=1)
                assert between[k] == pytest.approx(counts.var(ddof=1), rel=1e-12, abs=1e-9)
