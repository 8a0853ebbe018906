"""The compiled core: against NumPy, on two threads, on several calendars."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from benchmarks.clock import least_seconds
from benchmarks.figure import Figure, at_least, at_most
from benchmarks.network import THREE_CALENDARS, Network, document, network
from benchmarks.yardstick import Simulated, simulate
from riskengine import plan as planning
from riskengine.engine.blocks.core import prepare
from riskengine.engine.blocks.run import Request, available_threads, run_blocks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.simulate import METHODS
from riskengine.kernel.contract.arrays import Output
from riskengine.plan import Plan
from riskengine.scenario import parse

SEED: Final = 1
NANO: Final = 1e9
ITERATIONS: Final[Mapping[str, int]] = {"small": 16_384, "medium": 16_384, "large": 8_192}
GOALS: Final[Mapping[tuple[str, bool], float]] = {
    ("small", False): 20,
    ("medium", False): 20,
    ("large", False): 14,
    ("medium", True): 15,
    ("large", True): 10,
}
"""Least ratio to NumPy by plan, and whether it has risks."""
ROUNDS: Final[Mapping[str, int]] = {"small": 50, "medium": 8, "large": 4}
"""What is over sooner is run more often: its least time takes more tries to find."""
REPEATS: Final = (1, 5, 5)
"""The core is so much faster that it can be run more often."""
MOST_ERRORS: Final = 6.0
MOST_CRITICALITY: Final = 0.02
THREAD_ITERATIONS: Final = 40_960
ENOUGH_CORES: Final = 1.7
"""With less than this, two threads were not let run at once, and their time says nothing about the code."""
CALENDAR_ITERATIONS: Final[Mapping[str, int]] = {"medium": 16_384, "large": 4_096}


class DisagreementError(Exception):
    """Two programs do not compute the same thing, so that their times say nothing about each other."""


def compiled(scenario: Mapping[str, Any]) -> Plan:
    """Return the plan of a scenario document."""
    return planning.compile(parse(scenario))


def bound_run(plan: Plan, iterations: int, method: str = "random", threads: int = 1) -> Callable[[], Output]:
    """Return a run without arguments; all that a run does once, whatever its length, is done before."""
    prepare(plan, None)
    number = METHODS[method]
    dimension = dimensions_of(plan, number)
    request = Request(SEED, number, iterations, threads=threads)
    return lambda: run_blocks(plan, request, dimension)


def against_numpy() -> list[Figure]:
    """Compare the core with NumPy, one thread each, on plans with and without risks."""
    figures = []
    for (name, has_risks), goal in GOALS.items():
        drawn = network(name)
        plan = drawn if has_risks else drawn.without_risks()
        figures.append(compare(plan, ITERATIONS[name], ROUNDS[name], goal))
    return figures


def compare(plan: Network, iterations: int, rounds: int, goal: float) -> Figure:
    """Return NumPy's time over the core's for one plan.

    Notes
    -----
    The core draws plainly at random, as NumPy does; block Sobol, which is its default, goes to the details.
    """
    arrays = compiled(document(plan))
    core = bound_run(arrays, iterations)
    check_agreement(simulate(plan, iterations, SEED), in_days(plan, arrays, core()))
    works = (lambda: simulate(plan, iterations, SEED), core, bound_run(arrays, iterations, "sobol"))
    seconds = least_seconds(works, rounds, REPEATS)
    per = NANO / iterations / len(plan.tasks)
    details = {f"{k}_ns": s * per for k, s in zip(("numpy", "core", "core_sobol"), seconds, strict=True)}
    words = f"{len(plan.risks)} risks" if plan.risks else "no risks"
    return Figure(
        f"core against NumPy: {len(plan.tasks)} tasks, {words}", seconds[0] / seconds[1], "x", at_least(goal), details
    )


def in_days(plan: Network, arrays: Plan, output: Output) -> Simulated:
    """Return what the core gave in the yardstick's units and order of tasks."""
    day = arrays.time.calendars[arrays.time.project_calendar].day_ticks
    row = {task: k for k, task in enumerate(arrays.task)}
    order = [row[task.id] for task in plan.tasks]
    return Simulated(output.finish[0] / day, output.cost, output.count[0, order] / output.cost.size)


def check_agreement(one: Simulated, other: Simulated) -> None:
    """Raise unless two simulations of one plan differ by chance only.

    Raises
    ------
    DisagreementError
        When means are six standard errors apart, or criticalities by more than 0.02 in the mean over the tasks; both
        happen by chance less often than once in a hundred million.
    """
    for name, a, b in (("finish", one.finish, other.finish), ("cost", one.cost, other.cost)):
        error = float(np.sqrt(a.var() / a.size + b.var() / b.size))
        if abs(float(a.mean() - b.mean())) > MOST_ERRORS * error:
            raise DisagreementError(f"mean {name}: {a.mean():.6g} and {b.mean():.6g}, standard error {error:.2g}")
    apart = float(np.abs(one.criticality - other.criticality).mean())
    if apart > MOST_CRITICALITY:
        raise DisagreementError(f"criticalities are {apart:.3f} apart in the mean")


def on_threads(rounds: int = 15, iterations: int = THREAD_ITERATIONS) -> list[Figure]:
    """Compare two threads with one, by the clock on the wall; nothing where only one may run."""
    if available_threads() < 2:
        return []
    plan = compiled(document(network("large")))
    runs = [bound_run(plan, iterations, "sobol", threads) for threads in (1, 2)]
    given: list[float] = []

    def both() -> None:
        start, used = time.perf_counter(), time.process_time()
        runs[1]()
        given.append((time.process_time() - used) / (time.perf_counter() - start))

    one, two = least_seconds([runs[0], both], rounds, clock=time.perf_counter)
    details = {"one_s": one, "two_s": two, "iterations": iterations, "cores_given": max(given)}
    note = "" if max(given) > ENOUGH_CORES else f"given {max(given):.1f} cores: measure on an idle machine"
    words = f"two threads against one: {len(plan.task)} tasks"
    return [Figure(words, one / two, "x", at_least(1.6), details, note)]


def on_calendars(rounds: int = 15, iterations: Mapping[str, int] = CALENDAR_ITERATIONS) -> list[Figure]:
    """Compare a plan whose tasks take turns on three calendars with the same plan on one."""
    figures = []
    names = tuple(THREE_CALENDARS)
    for name, count in iterations.items():
        plan = network(name)
        several = compiled(document(plan, THREE_CALENDARS, lambda row: names[row % len(names)]))
        one = compiled(document(plan, THREE_CALENDARS))
        seconds = least_seconds([bound_run(several, count, "sobol"), bound_run(one, count, "sobol")], rounds)
        per = NANO / count / len(plan.tasks)
        details = {"several_ns": seconds[0] * per, "one_ns": seconds[1] * per, "iterations": count}
        words = f"three calendars against one: {len(plan.tasks)} tasks"
        figures.append(Figure(words, seconds[0] / seconds[1], "x", at_most(3), details))
    return figures
