"""Coverage, pinball loss and CRPS of forecasts, against numbers that are worked out by hand."""

import numpy as np
import pytest

from riskengine.calibration.finished_item import FinishedItem
from riskengine.calibration.scores import forecasts_of, pinball_loss, scores_of
from riskengine.model.estimate import SHAPES


def items(actuals, low=0.0, high=10.0):
    uniform = SHAPES["uniform"].model(low=low, high=high)
    return [FinishedItem(f"i{at}", at, "", "", 5.0, actual, uniform) for at, actual in enumerate(actuals)]


def test_a_uniform_forecast_has_the_crps_of_the_formula():
    """Of U(0, 10) and y: 10 (u^2 - u + 1/3) for u = y / 10 within; beyond its end the distance more."""
    actuals = (0.0, 2.0, 5.0, 9.0, 13.0)
    exact = [10 * (u * u - u + 1 / 3) for u in (0.0, 0.2, 0.5, 0.9)] + [10 / 3 + 3]
    assert forecasts_of(items(actuals)).crps == pytest.approx(exact, abs=2e-3)


def test_pinball_loss_is_that_of_the_quantile():
    assert pinball_loss(np.array([8.0]), np.array([10.0]), 0.8)[0] == pytest.approx(1.6)
    assert pinball_loss(np.array([8.0]), np.array([5.0]), 0.8)[0] == pytest.approx(0.6)
    assert forecasts_of(items([9.0])).pinball[0.5][0] == pytest.approx(2.0)


def test_coverage_counts_the_ends_as_within():
    scores = scores_of(forecasts_of(items([0.5, 1.0, 5.0, 9.0, 9.5, 9.6, 12.0, 2.0, 3.0, 4.0])))
    assert (scores.below.value, scores.coverage.value, scores.above.value) == (0.1, 0.6, 0.3)
    assert scores.histogram == (1, 1, 1, 1, 1, 1, 0, 0, 0, 4)
    assert scores.coverage.low < 0.6 < scores.coverage.high


def test_sure_forecasts_fill_the_histogram_evenly():
    actuals = 10 * (np.arange(200) + 0.5) / 200
    scores = scores_of(forecasts_of(items(actuals.tolist())))
    assert scores.histogram == (20,) * 10
    assert scores.expected[0] < 20 < scores.expected[1]
    assert scores.coverage.value == pytest.approx(0.8)
    assert scores.crps.value == pytest.approx(10 / 6, abs=2e-3)
