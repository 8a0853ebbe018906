"""What levelling does: the same iterations with and without it, and how far resources are used."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.moment import mean, unseen_share
from riskengine.analysis.statistics.percentile import percentile_rank
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.unseen import Unseen
from riskengine.analysis.tables.contribution import (
    EFFECT_PERCENTS,
    is_one_effect,
    of_constant,
    paired_percentiles,
    within_change,
)
from riskengine.results.samples.sample import LevellingSample, Sample
from riskengine.results.tables.build import build
from riskengine.results.tables.registry import LEVELLING, RESOURCES

NO_INSTANT = np.datetime64("NaT", "us")
STATISTICS = ("deterministic", "mean", *(f"p{percent}" for percent in EFFECT_PERCENTS))
OF_A_SHARE = np.array([[0.0], [1.0]])
"""Limits of a share of time or of units."""

Columns = dict[str, list[Any]]


def levelling_table(sample: Sample) -> pa.Table:
    """Return five rows for the finish of each target and for the cost; none for a scenario without levelling."""
    columns: Columns = {column.name: [] for column in LEVELLING.columns}
    unlevelled = sample.levelling
    if unlevelled is None:
        return build("levelling", columns)
    unseen = Unseen.of(sample, sample.iterations)
    for row, target in enumerate(sample.target):
        values = (sample.finish_days[row], unlevelled.finish_days[row])
        deterministic = (sample.deterministic_finish_days[row], unlevelled.deterministic_finish_days[row])
        instants = _instants(sample, unlevelled, row)
        _add(
            columns,
            target,
            "finish",
            values=values,
            deterministic=deterministic,
            instants=instants,
            unseen=unseen,
            method=sample.method,
            rule=unlevelled.rule,
            change=unlevelled.finish_change,
            is_fixed=sample.is_taken_as_fixed,
        )
    deterministic = (sample.deterministic_cost, unlevelled.deterministic_cost)
    nothing = [(NO_INSTANT, NO_INSTANT)] * len(STATISTICS)
    _add(
        columns,
        "project",
        "cost",
        values=(sample.cost, unlevelled.cost),
        deterministic=deterministic,
        instants=nothing,
        unseen=unseen,
        method=sample.method,
        rule=unlevelled.rule,
        change=unlevelled.cost_change,
        is_fixed=sample.is_taken_as_fixed,
    )
    return build("levelling", columns)


def _instants(sample: Sample, unlevelled: LevellingSample, row: int) -> list[tuple[np.datetime64, np.datetime64]]:
    """Return the finish of a target as dates, with and without levelling, for each statistic."""
    ordered = [np.sort(each.finish[row]) for each in (sample, unlevelled)]
    ranks = [percentile_rank(sample.iterations, percent) - 1 for percent in EFFECT_PERCENTS]
    deterministic = (sample.deterministic_finish[row], unlevelled.deterministic_finish[row])
    return [deterministic, (NO_INSTANT, NO_INSTANT), *((ordered[0][rank], ordered[1][rank]) for rank in ranks)]


def _add(
    columns: Columns,
    target: str,
    measure: str,
    values: tuple[NDArray[np.float64], NDArray[np.float64]],
    deterministic: tuple[float, float],
    instants: Sequence[tuple[np.datetime64, np.datetime64]],
    unseen: Unseen,
    method: str,
    rule: str,
    change: NDArray[np.float64],
    is_fixed: bool,
) -> None:
    """Add the rows of one measure of one target."""
    levelled, unlevelled = values
    by_mean, by_rank = _effects(levelled, unlevelled, unseen, method, change=change, is_fixed=is_fixed)
    ranks = [percentile_rank(levelled.size, percent) - 1 for percent in EFFECT_PERCENTS]
    with_it, without = ([float(x.mean()), *np.sort(x)[ranks]] for x in (levelled, unlevelled))
    ends = [[float(part[0]), *other[0]] for part, other in zip(by_mean, by_rank, strict=True)]
    difference = deterministic[0] - deterministic[1]
    for name, exact_value, drawn in (
        ("levelled", deterministic[0], with_it),
        ("unlevelled", deterministic[1], without),
        ("difference", difference, ends[0]),
        ("difference_ci_low", difference, ends[1]),
        ("difference_ci_high", difference, ends[2]),
    ):
        columns[name] += [exact_value, *drawn]
    columns["target"] += [target] * len(STATISTICS)
    columns["measure"] += [measure] * len(STATISTICS)
    columns["statistic"] += STATISTICS
    columns["rule"] += [rule] * len(STATISTICS)
    columns["levelled_instant"] += [pair[0] for pair in instants]
    columns["unlevelled_instant"] += [pair[1] for pair in instants]


def _effects(
    levelled: NDArray[np.float64],
    unlevelled: NDArray[np.float64],
    unseen: Unseen,
    method: str,
    change: NDArray[np.float64],
    is_fixed: bool,
) -> tuple[Interval, Interval]:
    """Return what levelling changes at the mean, and at percentiles.

    Parameters
    ----------
    change : (2,) float64
        What it can change in any iteration.
    is_fixed : bool
        Whether dates never vary.
    """
    difference = (levelled - unlevelled)[np.newaxis]
    if change.any() and not is_fixed and is_one_effect(difference)[0]:
        return of_constant(levelled, float(difference.mean()), unseen_share(levelled.size), change, np.inf)
    by_mean = mean(difference, Replicates.of(method, levelled.size), unseen.known_variance_of_rows(difference))
    by_rank = paired_percentiles(levelled, unlevelled[np.newaxis], method)
    return within_change(by_mean, change), within_change(by_rank, change)


def resources_table(sample: Sample) -> pa.Table:
    """Return one row for each resource with a capacity; none for a scenario without levelling."""
    if sample.levelling is None:
        return build("resources", {column.name: [] for column in RESOURCES.columns})
    resources = sample.levelling.resources
    count, task_iterations = resources.use.shape
    replicates = Replicates.of(sample.method, task_iterations)
    columns: dict[str, Any] = {
        "resource": resources.id,
        "name": resources.name,
        "capacity": resources.capacity,
        "demand": resources.demand,
        "iterations": np.full(count, task_iterations, np.int64),
    }
    limits = None if sample.is_taken_as_fixed else OF_A_SHARE
    columns |= mean(resources.use, replicates, limits=limits).columns("use")
    columns |= mean(resources.full, replicates, limits=limits).columns("full")
    return build("resources", columns)
