"""Which tasks exist in an iteration."""

from riskengine.model import Scenario
from tests.twin.simulator.risks import Draw


def absent_tasks(scenario: Scenario, draw: Draw | None) -> set[str]:
    """Tasks that do not exist: in the plan the less likely ones, in an iteration those of the smallest numbers.

    A task that is done again exists by the number of the first time.
    """
    return {
        id
        for id, task in scenario.tasks.items()
        if task.exists < 1 and task.actual_start is None and task.actual_finish is None
        if (task.exists < 0.5 if draw is None else draw(f"task/{id.split(' (again ')[0]}/exists") < 1 - task.exists)
    }
