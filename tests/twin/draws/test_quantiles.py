"""The plain quantile functions against 40-digit arithmetic and published numbers."""

import mpmath
import pytest

from riskengine.model import (
    Beta,
    Cumulative,
    Discrete,
    DoubleTriangular,
    Exponential,
    Gamma,
    Lognormal,
    Metalog,
    Normal,
    Pert,
    Triangular,
    Trigen,
    Uniform,
    Weibull,
)
from tests.twin.draws.quantiles import beta_cdf, beta_inverse, distribution, gamma_cdf, quantile, trigen_bounds

UNIFORMS = [1e-9, 1e-4, 0.03, 0.1, 0.5, 0.77, 0.9, 0.9999, 1 - 1e-9]


@pytest.mark.parametrize(("a", "b"), [(1, 5), (5, 1), (3, 3), (1.4, 4.6), (0.5, 0.5), (60, 3.5), (1.0001, 1.0001)])
@pytest.mark.parametrize("x", [1e-6, 0.02, 0.3, 0.5, 0.71, 0.999])
def test_incomplete_beta_agrees_with_40_digits(a, b, x):
    with mpmath.workdps(40):
        exact = mpmath.betainc(a, b, 0, x, regularized=True)
    assert beta_cdf(a, b, x) == pytest.approx(float(exact), rel=1e-11)


@pytest.mark.parametrize("a", [0.3, 1, 4.5, 90])
@pytest.mark.parametrize("x", [1e-6, 0.4, 3, 80, 130])
def test_incomplete_gamma_agrees_with_40_digits(a, x):
    with mpmath.workdps(40):
        exact = mpmath.gammainc(a, 0, x, regularized=True)
    assert gamma_cdf(a, x) == pytest.approx(float(exact), rel=1e-11, abs=1e-300)


@pytest.mark.parametrize(("a", "b"), [(1.8, 4.2), (5, 1), (0.6, 2)])
@pytest.mark.parametrize("u", UNIFORMS)
def test_beta_inverse_gives_back_its_probability(a, b, u):
    x = beta_inverse(a, b, u)
    with mpmath.workdps(40):
        back = mpmath.betainc(a, b, 0, x, regularized=True)
        assert abs(back - u) < 1e-10 * min(u, 1 - u) + 1e-15


@pytest.mark.parametrize(
    ("bounds", "percentiles", "triangle"),
    [
        ((8, 10, 15), (0.1, 0.9), (5.66998386, 18.2079861)),
        ((80, 100, 150), (0.05, 0.95), (67.06391929, 168.68025034)),
    ],
)
def test_trigen_has_the_published_triangle(bounds, percentiles, triangle):
    low, mode, high = bounds
    estimate = Trigen(
        low=low, most_likely=mode, high=high, low_percentile=percentiles[0], high_percentile=percentiles[1]
    )
    first, _, last = trigen_bounds(estimate)
    assert (first, last) == pytest.approx(triangle, abs=5e-8)
    assert quantile(estimate, percentiles[0]) == pytest.approx(low)
    assert quantile(estimate, percentiles[1]) == pytest.approx(high)


@pytest.mark.parametrize("shape", [Pert, Trigen, DoubleTriangular])
def test_low_and_high_are_the_percentiles_that_they_are_said_to_be(shape):
    estimate = shape(low=2, most_likely=4, high=9, low_percentile=0.15, high_percentile=0.85)
    assert [quantile(estimate, u) for u in (0.15, 0.85)] == pytest.approx([2, 9], rel=1e-9)


def test_trigen_may_have_its_mode_at_its_low_percentile():
    estimate = Trigen(low=10, most_likely=10, high=15)
    assert quantile(estimate, 0.1) == pytest.approx(10)
    assert quantile(estimate, 0.9) == pytest.approx(15)


