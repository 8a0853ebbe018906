"""Learning against Wright's curve, worked out by hand."""

import math
import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.scenario import parse

HEAD = """
schema = 1
name = "Spans"
start = 2027-01-01
calendar = "24h"
defaults.shape = "uniform"
[learning.lift]
tasks = ["d", "c", "b", "a"]
rate = 0.8
"""
SPANS = "dcba"
TEXT = HEAD + "".join(
    f"[tasks.{id}]\nduration = [10, 30]\nafter = {[SPANS[at - 1]] if at else []}\ncost.rate = 3\ncost.fixed = 50\n"
    for at, id in enumerate(SPANS)
)
FACTORS = (1.0, 0.8, 3 ** (math.log(0.8) / math.log(2)), 0.64)


@pytest.mark.parametrize("seed", range(5))
def test_four_spans_take_what_wrights_curve_says(seed):
    """Uniform from 10 to 30 days each: mean 20 and variance 400/12 of the first, times the factor and its square.

    Within 4 standard errors: cries wolf in one of 1,500 runs. A rate that is off by 0.01 moves the mean by 0.9 days, 10
    standard errors; the order reversed moves every task.
    """
    sample = engine.simulate(plan.compile(parse(tomllib.loads(TEXT), "x")), engine.Settings(10_240, seed, "random"))
    days = sample.finish_days[0]
    mean, variance = 20 * sum(FACTORS), 400 / 12 * sum(factor**2 for factor in FACTORS)
    assert abs(days.mean() - mean) < 4 * np.sqrt(variance / days.size)
    fourth = np.mean((days - days.mean()) ** 4)
    assert abs(days.var() - variance) < 4 * np.sqrt((fourth - days.var() ** 2) / days.size)
    assert sample.deterministic_finish_days[0] == pytest.approx(mean, abs=1e-4)
    assert np.allclose(sample.cost, 4 * 50 + 3 * days)
    tasks = sample.tasks
    for id, factor in zip(SPANS, FACTORS, strict=True):
        duration = tasks.duration[tasks.id.index(id)]
        assert 10 * factor - 1e-4 <= duration.min() and duration.max() <= 30 * factor + 1e-4
        assert abs(duration.mean() - 20 * factor) < 4 * factor * np.sqrt(400 / 12 / duration.size)
