"""From an estimate of the model to a distribution in ticks, money or factors."""

from math import exp

from riskengine import model
from riskengine.plan.distribution.beta import Beta, Pert
from riskengine.plan.distribution.discrete import Discrete
from riskengine.plan.distribution.line import Triangular, Uniform
from riskengine.plan.distribution.shape import Constant, Distribution
from riskengine.plan.distribution.truncated import truncate
from riskengine.plan.distribution.unbounded import Exponential, Lognormal, Normal


def distribution(estimate: model.AnyEstimate, scale: float) -> Distribution:
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
    least = None if estimate.min is None else estimate.min * scale
    most = None if estimate.max is None else estimate.max * scale
    if isinstance(estimate, model.Discrete):
        return _discrete(estimate, scale, least, most)
    whole = _whole(estimate, scale)
    return whole if isinstance(whole, Constant) else truncate(whole, least, most)


def _whole(estimate: model.AnyEstimate, scale: float) -> Distribution:
    """The distribution before truncation, of a shape that is not discrete."""
    match estimate:
        case model.Normal():
            mean, sd = estimate.location_and_scale()
            return Normal(mean * scale, sd * scale)
        case model.Lognormal():
            mu, sigma = estimate.location_and_scale()
            return Lognormal(exp(mu) * scale, sigma)
        case model.Exponential():
            return Exponential(estimate.mean * scale)
        case model.Constant():
            return Constant(estimate.value * scale)
        case model.Discrete():
            return _discrete(estimate, scale, None, None)
    low, high = (end * scale for end in estimate.bounds())
    if low == high:
        return Constant(low)
    match estimate:
        case model.Uniform():
            return Uniform(low, high)
        case model.Triangular() | model.Trigen():
            return Triangular(low, estimate.most_likely * scale, high)
        case model.Pert():
            return Pert(low, high, estimate.most_likely * scale, estimate.lambda_)
        case model.Beta():
            return Beta(low, high, estimate.alpha, estimate.beta)


def _discrete(estimate: model.Discrete, scale: float, least: float | None, most: float | None) -> Distribution:
    bounds = (float("-inf") if least is None else least, float("inf") if most is None else most)
    values = tuple(value * scale for value in estimate.values)
    found = Discrete.from_weights(values, estimate.weights, *bounds)
    return Constant(found.low) if found.value.size == 1 else found
