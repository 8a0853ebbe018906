"""The plan: a scenario as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import OCCURS, Clocks, Costs, Draws, Network, Risks, Variables
from riskengine.kernel.contract.backlogs import Backlogs
from riskengine.kernel.contract.existence import Existence
from riskengine.kernel.contract.layout import KernelPlan, kernel_plan_of
from riskengine.kernel.contract.lost_days import LostDays
from riskengine.kernel.contract.resources import Holdings
from riskengine.plan.correlation.compile import CorrelationPlan
from riskengine.plan.date_clauses import ClauseRow
from riskengine.plan.escalation import Escalation
from riskengine.plan.existence import PlanExistence
from riskengine.plan.network.late import Late
from riskengine.plan.resources.levelled_resource import LevelledResource
from riskengine.plan.stages import Stages
from riskengine.plan.time.calendar import CalendarTable


@dataclass(frozen=True)
class GateRow:
    """A gate: target 0 is the project, ``k`` the named target ``k - 1``."""

    id: str
    name: str
    target: int
    finish: np.datetime64 | None
    cost: float | None
    confidence: float


@dataclass(frozen=True, eq=False)
class PlanLabels:
    """What things are called; no number depends on it.

    Parameters
    ----------
    name, project, currency : str
    task_name, task_team, task_wbs, task_wbs_name : tuple of str
        In kernel order.
    task_element : tuple of str
        The WBS element of each task at the highest level at which the tasks part.
    risk_name, risk_kind : tuple of str
    """

    name: str
    project: str
    currency: str
    task_name: tuple[str, ...]
    task_team: tuple[str, ...]
    task_wbs: tuple[str, ...]
    task_wbs_name: tuple[str, ...]
    task_element: tuple[str, ...]
    risk_name: tuple[str, ...]
    risk_kind: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class PlanTime:
    """How time is counted.

    Parameters
    ----------
    tick : int [s]
        Length of a tick: a second, or a minute where seconds do not fit 32 bits.
    start : int [tick on the clock]
        The scenario's start, after midnight of its date.
    calendars : tuple of CalendarTable
    project_calendar : int
    task_calendar : (task,) int32
        Rows of ``calendars``.
    lag_calendar : (relationship,) int32
    losing : tuple of id, name and row of ``calendars``
        The calendars of the scenario in use that lose days by chance.
    """

    tick: int
    start: int
    calendars: tuple[CalendarTable, ...]
    project_calendar: int
    task_calendar: NDArray[np.int32]
    lag_calendar: NDArray[np.int32]
    losing: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, eq=False)
class PlanProgress:
    """What kind of thing each task is, and what has happened.

    Parameters
    ----------
    is_milestone : (task,) bool
    actual_start, actual_finish : (task,) datetime64[us]
        Not a time where it has not come yet.
    actual_finish_days : (task,) float64 [working days of the project's calendar after the start or data date]
        The actual finish, mostly negative; NaN where it has not come yet.
    is_finished : bool
        Whether all work is: everything but what spans others.
    member : mapping of a summary's row to the rows of the tasks below it
    """

    is_milestone: NDArray[np.bool_]
    actual_start: NDArray[np.datetime64]
    actual_finish: NDArray[np.datetime64]
    actual_finish_days: NDArray[np.float64]
    is_finished: bool
    member: Mapping[int, NDArray[np.intp]]


@dataclass(frozen=True, eq=False)
class PlanEstimates:
    """What is known of the random variables besides what the core reads.

    Parameters
    ----------
    stream, label : (variable,) tuple of str
        Names of the streams, and the variables' own names: variables of several tables may share a stream.
    is_whole : (variable,) bool
        Whether a variable is in ticks.
    plan_value : (variable,) float64
        What the deterministic plan takes.
    least, most : (variable,) float64
        What no draw is below or above; 0 and 1 for events.
    duration : (task,) int32
        Variable of each task's base duration.
    duration_sd : (task,) float64 [tick]
        Of the base duration.
    lag : (relationship,) int64 [working tick of the lag's calendar]
        In the deterministic plan.
    table_error : float
        The largest distance of F(value drawn at u) from u, over all u and all quantile tables.
    """

    stream: tuple[str, ...]
    label: tuple[str, ...]
    is_whole: NDArray[np.bool_]
    plan_value: NDArray[np.float64]
    least: NDArray[np.float64]
    most: NDArray[np.float64]
    duration: NDArray[np.int32]
    duration_sd: NDArray[np.float64]
    lag: NDArray[np.int64]
    table_error: float


@dataclass(frozen=True, eq=False)
class PlanLevelling:
    """How a scenario is levelled.

    Parameters
    ----------
    resources : tuple of LevelledResource
        By id.
    rule : str
        Who is served first.
    unlevelled : Plan
        The same scenario without levelling.
    """

    resources: tuple[LevelledResource, ...]
    rule: str
    unlevelled: "Plan"


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that a run needs, independent of seed, method and iterations.

    Parameters
    ----------
    task : tuple of str
        Ids in kernel order.
    target : tuple of str
        Ids of the named targets, sorted; their kernel rows are ``network.target``.
    risk : tuple of str
    probability : (risk,) float64
        Zero for a risk that is switched off.
    gates : tuple of GateRow
    clauses : tuple of ClauseRow
        Damages and bonuses.
    labels : PlanLabels
    time : PlanTime
    progress : PlanProgress
    estimates : PlanEstimates
    variables : Variables
    draws : Draws
    network : Network
    clocks : Clocks or None
        None where all tasks and lags share one calendar; dates are then working ticks after the start.
    lost : LostDays or None
    risks : Risks
    costs : Costs
    escalation : Escalation or None
        None where no cost follows an index of prices.
    correlation : CorrelationPlan or None
        None where nothing is correlated.
    existence : PlanExistence or None
        None where every task always exists.
    backlogs : Backlogs or None
    late : Late
    holdings : Holdings or None
        None where nobody ever waits for a resource.
    stages : Stages
    levelling : PlanLevelling or None
    """

    task: tuple[str, ...]
    target: tuple[str, ...]
    risk: tuple[str, ...]
    probability: NDArray[np.float64]
    gates: tuple[GateRow, ...]
    clauses: tuple[ClauseRow, ...]
    labels: PlanLabels
    time: PlanTime
    progress: PlanProgress
    estimates: PlanEstimates
    variables: Variables
    draws: Draws
    network: Network
    clocks: Clocks | None
    lost: LostDays | None
    risks: Risks
    costs: Costs
    escalation: Escalation | None
    correlation: CorrelationPlan | None
    existence: PlanExistence | None
    backlogs: Backlogs | None
    late: Late
    holdings: Holdings | None
    stages: Stages
    levelling: PlanLevelling | None = None

    @property
    def open_risks(self) -> list[int]:
        """The rows of the risks that have not occurred: what has is part of the deterministic plan."""
        risks = self.stages.scenario.risks
        return [row for row, name in enumerate(self.risk) if risks[name].status != "occurred"]

    @property
    def unlevelled(self) -> "Plan | None":
        """The same scenario without levelling, where it has any."""
        return None if self.levelling is None else self.levelling.unlevelled

    @cached_property
    def rows_by_id(self) -> NDArray[np.intp]:
        """Rows of the tasks, sorted by id."""
        return np.array(sorted(range(len(self.task)), key=self.task.__getitem__), np.intp)

    @cached_property
    def kernel_plan(self) -> KernelPlan:
        """The arrays as the core takes them."""
        return kernel_plan_of(
            self.variables,
            self.draws,
            self.network,
            self.clocks,
            risks=self.risks,
            costs=self.costs,
            correlation=None if self.correlation is None else self.correlation.arrays,
            lost=self.lost,
            existence=self.existence_arrays,
            backlogs=self.backlogs,
        )

    @property
    def existence_arrays(self) -> Existence | None:
        """Which tasks need not exist, as arrays; None where all always do."""
        return None if self.existence is None else self.existence.arrays

    def with_variables(self, variables: Variables) -> "Plan":
        """Return the plan with other values of its variables, each of them for what it was."""
        other = replace(self, variables=variables)
        vars(other)["kernel_plan"] = self.kernel_plan.with_variables(variables)
        return other

    @property
    def without_lost_days(self) -> "Plan":
        """The same plan with no day lost."""
        return self if self.lost is None else replace(self, lost=None)

    @property
    def at_base_prices(self) -> "Plan":
        """The same plan with every cost in the prices in which it is written."""
        return self if self.escalation is None else replace(self, escalation=None)

    @property
    def uncorrelated(self) -> "Plan":
        """The same plan with every variable drawn as if nothing were correlated."""
        return self if self.correlation is None else replace(self, correlation=self.correlation.idle)

    @property
    def planned(self) -> "Plan":
        """The same plan with those tasks in every iteration that exist in the deterministic plan."""
        return self if self.existence is None else replace(self, existence=self.existence.planned)

    def where_all_exist(self, exists: bool = True) -> "Plan":
        """Return the same plan with all tasks in every iteration, or without those that need not exist in any."""
        return self if self.existence is None else replace(self, existence=self.existence.everywhere(exists))

    @cached_property
    def correlated_risks(self) -> frozenset[int]:
        """Rows of the risks whose occurrence goes with something else."""
        if self.correlation is None:
            return frozenset()
        is_event = self.draws.role == OCCURS
        row_of = dict(zip(self.draws.variable[is_event].tolist(), self.draws.operand[is_event].tolist(), strict=True))
        return frozenset(row_of[variable] for variable in self.correlation.variables if variable in row_of)

    def clock(self, date: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return dates of the core as ticks on the clock after midnight of the start's date.

        Notes
        -----
        A finish stays at the shift's end, but nothing is finished before the first working instant of the project.
        """
        if self.clocks is not None:
            return date.astype(np.int64)
        shared = self.time.calendars[int(self.time.task_calendar[0])]
        work = date.astype(np.int64) + shared.working(self.time.start)
        clock = shared.finish_instant(work)
        at_start = date == 0
        clock[at_start] = shared.start_instant(work[at_start])
        return clock

    def clock_start(self, date: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return start dates of the core as ticks on the clock: the next working instant."""
        if self.clocks is not None:
            return date.astype(np.int64)
        shared = self.time.calendars[int(self.time.task_calendar[0])]
        return shared.start_instant(date.astype(np.int64) + shared.working(self.time.start))

    def instants(self, clock: NDArray[np.int64]) -> NDArray[np.datetime64]:
        """Return ticks on the clock as datetime64[us], local wall-clock time of the project."""
        midnight = np.datetime64(self.time.calendars[0].origin, "us")
        return np.asarray(midnight + clock.astype("timedelta64[us]") * (self.time.tick * 1_000_000))

    def project_days(self, clock: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return working days of the project's calendar between start and ticks on the clock."""
        table = self.time.calendars[self.time.project_calendar]
        return np.asarray((table.working(clock) - table.working(self.time.start)) / table.day_ticks)

    def finishes(self, date: NDArray[np.int32]) -> tuple[NDArray[np.datetime64], NDArray[np.float64]]:
        """Return the finishes of the project and its targets, as instants and in working days of its calendar.

        Parameters
        ----------
        date : (target, iteration) int32
            Dates of the core, the project's first; it may end before the last target.

        Notes
        -----
        In the core, time begins at the data date, and what is over stands there. Its finish is its actual one, and that
        of a project that is over the last of its tasks'.
        """
        clock = self.clock(date)
        days = self.project_days(clock)
        for row, task in self.past_finishes.items():
            if row < len(date):
                days[row] = self.progress.actual_finish_days[task]
        return self.finish_instants(clock), days

    def finish_instants(self, clock: NDArray[np.int64]) -> NDArray[np.datetime64]:
        """Return finishes on the clock, (target, iteration) int64, as instants, what is over at its actual finish."""
        instants = self.instants(clock)
        for row, task in self.past_finishes.items():
            if row < len(clock):
                instants[row] = self.progress.actual_finish[task]
        return instants

    @cached_property
    def past_finishes(self) -> dict[int, int]:
        """The task whose actual finish is that of a target, by the rows of both."""
        actual = self.progress.actual_finish
        past = {row: int(task) for row, task in enumerate(self.network.target, 1) if not np.isnat(actual[task])}
        if self.progress.is_finished and not np.isnat(actual).all():
            past[0] = int(np.nanargmax(self.progress.actual_finish_days))
        return past

    def clause_costs(self, date: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return what damages and bonuses cost, (clause, iteration) [currency]; a bonus costs less than nothing.

        Parameters
        ----------
        date : (target, iteration) int32
            Finishes of the core, the project's first.
        """
        finish = self.finish_instants(self.clock(date))
        costs = [each.cost(finish) for each in self.clauses]
        return np.array(costs, np.float64).reshape(len(costs), date.shape[1])

    def task_days(self, duration: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return durations (task, iteration) [tick] in working days of each task's calendar."""
        day = np.array([self.time.calendars[number].day_ticks for number in self.time.task_calendar])
        return np.asarray(duration / day[:, None])
