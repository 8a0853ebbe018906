"""What risks contribute: paired and conditional, at the mean and at percentiles."""

import numpy as np
import pytest

from riskengine.analysis.statistics.known_variance import KnownVariance
from riskengine.analysis.tables.contribution import conditional_mean, paired_mean, paired_percentiles
from tests.support.samples import uniforms


def risky(method="random", n=10_240, p=0.3, seed=1):
    """Finish with a risk of 6 days, finish without it, and whether it occurred."""
    draws = uniforms(method, 3, n, np.random.default_rng(seed))
    occurs = draws[0] >= 1 - p
    without = 20 + 5 * draws[1] + 5 * draws[2]
    return without + 6 * occurs, without, occurs


def test_a_certain_delay_contributes_itself_exactly_everywhere():
    _, without, _ = risky()
    values = without + 8.0
    at_mean = paired_mean(values, without[np.newaxis], "random")
    assert [part[0] for part in at_mean] == pytest.approx([8, 8, 8], abs=1e-12)
    at_percentiles = paired_percentiles(values, without[np.newaxis], "random")
    for part in at_percentiles:
        assert part[0] == pytest.approx([8, 8, 8], abs=1e-12)


def test_a_risk_that_changes_nothing_contributes_nothing():
    values, _, _ = risky()
    assert [part[0] for part in paired_mean(values, values[np.newaxis], "sobol")] == [0, 0, 0]
    assert all((part == 0).all() for part in paired_percentiles(values, values[np.newaxis], "sobol"))


def test_an_opportunity_contributes_less_than_nothing():
    values, without, _ = risky()
    found = paired_mean(without, values[np.newaxis], "random")
    assert found.high[0] < 0
    assert (paired_percentiles(without, values[np.newaxis], "random").value < 0).all()


def test_percentiles_are_differences_of_order_statistics_of_all_iterations():
    values, without, _ = risky(n=1000)
    found = paired_percentiles(values, without[np.newaxis], "random").value[0]
    with_risk, no_risk = np.sort(values), np.sort(without)
    assert found.tolist() == [with_risk[k] - no_risk[k] for k in (499, 799, 899)]


@pytest.mark.parametrize("method", ["random", "lhs", "sobol"])
def test_paired_and_conditional_agree_at_the_mean(method):
    values, without, occurs = risky(method)
    paired = paired_mean(values, without[np.newaxis], method)
    conditional = conditional_mean(values, occurs, 0.3, method)
    assert paired.low[0] <= 1.8 <= paired.high[0]
    assert conditional.low[0] <= 1.8 <= conditional.high[0]
    assert abs(paired.value[0] - conditional.value[0]) < conditional.high[0] - conditional.low[0]


def test_pairing_is_sharper_than_conditioning():
    values, without, occurs = risky("sobol")
    paired = paired_mean(values, without[np.newaxis], "sobol")
    conditional = conditional_mean(values, occurs, 0.3, "sobol")
    assert paired.high[0] - paired.low[0] < conditional.high[0] - conditional.low[0]


def test_the_conditional_interval_is_that_of_two_means():
    values, _, occurs = risky(n=5000)
    found = conditional_mean(values, occurs, 0.3, "random")
    error = np.sqrt(values[occurs].var(ddof=1) / occurs.sum() + values[~occurs].var(ddof=1) / (~occurs).sum())
    assert (found.high[0] - found.low[0]) / 2 == pytest.approx(0.3 * 1.96 * error, rel=5e-3)


def test_the_known_probability_counts_and_not_the_drawn_share():
    values, _, occurs = risky(n=50, seed=3)
    assert occurs.mean() != 0.3
    difference = values[occurs].mean() - values[~occurs].mean()
    assert conditional_mean(values, occurs, 0.3, "random").value[0] == pytest.approx(0.3 * difference)


def test_a_risk_that_cannot_occur_contributes_exactly_nothing():
    values, _, occurs = risky()
    assert [part[0] for part in conditional_mean(values, occurs & False, 0.0, "lhs")] == [0, 0, 0]


@pytest.mark.parametrize("count", [0, 1, 99, 100])
def test_too_few_on_one_side_say_nothing(count):
    found = conditional_mean(np.arange(100.0), np.arange(100) < count, 0.5, "random")
    assert np.isnan([part[0] for part in found]).all()


def test_two_occurrences_have_the_spread_of_two_values():
    """Of two normal values among 16, an interval with the spread of all left out the truth in a quarter of the runs."""
    rng, held = np.random.default_rng(5), 0
    occurs = np.arange(16) < 2
    for _ in range(1000):
        found = conditional_mean(rng.normal(size=16) + 1.0 * occurs, occurs, 0.1, "random")
        held += bool(found.low[0] <= 0.1 <= found.high[0])
    assert 935 <= held <= 990


