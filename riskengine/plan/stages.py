"""What compiling goes through, stage by stage: each stage reads the ones before it and is a value of its own.

A changed scenario is compiled from the first stage that the change concerns; what stands before it is used again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import Clocks, Draws, Variables
from riskengine.kernel.contract.backlogs import Backlogs
from riskengine.kernel.contract.lost_days import LostDays
from riskengine.model import Scenario
from riskengine.plan.correlation.compile import CorrelationPlan
from riskengine.plan.cost import CostPlan
from riskengine.plan.escalation import Escalation
from riskengine.plan.existence import ExistencePlan
from riskengine.plan.network.late import LateRelationships
from riskengine.plan.network.relationships import Relationships
from riskengine.plan.network.structure import Structure
from riskengine.plan.risk import RiskPlan
from riskengine.plan.time.calendar import CalendarTable
from riskengine.plan.variables.variable import VariableBook


@dataclass(frozen=True, eq=False)
class Content:
    """Every number that is estimated, as a variable, and what it acts on.

    Parameters
    ----------
    book : VariableBook
    draws : Draws
    duration : (task,) int32
        Variable of each task's duration.
    relationships : Relationships
    late_relationships : LateRelationships
    risks : RiskPlan
    costs : CostPlan
    escalation : Escalation or None
        None where no cost follows an index of prices.
    correlation : CorrelationPlan or None
        None where nothing is correlated.
    existence : ExistencePlan or None
        None where every task always exists.
    backlogs : Backlogs or None
        None where no task is a backlog.
    floor : (task,) int32
        Least duration [tick].
    """

    book: VariableBook
    draws: Draws
    duration: NDArray[np.int32]
    relationships: Relationships
    late_relationships: LateRelationships
    risks: RiskPlan
    costs: CostPlan
    escalation: Escalation | None
    correlation: CorrelationPlan | None
    existence: ExistencePlan | None
    backlogs: Backlogs | None
    floor: NDArray[np.int32]

    @property
    def least_lag(self) -> NDArray[np.int64]:
        """What each lag can be at the least, (relationship,): nothing where it may fall away."""
        least = self.relationships.least
        return least if self.existence is None else np.where(self.lag_may_go, np.minimum(least, 0), least)

    @property
    def most_lag(self) -> NDArray[np.int64]:
        """What each lag can be at the most, (relationship,): nothing where it may fall away."""
        most = self.relationships.most
        return most if self.existence is None else np.where(self.lag_may_go, np.maximum(most, 0), most)

    @property
    def lag_may_go(self) -> NDArray[np.bool_]:
        """Which relationships, (relationship,), have a lag that falls away where one of their tasks does not exist."""
        relationships = self.relationships
        if self.existence is None:
            return np.zeros(relationships.kind.size, bool)
        has_lag = (relationships.lag != 0) | (relationships.lag_row >= 0)
        return np.asarray(self.existence.beside(relationships) & has_lag)


@dataclass(frozen=True, eq=False)
class Course:
    """The calendars laid out for the longest course of the project.

    Parameters
    ----------
    is_shared : bool
        Whether all dates are counted in the working ticks of one calendar.
    days : int
        How long the tables last.
    tables : tuple of CalendarTable
    clocks : Clocks or None
        None with a shared calendar.
    lost : LostDays or None
        None where no calendar loses days by chance.
    """

    is_shared: bool
    days: int
    tables: tuple[CalendarTable, ...]
    clocks: Clocks | None
    lost: LostDays | None


@dataclass(frozen=True, eq=False)
class Stages:
    """The stages of a compiled plan, and what they were compiled from.

    Parameters
    ----------
    room : int [d]
        Days that the calendars last beyond the longest course.
    variables : Variables
        As the core takes them.
    table_errors : (variable,) float64
        How far each quantile table is from its distribution, as a probability.
    """

    room: int
    structure: Structure
    content: Content
    course: Course
    variables: Variables
    table_errors: NDArray[np.float64]

    @property
    def scenario(self) -> Scenario:
        """What was compiled, with nothing that happened after the data date."""
        return self.structure.scenario
