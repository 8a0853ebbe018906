"""Mean and standard deviation with their intervals."""

import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.statistics.known_variance import KnownVariance
from riskengine.analysis.statistics.moment import mean, standard_deviation
from riskengine.analysis.statistics.replicate import Replicates
from tests.support.samples import uniforms

RNG = np.random.default_rng(4)


def student(replicates, freedom):
    """Half of Student's interval of a mean of replicates."""
    return scipy.stats.t.ppf(0.975, freedom) * replicates.std(ddof=1) / np.sqrt(replicates.size)


def test_the_interval_of_a_symmetric_random_mean_is_students_with_the_freedom_of_what_carries_it():
    half = RNG.random((1, 15))
    values = np.hstack([half, -half])
    interval = mean(values, Replicates.of("random", 30))
    freedom = 2 * (values**2).sum() ** 2 / (values**4).sum()
    assert freedom > 10
    freedom = min(29, freedom)
    assert interval.high[0] == -interval.low[0] == pytest.approx(student(values, freedom), rel=1e-5)


@pytest.mark.parametrize(("n", "more"), [(2000, 0.0), (256, 128 / 256 - 1 / 8)])
def test_the_half_towards_the_tail_is_longer_by_johnsons_term(n, more):
    values = np.random.default_rng(4).exponential(1.0, (1, n))
    interval = mean(values, Replicates.of("random", n))
    skewness = scipy.stats.skew(values[0])
    asymmetry = (skewness + more * (skewness - 0.5)) / np.sqrt(n)
    freedom = 2 * (values - values.mean()).var() ** 2 * n / ((values - values.mean()) ** 4).mean()
    t = scipy.stats.t.ppf(0.975, min(n - 1, freedom))
    below, above = interval.value[0] - interval.low[0], interval.high[0] - interval.value[0]
    assert below == pytest.approx(student(values, min(n - 1, freedom)), rel=1e-4)
    assert above - below == pytest.approx(asymmetry * (1 + 2 * t * t) / 6 * below / t, rel=1e-4)
    mirrored = mean(-values, Replicates.of("random", n))
    assert mirrored.value[0] - mirrored.low[0] == pytest.approx(above)


def held(interval, truth):
    """How often an interval holds the truth."""
    slack = 1e-9 * max(1.0, abs(truth))
    return float((~(interval.low > truth + slack) & ~(interval.high < truth - slack)).mean())


LOGNORMAL = np.sqrt(np.log1p(3**2))


@pytest.mark.parametrize(
    ("draw", "truth", "most"),
    [
        (lambda rng, n: np.exp(LOGNORMAL * rng.normal(size=(4000, n)) - LOGNORMAL**2 / 2), 1.0, 0.97),
        (lambda rng, n: rng.normal(size=(4000, n)), 0.0, 0.97),
        (lambda rng, n: rng.exponential(size=(4000, n)), 1.0, 0.98),
        (lambda rng, n: np.maximum(0, rng.integers(1, 7, (4000, n)) - rng.integers(1, 7, (4000, n))), 35 / 36, 0.98),
    ],
    ids=["lognormal, sd 3 x mean", "normal", "exponential", "float of two dice"],
)
@pytest.mark.parametrize("n", [16, 64])
def test_a_mean_of_few_values_is_held_as_often_as_it_says(draw, truth, most, n):
    """Of 16 lognormal costs with a spread of three means, 88 % of the intervals held the mean."""
    values = draw(np.random.default_rng(n), n).astype(float)
    assert 0.93 <= held(mean(values, Replicates.of("random", n)), truth) <= most


@pytest.mark.parametrize(("p", "n"), [(0.5, 64), (0.5, 1000), (0.49995, 2560), (0.3, 100), (0.2, 64), (0.4, 1000)])
def test_the_spread_of_two_values_is_held_as_often_as_it_says(p, n):
    """All of a thousand intervals held it where both values were as likely; 92 % where one had 30 %, of 100."""
    values = (np.random.default_rng(n).random((2000, n)) < p).astype(float)
    truth = np.sqrt(p * (1 - p))
    assert 0.93 <= held(standard_deviation(values, Replicates.of("random", n)), truth) <= 0.985


@pytest.mark.parametrize("n", [100, 1000])
def test_what_is_known_of_two_values_does_not_end_their_spread_short_of_where_they_are_even(n):
    """A known variance a little below the sample's own ended the interval 7e-7 too low, in a fifth of all runs."""
    values = (np.random.default_rng(n).random((2000, n)) < 0.5).astype(float)
    square = (values - values.mean(axis=1, keepdims=True)) ** 2
    known_variance = KnownVariance(-0.002 * square.var(axis=1) / n, np.zeros(1))
    assert 0.93 <= held(standard_deviation(values, Replicates.of("random", n), known_variance), 0.5) <= 0.985


