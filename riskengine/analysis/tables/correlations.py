"""The table of correlations: what was asked, what is to be expected, and what a run achieved."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from riskengine.analysis.statistics.moment import mean
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.build import build
from riskengine.results.tables.registry import CORRELATIONS

Floats = NDArray[np.float64]


def correlations_table(sample: Sample) -> pa.Table:
    """Return one row for each correlation of the scenario whose rank is not 0.

    Notes
    -----
    Achieved is the mean product of two members' standard ranks over their mean square. An iteration moves that ratio by
    its own product less the ratio times its square, over the mean square: the interval is that of a mean of these.
    """
    correlations = sample.correlations
    if correlations is None:
        return build("correlations", {column.name: [] for column in CORRELATIONS.columns})
    count, width = correlations.product.shape
    achieved, low, high = (np.full(count, np.nan) for _ in range(3))
    groups = np.flatnonzero(correlations.varying >= 2)
    if groups.size:
        product, square = correlations.product[groups], correlations.square[groups]
        mean_square = square.mean(axis=1, keepdims=True)
        ratio = product.mean(axis=1, keepdims=True) / mean_square
        moved = ratio + (product - ratio * square) / mean_square
        interval = mean(moved, Replicates.of(sample.method, width), limits=np.array([[-np.inf], [np.inf]]))
        achieved[groups] = ratio[:, 0]
        low[groups], high[groups] = np.maximum(interval.low, -1.0), np.minimum(interval.high, 1.0)
    return build(
        "correlations",
        {
            "correlation": list(correlations.id),
            "name": list(correlations.name),
            "members": correlations.members,
            "varying": correlations.varying,
            "rank": correlations.rank,
            "is_repaired": correlations.is_repaired,
            "expected": correlations.expected,
            "achieved": achieved,
            "achieved_ci_low": low,
            "achieved_ci_high": high,
            "iterations": np.full(count, width, np.int64),
        },
    )
