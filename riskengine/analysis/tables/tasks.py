"""The table of tasks: their dates, duration, cost and influence on the project."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import (
    UNLIMITED,
    half_width,
    is_constant,
    mean,
    mean_sides,
    standard_deviation,
)
from riskengine.analysis.statistics.partial_sort import sort_around
from riskengine.analysis.statistics.percentile import at_rank, percentile_ranks
from riskengine.analysis.statistics.rank import ranked, spearman, spearman_influence
from riskengine.analysis.statistics.replicate import Replicates, deviations, spread
from riskengine.analysis.statistics.unseen import Unseen
from riskengine.analysis.tables.criticality import criticality_existing, existence
from riskengine.analysis.tables.margins import margin_columns
from riskengine.analysis.tables.unseen_tasks import known_variance_of_floats, known_variance_of_tasks
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.build import build, null_columns
from riskengine.results.tables.registry import FLOAT_PERCENTS, TASK_PERCENTS

VALUES_AT_ONCE = 2**18
"""Values of tasks x iterations that are worked on at a time: the arrays fit into the processor's cache."""
ENDS = ("", "_ci_low", "_ci_high")
FEWEST_RANKED = 5
"""Iterations below which values are in one order by chance too often for an influence to have an interval."""
FEWEST_SPREADS = 16
"""Iterations below which the ratio of two standard deviations has none: of 10, one interval in ten missed the truth."""

Columns = dict[str, NDArray[Any]]


def tasks_table(sample: Sample, criticality: Interval) -> pa.Table:
    """Return one row for each task.

    Parameters
    ----------
    sample : Sample
    criticality : Interval of (target, task)
    """
    tasks = sample.tasks
    task_iterations = tasks.finish.shape[1]
    to_project = Interval(*(part[0] for part in criticality))
    columns: dict[str, Any] = {
        "task": tasks.id,
        "name": tasks.name,
        "team": tasks.team,
        "wbs": tasks.wbs,
        "wbs_name": tasks.wbs_name,
        "is_milestone": tasks.is_milestone,
        "kept": np.full(len(tasks.id), task_iterations, dtype=np.int64),
        "deterministic_start": tasks.deterministic_start,
        "deterministic_finish": tasks.deterministic_finish,
        "deterministic_duration": tasks.deterministic_duration,
    }
    columns |= sample.inputs["tasks"]()
    columns |= existence(sample).columns("existence")
    columns |= to_project.columns("criticality")
    existing = criticality_existing(sample, criticality)
    columns |= Interval(*(part[0] for part in existing)).columns("criticality_existing")
    columns |= margin_columns(sample)
    columns |= float_columns(sample)
    if task_iterations:
        columns |= iteration_columns(sample, to_project)
    if not task_iterations or not tasks.total_float.shape[1]:
        columns |= null_columns("tasks", len(tasks.id), columns)
    return build("tasks", columns)


def float_columns(sample: Sample) -> Columns:
    """Return how much total float the tasks had, and Williams' significance index.

    References
    ----------
    Williams, T. M. (1992), Criticality in stochastic networks. Journal of the Operational Research Society 43.
    """
    tasks = sample.tasks
    rows, width = tasks.total_float.shape
    columns: Columns = {
        "deterministic_float": tasks.deterministic_float,
        "floated": np.full(rows, width, np.int64),
    }
    if not width:
        return columns
    replicates = Replicates.of(sample.method, width)
    with np.errstate(invalid="ignore"):  # spans have no float
        unseen = Unseen.of(sample, width)
        return columns | in_groups(rows, width, lambda some: group_floats(sample, some, replicates, unseen))


def group_floats(sample: Sample, rows: slice, replicates: Replicates, unseen: Unseen) -> Columns:
    """Return the columns of float of some of the tasks."""
    floats = sample.tasks.total_float[rows]
    limits = limits_of_floats(sample, rows)
    width = floats.shape[1]
    duration = sample.tasks.duration[rows, :width]
    whole = duration + np.maximum(floats, 0.0)
    share = np.divide(duration, whole, out=np.zeros_like(whole), where=whole > 0)
    share[np.isnan(floats)] = np.nan
    days = sample.finish_days[0, :width]
    length = days.mean()
    if length > 0:
        weighted = share * (days / length)
        index = weighted.mean(axis=1)
        # a ratio of two means moves with either
        influence = weighted - index[:, np.newaxis] * (days / length)
        moved = mean(influence, replicates, limits=limits_of_influence(sample, rows))
        low, high = np.maximum(index + moved.low, 0.0), np.minimum(index + moved.high, 1.0)
        # an index that is always 1 may be off in its last bit
        significance = Interval(index, np.minimum(low, index), np.maximum(high, index))
    else:
        significance = Interval(*(missing(len(floats)),) * 3)
    return (
        mean(floats, replicates, known_variance_of_floats(sample, rows, unseen), limits).columns("float_mean")
        | percentile_columns("float", floats, FLOAT_PERCENTS, replicates)
        | significance.columns("significance")
    )


