"""Which logic still binds: what progress has settled, and what spans follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from riskengine.model import Constant, Relationship, Scenario, Task
from riskengine.plan.network import canonical_order

RETAINED = "retained logic"
FROM_START = frozenset({"SS", "SF"})
REVERSED = {"FS": "SF", "SS": "SS", "FF": "FF", "SF": "FS"}
"""What a relationship from a span asks of the span: the same two events, the other way round."""


@dataclass(frozen=True)
class Logic:
    """The relationships that bind dates.

    Parameters
    ----------
    order : tuple of str
        Tasks, every predecessor before its successors.
    after : mapping of task to its relationships
    passing : frozenset of str
        Finished tasks that hand on the dates of predecessors which they should have waited for.
    """

    order: tuple[str, ...]
    after: Mapping[str, tuple[Relationship, ...]]
    passing: frozenset[str]


def driving_logic(scenario: Scenario) -> Logic:
    """Return the relationships that still bind dates.

    Notes
    -----
    Spans drive nobody: a relationship from one tells the span where to end, not its successor where to begin. What has
    started waits for nobody unless logic is retained; what has finished waits for nobody, but under retained logic
    hands on what it should have waited for. Without a data date nobody says what is left of logic: what has started
    goes on where it is, whatever its predecessors do.
    """
    tasks = scenario.tasks
    after: dict[str, list[Relationship]] = {name: [] for name in tasks}
    for name, task in tasks.items():
        for link in task.after:
            before = tasks[link.task]
            if not before.is_span:
                if task.type != "summary":
                    after[name].append(link)
            elif not task.is_span and before.type != "summary":
                after[before.id].append(_reversed(link, task))
    order = canonical_order({name: tuple(links) for name, links in after.items()})
    retained = scenario.is_data_date and scenario.schedule.out_of_sequence == RETAINED
    passing: set[str] = set()
    kept: dict[str, tuple[Relationship, ...]] = {}
    for name in order:
        task = tasks[name]
        links = after[name]
        if task.is_finished:
            links = [link for link in links if retained and _is_open(tasks[link.task], link, passing)]
            if links:
                passing.add(name)
        elif task.is_started and not task.is_span and not scenario.is_data_date:
            links = []
        elif task.is_started and not task.is_span:
            links = [_left(link, tasks) for link in links if _binds_started(tasks[link.task], link, passing, retained)]
        kept[name] = tuple(links)
    return Logic(order, kept, frozenset(passing))


def _reversed(link: Relationship, successor: Task) -> Relationship:
    """Return what a relationship from a span into ``successor`` asks of the span."""
    lag = link.lag
    value = -lag.value if isinstance(lag, Constant) else 0.0
    backwards = Constant(value=value, unit=lag.unit)
    return Relationship(task=successor.id, type=REVERSED[link.type], lag=backwards)


def _left(link: Relationship, tasks: Mapping[str, Task]) -> Relationship:
    """Return a relationship into a started task: work that began without the lag of a finished one waits for none."""
    is_waived = link.type == "FS" and tasks[link.task].is_finished
    return Relationship(task=link.task, type=link.type) if is_waived else link


def lag_began(link: Relationship, before: Task) -> datetime | None:
    """Return when a relationship's lag began to run, or None where it has not."""
    return (before.actual_start or before.actual_finish) if link.type in FROM_START else before.actual_finish


def _is_open(before: Task, link: Relationship, passing: set[str]) -> bool:
    """Return whether the event that a relationship waits for has not happened."""
    if before.id in passing:
        return True
    return not (before.is_started if link.type in FROM_START else before.is_finished)


def _binds_started(before: Task, link: Relationship, passing: set[str], retained: bool) -> bool:
    """Return whether a relationship binds what is left of a task that has started."""
    if before.is_finished:
        return link.type != "FS" or before.id in passing
    return retained
