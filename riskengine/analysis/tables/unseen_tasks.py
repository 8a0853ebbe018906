"""What is known of the means of single tasks, because the chances of risks and of discrete values are known."""

from typing import NamedTuple

import numpy as np

from riskengine.analysis.statistics.known_variance import KnownVariance
from riskengine.analysis.statistics.unseen import Unseen, joined
from riskengine.results.samples.sample import Sample


class KnownVarianceOfTasks(NamedTuple):
    """What risks and discrete estimates tell of the means of durations, their squared deviations, and costs."""

    duration: KnownVariance
    square: KnownVariance
    cost: KnownVariance


def known_variance_of_tasks(sample: Sample, rows: slice, unseen: Unseen) -> KnownVarianceOfTasks:
    """Return what is known of some of the tasks."""
    duration, cost = sample.tasks.duration[rows], sample.tasks.cost[rows]
    square = (duration - duration.mean(axis=1, keepdims=True)) ** 2
    parts: list[list[KnownVariance]] = [[], [], []]
    for each in unseen.chances:
        forced = [np.zeros((0, len(duration)))] * 3
        changes = each.risks.forced_tasks
        if changes is not None:
            forced = [part[:, rows] for part in (changes.duration, changes.duration_square, changes.cost)]
        hits = each.risks.task_hits
        for part, values, change in zip(parts, (duration, square, cost), forced, strict=True):
            part.append(each.known_variance_of_rows(values, change, rows.start, hits))
    if unseen.steps is not None:
        for part, values in zip(parts, (duration, square, cost), strict=True):
            part.append(unseen.steps.known_variance_of_tasks(values, rows.start))
    return KnownVarianceOfTasks(*(joined(part) for part in parts))


def known_variance_of_floats(sample: Sample, rows: slice, unseen: Unseen) -> KnownVariance:
    """Return what is known of the total float of some of the tasks, on which any risk may act."""
    floats = sample.tasks.total_float[rows]
    parts = []
    for each in unseen.chances:
        changes = each.risks.forced_tasks
        forced = np.zeros((0, len(floats))) if changes is None else changes.total_float[:, rows]
        parts.append(each.known_variance_of_rows(floats, forced, rows.start, None))
    return joined(parts if unseen.steps is None else [*parts, unseen.steps.known_variance(floats)])
