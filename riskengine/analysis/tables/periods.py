"""The tables of calendar months: what is spent in each, and until its end, and the units of resources in use."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.moment import mean
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.statistics.steps import KnownSteps
from riskengine.analysis.statistics.unseen import Chances, UnseenRisks, joined
from riskengine.analysis.tables.tasks import Columns, in_groups, percentile_columns
from riskengine.results.samples.sample import RareValueSample, Sample
from riskengine.results.tables.build import build
from riskengine.results.tables.registry import COST_PERIODS, PERIOD_PERCENTS, RESOURCE_PERIODS

Floats = NDArray[np.float64]

PART = 1e-6
"""Units that are told apart, as levelling does."""


def cost_periods_table(sample: Sample) -> pa.Table:
    """Return one row for each month of the project, of each team and of each element of the WBS."""
    periods = sample.cost_periods
    if periods is None:
        return build("cost_periods", {column.name: [] for column in COST_PERIODS.columns})
    rows, months, width = periods.cost.shape
    columns: dict[str, Any] = {
        name: np.repeat(np.array(values, object), months)
        for name, values in (("scope", periods.scope), ("key", periods.key), ("name", periods.name))
    }
    columns["month"] = np.tile(periods.month, rows)
    columns["iterations"] = np.full(rows * months, width, np.int64)
    until_end = replace(
        periods,
        deterministic=np.cumsum(periods.deterministic, axis=1),
        cost=np.cumsum(periods.cost, axis=1),
        limits=periods.cumulative_limits,
        forced_cost=np.cumsum(periods.forced_cost, axis=2),
        rare_value_cost=np.cumsum(periods.rare_value_cost, axis=2),
    )
    for name, each in (("cost", periods), ("cumulative", until_end)):
        columns[f"deterministic_{name}"] = each.deterministic.reshape(-1)
        columns |= period_columns(
            sample,
            name,
            each.cost.reshape(-1, width),
            limits=each.limits.reshape(2, -1),
            chances=_chances(sample, each.forced, each.rare_values),
            changes=[part.reshape(len(part), rows * months) for part in (each.forced_cost, each.rare_value_cost)],
        )
    return build("cost_periods", columns)


def resource_periods_table(sample: Sample) -> pa.Table:
    """Return one row for each month of each resource that a task uses, or that the scenario has."""
    periods = sample.resource_periods
    if periods is None:
        return build("resource_periods", {column.name: [] for column in RESOURCE_PERIODS.columns})
    _, rows, months, width = periods.units.shape
    capacity = np.repeat(periods.capacity, months)
    columns: dict[str, Any] = {
        "resource": np.repeat(np.array(periods.id, object), months),
        "name": np.repeat(np.array(periods.name, object), months),
        "month": np.tile(periods.month, rows),
        "iterations": np.full(rows * months, width, np.int64),
        "capacity": capacity,
    }
    for at, name in enumerate(("average", "peak")):
        columns[f"deterministic_{name}"] = periods.deterministic[at].reshape(-1)
        numbers = period_columns(
            sample,
            name,
            np.nan_to_num(periods.units[at].reshape(-1, width)),
            limits=np.nan_to_num(periods.limits[:, at].reshape(2, -1)),
            chances=_chances(sample, periods.forced, periods.rare_values),
            changes=[
                np.nan_to_num(part[:, at].reshape(len(part), rows * months))
                for part in (periods.forced_units, periods.rare_value_units)
            ],
        )
        has_none = np.isnan(periods.deterministic[at].reshape(-1))
        columns |= {column: np.where(has_none, np.nan, values) for column, values in numbers.items()}
    columns |= overload_columns(sample, periods.units[1].reshape(-1, width), capacity, periods.limits[:, 1])
    return build("resource_periods", columns)


def _chances(sample: Sample, forced: tuple[int, ...], rare_values: RareValueSample | None) -> list[Chances]:
    """Return the risks, these of them forced, and rare values where there are any."""
    risks: list[Chances] = [replace(sample.risks, forced=forced)]
    return risks if rare_values is None else [*risks, rare_values]


def overload_columns(sample: Sample, peak: Floats, capacity: Floats, limits: Floats) -> Columns:
    """Return how often more is in use at once than there is.

    Parameters
    ----------
    peak : (row, iteration) float64
    capacity : (row,) float64
        Not a number where there is no end of it.
    limits : (2, resource, month) float64
        Of the peak.
    """
    most = capacity + PART
    is_over = peak > np.where(np.isnan(capacity), np.inf, most)[:, None]
    share = probability_of(is_over, Replicates.of(sample.method, peak.shape[1])).columns("overload")
    least_peak, most_peak = limits.reshape(2, -1)
    is_certain = (least_peak > most) | (most_peak <= most)
    value = share["overload"]
    columns = {name: np.where(is_certain, value, numbers) for name, numbers in share.items()}
    return {name: np.where(np.isnan(capacity), np.nan, numbers) for name, numbers in columns.items()}


def period_columns(
    sample: Sample, name: str, values: Floats, *, limits: Floats, chances: list[Chances], changes: list[Floats]
) -> Columns:
    """Return mean and percentiles of rows of values.

    Parameters
    ----------
    values : (row, iteration) float64
    limits : (2, row) float64
    chances : list of RiskSample or RareValueSample
        Those are forced of each that these iterations hardly show.
    changes : list of (forced, row) float64
        For each of them what those change of the mean that are forced: if they happen or, where they mostly do, if they
        do not.

    Notes
    -----
    What is certain is itself in every column: few iterations give a percentile no end, and a mean of equal numbers may
    be off in its last bit.
    """
    width = values.shape[1]
    replicates = Replicates.of(sample.method, width)
    unseen = [UnseenRisks.of(each, sample.method, width) for each in chances]
    steps = KnownSteps.of(sample.discrete, sample.method, width)

    def columns_of(some: slice) -> Columns:
        part = values[some]
        of_chances = [
            each.known_variance_of_rows(part, change[:, some], some.start, None)
            for each, change in zip(unseen, changes, strict=False)
        ]
        of_steps = [] if steps is None else [steps.known_variance(part)]
        known_variance = joined([*of_chances, *of_steps])
        columns = mean(part, replicates, known_variance, limits[:, some]).columns(f"{name}_mean")
        columns |= percentile_columns(name, part, PERIOD_PERCENTS, replicates)
        is_certain = limits[0, some] == limits[1, some]
        return {column: np.where(is_certain, part[:, 0], numbers) for column, numbers in columns.items()}

    return in_groups(len(values), width, columns_of)
