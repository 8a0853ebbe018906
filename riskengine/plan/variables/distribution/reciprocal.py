"""One over an uncertain number: what a duration is multiplied by where work is divided by a pace."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.discrete import Discrete
from riskengine.plan.variables.distribution.integrated import Integrated
from riskengine.plan.variables.distribution.shape import Constant, Distribution, Floats


@dataclass(frozen=True)
class Reciprocal(Integrated):
    """``size / X`` of a continuous X above zero: its upper quantiles come from the lower ones of X.

    Parameters
    ----------
    of : Distribution
        Whose least value is above zero.
    size : float
    """

    of: Distribution
    size: float

    @property
    def low(self) -> float:
        return self.size / self.of.high

    @property
    def high(self) -> float:
        return self.size / self.of.low

    @property
    def bends(self) -> tuple[float, ...]:
        return tuple(1.0 - bend for bend in reversed(self.of.bends))

    def at_logit(self, logit: Floats) -> Floats:
        tail = np.exp(-np.abs(logit))  # of which neither end is too large for a float
        mass = tail / (1 + tail)
        return np.where(logit <= 0, self.quantile(mass), self.quantile_above(mass))

    def quantile(self, u: ArrayLike) -> Floats:
        return np.asarray(self.size / self.of.quantile_above(u))

    def quantile_above(self, v: ArrayLike) -> Floats:
        return np.asarray(self.size / self.of.quantile(v))

    def cdf(self, x: ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return self.of.survival(self.size / np.asarray(x, np.float64))

    def survival(self, x: ArrayLike) -> Floats:
        with np.errstate(divide="ignore"):
            return self.of.cdf(self.size / np.asarray(x, np.float64))


def reciprocal(distribution: Distribution, size: float) -> Distribution:
    """Return the distribution of ``size / X``; that of a few values is one of a few values."""
    if isinstance(distribution, Discrete):
        at_least = np.concatenate(([1.0], 1.0 - distribution.cumulative[:-1]))
        return Discrete(size / distribution.value[::-1], at_least[::-1].copy())
    if distribution.is_constant:
        return Constant(size / distribution.low)
    return Reciprocal(distribution, size)
