"""A backlog of 30 items, done week by week as much as a week of its history had."""

import numpy as np

from tests.replication import law, scenario
from tests.replication.model import Measure, Model

DONE = (4, 0, 6, 3, 5, 2, 7, 3, 4, 6, 1, 5)
ITEMS, WEEK, MOST = 30, 7, 60


def build() -> Model:
    """Weeks round the clock: the project ends with the week in which the last item is done."""
    chance = np.diff(within(ITEMS))
    finish = law.discrete({float(WEEK * (k + 1)): float(p) for k, p in enumerate(chance)})
    return Model(
        "a backlog of 30 items from a history of 12 weeks",
        "convolution of the rows of its history",
        scenario.head("backlog") + f"[backlogs.team]\nitems = {ITEMS}\ndone = {list(DONE)}\n",
        (Measure(finish, plan=56),),
    )


def within(items: int) -> np.ndarray:
    """Return how often all items are done within 0, 1 ... weeks: sums of rows, put together week by week."""
    row = np.bincount(DONE, minlength=max(DONE) + 1) / len(DONE)
    left = np.zeros(items)  # chance that 0, 1 ... items are done, and not all
    left[0] = 1.0
    chances = [0.0]
    for _ in range(MOST):
        left = np.convolve(left, row)[:items]
        chances.append(1.0 - float(left.sum()))
    return np.array(chances)
