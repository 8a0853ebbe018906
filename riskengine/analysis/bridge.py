"""Which part of a movement of P80 is due to what: Shapley's average over all orders of changing groups.

References
----------
Shapley, L. S. (1953), A value for n-person games. Contributions to the Theory of Games II, 307-317.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.orders import share_of_orders
from riskengine.analysis.statistics.moment import half_width, unseen_share
from riskengine.analysis.statistics.percentile import percentile_rank
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.slope import Place, spacing_at
from riskengine.analysis.tables.contribution import ANY_CHANGE, EFFECT_PERCENTS, of_constant

Values = NDArray[np.float64]
Parts = frozenset[str]
PERCENT = 80


@dataclass(frozen=True)
class BridgePart:
    """What one part adds to the movement of P80.

    Attributes
    ----------
    part : str
    difference : float
        All of them add up to the movement.
    ci_low, ci_high : float or None
        95 % interval; None where the sample cannot give an end.
    """

    part: str
    difference: float
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True)
class Bridge:
    """What each part adds to the movement of P80 between two plans.

    Attributes
    ----------
    finish, cost : tuple of BridgePart
        In the same order; empty where nothing differs that dates or costs depend on.
    runs : int
        Plans that were simulated: one for each set of parts.
    """

    finish: tuple[BridgePart, ...]
    cost: tuple[BridgePart, ...]
    runs: int


def weight(part: str, changed: Parts, count: int) -> Fraction:
    """Return how the value of a plan with these parts changed counts in what one of ``count`` parts adds.

    Over all orders: those in which the part comes right behind, or right before, all others of the set.
    """
    size = len(changed) - (part in changed)
    share = share_of_orders(size, count)
    return share if part in changed else -share


def bridge(values: Mapping[Parts, Values], parts: Sequence[str], method: str) -> list[BridgePart]:
    """Return what each part adds to the movement of P80 from no part changed to all of them.

    Parameters
    ----------
    values : mapping of frozenset to (n,) float64
        The same iterations of every plan between the two, by the parts that are changed in it.
    parts : sequence of str
    method : str
        ``random``, ``lhs`` or ``sobol``.

    Notes
    -----
    Sums of P80s with weights that are fractions, so that nothing is lost before the last rounding. The interval is that
    of the mean of what each iteration moves the sum by, as in
    :func:`riskengine.analysis.tables.contribution.paired_percentiles`.
    """
    ordered = {changed: np.sort(each) for changed, each in values.items()}
    return [_part(part, values, ordered, len(parts), method) for part in parts]


def _part(
    part: str, values: Mapping[Parts, Values], ordered: Mapping[Parts, Values], count: int, method: str
) -> BridgePart:
    """Return what one part adds, with its interval; ``ordered`` are the values in order."""
    n = len(values[frozenset()])
    rank = percentile_rank(n, PERCENT)
    weights = {changed: weight(part, changed, count) for changed in values}
    total = sum((w * Fraction(float(ordered[changed][rank - 1])) for changed, w in weights.items()), Fraction(0))
    if all(np.array_equal(values[changed], values[changed | {part}]) for changed in values):
        return _unseen(part, float(total), values[frozenset({part})])
    half = _half_width(values, ordered, weights, method)
    value = float(total)
    return BridgePart(part, value, *((None, None) if half is None else (value - half, value + half)))


def _unseen(part: str, value: float, values: Values) -> BridgePart:
    """Return a part that changed nothing in any iteration, with what so many iterations leave open."""
    _, by_rank = of_constant(values, value, unseen_share(values.size), ANY_CHANGE, np.inf)
    column = EFFECT_PERCENTS.index(PERCENT)
    low, high = (float(end[0, column]) for end in by_rank[1:])
    return BridgePart(part, value, low if np.isfinite(low) else None, high if np.isfinite(high) else None)


def _half_width(
    values: Mapping[Parts, Values], ordered: Mapping[Parts, Values], weights: Mapping[Parts, Fraction], method: str
) -> float | None:
    """Return half the interval of what a part adds; None where the sample does not show how a percentile moves."""
    n = len(values[frozenset()])
    place = Place.of(PERCENT, n)
    moved, spacing = np.zeros((1, n)), 0.0
    for changed, share in weights.items():
        rows = ordered[changed][np.newaxis]
        slope = place.slope(rows)
        if slope is None:
            return None
        moved[0] += float(share) * slope * ((values[changed] <= rows[0, place.rank - 1]) - place.p)
        spacing = max(spacing, float(spacing_at(rows, place.rank)[0]))
    return float(np.hypot(half_width(moved, Replicates.of(method, n))[0], spacing))
