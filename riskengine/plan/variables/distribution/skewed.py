"""Distributions from zero up with a lighter tail than a lognormal: gamma and Weibull."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from riskengine.plan.variables.distribution.shape import Distribution, Floats


@dataclass(frozen=True)
class Gamma(Distribution):
    """A gamma distribution: `form` is alpha, `scale` theta."""

    form: float
    scale: float

    @property
    def low(self) -> float:
        return 0.0

    @property
    def high(self) -> float:
        return np.inf

    @property
    def mean(self) -> float:
        return self.form * self.scale

    @property
    def sd(self) -> float:
        return float(self.scale * np.sqrt(self.form))

    def quantile(self, u: ArrayLike) -> Floats:
        return np.asarray(self.scale * special.gammaincinv(self.form, np.asarray(u, dtype=np.float64)))

    def quantile_above(self, v: ArrayLike) -> Floats:
        return np.asarray(self.scale * special.gammainccinv(self.form, np.asarray(v, dtype=np.float64)))

    def partial(self, u: ArrayLike) -> Floats:
        """The mean times the mass, up to the same point, of the gamma distribution whose form is one more."""
        end = special.gammaincinv(self.form, np.asarray(u, dtype=np.float64))
        return np.asarray(self.form * self.scale * special.gammainc(self.form + 1, end))

    def partial_above(self, v: ArrayLike) -> Floats:
        end = special.gammainccinv(self.form, np.asarray(v, dtype=np.float64))
        return np.asarray(self.form * self.scale * special.gammaincc(self.form + 1, end))

    def cdf(self, x: ArrayLike) -> Floats:
        return np.asarray(special.gammainc(self.form, np.maximum(np.asarray(x) / self.scale, 0.0)))

    def survival(self, x: ArrayLike) -> Floats:
        return np.asarray(special.gammaincc(self.form, np.maximum(np.asarray(x) / self.scale, 0.0)))


@dataclass(frozen=True)
class Weibull(Distribution):
    """A Weibull distribution: a power of an exponential waiting time.

    Notes
    -----
    With t an exponential time of mean 1 the value is ``scale t^(1 / form)``, so that the partial means are incomplete
    gamma functions with ``1 + 1 / form``.
    """

    scale: float
    form: float

    @property
    def low(self) -> float:
        return 0.0

    @property
    def high(self) -> float:
        return np.inf

    @property
    def mean(self) -> float:
        return float(self._whole)

    @property
    def sd(self) -> float:
        # the difference of two gamma functions loses its digits where the form is large, their logarithms do not
        ratio = special.gammaln(1 + 2 / self.form) - 2 * special.gammaln(1 + 1 / self.form)
        return float(self._whole * np.sqrt(np.expm1(ratio)))

    def quantile(self, u: ArrayLike) -> Floats:
        return np.asarray(self.scale * _time_below(u) ** (1 / self.form))

    def quantile_above(self, v: ArrayLike) -> Floats:
        return np.asarray(self.scale * _time_above(v) ** (1 / self.form))

    def partial(self, u: ArrayLike) -> Floats:
        return np.asarray(self._whole * special.gammainc(1 + 1 / self.form, _time_below(u)))

    def partial_above(self, v: ArrayLike) -> Floats:
        return np.asarray(self._whole * special.gammaincc(1 + 1 / self.form, _time_above(v)))

    def cdf(self, x: ArrayLike) -> Floats:
        return np.asarray(-np.expm1(-self._time(x)))

    def survival(self, x: ArrayLike) -> Floats:
        return np.asarray(np.exp(-self._time(x)))

    @property
    def _whole(self) -> Floats:
        """The mean, for columns too."""
        return np.asarray(self.scale * special.gamma(1 + 1 / self.form))

    def _time(self, x: ArrayLike) -> Floats:
        with np.errstate(over="ignore"):
            return np.asarray(np.maximum(np.asarray(x) / self.scale, 0.0) ** self.form)


def _time_below(u: ArrayLike) -> Floats:
    """Exponential time of mean 1 that is not passed with probability `u`."""
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log1p(-np.asarray(u, dtype=np.float64)))


def _time_above(v: ArrayLike) -> Floats:
    """Exponential time of mean 1 that is passed with probability `v`."""
    with np.errstate(divide="ignore"):
        return np.asarray(-np.log(np.asarray(v, dtype=np.float64)))
