"""Several distributions as one: a mixture of them, or their average at each percentile."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.integrated import Integrated
from riskengine.plan.variables.distribution.shape import Distribution, Floats

HALVINGS = 60


@dataclass(frozen=True)
class Mixture(Distribution):
    """One of several distributions, by shares that are 1 together.

    Notes
    -----
    ``F(x)`` is the sum of shares times the parts' F; its inverse lies between the parts' quantiles and is found by
    halving. Below x lies the sum of what lies below x in each part, which gives the partial means.
    """

    parts: tuple[Distribution, ...]
    shares: tuple[float, ...]

    @property
    def low(self) -> float:
        return min(part.low for part in self.parts)

    @property
    def high(self) -> float:
        return max(part.high for part in self.parts)

    @property
    def mean(self) -> float:
        return sum(share * part.mean for share, part in zip(self.shares, self.parts, strict=True))

    @property
    def sd(self) -> float:
        centre = self.mean
        squares = (part.sd**2 + (part.mean - centre) ** 2 for part in self.parts)
        return float(np.sqrt(sum(share * square for share, square in zip(self.shares, squares, strict=True))))

    @property
    def stands_alone(self) -> bool:
        return True

    def quantile(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        return self._between([part.quantile(mass) for part in self.parts], mass, is_upper=False)

    def quantile_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        return self._between([part.quantile_above(mass) for part in self.parts], mass, is_upper=True)

    def partial(self, u: ArrayLike) -> Floats:
        value = self.quantile(u)
        return self._sum([part.partial(part.cdf(value)) for part in self.parts])

    def partial_above(self, v: ArrayLike) -> Floats:
        value = self.quantile_above(v)
        return self._sum([part.partial_above(part.survival(value)) for part in self.parts])

    def cdf(self, x: ArrayLike) -> Floats:
        return self._sum([part.cdf(x) for part in self.parts])

    def survival(self, x: ArrayLike) -> Floats:
        return self._sum([part.survival(x) for part in self.parts])

    def _between(self, quantiles: list[Floats], mass: Floats, is_upper: bool) -> Floats:
        """Value that leaves a mass below it, or above it, between those of the parts."""
        bottom, top = np.min(quantiles, axis=0), np.max(quantiles, axis=0)
        is_apart = bottom < top
        edge_bottom, edge_top = bottom, top
        bottom, top = np.where(np.isfinite(bottom), bottom, top), np.where(np.isfinite(top), top, bottom)
        for _ in range(HALVINGS):
            middle = (bottom + top) / 2
            is_low = self.survival(middle) > mass if is_upper else self.cdf(middle) < mass
            bottom, top = np.where(is_low, middle, bottom), np.where(is_low, top, middle)
        outermost = np.where(np.isfinite(edge_bottom), edge_top, edge_bottom) if is_upper else edge_bottom
        ends = self.high if is_upper else self.low
        return np.where(mass <= 0, ends, np.where(is_apart, (bottom + top) / 2, outermost))

    def _sum(self, values: list[Floats]) -> Floats:
        return np.asarray(sum(share * value for share, value in zip(self.shares, values, strict=True)))


@dataclass(frozen=True)
class Average(Integrated):
    """The average of several distributions at each percentile, by shares that are 1 together."""

    parts: tuple[Distribution, ...]
    shares: tuple[float, ...]

    @property
    def low(self) -> float:
        return self._averaged([part.low for part in self.parts])

    @property
    def high(self) -> float:
        return self._averaged([part.high for part in self.parts])

    @property
    def mean(self) -> float:
        return self._averaged([part.mean for part in self.parts])

    def at_logit(self, logit: Floats) -> Floats:
        tail = np.exp(-np.abs(logit))  # of which neither end is too large for a float
        mass = tail / (1 + tail)
        return np.where(logit <= 0, self.quantile(mass), self.quantile_above(mass))

    def quantile(self, u: ArrayLike) -> Floats:
        return self._sum([part.quantile(u) for part in self.parts])

    def quantile_above(self, v: ArrayLike) -> Floats:
        return self._sum([part.quantile_above(v) for part in self.parts])

    def partial(self, u: ArrayLike) -> Floats:
        return self._sum([part.partial(u) for part in self.parts])

    def partial_above(self, v: ArrayLike) -> Floats:
        return self._sum([part.partial_above(v) for part in self.parts])

    def _averaged(self, numbers: list[float]) -> float:
        return sum(share * number for share, number in zip(self.shares, numbers, strict=True))

    def _sum(self, values: list[Floats]) -> Floats:
        return np.asarray(sum(share * value for share, value in zip(self.shares, values, strict=True)))
