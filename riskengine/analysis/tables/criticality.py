"""How often each task is on a longest path to each target."""

from typing import Any

import numpy as np
import pyarrow as pa

from riskengine.analysis.statistics.interval import Interval
from riskengine.analysis.statistics.part import PartCounts, share_of_part
from riskengine.analysis.statistics.probability import probability
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.results.samples.sample import Sample
from riskengine.results.tables.build import build


def criticality(sample: Sample) -> Interval:
    """Return the criticality of tasks with its interval, arrays of (target, task)."""
    tasks = sample.tasks
    replicates = Replicates.of(sample.method, sample.iterations)
    counts = tasks.criticality_count, tasks.criticality_full, tasks.criticality_square
    return probability(*counts, replicates, table_error=sample.table_error)


def existence(sample: Sample) -> Interval:
    """Return the share of iterations in which tasks existed, (task,)."""
    counts = sample.tasks.existence
    if counts is None:
        return Interval(*(np.ones(len(sample.tasks.id)),) * 3)
    replicates = Replicates.of(sample.method, sample.iterations)
    interval = probability(counts.count, counts.full, counts.square, replicates)
    return Interval(*(np.where(counts.is_uncertain, part, 1.0) for part in interval))


def criticality_existing(sample: Sample, shares: Interval) -> Interval:
    """Return the criticality over those iterations alone in which the task existed, arrays of (target, task)."""
    tasks, existing = sample.tasks, sample.tasks.existence
    if existing is None:
        return shares
    count, full, square = tasks.criticality_count, tasks.criticality_full, tasks.criticality_square
    whole = [np.broadcast_to(each, count.shape) for each in (existing.count, existing.full, existing.square)]
    counts = PartCounts(
        count, full, square, whole_count=whole[0], whole_full=whole[1], whole_square=whole[2], joint=existing.joint
    )
    part = share_of_part(counts, Replicates.of(sample.method, sample.iterations), sample.table_error)
    return Interval(*(np.where(existing.is_uncertain, one, other) for one, other in zip(part, shares, strict=True)))


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
    existing = criticality_existing(sample, shares)
    columns |= Interval(*(part.ravel() for part in existing)).columns("criticality_existing")
    return build("criticality", columns)
