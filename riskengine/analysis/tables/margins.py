"""Columns of the table of tasks about margins: how much time the plan sets aside, and how likely that suffices."""

import numpy as np
from numpy.typing import NDArray

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.results.samples.sample import Sample


def margin_columns(sample: Sample) -> dict[str, NDArray[np.float64]]:
    """Return the columns of margins; nothing for tasks that are none, and no chance where no iteration was kept."""
    tasks, margins = sample.tasks, sample.tasks.margins
    days = np.full(len(tasks.id), np.nan)
    chance = Interval(*(np.full(len(tasks.id), np.nan) for _ in Interval._fields))
    if margins is not None:
        days[margins.row] = margins.days
        iterations = margins.suffices.shape[1]
        if iterations:
            replicates = Replicates.of(sample.method, iterations)
            shares = probability_of(margins.suffices, replicates, table_error=sample.table_error)
            for column, share in zip(chance, shares, strict=True):
                column[margins.row] = share
    return {"margin_days": days, **chance.columns("margin_suffices")}
