"""Drawing single variables of a run again, so that it need not store what it draws."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, sampling_of
from riskengine.kernel import BLOCK
from riskengine.kernel.column import Column, PlannedItems, fill_column, fill_throughput
from riskengine.kernel.contract.arrays import BACKLOG, ITEMS
from riskengine.kernel.contract.backlogs import FOCUS, GROWTH, TO_DO
from riskengine.plan import Plan


def redrawing(plan: Plan, request: Request, dimension: NDArray[np.int16], width: int) -> Callable[[int], Column]:
    """Return a function that draws a variable, by its row, as a request's first iterations do.

    Of a backlog that is how long the items of the plan take by the periods of each iteration; it has no words.

    Parameters
    ----------
    request : Request
        Whose ``first_block`` they begin with.
    dimension : (variable,) int16
        Sobol dimensions.
    width : int
        Iterations that each column has.
    """
    blocks = -(-width // BLOCK)
    tables, rows = plan.kernel_plan.tables, plan.kernel_plan.rows()
    sampling = sampling_of(plan, request, dimension)

    def redraw(variable: int) -> Column:
        column = Column.of(blocks * BLOCK)
        if plan.variables.kind[variable] == BACKLOG:
            assert tables.backlogs is not None
            which, first = int(plan.variables.row[variable]), request.first_block
            planned = planned_items(plan, which)
            fill_throughput(
                sampling, tables.backlogs, which, planned=planned, value=column.value, rows=rows, origin=first
            )
            return Column(column.value[:width], column.word[:width])
        fill_column(sampling, tables, variable, column=column, rows=rows, origin=request.first_block)
        return Column(column.value[:width], column.word[:width])

    return redraw


def planned_items(plan: Plan, which: int) -> PlannedItems:
    """Return what a backlog, by its number, takes in the deterministic plan of what is drawn of it once."""
    assert plan.backlogs is not None
    draws, stage = plan.draws, 1 + int(plan.backlogs.task[which])
    of_stage = range(int(draws.offset[stage]), int(draws.offset[stage + 1]))
    value = {
        int(draws.operand[at]): float(plan.estimates.plan_value[draws.variable[at]])
        for at in of_stage
        if draws.role[at] == ITEMS and draws.risk[at] < 0
    }
    return PlannedItems(value[TO_DO], value[GROWTH], value[FOCUS])
