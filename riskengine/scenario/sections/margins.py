"""Margins: time that the plan sets aside, in which nobody works and on which nothing acts."""

from collections.abc import Iterator
from typing import Final

from riskengine.model import Constant, Scenario, Task, TaskCost
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place

NOT_FOR_MARGINS: Final = {"cost": "costs nothing", "resources": "needs no resources", "exists": "always exists"}
"""What a margin cannot have, and why."""

KEYS: Final = {"effort": "work"} | {name: name for name in ("people", "productivity", "quantity", "rate_per_day")}
"""What says work, by attribute, and the key that files have for it."""


def check_margins(scenario: Scenario, faults: Faults) -> None:
    """Report margins that are no plain length of time, and what is to act on them."""
    margins = {name: task for name, task in scenario.tasks.items() if task.margin}
    if not margins:
        return
    for name, task in margins.items():
        place: Place = ("tasks", name)
        if task.type != "task":
            faults.add("RE382", (*place, "margin"), True)
        elif not task.is_finished and not isinstance(task.work, Constant):
            key = "duration" if task.remaining is None else "remaining"
            faults.add("RE383", (*place, key))
        for key, reason in has_of_work(task):
            faults.add("RE384", (*place, key), rule=f"a margin {reason}")
    for place, key in impacts_of(scenario):
        if key in margins:
            faults.add("RE385", (*place, "impacts", key))
    for loop in scenario.rework.values():
        repeated = next((name for name in loop.tasks if name in margins), None)
        if repeated is not None:
            faults.add("RE384", ("rework", loop.id, "tasks"), repeated, rule="a margin is not done again")


def has_of_work(task: Task) -> Iterator[tuple[str, str]]:
    """Yield the keys of a margin that only work has, and why it has none of them."""
    has = {
        "cost": task.cost != TaskCost(),
        "resources": bool(task.resources),
        "exists": task.exists < 1,
    }
    yield from ((key, reason) for key, reason in NOT_FOR_MARGINS.items() if has[key])
    # work and quantities are divided by a pace, and nobody works in a margin
    yield from ((KEYS[name], "is a length of time") for name in KEYS if getattr(task, name) is not None)
    if task.early_finish_passed_on < 1:
        yield "early_finish_passed_on", "has no work that could be finished early"


def impacts_of(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Yield what risks, and effects of actions, act on, each with the place of its table."""
    for name, risk in scenario.risks.items():
        yield from ((("risks", name), key) for key in risk.impacts)
    for name, action in scenario.actions.items():
        for risk_id, change in action.effects.items():
            yield from ((("actions", name, "effects", risk_id), key) for key in change.impacts)
