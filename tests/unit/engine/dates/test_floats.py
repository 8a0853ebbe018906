"""Total float per iteration, against late dates that the slow reference computes one iteration at a time."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.scenario import parse

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\n'
FORK = """
[tasks.a]
duration = {{ shape = "uniform", low = 2, high = 6 }}
[tasks.b]
duration = {{ shape = "uniform", low = 2, high = 6 }}
[tasks.c]
duration = 1
after = ["a", "b{lag}"]
[tasks.m]
type = "level of effort"
after = ["a SS", "c FF"]
"""


def run(text, **settings):
    compiled = plan.compile(parse(tomllib.loads(HEAD + text), "x.toml"))
    return engine.simulate(compiled, engine.Settings(600, seed=4, **settings)).tasks


def rows(tasks):
    return {name: tasks.total_float[k] for k, name in enumerate(tasks.id)}


@pytest.mark.parametrize("lag", ["", " FS+1d"])
def test_of_two_parallel_tasks_the_shorter_one_has_the_difference_as_float(lag):
    tasks = run(FORK.format(lag=lag))
    floats, duration = rows(tasks), dict(zip(tasks.id, tasks.duration, strict=True))
    longer = np.maximum(duration["a"], duration["b"] + (1 if lag else 0))
    np.testing.assert_allclose(floats["a"], longer - duration["a"], atol=1e-9)
    np.testing.assert_allclose(floats["b"], longer - duration["b"] - (1 if lag else 0), atol=1e-9)
    assert not floats["c"].any()
    assert floats["a"].shape == (600,)


def test_a_span_has_no_float():
    tasks = run(FORK.format(lag=""))
    assert np.isnan(rows(tasks)["m"]).all()
    assert np.isnan(tasks.deterministic_float[tasks.id.index("m")])


def test_the_float_of_the_plan_is_that_of_its_most_likely_values():
    text = "[tasks.a]\nduration = [1, 2, 9]\n[tasks.b]\nduration = [1, 5, 9]\n"
    assert run(text).deterministic_float.tolist() == [3.0, 0.0]


def test_an_uncertain_lag_counts_as_it_was_drawn():
    text = """
    [tasks.a]
    duration = 2
    [tasks.b]
    duration = 9
    [tasks.c]
    duration = 1
    after = [{ task = "a", lag = { shape = "uniform", low = 1, high = 20 } }, "b"]
    """
    tasks = run(text, method="random")
    floats = rows(tasks)
    began = (tasks.start[tasks.id.index("c")] - np.datetime64("2027-03-01T08:00")) / np.timedelta64(1, "h")
    assert (floats["b"] > 0).any()
    assert ((floats["b"] > 0) != (floats["a"] > 0)).all()
    assert began[floats["a"] > 0].max() <= 24 * 14  # where the lag leaves float, c waits for b: nine days


def test_a_delay_on_the_clock_lengthens_the_task_for_its_predecessors_too():
    text = """
    [tasks.a]
    duration = 2
    [tasks.b]
    duration = 2
    after = ["a"]
    [tasks.c]
    duration = 3
    [risks.r]
    probability = 1
    impacts.b.delay = "3ed"
    """
    floats = rows(run(text))
    assert floats["a"].tolist() == [0.0] * 600
    assert floats["b"].tolist() == [0.0] * 600
    assert (floats["c"] > 0).all()
