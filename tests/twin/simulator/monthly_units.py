"""Units in use by calendar month, use by use in plain Python, from what the twin says of one iteration."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from riskengine.engine.simulate import Settings, simulate
from riskengine.model import Scenario
from riskengine.plan import compile
from tests.twin.simulator import agreement
from tests.twin.simulator.agreement import draws_of
from tests.twin.simulator.generator import Document
from tests.twin.simulator.monthly_cost import following
from tests.twin.simulator.paid import SPANS
from tests.twin.simulator.simulator import Outcome, Simulator
from tests.twin.simulator.simulator_under_way import SimulatorUnderWay

Month = tuple[int, int]
Use = tuple[int, int, float]
"""From when until when, and how many units."""


def staffed(seed: int, document: Document) -> Document:
    """A scenario whose tasks use parts of two resources, one with a calendar where the scenario has any."""
    rng = Random(f"staffed {seed}")
    result = dict(document)
    result["resources"] = {"crew": {"capacity": 2, "rate": 10}, "crane": {}}
    if result.get("calendars") and rng.random() < 0.5:
        result["resources"]["crane"]["calendar"] = rng.choice(sorted(result["calendars"]))
    result["tasks"] = {id: dict(task) for id, task in document["tasks"].items()}
    for task in result["tasks"].values():
        task.pop("resources", None)
        is_milestone = task.get("milestone") or "milestone" in task.get("type", "")
        if task.get("type") not in SPANS and not is_milestone and rng.random() < 0.8:
            names = rng.sample(["crew", "crane"], rng.choice([1, 2]))
            task["resources"] = {name: rng.choice([0.25, 1, 1.5]) for name in names}
    return result


def uses_of(twin: Simulator, resource: str, outcome: Outcome) -> list[Use]:
    """Every use of a resource in one outcome: what has been worked, and what is left."""
    scenario, found = twin.scenario, []
    now = scenario.start
    for id, task in scenario.tasks.items():
        units = task.resources.get(resource, 0.0)
        if not units or task.is_milestone or task.is_span:
            continue
        begin = max(outcome.start[id], 0)
        if task.actual_start is not None:
            until = now if scenario.is_data_date or task.resume is None else task.resume
            began = [task.actual_start, task.actual_finish or until]
            if scenario.is_data_date:
                began = [min(moment, now) for moment in began]
            found.append((twin.clock.instant(began[0]), twin.clock.instant(max(began)), units))
            if not scenario.is_data_date:
                begin = twin.clock.instant(max(task.actual_start, task.resume or task.actual_start))
        if not task.is_finished:
            found.append((begin, max(outcome.finish[id], begin), units))
    return [use for use in found if use[1] > use[0]]


def units_of(twin: Simulator, resource: str, uses: list[Use], month: Month) -> tuple[float, float]:
    """Average and peak of a resource in one month."""
    told = twin.scenario.resources.get(resource)
    walk = twin.walks[told.calendar] if told is not None and told.calendar else twin.project_walk
    first, last = (walk.instant(datetime(*each, 1)) for each in (month, following(month)))
    whole = walk.between(first, last)
    worked = sum(units * walk.between(max(a, first), min(b, last)) for a, b, units in uses if a < last and b > first)
    instants = {first, *(a for a, _, _ in uses if first <= a < last)}
    peak = max(sum(units for a, b, units in uses if a <= instant < b) for instant in instants)
    return worked / whole if whole else float("nan"), peak


def differences(scenario: Scenario, seed: int, method: str, iterations: int, is_under_way: bool) -> Iterator[str]:
    """Every difference between the engine's units in use and the twin's."""
    plan = compile(scenario)
    settings = Settings(iterations, seed=seed, method=method, threads=1, has_contributions=False)
    periods = simulate(plan, settings).resource_periods
    made = agreement.run(scenario, seed, method, iterations)
    kind = SimulatorUnderWay if is_under_way else Simulator
    twin = kind(scenario, plan.time.tick, on_clock=plan.clocks is not None)
    for number in range(-1, iterations):
        outcome = twin.iteration(draws_of(scenario, made.seen, number)) if number >= 0 else twin.plan()
        for row, resource in enumerate(("crane", "crew")):
            uses = uses_of(twin, resource, outcome)
            if periods is None:
                if uses:
                    yield "no months although resources are in use"
                continue
            last = max((twin.clock.moment(end - 1) for _, end, _ in uses), default=scenario.start)
            months = [(month.year, month.month) for month in periods.month.tolist()]
            if uses and (last.year, last.month) not in months:
                yield f"iteration {number}: {resource} is in use after {months[-1]}"
            for at, month in enumerate(months):
                values = periods.units[:, row, at, number] if number >= 0 else periods.deterministic[:, row, at]
                for what, mine, its in zip(
                    ("average", "peak"), values, units_of(twin, resource, uses, month), strict=True
                ):
                    if abs(mine - its) > 1e-9 or (mine != mine) != (its != its):
                        yield f"iteration {number}: {what} of {resource} in {month}: {mine}, twin {its}"
