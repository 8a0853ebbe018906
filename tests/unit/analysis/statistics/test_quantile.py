"""The quantiles behind every interval, against a 40-digit oracle and scipy."""

import math

import mpmath
import numpy as np
import pytest
import scipy.stats

from riskengine.analysis.statistics.quantile import LARGE, binomial_quantiles, normal_quantile, student_quantile

PROBABILITIES = (0.9, 0.975, 0.995, 0.99875, 0.99999)


@pytest.mark.parametrize("probability", PROBABILITIES)
def test_normal_quantile_is_right_to_fourteen_digits(probability):
    with mpmath.workdps(40):
        exact = mpmath.sqrt(2) * mpmath.erfinv(2 * mpmath.mpf(probability) - 1)
        assert abs(normal_quantile(probability) / exact - 1) < 1e-14


@pytest.mark.parametrize("probability", PROBABILITIES)
@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 10, 19, 39, 100, 199, 200, LARGE - 1, LARGE, 3905])
def test_student_quantile_is_right_to_ten_digits(freedom, probability):
    found = student_quantile(probability, freedom)
    with mpmath.workdps(40):
        t, half = mpmath.mpf(found), mpmath.mpf(1) / 2
        upper = mpmath.betainc(mpmath.mpf(freedom) / 2, half, 0, freedom / (freedom + t * t), regularized=True) / 2
        density = mpmath.gamma((freedom + 1) * half) / mpmath.gamma(freedom * half) / mpmath.sqrt(freedom * mpmath.pi)
        density *= (1 + t * t / freedom) ** (-(freedom + 1) * half)
        assert abs((1 - upper - mpmath.mpf(probability)) / density) < 1e-10 * t


def test_student_quantile_of_the_median_is_zero():
    assert student_quantile(0.5, 9) == pytest.approx(0, abs=1e-15)


def test_student_refuses_no_degrees_of_freedom():
    with pytest.raises(ValueError, match="degree"):
        student_quantile(0.975, 0)


@pytest.mark.parametrize("n", [1, 2, 10, 99, 256, 10_240, 1_000_000])
@pytest.mark.parametrize("p", [0.01, 0.05, 0.5, 0.8, 0.99])
def test_binomial_quantiles_are_exact(n, p):
    probabilities = (0.001, 0.025, 0.3, 0.975, 0.999)
    expected = scipy.stats.binom.ppf(probabilities, n, p)
    assert binomial_quantiles(n, p, probabilities).tolist() == expected.astype(int).tolist()


def test_binomial_quantiles_survive_extreme_probabilities():
    found = binomial_quantiles(1000, 1e-9, (0.025, 0.975))
    assert found.tolist() == [0, 0]
    assert np.all(binomial_quantiles(1000, 1 - 1e-9, (0.025, 0.975)) == 1000)
    assert not math.isnan(float(found[0]))
