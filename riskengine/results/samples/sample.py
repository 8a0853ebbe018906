"""What a run measured, as arrays: the hand-over from the engine to the analysis."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.results.samples.clause_sample import ClauseSample
from riskengine.results.samples.correlation_sample import CorrelationSample
from riskengine.results.samples.discrete_sample import DiscreteSample
from riskengine.results.samples.existence_sample import ExistenceSample
from riskengine.results.samples.limits import Limits
from riskengine.results.samples.lost_day_sample import LostDaySample
from riskengine.results.samples.margin_sample import MarginSample
from riskengine.results.samples.task_changes import TaskChanges

Days = NDArray[np.float64]
Money = NDArray[np.float64]
Instants = NDArray[np.datetime64]
Inputs = Mapping[str, Callable[[], Mapping[str, Sequence[Any]]]]


@dataclass(frozen=True)
class GateQuestion:
    """A gate as the analysis needs it: thresholds on finish and cost of one target, and the confidence asked for."""

    id: str
    name: str
    target: int
    """Row of ``Sample.target``."""
    finish: np.datetime64 | None
    """Last acceptable instant, datetime64[us]."""
    cost: float | None
    confidence: float


@dataclass(frozen=True)
class TaskSample:
    """What was kept of the tasks; ``kept`` iterations are the first ones of the run.

    Parameters
    ----------
    id, name, team, wbs, wbs_name : tuples of str, one per task, sorted by id
    is_milestone : (task,) bool
    criticality_count : (target, task) int64
        Iterations in which the task was on a longest path to the target.
    criticality_square : (target, task) int64
        Sum over the full blocks of 256 of the squared count in the block.
    criticality_full : (target, task) int64
        The count over full blocks only.
    deterministic_start, deterministic_finish : (task,) datetime64[us]
    deterministic_duration : (task,) float64 [working days of the task's calendar]
    start, finish : (task, kept) datetime64[us]
    duration : (task, kept) float64 [working days of the task's calendar]
    cost : (task, kept) float64 [currency]
    deterministic_float : (task,) float64 [working days of the task's calendar]
        Total float in the deterministic plan; not a number where a task has none.
    total_float : (task, floated) float64 [working days of the task's calendar]
        Total float in the first of the kept iterations.
    existence : ExistenceSample or None
        None where every task always exists.
    margins : MarginSample or None
        None where the plan sets no time aside.
    """

    id: tuple[str, ...]
    name: tuple[str, ...]
    team: tuple[str, ...]
    wbs: tuple[str, ...]
    wbs_name: tuple[str, ...]
    is_milestone: NDArray[np.bool_]
    criticality_count: NDArray[np.int64]
    criticality_square: NDArray[np.int64]
    criticality_full: NDArray[np.int64]
    deterministic_start: Instants
    deterministic_finish: Instants
    deterministic_duration: Days
    start: Instants
    finish: Instants
    duration: Days
    cost: Money
    deterministic_float: Days
    total_float: Days
    existence: ExistenceSample | None = None
    margins: MarginSample | None = None


@dataclass(frozen=True)
class RareValueSample:
    """Values of discrete estimates that are too rare for a run to show their spread, as if they were risks.

    Parameters
    ----------
    label : tuple of str
        Of the estimate, and the value.
    probability, occurs, forced, forced_finish_days, forced_cost, forced_clauses, forced_tasks, task_hits, correlated
        As in ``RiskSample``: such a chance occurs where the estimate is drawn, and has that value.
    """

    label: tuple[str, ...]
    probability: NDArray[np.float64]
    occurs: NDArray[np.bool_]
    forced: tuple[int, ...]
    forced_finish_days: Days
    forced_cost: Money
    forced_clauses: Money
    forced_tasks: TaskChanges | None
    task_hits: NDArray[np.int64]
    correlated: frozenset[int] = frozenset()


@dataclass(frozen=True)
class RiskSample:
    """What was measured of the risks.

    Parameters
    ----------
    id, name, kind : tuples of str, one per risk, sorted by id
    probability : (risk,) float64
    occurs : (risk, iteration) bool
        Whether the risk occurred, for the first ``paired`` iterations of the run.
    paired : tuple of int
        Rows of the risks that were also run without (remove-one on the same draws), in any order.
    finish_days_without : (len(paired), m) float64 [working days of the project calendar]
    cost_without : (len(paired), m) float64 [currency]
        Finish of the project and cost in the first m iterations with that risk masked.
    forced : tuple of int
        Rows of the risks that occurred less than twice, and were also run so that they occur in every iteration; and of
        those that did not occur less than twice, and were also run so that they never do.
    forced_finish_days : (len(forced), target, m) float64 [working days of the project calendar]
    forced_cost : (len(forced), m) float64 [currency]
        Finish of every target and cost in the first m iterations of that run.
    forced_clauses : (len(forced), clause, m) float64 [currency]
        What damages and bonuses come to in them.
    forced_tasks : TaskChanges or None
        What tasks change by in that run; None where nobody looked.
    task_hits : (2, hit) int64
        Rows of a risk and of a task whose duration or cost it acts on, or whose dates span others.
    finish_change : (2, risk) float64 or None
        What an occurrence can change of the project's finish, in any iteration: minus infinity and plus infinity where
        it can make it earlier and later, 0 where it cannot. None where nobody worked it out; the engine always does.
    cost_change : (2, risk) float64 or None
        The same of the cost.
    correlated : frozenset of int
        Rows of those that go with something else, which no block is sure to have as often as another.
    has_contributions : bool
        Whether contributions were asked for.
    """

    id: tuple[str, ...]
    name: tuple[str, ...]
    kind: tuple[str, ...]
    probability: NDArray[np.float64]
    occurs: NDArray[np.bool_]
    paired: tuple[int, ...]
    finish_days_without: Days
    cost_without: Money
    forced: tuple[int, ...] = ()
    forced_finish_days: Days = field(default_factory=lambda: np.zeros((0, 1, 0)))
    forced_cost: Money = field(default_factory=lambda: np.zeros((0, 0)))
    forced_clauses: Money = field(default_factory=lambda: np.zeros((0, 1, 0)))
    forced_tasks: TaskChanges | None = None
    task_hits: NDArray[np.int64] = field(default_factory=lambda: np.zeros((2, 0), np.int64))
    finish_change: Days | None = None
    cost_change: Money | None = None
    correlated: frozenset[int] = frozenset()
    has_contributions: bool = True


@dataclass(frozen=True)
class ResourceSample:
    """How far the resources with a capacity were used, in the first ``kept`` iterations.

    Parameters
    ----------
    id, name : tuples of str, one per resource that a task needs, sorted by id
    capacity : (resource,) float64 [units]
    demand : (resource,) float64 [units]
        The most that tasks need at once in the deterministic plan without levelling.
    use : (resource, kept) float64
        Share of the units that was held, over the time of the project.
    full : (resource, kept) float64
        Share of that time in which no unit was free.
    """

    id: tuple[str, ...]
    name: tuple[str, ...]
    capacity: NDArray[np.float64]
    demand: NDArray[np.float64]
    use: NDArray[np.float64]
    full: NDArray[np.float64]


@dataclass(frozen=True)
class LevellingSample:
    """The same iterations and the same deterministic plan without levelling.

    Parameters
    ----------
    rule : str
        The priority rule.
    finish, finish_days, cost, deterministic_finish, deterministic_finish_days, deterministic_cost
        As in ``Sample``.
    resources : ResourceSample
        With levelling.
    finish_change, cost_change : (2,) float64
        What levelling can change in any iteration, downwards and upwards: infinite, or 0 where nothing can that way.
    """

    rule: str
    finish: Instants
    finish_days: Days
    cost: Money
    deterministic_finish: Instants
    deterministic_finish_days: Days
    deterministic_cost: float
    resources: ResourceSample
    finish_change: Days = field(default_factory=lambda: np.array([0.0, np.inf]))
    cost_change: Money = field(default_factory=lambda: np.array([-np.inf, np.inf]))


@dataclass(frozen=True)
class CostPeriodSample:
    """What is spent in each calendar month, in the first ``n`` iterations, by those whom it belongs to.

    Parameters
    ----------
    scope : tuple of str, one per row
        ``project``, ``team``, ``other teams``, ``wbs`` or ``other elements``.
    key, name : tuples of str, one per row
        The team, or the code of the WBS element, and what it is called; empty where the money belongs to nobody.
    month : (month,) datetime64[us]
        Where each month begins; they follow one another.
    deterministic : (row, month) float64 [currency]
    cost : (row, month, n) float64 [currency]
        Over all months together what the iteration costs.
    limits, cumulative_limits : (2, row, month) float64 [currency]
        What no iteration can spend less or more than, in a month and until its end; infinite where that is not known.
    forced : tuple of int
        Rows of risks that occurred less than twice in these iterations, or did not occur less than twice.
    forced_cost : (forced, row, month) float64 [currency]
        What the first iterations spend more, on average, where each of them occurs in all of them, or in none.
    rare_values : RareValueSample or None
        Values that are expected in less than 30 of these iterations; its ``forced`` were hardly drawn in them.
    rare_value_cost : (forced, row, month) float64 [currency]
        What the first iterations spend more, on average, where each of those is always drawn.
    """

    scope: tuple[str, ...]
    key: tuple[str, ...]
    name: tuple[str, ...]
    month: Instants
    deterministic: Money
    cost: Money
    limits: Money
    cumulative_limits: Money
    forced: tuple[int, ...] = ()
    forced_cost: Money = field(default_factory=lambda: np.zeros((0, 0, 0)))
    rare_values: RareValueSample | None = None
    rare_value_cost: Money = field(default_factory=lambda: np.zeros((0, 0, 0)))


@dataclass(frozen=True)
class ResourcePeriodSample:
    """Units of every resource in use in each calendar month, in the first ``n`` iterations.

    Parameters
    ----------
    id, name : tuples of str, one per resource, sorted by id
    capacity : (resource,) float64 [units]
        Not a number where a resource has no end.
    month : (month,) datetime64[us]
        Where each month begins; they follow one another.
    deterministic : (2, resource, month) float64 [units]
        On average over the working time of the resource in the month, not a number where it has none; and the most at
        once.
    units : (2, resource, month, n) float64 [units]
        The same of each iteration.
    limits : (2, 2, resource, month) float64 [units]
        What no iteration can be below; and above.
    forced : tuple of int
        As in ``CostPeriodSample``.
    forced_units : (forced, 2, resource, month) float64 [units]
        What the first iterations use more, on average, where each of them occurs in all of them, or in none.
    rare_values : RareValueSample or None
        As in ``CostPeriodSample``.
    rare_value_units : (forced, 2, resource, month) float64 [units]
        What the first iterations use more, on average, where each of those is always drawn.
    """

    id: tuple[str, ...]
    name: tuple[str, ...]
    capacity: NDArray[np.float64]
    month: Instants
    deterministic: NDArray[np.float64]
    units: NDArray[np.float64]
    limits: NDArray[np.float64]
    forced: tuple[int, ...]
    forced_units: NDArray[np.float64]
    rare_values: RareValueSample | None = None
    rare_value_units: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 2, 0, 0)))


@dataclass(frozen=True)
class Sample:
    """One run of the engine.

    Parameters
    ----------
    name, project, currency : str
    method : str
        ``random``, ``lhs`` or ``sobol``.
    seed, iterations : int
    start : datetime64[us]
        The instant before which no work begins.
    target : tuple of str
        ``project`` first, then the named targets in the order of their ids.
    finish : (target, iteration) datetime64[us]
    finish_days : (target, iteration) float64 [working days of the project calendar after start]
    cost : (iteration,) float64 [currency]
    deterministic_finish : (target,) datetime64[us]
    deterministic_finish_days : (target,) float64
    deterministic_cost : float
    levelling : LevellingSample or None
        None where the scenario levels nothing.
    table_error : float
        The largest distance of F(value drawn at u) from u, over all u and all quantile tables; 0 without tables. A
        percentile or a probability that rests on one variable alone may be off by so much, however many iterations.
    limits : Limits or None
        None where nobody worked them out; the engine always does.
    rare_values : RareValueSample or None
        None where no estimate has any.
    discrete : DiscreteSample or None
        None where nothing is stratified, or no estimate has two values that are not rare.
    cost_periods, resource_periods, correlations, clauses, lost_days : samples or None
        None where nothing costs anything; no task uses a resource; nothing is correlated; there are no damages and no
        bonuses; no calendar loses days.
    inputs : mapping of str to callable
        What gives the columns that the scenario says, and no iteration, of the tables of this name: all columns of most
        of them, some of tasks and risks, sorted by id as their samples are.

    Notes
    -----
    Iterations come in blocks of 256; with ``lhs`` and ``sobol`` each full block is an independent replicate.
    """

    name: str
    project: str
    currency: str
    method: str
    seed: int
    iterations: int
    start: np.datetime64
    target: tuple[str, ...]
    finish: Instants
    finish_days: Days
    cost: Money
    deterministic_finish: Instants
    deterministic_finish_days: Days
    deterministic_cost: float
    tasks: TaskSample
    risks: RiskSample
    gates: tuple[GateQuestion, ...]
    levelling: LevellingSample | None = None
    table_error: float = 0.0
    limits: Limits | None = None
    rare_values: RareValueSample | None = None
    discrete: DiscreteSample | None = None
    cost_periods: CostPeriodSample | None = None
    resource_periods: ResourcePeriodSample | None = None
    correlations: CorrelationSample | None = None
    clauses: ClauseSample | None = None
    lost_days: LostDaySample | None = None
    inputs: Inputs = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_taken_as_fixed(self) -> bool:
        """Whether dates count as such that never change: their limits say so, or nobody worked these out."""
        return self.limits is None or self.limits.is_float_fixed

    def with_inputs(self, inputs: Inputs) -> "Sample":
        """Return the sample with what gives the columns of further tables."""
        return replace(self, inputs={**self.inputs, **inputs})
