"""Running the first iterations again with a rare risk or value forced to happen, to see what it changes."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.dates.floats import drawn_lags, floated, total_floats
from riskengine.engine.dates.stored_tasks import StoredTasks
from riskengine.engine.risks.pairing import forced_rows, is_mostly_on
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import FACTOR, SPANS_OTHERS, Output
from riskengine.plan import Plan
from riskengine.plan.consequences import consequences
from riskengine.results.samples.sample import RiskSample
from riskengine.results.samples.task_changes import TaskChanges

Floats = NDArray[np.float64]

FORCED_FLOATS = 500_000
"""Tasks x iterations of forced runs whose total float is computed. Half a second."""


class ForcedRuns:
    """What forced runs came to, each added in turn.

    Parameters
    ----------
    stored : StoredTasks
        Of the run as it is, which forced runs start from and are compared with.
    count : int
        Runs to come.

    Attributes
    ----------
    width : int
        Iterations of a forced run: the first block, or all there are.
    finish_days : (run, target, iteration) float64
    cost : (run, iteration) float64
    clauses : (run, clause, iteration) float64
        What damages and bonuses come to.
    tasks : TaskChanges
    """

    def __init__(self, stored: StoredTasks, count: int) -> None:
        plan = stored.plan
        tasks = len(plan.task)
        self.stored = stored
        self.width = min(stored.request.iterations, BLOCK)
        self.has_floats = count * tasks * self.width <= FORCED_FLOATS
        self.finish_days = np.zeros((count, 1 + len(plan.target), self.width))
        self.cost = np.zeros((count, self.width))
        self.clauses = np.zeros((count, len(plan.clauses), self.width))
        self.tasks = TaskChanges(
            duration=np.zeros((count, tasks)),
            duration_square=np.zeros((count, tasks)),
            cost=np.zeros((count, tasks)),
            total_float=np.zeros((count if self.has_floats else 0, tasks)),
        )

    def add(self, at: int, plan: Plan, request: Request) -> None:
        """Run the plan as changed, or with the risks of the request, as run ``at``."""
        width = self.width
        forced = replace(request, iterations=width, task_iterations=BLOCK, risk_iterations=BLOCK)
        output = run_blocks(plan, forced, self.stored.dimension)
        self.finish_days[at] = plan.finishes(output.finish[:, :width])[1]
        self.cost[at] = output.cost[:width]
        self.clauses[at] = np.abs(plan.clause_costs(output.finish[:, :width]))
        self._compare_tasks(at, plan, output)
        if self.has_floats:
            lag = drawn_lags(plan, forced, self.stored.dimension, width, output.occurs[:, :width] != 0)
            before = self.stored.sample.total_float[:, :width]
            self.tasks.total_float[at] = (total_floats(plan, output, lag)[plan.rows_by_id] - before).mean(axis=1)

    def _compare_tasks(self, at: int, plan: Plan, output: Output) -> None:
        stored, width = self.stored, self.width
        base, by_id = stored.sample, stored.plan.rows_by_id
        duration = plan.task_days(output.duration[:, :width])[by_id]
        centre = base.duration.mean(axis=1, keepdims=True)
        before = base.duration[:, :width]
        self.tasks.duration[at] = (duration - before).mean(axis=1)
        self.tasks.duration_square[at] = ((duration - centre) ** 2 - (before - centre) ** 2).mean(axis=1)
        self.tasks.cost[at] = (output.task_cost[by_id, :width] - base.cost[:, :width]).mean(axis=1)


def forced_risks(stored: StoredTasks, risks: RiskSample) -> RiskSample:
    """Return the risks with what the first iterations come to where a risk too rare to be seen occurs in all of them.

    A risk too nearly sure to be seen missing occurs in none of them instead.

    Notes
    -----
    The draws are the same, so that the difference is what an occurrence changes. Tasks and their floats are told from
    fewer iterations than the run has, which may not show what all of them do: the fewest decide.
    """
    plan, request = stored.plan, stored.request
    is_off = is_mostly_on(risks.occurs)
    rows = forced_rows(plan, risks.occurs[:, : floated(plan, stored.iterations)])
    runs = ForcedRuns(stored, len(rows))
    for at, row in enumerate(rows):
        side = replace(request, without=(row,)) if is_off[row] else replace(request, always=(row,))
        runs.add(at, plan, side)
    return replace(
        risks,
        forced=tuple(rows),
        forced_finish_days=runs.finish_days,
        forced_cost=runs.cost,
        forced_clauses=runs.clauses,
        forced_tasks=runs.tasks,
        task_hits=task_hits(plan, [np.flatnonzero(np.isin(plan.draws.risk, [*rows])) for rows in consequences(plan)]),
    )


def task_hits(plan: Plan, draws: list[NDArray[np.intp]]) -> NDArray[np.int64]:
    """Return rows of chances and of the tasks, sorted by id, that they may act on, (2, hit).

    Parameters
    ----------
    draws : list of (draw,) int
        The draws that each chance decides.

    Notes
    -----
    A draw of a task's stage acts on the task, a factor on the tasks that use it. What spans others follows their dates,
    which anything may move, and what exists by a date or a risk is there or not by that.
    """
    tasks, offset = len(plan.task), plan.risks.factor_offset
    place = np.argsort(plan.rows_by_id)
    stage = np.repeat(np.arange(plan.draws.offset.size - 1), np.diff(plan.draws.offset))
    user = np.repeat(np.arange(offset.size - 1), np.diff(offset))
    priced = plan.draws.priced
    decided = np.zeros(tasks, bool) if plan.existence is None else plan.existence.conditions.is_decided_late
    following = np.flatnonzero(((plan.network.binding & SPANS_OTHERS) != 0) | decided)
    hits = []
    for row, risk_draws in enumerate(draws):
        factors = plan.draws.operand[risk_draws[plan.draws.role[risk_draws] == FACTOR]]
        users = user[np.isin(plan.risks.factor, factors)] if factors.size else user[:0]
        costed = stage[np.isin(priced, users[users >= tasks])] - 1 if (users >= tasks).any() else user[:0]
        moved = following if risk_draws.size or decided.any() else user[:0]
        hit = np.unique(np.concatenate((stage[risk_draws] - 1, users, costed, moved)))
        hit = place[hit[(hit >= 0) & (hit < tasks)]]
        hits.append(np.stack((np.full(hit.size, row), hit)))
    return np.concatenate(hits, axis=1).astype(np.int64) if hits else np.zeros((2, 0), np.int64)
