"""The network of a scenario as health looks at it: what is unfinished, and the relationships that count."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from riskengine.model import AnyEstimate, Relationship, Scenario, Task
from riskengine.model.unroll import unrolled


@dataclass(frozen=True, slots=True)
class LogicRelationship:
    """A relationship between two tasks that drive and are driven.

    Parameters
    ----------
    predecessor, successor, type : str
    lag : float [d]
        Plan value, in working days of its calendar.
    written : str
        The lag in its own unit, such as ``+4h``; empty where there is none.
    """

    predecessor: str
    successor: str
    type: str
    lag: float
    written: str

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor} {self.type}{self.written}"


@dataclass(frozen=True)
class Logic:
    """A scenario's tasks and relationships, looked at from both ends.

    Notes
    -----
    Levels of effort and summaries take no part: their dates follow others, and their relationships drive nobody.
    """

    scenario: Scenario

    @cached_property
    def work(self) -> dict[str, Task]:
        """Tasks that drive and are driven, by id."""
        return {name: task for name, task in self.scenario.tasks.items() if not task.is_span}

    @cached_property
    def computed(self) -> dict[str, Task]:
        """Tasks that have computed dates, by id: repeats among them, which take no part in anything else."""
        return unrolled(self.scenario).tasks

    @cached_property
    def unfinished(self) -> dict[str, Task]:
        """Tasks of `work` that are not done."""
        return {name: task for name, task in self.work.items() if not task.is_finished}

    @cached_property
    def relationships(self) -> tuple[LogicRelationship, ...]:
        """Relationships between tasks of `work`, in the order of their successors."""
        work, lag = self.work, self.lag_days
        return tuple(
            LogicRelationship(
                relationship.task, name, relationship.type, lag(relationship, task), written(relationship.lag)
            )
            for name, task in work.items()
            for relationship in task.after
            if relationship.task in work
        )

    @cached_property
    def live(self) -> tuple[LogicRelationship, ...]:
        """Relationships into unfinished tasks: those that can still set a date."""
        return tuple(relationship for relationship in self.relationships if relationship.successor in self.unfinished)

    @cached_property
    def into(self) -> dict[str, tuple[LogicRelationship, ...]]:
        """Relationships into each task of `work`."""
        by_task: dict[str, list[LogicRelationship]] = defaultdict(list)
        for relationship in self.relationships:
            by_task[relationship.successor].append(relationship)
        return {name: tuple(by_task.get(name, ())) for name in self.work}

    @cached_property
    def out_of(self) -> dict[str, tuple[LogicRelationship, ...]]:
        """Relationships out of each task of `work`."""
        by_task: dict[str, list[LogicRelationship]] = defaultdict(list)
        for relationship in self.relationships:
            by_task[relationship.predecessor].append(relationship)
        return {name: tuple(by_task.get(name, ())) for name in self.work}

    @cached_property
    def targets(self) -> frozenset[str]:
        """Tasks that a run reports the finish of: they may end a chain."""
        named = {gate.target for gate in self.scenario.gates.values()}
        return frozenset(named | set(self.scenario.targets)) - {"project"}

    def lag_days(self, relationship: Relationship, successor: Task) -> float:
        """Return the plan value of the lag of a relationship into a task, in working days of its calendar."""
        lag = relationship.lag
        value = lag.plan_value()
        if value == 0:
            return 0.0
        scenario = self.scenario
        calendar = scenario.calendar_named(scenario.calendar_of_lag(relationship, successor))
        return value * calendar.unit_days(lag.unit)


def written(lag: AnyEstimate) -> str:
    """Return the plan value of a lag with its sign and unit, or nothing for none."""
    value = lag.plan_value()
    return f"{value:+.6g}{lag.unit or 'd'}" if value else ""
