"""What a run shows of damages and bonuses."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ClauseSample:
    """What damages and bonuses come to, damages first, each kind by id.

    Parameters
    ----------
    id, name, target, per : tuples of str, one per clause
    is_bonus : (clause,) bool
    date : (clause,) datetime64[us]
    rate : (clause,) float64 [currency]
    most : (clause,) float64 [currency]
        Infinite where there is no cap.
    deterministic : (clause,) float64 [currency]
        What is due in the plan, a bonus with its sign turned: never negative.
    amount : (clause, iteration) float64 [currency]
        The same of every iteration.
    """

    id: tuple[str, ...]
    name: tuple[str, ...]
    target: tuple[str, ...]
    per: tuple[str, ...]
    is_bonus: NDArray[np.bool_]
    date: NDArray[np.datetime64]
    rate: NDArray[np.float64]
    most: NDArray[np.float64]
    deterministic: NDArray[np.float64]
    amount: NDArray[np.float64]
