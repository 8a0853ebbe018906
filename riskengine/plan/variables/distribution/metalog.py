"""A smooth curve through percentiles."""

from dataclasses import dataclass

import numpy as np

from riskengine.plan.variables.distribution.integrated import Integrated
from riskengine.plan.variables.distribution.shape import Floats


@dataclass(frozen=True)
class Metalog(Integrated):
    """Keelin's metalog: ``level(y - 1/2) + slope(y - 1/2) logit(y)``, on a line that may be bent to one bound or two.

    Parameters
    ----------
    level, slope : tuple of float
        Polynomials, lowest power first.
    least, most : float
        Bounds; infinite where there is none.
    size : float
        What the line without ends is multiplied by: it is in the unit of the estimate.
    """

    level: tuple[float, ...]
    slope: tuple[float, ...]
    least: float
    most: float
    size: float

    @property
    def low(self) -> float:
        return self.least

    @property
    def high(self) -> float:
        return self.most

    def at_logit(self, logit: Floats) -> Floats:
        place = np.tanh(logit / 2) / 2
        line = _at(self.level, place) + _at(self.slope, place) * logit
        if np.isfinite(self.least) and np.isfinite(self.most):
            return self.least + (self.most - self.least) * (1 + np.tanh(line / 2)) / 2
        if np.isfinite(self.least):
            return self.least + self.size * np.exp(np.minimum(line, 700.0))
        if np.isfinite(self.most):
            return self.most - self.size * np.exp(np.minimum(-line, 700.0))
        return self.size * line


def _at(polynomial: tuple[float, ...], place: Floats) -> Floats:
    total = np.zeros_like(place)
    for coefficient in reversed(polynomial):
        total = total * place + coefficient
    return total