@pytest.mark.parametrize(("method", "n"), [("random", 16), ("random", 2560), ("sobol", 2560)])
def test_two_sides_of_one_value_each_are_no_certainty(method, n):
    occurs = np.arange(n) % (n // 4) == 0
    found = conditional_mean(100.0 + 40 * occurs, occurs, 0.25, method)
    assert found.value[0] == 10
    assert np.isnan([found.low[0], found.high[0]]).all()
    limited = conditional_mean(100.0 + 40 * occurs, occurs, 0.25, method, np.array([0.0, np.inf]), 60.0)
    assert 0 <= limited.low[0] < 10 < limited.high[0]
    exact = conditional_mean(100.0 + 40 * occurs, occurs, 0.25, method, spread=0.0)
    assert exact.low[0] == exact.high[0] == 10


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_threat_among_the_better_iterations_is_not_exactly_nothing(sign):
    """A threat cannot help; where all of the interval says so, it was 0 from 0 to 0."""
    values, occurs = np.arange(16.0) * sign, np.arange(16) < 8
    change = np.sort(np.array([0.0, sign * np.inf]))
    found = conditional_mean(values, occurs, 0.5, "random", change)
    near, far = (found.low, found.high) if sign > 0 else (found.high, found.low)
    assert found.value[0] == near[0] == 0
    assert np.isnan(far[0])


def test_a_percentile_too_near_to_the_end_of_the_sample_has_no_interval():
    values, without, _ = risky(n=16)
    effect = paired_percentiles(values, without[np.newaxis], "random")
    assert not np.isnan(effect.value).any()
    assert np.isnan(effect.low[0]).tolist() == np.isnan(effect.high[0]).tolist() == [False, True, True]


def test_the_interval_at_a_percentile_holds_both_ends_where_values_are_tied():
    """One cost of two values, 10 % of which a risk makes dearer: P90 is 100 or 140, and either is a fair answer."""
    rng = np.random.default_rng(3)
    occurs = rng.random(2000) >= 0.9
    values, without = 100.0 + 40.0 * occurs, np.full((1, 2000), 100.0)
    effect = paired_percentiles(values, without, "random")
    assert (effect.low[0, 2], effect.high[0, 2]) == (0.0, 40.0)
    assert (effect.low[0, 0], effect.high[0, 0]) == (0.0, 0.0)


def test_what_a_rare_risk_happens_not_to_show_widens_its_interval():
    values, without, _ = risky(n=2560, p=0.01)
    plain = paired_percentiles(values, without[np.newaxis], "random")
    wider = paired_percentiles(values, without[np.newaxis], "random", KnownVariance(np.array([1e-4]), np.zeros(1)))
    assert (wider.high - wider.low > plain.high - plain.low).all()
    at_mean = paired_mean(values, without[np.newaxis], "random", KnownVariance(np.array([1e-4]), np.zeros(1)))
    assert at_mean.high[0] - at_mean.value[0] > 1.9 * 6 * 1e-2


@pytest.mark.parametrize("percent", [50, 80, 90])
def test_a_nearly_sure_risk_has_the_interval_of_the_iterations_that_cross_a_percentile(percent):
    """Of 2 in 1,000 iterations without their 50 days, those move P80 that would lie above it: a count of a fifth."""
    n, p, q = 10_240, 0.998, percent / 100
    rng = np.random.default_rng(4)
    without = rng.random((1, n))
    values = without[0] + 50 * (rng.random(n) < p)
    certain = np.full(1, p * (1 - p) / n)
    effect = paired_percentiles(values, without, "random", KnownVariance(np.zeros(1), certain))
    column = [50, 80, 90].index(percent)
    needed = 1.96 * np.sqrt((1 - p) * (1 - q) / n)
    half = (effect.high[0, column] - effect.low[0, column]) / 2
    assert needed < half < 1.6 * needed


def test_risks_do_not_influence_one_another():
    values, without, _ = risky()
    other = np.stack([without, values, without - 1])
    together = paired_percentiles(values, other, "lhs")
    for row in range(3):
        alone = paired_percentiles(values, other[row : row + 1], "lhs")
        for part, single in zip(together, alone, strict=True):
            assert np.array_equal(part[row], single[0])


def test_a_constant_effect_is_exact_only_where_the_risk_is_sure():
    """A delay of ten days that 100 of 100 iterations show adds 9.95 days to the median where its chance is 99.5 %."""
    without = np.sort(np.random.default_rng(4).uniform(100, 200, 100))[np.newaxis]
    values = without[0] + 10
    variance = np.array([0.995 * 0.005 / 100])
    doubtful = paired_percentiles(values, without, "random", KnownVariance(variance, variance))
    assert (doubtful.low < 9.95).all()
    assert (doubtful.high > 10).all()
    sure = paired_percentiles(values, without, "random")
    assert (sure.low == sure.high).all()
    nothing = paired_percentiles(without[0], without, "random", KnownVariance(variance, variance))
    assert (nothing.low == nothing.high).all()
