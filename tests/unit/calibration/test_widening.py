"""By how much ranges have to be moved and widened, against known truth."""

import numpy as np
import pytest

from riskengine.calibration.widening import FEWEST, fit, widening_of
from tests.unit.calibration.finished import forecasts


def test_nineteen_items_get_no_recommendation():
    rng = np.random.default_rng(1)
    assert widening_of(forecasts(rng, FEWEST - 1, 1.0, 1.0), [""] * (FEWEST - 1)) is None
    assert widening_of(forecasts(rng, FEWEST, 1.0, 1.0), [""] * FEWEST) is not None


def test_what_is_recommended_is_drawn_towards_1():
    for widening in (0.4, 2.5):
        result = widening_of(forecasts(np.random.default_rng(2), 25, 1.3, widening), [""] * 25)
        assert abs(np.log(result.recommended.value)) < abs(np.log(result.measured.value))
        assert (result.recommended.value > 1) == (widening > 1)
        assert result.recommended.low < result.recommended.value < result.recommended.high


def test_actuals_on_the_percentiles_have_no_bias_and_a_known_widening():
    """Actuals at P10, P50, P90 in turn: mean square of -z, 0, z over n - 1."""
    below, above = np.full(30, 0.2), np.full(30, 0.5)
    ratio = np.tile([-0.2, 0.0, 0.5], 10)
    fitted = fit(ratio, below, above)
    assert fitted.bias == pytest.approx(0.0, abs=1e-9)
    assert fitted.widening == pytest.approx(1.2815515655 * (20 / 29) ** 0.5)


def test_many_items_tell_what_the_team_is_off_by():
    result = widening_of(forecasts(np.random.default_rng(3), 20_000, 1.3, 1.8), [""] * 20_000)
    assert result.bias.value == pytest.approx(1.3, rel=0.01)
    assert result.recommended.value == pytest.approx(1.8, rel=0.02)
    assert result.cross_validated.value == pytest.approx(0.8, abs=0.01)
    assert result.advised[1] == result.bias.value
    assert result.advised[0] == pytest.approx(result.bias.value * result.typical[0] ** result.recommended.value)


def test_items_of_few_sprints_tell_less_of_the_bias():
    rng = np.random.default_rng(4)
    sample = forecasts(rng, 60, 1.0, 1.0)
    sprints = [f"sprint {at // 10}" for at in range(60)]
    shared = np.exp(0.5 * rng.standard_normal(6))[np.arange(60) // 10]
    sample = sample._replace(actual=sample.actual * shared)
    alone, together = widening_of(sample, [""] * 60).bias, widening_of(sample, sprints).bias
    assert together.high / together.low > 1.3 * alone.high / alone.low


def recovered(count, bias, widening, rounds, seed):
    """How often the intervals of bias and widening hold the truth."""
    rng = np.random.default_rng(seed)
    hits = np.zeros(2)
    for _ in range(rounds):
        result = widening_of(forecasts(rng, count, bias, widening), [""] * count)
        intervals = ((result.bias, bias), (result.recommended, widening))
        hits += [bounded.low <= truth <= bounded.high for bounded, truth in intervals]
    return hits / rounds


def test_a_known_bias_is_held_by_its_interval():
    """Ninety-five of a hundred; below 89 of 100 in 200 rounds would come by chance once in 4,000."""
    assert np.all(recovered(40, 1.3, 1.6, 200, 11) > 0.89)


@pytest.mark.slow
@pytest.mark.parametrize("count", [20, 40, 100, 400])
@pytest.mark.parametrize(("bias", "widening"), [(1.0, 1.0), (1.3, 1.6), (0.8, 0.7), (1.5, 2.0)])
def test_a_known_bias_is_held_in_95_of_100(count, bias, widening):
    """2,000 rounds: four standard errors below 95 % are 93 %; few items of the widening, drawn towards 1, 92 %."""
    of_bias, of_widening = recovered(count, bias, widening, 2_000, 13)
    assert of_bias > 0.93
    assert of_widening > 0.92
