"""The same bytes, however the work is shared out, and without need the bytes of the plan without levelling."""

import numpy as np
import pytest

from riskengine import plan
from riskengine.engine.blocks import run as blocks
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.draws.dimensions import sobol_dimensions
from riskengine.kernel.contract.arrays import LHS, SOBOL
from tests.support.levelled_plans import compiled, drawn, scenario

ITERATIONS = 1300


def content(output):
    """Everything that an output holds."""
    return {name: getattr(output, name).tobytes() for name in output._fields}


def run(made, threads=1, iterations=ITERATIONS):
    dimension = sobol_dimensions(made)
    request = Request(7, SOBOL, iterations, task_iterations=512, risk_iterations=512, threads=threads)
    return run_blocks(made, request, dimension)


@pytest.mark.parametrize("calendars", [False, True])
def test_threads_and_chunks_change_no_byte(monkeypatch, calendars):
    made = compiled(drawn(5, calendars=calendars))
    once = content(run(made))
    monkeypatch.setattr(blocks, "SMALL_SECONDS", 0.0)
    assert content(run(made, threads=3)) == once
    monkeypatch.setattr(blocks, "CHUNK_SECONDS", 0.0)
    assert content(run(made, threads=2)) == once


def test_iterations_do_not_depend_on_how_many_there_are():
    made = compiled(drawn(6))
    some, more = run(made, iterations=512), run(made)
    assert (some.finish == more.finish[:, :512]).all() and (some.cost == more.cost[:512]).all()


@pytest.mark.parametrize("calendars", [False, True])
def test_tasks_that_are_not_kept_wait_all_the_same(calendars):
    made = compiled(drawn(6, calendars=calendars))
    kept, not_kept = (
        run_blocks(made, Request(7, LHS, 512, task_iterations=k), made.variables.dimension) for k in (512, 0)
    )
    assert (kept.finish == not_kept.finish).all() and (kept.count == not_kept.count).all()


def with_capacity(document, factor):
    """Return a document with capacities so many times as large, or none."""
    resources = {
        name: {"capacity": resource["capacity"] * factor} if factor else {}
        for name, resource in document["resources"].items()
    }
    for at, task in enumerate(document["tasks"].values()):
        task["cost"] = {"rate": 10 + at / 7}
    return document | {"resources": resources}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("calendars", [False, True])
def test_with_capacity_for_all_every_byte_is_that_of_the_plan_without_levelling(seed, calendars):
    document = with_capacity(drawn(seed, calendars=calendars), 100)
    asked = scenario(document)
    free = plan.compile(asked.model_copy(update={"levelling": None}))
    assert content(run(plan.compile(asked))) == content(run(free))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("calendars", [False, True])
def test_where_nobody_has_to_wait_dates_and_criticality_are_those_without_levelling(seed, calendars):
    # every task may be held at once but one small one, so that levelling is in force, and finds room everywhere
    document = with_capacity(drawn(seed, calendars=calendars), 1)
    total = dict.fromkeys(document["resources"], 0.0)
    for task in document["tasks"].values():
        for name, units in task.get("resources", {}).items():
            total[name] += units
    small = {"duration": 1, "after": sorted(document["tasks"]), "resources": dict.fromkeys(total, 1e-3)}
    document["tasks"]["zz"] = small
    document["resources"] = {name: {"capacity": max(units, 1e-3)} for name, units in total.items()}
    made = compiled(document)
    assert made.holdings is not None
    levelled, free = run(made), run(made.unlevelled)
    row = [made.unlevelled.task.index(name) for name in made.task]
    assert (levelled.finish == free.finish).all()
    for name in ("start", "end", "duration"):
        assert (getattr(levelled, name) == getattr(free, name)[row]).all()
    for name in ("count", "square", "full"):
        assert (getattr(levelled, name) == getattr(free, name)[:, row]).all()
    np.testing.assert_allclose(levelled.cost, free.cost, rtol=1e-12)


def test_levelling_moves_no_draw():
    made = compiled(drawn(8))
    with_it, without = run(made), run(made.unlevelled)
    row = [made.unlevelled.task.index(name) for name in made.task]
    assert (with_it.duration == without.duration[row]).all()
    assert (with_it.occurs == without.occurs).all()
    assert (with_it.finish != without.finish).any()
