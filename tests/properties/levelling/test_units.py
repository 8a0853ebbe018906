"""Resources are counted each on its own scale."""

import tomllib

import pytest

from riskengine import engine, plan
from riskengine.scenario import parse

TEXT = """
schema = 1
name = "x"
start = 2027-03-01
levelling = true
[resources.concrete]
capacity = {much}
[resources.welder]
capacity = {few}
[tasks.a]
duration = 5
resources = {{ welder = {few} }}
[tasks.b]
duration = 5
resources = {{ welder = {few} }}
[tasks.c]
duration = 5
resources = {{ concrete = {more} }}
[tasks.d]
duration = 5
resources = {{ concrete = {more} }}
"""


@pytest.mark.parametrize(("much", "more", "few"), [(3e9, 2e9, 1), (40_000, 30_000, 0.00005)])
def test_a_large_quantity_of_one_resource_takes_no_limit_off_another(much, more, few):
    scenario = parse(tomllib.loads(TEXT.format(much=much, more=more, few=few)), "x.toml")
    sample = engine.simulate(plan.compile(scenario), engine.Settings(1))
    tasks = sample.tasks
    start = dict(zip(tasks.id, tasks.deterministic_start, strict=True))
    assert start["a"] != start["b"]
    assert start["c"] != start["d"]
