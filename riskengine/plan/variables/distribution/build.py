"""From an estimate of the model to a distribution in ticks, money or factors."""

from collections.abc import Callable, Mapping
from math import exp
from types import MappingProxyType
from typing import Any, Final

from riskengine import model
from riskengine.plan.variables.distribution.beta import Beta, Pert
from riskengine.plan.variables.distribution.cumulative import Cumulative
from riskengine.plan.variables.distribution.discrete import Discrete
from riskengine.plan.variables.distribution.double_triangular import DoubleTriangular
from riskengine.plan.variables.distribution.line import Triangular, Uniform
from riskengine.plan.variables.distribution.metalog import Metalog
from riskengine.plan.variables.distribution.several import Average, Mixture
from riskengine.plan.variables.distribution.shape import Constant, Distribution
from riskengine.plan.variables.distribution.shifted import shifted
from riskengine.plan.variables.distribution.skewed import Gamma, Weibull
from riskengine.plan.variables.distribution.truncated import truncate
from riskengine.plan.variables.distribution.unbounded import Exponential, Lognormal, Normal

Builder = Callable[[Any, float, float, float], Distribution]
"""Makes the distribution of an estimate before truncation: of the estimate, `scale`, and its ends times `scale`."""


def _normal(estimate: model.Normal, scale: float, low: float, high: float) -> Distribution:
    mean, sd = estimate.location_and_scale()
    return Normal(mean * scale, sd * scale)


def _lognormal(estimate: model.Lognormal, scale: float, low: float, high: float) -> Distribution:
    mu, sigma = estimate.location_and_scale()
    return shifted(Lognormal(exp(mu) * scale, sigma), low)


def _gamma(estimate: model.Gamma, scale: float, low: float, high: float) -> Distribution:
    alpha, theta = estimate.form_and_scale()
    return shifted(Gamma(alpha, theta * scale), low)


def _weibull(estimate: model.Weibull, scale: float, low: float, high: float) -> Distribution:
    return shifted(Weibull(estimate.scale * scale, estimate.form), low)


def _exponential(estimate: model.Exponential, scale: float, low: float, high: float) -> Distribution:
    return shifted(Exponential((estimate.mean - (estimate.shift or 0.0)) * scale), low)


def _double_triangular(estimate: model.DoubleTriangular, scale: float, low: float, high: float) -> Distribution:
    return DoubleTriangular(low, estimate.most_likely * scale, high, estimate.weight_below)


def _cumulative(estimate: model.Cumulative, scale: float, low: float, high: float) -> Distribution:
    return Cumulative(tuple(value * scale for value in estimate.values), estimate.probabilities)


def _metalog(estimate: model.Metalog, scale: float, low: float, high: float) -> Distribution:
    level, slope = estimate.polynomials()
    return Metalog(level, slope, low, high, scale)


def _mixture(estimate: model.Mixture, scale: float, low: float, high: float) -> Distribution:
    return Mixture(tuple(build_distribution(part, scale) for part in estimate.of), estimate.shares())


def _average(estimate: model.Average, scale: float, low: float, high: float) -> Distribution:
    return Average(tuple(build_distribution(part, scale) for part in estimate.of), estimate.shares())


def _empirical(estimate: model.Empirical, scale: float, low: float, high: float) -> Distribution:
    return _listed(estimate, estimate.values, (1.0,) * len(estimate.values), scale)


def _discrete(estimate: model.Discrete, scale: float, low: float, high: float) -> Distribution:
    return _listed(estimate, estimate.values, estimate.weights, scale)


def _listed(
    estimate: model.Estimate, values: tuple[float, ...], weights: tuple[float, ...], scale: float
) -> Distribution:
    """A list of values is truncated here: none lies between two of them."""
    least = float("-inf") if estimate.min is None else estimate.min * scale
    most = float("inf") if estimate.max is None else estimate.max * scale
    discrete = Discrete.from_weights((value * scale for value in values), weights, least, most)
    return Constant(discrete.low) if discrete.value.size == 1 else discrete


BUILDERS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "constant": lambda estimate, scale, low, high: Constant(estimate.value * scale),
        "uniform": lambda estimate, scale, low, high: Uniform(low, high),
        "triangular": lambda estimate, scale, low, high: Triangular(low, estimate.most_likely * scale, high),
        "pert": lambda estimate, scale, low, high: Pert(low, high, estimate.most_likely * scale, estimate.lambda_),
        "trigen": lambda estimate, scale, low, high: Triangular(low, estimate.most_likely * scale, high),
        "double_triangular": _double_triangular,
        "normal": _normal,
        "lognormal": _lognormal,
        "gamma": _gamma,
        "weibull": _weibull,
        "exponential": _exponential,
        "beta": lambda estimate, scale, low, high: Beta(low, high, estimate.alpha, estimate.beta),
        "discrete": _discrete,
        "empirical": _empirical,
        "cumulative": _cumulative,
        "metalog": _metalog,
        "mixture": _mixture,
        "average": _average,
    }
)
"""How a distribution is made of each shape of the model; a test holds that none is missing."""


def mean_of(estimate: model.AnyEstimate) -> float:
    """Return the mean of an estimate in its own unit, truncation included."""
    return float(build_distribution(estimate, 1.0).mean)


def build_distribution(estimate: model.AnyEstimate, scale: float) -> Distribution:
    """The distribution of `scale` times an estimate.

    Parameters
    ----------
    estimate : Estimate
        As the scenario holds it, valid.
    scale : float
        Positive; ticks per unit of time, or 1 for money and factors.

    Raises
    ------
    ValueError
        When nothing of the estimate lies between its `min` and `max`; the model refuses such an estimate before.

    Notes
    -----
    An estimate without width is a constant. The distribution is conditioned on [min, max].
    """
    least_value, most_value = estimate.bounds()
    low, high = least_value * scale, most_value * scale
    if low == high:
        return Constant(low)
    whole = BUILDERS[estimate.shape](estimate, scale, low, high)
    if whole.is_constant or whole.is_discrete:
        return whole
    least = None if estimate.min is None else estimate.min * scale
    most = None if estimate.max is None else estimate.max * scale
    return truncate(whole, least, most)
