"""Costs that follow indices of prices: what they come to at the dates on which they accrue.

The core leaves them in the prices in which they are written. A task's share of a month is multiplied with what prices
are in that month against those of the index's base, a cost line's likewise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.costs.accrual import CostAccrual
from riskengine.engine.months.monthly import Accrual, Months, Prices, mean_prices, months_of, working
from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.kernel import BLOCK
from riskengine.kernel.column import Column, fill_column
from riskengine.kernel.contract.arrays import Output, Sampling
from riskengine.kernel.contract.layout import Rows
from riskengine.plan import Plan
from riskengine.plan.escalation import NO_INDEX, Escalation

Floats = NDArray[np.float64]
"""Gives the values of a variable in the blocks at hand."""

VALUES_AT_ONCE = 60_000
"""Tasks x iterations whose dates are stored at a time, at least one block."""


@dataclass(frozen=True)
class Escalator:
    """Puts costs into the prices of their dates.

    Parameters
    ----------
    plan : Plan
        With something that follows an index.
    escalation : Escalation
    costs : CostAccrual
        Of what follows an index alone.
    months : Months
    index : (row,) intp
        Number of the index that each row of the accrual follows, ``NO_INDEX`` for the project's own.
    """

    plan: Plan
    escalation: Escalation
    costs: CostAccrual
    months: Months
    index: NDArray[np.intp]

    @classmethod
    def of(cls, plan: Plan) -> "Escalator | None":
        """Return what escalates the costs of a plan; None where none follows an index."""
        escalation = plan.escalation
        if escalation is None:
            return None
        follows = np.append(escalation.task_index != NO_INDEX, bool(escalation.lines))
        costs = CostAccrual.of(plan, np.zeros(len(plan.task))).only(follows)
        return cls(plan, escalation, costs, months_of(plan, costs.first), index_of_rows(escalation, costs))

    @property
    def blocks_at_once(self) -> int:
        """How many blocks are worked on at a time; no result depends on it."""
        return max(1, VALUES_AT_ONCE // (max(1, len(self.plan.task)) * BLOCK))

    def escalate(self, output: Output, sampling: Sampling, rows: Rows, origin: int) -> None:
        """Put the costs of an output into the prices of their dates.

        Parameters
        ----------
        output : Output
            Of whole blocks, all tasks stored; ``cost``, ``task_cost``, ``line_cost`` and ``growth`` are written.
        sampling : Sampling
        rows : Rows
            Of this thread.
        origin : int
            The first block.
        """
        width = output.cost.size

        def draw(variable: int) -> Floats:
            column = Column.of(width)
            if variable >= 0:
                fill_column(sampling, self.plan.kernel_plan.tables, variable, column=column, rows=rows, origin=origin)
            return column.value

        for at, used in enumerate(self.escalation.indices):
            output.growth[at] = draw(used.growth)
        for at, line in enumerate(self.escalation.lines):
            output.line_cost[at] = draw(line.fixed) + draw(line.rate) * self._project_days(output)
        accrual = self.costs.accrual(output, None)
        prices = prices_of(self.escalation, self.months, self.index, output)
        with np.errstate(over="ignore", invalid="ignore"):  # prices beyond all numbers are refused by RE610
            more = accrual.amount * (mean_prices(self.months, accrual, prices) - 1.0)
            more[accrual.amount == 0] = 0.0
            of_rows = self.costs.rows.size
            output.task_cost[self.costs.rows] += more[:of_rows]
            output.task_cost[-1] += np.add.reduce(more[of_rows:])
            output.cost[:] += np.add.reduce(more)

    def _project_days(self, output: Output) -> Floats:
        """Return the working days of the project from start to finish, (iteration,)."""
        plan = self.plan
        table = plan.time.calendars[plan.time.project_calendar]
        ticks = working([table], np.zeros(1, np.int32), plan.clock(output.finish[:1]))[0]
        return np.asarray((ticks - table.working(plan.time.start)) * plan.costs.per_day[-1])


def index_of_rows(escalation: Escalation, costs: CostAccrual) -> NDArray[np.intp]:
    """Return the number of the index that each row of an accrual follows."""
    of_tasks = np.append(escalation.task_index, NO_INDEX)[costs.rows]
    of_lines = [line.price_index for line in escalation.lines]
    return np.concatenate((of_tasks, of_lines, np.full(costs.clauses.size, NO_INDEX))).astype(np.intp)


def prices_of(escalation: Escalation, months: Months, index: NDArray[np.intp], output: Output) -> Prices:
    """Return what prices are in the iterations of an output that are stored, month by month."""
    first = int(months.first[0].astype("datetime64[M]").astype(np.int64)) + MONTHS_BEFORE_1970
    return Prices(escalation, first, index, output.growth[:, : output.duration.shape[1]])


MONTHS_BEFORE_1970 = 1970 * 12
"""What numpy counts months from, as the model numbers them."""


def at_base_prices(costs: CostAccrual, months: Months, accrual: Accrual, prices: Prices) -> Accrual:
    """Return an accrual of escalated costs with what follows an index in the prices of its base.

    Notes
    -----
    Rows of cost lines are so already, but the project's own has them still, in the prices of their dates.
    """
    follows = prices.index_of_row != NO_INDEX
    some = accrual.at(follows)
    mean = mean_prices(months, some, prices._replace(index_of_row=prices.index_of_row[follows]))
    amount = accrual.amount.copy()
    of_lines = np.flatnonzero(follows) >= costs.rows.size
    if of_lines.any():
        amount[costs.rows.size - 1] -= np.add.reduce(some.amount[of_lines] * mean[of_lines])
    of_tasks = np.flatnonzero(follows)[~of_lines]
    amount[of_tasks] = np.where(amount[of_tasks] == 0, 0.0, amount[of_tasks] / mean[~of_lines])
    return accrual._replace(amount=amount)


def refuse_unknown_prices(plan: Plan, output: Output) -> None:
    """Refuse a run in which money accrues when its index has ended, or prices grow beyond what a number holds.

    Raises
    ------
    ScenarioError
    """
    if plan.escalation is None or np.isfinite(output.cost).all():
        return
    has_ended = bool(plan.escalation.ends()) and bool(np.isnan(output.cost).any())
    code, value = "RE609" if has_ended else "RE610", plan.escalation.ends() if has_ended else ""
    raise ScenarioError([Issue(code=code, path="indices", rule=CATALOGUE[code].rule, value=value)])
