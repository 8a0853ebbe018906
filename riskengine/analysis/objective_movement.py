"""How far one plan moves an objective against another, with all that is known of both runs."""

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.comparison import Comparison, Finish, Movement, bounded, paired_costs, paired_finishes
from riskengine.analysis.objective import WORST, Objective, excess, percentile_of
from riskengine.analysis.paired_runs import PairedRuns, PairedValues
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import mean, unseen_share
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.tables.contribution import ANY_CHANGE, is_one_effect, of_constant
from riskengine.results.samples.sample import Sample

Values = NDArray[np.float64]


def objective_movement(objective: Objective, before: Sample, after: Sample, result: Comparison) -> Movement:
    """Return what an objective is in two runs of the same iterations, and the difference with its interval.

    Parameters
    ----------
    objective : Objective
        Of a gate it is the probability of meeting it, which is to be large.
    before, after : Sample
    result : Comparison
        Of the two.
    """
    if objective.gate is not None:
        gate = next(each for each in result.gates if each.before.gate.id == objective.gate.id)
        return Movement(
            statistic="probability",
            before=gate.before.probability,
            after=gate.after.probability,
            difference=gate.difference,
            ci_low=gate.ci_low,
            ci_high=gate.ci_high,
        )
    if objective.statistic == "worst-fifth":
        return _worst_fifth(objective, before, after, result.is_alike)
    measures = (each for each in result.measures if each.target == "project" and each.measure == objective.measure)
    return next(measures).of(objective.statistic)


def _worst_fifth(objective: Objective, before: Sample, after: Sample, is_alike: bool) -> Movement:
    """Return what is changed of the mean of the worst fifth of the iterations."""
    runs = PairedRuns(before, after)
    if objective.measure == "finish":
        earlier, later = (Finish.of(each, 0, before.start, is_working=True) for each in (before, after))
        values, spread = paired_finishes(earlier, later)
    else:
        values, spread = paired_costs(before, after, runs)
    value, low, high = (float(part[0]) for part in _effect(values, runs, after.method, spread, is_alike))
    worst = objective.of(np.stack((values.before, values.after)))
    return Movement(
        statistic="worst-fifth",
        before=float(worst[0]),
        after=float(worst[1]),
        difference=value,
        ci_low=bounded(low),
        ci_high=bounded(high),
    )


def _effect(values: PairedValues, runs: PairedRuns, method: str, spread: float, is_alike: bool) -> Interval:
    """Return the difference of the means of the worst fifths, one value."""
    difference = (values.after - values.before)[np.newaxis]
    if is_alike:
        return Interval(np.zeros(1), np.zeros(1), np.zeros(1))
    if is_one_effect(difference)[0]:
        share = unseen_share(values.after.size)
        return of_constant(values.after, float(difference.mean()), share, ANY_CHANGE, spread / WORST)[0]
    later, earlier = (percentile_of(each[np.newaxis]) for each in (values.after, values.before))

    def influence(after: Values, before: Values) -> Values:
        moved: Values = later - earlier + excess(after, later) - excess(before, earlier)
        return moved

    known_variance = runs.known_variance(values, influence)
    replicates = Replicates.of(method, values.after.size)
    return mean(influence(values.after[np.newaxis], values.before[np.newaxis]), replicates, known_variance)
