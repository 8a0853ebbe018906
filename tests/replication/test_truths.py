"""The true values of the models are true: a large run of independent iterations is within 4.5 standard errors of each.

A deviation is measured with the printed interval, or, where that is of no use (an atom, a float without an interval),
with the spread over the runs. False alarm: 7e-6 for each of some 1,000 estimates, so less than one time in a hundred
for all of them together; an error of 8 standard errors, which at 400,000 iterations is a tenth of the half width of
10,240 and more, is seen in 99.9 % of cases.
"""

import numpy as np
import pytest

from riskengine import analysis, engine
from tests.replication.law import constant, discrete, event, maximum, mixture, pert, uniform
from tests.replication.model import Model, Question, load, names
from tests.replication.run import compiled, pairing_of, printed
from tests.replication.truths import subject

RUNS, LIMIT = 8, 4.5
"""Runs whose spread is the standard error where no interval serves; Student's t with 7 degrees has a 4.5 in 0.3 %."""


def runs(name: str, iterations: int) -> np.ndarray:
    """(run, estimate): the printed values of some runs by independent draws."""
    with pairing_of(load(name).is_paired):
        samples = [
            engine.simulate(compiled(name), engine.Settings(iterations, 900 + k, "random", 1)) for k in range(RUNS)
        ]
        return np.array([printed(name)(analysis.tables(each), each.start)[:, 0] for each in samples])


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_what_a_model_calls_true_is_true(name):
    estimates = subject(name).estimates
    values = runs(name, 25_600 if "chain" in name or "beyond" in name else 102_400)
    far = {}
    for estimate, seen in zip(estimates, values.T, strict=True):
        if estimate.covers_more and estimate.share is not None:
            assert_atom(estimate, seen)
            continue
        error = np.nanstd(seen, ddof=1) / np.sqrt(RUNS)
        away = abs(np.nanmean(seen) - estimate.exact) - estimate.error
        # of eight runs the spread itself is uncertain: 7 standard errors are a probability of 2e-4
        if away > 7 * max(error, 1e-12 * max(1.0, abs(estimate.exact))):
            far[estimate.name] = (estimate.exact, seen)
    assert far == {}


def assert_atom(estimate, seen):
    """A percentile at an atom is seen exactly in some of the runs."""
    assert np.isclose(seen, estimate.exact, rtol=1e-9, atol=max(estimate.error, 1e-9)).any(), (estimate.name, seen)


def test_a_law_of_two_dice_has_the_quantiles_of_two_dice():
    dice = discrete(dict.fromkeys(range(1, 7), 1 / 6)).times(2)
    assert dice.mean == pytest.approx(7)
    assert dice.sd == pytest.approx(np.sqrt(35 / 6))
    assert [dice.quantile(p) for p in (1 / 36, 0.5, 21 / 36, 0.59, 1)] == [2, 7, 7, 8, 12]


def test_a_law_of_two_uniforms_is_a_triangle():
    pair = uniform(10, 20, 1e-3).times(2)
    assert pair.cdf(36.5) == pytest.approx(0.93875, abs=1e-7)
    assert pair.quantile(0.5) == pytest.approx(30, abs=1e-6)
    assert pair.sd == pytest.approx(10 / np.sqrt(6), rel=1e-7)


def test_the_latest_of_two_uniforms():
    later = maximum(uniform(0, 1, 1e-3), uniform(0, 1, 1e-3))
    assert later.quantile(0.81) == pytest.approx(0.9, abs=1e-6)
    assert later.mean == pytest.approx(2 / 3, rel=1e-6)


def test_a_law_keeps_atoms_apart_from_density():
    law = event(0.4, uniform(10, 20, 1e-2))
    assert law.quantile(0.6) == 0
    assert law.probability_of_value(0) == pytest.approx(0.6)
    assert law.quantile(0.8) == pytest.approx(15, abs=1e-6)
    later = maximum(law, constant(12.0, 1e-2))
    assert later.probability_of_value(12) == pytest.approx(0.6 + 0.4 * 0.2)


def test_a_mixture_shifts_by_less_than_a_cell():
    law = mixture([(0.5, pert(1, 2, 4, 1e-2)), (0.5, pert(1, 2, 4, 1e-2) + 0.0037)])
    assert law.mean == pytest.approx((1 + 8 + 4) / 6 + 0.0037 / 2, rel=1e-6)


@pytest.mark.parametrize(
    ("probability", "answer", "is_wrong"),
    [
        (0.8, "pass", False),
        (0.8, "fail", True),
        (0.79, "pass", True),
        (0.79, "fail", False),
        (0.79, "undecided", False),
    ],
)
def test_at_exactly_the_confidence_a_pass_is_right(probability, answer, is_wrong):
    assert Question("g", probability, 0.8).is_wrong(answer) == is_wrong


def test_every_file_of_the_folder_is_a_model_with_a_source():
    assert all(isinstance(load(name), Model) and load(name).source for name in names())
