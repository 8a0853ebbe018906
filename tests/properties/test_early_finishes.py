"""Early finishes that are passed on in part: what that moves, and what it leaves alone, to the last bit."""

import tomllib

import numpy as np
import pytest

from riskengine import plan
from riskengine.engine import replay
from riskengine.scenario import parse

NET = """
schema = 1
name = "net"
start = 2027-03-01
minimum_duration = "1d"
{defaults}
[tasks.a]
duration = [4, 6, 12]
[tasks.x]
duration = [5, 8, 9]
after = ["a FS+2d"]
cost = {{ fixed = 1000, rate = 10 }}
[tasks.y]
duration = [3, 7, 9]
after = ["a"]
[tasks.b]
duration = [1, 2, 3]
after = ["x SS+1d", "y"]
[risks.late]
probability = 0.4
impacts.x.delay = [2, 5, 9]
impacts.y.factor = [1.1, 1.2, 1.4]
[risks.help]
kind = "opportunity"
probability = 0.5
impacts.x.delay = -3
impacts.b.delay = -3
"""
DAY = 8 * 3600


def seen(share, method="random"):
    defaults = "" if share is None else f"defaults.task.early_finish_passed_on = {share}"
    return replay(plan.compile(parse(tomllib.loads(NET.format(defaults=defaults)), "net")), 7, method, 512)


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_passing_everything_on_gives_the_bytes_of_a_plan_without_it(method):
    without, everything = seen(None, method), seen(1, method)
    for name, column in without.output._asdict().items():
        assert column.tobytes() == getattr(everything.output, name).tobytes(), name


@pytest.mark.parametrize("share", [0, 0.3, 0.5])
def test_every_duration_is_that_of_the_rule_on_the_same_draws(share):
    """No draw moves; each duration is the one without the rule, and what is kept of its gain."""
    without, kept = seen(None), seen(share)
    for label, word in without.word.items():
        assert np.array_equal(word, kept.word[label]), label
    order = plan.compile(parse(tomllib.loads(NET.format(defaults="")), "net")).task
    planned = np.array([{"a": 6, "x": 8, "y": 7, "b": 2}[name] * DAY for name in order])[:, None]
    plain = without.output.duration
    expected = plain + np.floor((1 - share) * np.maximum(planned - plain, 0) + 0.5)
    assert (plain < planned).any(axis=1).all()
    assert np.array_equal(kept.output.duration, expected)
