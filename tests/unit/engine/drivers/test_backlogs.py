"""A backlog among what drives the finish: its periods are one input."""

import tomllib

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.engine import replay
from riskengine.engine.drivers.columns import words_of
from riskengine.engine.drivers.sample import driver_sample
from riskengine.scenario import parse

TEXT = """
schema = 1
name = "shop"
start = 2027-03-01
[tasks.a]
duration = [3, 5, 9]
[backlogs.web]
items = 30
done = [4, 0, 6, 3, 5, 2, 7, 3, 4, 6, 1, 5]
after = ["a"]
"""
GROWTH = "growth = [1.0, 1.2, 1.5]\n"


def inputs(text, method="sobol"):
    compiled = plan.compile(parse(tomllib.loads(text)))
    settings = engine.Settings(512, 3, method)
    made = driver_sample(compiled, settings, engine.simulate(compiled, settings))
    columns = made.columns(slice(0, len(made.inputs)))
    return {each.id: columns.value[row] for row, each in enumerate(made.inputs)}, columns


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_the_throughput_is_the_duration_of_the_items_of_the_plan(method):
    values, _ = inputs(TEXT, method)
    seen = replay(plan.compile(parse(tomllib.loads(TEXT))), 3, method, 512)
    row = plan.compile(parse(tomllib.loads(TEXT))).task.index("web")
    assert np.array_equal(values["task/web/throughput"], seen.output.duration[row])


def test_growth_is_an_input_beside_it_and_moves_none_of_its_values():
    plain, _ = inputs(TEXT)
    grown, _ = inputs(TEXT.replace("items = 30", "items = 25") + GROWTH)  # the plan has 30 items, too
    assert set(grown) - set(plain) == {"task/web/growth"}
    assert np.array_equal(plain["task/web/throughput"], grown["task/web/throughput"])


def test_words_of_a_few_values_are_cut_where_the_values_change():
    word, borders = words_of(np.array([2.0, 1.0, 2.0, 5.0]))
    assert borders.tolist() == [2**30, 3 * 2**30]
    assert word.tolist() == [2**30, 0, 2**30, 3 * 2**30]
