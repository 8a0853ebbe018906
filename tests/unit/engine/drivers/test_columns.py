"""The columns of inputs, made again from their streams."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.engine.drivers.sample import driver_sample
from riskengine.scenario import parse
from tests.support.plans_of_all_features import RICH

UNSURE = """
schema = 1
name = "unsure"
start = 2027-03-01
[tasks.a]
duration = [3, 5, 9]
[tasks.b]
duration = { shape = "discrete", values = [1, 2, 10], weights = [5, 90, 5] }
after = ["a"]
[tasks.c]
duration = { shape = "discrete", values = [1, 2, 3, 4], weights = [1, 1, 1, 1] }
after = ["b"]
[tasks.perhaps]
duration = [2, 3, 6]
after = ["c"]
exists = 0.25
[tasks.sure]
duration = 4
[risks.rare]
probability = 0.03
impacts.a = { delay = [1, 2, 4] }
[risks.never]
probability = 0
impacts.a = { delay = [1, 2, 4] }
[risks.always]
probability = 1
impacts.a = { factor = [1.0, 1.1, 1.4] }
"""

CONDITIONS = """
schema = 1
name = "conditions"
start = 2027-03-01
[tasks.a]
duration = [5, 10, 30]
[tasks.late]
after = ["a"]
duration = [20, 25, 40]
[tasks.early]
after = ["a"]
duration = 2
[tasks.wet]
after = ["late"]
duration = 3
[tasks.dry]
after = ["late"]
duration = 1
[tasks.perhaps]
after = ["early"]
duration = 3
exists = 0.5
[risks.storm]
probability = 0.3
impacts.a = { delay = 1 }
[branches.date]
after = "a"
if_later_than = 2027-03-20
then = "late"
otherwise = "early"
[branches.weather]
after = "late"
if_risk = "storm"
then = "wet"
otherwise = "dry"
"""


def made_of(text, iterations=1024, method="sobol"):
    compiled = plan.compile(parse(tomllib.loads(text), "plan.toml"))
    settings = engine.Settings(iterations, 3, method, 1, has_contributions=False)
    sample = engine.simulate(compiled, settings)
    return compiled, driver_sample(compiled, settings, sample)


def column(made, name):
    at = [each.id for each in made.inputs].index(name)
    return made.columns(slice(at, at + 1))


@pytest.mark.parametrize("method", ["random", "lhs", "sobol"])
def test_columns_are_the_draws_of_the_run(method):
    compiled, made = made_of(RICH, 1000, method)
    draws = engine.replay(compiled, 3, method, 1000).draws
    labels = {each.id for each in made.inputs}
    assert {"task/design/duration", "risk/late-antenna/occurs", "task/foundation/rate"} <= labels
    columns = made.columns(slice(0, len(made.inputs)))
    for row, each in enumerate(made.inputs):
        if each.id in draws:
            assert np.array_equal(columns.value[row], draws[each.id][:1000].astype(float)), each.id
    assert sum(each.id in draws for each in made.inputs) == len(made.inputs)


def test_groups_of_inputs_are_parts_of_the_whole():
    _, made = made_of(RICH)
    whole = made.columns(slice(0, 99))
    some = made.columns(slice(3, 6))
    assert np.array_equal(whole.rank[3:6], some.rank)
    assert np.array_equal(whole.part[3:6], some.part)


def test_what_cannot_vary_is_no_input():
    _, made = made_of(UNSURE)
    assert {each.id for each in made.inputs} == {
        "task/a/duration",
        "task/b/duration",
        "task/c/duration",
        "task/perhaps/duration",
        "task/perhaps/exists",
        "risk/rare/occurs",
        "risk/rare/impact/a/delay",
        "risk/always/impact/a/factor",
    }


def test_durations_are_those_that_tasks_became_in_every_iteration():
    compiled, made = made_of(RICH, 700)
    stored = made.sample.tasks
    assert np.array_equal(made.duration, stored.duration[:, :700])
    assert made.duration.shape == (len(compiled.task), 700)


def test_tenths_of_a_continuous_input_are_those_of_its_distribution():
    _, made = made_of(UNSURE, 10_240)
    found = column(made, "task/a/duration")
    share = [np.count_nonzero(side) / 10_240 for side in (found.low, found.high)]
    assert share == pytest.approx([0.1, 0.1], abs=0.002)
    assert found.value[found.low].max() <= found.value[~found.low].min()
    assert found.value[found.high].min() >= found.value[~found.high].max()
    assert np.bincount(found.part[0]).tolist() == [320] * 32


def test_a_value_that_fills_both_tenths_is_held_against_those_beside_it():
    _, made = made_of(UNSURE)
    found = column(made, "task/b/duration")
    assert np.unique(found.value[found.low]).size == np.unique(found.value[found.high]).size == 1
    assert found.value[found.low][0] < np.median(found.value) < found.value[found.high][0]


def test_equal_values_each_in_a_tenth_are_taken_whole():
    _, made = made_of(UNSURE)
    found = column(made, "task/c/duration")
    assert np.array_equal(found.low[0], found.value[0] == found.value.min())
    assert np.array_equal(found.high[0], found.value[0] == found.value.max())


def test_what_happens_is_cut_into_iterations_without_and_with_it():
    compiled, made = made_of(UNSURE)
    rare = column(made, "risk/rare/occurs")
    occurs = made.sample.risks.occurs[compiled.risk.index("rare")]
    assert np.array_equal(rare.high[0], occurs)
    assert np.array_equal(rare.low[0], ~occurs)
    exists = column(made, "task/perhaps/exists")
    assert np.array_equal(exists.high[0], made.duration[sorted(compiled.task).index("perhaps")] > 0)
    assert sorted(exists.order[0].tolist()) == list(range(1024))
    for found in (rare, exists):
        assert found.rank.sum() == 0
        assert np.unique(found.rank).size == 2


@pytest.mark.parametrize("task", ["late", "early", "wet", "dry", "perhaps"])
def test_what_exists_by_a_date_or_a_risk_is_cut_by_what_came_of_it(task):
    compiled, made = made_of(CONDITIONS)
    at = [each.id for each in made.inputs].index(f"task/{task}/exists")
    exists = made.duration[sorted(compiled.task).index(task)] > 0
    assert 0 < np.count_nonzero(exists) < exists.size
    cut = column(made, f"task/{task}/exists")
    assert np.array_equal(cut.high[0], exists)
    assert np.array_equal(cut.low[0], ~exists)
    assert made.inputs[at].is_correlated
