"""Which logic still binds: what progress has settled, and what spans follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from riskengine.model import Constant, Relationship, Scenario, Task
from riskengine.model.relationship import RelationshipType
from riskengine.model.selector import wbs_levels
from riskengine.plan.network.order import canonical_order

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
    after : mapping of task to relationships
        What early dates wait for.
    before : mapping of task to pairs of a relationship and a position in ``after``
        What late dates of predecessors must leave room for; the position is -1 where early dates know of no such lag.
    settled : mapping of task to relationships
        Those whose lag counts from the actual start of their predecessor, so that they ask for a known date.
    passing : frozenset of str
        Finished tasks that hand on the dates of their predecessors.
    member : mapping of summary to the tasks at or below its code
    """

    order: tuple[str, ...]
    after: Mapping[str, tuple[Relationship, ...]]
    before: Mapping[str, tuple[tuple[Relationship, int], ...]]
    settled: Mapping[str, tuple[Relationship, ...]]
    passing: frozenset[str]
    member: Mapping[str, list[str]]


def until_data_date(scenario: Scenario) -> Scenario:
    """Return a scenario in which nothing has happened after the data date: such an actual date counts as that date."""
    if not scenario.is_data_date:
        return scenario
    last = scenario.start
    changed = {}
    for name, task in scenario.tasks.items():
        dates = {"actual_start": task.actual_start, "actual_finish": task.actual_finish}
        late = {key: last for key, moment in dates.items() if moment is not None and moment > last}
        if late:
            changed[name] = task.model_copy(update=late)
    return scenario.model_copy(update={"tasks": scenario.tasks | changed}) if changed else scenario


def driving_logic(scenario: Scenario) -> Logic:
    """Return the relationships that still bind dates.

    Notes
    -----
    Spans drive nobody: a relationship from one tells the span where to end, not its successor where to begin. A summary
    that costs by time follows the tasks below it. What has started waits for unfinished predecessors if logic is
    retained; what has finished takes no time, but hands on what it should have waited for. Without a data date nobody
    says what is left of logic: what has started goes on where it is, whatever its predecessors do.
    """
    tasks = scenario.tasks
    member = members(tasks)
    drivers = _drivers(tasks, member)
    order = canonical_order(drivers)
    retained = scenario.schedule.out_of_sequence == RETAINED
    from_actual = scenario.schedule.start_lag == "actual start"
    settled: dict[str, list[Relationship]] = {}
    after: dict[str, tuple[Relationship, ...]] = {}
    late: dict[str, tuple[tuple[Relationship, int], ...]] = {}
    for name in order:
        task = tasks[name]
        if not scenario.is_data_date:
            after[name], late[name] = _without_data_date(drivers[name], task)
            continue
        early: list[Relationship] = []
        room: list[tuple[Relationship, int]] = []
        for relationship in drivers[name]:
            before = tasks[relationship.task]
            if task.is_started and not task.is_span and not retained and not before.is_finished:
                continue
            is_settled = from_actual and _runs_from_actual_start(relationship, before, task)
            (settled.setdefault(name, []) if is_settled else early).append(_waited_for(relationship, before, task))
            if not task.is_span:
                room.append((_left_room_for(relationship, before, task), -1 if is_settled else len(early) - 1))
        after[name], late[name] = tuple(early), tuple(room)
    passing = frozenset(name for name, relationships in after.items() if relationships and tasks[name].is_finished)
    return Logic(
        order=order,
        after=after,
        before=late,
        settled={name: tuple(relationships) for name, relationships in settled.items()},
        passing=passing,
        member=member,
    )


