"""How much more than the plan a confidence takes, in days and in money, and whose it is.

References
----------
AACE International (2008), Recommended Practice 41R-08, Risk Analysis and Contingency Determination Using Range
Estimating. Tasche, D. (1999), Risk contributions and performance measurement: the Euler principle, by which the part of
a quantile of a sum is the mean of the part where the sum is at that quantile.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.analysis.statistics.moment import Sides, half_width, mean_sides
from riskengine.analysis.statistics.percentile import at_rank, percentile_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.slope import Place, spacing_at
from riskengine.results.run import RunRecord
from riskengine.results.tables.arrow_array import numpy_of

Values = NDArray[np.float64]

BAND: Final = 0.05
"""Share of the iterations, to either side of a percentile, that say whose it is, at the most."""
OF_TAIL: Final = 0.25
"""Part of the iterations beyond a percentile, at the most: further out, other things happen."""
DIGITS: Final = 11
"""Decimal digits of sums that mean something: fifteen, less those that adding up many numbers may take."""
FEWEST: Final = 24
"""Iterations to either side at the least."""


@dataclass(frozen=True)
class MeasureContingency:
    """What a confidence takes beyond the plan, and beyond the mean.

    Parameters
    ----------
    measure : str
        ``finish`` or ``cost``.
    plan : float [working days or currency]
        Of the deterministic plan.
    mean, percentile : SingleInterval [working days or currency]
    instant : SingleInterval
        The percentile of a finish as a date; no value for a cost.
    from_plan, from_mean : SingleInterval [working days or currency]
        The percentile less either.
    """

    measure: str
    plan: float
    mean: SingleInterval
    percentile: SingleInterval
    instant: SingleInterval
    from_plan: SingleInterval
    from_mean: SingleInterval


@dataclass(frozen=True)
class Parts:
    """What makes up the finish or the cost of a project, in the first iterations of its run and in the plan.

    Parameters
    ----------
    values : (part, kept) float64 [working days or currency]
        They add up to the finish, or the cost, of each iteration.
    plan : (part,) float64 [working days or currency]
        They add up to that of the plan.
    """

    values: Values
    plan: Values


@dataclass(frozen=True)
class AdditiveError:
    """What adding up the contingencies of parts comes to, beside the contingency of their sum.

    Parameters
    ----------
    added : SingleInterval [currency]
        The sum of the percentiles of all parts, less the plan.
    excess : SingleInterval [currency]
        That less the contingency of the sum, in the same iterations.
    """

    added: SingleInterval
    excess: SingleInterval


def measure_contingency(run: RunRecord, measure: str, confidence: Fraction, target: str) -> MeasureContingency:
    """Return what a confidence takes of the finish of a target, or of the cost.

    Parameters
    ----------
    run : RunRecord
    measure : str
        ``finish`` or ``cost``.
    confidence : Fraction
        Above 0 and below 1.
    target : str
        ``project`` or the id of a target; a cost is always the project's.
    """
    (answer,) = measure_contingencies(run, measure, (confidence,), target)
    return answer


def measure_contingencies(
    run: RunRecord, measure: str, confidences: Sequence[Fraction], target: str
) -> list[MeasureContingency]:
    """Return what several confidences take; see :func:`measure_contingency`."""
    who = target if measure == "finish" else "project"
    suffix = "" if who == "project" else f":{who}"
    iterations, manifest = run.tables["iterations"], run.manifest
    (summary,) = [row for row in run.tables["summary"].to_pylist() if (row["target"], row["measure"]) == (who, measure)]
    values = numpy_of(iterations[f"finish_days{suffix}" if measure == "finish" else "cost"])[np.newaxis]
    replicates = Replicates.of(manifest["method"], manifest["iterations"])
    # ranks come from instants, which tell times apart that fall on one working instant, as in the table of percentiles
    ranked = numpy_of(iterations[f"finish{suffix}"])[np.newaxis].astype(np.int64) if measure == "finish" else values
    rows = sort_rows(ranked, replicates)
    percents = tuple(100 * confidence for confidence in confidences)
    ranks = percentile_ranks(rows, percents, replicates, table_error=manifest["table_error"])
    ordered = rows.ordered if measure == "cost" else np.sort(values, axis=1)
    ends = [at_rank(ordered, rank)[0] for rank in (ranks.value, ranks.low, ranks.high)]
    dates = [at_rank(rows.ordered.view("M8[us]"), rank)[0] if measure == "finish" else None for rank in ranks]
    mean = SingleInterval(summary["mean"], summary["mean_ci_low"], summary["mean_ci_high"])
    answers = []
    for at, confidence in enumerate(confidences):
        percentile = single(*(end[at] for end in ends))
        answers.append(
            MeasureContingency(
                measure=measure,
                plan=summary["deterministic"],
                mean=mean,
                percentile=percentile,
                instant=SingleInterval(*(None if date is None else _datetime(date[at]) for date in dates)),
                from_plan=shifted(percentile, summary["deterministic"]),
                from_mean=_from_mean(values, ordered, confidence, replicates, percentile=percentile, mean=mean),
            )
        )
    return answers


def allocation(
    parts: Parts, groups: Sequence[NDArray[np.bool_]], whole: MeasureContingency, replicates: Replicates
) -> list[SingleInterval]:
    """Share a contingency out to groups of parts.

    Parameters
    ----------
    parts : Parts
    groups : sequence of (part,) bool
        Which parts belong to each.
    whole : MeasureContingency
        Of what the parts make up.
    replicates : Replicates
        Of the iterations of the parts.

    Returns
    -------
    list of SingleInterval [working days or currency]
        One for each group.

    Notes
    -----
    The share of a group is what it comes to on average where the whole is at its percentile q, less what it is in the
    plan. That average is the line through the iterations whose whole lies around q, a twentieth of all to either side
    and no more than a quarter of those beyond q, at q: a sum over iterations with weights that add up to 1, and to q
    with the whole (local linear regression). So groups that hold each part once add up to the contingency, whatever the
    sample is. The interval joins how the group varies about its line, longer on the side of its tail (what a risk adds
    that seldom occurs near q is skewed), and how the percentile itself may move along it;
    a group that varies nowhere near q though it does elsewhere has none.
    """
    total = parts.values.sum(axis=0)
    at = whole.percentile.value
    line, scale = Line.at(total, at), scale_of(parts.values, parts.plan)
    shares = []
    for group in groups:
        values = parts.values[group].sum(axis=0)
        if values.min() == values.max():
            certainty = float(values[0]) - float(parts.plan[group].sum())
            shares.append(settled(SingleInterval(certainty, certainty, certainty), scale))
            continue
        centre, slope = line.height(values), line.slope(values)
        value = centre - float(parts.plan[group].sum())
        near = values[line.near]
        if near.min() == near.max():
            shares.append(settled(SingleInterval(value, None, None), scale))
            continue
        residual = np.where(line.near, values - centre - slope * (total - at), 0.0)
        sides = mean_sides((residual * line.weight * len(total))[np.newaxis], replicates)
        shares.append(settled(_with_ends(value, sides, slope, whole.percentile), scale))
    return shares


def additive_error(parts: Parts, confidence: Fraction, replicates: Replicates) -> AdditiveError:
    """Return what the percentiles of parts add up to beyond the percentile of their sum."""
    total = parts.values.sum(axis=0)
    varying = parts.values[parts.values.max(axis=1) > parts.values.min(axis=1)]
    rank = percentile_rank(len(total), 100 * confidence)
    constant = float(parts.values[:, 0].sum() - varying[:, 0].sum()) if len(parts.values) else 0.0
    each = np.sort(varying, axis=1)[:, rank - 1]
    added = float(each.sum()) + constant - float(parts.plan.sum())
    excess = added - (float(np.sort(total)[rank - 1]) - float(parts.plan.sum()))
    moved = [_influence(row, confidence) for row in (*varying, total)]
    scale = scale_of(parts.values, parts.plan)
    if any(row is None for row in moved):
        return AdditiveError(*(settled(SingleInterval(each, None, None), scale) for each in (added, excess)))
    of_parts = np.add.reduce([row for row in moved[:-1] if row is not None] or [np.zeros(len(total))])
    of_total = moved[-1] if moved[-1] is not None else np.zeros(len(total))
    sides = [_half(row, replicates) for row in (of_parts, of_parts - of_total)]
    return AdditiveError(*(settled(_about(*each), scale) for each in zip((added, excess), sides, strict=True)))


def shifted(value: SingleInterval, by: float) -> SingleInterval:
    """Return a value and its interval, less what is known exactly."""
    return SingleInterval(*(None if each is None else each - by for each in (value.value, value.ci_low, value.ci_high)))


def scale_of(*numbers: Values) -> float:
    """Return how large the numbers are that a sum is made of."""
    return max(float(np.abs(each).max(initial=0.0)) for each in numbers)


def settled(value: SingleInterval, scale: float) -> SingleInterval:
    """Return a value and its interval without the noise of adding numbers up that are as large as the scale.

    Notes
    -----
    Sums of thousands of numbers are off by some 1e-13 of them, so that a cost that never changes had an interval that
    did not hold it, and nothing an end below nothing. Rounding to :data:`DIGITS` decimal digits of the scale keeps the
    order of value and ends.
    """
    if not 0 < scale < math.inf:
        return value
    places = DIGITS - math.ceil(math.log10(scale))
    return SingleInterval(
        *(None if each is None else round(each, places) + 0.0 for each in (value.value, value.ci_low, value.ci_high))
    )


def single(value: float, low: float, high: float) -> SingleInterval:
    """Return a value with its interval; an end that is no number is open."""
    return SingleInterval(float(value), *(float(each) if math.isfinite(each) else None for each in (low, high)))


@dataclass(frozen=True)
class Line:
    """How values run with a whole around one of its values.

    Parameters
    ----------
    near : (n,) bool
        The iterations that say so.
    weight : (n,) float64
        Of each in the height of the line; 0 where not near.
    deviation : (n,) float64
        Of the whole from its mean near it; 0 where not near.
    square : float
        Their sum of squares.
    """

    near: NDArray[np.bool_]
    weight: Values
    deviation: Values
    square: float

    @classmethod
    def at(cls, total: Values, value: float) -> "Line":
        """Return the line at a value of a whole, (n,)."""
        n = len(total)
        ordered = np.sort(total)
        middle = max(int(np.searchsorted(ordered, value, side="right")), 1)
        reach = max(FEWEST, math.ceil(min(BAND * n, OF_TAIL * middle, OF_TAIL * (n - middle))))
        low, high = ordered[max(middle - reach, 1) - 1], ordered[min(middle + reach, n) - 1]
        near = (total >= low) & (total <= high)
        mean = total[near].mean() if low < high else low
        deviation = np.where(near, total - mean, 0.0)
        square = float(deviation @ deviation)
        weight = near / np.count_nonzero(near)
        if square > 0:
            weight = weight + (value - mean) / square * deviation
        return cls(near, weight, deviation, square)

    def height(self, values: Values) -> float:
        """Return where the line of these values is."""
        return float(self.weight[self.near] @ values[self.near])

    def slope(self, values: Values) -> float:
        """Return by how much they rise with the whole."""
        return float(self.deviation @ values) / self.square if self.square > 0 else 0.0


def _with_ends(value: float, sides: Sides, slope: float, percentile: SingleInterval) -> SingleInterval:
    """Return a share whose interval joins how far its own reaches with what the percentile moves it by."""
    reach_below, reach_above = float(sides.below[0]), float(sides.above[0])
    if math.isnan(reach_below) or percentile.ci_low is None or percentile.ci_high is None:
        return SingleInterval(value, None, None)
    below, above = percentile.value - percentile.ci_low, percentile.ci_high - percentile.value
    if slope < 0:
        below, above = above, below
    low, high = math.hypot(reach_below, slope * below), math.hypot(reach_above, slope * above)
    return SingleInterval(value, value - low, value + high)


def _datetime(instant: np.datetime64) -> Any:
    """Return an instant of a row of dates as Python has it, and None for none."""
    return None if np.isnat(instant) else instant.astype("M8[us]").item()


def _from_mean(
    values: Values,
    ordered: Values,
    confidence: Fraction,
    replicates: Replicates,
    *,
    percentile: SingleInterval,
    mean: SingleInterval,
) -> SingleInterval:
    """Return a percentile less the mean, whose interval counts in that both come from the same iterations.

    Notes
    -----
    A percentile that many iterations share is one of few values, and does not move with the mean: the ends of both
    intervals are taken, less each other.
    """
    value = percentile.value - float(values.mean())
    scale = scale_of(values)
    if percentile.ci_low is None or percentile.ci_high is None:
        return settled(SingleInterval(value, None, None), scale)
    influence = _influence(values[0], confidence, ordered)
    if influence is None:
        low = None if mean.ci_high is None else min(value, percentile.ci_low - mean.ci_high)
        high = None if mean.ci_low is None else max(value, percentile.ci_high - mean.ci_low)
        return settled(SingleInterval(value, low, high), scale)
    half = _half(influence - (values[0] - values.mean()), replicates)
    spacing = float(spacing_at(ordered, percentile_rank(values.size, 100 * confidence))[0])
    return settled(_about(value, None if half is None else math.hypot(half, spacing)), scale)


def _influence(values: Values, confidence: Fraction, ordered: Values | None = None) -> Values | None:
    """Return what each iteration moves a percentile by; None where that cannot be seen."""
    ordered = np.sort(values)[np.newaxis] if ordered is None else ordered
    if ordered[0, 0] == ordered[0, -1]:
        return np.zeros(len(values))
    place = Place.of(100 * confidence, len(values))
    slope = place.slope(ordered)
    if slope is None:
        return None
    moved: Values = slope * (place.p - (values <= ordered[0, place.rank - 1]))
    return moved


def _half(values: Values, replicates: Replicates) -> float | None:
    """Return half the interval of a mean of influences; None of a single iteration."""
    return float(half_width(values[np.newaxis], replicates)[0]) if replicates.n > 1 else None


def _about(value: float, half: float | None) -> SingleInterval:
    """Return a value and an interval about it."""
    return SingleInterval(value, *((None, None) if half is None else (value - half, value + half)))
