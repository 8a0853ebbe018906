"""What a run stored of its tasks, made into what is shown of them when somebody asks."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks, with_counts_of
from riskengine.engine.dates.display_dates import display_dates, is_postponed
from riskengine.engine.dates.floats import drawn_lags, floated, planned_lags, total_floats
from riskengine.engine.dates.margins import margin_sample
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan
from riskengine.results.samples.existence_sample import ExistenceSample
from riskengine.results.samples.sample import TaskSample


@dataclass(frozen=True)
class StoredTasks:
    """The tasks in the first iterations of a run, as the core writes them.

    Parameters
    ----------
    plan : Plan
    request : Request
        The first iterations of the run.
    dimension : (variable,) int16
        Sobol dimensions.
    run_output : Output
        Of the run, with or without its tasks; finish and cost are not looked at.
    deterministic_output : Output
    iterations : int
        In which tasks are looked at.

    Notes
    -----
    Dates and floats take longer than a short run. What asks a run for the project's finish alone never waits for them.
    """

    plan: Plan
    request: Request
    dimension: NDArray[np.int16]
    run_output: Output
    deterministic_output: Output
    iterations: int

    @cached_property
    def output(self) -> Output:
        """Tasks in those iterations, which are run again where the run did not write them, and counts of the run."""
        run = self.run_output
        if run.start.shape[1] >= self.iterations:
            return run
        request = replace(self.request, iterations=self.iterations, risk_iterations=0)
        again = run_blocks(self.plan, request, self.dimension)
        return with_counts_of(again, run)

    @cached_property
    def float_lag(self) -> NDArray[np.int64]:
        """Lags (relationship, iteration) of the iterations whose total float is known, int64 [working tick]."""
        return drawn_lags(self.plan, self.request, self.dimension, floated(self.plan, self.iterations))

    @cached_property
    def sample(self) -> TaskSample:
        """The tasks sorted by id."""
        tasks = self._with_floats(self._by_logic())
        return self._postponed(tasks) if is_postponed(self.plan) else tasks

    def _by_logic(self) -> TaskSample:
        """Return the tasks as early as logic lets them be, without floats."""
        plan, output, deterministic_output = self.plan, self.output, self.deterministic_output
        by_id = plan.rows_by_id

        def names(values: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(values[row] for row in by_id)

        start, finish = display_dates(plan, deterministic_output, 1)
        starts, finishes = display_dates(plan, output, self.iterations)
        is_left = np.isnat(plan.progress.actual_finish)[by_id]  # what is over delays nobody any more
        return TaskSample(
            id=names(plan.task),
            name=names(plan.labels.task_name),
            team=names(plan.labels.task_team),
            wbs=names(plan.labels.task_wbs),
            wbs_name=names(plan.labels.task_wbs_name),
            is_milestone=plan.progress.is_milestone[by_id],
            criticality_count=output.count[:, by_id] * is_left,
            criticality_square=output.square[:, by_id] * is_left,
            criticality_full=output.full[:, by_id] * is_left,
            deterministic_start=start[by_id, 0],
            deterministic_finish=finish[by_id, 0],
            deterministic_duration=plan.task_days(deterministic_output.duration[:, :1])[by_id, 0],
            start=starts[by_id],
            finish=finishes[by_id],
            duration=plan.task_days(output.duration[:, : self.iterations])[by_id],
            cost=output.task_cost[by_id, : self.iterations],
            deterministic_float=np.full(by_id.size, np.nan),
            total_float=np.zeros((by_id.size, 0)),
            margins=margin_sample(plan, output, deterministic_output, self.iterations),
            existence=None if plan.existence is None else existence_sample(plan, output, is_left),
        )

    def _with_floats(self, tasks: TaskSample) -> TaskSample:
        """Return the tasks with their total float in the deterministic plan and in the first iterations of the run."""
        plan, by_id = self.plan, self.plan.rows_by_id
        known_lag = planned_lags(plan)[:, None]
        return replace(
            tasks,
            deterministic_float=total_floats(plan, self.deterministic_output, known_lag)[by_id, 0],
            total_float=total_floats(plan, self.output, self.float_lag, self.request)[by_id],
        )

    def _postponed(self, tasks: TaskSample) -> TaskSample:
        """Return the tasks with those that are wanted as late as possible moved by their free float."""
        plan, by_id = self.plan, self.plan.rows_by_id
        lag = drawn_lags(plan, self.request, self.dimension, self.iterations)
        start, finish = display_dates(plan, self.deterministic_output, 1, planned_lags(plan)[:, None])
        starts, finishes = display_dates(plan, self.output, self.iterations, lag)
        return replace(
            tasks,
            deterministic_start=start[by_id, 0],
            deterministic_finish=finish[by_id, 0],
            start=starts[by_id],
            finish=finishes[by_id],
        )


def existence_sample(plan: Plan, output: Output, is_left: NDArray[np.bool_]) -> ExistenceSample:
    """Return how often tasks existed, sorted by id; ``is_left`` says which of them may be on a longest path."""
    by_id, existence = plan.rows_by_id, plan.existence
    assert existence is not None
    return ExistenceSample(
        count=output.exists_count[by_id],
        square=output.exists_square[by_id],
        full=output.exists_full[by_id],
        joint=output.joint[:, by_id] * is_left,
        is_uncertain=existence.may_be_absent[by_id],
    )
