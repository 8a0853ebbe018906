"""The first stage of compiling: logic, calendars, and what binds tasks."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import FINISH_PINNED, START_PINNED
from riskengine.kernel.contract.resources import Holdings
from riskengine.model import Scenario, Task
from riskengine.plan.network.bounds import Bounds
from riskengine.plan.network.progress import Logic
from riskengine.plan.time.calendars import CalendarBook


@dataclass(frozen=True, eq=False)
class Structure:
    """What a scenario says besides numbers that are estimated: logic, calendars, progress, constraints, resources.

    Parameters
    ----------
    scenario : Scenario
    calendars : CalendarBook
    logic : Logic
        Its order is that of the kernel.
    row : mapping of task id to kernel row
    calendar : mapping of task id to number of its calendar
    task_calendar : (task,) int32
        The same in kernel order.
    bounds : Bounds
    holdings : Holdings or None
        None where nobody ever waits for a resource.
    """

    scenario: Scenario
    calendars: CalendarBook
    logic: Logic
    row: Mapping[str, int]
    calendar: Mapping[str, int]
    task_calendar: NDArray[np.int32]
    bounds: Bounds
    holdings: Holdings | None

    @property
    def tasks(self) -> list[Task]:
        """The tasks in kernel order."""
        return [self.scenario.tasks[name] for name in self.logic.order]

    @property
    def is_pinned(self) -> NDArray[np.bool_]:
        """Whether a mandatory date holds a task, (task,) bool."""
        return np.asarray((self.bounds.binding & (START_PINNED | FINISH_PINNED)) != 0)
