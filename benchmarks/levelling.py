"""Levelled plans: what waiting for resources costs in time of the core."""

from collections.abc import Mapping
from typing import Any, Final

from benchmarks.clock import least_seconds
from benchmarks.core import NANO, bound_run, compiled
from benchmarks.figure import Figure, at_most
from benchmarks.network import EVERY_DAY, RECIPES, Network, document, network

ITERATIONS: Final[Mapping[str, int]] = {"medium": 8_192, "large": 1_024}
TASKS_A_CREW: Final = 5
"""Tasks of a layer that share a crew."""
CAPACITY: Final = 3
MOST: Final = 40


def levelled(name: str, plan: Network) -> dict[str, Any]:
    """Return a plan whose tasks each need a unit of a crew, of which a layer needs five and three are there."""
    made = document(plan, EVERY_DAY)
    crews = RECIPES[name].width // TASKS_A_CREW
    made["levelling"] = True
    made["resources"] = {f"crew-{k}": {"capacity": CAPACITY} for k in range(crews)}
    for row, task in enumerate(made["tasks"].values()):
        task["resources"] = {f"crew-{row % crews}": 1}
    return made


def against_unlevelled(rounds: int = 5, iterations: Mapping[str, int] = ITERATIONS) -> list[Figure]:
    """Compare levelled plans with the same plans without levelling."""
    figures = []
    for name, count in iterations.items():
        plan = network(name)
        with_it = compiled(levelled(name, plan))
        free = with_it.unlevelled
        assert free is not None
        seconds = least_seconds([bound_run(with_it, count), bound_run(free, count)], rounds)
        per = NANO / count / len(plan.tasks)
        details = {"levelled_ns": seconds[0] * per, "unlevelled_ns": seconds[1] * per, "iterations": count}
        words = f"levelled against not: {len(plan.tasks)} tasks"
        figures.append(Figure(words, seconds[0] / seconds[1], "x", at_most(MOST), details))
    return figures
