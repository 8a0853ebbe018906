"""The engine and its twin side by side on the same draws: every difference, in words."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from riskengine.analysis.decision import decide
from riskengine.engine import replay
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.dates.display_dates import early_dates
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.engine.replay import Replay
from riskengine.engine.simulate import METHODS, Settings, deterministic, simulate
from riskengine.kernel.contract.arrays import Output
from riskengine.model import Scenario
from riskengine.plan import Plan, compile
from tests.twin.simulator.actions import with_actions
from tests.twin.simulator.backlogs import words_of
from tests.twin.simulator.branching import last_time, repeated
from tests.twin.simulator.lost_days import in_iteration
from tests.twin.simulator.risks import dearer, is_meant
from tests.twin.simulator.simulator import Outcome, Simulator

CENTS = 1e-9
"""Money may differ by the order of its sums, relative to the amounts added."""


class NotDrawn(Exception):
    """The twin asks for a value that the engine has no variable for."""


@dataclass(frozen=True)
class Run:
    """What the engine made of a scenario: draws, outcomes, and how often each task was critical."""

    plan: Plan
    seen: Replay
    """Everything of every iteration."""
    plain: Output
    """The same iterations as an ordinary run makes them, of which no task is kept."""
    exact: Output
    """The deterministic plan."""
    iterations: int
    seed: int
    method: str


def run(scenario: Scenario, seed: int, method: str, iterations: int) -> Run:
    """Let the engine simulate; `iterations` are the first ones of its first block."""
    plan = compile(scenario)
    number = METHODS[method]
    dimension = dimensions_of(plan, number)
    plain = run_blocks(plan, Request(seed, number, iterations), dimension)
    return Run(plan, replay(plan, seed, method, iterations), plain, deterministic(plan), iterations, seed, method)


def draws_of(scenario: Scenario, seen: Replay, iteration: int) -> Callable[[str], float]:
    """The values that the engine drew in one iteration, by the names that the twin asks for."""
    scenario = with_actions(scenario)

    def draw(name: str) -> float:
        label = name if name in seen.draws else shared_label(repeated(scenario), name)
        if label not in seen.draws:
            raise NotDrawn(name)
        return seen.draws[label][iteration].item()

    return draw


def shared_label(scenario: Scenario, name: str) -> str:
    """Label of a factor that all of one entry share: the entry stands where the task or the cost line would."""
    for risk in scenario.risks.values():
        for entry, impact in risk.impacts.items():
            if impact.cost_factor is not None:
                tasks = [task.id for task in scenario.tasks.values() if is_meant(entry, task)]
                for target in dearer(entry, tasks, scenario):
                    if name == f"risk/{risk.id}/impact/{target}/cost_factor":
                        return f"risk/{risk.id}/impact/{entry}/cost_factor"
        for entry, impact in risk.impacts.items():
            for task in scenario.tasks.values():
                if (
                    impact.factor is not None
                    and is_meant(entry, task)
                    and name == f"risk/{risk.id}/impact/{task.id}/factor"
                ):
                    return f"risk/{risk.id}/impact/{entry}/factor"
    return name


def differences(scenario: Scenario, made: Run) -> Iterator[str]:
    """Every difference between the engine's run of a scenario and the twin's, none where they agree."""
    plan = made.plan
    planned = Simulator(scenario, plan.time.tick, on_clock=plan.clocks is not None)
    yield from compared(plan, planned, made.exact, 0, planned.plan(), "plan")
    total: Counter[tuple[str, str]] = Counter()
    met: Counter[str] = Counter()
    for iteration in range(made.iterations):
        twin = twin_of(planned, made.seed, iteration)
        twin.row_word = words_of(made.seed, scenario.project, iteration, made.method)
        try:
            outcome = twin.iteration(draws_of(scenario, made.seen, iteration))
        except NotDrawn as name:
            yield f"iteration {iteration}: the engine does not draw {name}"
            return
        yield from compared(plan, twin, made.seen.output, iteration, outcome, f"iteration {iteration}")
        total.update((target, task) for target, tasks in outcome.critical.items() for task in tasks)
        met.update(gates_met(scenario, twin, outcome))
    yield from gate_differences(made, met)
    for row, target in enumerate(("project", *plan.target)):
        for at, task in enumerate(plan.task):
            if made.plain.count[row, at] != total[target, task]:
                yield f"criticality of {task} to {target}: {made.plain.count[row, at]}, twin {total[target, task]}"
    for name in ("finish", "cost"):
        if not np.array_equal(getattr(made.plain, name), getattr(made.seen.output, name)):
            yield f"{name} depends on whether tasks are kept"


T = TypeVar("T", bound=Simulator)


def twin_of(planned: T, seed: int, iteration: int) -> T:
    """The twin of an iteration: that of the plan, or one whose calendars have lost the days of the iteration."""
    scenario = in_iteration(planned.scenario, seed, iteration)
    if scenario is planned.scenario:
        return planned
    twin = type(planned)(scenario, planned.tick, on_clock=planned.tie_calendar is planned.clock)
    twin.counting_walk = planned.counting_walk
    return twin


def gates_met(scenario: Scenario, twin: Simulator, outcome: Outcome) -> Iterator[str]:
    """Gates on a finish alone that an outcome meets."""
    for gate in scenario.gates.values():
        last = last_time(twin.scenario, gate.target)
        instant = outcome.project_finish if gate.target == "project" else outcome.finish[last]
        if gate.finish is not None and gate.cost is None and twin.moment(instant) <= gate.finish:
            yield gate.id


def gate_differences(made: Run, met: Counter[str]) -> Iterator[str]:
    """Differences in how often the gates of a run as users make it are met."""
    if made.plan.gates:
        settings = Settings(iterations=made.iterations, seed=made.seed, method=made.method, threads=1)
        for answer in decide(simulate(made.plan, settings)).gates:
            if answer.gate.cost is None and answer.count != met[answer.gate.id]:
                yield f"gate {answer.gate.id} is met {answer.count} times, twin {met[answer.gate.id]}"


def compared(plan: Plan, twin: Simulator, output: Output, column: int, outcome: Outcome, when: str) -> Iterator[str]:
    """Differences of one iteration.

    On one calendar the engine counts in working offsets; what it makes of them on the clock is compared, too.
    """
    shared = None if plan.clocks is not None else twin.tie_calendar

    def twins(instant: int) -> int:
        return instant + plan.time.start if shared is None else shared.between(0, instant)

    def differs(what: str, mine: float, its: float) -> Iterator[str]:
        if mine != its:
            yield f"{when}: {what}: {mine}, twin {its}"

    starts, finishes = (dates[:, column] - plan.time.start for dates in early_dates(plan, output, column + 1))
    cost = 0.0
    for row, task in enumerate(plan.task):
        yield from differs(f"duration of {task}", int(output.duration[row, column]), outcome.work[task])
        yield from differs(f"start of {task}", int(output.start[row, column]), twins(outcome.start[task]))
        yield from differs(f"finish of {task}", int(output.end[row, column]), twins(outcome.finish[task]))
        if shared is not None:
            yield from differs(f"start of {task} on the clock", int(starts[row]), outcome.start[task])
            yield from differs(f"finish of {task} on the clock", int(finishes[row]), outcome.finish[task])
        mine, its = float(output.task_cost[row, column]), outcome.task_cost[task]
        cost += abs(its)
        if abs(mine - its) > CENTS * (1 + abs(its)):
            yield f"{when}: cost of {task}: {mine}, twin {its}"
    yield from differs("finish", int(output.finish[0, column]), twins(outcome.project_finish))
    for row, target in enumerate(plan.target):
        yield from differs(
            f"finish of target {target}",
            int(output.finish[row + 1, column]),
            twins(outcome.finish[last_time(twin.scenario, target)]),
        )
    days = float(plan.project_days(plan.clock(output.finish[0, column : column + 1]))[0])
    yield from differs("finish in days", round(days, 9), round(twin.finish_days(outcome.project_finish), 9))
    if abs(float(output.cost[column]) - outcome.cost) > CENTS * (1 + cost + abs(outcome.cost)):
        yield f"{when}: cost: {output.cost[column]}, twin {outcome.cost}"
