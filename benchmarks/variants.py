"""Varying a plan: how much longer everything around the core takes than the core, and than parsing the text."""

import tempfile
import tomllib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Final

import riskengine
from benchmarks.clock import least_seconds
from benchmarks.core import bound_run
from benchmarks.figure import Figure, at_most
from benchmarks.network import START, Network, document, network
from riskengine import plan as planning
from riskengine.model import Scenario
from riskengine.plan import Plan
from riskengine.scenario import dumps, parse

ITERATIONS: Final = 10_240
LONG_ITERATIONS: Final = 102_400
VARIANTS: Final = 100
ROUNDS: Final = 5
MILLI: Final = 1e3


def on_variants() -> list[Figure]:
    """Compare the way from a scenario to its numbers with the core, one thread each, and with parsing the text."""
    return [*of_changes(), of_files(), of_variants(), *of_whole_runs()]


def with_probability(scenario: Scenario, probability: float) -> Scenario:
    """Return a scenario whose first risk is as likely as this."""
    name, risk = next(iter(scenario.risks.items()))
    changed = risk.model_copy(update={"probability": probability})
    return scenario.model_copy(update={"risks": {**scenario.risks, name: changed}})


def changing(plan: Plan, scenario: Scenario) -> Callable[[], object]:
    """Return how to change one probability, to another one at every call."""
    variants = [with_probability(scenario, 0.1 + 0.01 * step) for step in range(VARIANTS // 2)]
    calls = count()
    return lambda: planning.changed(plan, variants[next(calls) % len(variants)])


def of_changes() -> list[Figure]:
    """Compare changing one probability of a compiled plan with 10 240 iterations of it."""
    figures = []
    for name in ("medium", "large"):
        scenario = parse(document(network(name)))
        plan = planning.compile(scenario)
        seconds = least_seconds([changing(plan, scenario), bound_run(plan, ITERATIONS, "sobol")], ROUNDS, (20, 3))
        details = {"changed_ms": seconds[0] * MILLI, "core_ms": seconds[1] * MILLI}
        words = f"changing a probability against {ITERATIONS} iterations: {len(plan.task)} tasks"
        figures.append(Figure(words, seconds[0] / seconds[1], "x", at_most(0.1), details))
    return figures


def written(plan: Network) -> str:
    """Return a plan as people write a scenario."""
    lines = ["schema = 1", f'name = "{plan.name}"', f"start = {START}", 'currency = "EUR"']
    for task in plan.tasks:
        after = ", ".join(f'"{plan.tasks[row].id}"' for row in task.predecessors)
        cost = f"{{ fixed = {task.fixed}, rate = {task.rate} }}"
        three = f"[{task.low}, {task.likely}, {task.high}]"
        lines += ["", f"[tasks.{task.id}]", f"duration = {three}", f"after = [{after}]", f"cost = {cost}"]
    for risk in plan.risks:
        impact = f"{{ delay = [{risk.low}, {risk.likely}, {risk.high}], cost = {risk.cost} }}"
        lines += ["", f"[risks.{risk.id}]", f"probability = {risk.probability}"]
        lines += [f"impacts.{plan.tasks[risk.task].id} = {impact}"]
    return "\n".join(lines) + "\n"


def of_files() -> Figure:
    """Compare reading, compiling and resolving 2 000 tasks with parsing the text."""
    plan = network("large")
    text = written(plan)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.toml"
        path.write_text(text, encoding="utf-8")
        read = lambda: riskengine.read(path)  # noqa: E731
        scenario = read()
        works = (lambda: tomllib.loads(text), read, lambda: planning.compile(scenario), lambda: dumps(scenario))
        seconds = least_seconds(works, ROUNDS)
    names = ("loads_ms", "read_ms", "compile_ms", "dumps_ms")
    details = {name: spent * MILLI for name, spent in zip(names, seconds, strict=True)}
    links = sum(len(task.predecessors) for task in plan.tasks)
    words = f"read, compile, resolve against parsing: {len(plan.tasks)} tasks, {links} relationships"
    return Figure(words, sum(seconds[1:]) / seconds[0], "x", at_most(4), details)


def of_variants() -> Figure:
    """Compare variants of a plan through ``simulate`` with what the core takes for them."""
    base = riskengine.read(document(network("medium")))
    name = next(iter(base.risks))
    variants = [base.changed({f"risks.{name}.probability": 0.1 + 0.001 * step}) for step in range(VARIANTS)]
    core = bound_run(planning.compile(base), ITERATIONS, "sobol")

    def simulate_all() -> None:
        for variant in variants:
            riskengine.simulate(variant, iterations=ITERATIONS, threads=1, contributions=False).finish(0.8)

    seconds = least_seconds([simulate_all, core], 2, (1, 20))
    details = {"variant_ms": seconds[0] * MILLI / VARIANTS, "core_ms": seconds[1] * MILLI}
    words = f"{VARIANTS} variants through simulate against the core: {len(base.tasks)} tasks, {ITERATIONS} iterations"
    return Figure(words, seconds[0] / VARIANTS / seconds[1], "x", at_most(3), details)


def of_whole_runs() -> list[Figure]:
    """Compare ``simulate``, without a table and with every one, with the core: the run and one without each risk."""
    scenario = riskengine.read(document(network("medium")))
    plan = planning.compile(scenario)
    core, short = bound_run(plan, LONG_ITERATIONS, "sobol"), bound_run(plan, ITERATIONS, "sobol")
    works = (
        lambda: dict(riskengine.simulate(scenario, iterations=LONG_ITERATIONS, threads=1).tables),
        lambda: riskengine.simulate(scenario, iterations=LONG_ITERATIONS, threads=1),
        core,
        short,
    )
    seconds = least_seconds(works, ROUNDS, (1, 1, 2, 5))
    in_core = seconds[2] + len(plan.risk) * seconds[3]
    details = {"tables_ms": seconds[0] * MILLI, "simulate_ms": seconds[1] * MILLI, "core_ms": in_core * MILLI}
    plan_words = f"against the core: {len(plan.task)} tasks, {LONG_ITERATIONS} iterations"
    return [
        Figure(f"simulate {plan_words}", seconds[1] / in_core, "x", at_most(1.3), details),
        Figure(f"simulate with all tables {plan_words}", seconds[0] / in_core, "x", at_most(1.3), details),
    ]
