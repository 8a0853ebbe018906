"""Truncation by conditioning: the draw is spread over [F(min), F(max)]."""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats


@dataclass(frozen=True)
class Truncated(Distribution):
    """A continuous distribution, given that its value lies in [least, most].

    Parameters
    ----------
    whole : Distribution
        What is truncated.
    least, most : float
        Ends of the new support.
    below, above, mass : float
        Probability that `whole` has below `least`, above `most`, and between.

    Notes
    -----
    Points of `whole` are carried as a pair, probability below and above, and asked for from the nearer tail: a cut
    far out in either tail keeps its digits.
    """

    whole: Distribution
    least: float
    most: float
    below: float
    above: float
    mass: float

    @classmethod
    def cut(cls, whole: Distribution, least: float, most: float) -> "Truncated":
        """Condition `whole` on [least, most], within its support.

        Raises
        ------
        ValueError
            When `whole` has no probability there.
        """
        below, above = (float(whole.cdf(least)), float(whole.survival(most)))
        if below > 0.5:
            mass = float(whole.survival(least)) - above
        elif above > 0.5:
            mass = float(whole.cdf(most)) - below
        else:
            mass = 1 - below - above
        if not mass > 0:
            raise ValueError(f"the estimate has no probability between {least} and {most}")
        return cls(whole, least, most, below=below, above=above, mass=mass)

    @property
    def low(self) -> float:
        return self.least

    @property
    def high(self) -> float:
        return self.most

    @property
    def mean(self) -> float:
        # where hardly any mass is left its rounding is all that the quotient shows
        return min(max(float(self.partial(1.0)), self.least), self.most)

    @property
    def sd(self) -> float:
        """Standard deviation, by quadrature of the quantile function to about 1e-9 of itself."""
        node, weight = leggauss(12)
        edge = np.concatenate(([0.0], 2.0 ** np.arange(-60, 0)))
        places = [(bend - self.below) / self.mass for bend in self.whole.bends]
        corners = [min(place, 1 - place) for place in places if 0 < place < 1]
        edge = np.unique((*edge, *corners)) if corners else edge
        width = np.diff(edge)[:, None]
        mass = edge[:-1, None] + width * (node + 1) / 2
        centre = self.mean
        squares = (self.quantile(mass) - centre) ** 2 + (self.quantile_above(mass) - centre) ** 2
        return float(np.sqrt(np.sum(squares * width * weight / 2)))

    def quantile(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        return self._value(*self._points(mass, 1 - mass))

    def quantile_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        return self._value(*self._points(1 - mass, mass))

    def partial(self, u: ArrayLike) -> Floats:
        mass = np.asarray(u, dtype=np.float64)
        return self._between(self._points(0.0 * mass, 1.0 + 0.0 * mass), self._points(mass, 1 - mass))

    def partial_above(self, v: ArrayLike) -> Floats:
        mass = np.asarray(v, dtype=np.float64)
        return self._between(self._points(1 - mass, mass), self._points(1.0 + 0.0 * mass, 0.0 * mass))

    def cdf(self, x: ArrayLike) -> Floats:
        value = np.clip(np.asarray(x, dtype=np.float64), self.least, self.most)
        lower = self.whole.cdf(value) - self.below
        upper = (self.mass + self.above) - self.whole.survival(value)
        return np.clip(np.where(self.below > 0.5, upper, lower) / self.mass, 0.0, 1.0)

    def survival(self, x: ArrayLike) -> Floats:
        value = np.clip(np.asarray(x, dtype=np.float64), self.least, self.most)
        lower = (self.mass + self.below) - self.whole.cdf(value)
        upper = self.whole.survival(value) - self.above
        return np.clip(np.where(self.above > 0.5, lower, upper) / self.mass, 0.0, 1.0)

    def _points(self, u: Floats, v: Floats) -> tuple[Floats, Floats]:
        """Probability of `whole` below and above the quantile at `u` = 1 - `v`."""
        return self.below + u * self.mass, self.above + v * self.mass

    def _value(self, below: Floats, above: Floats) -> Floats:
        is_lower = below <= above
        # a beta inverse is dear, but not that of zero
        lower = self.whole.quantile(np.where(is_lower, below, 0.0))
        upper = self.whole.quantile_above(np.where(is_lower, 0.0, above))
        return np.clip(np.where(is_lower, lower, upper), self.least, self.most)

    def _between(self, start: tuple[Floats, Floats], end: tuple[Floats, Floats]) -> Floats:
        """Integral of the quantile function between two points of `whole`, over the mass kept."""
        (first, _), (_, last) = start, end
        halves = (np.minimum(first, 0.5), np.minimum(start[1], 0.5)), (np.minimum(end[0], 0.5), np.minimum(last, 0.5))
        (lower_start, upper_start), (lower_end, upper_end) = halves
        lower = self.whole.partial(lower_end) - self.whole.partial(lower_start)
        upper = self.whole.partial_above(upper_start) - self.whole.partial_above(upper_end)
        return (lower + upper) / self.mass


def truncate(whole: Distribution, least: float | None, most: float | None) -> Distribution:
    """Condition a continuous distribution on [least, most]; a bound outside the support changes nothing.

    Raises
    ------
    ValueError
        When nothing of the distribution lies between the bounds.
    """
    start = whole.low if least is None else max(least, whole.low)
    stop = whole.high if most is None else min(most, whole.high)
    if (start, stop) == (whole.low, whole.high):
        return whole
    return Truncated.cut(whole, start, stop)
