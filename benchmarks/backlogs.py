"""Backlogs: what a period that is sampled costs in time of the core, beside a task with an estimate."""

from collections.abc import Mapping
from typing import Any, Final

from benchmarks.clock import least_seconds
from benchmarks.core import NANO, bound_run, compiled
from benchmarks.figure import Figure, at_most
from benchmarks.network import EVERY_DAY, Network, document, network

ITERATIONS: Final[Mapping[str, int]] = {"medium": 8_192}
METHODS: Final = ("random", "sobol")
ROW: Final = 4
"""Items that each row of the history got done, so that all iterations take the same number of periods."""
ROWS: Final = 12
PERIODS: Final = 8
MOST: Final = 3


def with_backlogs(plan: Network) -> dict[str, Any]:
    """Return a plan whose tasks are all backlogs of as many periods in each iteration."""
    made = document(plan, EVERY_DAY)
    tasks = made.pop("tasks")
    made["backlogs"] = {
        id: {**{key: value for key, value in task.items() if key != "duration"}, "items": ROW * PERIODS}
        | {"done": [ROW] * ROWS}
        for id, task in tasks.items()
    }
    return made


def against_tasks(rounds: int = 9, iterations: Mapping[str, int] = ITERATIONS) -> list[Figure]:
    """Compare plans of backlogs with the same plans of tasks with PERT estimates, period for task."""
    figures = []
    for name, count in iterations.items():
        plan = network(name).without_risks()
        backlogs, tasks = compiled(with_backlogs(plan)), compiled(document(plan))
        for method in METHODS:
            works = [bound_run(backlogs, count, method), bound_run(tasks, count, method)]
            seconds = least_seconds(works, rounds)
            per = NANO / count / len(plan.tasks)
            details = {
                "period_ns": seconds[0] * per / PERIODS,
                "task_ns": seconds[1] * per,
                "periods": PERIODS,
                "iterations": count,
            }
            words = f"a period of a backlog against a task: {len(plan.tasks)} of them, {method}"
            figures.append(Figure(words, seconds[0] / seconds[1] / PERIODS, "x", at_most(MOST), details))
    return figures
