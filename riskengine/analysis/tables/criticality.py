"""How often each task is on a longest path to each target."""

from typing import Any

import numpy as np
import pyarrow as pa

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.probability import probability
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.results.build import build
from riskengine.results.sample import Sample


def criticality(sample: Sample) -> Interval:
    """Return the criticality of tasks with its interval, arrays of (target, task)."""
    tasks = sample.tasks
    replicates = Replicates.of(sample.method, sample.iterations)
    counts = tasks.criticality_count, tasks.criticality_full, tasks.criticality_square
    return probability(*counts, replicates, table_error=sample.table_error)


def criticality_table(sample: Sample, shares: Interval) -> pa.Table:
    """Return one row for each target and task, targets in the order of the sample."""
    count = len(sample.tasks.id)
    columns: dict[str, Any] = {
        "task": list(sample.tasks.id) * len(sample.target),
        "target": np.repeat(np.array(sample.target, dtype=object), count),
        "count": sample.tasks.criticality_count.ravel(),
        "criticality": shares.value.ravel(),
        "ci_low": shares.low.ravel(),
        "ci_high": shares.high.ravel(),
    }
    return build("criticality", columns)
