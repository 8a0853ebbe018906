"""Which logic still binds: what progress has settled, and what spans follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from riskengine.model import Constant, Relationship, Scenario, Task
from riskengine.model.task import RelationshipType
from riskengine.plan.network import canonical_order

RETAINED = "retained logic"
NO_LAG = Constant(value=0.0, unit="d")
FROM_START = frozenset({"SS", "SF"})
REVERSED: Mapping[RelationshipType, RelationshipType] = MappingProxyType(
    {"FS": "SF", "SS": "SS", "FF": "FF", "SF": "FS"}
)
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
        Finished tasks that hand on the dates of their predecessors.
    """

    order: tuple[str, ...]
    after: Mapping[str, tuple[Relationship, ...]]
    passing: frozenset[str]


def driving_logic(scenario: Scenario) -> Logic:
    """Return the relationships that still bind dates.

    Notes
    -----
    Spans drive nobody: a relationship from one tells the span where to end, not its successor where to begin. What has
    started waits for unfinished predecessors if logic is retained; what has finished takes no time, but hands on what
    it should have waited for. Without a data date nobody says what is left of logic: what has started goes on where it
    is, whatever its predecessors do.
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
    kept: dict[str, tuple[Relationship, ...]] = {}
    for name in order:
        task = tasks[name]
        links: list[Relationship] = after[name]
        if task.is_started and not task.is_span:
            links = _left(task, links, scenario) if scenario.is_data_date else []
        kept[name] = tuple(links)
    passing = frozenset(name for name, links in kept.items() if links and tasks[name].is_finished)
    return Logic(order, kept, passing)


def _left(task: Task, links: Sequence[Relationship], scenario: Scenario) -> list[Relationship]:
    """Return what is left of the logic into a task that has started: a lag that was not waited for is waived."""
    retained = scenario.schedule.out_of_sequence == RETAINED
    found = []
    for link in links:
        before = scenario.tasks[link.task]
        if not retained and not before.is_finished:
            continue
        has_happened = before.is_started if link.type in FROM_START else before.is_finished
        if task.is_finished:
            waived = has_happened
            kind: RelationshipType = "SS" if link.type in FROM_START else "FS"
        else:
            waived = has_happened and link.type == "FS"
            kind = link.type
        lag = NO_LAG if waived else link.lag
        found.append(Relationship.model_construct(task=link.task, type=kind, lag=lag))
    return found


def _reversed(link: Relationship, successor: Task) -> Relationship:
    """Return what a relationship from a span into ``successor`` asks of the span."""
    lag = link.lag
    value = -lag.value if isinstance(lag, Constant) else 0.0
    backwards = Constant(value=value, unit=lag.unit)
    return Relationship.model_construct(task=successor.id, type=REVERSED[link.type], lag=backwards)


def lag_began(link: Relationship, before: Task) -> datetime | None:
    """Return when a relationship's lag began to run, or None where it has not."""
    return (before.actual_start or before.actual_finish) if link.type in FROM_START else before.actual_finish
