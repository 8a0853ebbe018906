"""What one plan changes against another: differences on the same random numbers, each with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.commitments import DAY
from riskengine.analysis.decision import GateAnswer, answer_gate, is_met
from riskengine.analysis.paired_runs import Chances, PairedRuns, PairedValues
from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import mean, unseen_share
from riskengine.analysis.statistics.percentile import percentile_rank
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.share_difference import share_difference
from riskengine.analysis.tables.contribution import (
    ANY_CHANGE,
    EFFECT_PERCENTS,
    is_one_effect,
    of_constant,
    paired_percentiles,
)
from riskengine.results.samples.sample import GateQuestion, Sample

Values = NDArray[np.float64]
Unit = Literal["working days", "calendar days", "currency"]

STATISTICS: Final = ("plan", *(f"p{percent}" for percent in EFFECT_PERCENTS), "mean")
"""The deterministic plan, percentiles and the mean."""


@dataclass(frozen=True)
class Movement:
    """What one number is in both plans, and the difference.

    Attributes
    ----------
    statistic : str
        ``plan`` (the deterministic plan), ``p50``, ``p80``, ``p90`` or ``mean``.
    before, after, difference : float
        In the unit of the measure; the difference is afterwards less before.
    ci_low, ci_high : float or None
        95 % interval of the difference; None where the sample cannot give an end.
    before_instant, after_instant : datetime or None
        The dates themselves; None for a mean and for money.
    """

    statistic: str
    before: float
    after: float
    difference: float
    ci_low: float | None
    ci_high: float | None
    before_instant: datetime | None = None
    after_instant: datetime | None = None


@dataclass(frozen=True)
class MeasureMovement:
    """What a plan changes of the finish of a target, or of the cost.

    Attributes
    ----------
    target : str
        ``project``, or the id of a target that both plans have.
    measure : str
        ``finish`` or ``cost``.
    unit : str
        ``working days`` of the project's calendar, ``calendar days`` of 24 hours, or ``currency``.
    movements : tuple of Movement
        One for each of ``STATISTICS``.
    """

    target: str
    measure: str
    unit: Unit
    movements: tuple[Movement, ...]

    def of(self, statistic: str) -> Movement:
        """Return the movement of one statistic."""
        return next(each for each in self.movements if each.statistic == statistic)


@dataclass(frozen=True)
class GateMovement:
    """What a plan changes of a gate that both have.

    Attributes
    ----------
    before, after : GateAnswer
        Each as its own plan asks it.
    is_same_question : bool
        Whether both ask for the same target, date and budget.
    difference, ci_low, ci_high : float
        Of the probability, afterwards less before, with its 95 % interval.
    """

    before: GateAnswer
    after: GateAnswer
    is_same_question: bool
    difference: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True)
class Comparison:
    """All that one plan changes against another.

    Attributes
    ----------
    is_alike : bool
        Whether the plans are computed alike, so that every difference is exactly nothing.
    measures : tuple of MeasureMovement
        Finish of the project, of the targets that both have, and the cost.
    gates : tuple of GateMovement
        Those that both have, in the order of their ids.
    gates_before, gates_after : tuple of str
        Those of one plan only.
    """

    is_alike: bool
    measures: tuple[MeasureMovement, ...]
    gates: tuple[GateMovement, ...]
    gates_before: tuple[str, ...]
    gates_after: tuple[str, ...]


def compare(before: Sample, after: Sample, is_same_calendar: bool, is_alike: bool = False) -> Comparison:
    """Compare two runs of the same iterations.

    Parameters
    ----------
    before, after : Sample
        Of one project, seed and method, as many iterations each.
    is_same_calendar : bool
        Whether the project's calendar is the same: finishes are then told apart in its working days, where both count
        from the same start, and in days of 24 hours otherwise.
    is_alike : bool
        Whether it is known that the plans are computed alike.
    """
    runs = PairedRuns(before, after)
    is_working = is_same_calendar and before.start == after.start
    both = [target for target in before.target if target in after.target]
    measures = [
        finish_movement(before, after, target, runs, is_working=is_working, is_alike=is_alike) for target in both
    ]
    measures.append(cost_movement(before, after, runs, is_alike))
    there = {gate.id: gate for gate in after.gates}
    gates = [
        gate_movement((before, after), gate, there[gate.id], is_alike) for gate in before.gates if gate.id in there
    ]
    return Comparison(
        is_alike=is_alike,
        measures=tuple(measures),
        gates=tuple(gates),
        gates_before=tuple(gate.id for gate in before.gates if gate.id not in there),
        gates_after=tuple(sorted(there.keys() - {gate.id for gate in before.gates})),
    )


def finish_movement(
    before: Sample, after: Sample, target: str, runs: PairedRuns, *, is_working: bool, is_alike: bool
) -> MeasureMovement:
    """Return what is changed of the finish of a target."""
    origin = before.start
    earlier, later = (Finish.of(each, each.target.index(target), origin, is_working) for each in (before, after))
    paired, spread = paired_finishes(earlier, later)
    effects = effects_of(paired, runs, after.method, spread, is_alike)
    instants = [(None, None), *zip(earlier.instants, later.instants, strict=True), (None, None)]
    instants[0] = (earlier.plan_instant, later.plan_instant)
    return MeasureMovement(
        target,
        "finish",
        "working days" if is_working else "calendar days",
        stated(paired, (earlier.plan, later.plan), effects, instants),
    )


def cost_movement(before: Sample, after: Sample, runs: PairedRuns, is_alike: bool) -> MeasureMovement:
    """Return what is changed of the cost of the project."""
    paired, spread = paired_costs(before, after, runs)
    effects = effects_of(paired, runs, after.method, spread, is_alike)
    plan = (before.deterministic_cost, after.deterministic_cost)
    return MeasureMovement(
        "project", "cost", "currency", stated(paired, plan, effects, [(None, None)] * len(STATISTICS))
    )


@dataclass(frozen=True)
class Finish:
    """The finish of a target in one run.

    Attributes
    ----------
    values : (n,) float64 [working days, or days of 24 hours]
    plan : float
        The same in the deterministic plan.
    forced : list of (forced, m) float64
        The same where chances are forced.
    limits : (2,) float64 or None
        What no value can be below and above.
    instants : list of datetime
        Of the percentiles.
    plan_instant : datetime
    """

    values: Values
    plan: float
    forced: list[Values]
    limits: Values | None
    instants: list[datetime]
    plan_instant: datetime

    @classmethod
    def of(cls, sample: Sample, row: int, origin: np.datetime64, is_working: bool) -> "Finish":
        """Return the finish of a target, counted from an instant where not in working days."""
        ordered = np.sort(sample.finish[row].view(np.int64)).view(sample.finish.dtype)
        ranks = [percentile_rank(sample.iterations, percent) - 1 for percent in EFFECT_PERCENTS]
        chances: list[Chances] = [sample.risks] if sample.rare_values is None else [sample.risks, sample.rare_values]
        # where none is forced there may be no row for the target either
        forced = [each.forced_finish_days[:, row] if each.forced else each.forced_cost for each in chances]
        limits = None if sample.limits is None else sample.limits.finish_days[:, row]
        instant = sample.deterministic_finish[row]
        values, plan = sample.finish_days[row], float(sample.deterministic_finish_days[row])
        if not is_working:
            elapsed = (sample.finish[row] - origin) / np.timedelta64(DAY)
            forced = [on_the_clock(each, values, elapsed) for each in forced]
            limits = None if limits is None else on_the_clock(limits, values, elapsed)
            values, plan = elapsed, float((instant - origin) / np.timedelta64(DAY))
        moments = [moment.item() for moment in ordered[ranks]]
        return cls(values, plan, forced, limits, instants=moments, plan_instant=instant.item())


def paired_finishes(earlier: Finish, later: Finish) -> tuple[PairedValues, float]:
    """Return the finishes of two runs side by side, and how far apart two changes of them can be."""
    values = PairedValues(later.values, earlier.values, later.forced, earlier.forced)
    return values, spread_of_change(earlier.limits, later.limits)


def paired_costs(before: Sample, after: Sample, runs: PairedRuns) -> tuple[PairedValues, float]:
    """Return the costs of two runs side by side, and how far apart two changes of them can be."""
    forced = [[each.risks.forced_cost for each in chances] for chances in (runs.after.chances, runs.before)]
    limits = [None if each.limits is None else each.limits.cost for each in (before, after)]
    return PairedValues(after.cost, before.cost, *forced), spread_of_change(*limits)


def on_the_clock(days: Values, known_days: Values, elapsed: Values) -> Values:
    """Return days of 24 hours for working days, between those of the iterations and in proportion beyond them."""
    order = np.argsort(known_days)
    first, last = order[0], order[-1]
    reach = known_days[last] - known_days[first]
    slope = (elapsed[last] - elapsed[first]) / reach if reach > 0 else 7 / 5
    beyond = np.minimum(days - known_days[first], 0.0) + np.maximum(days - known_days[last], 0.0)
    converted: Values = np.interp(days, known_days[order], elapsed[order]) + slope * beyond
    return converted


def spread_of_change(before: Values | None, after: Values | None) -> float:
    """Return how far apart two changes can be, from the limits of either plan; infinite where that is not known."""
    if before is None or after is None:
        return np.inf
    spread = float(np.ptp(before) + np.ptp(after))
    return np.inf if np.isnan(spread) else spread


def effects_of(values: PairedValues, runs: PairedRuns, method: str, spread: float, is_alike: bool) -> Interval:
    """Return the differences of the percentiles and of the mean, (statistic,), in the order of ``STATISTICS``."""
    difference = (values.after - values.before)[np.newaxis]
    if is_alike:
        assert not difference.any(), "plans that are computed alike differ"
        nothing = np.zeros(len(EFFECT_PERCENTS) + 1)
        return Interval(nothing, nothing, nothing)
    if is_one_effect(difference)[0]:
        share = unseen_share(values.after.size)
        by_mean, by_rank = of_constant(values.after, float(difference.mean()), share, ANY_CHANGE, spread)
    else:
        known_variance = runs.known_variance(values, lambda after, before: after - before)
        by_mean = mean(difference, Replicates.of(method, values.after.size), known_variance)
        by_rank = paired_percentiles(
            values.after,
            values.before[np.newaxis],
            method,
            known_of=lambda influence: runs.known_variance(values, influence),
        )
    return Interval(*(np.append(ranks[0], at_mean) for ranks, at_mean in zip(by_rank, by_mean, strict=True)))


def stated(
    values: PairedValues,
    plan: tuple[float, float],
    effects: Interval,
    instants: Sequence[tuple[datetime | None, datetime | None]],
) -> tuple[Movement, ...]:
    """Return the movement of each statistic."""
    ranks = [percentile_rank(values.after.size, percent) - 1 for percent in EFFECT_PERCENTS]
    numbers = [
        [of_plan, *np.sort(each)[ranks].tolist(), float(each.mean())]
        for of_plan, each in zip(plan, (values.before, values.after), strict=True)
    ]
    ends = [[plan[1] - plan[0], *part.tolist()] for part in effects]
    columns = zip(STATISTICS, *numbers, *ends, instants, strict=True)
    return tuple(
        Movement(
            statistic=name,
            before=old,
            after=new,
            difference=difference,
            ci_low=bounded(low),
            ci_high=bounded(high),
            before_instant=moments[0],
            after_instant=moments[1],
        )
        for name, old, new, difference, low, high, moments in columns
    )


def bounded(end: float) -> float | None:
    """Return the end of an interval, None where the sample cannot give it."""
    return float(end) if np.isfinite(end) else None


def gate_movement(
    samples: tuple[Sample, Sample], before: GateQuestion, after: GateQuestion, is_alike: bool
) -> GateMovement:
    """Return what is changed of the probability of a gate, each plan asked its own question."""
    answers = [answer_gate(sample, gate) for sample, gate in zip(samples, (before, after), strict=True)]
    is_same = (before.finish, before.cost, answers[0].target) == (after.finish, after.cost, answers[1].target)
    if is_alike and is_same:
        return GateMovement(answers[0], answers[1], is_same, difference=0.0, ci_low=0.0, ci_high=0.0)
    replicates = Replicates.of(samples[0].method, samples[0].iterations)
    error = max(sample.table_error for sample in samples)
    met = [is_met(sample, gate) for sample, gate in zip(samples, (before, after), strict=True)]
    interval = share_difference(met[0], met[1], replicates, table_error=error)
    value, low, high = (float(part[0]) for part in interval)
    return GateMovement(answers[0], answers[1], is_same, difference=value, ci_low=low, ci_high=high)
