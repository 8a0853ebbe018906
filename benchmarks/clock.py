"""Timing: the least of several, because what disturbs a measurement only ever adds to it."""

import time
from collections.abc import Callable, Sequence


def least_seconds(
    works: Sequence[Callable[[], object]],
    rounds: int,
    repeats: Sequence[int] | None = None,
    clock: Callable[[], float] = time.thread_time,
) -> list[float]:
    """Return the least time that each piece of work took.

    Parameters
    ----------
    works : sequence of callable
        Taken in turn, round by round, so that a slow spell of the machine meets all of them.
    rounds : int
    repeats : sequence of int, optional
        How often each is run in a round; once by default.
    clock : callable
        CPU time of this thread by default, which other work on the machine disturbs least.

    Returns
    -------
    list of float [s]
    """
    least = [float("inf")] * len(works)
    for _ in range(rounds):
        for k, work in enumerate(works):
            for _ in range(1 if repeats is None else repeats[k]):
                start = clock()
                work()
                least[k] = min(least[k], clock() - start)
    return least
