"""How probable risks are: as the scenario says or, of those that wait for a date, as the iterations show."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from riskengine.plan import Plan
from riskengine.plan.consequences import waiting_rows

MOST_UNSEEN: Final = -math.log(0.025)
"""What has not happened in n iterations has a probability of up to this over n."""


def seen_probability(plan: Plan, occurs: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the probability of each risk, (risk,) float64.

    Parameters
    ----------
    plan : Plan
    occurs : (risk, iteration) bool

    Notes
    -----
    How often a date is passed, only the iterations know. Where they agree that a risk that waits for one occurs, or
    that it does not, the other is as probable as they leave open.
    """
    probability, iterations = plan.probability, occurs.shape[1]
    rows = sorted(row for row in waiting_rows(plan) if probability[row] > 0)
    if not rows or not iterations:
        return probability
    probability = probability.copy()
    unseen = min(MOST_UNSEEN / iterations, 0.5)
    most = probability[rows]
    probability[rows] = np.clip(occurs[rows].mean(axis=1), np.minimum(unseen, most), 1.0 - unseen)
    return probability
