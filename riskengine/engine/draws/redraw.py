"""Drawing single variables of a run again, so that it need not store what it draws."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from riskengine.engine.blocks.run import Request, sampling_of
from riskengine.kernel import BLOCK
from riskengine.kernel.column import Column, fill_column
from riskengine.plan import Plan


def redrawing(plan: Plan, request: Request, dimension: NDArray[np.int16], width: int) -> Callable[[int], Column]:
    """Return a function that draws a variable, by its row, as a request's first iterations do.

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
        fill_column(sampling, tables, variable, column=column, rows=rows, origin=request.first_block)
        return Column(column.value[:width], column.word[:width])

    return redraw
