"""Schedules as they are found: five calendars, all kinds of relationships, constraints, work under way."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from benchmarks.clock import least_seconds
from benchmarks.core import NANO, bound_run, compiled
from benchmarks.figure import Figure, at_most
from benchmarks.network import START, THREE_CALENDARS, Network, document, network

FIVE_CALENDARS: Final[Mapping[str, Any]] = {
    **THREE_CALENDARS,
    "six-days": {"week": "mon-sat 08:00-12:00 13:00-17:00"},
    "two-shifts": {"week": "mon-fri 06:00-14:00 14:00-22:00", "holidays": ["2027-05-01"]},
}
KINDS: Final = ("", " SS+2d", " FF+1d", " FS+3d", " FS-1d")
REAL_ITERATIONS: Final = 10_240
BOUND_ITERATIONS: Final[Mapping[str, int]] = {"medium": 16_384, "large": 4_096}
SEED: Final = 11


def real(plan: Network) -> dict[str, Any]:
    """Return a plan on five calendars in turn, with relationships of several kinds and lags."""
    names = tuple(FIVE_CALENDARS)
    made = document(plan, FIVE_CALENDARS, lambda row: names[row % len(names)])
    for row, task in enumerate(made["tasks"].values()):
        task["after"] = [before + KINDS[(row + k) % len(KINDS)] for k, before in enumerate(task["after"])]
        if task["after"] and row % 10 == 0:
            task["after"].append(plan.tasks[plan.tasks[row].predecessors[-1]].id + " SF")
    return made


def bound(plan: Network) -> dict[str, Any]:
    """Return a plan on three calendars where, of ten tasks, one is finished, one under way and three are bound."""
    names = tuple(THREE_CALENDARS)
    made = document(plan, THREE_CALENDARS, lambda row: names[row % len(names)])
    rng = np.random.default_rng(SEED)
    data_date = datetime(START.year, START.month, START.day) + timedelta(days=70)
    made["data_date"] = data_date
    del made["start"]
    for row, task in enumerate(made["tasks"].values()):
        begun = data_date - timedelta(days=int(rng.integers(20, 60)))
        moment = data_date + timedelta(days=int(rng.integers(1, 400)))
        if row < len(plan.tasks) // 10:
            task |= {"actual_start": begun, "actual_finish": begun + timedelta(days=10)}
        elif row < len(plan.tasks) // 5:
            task |= {"actual_start": begun, "remaining": task["duration"]}
        elif row % 10 < 3:
            task["constraints"] = [{"type": ("SNET", "FNET", "SNLT")[row % 10], "date": moment}]
    return made


def on_real_schedules() -> list[Figure]:
    """Simulate 2 000 tasks with 6 000 relationships on five calendars, on one core."""
    plan = network("large").without_risks()
    arrays = compiled(real(plan))
    run = bound_run(arrays, REAL_ITERATIONS, "sobol")
    (seconds,) = least_seconds([run], 3)
    links = arrays.network.predecessor.size
    details = {"ns": seconds * NANO / REAL_ITERATIONS / len(plan.tasks), "relationships": links}
    words = f"{len(plan.tasks)} tasks, {links} relationships, five calendars, {REAL_ITERATIONS} iterations"
    return [Figure(words, seconds, "s", at_most(1), details)]


def with_progress(rounds: int = 9, iterations: Mapping[str, int] = BOUND_ITERATIONS) -> list[Figure]:
    """Compare a plan with progress and constraints with the same plan without."""
    figures = []
    names = tuple(THREE_CALENDARS)
    for name, count in iterations.items():
        plan = network(name)
        free = compiled(document(plan, THREE_CALENDARS, lambda row: names[row % len(names)]))
        runs = [bound_run(compiled(bound(plan)), count, "sobol"), bound_run(free, count, "sobol")]
        seconds = least_seconds(runs, rounds)
        per = NANO / count / len(plan.tasks)
        details = {"bound_ns": seconds[0] * per, "free_ns": seconds[1] * per, "iterations": count}
        words = f"progress and constraints against none: {len(plan.tasks)} tasks"
        figures.append(Figure(words, seconds[0] / seconds[1], "x", at_most(1.3), details))
    return figures
