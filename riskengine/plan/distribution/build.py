"""From an estimate of the model to a distribution in ticks, money or factors."""

from riskengine import model
from riskengine.plan.distribution.beta import Beta, Pert
from riskengine.plan.distribution.discrete import Discrete
from riskengine.plan.distribution.line import Triangular, Uniform, widen
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
        When nothing of the estimate lies between its `min` and `max`.

    Notes
    -----
    An estimate without width is a constant. The plan's value is clipped to [min, max], the distribution is
    conditioned on it.
    """
    least = None if estimate.min is None else estimate.min * scale
    most = None if estimate.max is None else estimate.max * scale
    if isinstance(estimate, model.Discrete):
        return _discrete(estimate, scale, least, most)
    whole = _whole(estimate, scale)
    if isinstance(whole, Constant):
        if (least is not None and whole.value < least) or (most is not None and whole.value > most):
            raise ValueError(f"the constant {whole.value} does not lie between {least} and {most}")
        return whole
    return truncate(whole, least, most)


def _whole(estimate: model.AnyEstimate, scale: float) -> Distribution:
    """The distribution before truncation."""
    match estimate:
        case model.Normal(p10=None, mean=float(mean), sd=float(sd)):
            return Normal(mean * scale, sd * scale) if sd > 0 else Constant(mean * scale)
        case model.Normal(p10=float(p10), p90=float(p90)):
            return Normal.from_percentiles(p10 * scale, p90 * scale) if p10 < p90 else Constant(p10 * scale)
        case model.Lognormal(p10=None, mean=float(mean), sd=float(sd)):
            return Lognormal.from_moments(mean * scale, sd * scale) if sd > 0 else Constant(mean * scale)
        case model.Lognormal(p10=float(p10), p90=float(p90)):
            return Lognormal.from_percentiles(p10 * scale, p90 * scale) if p10 < p90 else Constant(p10 * scale)
        case model.Exponential():
            return Exponential(estimate.mean * scale) if estimate.mean > 0 else Constant(0.0)
        case model.Constant():
            return Constant(estimate.value * scale)
        case model.Uniform() | model.Triangular() | model.Pert() | model.Trigen() | model.Beta():
            return _bounded(estimate, scale)
    raise ValueError(f"an estimate without the parameters of its shape: {estimate!r}")


def _bounded(
    estimate: model.Uniform | model.Triangular | model.Pert | model.Trigen | model.Beta, scale: float
) -> Distribution:
    """A distribution between a low and a high."""
    low, high = estimate.low * scale, estimate.high * scale
    if low == high:
        return Constant(low)
    match estimate:
        case model.Uniform():
            return Uniform(low, high)
        case model.Triangular():
            return Triangular(low, estimate.most_likely * scale, high)
        case model.Pert():
            return Pert(low, high, estimate.most_likely * scale, estimate.lambda_)
        case model.Trigen():
            mode = estimate.most_likely * scale
            return widen(low, mode, high, estimate.low_percentile, 1 - estimate.high_percentile)
        case model.Beta():
            return Beta(low, high, estimate.alpha, estimate.beta)


def _discrete(estimate: model.Discrete, scale: float, least: float | None, most: float | None) -> Distribution:
    bounds = (float("-inf") if least is None else least, float("inf") if most is None else most)
    values = tuple(value * scale for value in estimate.values)
    found = Discrete.from_weights(values, estimate.weights, *bounds)
    return Constant(found.low) if found.value.size == 1 else found
