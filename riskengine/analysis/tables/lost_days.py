"""The table of the days that calendars lose by chance."""

from typing import Any

import numpy as np
import pyarrow as pa

from riskengine.analysis.statistics.moment import mean
from riskengine.analysis.statistics.percentile import at_rank, percentile_ranks, sort_rows
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.results.samples.lost_day_sample import LostDaySample
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.build import build
from riskengine.results.tables.lost_day_table import LOST_DAY_PERCENTS, LOST_DAYS


def lost_days_table(sample: Sample) -> pa.Table:
    """Return one row for each calendar in use that may lose days."""
    lost = sample.lost_days
    if lost is None:
        return build("lost_days", {column.name: [] for column in LOST_DAYS.columns})
    return build("lost_days", columns_of(sample, lost))


def columns_of(sample: Sample, lost: LostDaySample) -> dict[str, Any]:
    """Return the columns of the calendars of a run."""
    replicates = Replicates.of(sample.method, sample.iterations)
    limits = np.array([[0.0], [np.inf]])
    columns: dict[str, Any] = {"calendar": list(lost.calendar), "name": list(lost.name)}
    columns |= mean(lost.working_days, replicates, limits=limits).columns("working_days")
    columns |= mean(lost.lost_days, replicates, limits=limits).columns("mean")
    ordered = sort_rows(lost.lost_days, replicates)
    ranks = percentile_ranks(ordered, LOST_DAY_PERCENTS, replicates, table_error=sample.table_error)
    for name, rank in (("", ranks.value), ("_ci_low", ranks.low), ("_ci_high", ranks.high)):
        values = at_rank(ordered.ordered, rank)
        columns |= {f"p{percent}{name}": values[:, at] for at, percent in enumerate(LOST_DAY_PERCENTS)}
    return columns
