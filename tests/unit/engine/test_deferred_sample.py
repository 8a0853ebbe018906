"""What a run does not make before somebody reads it, and that it is the same whatever is read first."""

import sys
from dataclasses import fields, replace

import numpy as np
import pytest

import riskengine
from riskengine import analysis, engine
from riskengine.engine import Settings, deferred_sample
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.dates import stored_tasks
from riskengine.engine.draws.dimensions import dimensions_of
from riskengine.kernel import BLOCK
from riskengine.kernel.contract.arrays import SOBOL
from riskengine.results.samples.sample import Sample
from tests.support.compiled_plans import compiled

SCENARIO = """
schema = 1
name = "two tasks"
start = 2026-01-05
[tasks.a]
duration = [1, 2, 4]
[tasks.b]
duration = [1, 2, 4]
after = ["a"]
[risks.r]
probability = 0.3
impacts.a = { delay = 1 }
"""
PARTS = ("tasks", "risks", "limits", "rare_values")


@pytest.fixture
def calls(monkeypatch):
    """Names of what made dates, floats, limits and forced runs, in the order in which they were called."""
    names = []

    def noted(module, name):
        function = getattr(module, name)

        def call(*arguments):
            names.append(name)
            return function(*arguments)

        monkeypatch.setattr(module, name, call)

    noted(stored_tasks, "display_dates")
    noted(stored_tasks, "total_floats")
    noted(deferred_sample, "limits")
    noted(deferred_sample, "forced_risks")
    return names


@pytest.mark.parametrize("has_contributions", [False, True])
def test_dates_and_floats_of_tasks_are_made_when_the_tasks_are_read(calls, has_contributions):
    sample = engine.simulate(compiled(), Settings(300, has_contributions=has_contributions))
    tables = analysis.tables(sample)
    assert tables["iterations"].num_rows == 300
    assert calls == []
    assert tables["tasks"].num_rows == len(sample.tasks.id)
    assert sorted(set(calls)) == ["display_dates", "forced_risks", "limits", "total_floats"]


def test_a_part_is_made_once(calls):
    sample = engine.simulate(compiled(), Settings(300))
    assert all(getattr(sample, name) is getattr(sample, name) for name in PARTS)
    assert calls.count("limits") == calls.count("forced_risks") == 1
    assert calls.count("total_floats") == 2  # as planned, and as drawn


def test_a_run_that_is_looked_at_makes_no_tasks(calls):
    engine.simulate_until(compiled(), Settings(300), lambda sample: sample.finish.shape[1] == 600, 10_000)
    assert calls == []


def test_tasks_are_run_when_they_are_read_and_are_those_of_the_run(monkeypatch):
    plan = compiled()
    written = []

    def noted(plan, request, *rest):
        written.append(request.task_iterations)
        return run_blocks(plan, request, *rest)

    for module in (sys.modules["riskengine.engine.simulate"], stored_tasks):
        monkeypatch.setattr(module, "run_blocks", noted)
    sample = engine.simulate(plan, Settings(600, seed=5, has_contributions=False))
    deterministic = [BLOCK]
    assert [count for count in written if count] == deterministic
    written.clear()
    tasks = sample.tasks
    assert written[0] == 768
    request = Request(5, SOBOL, 600, task_iterations=768)
    output = run_blocks(plan, request, dimensions_of(plan, SOBOL))
    by_id = plan.rows_by_id
    assert np.array_equal(tasks.cost, output.task_cost[by_id, :600])
    assert np.array_equal(tasks.criticality_count, output.count[:, by_id])


@pytest.mark.parametrize("seed", range(5))
def test_what_is_read_first_does_not_matter(seed):
    names = list(analysis.tables(engine.simulate(compiled(), Settings(300))))
    expected = dict(analysis.tables(engine.simulate(compiled(), Settings(300))))
    np.random.default_rng(seed).shuffle(names)
    tables = analysis.tables(engine.simulate(compiled(), Settings(300)))
    assert all(tables[name].equals(expected[name]) for name in names)


def test_a_sample_with_something_replaced_keeps_the_rest():
    sample = engine.simulate(compiled(), Settings(300))
    other = replace(sample, cost=sample.cost + 1)
    assert np.array_equal(other.cost, sample.cost + 1)
    same = [field.name for field in fields(Sample) if field.name != "cost"]
    assert all(getattr(other, name) is getattr(sample, name) for name in same)


def test_inputs_are_added_to_a_sample_without_making_its_parts(calls):
    sample = engine.simulate(compiled(), Settings(300))
    other = sample.with_inputs({"health": dict})
    assert calls == []
    assert (other.inputs.keys(), "health" in sample.inputs) == ({*sample.inputs, "health"}, False)
    assert other.tasks.finish.shape == sample.tasks.finish.shape
    assert replace(sample).with_inputs({"health": dict}).inputs.keys() == other.inputs.keys()


@pytest.mark.parametrize("contributions", [False, True])
def test_the_public_call_makes_no_part_before_a_table_is_read(calls, contributions):
    run = riskengine.simulate(SCENARIO, iterations=300, contributions=contributions)
    assert calls == []
    assert run.tables["tasks"].num_rows == 2
    assert calls


def test_a_run_holds_on_to_no_iteration_for_the_sake_of_its_tasks(monkeypatch):
    outputs = []
    made = stored_tasks.StoredTasks.__init__

    def noted(self, **values):
        outputs.append(values["run_output"])
        made(self, **values)

    monkeypatch.setattr(stored_tasks.StoredTasks, "__init__", noted)
    engine.simulate(compiled(), Settings(300))
    assert outputs
    assert all(output.finish.size == output.cost.size == 0 for output in outputs)
