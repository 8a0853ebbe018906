"""Circles in the network of relationships."""

from collections.abc import Iterable, Mapping
from typing import Final

MOST_CIRCLES: Final = 50


def circles(predecessors: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return circles of tasks that wait for each other: at least one of each knot, until `MOST_CIRCLES` are found.

    Parameters
    ----------
    predecessors : mapping
        Task to the tasks it waits for.

    Returns
    -------
    list of list of str
        Each circle in the direction of time, its first task again at its end.

    Notes
    -----
    Depth first with an explicit stack, so that a chain of any length fits; every relationship is looked at once.
    """
    done: set[str] = set()
    cycles: list[list[str]] = []
    tasks_in_cycles: set[str] = set()
    for root in sorted(predecessors):
        if root in done:
            continue
        trail = [root]
        position = {root: 0}
        waiting = [iter(sorted(predecessors[root]))]
        while trail:
            for task in waiting[-1]:
                if task in position:
                    if task in tasks_in_cycles or trail[-1] in tasks_in_cycles:
                        continue
                    circle = [*trail[position[task] :], task]
                    tasks_in_cycles.update(circle)
                    cycles.append(from_smallest(circle[::-1]))
                    if len(cycles) == MOST_CIRCLES:
                        return cycles
                elif task not in done and task in predecessors:
                    trail.append(task)
                    position[task] = len(trail) - 1
                    waiting.append(iter(sorted(predecessors[task])))
                    break
            else:
                done.add(trail[-1])
                del position[trail.pop()]
                waiting.pop()
    return cycles


def from_smallest(circle: list[str]) -> list[str]:
    """Return the same circle begun at its smallest task."""
    ring = circle[:-1]
    start = ring.index(min(ring))
    return [*ring[start:], *ring[:start], ring[start]]
