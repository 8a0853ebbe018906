"""What a margin moves in a simulation: nothing that a milestone in its place would not."""

import tomllib

import numpy as np
import pytest

from riskengine import plan
from riskengine.engine import Settings, replay, simulate
from riskengine.scenario import parse
from tests.unit.plan.chains import differences

NET = """
schema = 1
name = "net"
start = 2027-03-01
minimum_duration = "4h"
[tasks.a]
duration = [4, 6, 12]
[tasks.x]
{margin}
after = ["a FS+2d"]
constraints = ["SNET 2027-03-08"]
[tasks.y]
duration = [3, 7, 9]
after = ["a"]
[tasks.b]
duration = [1, 2, 3]
after = ["x SS+1d", "x FF", "y"]
[risks.late]
probability = 0.4
impacts."*".delay = [2, 5, 9]
"""
MARGIN = "duration = {days}\nmargin = true"


def compiled(margin):
    return plan.compile(parse(tomllib.loads(NET.format(margin=margin)), "net"))


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_every_future_is_that_of_a_milestone_on_which_no_risk_acts(method):
    milestone = NET.replace('impacts."*".delay', 'impacts."tag:work".delay').replace("[risks.late]\n", "[risks.late]\n")
    milestone = milestone.format(margin="milestone = true")
    for task in "ayb":
        milestone = milestone.replace(f"[tasks.{task}]\n", f'[tasks.{task}]\ntags = ["work"]\n')
    without = replay(plan.compile(parse(tomllib.loads(milestone), "net")), 7, method, 512)
    margin = replay(compiled(MARGIN.format(days=10)), 7, method, 512)
    for name in ("start", "end", "duration", "finish", "cost"):
        assert np.array_equal(getattr(without.output, name), getattr(margin.output, name)), name


def test_a_longer_margin_moves_the_plan_alone():
    short, long = (simulate(compiled(MARGIN.format(days=days)), Settings(512, seed=7)) for days in (2, 40))
    assert np.array_equal(short.finish, long.finish)
    assert np.array_equal(short.tasks.finish, long.tasks.finish)
    assert (long.deterministic_finish_days > short.deterministic_finish_days).all()


def test_a_changed_margin_is_that_of_a_plan_compiled_anew():
    """A margin of 4,000 days needs calendars of sixteen years, which no future does."""
    made, texts = compiled(MARGIN.format(days=10)), ("duration = 12", MARGIN.format(days=4000), MARGIN.format(days=9))
    for text in texts:
        other = parse(tomllib.loads(NET.format(margin=text)), "net")
        assert differences(plan.changed(made, other), plan.compile(other)) == []
    assert simulate(compiled(MARGIN.format(days=4000)), Settings(256)).deterministic_finish_days[0] > 4000
