"""How often margins suffice: whether what they wait for is done by the end that the plan gives them."""

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan
from riskengine.results.samples.margin_sample import MarginSample


def margin_sample(plan: Plan, output: Output, deterministic_output: Output, iterations: int) -> MarginSample | None:
    """Return the margins of a plan that are not over; None where it has none.

    Notes
    -----
    Ends are compared in the working time of the margin's calendar, in which 17:00 and 08:00 next morning are one.
    """
    tasks = plan.stages.structure.tasks
    is_left = np.array([task.margin and not task.is_finished for task in tasks], bool)
    if not is_left.any():
        return None
    row = np.flatnonzero(is_left[plan.rows_by_id])
    kernel_row = plan.rows_by_id[row]
    return MarginSample(
        row=row,
        days=plan.task_days(deterministic_output.duration[:, :1])[kernel_row, 0],
        suffices=np.array(
            [
                worked_by(plan, at, output.end[at, :iterations])
                <= worked_by(plan, at, deterministic_output.end[at, :1])
                for at in kernel_row.tolist()
            ]
        ),
    )


def worked_by(plan: Plan, task: int, end: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the working ticks of a task's calendar before ends of the core."""
    if plan.clocks is None:
        return end.astype(np.int64)
    return np.asarray(plan.time.calendars[int(plan.time.task_calendar[task])].working(end.astype(np.int64)))