def limits_of_floats(sample: Sample, rows: slice) -> NDArray[np.float64] | None:
    """Return what no total float can be below, and above, (2, task): 0 where logic says so; None where none varies."""
    if sample.limits is None or sample.is_taken_as_fixed:
        return None
    has_none = np.broadcast_to(sample.limits.has_no_float, len(sample.tasks.id))[rows]
    return np.where(has_none, 0.0, UNLIMITED)


def limits_of_influence(sample: Sample, rows: slice) -> NDArray[np.float64] | None:
    """Return the same of what an iteration moves a significance by: without float it is 1, of a milestone 0."""
    limits = limits_of_floats(sample, rows)
    if limits is None or sample.limits is None:
        return None
    least, most = sample.limits.duration[:, rows]
    is_exact = (limits[0] == limits[1]) & ((least > 0) | (most == 0))
    return np.where(is_exact, 0.0, UNLIMITED)


def missing(rows: int) -> NDArray[np.float64]:
    """Return a column of nothing."""
    return np.full(rows, np.nan)


def in_groups(rows: int, width: int, columns_of: Callable[[slice], Columns]) -> Columns:
    """Return columns that are worked out for a group of rows of this width at a time."""
    step = max(1, VALUES_AT_ONCE // width)
    groups = [columns_of(slice(first, first + step)) for first in range(0, max(1, rows), step)]
    return {name: np.concatenate([group[name] for group in groups]) for name in groups[0]}


def iteration_columns(sample: Sample, criticality: Interval) -> Columns:
    """Return the columns that come from the kept iterations, a group of tasks at a time.

    Parameters
    ----------
    sample : Sample
    criticality : Interval of (task,)
        To the project's finish.
    """
    tasks = sample.tasks
    rows, task_iterations = tasks.finish.shape
    replicates = Replicates.of(sample.method, task_iterations)
    order, rank = ranked(sample.finish[:1, :task_iterations].view(np.int64))
    days = sample.finish_days[0, :task_iterations]
    unseen = Unseen.of(sample, task_iterations)

    def columns_of(some: slice) -> Columns:
        duration = tasks.duration[some]
        shares = Interval(*(part[some] for part in criticality))
        limits = None if sample.limits is None else sample.limits.duration[:, some]
        is_unseen = np.zeros(len(duration), dtype=np.bool_)
        if limits is not None:
            is_unseen = is_constant(duration) & (limits[0] < limits[1])
        sensitivity = schedule_sensitivity(shares, duration, days, replicates)
        return (
            group_columns(sample, some, replicates, unseen)
            | without_ends(cruciality(duration, order, rank, replicates), is_unseen).columns("cruciality")
            | without_ends(sensitivity, is_unseen).columns("ssi")
        )

    return in_groups(rows, task_iterations, columns_of)


def without_ends(interval: Interval, is_unseen: NDArray[np.bool_]) -> Interval:
    """Return intervals without the ends of those tasks whose duration may vary and was not seen to."""
    return Interval(interval.value, *(np.where(is_unseen, np.nan, end) for end in (interval.low, interval.high)))


def group_columns(sample: Sample, rows: slice, replicates: Replicates, unseen: Unseen) -> Columns:
    """Return dates, durations and costs of some of the tasks."""
    tasks = sample.tasks
    duration, cost = tasks.duration[rows], tasks.cost[rows]
    of_duration = of_cost = None
    if sample.limits is not None:
        of_duration, of_cost = (part[:, rows] for part in (sample.limits.duration, sample.limits.task_cost))
    of_chances = known_variance_of_tasks(sample, rows, unseen)
    return (
        percentile_columns("start", tasks.start[rows], TASK_PERCENTS, replicates)
        | percentile_columns("finish", tasks.finish[rows], TASK_PERCENTS, replicates)
        | mean(duration, replicates, of_chances.duration, of_duration).columns("duration_mean")
        | standard_deviation(duration, replicates, of_chances.square, of_duration).columns("duration_sd")
        | mean(cost, replicates, of_chances.cost, of_cost).columns("cost_mean")
        | percentile_columns("cost", cost, (80,), replicates)
    )


def percentile_columns(name: str, values: NDArray[Any], percents: tuple[int, ...], replicates: Replicates) -> Columns:
    """Return percentiles of rows of dates or numbers with their intervals, as ``name_p50``, ``name_p50_ci_low``."""
    is_date = values.dtype.kind == "M"
    rows = sort_around(values.view(np.int64) if is_date else values, percents, replicates)
    ordered = rows.ordered.view(values.dtype)
    ranks = percentile_ranks(rows, percents, replicates)
    ends = [at_rank(ordered, rank) for rank in (ranks.value, ranks.low, ranks.high)]
    return {
        f"{name}_p{p}{end}": part[:, column]
        for column, p in enumerate(percents)
        for end, part in zip(ENDS, ends, strict=True)
    }


def cruciality(
    duration: NDArray[np.float64], order: NDArray[np.intp], rank: NDArray[np.float64], replicates: Replicates
) -> Interval:
    """Return how strongly the finish of the project goes with the duration of each task, as a rank correlation.

    Parameters
    ----------
    duration : (task, n) float64
    order, rank : (1, n)
        Of the finish of the project, from :func:`riskengine.analysis.statistics.rank.ranked`.

    Notes
    -----
    The interval is symmetric in Fisher's atanh of the correlation. It reaches down to 0 where its sign is open.
    """
    duration_order, duration_rank = ranked(duration)
    signed = spearman(duration_rank, rank[0])
    if replicates.n < FEWEST_RANKED:
        return Interval(np.abs(signed), missing(len(signed)), missing(len(signed)))
    half = half_width(spearman_influence(duration_order, duration_rank, order, rank), replicates)
    value = np.abs(signed)
    inner = np.minimum(value, 1 - 1e-12)
    reach = half / (1 - inner**2)
    low, high = np.tanh(np.arctanh(inner) - reach), np.tanh(np.arctanh(inner) + reach)
    return Interval(value, np.minimum(np.maximum(low, 0.0), value), np.maximum(high, value))


def schedule_sensitivity(
    criticality: Interval, duration: NDArray[np.float64], days: NDArray[np.float64], replicates: Replicates
) -> Interval:
    """Return criticality x sd of the duration / sd of the project's finish days.

    Parameters
    ----------
    criticality : Interval of (task,)
    duration : (task, n) float64
    days : (n,) float64

    Notes
    -----
    The interval is the product of that of the criticality and that of the ratio of the two spreads, on the logarithm:
    how they go together is not known, so it is wider than need be. What each iteration moves the ratio by has a tail as
    soon as the durations have, so that it is treated as any mean is. It is what the logarithm loses where the iteration
    is left out (the jackknife), and not its slope: of few skewed durations one carries most of the spread, of which the
    slope says little, and the variance of what is left out is never too small on average. Of 16 lognormal durations
    with sd = mean, beside others in a chain, slopes held 90 in 100 ratios. Below 16 iterations there is none, save for
    a duration that did not vary.

    References
    ----------
    Efron, B., Stein, C. (1981), The jackknife estimate of variance. Annals of Statistics 9, 586-596.
    """
    project = spread(days[np.newaxis])[0] if days.size > 1 else 0.0
    if project == 0:
        return Interval(*(missing(len(duration)),) * 3)
    duration_spread = spread(duration)
    ratio = duration_spread / project
    if replicates.n < FEWEST_SPREADS:
        ends = np.where(duration_spread > 0, np.nan, 0.0)
        return Interval(criticality.value * ratio, ends, ends)
    moved = _left_out(duration) - _left_out(days[np.newaxis])
    below, above = (np.where(duration_spread > 0, side, 0.0) for side in mean_sides(moved, replicates))
    with np.errstate(over="ignore"):
        high = criticality.high * ratio * np.exp(above)
    return Interval(
        criticality.value * ratio,
        criticality.low * ratio * np.exp(-below),
        np.where(np.isfinite(high), high, np.nan),
    )


def _left_out(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return n - 1 times what the logarithm of the standard deviation loses without each value, (row, n).

    Parameters
    ----------
    values : (row, n) float64
        At least 3 in a row; 0 is returned for a row that does not vary.
    """
    n = values.shape[1]
    square = deviations(values) ** 2
    total = square.sum(axis=1, keepdims=True)
    share = np.divide(square * (n / (n - 1)), total, out=np.zeros_like(square), where=total > 0)
    lost: NDArray[np.float64] = np.log1p(-np.minimum(share, 1 - 1e-15)) * (-(n - 1) / 2)
    return lost
