"""Random layered plans: what they are made of, and the same plan as a scenario document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np

START: Final = date(2027, 1, 4)
EVERY_DAY: Final[Mapping[str, Any]] = {"every-day": {"week": "mon-sun 00:00-24:00"}}
THREE_CALENDARS: Final[Mapping[str, Any]] = {
    "office": {"week": "mon-fri 08:00-12:00 13:00-17:00", "holidays": ["2027-03-26", "2027-12-24..2028-01-02"]},
    "site": {"week": "mon-sat 07:00-12:00 12:30-17:30", "holidays": ["2027-12-24..2028-01-02"]},
    "shifts": {"week": "mon-sun 00:00-24:00"},
}
THOUSAND: Final = 1000.0


@dataclass(frozen=True)
class Recipe:
    """How large a plan is; the seed makes it the same plan each time."""

    layers: int
    width: int
    predecessors: int
    risks: int
    seed: int


RECIPES: Final[Mapping[str, Recipe]] = {
    "small": Recipe(layers=4, width=3, predecessors=2, risks=5, seed=101),
    "medium": Recipe(layers=12, width=10, predecessors=2, risks=20, seed=102),
    "sliders": Recipe(layers=20, width=10, predecessors=2, risks=20, seed=105),
    "large": Recipe(layers=50, width=40, predecessors=3, risks=200, seed=103),
    "sheet": Recipe(layers=100, width=200, predecessors=3, risks=100, seed=104),
}
"""12, 120, 200, 2 000 and 20 000 tasks."""


@dataclass(frozen=True)
class Task:
    """A task: three points of its PERT duration [working day], FS predecessors by position, costs."""

    id: str
    low: float
    likely: float
    high: float
    predecessors: tuple[int, ...]
    fixed: float
    rate: float


@dataclass(frozen=True)
class Risk:
    """A threat to one task: three points of its PERT delay [working day], and a cost."""

    id: str
    probability: float
    task: int
    low: float
    likely: float
    high: float
    cost: float


@dataclass(frozen=True)
class Network:
    """A plan whose tasks stand after all of their predecessors."""

    name: str
    tasks: tuple[Task, ...]
    risks: tuple[Risk, ...]

    def without_risks(self) -> "Network":
        """Return the same plan where nothing goes wrong."""
        return replace(self, risks=())


def network(name: str) -> Network:
    """Return the random plan of a recipe.

    Notes
    -----
    Tasks stand in layers. Each but the first layer's follows one task of the layer before it, and others of the two
    layers before it.
    """
    recipe = RECIPES[name]
    rng = np.random.default_rng(recipe.seed)

    def tenths(low: float, high: float) -> float:
        return round(float(rng.uniform(low, high)), 1)

    tasks = []
    for row in range(recipe.layers * recipe.width):
        likely = tenths(5, 30)
        tasks.append(
            Task(
                id=f"task-{row:05d}",
                low=round(likely * rng.uniform(0.6, 0.95), 1),
                likely=likely,
                high=round(likely * rng.uniform(1.2, 2.2), 1),
                predecessors=_predecessors(recipe, row // recipe.width, rng),
                fixed=THOUSAND * int(rng.integers(5, 51)),
                rate=THOUSAND * tenths(1, 5),
            )
        )
    risks = []
    for row, task in enumerate(rng.permutation(len(tasks))[: recipe.risks]):
        likely = tenths(3, 15)
        risks.append(
            Risk(
                id=f"risk-{row:03d}",
                probability=round(float(rng.uniform(0.05, 0.5)), 2),
                task=int(task),
                low=round(0.4 * likely, 1),
                likely=likely,
                high=2 * likely,
                cost=THOUSAND * int(rng.integers(10, 201)),
            )
        )
    return Network(name, tuple(tasks), tuple(risks))


def _predecessors(recipe: Recipe, layer: int, rng: np.random.Generator) -> tuple[int, ...]:
    """Return the predecessors of a task of a layer."""
    if layer == 0:
        return ()
    end = layer * recipe.width
    nearest = int(rng.integers(end - recipe.width, end))
    within_reach = [row for row in range(max(0, end - 2 * recipe.width), end) if row != nearest]
    more = rng.choice(within_reach, size=min(recipe.predecessors - 1, len(within_reach)), replace=False)
    return tuple(sorted([nearest, *map(int, more)]))


def document(
    plan: Network,
    calendars: Mapping[str, Any] = EVERY_DAY,
    calendar_of: Callable[[int], str] | None = None,
) -> dict[str, Any]:
    """Return a plan as a scenario document.

    Parameters
    ----------
    calendars : mapping
        The first one is the project's.
    calendar_of : callable, optional
        From a task's position to its calendar; the project's by default.
    """
    tasks: dict[str, dict[str, Any]] = {}
    for row, task in enumerate(plan.tasks):
        tasks[task.id] = {
            "duration": [task.low, task.likely, task.high],
            "after": [plan.tasks[before].id for before in task.predecessors],
            "cost": {"fixed": task.fixed, "rate": task.rate},
        }
        if calendar_of is not None:
            tasks[task.id]["calendar"] = calendar_of(row)
    return {
        "schema": 1,
        "name": plan.name,
        "start": START,
        "currency": "EUR",
        "calendar": next(iter(calendars)),
        "calendars": dict(calendars),
        "defaults": {"shape": "pert"},
        "tasks": tasks,
        "risks": {
            risk.id: {
                "probability": risk.probability,
                "impacts": {plan.tasks[risk.task].id: {"delay": [risk.low, risk.likely, risk.high], "cost": risk.cost}},
            }
            for risk in plan.risks
        },
    }
