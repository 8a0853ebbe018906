"""Beta distributions between two bounds, the beta-PERT among them."""

from abc import abstractmethod
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats
from riskengine.plan.variables.distribution.special import beta_mass, beta_partial, beta_quantile


@dataclass(frozen=True)
class Bounded(Distribution):
    """A beta distribution stretched over [least, most]; the families below say what `alpha` and `beta` are."""

    least: float
    most: float

    @property
    @abstractmethod
    def alpha(self) -> float:
        """First shape parameter."""

    @property
    @abstractmethod
    def beta(self) -> float:
        """Second shape parameter."""

    @property
    def low(self) -> float:
        return self.least

    @property
    def high(self) -> float:
        return self.most

    @property
    def mean(self) -> float:
        return (self.least * self.beta + self.most * self.alpha) / (self.alpha + self.beta)

    @property
    def sd(self) -> float:
        total = self.alpha + self.beta
        return float((self.most - self.least) / total * sqrt(self.alpha * self.beta / (total + 1)))

    def quantile(self, u: ArrayLike) -> Floats:
        return self.least + (self.most - self.least) * beta_quantile(self.alpha, self.beta, u)

    def quantile_above(self, v: ArrayLike) -> Floats:
        return self.most - (self.most - self.least) * beta_quantile(self.beta, self.alpha, v)

    def partial(self, u: ArrayLike) -> Floats:
        share = beta_partial(self.alpha, self.beta, u)
        return self.least * np.asarray(u) + (self.most - self.least) * share

    def partial_above(self, v: ArrayLike) -> Floats:
        share = beta_partial(self.beta, self.alpha, v)
        return self.most * np.asarray(v) - (self.most - self.least) * share

    def cdf(self, x: ArrayLike) -> Floats:
        width = self.most - self.least
        return beta_mass(self.alpha, self.beta, np.clip((np.asarray(x) - self.least) / width, 0.0, 1.0))

    def survival(self, x: ArrayLike) -> Floats:
        width = self.most - self.least
        return beta_mass(self.beta, self.alpha, np.clip((self.most - np.asarray(x)) / width, 0.0, 1.0))


@dataclass(frozen=True)
class Beta(Bounded):
    """Beta by its two shape parameters."""

    first: float
    second: float

    @property
    def alpha(self) -> float:
        return self.first

    @property
    def beta(self) -> float:
        return self.second


@dataclass(frozen=True)
class Pert(Bounded):
    """Beta-PERT: `weight` (lambda) says how much the mode counts against the two bounds.

    Notes
    -----
    ``alpha = 1 + weight (mode - low) / (high - low)`` and ``alpha + beta = 2 + weight``, so the mean is
    ``(low + weight mode + high) / (2 + weight)``.

    References
    ----------
    Malcolm, Roseboom, Clark, Fazar (1959); Vose (2000) for the weight.
    """

    mode: float
    weight: float

    @property
    def ratio(self) -> float:
        """Where the mode lies between the bounds, 0 to 1."""
        return (self.mode - self.least) / (self.most - self.least)

    @property
    def alpha(self) -> float:
        return 1 + self.weight * self.ratio

    @property
    def beta(self) -> float:
        return 1 + self.weight * ((self.most - self.mode) / (self.most - self.least))

    @property
    def mean(self) -> float:
        return (self.least + self.weight * self.mode + self.most) / (2 + self.weight)
