"""Is a schedule feasible? Asked of dates and needs alone, an instant at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from riskengine.model import Scenario

Spans = Mapping[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]


def overloads(scenario: Scenario, spans: Spans, duration: Mapping[str, np.ndarray[Any, Any]]) -> Iterator[str]:
    """Name every instant at which a resource is held beyond its capacity.

    Parameters
    ----------
    spans : mapping of task to start and finish, (iteration,) each
    duration : mapping of task to (iteration,)
        What takes no time holds nothing.

    Notes
    -----
    Between two starts nothing more is held, so that the starts are the only instants to look at.
    """
    for name, resource in scenario.resources.items():
        if resource.capacity is None:
            continue
        users = [(task.id, task.resources[name]) for task in scenario.tasks.values() if name in task.resources]
        for task, _ in users:
            moment = spans[task][0]
            held = sum(
                units * ((spans[other][0] <= moment) & (moment < spans[other][1]) & (duration[other] > 0))
                for other, units in users
            )
            for iteration in np.flatnonzero((held > resource.capacity * (1 + 1e-9)) & (duration[task] > 0)):
                yield f"{name} at {moment[iteration]} in iteration {iteration}: {held[iteration]:g} held"
