"""The parts of a spread that a sprint shares, against worked numbers and known truth."""

import numpy as np
import pytest

from riskengine.calibration.one_way import one_way
from tests.unit.calibration.finished import sprint_values

OFFSETS = (-0.3, -0.1, 0.0, 0.05, 0.35)


def test_balanced_groups_are_those_of_the_analysis_of_variance():
    values = np.array([1.0, 2.0, 3.0, 5.0, 6.0, 10.0])
    parts = one_way(values, ["a"] * 3 + ["b"] * 3)
    # MSW = (2 + 14) / 4 = 4; MSB = 3 (2 - 4.5)^2 + 3 (7 - 4.5)^2 = 37.5; between^2 = (37.5 - 4) / 3
    assert parts.within.value == pytest.approx(2.0)
    assert parts.between.value == pytest.approx((33.5 / 3) ** 0.5)
    assert parts.mean.value == pytest.approx(4.5)
    assert parts.groups == 2


def test_groups_that_differ_less_than_their_values_share_nothing():
    parts = one_way(np.array([0.0, 1.0, 1.0, 0.0]), ["a", "a", "b", "b"])
    assert parts.between.value == 0.0
    assert parts.between.low == 0.0
    assert parts.between.high > 0.0


@pytest.mark.parametrize("groups", [["a", "a", "a"], ["a", "b", "c"]])
def test_one_group_or_groups_of_one_tell_nothing(groups):
    assert one_way(np.array([1.0, 2.0, 4.0]), groups) is None


def recovered(sizes, between, rounds, seed):
    """How often each of the three intervals holds its truth."""
    rng = np.random.default_rng(seed)
    hits = np.zeros(3)
    for _ in range(rounds):
        parts = one_way(*sprint_values(rng, sizes, 0.3, 0.4, between))
        for at, (bounded, truth) in enumerate(((parts.mean, 0.3), (parts.within, 0.4), (parts.between, between))):
            hits[at] += bounded.low - 1e-12 <= truth <= bounded.high + 1e-12
    return hits / rounds


@pytest.mark.parametrize("between", [0.0, 0.25])
def test_known_parts_are_held_by_their_intervals(between):
    """Ninety-five of a hundred; below 89 of 100 in 300 rounds would come by chance once in 100,000."""
    assert np.all(recovered([6, 4, 8, 6, 5, 7], between, 300, 5) > 0.89)


@pytest.mark.slow
@pytest.mark.parametrize("between", [0.0, 0.1, 0.25, 0.6])
@pytest.mark.parametrize("sizes", [[6] * 4, [6] * 12, [3, 9, 4, 8, 6, 10, 2, 5], [20] * 3])
def test_known_parts_are_held_in_95_of_100(sizes, between):
    """3,000 rounds: four standard errors below 95 % are 93.4 %; approximate for groups of several sizes, 92.5 %."""
    assert np.all(recovered(sizes, between, 3_000, 7) > (0.934 if len(set(sizes)) == 1 else 0.925))
