"""The tables of the project as a whole: iterations, percentiles, summary."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.moment import mean, standard_deviation
from riskengine.analysis.statistics.percentile import PERCENTS, Ranks, at_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.probability import is_within, probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.unseen import Unseen
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.build import build

NO_INSTANT = np.datetime64("NaT", "us")
P80 = PERCENTS.index(80)


def iterations_table(sample: Sample) -> pa.Table:
    """Return the simulated values themselves; the arrays of the sample are wrapped, not copied."""
    columns: dict[str, NDArray[Any]] = {
        "iteration": np.arange(sample.iterations, dtype=np.int64),
        "finish": sample.finish[0],
        "finish_days": sample.finish_days[0],
        "cost": sample.cost,
    }
    for row, target in enumerate(sample.target[1:], start=1):
        columns[f"finish:{target}"] = sample.finish[row]
        columns[f"finish_days:{target}"] = sample.finish_days[row]
    return build("iterations", columns, sample.target[1:])


def distribution_tables(sample: Sample) -> dict[str, pa.Table]:
    """Return the tables ``summary`` and ``percentiles``: the finish of every target, then the cost."""
    percentiles: list[dict[str, Any]] = []
    summary: list[dict[str, Any]] = []
    unseen = Unseen.of(sample, sample.iterations)
    for row, target in enumerate(sample.target):
        finish = finish_percentiles(sample, row)
        percentiles.append({"target": target, "measure": "finish", **finish})
        summary.append({"target": target, "measure": "finish", **finish_summary(sample, row, finish, unseen)})
    cost = cost_percentiles(sample)
    percentiles.append({"target": "project", "measure": "cost", **cost})
    summary.append({"target": "project", "measure": "cost", **cost_summary(sample, cost, unseen)})
    return {"summary": stacked("summary", summary), "percentiles": stacked("percentiles", percentiles)}


def stacked(name: str, groups: list[dict[str, Any]]) -> pa.Table:
    """Return one table of groups of rows; a single value stands for every row of its group."""
    columns: dict[str, list[Any]] = {key: [] for key in groups[0]}
    for group in groups:
        length = max((len(v) for v in group.values() if isinstance(v, np.ndarray) and v.ndim), default=1)
        for key, value in group.items():
            columns[key].extend(value if isinstance(value, np.ndarray) and value.ndim else [value] * length)
    return build(name, columns)


def finish_percentiles(sample: Sample, row: int, percents: tuple[int, ...] = PERCENTS) -> dict[str, Any]:
    """Return the percentile columns of the finish of one target.

    The ranks come from the instants, which tell times apart that fall on one working instant.
    """
    replicates = Replicates.of(sample.method, sample.iterations)
    instants = sample.finish[row : row + 1].view(np.int64)
    rows = sort_rows(instants, replicates)
    ranks = percentile_ranks(rows, percents, replicates, table_error=sample.table_error)
    as_dates = bounded(rows.ordered.view(sample.finish.dtype), ranks)
    as_days = bounded(np.sort(sample.finish_days[row : row + 1], axis=1), ranks)
    names = ("", "_ci_low", "_ci_high")
    return (
        {"percentile": np.array(percents, dtype=np.float64)}
        | dict(zip(("value", "ci_low", "ci_high"), as_days, strict=True))
        | {f"instant{name}": column for name, column in zip(names, as_dates, strict=True)}
    )


def cost_percentiles(sample: Sample, percents: tuple[int, ...] = PERCENTS) -> dict[str, Any]:
    """Return the percentile columns of the cost."""
    replicates = Replicates.of(sample.method, sample.iterations)
    rows = sort_rows(sample.cost[np.newaxis], replicates)
    ranks = percentile_ranks(rows, percents, replicates, table_error=sample.table_error)
    return (
        {"percentile": np.array(percents, dtype=np.float64)}
        | dict(zip(("value", "ci_low", "ci_high"), bounded(rows.ordered, ranks), strict=True))
        | {f"instant{name}": NO_INSTANT for name in ("", "_ci_low", "_ci_high")}
    )


def bounded(ordered: NDArray[Any], ranks: Ranks) -> tuple[NDArray[Any], ...]:
    """Return percentiles and the ends of their intervals, for one row of sorted values."""
    return tuple(at_rank(ordered, rank)[0] for rank in (ranks.value, ranks.low, ranks.high))


def finish_summary(sample: Sample, row: int, percentiles: dict[str, Any], unseen: Unseen) -> dict[str, Any]:
    """Return the summary of the finish of one target."""
    instant = sample.deterministic_finish[row]
    deterministic = float(sample.deterministic_finish_days[row])
    in_time = sample.finish[row : row + 1] <= instant
    chances = [each.risks for each in unseen.chances]
    # where none is forced there may be no row for the target either
    forced = [each.forced_finish_days[:, row] if each.forced else each.forced_cost for each in chances]
    limits = None if sample.limits is None else sample.limits.finish_days[:, row : row + 1]
    return described(
        sample,
        sample.finish_days[row],
        unseen=unseen,
        forced=forced,
        deterministic=deterministic,
        is_as_planned=in_time,
        percentiles=percentiles,
        limits=limits,
    ) | {"deterministic_instant": instant}


def cost_summary(sample: Sample, percentiles: dict[str, Any], unseen: Unseen) -> dict[str, Any]:
    """Return the summary of the cost."""
    within = is_within(sample.cost, sample.deterministic_cost)[np.newaxis]
    limits = None if sample.limits is None else sample.limits.cost[:, np.newaxis]
    return described(
        sample,
        sample.cost,
        unseen=unseen,
        forced=[each.risks.forced_cost for each in unseen.chances],
        deterministic=sample.deterministic_cost,
        is_as_planned=within,
        percentiles=percentiles,
        limits=limits,
    ) | {"deterministic_instant": NO_INSTANT}


def described(
    sample: Sample,
    values: NDArray[np.float64],
    unseen: Unseen,
    forced: list[NDArray[np.float64]],
    deterministic: float,
    is_as_planned: NDArray[np.bool_],
    percentiles: dict[str, Any],
    limits: NDArray[np.float64] | None,
) -> dict[str, Any]:
    """Return what finish and cost have in common: deterministic value, chance, mean, sd, range, contingency.

    Parameters
    ----------
    values : (iteration,) float64
    unseen : Unseen
        Of all iterations.
    forced : list of (forced risk, m) float64
        For each of its chances the same of the first m iterations, with each forced risk occurring; see ``RiskSample``.
    is_as_planned : (1, iteration) bool
    percentiles : dict
        Columns of the table of percentiles.
    limits : (2, 1) float64 or None
        What no iteration can be below and above.
    """
    replicates = Replicates.of(sample.method, sample.iterations)
    centre = values.mean()
    of_mean = unseen.known_variance(values, forced)
    of_square = unseen.known_variance((values - centre) ** 2, [(run - centre) ** 2 for run in forced])
    columns = (
        probability_of(is_as_planned, replicates, table_error=sample.table_error).columns("chance")
        | mean(values[np.newaxis], replicates, of_mean, limits).columns("mean")
        | standard_deviation(values[np.newaxis], replicates, of_square, limits).columns("sd")
    )
    contingency = {
        f"contingency_p80{end}": percentiles[column][P80] - deterministic
        for end, column in (("", "value"), ("_ci_low", "ci_low"), ("_ci_high", "ci_high"))
    }
    return (
        {"deterministic": deterministic, "minimum": values.min(), "maximum": values.max()}
        | {name: column[0] for name, column in columns.items()}
        | contingency
    )
