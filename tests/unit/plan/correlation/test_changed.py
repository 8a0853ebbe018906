"""A plan that takes a changed scenario has the correlations that compiling gives it, to the last bit."""

import tomllib

import pytest

from riskengine import plan
from riskengine.scenario import parse
from tests.unit.plan.chains import differences

TEXT = """
schema = 1
name = "x"
project = "x"
start = 2027-03-01
costs.steel.fixed = [100, 130, 200]
[tasks.a]
duration = [3, 5, 12]
[tasks.b]
duration = { shape = "discrete", values = [3, 5], weights = [1, 2] }
[tasks.c]
duration = [3, 5, 12]
[risks.r]
probability = 0.3
impacts.a.delay = 4
[risks.s]
probability = 0.3
impacts.c.delay = 4
[correlations.x]
between = ["a", "b", "risk:r", "cost:steel"]
rank = 0.2
"""
CHANGES = {
    "another rank": ("rank = 0.2", "rank = 0.3"),
    "no rank": ("rank = 0.2", "rank = 0"),
    "another member": ('"b", ', '"c", '),
    "another probability": ("probability = 0.3\nimpacts.a", "probability = 0.6\nimpacts.a"),
    "other weights": ("weights = [1, 2]", "weights = [1, 9]"),
    "no uncertainty": ("[tasks.a]\nduration = [3, 5, 12]", "[tasks.a]\nduration = 5"),
    "another estimate of a cost": ("[100, 130, 200]", "{ shape = 'discrete', values = [1, 2], weights = [1, 1] }"),
    "a task outside": ("[tasks.c]\nduration = [3, 5, 12]", "[tasks.c]\nduration = [3, 6, 12]"),
    "a name": ('name = "x"', 'name = "y"'),
    "no correlation": ('[correlations.x]\nbetween = ["a", "b", "risk:r", "cost:steel"]\nrank = 0.2\n', ""),
}


def scenario(text):
    return parse(tomllib.loads(text), "x")


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_plan_is_the_compiled_one(change):
    before, after = CHANGES[change]
    assert before in TEXT
    old = plan.compile(scenario(TEXT))
    new = scenario(TEXT.replace(before, after, 1))
    assert list(differences(plan.changed(old, new), plan.compile(new))) == []
