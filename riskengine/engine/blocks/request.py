"""What to simulate: a seed, a method, and how many iterations."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Request:
    """What to simulate.

    Parameters
    ----------
    seed : int
        0 to 2**64 - 1.
    method : int
        ``RANDOM``, ``LHS`` or ``SOBOL`` of the core.
    iterations : int
    first_block : int
        Where the iterations begin, in blocks.
    task_iterations, risk_iterations : int
        Iterations, whole blocks, in which tasks and risks are stored.
    without : iterable of int
        Rows of risks that never occur; everybody else's draws stay as they are.
    threads : int
    always : iterable of int
        Rows of risks that occur in every iteration; everybody else's draws stay as they are.
    is_pilot : bool
        Whether no number of it is ever told, so that a backlog that never ends does no harm.
    """

    seed: int
    method: int
    iterations: int
    first_block: int = 0
    task_iterations: int = 0
    risk_iterations: int = 0
    without: Iterable[int] = ()
    threads: int = 1
    always: Iterable[int] = ()
    is_pilot: bool = False


def seed_words(seed: int) -> NDArray[np.uint32]:
    """Return a 64-bit seed as two words, low first."""
    return np.array([seed & 0xFFFFFFFF, seed >> 32], np.uint32)
