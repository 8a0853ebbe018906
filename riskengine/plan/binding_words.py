"""What sets the start of a task that no other task drives, in words."""

from riskengine.kernel.contract.arrays import (
    FINISH_PINNED,
    HANDS_ON_DATES,
    HAS_STARTED,
    IS_FINISHED,
    LEAST_FINISH,
    MOST_FINISH,
    MOST_START,
    SPANS_OTHERS,
    START_PINNED,
)
from riskengine.plan.network.bounds import LEAST_START
from riskengine.plan.plan import Plan

HELD = START_PINNED | FINISH_PINNED | LEAST_FINISH | MOST_START | MOST_FINISH


def binding_words(plan: Plan) -> list[str]:
    """Return what sets the start of each task where no other task does, by row."""
    scenario = plan.stages.scenario
    start = "data date" if scenario.is_data_date else "start of the project"
    return [_words(plan, row, start) for row in range(len(plan.task))]


def _words(plan: Plan, row: int, start: str) -> str:
    task, binding = plan.stages.scenario.tasks[plan.task[row]], int(plan.network.binding[row])
    if task.is_finished:
        return "actual finish"
    if binding & (IS_FINISHED | HANDS_ON_DATES):
        return start
    if binding & SPANS_OTHERS:
        return "tasks that it spans"
    is_late = plan.stages.structure.bounds.bound[row] > plan.time.start
    dates = [
        each for each in task.constraints if each.date is not None and (binding & HELD or each.type in LEAST_START)
    ]
    if dates and (binding & HELD or is_late):
        return ", ".join(f"{each.type} {each.date:%Y-%m-%d}" for each in dates)
    if binding & HAS_STARTED:
        return "actual start"
    if task.resume is not None and is_late:
        return f"resumes {task.resume:%Y-%m-%d}"
    return start
