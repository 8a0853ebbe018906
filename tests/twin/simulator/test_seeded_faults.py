"""The comparison has power: with any known fault in one side, engine and twin differ on generated scenarios."""

import math

import pytest

from riskengine.model import Triangular
from tests.twin.draws import drawn, quantiles
from tests.twin.simulator import agreement
from tests.twin.simulator.faults import FAULTS

LEAST = 3
"""Scenarios of those made that must show a fault."""


def shows(pair) -> bool:
    return next(agreement.differences(*pair), None) is not None


def test_without_a_fault_none_differs(made):
    assert [k for k, pair in enumerate(made) if shows(pair)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_agreement_fails_under_the_fault(fault, made, monkeypatch):
    FAULTS[fault](monkeypatch)
    found = 0
    for pair in made:
        found += shows(pair)
        if found == LEAST:
            return
    pytest.fail(f"{found} of {len(made)} scenarios show it")


def as_limits(estimate, u):
    """Trigen's percentiles read as bounds."""
    if estimate.shape != "trigen":
        return quantiles.quantile(estimate, u)
    low, high = estimate.low, estimate.high
    return quantiles.quantile(Triangular(low=low, most_likely=estimate.most_likely, high=high), u)


def clamped(estimate, u):
    if estimate.shape == "discrete" or (estimate.min is None and estimate.max is None):
        return quantiles.quantile(estimate, u)
    free = quantiles.quantile(estimate.model_copy(update={"min": None, "max": None}), u)
    return min(max(free, estimate.min), estimate.max)


def with_lambda(weight):
    def exact(estimate, u):
        other = estimate.model_copy(update={"lambda_": weight}) if estimate.shape == "pert" else estimate
        return quantiles.quantile(other, u)

    return exact


def logarithms(estimate, u):
    """Mean and sd of a lognormal read as its median and the sd of its logarithm."""
    if estimate.shape != "lognormal":
        return quantiles.quantile(estimate, u)
    return estimate.mean * math.exp(estimate.sd / estimate.mean * quantiles.STANDARD.inv_cdf(u))


def unweighted(estimate, u):
    if estimate.shape != "discrete":
        return quantiles.quantile(estimate, u)
    return quantiles.quantile(estimate.model_copy(update={"weights": (1.0,) * len(estimate.values)}), u)


DRAWING = {
    "lambda 3.5": with_lambda(3.5),
    "percentiles of trigen read as bounds": as_limits,
    "truncation by clamping": clamped,
    "lognormal by its logarithm": logarithms,
    "weights ignored": unweighted,
    "uniform turned round": lambda estimate, u: quantiles.quantile(estimate, 1 - u),
    "word shifted by one stratum": lambda estimate, u: quantiles.quantile(estimate, (u + 1 / 256) % 1),
}


@pytest.mark.parametrize("fault", DRAWING)
def test_draws_fail_under_the_fault(fault, made):
    found = 0
    for scenario, run in made:
        found += next(drawn.wrong_draws(scenario, run, [0, 1, 2], DRAWING[fault]), None) is not None
        if found == LEAST:
            return
    pytest.fail(f"{found} of {len(made)} scenarios show it")
