"""What every distribution of the plan can be asked."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Distribution(ABC):
    """One uncertain number, sampled by its quantile function.

    Notes
    -----
    Probabilities come in pairs: `u` counts from below and `v = 1 - u` from above, so that both tails keep their full
    precision. Every method takes scalars or arrays. The parameters may be (n, 1) columns as well, so that one call
    answers for n distributions of a family; nothing below branches on a parameter.
    """

    @property
    @abstractmethod
    def low(self) -> float:
        """Lower end of the support, -inf where there is none."""

    @property
    @abstractmethod
    def high(self) -> float:
        """Upper end of the support, inf where there is none."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """Expected value."""

    @property
    @abstractmethod
    def sd(self) -> float:
        """Standard deviation."""

    @property
    def is_constant(self) -> bool:
        """Whether there is one value only."""
        return False

    @property
    def is_discrete(self) -> bool:
        """Whether the values are a list with weights."""
        return False

    @property
    def stands_alone(self) -> bool:
        """Whether several cannot be worked on together, for their parameters are lists."""
        return False

    @property
    def bends(self) -> tuple[float, ...]:
        """Probabilities at which the quantile function has a corner."""
        return ()

    @abstractmethod
    def quantile(self, u: ArrayLike) -> Floats:
        """Value not exceeded with probability `u`."""

    @abstractmethod
    def quantile_above(self, v: ArrayLike) -> Floats:
        """Value exceeded with probability `v`: ``quantile(1 - v)`` without the rounding of ``1 - v``."""

    @abstractmethod
    def partial(self, u: ArrayLike) -> Floats:
        """Integral of the quantile function from 0 to `u`; at 1 it is the mean."""

    @abstractmethod
    def partial_above(self, v: ArrayLike) -> Floats:
        """Integral of the quantile function from ``1 - v`` to 1."""

    @abstractmethod
    def cdf(self, x: ArrayLike) -> Floats:
        """Probability of a value not above `x`."""

    @abstractmethod
    def survival(self, x: ArrayLike) -> Floats:
        """Probability of a value above `x`."""


@dataclass(frozen=True)
class Constant(Distribution):
    """A number that is known."""

    value: float

    @property
    def low(self) -> float:
        return self.value

    high = mean = low

    @property
    def sd(self) -> float:
        return 0.0

    @property
    def is_constant(self) -> bool:
        return True

    def quantile(self, u: ArrayLike) -> Floats:
        return np.full(np.shape(u), self.value)

    def quantile_above(self, v: ArrayLike) -> Floats:
        return self.quantile(v)

    def partial(self, u: ArrayLike) -> Floats:
        return self.value * np.asarray(u, dtype=np.float64)

    def partial_above(self, v: ArrayLike) -> Floats:
        return self.partial(v)

    def cdf(self, x: ArrayLike) -> Floats:
        return np.where(np.asarray(x) >= self.value, 1.0, 0.0)

    def survival(self, x: ArrayLike) -> Floats:
        return 1.0 - self.cdf(x)
