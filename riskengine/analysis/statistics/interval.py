"""A value with the ends of its interval."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Interval(NamedTuple):
    """Values and their intervals, arrays of one shape; NaN stands for a bound that the sample cannot give."""

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def columns(self, name: str) -> dict[str, NDArray[np.float64]]:
        """Return the three columns ``name``, ``name_ci_low`` and ``name_ci_high``."""
        return {name: self.value, f"{name}_ci_low": self.low, f"{name}_ci_high": self.high}


@dataclass(frozen=True)
class SingleInterval:
    """One value and its 95 % interval, as tables and JSON have it.

    Attributes
    ----------
    value, ci_low, ci_high : float, datetime or None
        None is what the sample cannot give.
    """

    value: Any
    ci_low: Any
    ci_high: Any

    def columns(self, name: str) -> dict[str, Any]:
        """Return the three columns ``name``, ``name_ci_low`` and ``name_ci_high`` of a row."""
        return {name: self.value, f"{name}_ci_low": self.ci_low, f"{name}_ci_high": self.ci_high}
