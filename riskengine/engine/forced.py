"""Running the first iterations again with a rare risk or value forced to happen, to see what it changes."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks import Request, run_blocks
from riskengine.engine.floats import total_floats
from riskengine.engine.pairing import forced_rows, is_mostly_on
from riskengine.engine.stored_tasks import StoredTasks
from riskengine.kernel import BLOCK
from riskengine.kernel.arrays import FACTOR, SPANS_OTHERS, Output
from riskengine.plan import Plan
from riskengine.results.sample import RiskSample, TaskChanges

Floats = NDArray[np.float64]

FORCED_FLOATS = 500_000
"""Tasks x iterations of forced runs whose total float is computed. Half a second."""


@dataclass(frozen=True)
class Forcing:
    """What forced runs start from and are compared with.

    Parameters
    ----------
    stored : StoredTasks
        Of the run as it is.
    """

    stored: StoredTasks

    @property
    def plan(self) -> Plan:
        """The plan of the run."""
        return self.stored.plan

    @property
    def request(self) -> Request:
        """The first iterations of the run."""
        return self.stored.request

    @property
    def dimension(self) -> NDArray[np.int16]:
        """Sobol dimensions (variable,) int16."""
        return self.stored.dimension

    @property
    def width(self) -> int:
        """Iterations of a forced run: the first block, or all there are."""
        return min(self.request.iterations, BLOCK)


class ForcedRuns:
    """What forced runs came to, each added in turn.

    Parameters
    ----------
    forcing : Forcing
    count : int
        Runs to come.

    Attributes
    ----------
    finish_days : (run, target, iteration) float64
    cost : (run, iteration) float64
    tasks : TaskChanges
    """

    def __init__(self, forcing: Forcing, count: int) -> None:
        plan = forcing.plan
        tasks = len(plan.task)
        self.forcing = forcing
        self.has_floats = count * tasks * forcing.width <= FORCED_FLOATS
        self.finish_days = np.zeros((count, 1 + len(plan.target), forcing.width))
        self.cost = np.zeros((count, forcing.width))
        self.tasks = TaskChanges(
            duration=np.zeros((count, tasks)),
            duration_square=np.zeros((count, tasks)),
            cost=np.zeros((count, tasks)),
            total_float=np.zeros((count if self.has_floats else 0, tasks)),
        )

    def add(self, at: int, plan: Plan, request: Request) -> None:
        """Run the plan as changed, or with the risks of the request, as run ``at``."""
        width = self.forcing.width
        output = run_blocks(
            plan, replace(request, iterations=width, task_iterations=BLOCK, risk_iterations=0), self.forcing.dimension
        )
        self.finish_days[at] = plan.project_days(plan.clock(output.finish[:, :width]))
        self.cost[at] = output.cost[:width]
        self._compare_tasks(at, plan, output)

    def _compare_tasks(self, at: int, plan: Plan, output: Output) -> None:
        stored, width = self.forcing.stored, self.forcing.width
        base, by_id = stored.sample, stored.plan.rows_by_id
        duration = plan.task_days(output.duration[:, :width])[by_id]
        centre = base.duration.mean(axis=1, keepdims=True)
        before = base.duration[:, :width]
        self.tasks.duration[at] = (duration - before).mean(axis=1)
        self.tasks.duration_square[at] = ((duration - centre) ** 2 - (before - centre) ** 2).mean(axis=1)
        self.tasks.cost[at] = (output.task_cost[by_id, :width] - base.cost[:, :width]).mean(axis=1)
        if self.has_floats:
            lag = stored.float_lag[:, :width]
            self.tasks.total_float[at] = (total_floats(plan, output, lag)[by_id] - base.total_float[:, :width]).mean(1)


def forced_risks(forcing: Forcing, risks: RiskSample) -> RiskSample:
    """Return the risks with what the first iterations come to where a risk too rare to be seen occurs in all of them.

    A risk too nearly sure to be seen missing occurs in none of them instead.

    Notes
    -----
    The draws are the same, so that the difference is what an occurrence changes.
    """
    is_off = is_mostly_on(risks.occurs)
    rows = forced_rows(forcing.plan, risks.occurs)
    runs = ForcedRuns(forcing, len(rows))
    request = forcing.request
    for at, row in enumerate(rows):
        side = replace(request, without=(row,)) if is_off[row] else replace(request, always=(row,))
        runs.add(at, forcing.plan, side)
    return replace(
        risks,
        forced=tuple(rows),
        forced_finish_days=runs.finish_days,
        forced_cost=runs.cost,
        forced_tasks=runs.tasks,
        task_hits=task_hits(
            forcing.plan, [np.flatnonzero(forcing.plan.draws.risk == row) for row in range(len(risks.id))]
        ),
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
    which anything may move.
    """
    tasks, offset = len(plan.task), plan.risks.factor_offset
    place = np.argsort(plan.rows_by_id)
    stage = np.repeat(np.arange(plan.draws.offset.size - 1), np.diff(plan.draws.offset))
    user = np.repeat(np.arange(offset.size - 1), np.diff(offset))
    priced = plan.draws.priced
    spans = np.flatnonzero((plan.network.binding & SPANS_OTHERS) != 0)
    hits = []
    for row, mine in enumerate(draws):
        factors = plan.draws.operand[mine[plan.draws.role[mine] == FACTOR]]
        users = user[np.isin(plan.risks.factor, factors)] if factors.size else user[:0]
        costed = stage[np.isin(priced, users[users >= tasks])] - 1 if (users >= tasks).any() else user[:0]
        hit = np.unique(np.concatenate((stage[mine] - 1, users, costed, spans if mine.size else user[:0])))
        hit = place[hit[(hit >= 0) & (hit < tasks)]]
        hits.append(np.stack((np.full(hit.size, row), hit)))
    return np.concatenate(hits, axis=1).astype(np.int64) if hits else np.zeros((2, 0), np.int64)
