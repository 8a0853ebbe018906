"""What a task holds of resources with a capacity."""

from riskengine.model import Scenario, Task


def limited(scenario: Scenario, task: Task) -> dict[str, float]:
    """Return what a task holds of the resources that have a capacity, by their ids; nothing without levelling.

    Notes
    -----
    A milestone takes no time, what is finished holds nothing any more, and a level of effort or a summary only follows
    the work of others.
    """
    if scenario.levelling is None or task.is_milestone or task.is_finished or task.is_span:
        return {}
    resources = scenario.resources
    return {
        name: units
        for name, units in sorted(task.resources.items())
        if units > 0 and name in resources and resources[name].capacity is not None
    }
