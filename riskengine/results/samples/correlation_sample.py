"""What a run shows of how correlated quantities go together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class CorrelationSample:
    """How the members of each correlation go together in the first ``n`` iterations.

    Parameters
    ----------
    id, name : tuples of str, one per correlation, sorted by id
    rank : (correlation,) float64
        Spearman's, as asked for.
    members, varying : (correlation,) int64
        Quantities, and those among them that vary.
    is_repaired : (correlation,) bool
        Whether not all could be had, so that the nearest was taken.
    expected : (correlation,) float64
        The mean over all pairs that vary, of all futures; NaN without a pair.
    product : (correlation, n) float64
        The mean product of the standard ranks of two members that vary, over all pairs; NaN without a pair.
    square : (correlation, n) float64
        The mean square of the standard rank of a member.
    """

    id: tuple[str, ...]
    name: tuple[str, ...]
    rank: NDArray[np.float64]
    members: NDArray[np.int64]
    varying: NDArray[np.int64]
    is_repaired: NDArray[np.bool_]
    expected: NDArray[np.float64]
    product: NDArray[np.float64]
    square: NDArray[np.float64]
