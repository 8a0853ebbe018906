"""Shapes of estimates by themselves: one task, whose finish has the exact moments and percentiles of its duration."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from tests.verification.case import Case, Quantity
from tests.verification.evaluate import SEEDS, rows
from tests.verification.observed import mean, percentile, sd

PERCENTS = (10, 50, 80, 90)

HEAD = """
schema = 1
name = "{id}"
start = 2027-01-01
calendar = "24h"
[tasks.a]
duration = {{ {estimate} }}
"""


def case(id: str, estimate: str, average: float, spread: float, quantile: Callable[[float], float]) -> Case:
    """One task whose duration has this mean, this standard deviation and these quantiles, in days."""
    return Case(
        id,
        estimate,
        "closed form",
        HEAD.format(id=id, estimate=estimate),
        (
            Quantity("mean", average, mean()),
            Quantity("sd", spread, sd()),
            *(Quantity(f"P{percent}", quantile(percent / 100), percentile(percent)) for percent in PERCENTS),
        ),
        iterations=5_120,
    )


def double_triangular() -> Case:
    """By hand: F(x) = 0.3 ((x - 8) / 2)^2 below the mode, 1 - F(x) = 0.7 ((20 - x) / 10)^2 above."""
    average = 0.3 * (8 + 2 * 10) / 3 + 0.7 * (20 + 2 * 10) / 3
    square = 0.3 * (8**2 + 2 * 8 * 10 + 3 * 10**2) / 6 + 0.7 * (20**2 + 2 * 20 * 10 + 3 * 10**2) / 6
    return case(
        "double triangular",
        'shape = "double_triangular", low = 8, most_likely = 10, high = 20, weight_below = 0.3',
        average,
        math.sqrt(square - average**2),
        lambda u: 8 + 2 * math.sqrt(u / 0.3) if u < 0.3 else 20 - 10 * math.sqrt((1 - u) / 0.7),
    )


def weibull() -> Case:
    first, second = (24 * math.gamma(1 + k / 2.5) for k in (1, 2))
    return case(
        "weibull from a shift",
        'shape = "weibull", scale = 24, form = 2.5, shift = 6',
        6 + first,
        math.sqrt(24 * second - first**2),
        lambda u: 6 + 24 * (-math.log(1 - u)) ** (1 / 2.5),
    )


def gamma() -> Case:
    return case(
        "gamma from a shift",
        'shape = "gamma", mean = 20, sd = 8, shift = 4',
        20,
        8,
        lambda u: float(stats.gamma(4, loc=4, scale=4).ppf(u)),
    )


def lognormal() -> Case:
    """Mean 20, of which 4 are the shift: ln(X - 4) has the variance ln(1 + (8 / 16)^2)."""
    sigma = math.sqrt(math.log(1.25))
    return case(
        "lognormal from a shift",
        'shape = "lognormal", mean = 20, sd = 8, shift = 4',
        20,
        8,
        lambda u: 4 + 16 / math.sqrt(1.25) * math.exp(sigma * float(stats.norm.ppf(u))),
    )


def exponential() -> Case:
    return case(
        "exponential from a shift",
        'shape = "exponential", mean = 9, shift = 4',
        9,
        5,
        lambda u: 4 - 5 * math.log(1 - u),
    )


def pert_by_percentiles() -> Case:
    """Bounds 10 and 40, mode 20, lambda 4: alpha = 7/3, beta = 11/3; low and high are its P10 and P90."""
    law = stats.beta(7 / 3, 11 / 3, loc=10, scale=30)
    low, high = (float(end) for end in law.ppf([0.1, 0.9]))
    return case(
        "pert by percentiles",
        f'low = {low!r}, most_likely = 20, high = {high!r}, low_is = "p10", high_is = "p90"',
        (10 + 4 * 20 + 40) / 6,
        float(law.std()),
        lambda u: float(law.ppf(u)),
    )


CASES = [pert_by_percentiles(), double_triangular(), weibull(), gamma(), lognormal(), exponential()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_shape_has_its_exact_moments_and_percentiles(case: Case) -> None:
    """False alarm: 3e-6 a quantity as in ``test_oracles.py``, about 1e-4 over all. Power: an error of 4 standard errors
    of a run of 5,120 iterations is found with probability .99."""
    short = {row.quantity.name: np.round(row.z, 1).tolist() for row in rows(case) if row.within < len(SEEDS) - 1}
    assert short == {}
