"""Which plans a screening rules out: those that are worse beyond doubt, and never the best."""

import numpy as np
import pytest

from riskengine.analysis.objective import OBJECTIVES, Objective
from riskengine.analysis.screening import is_ruled_out, rivals

GATE = Objective("gate", "mean")
ALL = {**OBJECTIVES, "reach": GATE}


def values_of(objective, shifts, n=512):
    """Iterations of plans that differ by a shift and a little noise; of a gate whether it is missed."""
    draw = np.random.default_rng(3)
    shared = draw.gamma(4.0, 5.0, n)
    values = np.array([shared + shift + draw.normal(0, 0.3, n) for shift in shifts])
    return (values > 22).astype(np.float64) if objective.measure == "gate" else values


def test_the_rival_is_the_best_of_those_that_cost_no_more():
    prices = np.array([0.0, 1.0, 1.0, 2.0, 3.0])
    assert rivals(prices, np.array([5.0, 6.0, 4.0, 4.0, 3.0])).tolist() == [0, 2, 2, 2, 4]


@pytest.mark.parametrize("name", ALL)
def test_what_is_far_worse_is_ruled_out_and_what_is_alike_or_better_is_not(name):
    values = values_of(ALL[name], [0.0, 8.0, 0.01, -8.0])
    rival = np.zeros(4, np.intp)
    assert is_ruled_out(ALL[name], values, rival, tests=100).tolist() == [False, True, False, False]


@pytest.mark.parametrize("name", ALL)
def test_plans_that_are_the_same_in_every_iteration_are_not_told_apart(name):
    values = np.repeat(values_of(ALL[name], [0.0]), 3, axis=0)
    assert not is_ruled_out(ALL[name], values, np.zeros(3, np.intp), tests=1).any()


def test_so_few_iterations_that_differ_rule_nothing_out():
    """With 8 iterations that all say the same, chance alone would do so once in 256."""
    before, after = np.zeros(512), np.zeros(512)
    after[:8] = 1
    assert not is_ruled_out(GATE, np.array([before, after]), np.zeros(2, np.intp), tests=10)[1]
    after[:30] = 1
    assert is_ruled_out(GATE, np.array([before, after]), np.zeros(2, np.intp), tests=10)[1]
