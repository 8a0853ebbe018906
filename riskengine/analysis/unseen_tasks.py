"""What is known of the means of single tasks, because the chances of risks and of rare values are known."""

from typing import NamedTuple

import numpy as np

from riskengine.analysis.known_variance import KnownVariance
from riskengine.analysis.unseen import UnseenRisks, joined
from riskengine.results.sample import RareValueSample, RiskSample, Sample, TaskChanges


class KnownOfTasks(NamedTuple):
    """What rare risks and rare values tell of the means of durations, their squared deviations, and costs."""

    duration: KnownVariance
    square: KnownVariance
    cost: KnownVariance


class UnseenOfTasks(NamedTuple):
    """Risks, or rare values of estimates, and what tasks change by where these are forced; None where nobody looked."""

    unseen: UnseenRisks
    changes: TaskChanges | None


def unseen_of_tasks(sample: Sample, width: int) -> list[UnseenOfTasks]:
    """Return what the first iterations show too little of: risks, and rare values where there are any."""
    chances: list[RiskSample | RareValueSample] = [sample.risks]
    if sample.rare_values is not None:
        chances.append(sample.rare_values)
    return [UnseenOfTasks(UnseenRisks.of(each, sample.method, width), each.forced_tasks) for each in chances]


def known_of_tasks(sample: Sample, rows: slice, unseen: list[UnseenOfTasks]) -> KnownOfTasks:
    """Return what is known of some of the tasks."""
    duration, cost = sample.tasks.duration[rows], sample.tasks.cost[rows]
    square = (duration - duration.mean(axis=1, keepdims=True)) ** 2
    parts: list[list[KnownVariance]] = [[], [], []]
    for each in unseen:
        forced = [np.zeros((0, len(duration)))] * 3
        if each.changes is not None:
            changes = each.changes
            forced = [part[:, rows] for part in (changes.duration, changes.duration_square, changes.cost)]
        hits = each.unseen.risks.task_hits
        for part, values, change in zip(parts, (duration, square, cost), forced, strict=True):
            part.append(each.unseen.known_variance_of_rows(values, change, rows.start, hits))
    return KnownOfTasks(*(joined(part) for part in parts))


def known_variance_of_floats(sample: Sample, rows: slice, unseen: list[UnseenOfTasks]) -> KnownVariance:
    """Return what is known of the total float of some of the tasks, on which any risk may act."""
    floats = sample.tasks.total_float[rows]
    parts = []
    for each in unseen:
        forced = np.zeros((0, len(floats))) if each.changes is None else each.changes.total_float[:, rows]
        parts.append(each.unseen.known_variance_of_rows(floats, forced, rows.start, None))
    return joined(parts)
