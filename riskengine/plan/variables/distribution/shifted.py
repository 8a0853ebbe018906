"""A distribution that begins somewhere else."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats


@dataclass(frozen=True)
class Shifted(Distribution):
    """Another distribution, `shift` further up."""

    whole: Distribution
    shift: float

    @property
    def low(self) -> float:
        return self.shift + self.whole.low

    @property
    def high(self) -> float:
        return self.shift + self.whole.high

    @property
    def mean(self) -> float:
        return self.shift + self.whole.mean

    @property
    def sd(self) -> float:
        return self.whole.sd

    @property
    def bends(self) -> tuple[float, ...]:
        return self.whole.bends

    def quantile(self, u: ArrayLike) -> Floats:
        return self.shift + self.whole.quantile(u)

    def quantile_above(self, v: ArrayLike) -> Floats:
        return self.shift + self.whole.quantile_above(v)

    def partial(self, u: ArrayLike) -> Floats:
        return self.shift * np.asarray(u) + self.whole.partial(u)

    def partial_above(self, v: ArrayLike) -> Floats:
        return self.shift * np.asarray(v) + self.whole.partial_above(v)

    def cdf(self, x: ArrayLike) -> Floats:
        return self.whole.cdf(np.asarray(x) - self.shift)

    def survival(self, x: ArrayLike) -> Floats:
        return self.whole.survival(np.asarray(x) - self.shift)


def shifted(whole: Distribution, shift: float) -> Distribution:
    """Return a distribution `shift` further up; by nothing, itself."""
    return Shifted(whole, shift) if shift else whole
