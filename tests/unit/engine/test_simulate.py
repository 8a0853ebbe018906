"""Runs that stop when they know enough, settings out of range, and what is kept."""

import numpy as np
import pytest

from riskengine import engine
from riskengine.engine import Settings
from tests.support.compiled_plans import compiled


def test_a_run_that_goes_on_holds_what_one_long_run_holds():
    plan = compiled()
    looked_at = []

    def is_enough(sample):
        looked_at.append(sample.iterations)
        return len(looked_at) == 3

    # 300 is no whole number of blocks: the cut block must be run again, whole
    stopped = engine.simulate_until(plan, Settings(300, seed=4), is_enough, 10_000)
    whole = engine.simulate(plan, Settings(1200, seed=4))
    assert looked_at == [300, 600, 1200]
    assert stopped.iterations == 1200
    assert np.array_equal(stopped.finish, whole.finish)
    assert np.array_equal(stopped.cost, whole.cost)
    for name in ("criticality_count", "criticality_square", "criticality_full"):
        assert np.array_equal(getattr(stopped.tasks, name), getattr(whole.tasks, name)), name


def test_a_run_never_exceeds_the_most_iterations_it_may_take():
    sample = engine.simulate_until(compiled(), Settings(300), lambda sample: False, 1000)
    assert sample.iterations == 1000
    assert sample.finish.shape == (1, 1000)


def test_a_run_that_may_not_go_on_is_never_asked():
    def is_enough(sample):
        raise AssertionError("asked")

    assert engine.simulate_until(compiled(), Settings(300), is_enough, 300).iterations == 300


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"iterations": 0}, "iterations"),
        ({"iterations": 10**9 + 1}, "iterations"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**64}, "seed"),
        ({"method": "halton"}, "random, lhs, sobol"),
        ({"threads": 0}, "threads"),
    ],
)
def test_a_setting_out_of_range_is_named(setting, words):
    with pytest.raises(ValueError, match=words):
        Settings(**setting)


@pytest.mark.parametrize("other", [0, 2**32 + 5, 2**64 - 1])
def test_every_bit_of_a_seed_matters(other):
    first, second = (engine.simulate(compiled(), Settings(256, seed)).cost for seed in (5, other))
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("iterations", [1, 255, 256, 257])
def test_exactly_the_iterations_asked_for_are_there_and_counted(iterations):
    sample = engine.simulate(compiled(), Settings(iterations))
    assert sample.finish.shape == (1, iterations)
    assert sample.cost.shape == (iterations,)
    # one chain: every task is critical in every iteration
    assert (sample.tasks.criticality_count == iterations).all()
    assert (sample.tasks.criticality_full == iterations // 256 * 256).all()


def test_a_run_without_a_risk_takes_off_its_delay_where_it_occurred_and_nothing_elsewhere():
    sample = engine.simulate(compiled(), Settings(2560))
    assert sample.risks.paired == (0, 1, 2)
    for row in sample.risks.paired:
        saved = sample.finish_days[0, : sample.risks.occurs.shape[1]] - sample.risks.finish_days_without[row]
        assert np.allclose(saved, np.where(sample.risks.occurs[row], row + 1, 0))


def test_a_replayed_column_is_what_the_run_used():
    plan = compiled()
    again = engine.replay(plan, 7, "sobol", 512)
    chain = sum(again.draws[f"task/t{at:02d}/duration"] for at in range(6))
    delays = sum(np.where(again.draws[f"risk/r{at:02d}/occurs"], (at + 1) * 8 * 3600, 0) for at in range(3))
    assert np.array_equal(again.output.finish[0], chain + delays)
