"""What a run of one coalition says at the mean and at percentiles, and how far each iteration moves that."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.decision import meets
from riskengine.analysis.statistics.percentile import percentile_rank
from riskengine.analysis.statistics.slope import Place, spacing_at
from riskengine.analysis.tables.contribution import EFFECT_PERCENTS
from riskengine.results.samples.coalition_sample import CoalitionSample
from riskengine.results.samples.sample import GateQuestion

Values = NDArray[np.float64]

MEAN: Final = "mean"
STATISTICS: Final = (MEAN, *(f"p{percent}" for percent in EFFECT_PERCENTS))
"""Of the finish and of the cost, in the order of their rows."""


class Reading(NamedTuple):
    """What one coalition says of one measure; (statistic,) unless said otherwise.

    Attributes
    ----------
    value : float64
    moved : (statistic, n) float64
        How far each iteration moves the value, apart from a number that all iterations of all coalitions share.
    doubt : float64
        How far a percentile may be off that has no slope, for many values are alike around it; NaN where the sample
        says nothing of a percentile, which is too near to its ends.
    spacing : float64
        The widest spacing of values around a percentile.
    """

    value: Values
    moved: Values
    doubt: Values
    spacing: Values


def read_amounts(values: Values, reference: Values) -> Reading:
    """Return what a coalition says of the finish or of the cost.

    Parameters
    ----------
    values : (n,) float64
    reference : (n,) float64
        The same iterations with every player on: what a mean is moved by is told against these, so that an iteration
        in which nothing changes counts as nothing, to the last bit.

    Notes
    -----
    A percentile q moves by s (1{y <= q} - p) for each iteration y, s the slope of the quantile function at p, as in
    :func:`riskengine.analysis.tables.contribution.paired_percentiles`. Where many values around it are alike there is
    no slope: the percentile is as far off as the ends of its interval, which for a value that many iterations share is
    not at all.
    """
    count = len(STATISTICS)
    moved, doubt, spacing = np.zeros((count, values.size)), np.zeros(count), np.zeros(count)
    ordered = np.sort(values)[np.newaxis]
    value = np.array([values.mean(), *(ordered[0, percentile_rank(values.size, k) - 1] for k in EFFECT_PERCENTS)])
    moved[0] = values - reference
    if ordered[0, 0] == ordered[0, -1]:
        value[:] = ordered[0, 0]
        return Reading(value, moved, doubt, spacing)
    for row, percent in enumerate(EFFECT_PERCENTS, 1):
        place = Place.of(percent, values.size)
        slope = place.slope(ordered)
        if not place.is_inside:
            doubt[row] = np.nan
        elif slope is None:
            low, high = ordered[0, place.rank - place.reach - 1], ordered[0, place.rank + place.reach - 1]
            doubt[row] = max(value[row] - low, high - value[row])
        else:
            moved[row] = slope * ((values <= value[row]) - place.p)
            spacing[row] = spacing_at(ordered, place.rank)[0]
    return Reading(value, moved, doubt, spacing)


def read_gates(sample: CoalitionSample, gates: tuple[GateQuestion, ...], reference: Values) -> Reading:
    """Return the probability of each gate in a coalition; ``reference``, (gate, n), as in :func:`read_amounts`."""
    met = gates_met(sample, gates)
    nothing = np.zeros(len(gates))
    return Reading(met.mean(axis=1), met - reference, nothing, nothing)


def gates_met(sample: CoalitionSample, gates: tuple[GateQuestion, ...]) -> Values:
    """Return 1 in the iterations in which each gate is met, (gate, n), and 0 in the others."""
    met = [meets(sample.finish[gate.target], sample.cost, gate.finish, gate.cost) for gate in gates]
    return np.array(met, np.float64).reshape(len(gates), sample.cost.size)
