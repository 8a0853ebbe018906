"""What is known of discrete estimates: how their steps are counted, and what they change."""

import numpy as np
import pytest

from riskengine.analysis.statistics.steps import KnownSteps
from riskengine.results.samples.discrete_sample import DiscreteSample

BLOCKS = 10
N = 256 * BLOCKS


def stratified(rng):
    """A draw of ten blocks of which each visits every stratum once."""
    return ((np.argsort(rng.random((BLOCKS, 256)), axis=1) + rng.random((BLOCKS, 256))) / 256).reshape(-1)


def steps_of(draw, borders, hits=((0,), (0,))):
    """The sample of one estimate that takes its next value from each border on."""
    level = np.searchsorted(np.array(borders), draw, side="right").astype(np.int32)[np.newaxis]
    steps = np.arange(len(borders))
    return DiscreteSample(
        level=level,
        estimate=np.zeros(len(borders), np.intp),
        lower=steps,
        upper=steps + 1,
        probability=1 - np.array(borders),
        task_hits=np.array(hits, np.int64),
    )


def test_independent_draws_and_fewer_than_three_blocks_know_nothing_of_steps():
    discrete = steps_of(stratified(np.random.default_rng(1)), (0.9,))
    assert KnownSteps.of(discrete, "random", N) is None
    assert KnownSteps.of(discrete, "lhs", 767) is None
    assert KnownSteps.of(None, "lhs", N) is None


def test_a_step_has_the_variance_of_one_draw_more_or_less_in_a_block():
    known = KnownSteps.of(steps_of(stratified(np.random.default_rng(1)), (0.98,)), "lhs", N)
    fraction = 256 * 0.02 % 1
    assert known.certain[0] == pytest.approx(BLOCKS * fraction * (1 - fraction) / N**2)


def test_what_is_missing_and_what_is_shown_add_up_to_what_is_known():
    draw = stratified(np.random.default_rng(3))
    known = KnownSteps.of(steps_of(draw, (0.98,)), "lhs", N)
    counts = (draw.reshape(BLOCKS, 256) >= 0.98).sum(axis=1)
    assert known.certain[0] - known.shortage[0] == pytest.approx(BLOCKS * counts.var(ddof=1) / N**2, abs=1e-18)


def test_the_mean_varies_by_each_step_times_what_it_changes():
    """Of three values 0, 10 and 40 with a border each: 10 and 30, not what the values are apart from all others."""
    draw = stratified(np.random.default_rng(4))
    discrete = steps_of(draw, (0.7, 0.9))
    known = KnownSteps.of(discrete, "lhs", N)
    values = np.array([0.0, 10.0, 40.0])[discrete.level]
    exact = known.certain @ np.array([10.0**2, 30.0**2])
    assert known.known_variance(values).certain[0] == pytest.approx(exact, rel=0.02)
    fractions = np.array([256 * 0.3 % 1, 256 * 0.1 % 1])
    assert exact == pytest.approx((fractions * (1 - fractions)) @ np.array([100.0, 900.0]) * BLOCKS / N**2)


def test_values_that_an_estimate_does_not_act_on_vary_by_no_step_of_it_on_average():
    rng = np.random.default_rng(5)
    known = KnownSteps.of(steps_of(stratified(rng), (0.7, 0.9)), "lhs", N)
    squares = known._squares(slice(0, 2), known.discrete.level[0], rng.normal(size=(4_000, N)))
    error = squares.std(axis=1) / np.sqrt(4_000)
    assert (np.abs(squares.mean(axis=1)) < 4 * error).all()


def test_a_task_varies_by_the_estimates_that_hit_it_alone():
    draw = stratified(np.random.default_rng(6))
    discrete = steps_of(draw, (0.98,), hits=((0,), (5,)))
    known = KnownSteps.of(discrete, "lhs", N)
    values = np.repeat(30.0 * discrete.level, 3, axis=0)
    some = known.known_variance_of_tasks(values, first=4)
    assert some.certain[0] == some.certain[2] == some.unseen[0] == 0.0
    assert some.certain[1] == pytest.approx(known.known_variance(values[1:2]).certain[0])


def test_a_value_that_was_taken_once_tells_nothing():
    level = np.zeros((1, N), np.int32)
    level[0, 17] = 1
    discrete = DiscreteSample(
        level, np.zeros(1, np.intp), np.zeros(1, np.intp), np.ones(1, np.intp), np.array([0.02]), np.zeros((2, 0), int)
    )
    known = KnownSteps.of(discrete, "lhs", N)
    assert known.known_variance(50.0 * level).certain[0] == 0.0
