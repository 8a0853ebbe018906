"""Existence as arrays: which conditions the tasks that need not exist stand under."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import NEVER
from riskengine.kernel.contract.existence import Existence
from riskengine.model import Scenario
from riskengine.model.existence import Condition, existence_conditions
from riskengine.plan.network.relationships import Relationships
from riskengine.plan.variables.variable import VariableBook


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
    """

    variable: NDArray[np.int32]
    conditions: tuple[Condition, ...]
    group: NDArray[np.int32]
    task_group: NDArray[np.int32]

    @property
    def may_be_absent(self) -> NDArray[np.bool_]:
        """Which tasks need not exist, (task,)."""
        return np.asarray(self.task_group >= 0)

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
    ) -> Existence:
        """Return the arrays of the core; the parameters are its columns of the same names."""
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
        )


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

    def decided(self, is_met: NDArray[np.bool_]) -> "PlanExistence":
        """Return the same with each condition met in every iteration, or in none, (condition,)."""
        most = np.where(is_met, np.uint64(NEVER), np.uint64(0))
        return replace(self, arrays=self.arrays._replace(least=np.zeros_like(most), most=most))

    @property
    def planned(self) -> "PlanExistence":
        """The same as it is in the deterministic plan."""
        return self.decided(np.array([each.is_planned for each in self.conditions.conditions], bool))

    def everywhere(self, exists: bool) -> "PlanExistence":
        """Return the same with every task existing in all iterations, or none of those that need not."""
        return self.decided(np.full(len(self.conditions.conditions), exists))


def word_of(share: float) -> int:
    """Return the least 32-bit word whose uniform number is at or above a share."""
    return round(share * NEVER)


def compile_existence(scenario: Scenario, row: Mapping[str, int], book: VariableBook) -> ExistencePlan | None:
    """Lay out which tasks need not exist; None where all always do.

    Parameters
    ----------
    row : mapping of task id to kernel row
    book : VariableBook
        Added to: an event for each stream.
    """
    conditions_of_tasks = existence_conditions(scenario)
    if not conditions_of_tasks:
        return None
    variable_of_stream: dict[str, int] = {}
    number_of_group: dict[tuple[Condition, ...], int] = {}
    task_group = np.full(len(row), -1, np.int32)
    for name, conditions in sorted(conditions_of_tasks.items()):
        for condition in conditions:
            if condition.stream not in variable_of_stream:
                variable_of_stream[condition.stream] = book.add_event(condition.stream)
        task_group[row[name]] = number_of_group.setdefault(conditions, len(number_of_group))
    listed = [(condition, number) for conditions, number in number_of_group.items() for condition in conditions]
    return ExistencePlan(
        variable=np.array([variable_of_stream[condition.stream] for condition, _ in listed], np.int32),
        conditions=tuple(condition for condition, _ in listed),
        group=np.array([number for _, number in listed], np.int32),
        task_group=task_group,
    )
