"""The table of tasks: their dates, duration, cost and influence on the project."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.interval import Interval
from riskengine.analysis.percentile import at_rank, percentile_rank, percentile_ranks
from riskengine.analysis.rank import centred_ranks, spearman
from riskengine.analysis.replicate import Replicates, spread
from riskengine.results.build import build
from riskengine.results.registry import FLOAT_PERCENTS, TASK_PERCENTS
from riskengine.results.sample import Sample, TaskSample

VALUES_AT_ONCE = 2**20
"""Values of tasks x iterations that are sorted at a time: some dozens of MB, whatever the plan."""


def tasks_table(sample: Sample, criticality: Interval) -> pa.Table:
    """Return one row for each task.

    Parameters
    ----------
    sample : Sample
    criticality : Interval of (target, task)
    """
    tasks = sample.tasks
    kept = tasks.finish.shape[1]
    columns: dict[str, Any] = {
        "task": tasks.id,
        "name": tasks.name,
        "team": tasks.team,
        "wbs": tasks.wbs,
        "wbs_name": tasks.wbs_name,
        "is_milestone": tasks.is_milestone,
        "kept": np.full(len(tasks.id), kept, dtype=np.int64),
        "deterministic_start": tasks.deterministic_start,
        "deterministic_finish": tasks.deterministic_finish,
        "deterministic_duration": tasks.deterministic_duration,
    }
    columns |= Interval(*(part[0] for part in criticality)).columns("criticality")
    columns |= kept_columns(sample) if kept else empty_columns(len(tasks.id))
    finish_sd = spread(sample.finish_days[:1, :kept])[0] if kept > 1 else 0.0
    is_moving = finish_sd > 0
    columns["ssi"] = (
        columns["criticality"] * columns["duration_sd"] / finish_sd if is_moving else missing(len(tasks.id))
    )
    return build("tasks", columns | float_columns(sample))


def float_columns(sample: Sample) -> dict[str, NDArray[Any]]:
    """Return how much total float the tasks had, and Williams' significance index.

    References
    ----------
    Williams, T. M. (1992), Criticality in stochastic networks. Journal of the Operational Research Society 43.
    """
    tasks = sample.tasks
    floats = tasks.total_float
    rows, width = floats.shape
    columns = {
        "deterministic_float": tasks.deterministic_float,
        "floated": np.full(rows, width, np.int64),
    }
    if not width:
        names = ("float_mean", *(f"float_p{p}" for p in FLOAT_PERCENTS), "significance")
        return columns | {name: missing(rows) for name in names}
    ordered = np.sort(floats, axis=1)
    columns["float_mean"] = floats.mean(axis=1)
    columns |= {f"float_p{p}": ordered[:, percentile_rank(width, p) - 1] for p in FLOAT_PERCENTS}
    duration = tasks.duration[:, :width]
    whole = duration + np.maximum(floats, 0.0)
    share = np.divide(duration, whole, out=np.zeros_like(whole), where=whole > 0)
    share[np.isnan(floats)] = np.nan
    days = sample.finish_days[0, :width]
    mean = days.mean()
    return columns | {"significance": (share * (days / mean)).mean(axis=1) if mean > 0 else missing(rows)}


def missing(rows: int) -> NDArray[np.float64]:
    """Return a column of nothing."""
    return np.full(rows, np.nan)


def empty_columns(rows: int) -> dict[str, NDArray[Any]]:
    """Return the columns of iterations that were not kept."""
    no_instant = np.full(rows, np.datetime64("NaT", "us"))
    columns: dict[str, NDArray[Any]] = {f"start_p{p}": no_instant for p in TASK_PERCENTS}
    columns |= {f"finish_p{p}{end}": no_instant for p in TASK_PERCENTS for end in ("", "_ci_low", "_ci_high")}
    names = ("duration_mean", "duration_sd", "cost_mean", "cost_p80", "cruciality")
    return columns | {name: missing(rows) for name in names}


def kept_columns(sample: Sample) -> dict[str, NDArray[Any]]:
    """Return the columns that come from the kept iterations, a group of tasks at a time."""
    tasks = sample.tasks
    kept = tasks.finish.shape[1]
    replicates = Replicates.of(sample.method, kept)
    project = centred_ranks(sample.finish[:1, :kept].view(np.int64))[0]
    step = max(1, VALUES_AT_ONCE // kept)
    groups = [
        group_columns(tasks, slice(first, first + step), replicates, project)
        for first in range(0, len(tasks.id), step)
    ]  # fmt: skip
    return {name: np.concatenate([group[name] for group in groups]) for name in groups[0]}


def group_columns(
    tasks: TaskSample, rows: slice, replicates: Replicates, project: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    """Return those columns for some of the tasks; ``project`` are the ranks of the project's finish."""
    start, finish = tasks.start[rows], tasks.finish[rows]
    duration, cost = tasks.duration[rows], tasks.cost[rows]
    instants = finish.view(np.int64)
    ordered = np.sort(instants, axis=1)
    ranks = percentile_ranks(instants, ordered, TASK_PERCENTS, replicates)
    ordered_start = np.sort(start.view(np.int64), axis=1).view(start.dtype)
    columns: dict[str, NDArray[Any]] = {}
    ends = ("", ranks.value), ("_ci_low", ranks.low), ("_ci_high", ranks.high)
    starts = at_rank(ordered_start, ranks.value)
    for end, rank in ends:
        picked = at_rank(ordered.view(finish.dtype), rank)
        columns |= {f"finish_p{p}{end}": picked[:, k] for k, p in enumerate(TASK_PERCENTS)}
    columns |= {f"start_p{p}": starts[:, k] for k, p in enumerate(TASK_PERCENTS)}
    p80 = percentile_rank(replicates.n, 80) - 1
    return columns | {
        "duration_mean": duration.mean(axis=1),
        "duration_sd": spread(duration) if replicates.n > 1 else missing(len(duration)),
        "cost_mean": cost.mean(axis=1),
        "cost_p80": np.partition(cost, p80, axis=1)[:, p80],
        "cruciality": np.abs(spearman(centred_ranks(duration), project)),
    }
