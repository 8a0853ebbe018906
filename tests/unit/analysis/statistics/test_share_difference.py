"""By how much a share differs between two runs of the same iterations."""

import numpy as np
import pytest

from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.share_difference import share_difference

N = 1_000


def marks(*true, n=N):
    """Which of n iterations are true: these."""
    found = np.zeros(n, dtype=np.bool_)
    found[list(true)] = True
    return found


def test_a_difference_is_that_of_the_shares():
    rng = np.random.default_rng(1)
    before = rng.random(N) < 0.7
    after = before & (rng.random(N) < 0.8)
    found = share_difference(before, after, Replicates.of("random", N))
    assert found.value[0] == pytest.approx(after.mean() - before.mean())
    assert found.low[0] < found.value[0] < found.high[0] < 0


def test_iterations_that_all_answer_alike_leave_open_what_they_do_not_show():
    """Up to -log(0.025) of them might answer otherwise, one way and the other."""
    before = np.arange(N) % 2 == 0
    found = share_difference(before, before, Replicates.of("random", N))
    assert found.value[0] == 0
    assert found.high[0] == pytest.approx(-found.low[0])
    assert 3e-3 < found.high[0] < 5e-3


def test_few_changes_of_one_sign_have_the_interval_of_a_probability():
    before = marks(*range(500))
    after = before & ~marks(1, 2, 3)
    lost = probability_of((before & ~after)[np.newaxis], Replicates.of("random", N))
    found = share_difference(before, after, Replicates.of("random", N))
    assert found.low[0] <= -lost.high[0] + 1e-4
    assert found.value[0] == pytest.approx(-0.003)
    assert found.high[0] >= -lost.low[0]


@pytest.mark.parametrize(("gain", "loss"), [(0.002, 0.0), (0.004, 0.004), (0.02, 0.005), (0.2, 0.1)])
def test_the_interval_holds_the_difference_in_95_of_100(gain, loss):
    rng = np.random.default_rng(7)
    runs, held = 400, 0
    for _ in range(runs):
        draw = rng.random(N)
        before = rng.random(N) < 0.5
        after = np.where(draw < gain, True, np.where(draw < gain + loss, False, before))
        found = share_difference(before, after, Replicates.of("random", N))
        held += found.low[0] <= (gain - loss) / 2 <= found.high[0]
    assert held >= 0.93 * runs


def test_pairing_is_sharper_than_two_shares_apart():
    rng = np.random.default_rng(3)
    before = rng.random(N) < 0.7
    after = before & (rng.random(N) < 0.95)
    replicates = Replicates.of("random", N)
    found = share_difference(before, after, replicates)
    apart = [probability_of(each[np.newaxis], replicates) for each in (before, after)]
    width = np.hypot(*(each.high[0] - each.low[0] for each in apart))
    assert found.high[0] - found.low[0] < width / 2