CONTINUOUS = [
    Uniform(low=2, high=6),
    Triangular(low=2, most_likely=4, high=9),
    Triangular(low=2, most_likely=2, high=9),
    Triangular(low=2, most_likely=9, high=9),
    Pert(low=2, most_likely=4, high=9),
    Pert(low=2, most_likely=2, high=9),
    Beta(low=1, high=3, alpha=2, beta=0.7),
    Normal(mean=5, sd=2),
    Lognormal(mean=5, sd=4),
    Exponential(mean=3),
    Exponential(mean=3, shift=1),
    Lognormal(mean=5, sd=4, shift=2),
    DoubleTriangular(low=2, most_likely=4, high=9, weight_below=0.2),
    Gamma(mean=5, sd=2),
    Cumulative(values=(2, 5, 6, 15), probabilities=(0, 0.2, 0.5, 1)),
    Metalog(values=(8, 10, 15), percentiles=(0.1, 0.5, 0.9)),
    Metalog(values=(8, 10, 13, 15), percentiles=(0.1, 0.4, 0.8, 0.9), lower_bound=1),
    Metalog(values=(8, 10, 15), percentiles=(0.1, 0.5, 0.9), lower_bound=2, upper_bound=30),
    Pert(low=2, most_likely=4, high=9, low_percentile=0.1, high_percentile=0.95),
    Uniform(low=2, high=9, low_percentile=0.1, high_percentile=0.95),
    DoubleTriangular(low=2, most_likely=4, high=9, low_percentile=0.1, high_percentile=0.95),
    Gamma(mean=5, sd=3, shift=1),
    Weibull(scale=5, form=2.5),
    Weibull(scale=5, form=0.7, shift=1),
]


@pytest.mark.parametrize("estimate", CONTINUOUS, ids=lambda e: e.shape)
def test_quantile_rises_and_is_undone_by_the_distribution(estimate):
    cdf, _ = distribution(estimate)
    values = [quantile(estimate, u) for u in UNIFORMS]
    assert values == sorted(values)
    assert [cdf(x) for x in values] == pytest.approx(UNIFORMS, rel=1e-7)


@pytest.mark.parametrize("estimate", CONTINUOUS, ids=lambda e: e.shape)
def test_truncation_conditions_instead_of_clamping(estimate):
    low, high = quantile(estimate, 0.2), quantile(estimate, 0.7)
    cut = estimate.model_copy(update={"min": low, "max": high})
    assert quantile(cut, 0.5) == pytest.approx(quantile(estimate, 0.45))
    assert low <= quantile(cut, 1e-12) < quantile(cut, 0.01)
    assert quantile(cut, 1 - 1e-12) <= high


def test_two_percentiles_give_the_normal_and_the_lognormal():
    for estimate in (Normal(p10=4, p90=9), Lognormal(p10=4, p90=9)):
        assert [quantile(estimate, u) for u in (0.1, 0.9)] == pytest.approx([4, 9])
    assert quantile(Lognormal(p10=4, p90=9), 0.5) == pytest.approx(6)


def test_lognormal_mean_and_sd_are_those_of_the_value():
    n = 20_000
    values = [quantile(Lognormal(mean=5, sd=2), (k + 0.5) / n) for k in range(n)]
    mean = sum(values) / n
    assert mean == pytest.approx(5, rel=1e-3)
    assert (sum((x - mean) ** 2 for x in values) / n) ** 0.5 == pytest.approx(2, rel=5e-3)


def test_pert_has_the_mean_that_its_lambda_says():
    n = 500
    for weight in (2.0, 4.0, 8.0):
        values = [quantile(Pert(low=5, most_likely=7, high=10, lambda_=weight), (k + 0.5) / n) for k in range(n)]
        assert sum(values) / n == pytest.approx((5 + weight * 7 + 10) / (weight + 2), rel=1e-4)


def test_discrete_values_stand_in_rising_order():
    estimate = Discrete(values=(7, 3, 9), weights=(1, 2, 1))
    assert [quantile(estimate, u) for u in (0.01, 0.49, 0.51, 0.74, 0.76, 0.99)] == [3, 3, 7, 7, 9, 9]
    assert quantile(estimate.model_copy(update={"min": 5.0}), 0.01) == 7