def _drivers(tasks: Mapping[str, Task], member: Mapping[str, list[str]]) -> Mapping[str, tuple[Relationship, ...]]:
    """Return the relationships that drive each task, whatever has happened: its own, but for those of spans."""
    if not any(task.is_span for task in tasks.values()):
        return {name: task.after for name, task in tasks.items()}
    drivers: dict[str, list[Relationship]] = {name: [] for name in tasks}
    for name, below in member.items():
        if tasks[name].cost.rate is not None or tasks[name].resources:
            drivers[name] = [Relationship(task=one, type=kind) for one in below for kind in ("SS", "FF")]
    for name, task in tasks.items():
        for relationship in task.after:
            before = tasks[relationship.task]
            if not before.is_span:
                if task.type != "summary":
                    drivers[name].append(relationship)
            elif not task.is_span and before.type != "summary":
                drivers[before.id].append(_reversed(relationship, task))
    return {name: tuple(relationships) for name, relationships in drivers.items()}


def _without_data_date(
    drivers: tuple[Relationship, ...], task: Task
) -> tuple[tuple[Relationship, ...], tuple[tuple[Relationship, int], ...]]:
    """Return what ``Logic`` has as ``after`` and ``before`` of a task in a plan without a data date."""
    waits = not task.is_started or task.is_span
    if task.is_finished or task.is_span:
        return drivers if waits else (), ()
    places = range(len(drivers)) if waits else [-1] * len(drivers)
    return drivers if waits else (), tuple(zip(drivers, places, strict=True))


def _runs_from_actual_start(relationship: Relationship, before: Task, task: Task) -> bool:
    """Return whether an actual start says all that a relationship asks, where its lag counts from there."""
    is_under_way = before.is_started and not before.is_finished
    return relationship.type in FROM_START and is_under_way and not task.is_finished and not task.is_span


def members(tasks: Mapping[str, Task]) -> dict[str, list[str]]:
    """Return the tasks at or below the code of each summary; other spans do not count."""
    tasks_of_summary: dict[str, list[str]] = {name: [] for name, task in tasks.items() if task.type == "summary"}
    if not tasks_of_summary:
        return tasks_of_summary
    below: dict[str, list[str]] = {}
    for name, task in tasks.items():
        if not task.is_span:
            for code in wbs_levels(task.wbs):
                below.setdefault(code, []).append(name)
    return {name: below.get(tasks[name].wbs, []) for name in tasks_of_summary}


def _waited_for(relationship: Relationship, before: Task, task: Task) -> Relationship:
    """Return what early dates ask of a relationship: work that began without its lag waits for none."""
    if not task.is_started or task.is_span:
        return relationship
    happened = before.is_started if relationship.type in FROM_START else before.is_finished
    if task.is_finished:
        kind: RelationshipType = "SS" if relationship.type in FROM_START else "FS"
        return _made(relationship, kind, has_lag=not happened)
    return _made(relationship, relationship.type, has_lag=not (happened and relationship.type == "FS"))


def _left_room_for(relationship: Relationship, before: Task, task: Task) -> Relationship:
    """Return what late dates of the predecessor ask of a relationship, as Primavera P6 has it."""
    has_lag = True
    if task.is_finished and not before.is_finished:
        has_lag = relationship.type == "FF" or (relationship.type in FROM_START and not before.is_started)
    elif before.is_started and not before.is_finished and task.is_started and relationship.type == "FS":
        has_lag = not (isinstance(relationship.lag, Constant) and relationship.lag.value < 0)
    return _made(relationship, relationship.type, has_lag)


def _made(relationship: Relationship, kind: RelationshipType, has_lag: bool) -> Relationship:
    """Return a relationship of another type, or without its lag."""
    return Relationship.model_construct(task=relationship.task, type=kind, lag=relationship.lag if has_lag else NO_LAG)


def _reversed(relationship: Relationship, successor: Task) -> Relationship:
    """Return what a relationship from a span into ``successor`` asks of the span."""
    lag = relationship.lag
    value = -lag.value if isinstance(lag, Constant) else 0.0
    backwards = Constant(value=value, unit=lag.unit)
    return Relationship.model_construct(task=successor.id, type=REVERSED[relationship.type], lag=backwards)


def lag_began(relationship: Relationship, before: Task) -> datetime | None:
    """Return when a relationship's lag began to run, or None where it has not."""
    return (before.actual_start or before.actual_finish) if relationship.type in FROM_START else before.actual_finish
