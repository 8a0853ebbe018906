"""What the keys of impacts stand for: tasks, cost lines or the project."""

from collections.abc import Mapping, Sequence

from riskengine.model.scenario import Scenario

PROJECT = "project"
COST_LINE = "cost:"
EVERY_COST_LINE = "cost:*"


def selected(target: str, scenario: Scenario) -> tuple[str, ...]:
    """Return the ids of the tasks that an impact's key stands for; none for the project and for cost lines."""
    kind, _, name = target.partition(":")
    if target == PROJECT or (kind == "cost" and target not in scenario.tasks):
        return ()
    if target == "*":
        return tuple(scenario.tasks)
    if target in scenario.tasks:
        return (target,)
    if kind == "team":
        return tuple(key for key, task in scenario.tasks.items() if task.team == name)
    if kind == "tag":
        return tuple(key for key, task in scenario.tasks.items() if name in task.tags)
    codes = wbs_codes(name, scenario.wbs_names)
    return tuple(key for key, task in scenario.tasks.items() if is_within(codes, task.wbs))


def wbs_codes(name: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the WBS codes that ``wbs:NAME`` stands for: the code itself, and every element that is called so."""
    return (name, *(code for code, word in names.items() if word == name))


def is_within(codes: Sequence[str], wbs: str) -> bool:
    """Return whether a WBS code is one of some codes or lies below one."""
    return any(wbs == code or wbs.startswith(f"{code}.") for code in codes)


def hittable(target: str, scenario: Scenario) -> list[str]:
    """Return the tasks that an impact acts on: what is over is frozen."""
    return [name for name in selected(target, scenario) if not scenario.tasks[name].is_finished]


def priced(target: str, scenario: Scenario) -> list[str]:
    """Return the costs that an impact's key stands for, as task/ID and cost/ID.

    What is over has been paid. ``project`` stands for everything that the project costs.
    """
    lines = [f"cost/{name}" for name in sorted(scenario.costs)]
    if target not in scenario.tasks and target.startswith(COST_LINE):
        return lines if target == EVERY_COST_LINE else [f"cost/{target.removeprefix(COST_LINE)}"]
    tasks = [f"task/{name}" for name in sorted(hittable("*" if target == PROJECT else target, scenario))]
    return [*tasks, *lines] if target == PROJECT else tasks
