"""What each part adds to a movement of P80: Shapley's average, which adds up."""

from itertools import permutations

import numpy as np
import pytest

from riskengine.analysis.bridge import bridge, weight
from riskengine.analysis.orders import coalitions

PARTS = ("logic", "durations", "risks", "cost")
N = 2_560


def values(n=N, seed=1):
    """Values of every plan between two: what the parts do is not the sum of what each does alone."""
    draws = np.random.default_rng(seed).random((5, n))
    found = {}
    for changed in coalitions(PARTS):
        base = 100 + 20 * draws[0]
        base = base + 15 * draws[1] * ("logic" in changed)
        base = base * (1 + 0.2 * draws[4] * ("durations" in changed))
        risk = 30 * (draws[2] > 0.7) * ("risks" in changed)
        found[changed] = np.maximum(base + risk, 110 + 10 * draws[3] * (1 + ("logic" in changed)))
    return found


def p80(each):
    """The value of rank ceil(0.8 n)."""
    return float(np.sort(each)[-(-each.size * 8 // 10) - 1])


def test_parts_add_up_to_the_movement():
    found = bridge(values(), PARTS, "random")
    total = p80(values()[frozenset(PARTS)]) - p80(values()[frozenset()])
    assert sum(part.difference for part in found) == pytest.approx(total, abs=1e-10)


def test_each_part_is_the_average_over_all_orders():
    made = values()
    for part in bridge(made, PARTS, "random"):
        steps = []
        for order in permutations(PARTS):
            before = frozenset(order[: order.index(part.part)])
            steps.append(p80(made[before | {part.part}]) - p80(made[before]))
        assert part.difference == pytest.approx(np.mean(steps), abs=1e-10)
    assert sum(weight("risks", changed, 4) for changed in coalitions(PARTS)) == 0


def test_a_part_that_changes_nothing_adds_nothing_and_leaves_open_what_was_not_seen():
    (part,) = [each for each in bridge(values(), PARTS, "random") if each.part == "cost"]
    assert part.difference == 0
    assert part.ci_low < 0 < part.ci_high


def test_intervals_hold_what_a_part_adds_in_95_of_100():
    truth = [each.difference for each in bridge(values(400_000, seed=99), PARTS, "random")]
    runs, held = 200, np.zeros(3)
    for seed in range(runs):
        found = bridge(values(1_000, seed), PARTS, "random")
        held += [part.ci_low <= exact <= part.ci_high for part, exact in zip(found[:3], truth[:3], strict=True)]
    assert (held >= 0.91 * runs).all()
    assert (held <= 0.995 * runs).all()


def test_few_iterations_and_ties_have_no_interval():
    (first, *_) = bridge(values(4), PARTS, "random")
    assert first.ci_low is None
    tied = {changed: np.round(each / 50) for changed, each in values().items()}
    assert bridge(tied, PARTS, "random")[1].ci_high is None
