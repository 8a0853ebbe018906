"""A scenario with what is learnt in it: later tasks of one kind take less time."""

from riskengine.model.estimate.scaling import scaled
from riskengine.model.scenario import Scenario
from riskengine.model.task import Task


def with_learning(scenario: Scenario) -> Scenario:
    """Return a scenario in which every task that has not begun takes what its place in what is learnt leaves of it.

    Notes
    -----
    What has begun counts as done once more, and says itself what remains of it.
    """
    if not scenario.learning:
        return scenario
    tasks = dict(scenario.tasks)
    for learning in scenario.learning.values():
        for name, factor in learning.factors():
            if name in tasks and not tasks[name].is_started:
                tasks[name] = shortened(tasks[name], factor)
    return scenario.model_copy(update={"tasks": tasks, "learning": {}})  # once it is done, there is nothing to do again


def shortened(task: Task, factor: float) -> Task:
    """Return a task whose duration is multiplied; one is the task itself."""
    return task if factor == 1.0 else task.model_copy(update={"duration": scaled(task.duration, factor)})
