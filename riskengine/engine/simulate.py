"""One run: from a plan to everything that is measured of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.core import prepare
from riskengine.engine.blocks.needs import check_memory
from riskengine.engine.blocks.run import Progress, Request, available_threads, run_blocks
from riskengine.engine.dates.stored_tasks import StoredTasks
from riskengine.engine.deferred_sample import DeferredSample, parts_of
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.resources.levelled import levelling_sample
from riskengine.engine.risks.pairing import acting, paired_rows
from riskengine.engine.risks.seen_probability import seen_probability
from riskengine.errors.counting import counted
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import CONSTANT, LHS, RANDOM, SOBOL, Output
from riskengine.plan import Plan
from riskengine.plan.consequences import dependent_rows
from riskengine.plan.inputs import INPUTS, columns_of
from riskengine.results.samples.sample import GateQuestion, LevellingSample, RiskSample, Sample

METHODS = {"random": RANDOM, "lhs": LHS, "sobol": SOBOL}
MOST_ITERATIONS = 10**9
STORED_TASK_VALUES = 600_000
"""Task dates stored of a run: tasks x iterations, at least one block."""
PAIRED_ITERATIONS = 10_240


@dataclass(frozen=True)
class Settings:
    """How to run.

    Parameters
    ----------
    iterations : int
        At least 1.
    seed : int
        0 to 2**64 - 1.
    method : str
        ``random``, ``lhs`` or ``sobol``.
    threads : int or None
        None takes as many as this process may use.
    has_contributions : bool
        Whether what each risk contributes is measured, which takes a further run for each of them.

    Raises
    ------
    ValueError
        When a setting is outside its range.
    """

    iterations: int = 10_240
    seed: int = 1
    method: str = "sobol"
    threads: int | None = None
    has_contributions: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.iterations <= MOST_ITERATIONS:
            raise ValueError(f"iterations must be from 1 to 1 000 000 000, got {self.iterations}")
        if not 0 <= self.seed < 2**64:
            raise ValueError(f"seed must be from 0 to 2**64 - 1, got {self.seed}")
        if self.method not in METHODS:
            raise ValueError(f"method must be one of {', '.join(METHODS)}, got {self.method!r}")
        if self.threads is not None and self.threads < 1:
            raise ValueError(f"threads must be at least 1, got {self.threads}")


def simulate(plan: Plan, settings: Settings, progress: Progress | None = None, share: float = 1.0) -> Sample:
    """Run a plan.

    Parameters
    ----------
    plan : Plan
    settings : Settings
    progress : callable, optional
        Called with iterations done, iterations in all and words.
    share : float
        As in :func:`simulate_until`.

    Returns
    -------
    Sample
    """
    return simulate_until(plan, settings, None, settings.iterations, progress, share=share)


def simulate_until(
    plan: Plan,
    settings: Settings,
    is_enough: Callable[[Sample], bool] | None,
    most: int,
    progress: Progress | None = None,
    share: float = 1.0,
) -> Sample:
    """Run a plan, and go on with more blocks until it is enough.

    Parameters
    ----------
    is_enough : callable or None
        Asked after ``settings.iterations`` iterations and after every doubling; what it is asked with has no
        levelling, and nothing on what risks contribute. None is enough at once.
    most : int
        Iterations at the most.
    share : float
        Part of the memory that is for this run, where others run beside it.

    Raises
    ------
    MachineError
        When so many iterations do not fit into memory, before anything is computed.

    Notes
    -----
    It is asked at fixed numbers of iterations only, so that the answer does not depend on the machine. More
    iterations are further blocks of the same streams: stopping late changes no earlier iteration.
    """
    request = first_request(plan, settings)
    check_memory(plan, most if is_enough is not None else settings.iterations, request.threads, progress, share)
    for each in (plan, plan.unlevelled):
        if each is not None:
            prepare(each, progress)
    dimension = dimensions_of(plan, request.method)
    output = run_blocks(plan, stored_request(plan, request), dimension, progress)
    run = run_of_output(plan, settings, request=request, dimension=dimension, output=output)
    if is_enough is not None:
        while run.iterations < most and not is_enough(run.sample(run.risks())):
            run = run.continued(min(2 * run.iterations, most), progress)
    return completed(run, progress)


def completed(run: "RunSoFar", progress: Progress | None) -> Sample:
    """Return everything that is measured of a run which goes no further, with levelling and what risks contribute."""
    levelling = _levelling(run)
    risks = run.risks()
    sample = run.sample(risks)
    if run.settings.has_contributions:
        risks = _paired(run.stored_tasks(), risks, sample, progress)
    return sample.completed(parts_of(run.stored_tasks(), risks, run.iterations), levelling)


def stored_request(plan: Plan, request: Request) -> Request:
    """Return a request that stores tasks where levelling moves them; else they are simulated when asked for."""
    return request if plan.levelling else replace(request, task_iterations=0)


def run_of_output(
    plan: Plan, settings: Settings, *, request: Request, dimension: NDArray[np.int16], output: Output
) -> "RunSoFar":
    """Return the run whose first iterations were simulated into ``output``."""
    return RunSoFar(
        plan=plan,
        settings=settings,
        request=request,
        dimension=dimension,
        output=output,
        deterministic_output=deterministic(plan),
        iterations=settings.iterations,
    )


def first_request(plan: Plan, settings: Settings) -> Request:
    """Return what is simulated before anybody looks, and what of it is to be had of tasks and risks."""
    per_block = max(1, len(plan.task)) * BLOCK
    return Request(
        settings.seed,
        METHODS[settings.method],
        settings.iterations,
        task_iterations=BLOCK * max(1, min(-(-settings.iterations // BLOCK), STORED_TASK_VALUES // per_block)),
        risk_iterations=BLOCK * -(-min(settings.iterations, PAIRED_ITERATIONS) // BLOCK),
        threads=settings.threads or available_threads(),
    )


@dataclass(frozen=True)
class RunSoFar:
    """What has been simulated of a run up to now.

    Parameters
    ----------
    plan : Plan
    settings : Settings
    request : Request
        The first one.
    dimension : (variable,) int16
        Sobol dimensions.
    output, deterministic_output : Output
        Tasks and risks are those of the first request.
    iterations : int
    """

    plan: Plan
    settings: Settings
    request: Request
    dimension: NDArray[np.int16]
    output: Output
    deterministic_output: Output
    iterations: int

    def stored_tasks(self) -> StoredTasks:
        """Return what tasks are measured from; nobody is to hold on to every iteration for the sake of the tasks."""
        return StoredTasks(
            plan=self.plan,
            request=self.request,
            dimension=self.dimension,
            run_output=self.output._replace(finish=np.zeros((0, 0), np.int32), cost=np.zeros(0)),
            deterministic_output=self.deterministic_output,
            iterations=min(self.request.task_iterations, self.request.iterations),
        )

    def risks(self) -> RiskSample:
        """Return which risks occurred; no risk is paired."""
        seen = _occurrences(self.plan, self.output, min(self.request.risk_iterations, self.request.iterations))
        return replace(seen, has_contributions=self.settings.has_contributions)

    def sample(self, risks: RiskSample) -> DeferredSample:
        """Return what is measured so far, without levelling."""
        measured = _measured(
            self.plan, self.settings, self.iterations, self.output, deterministic_output=self.deterministic_output
        )
        return DeferredSample.of(parts_of(self.stored_tasks(), risks, self.iterations), **measured, levelling=None)

    def continued(self, iterations: int, progress: Progress | None) -> "RunSoFar":
        """Return the run with more iterations: from where its last whole block ended, for a cut one goes no further.

        Parameters
        ----------
        iterations : int
            In all.
        """
        whole = self.iterations // BLOCK
        request = replace(
            self.request,
            iterations=iterations - whole * BLOCK,
            first_block=whole,
            task_iterations=0,
            risk_iterations=0,
        )
        after = run_blocks(self.plan, request, self.dimension, progress)
        return replace(self, iterations=iterations, output=_joined(self.output, whole, after))


def _levelling(run: RunSoFar) -> LevellingSample | None:
    """Return the same iterations without levelling, where the plan has any."""
    unlevelled = run.plan.unlevelled
    if unlevelled is None:
        return None
    return levelling_sample(
        run.plan,
        unlevelled,
        replace(run.request, iterations=run.iterations),
        dimensions_of(unlevelled, run.request.method),
        output=run.output,
        deterministic_output=deterministic(unlevelled),
        task_iterations=min(run.request.task_iterations, run.request.iterations, BLOCK),
    )


def deterministic(plan: Plan, has_occurred: bool = True) -> Output:
    """Return the plan at its most likely values, with no risk occurring and no day lost, as one iteration.

    Risks that have occurred are in it, unless ``has_occurred`` is false.
    """
    variables = plan.variables
    fixed = variables._replace(
        kind=np.full_like(variables.kind, CONSTANT), offset=plan.estimates.plan_value.astype(np.float64)
    )
    without = plan.open_risks if has_occurred else range(len(plan.risk))
    request = Request(0, RANDOM, 1, task_iterations=BLOCK, without=without)
    planned = plan.uncorrelated.without_lost_days.planned
    block = run_blocks(planned.with_variables(fixed), request, variables.dimension)
    # the rest of the block is the same over again: for many tasks, a hundred megabytes to be rid of
    first = {name: getattr(block, name)[:, :1].copy() for name in ("start", "end", "duration", "task_cost", "exists")}
    return block._replace(**first)


def _joined(before: Output, whole: int, after: Output) -> Output:
    """Return an output continued by another that begins after ``whole`` whole blocks."""
    cut = whole * BLOCK
    return before._replace(
        finish=np.concatenate((before.finish[:, :cut], after.finish), axis=1),
        cost=np.concatenate((before.cost[:cut], after.cost)),
        count=before.full + after.count,
        square=before.square + after.square,
        full=before.full + after.full,
        exists_count=before.exists_full + after.exists_count,
        exists_square=before.exists_square + after.exists_square,
        exists_full=before.exists_full + after.exists_full,
        joint=before.joint + after.joint,
    )


def _measured(
    plan: Plan, settings: Settings, iterations: int, output: Output, deterministic_output: Output
) -> dict[str, Any]:
    """Return the fields of a sample that are measured of the whole run: all but tasks, risks, limits, rare values."""
    finish, finish_days = plan.finishes(output.finish[:, :iterations])
    deterministic_finish, deterministic_finish_days = plan.finishes(deterministic_output.finish[:, 0])
    return {
        "name": plan.labels.name,
        "project": plan.labels.project,
        "currency": plan.labels.currency,
        "method": settings.method,
        "seed": settings.seed,
        "iterations": iterations,
        "start": plan.instants(np.array([plan.time.start]))[0],
        "target": ("project", *plan.target),
        "finish": finish,
        "finish_days": finish_days,
        "cost": output.cost[:iterations],
        "deterministic_finish": deterministic_finish,
        "deterministic_finish_days": deterministic_finish_days,
        "deterministic_cost": float(deterministic_output.cost[0]),
        "table_error": plan.estimates.table_error,
        "inputs": {table: partial(columns_of, plan, table) for table in INPUTS},
        "gates": tuple(
            GateQuestion(g.id, g.name, g.target, finish=g.finish, cost=g.cost, confidence=g.confidence)
            for g in plan.gates
        ),
    }


def _occurrences(plan: Plan, output: Output, risk_iterations: int) -> RiskSample:
    """Return which risks occurred in the first ``risk_iterations`` iterations; no risk is paired."""
    occurs = output.occurs[:, :risk_iterations].astype(bool)
    return RiskSample(
        id=plan.risk,
        name=plan.labels.risk_name,
        kind=plan.labels.risk_kind,
        probability=seen_probability(plan, occurs),
        occurs=occurs,
        paired=(),
        finish_days_without=np.zeros((0, risk_iterations)),
        cost_without=np.zeros((0, risk_iterations)),
        correlated=dependent_rows(plan),
    )


def _paired(stored: StoredTasks, seen: RiskSample, sample: Sample, progress: Progress | None) -> RiskSample:
    """Return the risks, and finish and cost without each risk that may matter, on the same draws."""
    plan = stored.plan
    risk_iterations = seen.occurs.shape[1]
    rows = paired_rows(plan, seen.occurs, sample.finish_days[0, :risk_iterations], sample.cost[:risk_iterations])
    left_out = acting(plan) - len(rows)
    if left_out and progress is not None:
        message = f"{counted(left_out, 'risk is', 'risks are')} not run without, which would take too long for so many"
        progress(0, 0, f"{message}: what is contributed is told from the run itself (method conditional)")
    days = np.zeros((len(rows), risk_iterations))
    cost = np.zeros((len(rows), risk_iterations))
    for at, row in enumerate(rows):
        again = replace(
            stored.request, iterations=risk_iterations, task_iterations=0, risk_iterations=0, without=(row,)
        )
        masked = run_blocks(plan, again, stored.dimension)
        days[at] = plan.finishes(masked.finish[:1, :risk_iterations])[1][0]
        cost[at] = masked.cost[:risk_iterations]
        if progress is not None:
            progress(at + 1, len(rows), "Running without each risk")
    return replace(seen, paired=tuple(rows), finish_days_without=days, cost_without=cost)
