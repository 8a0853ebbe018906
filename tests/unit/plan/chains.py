"""Random chains of changes to a scenario, and the comparison of two plans array by array."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from random import Random
from typing import Any

import numpy as np

from riskengine.model import AnyEstimate, Constant, Discrete, Lognormal, Pert, Relationship, Scenario, Triangular
from riskengine.model.schedule import Levelling
from riskengine.plan import Plan
from riskengine.scenario import parse
from tests.support.levelled_plans import drawn
from tests.support.levelled_plans import scenario as levelled
from tests.twin.simulator import boundaries, generator
from tests.twin.simulator.cost_factors import dearer
from tests.twin.simulator.under_way import under_way

KINDS: tuple[Callable[[int], dict[str, Any]], ...] = (
    generator.document,
    under_way,
    dearer,
    boundaries.document,
    drawn,
    lambda seed: drawn(seed, calendars=True),
)
NOT_COMPARED = frozenset({"stages"})
"""What a plan was compiled from: stages that nothing asks for again may be of another scenario."""
RULES = ("late finish", "total float", "early start", "priority", "shortest")


def drawn_scenario(seed: int) -> Scenario:
    """Return the scenario that a chain begins with."""
    document = KINDS[seed % len(KINDS)](seed)
    return parse(document) if "schema" in document else levelled(document)


def estimate(rng: Random, like: AnyEstimate) -> AnyEstimate:
    """Return another estimate: of any shape, now and then of another unit, or a hundred times as large."""
    unit = like.unit if like.unit is None or rng.random() < 0.8 else rng.choice(["h", "d", "w", "mo"])
    size = max(abs(like.plan_value()), 0.5) * rng.choice([0.1, 0.5, 1.0, 1.0, 1.5, 3.0, 100.0])
    a, b, c = sorted(round(size * rng.uniform(0.2, 2), 2) + at / 10 for at in range(3))
    made: list[AnyEstimate] = [
        Constant(value=b, unit=unit),
        Triangular(low=a, most_likely=b, high=c, unit=unit),
        Pert(low=a, most_likely=b, high=c, unit=unit),
        Discrete(values=(a, b), weights=(1, 2), unit=unit),
        Discrete(values=(a, b, c), weights=(1, 2, 3), unit=unit),
        Lognormal(mean=b, sd=b / 2, unit=unit),
    ]
    same = [one for one in made if type(one) is type(like)]
    return rng.choice(same if same and rng.random() < 0.6 else made)


def put(scenario: Scenario, part: str, key: str, **values: Any) -> Scenario:
    """Return a scenario with one task, risk, cost line, resource or gate changed."""
    items = getattr(scenario, part)
    return scenario.model_copy(update={part: {**items, key: items[key].model_copy(update=values)}})


def probability(rng: Random, scenario: Scenario) -> Scenario:
    """Change how likely a risk is."""
    return put(scenario, "risks", _one(rng, scenario.risks), probability=round(rng.random(), 3))


def switch(rng: Random, scenario: Scenario) -> Scenario:
    """Switch a risk on or off."""
    name = _one(rng, scenario.risks)
    return put(scenario, "risks", name, active=not scenario.risks[name].active)


def duration(rng: Random, scenario: Scenario) -> Scenario:
    """Estimate the work of a task otherwise."""
    name = _one(rng, scenario.tasks)
    task = scenario.tasks[name]
    if task.is_span or task.is_milestone:
        return scenario
    if task.remaining is not None:
        return put(scenario, "tasks", name, remaining=estimate(rng, task.remaining))
    return put(scenario, "tasks", name, duration=estimate(rng, task.duration))


def impact(rng: Random, scenario: Scenario) -> Scenario:
    """Estimate an impact otherwise."""
    name = _one(rng, {key: risk for key, risk in scenario.risks.items() if risk.impacts})
    impacts = scenario.risks[name].impacts
    target = _one(rng, impacts)
    kinds = [kind for kind in ("delay", "factor", "cost", "cost_factor") if getattr(impacts[target], kind) is not None]
    kind = rng.choice(kinds)
    made = impacts[target].model_copy(update={kind: estimate(rng, getattr(impacts[target], kind))})
    return put(scenario, "risks", name, impacts={**impacts, target: made})


def cost(rng: Random, scenario: Scenario) -> Scenario:
    """Change what a task costs, or what has been spent on it."""
    name = _one(rng, scenario.tasks)
    task = scenario.tasks[name]
    if task.type == "summary" and task.cost.rate is None:
        return scenario
    kind = rng.choice(["fixed", "rate", "actual"])
    if kind == "actual":
        value: Any = None if not task.is_started or rng.random() < 0.5 else rng.randrange(1000)
    else:
        value = estimate(rng, getattr(task.cost, kind) or Constant(value=100.0))
    return put(scenario, "tasks", name, cost=task.cost.model_copy(update={kind: value}))


def cost_line(rng: Random, scenario: Scenario) -> Scenario:
    """Change a cost line of the project."""
    name = _one(rng, scenario.costs)
    kind = rng.choice([kind for kind in ("fixed", "rate") if getattr(scenario.costs[name], kind) is not None])
    return put(scenario, "costs", name, **{kind: estimate(rng, getattr(scenario.costs[name], kind))})


def resource(rng: Random, scenario: Scenario) -> Scenario:
    """Change what a resource costs."""
    return put(scenario, "resources", _one(rng, scenario.resources), rate=float(rng.randrange(2000)))


def gate(rng: Random, scenario: Scenario) -> Scenario:
    """Change a gate: its confidence, its limit, or what it asks about."""
    name = _one(rng, scenario.gates)
    values: list[dict[str, Any]] = [
        {"confidence": round(rng.uniform(0.05, 0.95), 2)},
        {"finish": scenario.start + timedelta(days=rng.randrange(1, 90))},
        {"cost": float(rng.randrange(10_000))},
        {"target": rng.choice(["project", *scenario.tasks])},
    ]
    return put(scenario, "gates", name, **rng.choice(values))


def labels(rng: Random, scenario: Scenario) -> Scenario:
    """Call things otherwise."""
    renamed = put(scenario, "tasks", _one(rng, scenario.tasks), name=f"task {rng.randrange(99)}", description="new")
    return renamed.model_copy(update={"name": f"variant {rng.randrange(99)}"})


def lag(rng: Random, scenario: Scenario) -> Scenario:
    """Change a lag, which is part of the logic."""
    name = _one(rng, {key: task for key, task in scenario.tasks.items() if task.after and not task.is_span})
    first, *rest = scenario.tasks[name].after
    if any((one.task, one.type) == (first.task, first.type) for one in rest):
        return scenario  # a file would put them into another order
    made = Relationship(task=first.task, type=first.type, lag=Constant(value=float(rng.randrange(4)), unit="d"))
    return put(scenario, "tasks", name, after=(made, *rest))


def deadline(rng: Random, scenario: Scenario) -> Scenario:
    """Give a task a deadline."""
    name = _one(rng, scenario.tasks)
    return put(scenario, "tasks", name, deadline=scenario.start + timedelta(days=rng.randrange(90)))


def rule(rng: Random, scenario: Scenario) -> Scenario:
    """Serve tasks by another rule."""
    if scenario.levelling is None:
        return scenario
    return scenario.model_copy(update={"levelling": Levelling(rule=rng.choice(RULES))})


def units(rng: Random, scenario: Scenario) -> Scenario:
    """Change how many units a task needs of a resource: no more than there are."""
    name = _one(rng, {key: task for key, task in scenario.tasks.items() if task.resources})
    key = _one(rng, scenario.tasks[name].resources)
    most = scenario.resources[key].capacity or 4.0
    needs = {**scenario.tasks[name].resources, key: most * rng.choice([0.25, 0.5, 1.0])}
    return put(scenario, "tasks", name, resources=needs)


CHANGES = (probability, switch, duration, duration, impact, impact, cost, cost_line, resource, units, gate, labels)
STRUCTURAL = (lag, deadline, rule)


def step(rng: Random, scenario: Scenario) -> Scenario:
    """Return a scenario after one change; what it has nothing of stays."""
    change = rng.choice(STRUCTURAL if rng.random() < 0.1 else CHANGES)
    try:
        return change(rng, scenario)
    except LookupError:
        return scenario


def _one(rng: Random, mapping: Mapping[str, Any]) -> str:
    return rng.choice(sorted(mapping))


def differences(one: Any, other: Any, path: str = "plan") -> list[str]:
    """Return where two plans differ, in any bit of any array, and in any label."""
    if type(one) is not type(other):
        return [f"{path}: {type(one).__name__} and {type(other).__name__}"]
    if isinstance(one, np.ndarray):
        is_same = one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
        return [] if is_same else [f"{path}: {one.dtype}{one.shape} and {other.dtype}{other.shape}"]
    if is_dataclass(one):
        names = [each.name for each in fields(one) if not (isinstance(one, Plan) and each.name in NOT_COMPARED)]
        names += ["kernel_plan"] if isinstance(one, Plan) else []
        pairs = [(name, getattr(one, name), getattr(other, name)) for name in names]
    elif isinstance(one, tuple) and hasattr(one, "_fields"):
        pairs = [(name, getattr(one, name), getattr(other, name)) for name in one._fields]
    elif isinstance(one, tuple | list) and len(one) == len(other):
        pairs = [(str(at), a, b) for at, (a, b) in enumerate(zip(one, other, strict=True))]
    elif isinstance(one, Mapping) and list(one) == list(other):
        pairs = [(str(key), one[key], other[key]) for key in one]
    else:
        is_equal = one == other or (one != one and other != other)
        return [] if is_equal else [f"{path}: {one!r} and {other!r}"]
    return [line for name, a, b in pairs for line in differences(a, b, f"{path}.{name}")]
