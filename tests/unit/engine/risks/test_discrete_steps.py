"""Which values discrete estimates took, as the engine says, against the durations that they gave."""

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.scenario import parse

HEAD = """
schema = 1
name = "steps"
start = "2027-03-01"
calendar = "24h"
[tasks.trial]
duration = { shape = "discrete", values = [5, 9, 35], weights = [50, 30, 20] }
[tasks.work]
duration = [50, 60, 90]
after = ["trial"]
"""
RISK = """
[risks.late]
probability = {}
impacts.work = {{ delay = {{ shape = "discrete", values = [5, 20], weights = [1, 1] }} }}
"""


def sample_of(text, method="lhs", iterations=2_560):
    return engine.simulate(plan.compile(parse(text)), engine.Settings(iterations, 1, method, 1))


@pytest.mark.parametrize("method", ["lhs", "sobol"])
def test_levels_are_the_values_that_the_task_took(method):
    sample = sample_of(HEAD, method)
    row = sample.tasks.id.index("trial")
    assert np.array([5.0, 9.0, 35.0])[sample.discrete.level[0]].tolist() == sample.tasks.duration[row].tolist()
    assert sample.discrete.task_hits.tolist() == [[0], [row]]


def test_a_step_has_the_probability_of_all_values_behind_it():
    discrete = sample_of(HEAD).discrete
    assert discrete.probability.tolist() == pytest.approx([0.5, 0.2], abs=1e-9)
    assert (discrete.lower.tolist(), discrete.upper.tolist()) == ([0, 1], [1, 2])


def test_independent_draws_have_none():
    assert sample_of(HEAD, "random").discrete is None


def test_rare_values_are_skipped_between_two_that_are_not():
    discrete = sample_of(HEAD.replace("[50, 30, 20]", "[795, 5, 200]")).discrete
    assert (discrete.lower.tolist(), discrete.upper.tolist()) == ([0], [2])
    assert discrete.probability.tolist() == pytest.approx([0.205], abs=1e-9)


def test_an_estimate_with_one_value_that_is_not_rare_has_none():
    assert sample_of(HEAD.replace("[50, 30, 20]", "[991, 5, 4]")).discrete is None


def test_what_is_drawn_where_a_risk_occurs_counts_if_the_risk_is_sure():
    assert len(sample_of(HEAD + RISK.format(0.3)).discrete.level) == 1
    assert len(sample_of(HEAD + RISK.format(1)).discrete.level) == 2


def test_a_correlated_estimate_has_none():
    both = '[correlations.weather]\nbetween = ["trial", "work"]\nrank = 0.4\n'
    assert sample_of(HEAD + both).discrete is None


def test_no_more_estimates_are_looked_at_than_there_is_room_for(monkeypatch):
    from riskengine.engine.risks import discrete_steps

    second = HEAD.replace(
        "[tasks.work]",
        '[tasks.other]\nduration = { shape = "discrete", values = [1, 2], weights = [1, 1] }\n[tasks.work]',
    )
    assert len(sample_of(second).discrete.level) == 2
    monkeypatch.setattr(discrete_steps, "MOST_LEVELS", 2_560)
    assert len(sample_of(second).discrete.level) == 1
