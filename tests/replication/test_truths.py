"""The true values of the models are true: the mean over sixteen runs of each is within six standard errors of them.

The standard error is the spread over the runs. Means come from stratified iterations, which know them far better;
percentiles and probabilities come from independent ones, for an order statistic of strata is the top of a stratum and
not its middle. False alarm: 2.4e-5 (Student's t, 15 degrees) for each of 900 estimates, 2 % for all of them together.
Power: 9 standard errors are seen in 99 of 100 cases, which is half the half width of 10,240 independent iterations.
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from riskengine import engine
from tests.replication.law import constant, discrete, event, maximum, mixture, pert, uniform
from tests.replication.model import Model, Question, load, names
from tests.replication.run import pairing_of, printed, tables_of
from tests.replication.truths import ATOM, CERTAIN, subject

RUNS, LIMIT = 16, 6.0


def iterations(name: str) -> int:
    """Fewer of the models with hundreds of tasks."""
    return 10_240 if "chain" in name or "beyond" in name else 51_200


def runs(name: str, method: str) -> NDArray[np.float64]:
    """(run, estimate): the printed values of some runs."""
    with pairing_of(load(name).is_paired):
        settings = [engine.Settings(iterations(name), 900 + k, method, 1) for k in range(RUNS)]
        return np.array([printed(name)(*tables_of(name, each))[:, 0] for each in settings])


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_what_a_model_calls_true_is_true(name):
    estimates = subject(name).estimates
    independent, stratified = runs(name, "random"), runs(name, "lhs")
    far = {}
    for column, estimate in enumerate(estimates):
        seen = (independent if estimate.share is not None else stratified)[:, column]
        if estimate.covers_more in (ATOM, CERTAIN) and estimate.share is not None:
            assert_atom(estimate, independent[:, column])
            continue
        error = np.nanstd(seen, ddof=1) / np.sqrt(RUNS)
        away = abs(np.nanmean(seen) - estimate.exact) - estimate.error
        if estimate.group == "sd":  # n - 1 in the denominator is right for independent iterations only
            away -= abs(estimate.exact) / iterations(name)
        if away > LIMIT * error + 1e-9 * max(1.0, abs(estimate.exact)):
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