def test_the_spread_of_a_stratified_uniform_is_held_as_often_as_it_says():
    """With n - 1 below, what is printed is too large by more than it varies: the interval made up for it twice."""
    values = uniforms("lhs", 1500, 2560, np.random.default_rng(1))
    found = standard_deviation(values, Replicates.of("lhs", 2560))
    assert 0.93 <= held(found, np.sqrt(1 / 12)) <= 0.985
    assert (found.low <= found.value).all()
    assert (found.value <= found.high).all()


def test_the_interval_of_a_stratified_mean_comes_from_its_blocks():
    rng = np.random.default_rng(1)
    # Blocks that differ by far more than one iteration can change them, ten to either side.
    effect = rng.normal(0, 5, 10)
    values = (rng.random((1, 20, 256)) + np.concatenate([effect, -effect])[:, np.newaxis]).reshape(1, 5120)
    blocks = values.reshape(20, 256).mean(axis=1)
    away = blocks - blocks.mean()
    freedom = min(19, 3 * (away**2).sum() ** 2 / (away**4).sum() - 1)
    interval = mean(values, Replicates.of("lhs", 5120))
    half = (interval.high[0] - interval.low[0]) / 2
    assert student(blocks, freedom) <= half == pytest.approx(student(blocks, freedom), rel=2e-2)


def test_few_blocks_give_at_most_the_interval_of_independent_iterations_at_a_stricter_level():
    values = np.random.default_rng(2).random((50, 800))
    interval = mean(values, Replicates.of("lhs", 800))
    widest = mean(values, Replicates.of("random", 800))
    ratio = (interval.high - interval.low) / (widest.high - widest.low)
    assert ratio.max() == pytest.approx(2.5758 / 1.96, rel=0.02)


def test_variance_that_is_known_but_not_seen_widens_the_interval():
    values = np.zeros((1, 1000))
    known_variance = KnownVariance(np.array([0.25]), np.array([0.25]))
    interval = mean(values, Replicates.of("random", 1000), known_variance)
    assert (interval.low[0], interval.high[0]) == pytest.approx((-0.98, 0.98), rel=2e-3)
    deviation = standard_deviation(values, Replicates.of("random", 1000), known_variance)
    assert deviation.value[0] == deviation.low[0] == 0
    assert np.isnan(deviation.high[0])


def test_variance_that_is_known_needs_no_students_t():
    values = (np.arange(1000) % 500 == 0).astype(float)[np.newaxis]  # two occurrences of 2
    estimated = mean(values, Replicates.of("random", 1000))
    certain = mean(values, Replicates.of("random", 1000), KnownVariance(np.zeros(1), np.array([0.002 * 0.998 / 1000])))
    assert certain.value[0] - certain.low[0] == pytest.approx(1.96 * np.sqrt(0.002 * 0.998 / 1000), rel=1e-3)
    assert estimated.value[0] - estimated.low[0] > 1.3 * (certain.value[0] - certain.low[0])


def test_a_part_of_a_block_that_varies_by_itself_does_not_rest_on_the_blocks():
    """Three blocks and 232 iterations: Student's t of two degrees of freedom, 4.3, made it twice too wide."""
    values = uniforms("lhs", 1, 1000, np.random.default_rng(1))
    rest = 232 / 12 * (1 - 231 / 255)  # of the sum, from a fully stratified variable
    interval = mean(values, Replicates.of("lhs", 1000))
    assert (interval.high[0] - interval.low[0]) / 2 == pytest.approx(1.96 * np.sqrt(rest) / 1000, rel=0.3)


def test_a_spread_whose_tail_was_not_seen_has_no_upper_end():
    rng = np.random.default_rng(5)
    heavy = standard_deviation(np.exp(2 * rng.normal(size=(1, 1000))), Replicates.of("random", 1000))
    assert heavy.low[0] < heavy.value[0]
    assert np.isnan(heavy.high[0])
    light = standard_deviation(rng.normal(size=(1, 1000)), Replicates.of("random", 1000))
    assert light.value[0] < light.high[0] < 1.1 * light.value[0]


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
    values = RNG.random((3, 60))
    found = standard_deviation(values, Replicates.of("random", 60))
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


@pytest.mark.parametrize("usual", [0, 1, 300])
def test_where_rare_risks_leave_no_usual_iteration_all_of_them_are_looked_at(usual):
    """With 450 risks of 2.5 % none of a thousand iterations is without any of them."""
    values = np.random.default_rng(3).random((1, 1024))
    is_rare = np.arange(1024) >= usual
    nothing = np.zeros(1)
    interval = mean(values, Replicates.of("lhs", 1024), KnownVariance(nothing, nothing, is_rare))
    assert interval == mean(values, Replicates.of("lhs", 1024))
