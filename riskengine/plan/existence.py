"""Existence as arrays: which conditions the tasks that need not exist stand under."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import NEVER
from riskengine.kernel.contract.existence import Existence, FinishConditions, OccurrenceConditions, group_count
from riskengine.model import Scenario
from riskengine.model.existence import (
    AnyCondition,
    Condition,
    FinishCondition,
    OccurrenceCondition,
    existence_conditions,
)
from riskengine.model.risk_condition import DateCondition, date_conditions
from riskengine.plan.network.relationships import Relationships
from riskengine.plan.variables.variable import VariableBook

FIRST, LAST = np.iinfo(np.int32).min, np.iinfo(np.int32).max
"""Ticks that no finish reaches."""


@dataclass(frozen=True, eq=False)
class ExistencePlan:
    """The conditions of a plan in which some task need not exist.

    Parameters
    ----------
    variable : (condition,) int32
        Whose word a condition looks at.
    conditions : tuple of Condition
        Those of the first group, of the second and so on.
    group : (condition,) int32
    task_group : (task,) int32
        The group of each task, or -1 where it always exists.
    finishes : tuple of (FinishCondition, row of the task, group)
        In the order of these tasks.
    occurrences : tuple of (OccurrenceCondition, row of the risk, group)
    of_risks : tuple of (DateCondition, row of the task, row of the risk)
        What has to be so for risks to occur.
    """

    variable: NDArray[np.int32]
    conditions: tuple[Condition, ...]
    group: NDArray[np.int32]
    task_group: NDArray[np.int32]
    finishes: tuple[tuple[FinishCondition, int, int], ...]
    occurrences: tuple[tuple[OccurrenceCondition, int, int], ...]
    of_risks: tuple[tuple[DateCondition, int, int], ...] = ()

    @property
    def may_be_absent(self) -> NDArray[np.bool_]:
        """Which tasks need not exist, (task,)."""
        return np.asarray(self.task_group >= 0)

    @property
    def asked_tasks(self) -> list[int]:
        """Rows of the tasks whose finish decides what exists, or which risk occurs, sorted."""
        return sorted({row for _, row, _ in (*self.finishes, *self.of_risks)})

    @property
    def has_asked_dates(self) -> bool:
        """Whether a date of the iteration decides anything."""
        return bool(self.finishes or self.of_risks)

    @property
    def asked_risks(self) -> frozenset[int]:
        """Rows of the risks whose occurrence decides what exists."""
        return frozenset(row for _, row, _ in self.occurrences)

    @property
    def conditional_risks(self) -> frozenset[int]:
        """Rows of the risks that may occur only where a task is late."""
        return frozenset(risk for _, _, risk in self.of_risks)

    @property
    def is_decided_late(self) -> NDArray[np.bool_]:
        """Which tasks exist by what happens in an iteration, and not by a draw of its own alone, (task,)."""
        groups = [group for _, _, group in (*self.finishes, *self.occurrences)]  # none of them is -1
        return np.asarray(np.isin(self.task_group, groups))

    def beside(self, relationships: Relationships) -> NDArray[np.bool_]:
        """Return which relationships lead into or out of a task that need not exist: their lags may fall away."""
        successor = np.repeat(np.arange(self.task_group.size), np.diff(relationships.offset))
        return np.asarray(self.may_be_absent[relationships.predecessor] | self.may_be_absent[successor])

    def arrays(
        self,
        bound: NDArray[np.int32],
        bound_instant: NDArray[np.int64],
        spent: NDArray[np.float64],
        member: NDArray[np.int32],
        lagged: NDArray[np.int32],
        latest: Callable[[datetime], int],
    ) -> Existence:
        """Return the arrays of the core.

        Parameters
        ----------
        bound, bound_instant, spent, member, lagged
            Its columns of the same names.
        latest : function of datetime to int [tick of the core]
            The latest finish that does not lie behind an instant.
        """
        occurs = np.array([condition.occurs for condition, _, _ in self.occurrences], np.uint8)
        return Existence(
            variable=self.variable,
            least=np.array([word_of(each.least) for each in self.conditions], np.uint64),
            most=np.array([word_of(each.most) for each in self.conditions], np.uint64),
            group=self.group,
            task_group=self.task_group,
            spent=spent,
            bound=bound,
            bound_instant=bound_instant.astype(np.int32),
            member=member,
            lagged=lagged,
            finishes=self._finish_conditions(latest),
            occurrences=OccurrenceConditions(
                risk=np.array([row for _, row, _ in self.occurrences], np.int32),
                if_occurs=occurs,
                if_not=1 - occurs,
                group=np.array([group for _, _, group in self.occurrences], np.int32),
            ),
        )

    def _finish_conditions(self, latest: Callable[[datetime], int]) -> FinishConditions:
        """Return the conditions on finishes, in the order of the tasks that are asked."""
        rows = []
        for condition, task, group in self.finishes:
            limit = latest(condition.date)
            above, most = (limit, LAST) if condition.is_later else (FIRST, limit)
            rows.append((task, above, most, group, -1))
        for each, task, risk in self.of_risks:
            rows.append((task, latest(each.date), LAST, -1, risk))
        columns = np.array(sorted(rows, key=lambda row: row[0]), np.int64).reshape(-1, 5)
        return FinishConditions(*(column.astype(np.int32) for column in columns.T))


@dataclass(frozen=True, eq=False)
class PlanExistence:
    """Which tasks of a plan need not exist, with the arrays of the core.

    Parameters
    ----------
    conditions : ExistencePlan
    arrays : Existence
    """

    conditions: ExistencePlan
    arrays: Existence

    @property
    def may_be_absent(self) -> NDArray[np.bool_]:
        """Which tasks need not exist, (task,)."""
        return self.conditions.may_be_absent

    def drawn(self, is_met: NDArray[np.bool_]) -> "PlanExistence":
        """Return the same with each condition on a draw met in every iteration, or in none, (condition,)."""
        most = np.where(is_met, np.uint64(NEVER), np.uint64(0))
        return replace(self, arrays=self.arrays._replace(least=np.zeros_like(most), most=most))

    @property
    def planned(self) -> "PlanExistence":
        """The same as it is in the deterministic plan, whose dates and risks decide as ever."""
        return self.drawn(np.array([each.is_planned for each in self.conditions.conditions], bool))

    def everywhere(self, exists: bool) -> "PlanExistence":
        """Return the same with every task existing in all iterations, or none of those that need not."""
        return self._decided(np.full(group_count(self.arrays), exists))

    def as_in(self, exists: NDArray[np.bool_]) -> "PlanExistence":
        """Return the same with every task existing in all iterations that exists in one, (task,), and no other."""
        task_group = self.arrays.task_group
        is_there = np.zeros(group_count(self.arrays), bool)
        is_there[task_group[(task_group >= 0) & exists]] = True
        return self._decided(is_there)

    def _decided(self, is_there: NDArray[np.bool_]) -> "PlanExistence":
        """Return the same with each group of tasks existing in every iteration, or in none, (group,)."""
        drawn = self.drawn(is_there[self.arrays.group])
        finishes, occurrences = self.arrays.finishes, self.arrays.occurrences
        # what may keep a risk from occurring never does here: whether it acts is for those who ask to say
        is_met = (finishes.group < 0) | np.append(is_there, False)[finishes.group]
        occurs = is_there[occurrences.group].astype(np.uint8)
        arrays = drawn.arrays._replace(
            finishes=finishes._replace(
                above=np.full_like(finishes.above, FIRST),
                most=np.where(is_met, LAST, FIRST).astype(np.int32),
            ),
            occurrences=occurrences._replace(if_occurs=occurs, if_not=occurs),
        )
        return replace(self, arrays=arrays)


def word_of(share: float) -> int:
    """Return the least 32-bit word whose uniform number is at or above a share."""
    return round(share * NEVER)


def compile_existence(scenario: Scenario, row: Mapping[str, int], book: VariableBook) -> ExistencePlan | None:
    """Lay out which tasks need not exist, and which risks wait for a date; None where there are neither.

    Parameters
    ----------
    row : mapping of task id to kernel row
    book : VariableBook
        Added to: an event for each stream.
    """
    conditions_of_tasks = existence_conditions(scenario)
    of_risks = _conditions_of_risks(scenario, row)
    if not conditions_of_tasks and not of_risks:
        return None
    variable_of_stream: dict[str, int] = {}
    number_of_group: dict[tuple[AnyCondition, ...], int] = {}
    task_group = np.full(len(row), -1, np.int32)
    for name, conditions in sorted(conditions_of_tasks.items()):
        for condition in conditions:
            if isinstance(condition, Condition) and condition.stream not in variable_of_stream:
                variable_of_stream[condition.stream] = book.add_event(condition.stream)
        task_group[row[name]] = number_of_group.setdefault(conditions, len(number_of_group))
    every = [(condition, number) for conditions, number in number_of_group.items() for condition in conditions]
    listed = [(condition, number) for condition, number in every if isinstance(condition, Condition)]
    return ExistencePlan(
        variable=np.array([variable_of_stream[condition.stream] for condition, _ in listed], np.int32),
        conditions=tuple(condition for condition, _ in listed),
        group=np.array([number for _, number in listed], np.int32),
        task_group=task_group,
        finishes=_finishes(every, row),
        occurrences=_occurrences(every, scenario),
        of_risks=of_risks,
    )


def _conditions_of_risks(scenario: Scenario, row: Mapping[str, int]) -> tuple[tuple[DateCondition, int, int], ...]:
    """Return what has to be so for risks to occur, with the rows of the tasks that are asked and of the risks."""
    number = {name: at for at, name in enumerate(scenario.risks)}
    return tuple(
        (condition, row[condition.task], number[name])
        for name, conditions in date_conditions(scenario).items()
        for condition in conditions
    )


def _finishes(
    every: Sequence[tuple[AnyCondition, int]], row: Mapping[str, int]
) -> tuple[tuple[FinishCondition, int, int], ...]:
    """Return the conditions on finishes with the rows of their tasks and their groups, in the order of the rows."""
    by_group = [(each, row[each.task], group) for each, group in every if isinstance(each, FinishCondition)]
    return tuple(sorted(by_group, key=lambda one: (one[1], one[2])))


def _occurrences(
    every: Sequence[tuple[AnyCondition, int]], scenario: Scenario
) -> tuple[tuple[OccurrenceCondition, int, int], ...]:
    """Return the conditions on risks with the rows of these and their groups."""
    rows = {name: at for at, name in enumerate(scenario.risks)}
    return tuple((each, rows[each.risk], group) for each, group in every if isinstance(each, OccurrenceCondition))
