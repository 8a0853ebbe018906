"""No resource beyond its capacity, no requirement of logic broken, in any iteration."""

from datetime import datetime

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.model import Constraint
from riskengine.plan import Plan
from tests.properties.levelling.feasible import overloads
from tests.support.levelled_plans import compiled, drawn, scenario, simulated, spans


def found(document, blocks=1):
    """Name the overloads of a document's iterations."""
    made = compiled(document)
    output = simulated(made, blocks)
    duration = {name: output.duration[row] for row, name in enumerate(made.task)}
    return list(overloads(scenario(document), spans(made, output), duration))


@pytest.mark.parametrize("seed", range(25))
def test_no_resource_is_held_beyond_its_capacity_at_any_time(seed):
    assert found(drawn(seed)) == []


@pytest.mark.parametrize("seed", range(25))
def test_no_resource_is_held_beyond_its_capacity_where_calendars_differ(seed):
    assert found(drawn(seed, calendars=True)) == []


def test_the_checker_sees_overloads_where_nothing_is_levelled():
    document = drawn(3)
    made = compiled(document).unlevelled
    output = simulated(made)
    duration = {name: output.duration[row] for row, name in enumerate(made.task)}
    assert list(overloads(scenario(document), spans(made, output), duration))


def pinned(document, made: Plan) -> dict[str, tuple[np.datetime64, np.datetime64]]:
    """Return the dates of the same plan without levelling, each task held back to where levelling put it."""
    asked = scenario(document)
    output = engine.deterministic(made)
    starts = made.instants(made.clock_start(output.start[:, 0])).astype(datetime)
    held = {
        name: replace_task(asked.tasks[name], starts[row])
        for row, name in enumerate(made.task)
        if output.duration[row, 0] > 0
    }
    return shown(plan.compile(asked.model_copy(update={"levelling": None, "tasks": {**asked.tasks, **held}})))


def replace_task(task, start: datetime):
    return task.model_copy(update={"constraints": (Constraint(type="SNET", date=start),)})


def shown(made: Plan) -> dict[str, tuple[np.datetime64, np.datetime64]]:
    """Return start and finish of every task that takes time, in the deterministic plan."""
    output = engine.deterministic(made)
    starts = made.instants(made.clock_start(output.start[:, 0]))
    ends = made.instants(made.clock(output.end[:, 0]))
    return {name: (starts[r], ends[r]) for r, name in enumerate(made.task) if output.duration[r, 0] > 0}


@pytest.mark.parametrize("seed", range(40))
def test_logic_alone_gives_the_levelled_dates_once_starts_are_held_to_them(seed):
    document = drawn(seed, risks=False)
    made = compiled(document)
    assert pinned(document, made) == shown(made)


@pytest.mark.parametrize("seed", range(40))
def test_logic_on_several_calendars_gives_the_levelled_dates_once_starts_are_held_to_them(seed):
    document = drawn(seed, calendars=True, risks=False)
    for resource in document["resources"].values():
        resource.pop("calendar", None)  # without levelling a resource's calendar has no say
    made = compiled(document)
    assert pinned(document, made) == shown(made)
