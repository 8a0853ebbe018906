"""Which risks the run is repeated without, to measure what they do: all, or those that matter most."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel import BLOCK
from riskengine.plan import Plan
from riskengine.plan.consequences import consequences, dependent_rows

PAIRED_VALUES = 60_000_000
"""Tasks x iterations to be spent on runs without a risk."""
PAIRED_DRAWS = 1_500_000_000
"""Draws to be spent on them: a risk and each of its impacts are one an iteration. Some ten seconds on one thread."""
FORCED_DRAWS = 500_000_000
"""Draws to be spent on runs in which a rare risk always occurs, or a nearly sure one never."""
LEAST_PAIRED = 10
FORCED_VALUES = 20_000_000
"""Tasks x iterations to be spent on these."""
SEEN_OCCURRENCES = 2
"""Iterations with a risk, and without it, from which the run itself shows what it changes."""


def paired_rows(
    plan: Plan, occurs: NDArray[np.bool_], finish: NDArray[np.float64], cost: NDArray[np.float64]
) -> list[int]:
    """Return the rows of the risks to run without.

    Parameters
    ----------
    occurs : (risk, iteration) bool
    finish : (iteration,) float64 [working days]
    cost : (iteration,) float64 [currency]

    Notes
    -----
    Screening is by what a risk is worth at the mean: a risk's occurrence is independent of all else, so the
    difference of means between the iterations with and without it is its own effect. A risk that always occurs has no
    such difference and is taken first. Finish and cost are each put in units of their own spread. Of a risk that is
    correlated with something, or that others trigger or exclude, the difference would hold what those do, too: all of
    those are taken.
    """
    acts = acting_rows(plan)
    by_draws = PAIRED_DRAWS // max(1, _draws(plan) * finish.size)
    affordable = min(PAIRED_VALUES // max(1, len(plan.task) * finish.size), by_draws)
    count = max(LEAST_PAIRED, affordable)
    if len(acts) <= count:
        return acts
    rows = dependent_rows(plan)
    dependent = [row for row in acts if row in rows]
    apart = [row for row in acts if row not in rows]
    worth = {row: _worth(occurs[row], finish) + _worth(occurs[row], cost) for row in apart}
    dearest = sorted(apart, key=lambda row: (-worth[row], plan.risk[row]))[: max(0, count - len(dependent))]
    return sorted((*dependent, *dearest))


def forced_rows(plan: Plan, occurs: NDArray[np.bool_]) -> list[int]:
    """Return the rows of the risks that occurred, or did not occur, less than twice.

    Where not all are affordable, those come first of which either is the likeliest.

    Parameters
    ----------
    occurs : (risk, iteration) bool
    """
    is_rare = is_hardly_seen(occurs)
    chance = np.minimum(plan.probability, 1 - plan.probability)
    rare = [row for row in acting_rows(plan) if is_rare[row] and chance[row] > 0]
    return likeliest(plan, rare, chance, plan.risk)


def is_hardly_seen(occurs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which chances, (chance, iteration) bool, happened, or did not happen, less than twice."""
    count = np.count_nonzero(occurs, axis=1)
    hardly: NDArray[np.bool_] = np.minimum(count, occurs.shape[1] - count) < SEEN_OCCURRENCES
    return hardly


def likeliest(plan: Plan, rows: Sequence[int], chance: NDArray[np.float64], label: Sequence[str]) -> list[int]:
    """Return those rows of chances for which there is time to run a block more, the likeliest."""
    by_draws = FORCED_DRAWS // (max(1, _draws(plan)) * BLOCK)
    affordable = max(LEAST_PAIRED, min(FORCED_VALUES // (max(1, len(plan.task)) * BLOCK), by_draws))
    return sorted(sorted(rows, key=lambda row: (-chance[row], label[row]))[:affordable])


def is_mostly_on(occurs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which risks occurred in more than half of the iterations, of (risk, iteration) bool."""
    mostly: NDArray[np.bool_] = 2 * np.count_nonzero(occurs, axis=1) > occurs.shape[1]
    return mostly


def acting(plan: Plan) -> int:
    """Return how many risks can occur and have an effect."""
    return len(acting_rows(plan))


def _draws(plan: Plan) -> int:
    """Return how many values an iteration draws, risks included."""
    return len(plan.risk) + plan.draws.variable.size


def acting_rows(plan: Plan) -> list[int]:
    """Return the rows of the risks that can occur and have an effect, be it that of another that they trigger.

    To decide which path of a branch is followed is one, too.
    """
    mapped = set(plan.draws.risk.tolist())
    if plan.existence is not None:
        mapped |= plan.existence.conditions.asked_risks
    return [
        row
        for row, followers in enumerate(consequences(plan))
        if plan.probability[row] > 0 and not mapped.isdisjoint(followers)
    ]


def _worth(occurs: NDArray[np.bool_], value: NDArray[np.float64]) -> float:
    """Return share x (mean with - mean without) in standard deviations; infinite where one of them is missing."""
    share = float(occurs.mean())
    spread = float(value.std())
    if spread == 0 or share == 0:
        return 0.0
    if share == 1:
        return float("inf")
    return abs(share * float(value[occurs].mean() - value[~occurs].mean())) / spread
