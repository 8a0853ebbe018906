"""A few values with weights."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from riskengine.plan.variables.distribution.shape import Distribution, Floats


@dataclass(frozen=True, eq=False)
class Discrete(Distribution):
    """A list of values.

    Parameters
    ----------
    value : (value,) float64
        Ascending, each once.
    cumulative : (value,) float64
        Probability of a value not above; the last is exactly 1.

    Notes
    -----
    A draw `u` takes the first value whose cumulative probability is at least `u`.
    """

    value: Floats
    cumulative: Floats

    @classmethod
    def from_weights(
        cls, values: Iterable[float], weights: Iterable[float], least: float = -np.inf, most: float = np.inf
    ) -> "Discrete":
        """Values and weights as people write them, kept where least <= value <= most.

        Raises
        ------
        ValueError
            When no weight is left.

        Notes
        -----
        The weights of a repeated value add up.
        """
        total: dict[float, float] = {}
        for value, weight in zip(values, weights, strict=True):
            total[value] = total.get(value, 0.0) + weight
        possible_values = sorted(value for value, weight in total.items() if weight > 0 and least <= value <= most)
        if not possible_values:
            raise ValueError(f"no value of the discrete estimate lies between {least} and {most}")
        cumulative = np.cumsum([total[value] for value in possible_values])
        return cls(np.array(possible_values), cumulative / cumulative[-1])

    @property
    def low(self) -> float:
        return float(self.value[0])

    @property
    def high(self) -> float:
        return float(self.value[-1])

    @property
    def probability(self) -> Floats:
        """Probability of each value, (value,) float64."""
        return np.diff(self.cumulative, prepend=0.0)

    @property
    def mean(self) -> float:
        return float(np.sum(self.value * self.probability))

    @property
    def sd(self) -> float:
        return float(np.sqrt(np.sum((self.value - self.mean) ** 2 * self.probability)))

    @property
    def is_discrete(self) -> bool:
        return True

    def quantile(self, u: ArrayLike) -> Floats:
        return self.value[np.minimum(np.searchsorted(self.cumulative, u), self.value.size - 1)]

    def quantile_above(self, v: ArrayLike) -> Floats:
        return self.quantile(1 - np.asarray(v, dtype=np.float64))

    def partial(self, u: ArrayLike) -> Floats:
        knot = np.concatenate(([0.0], self.cumulative))
        area = np.concatenate(([0.0], np.cumsum(self.value * self.probability)))
        return np.interp(np.asarray(u, dtype=np.float64), knot, area)

    def partial_above(self, v: ArrayLike) -> Floats:
        return self.mean - self.partial(1 - np.asarray(v, dtype=np.float64))

    def cdf(self, x: ArrayLike) -> Floats:
        row = np.searchsorted(self.value, x, side="right")
        return np.concatenate(([0.0], self.cumulative))[row]

    def survival(self, x: ArrayLike) -> Floats:
        return 1.0 - self.cdf(x)
