"""What people do with time that is left, by its rules."""

import math

from riskengine.model import Task


def hurried_by_nobody(task: Task, work: int, planned: int) -> int:
    """The work of a task that does not hand all of an early finish on: what it keeps is worked away."""
    if task.type != "task" or work >= planned:
        return work
    return work + math.floor((1.0 - task.early_finish_passed_on) * (planned - work) + 0.5)
