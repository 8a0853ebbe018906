"""What learning moves, and what it leaves alone, to the last bit."""

import tomllib

import numpy as np
import pytest

from riskengine import plan
from riskengine.engine import replay
from riskengine.scenario import parse
from tests.unit.plan.chains import differences

NET = """
schema = 1
name = "net"
{start}
[tasks.a]
duration = [4, 6, 12]
{progress}
[tasks.x]
duration = [5, 8, 9]
after = ["a FS+2d"]
cost = {{ fixed = 1000, rate = 10 }}
[tasks.b]
duration = [3, 7, 9]
after = ["x"]
[risks.late]
probability = 0.4
impacts.x.delay = [2, 5, 9]
[rework.again]
tasks = ["b"]
probability = 0.5
{learning}
"""
LEARNING = '[learning.l]\ntasks = ["a", "b", "x"]\nrate = {rate}\n'
BEGUN = "actual_start = 2027-03-01\nremaining = [2, 3, 4]"


def scenario(learning, start="start = 2027-03-01", progress=""):
    return parse(tomllib.loads(NET.format(learning=learning, start=start, progress=progress)), "net")


def seen(*said, method="random"):
    return replay(plan.compile(scenario(*said)), 7, method, 512)


@pytest.mark.parametrize("method", ["sobol", "lhs", "random"])
def test_rate_1_gives_the_bytes_of_no_learning(method):
    without, idle = seen("", method=method), seen(LEARNING.format(rate=1), method=method)
    for name, column in without.output._asdict().items():
        assert column.tobytes() == getattr(idle.output, name).tobytes(), name


def test_learning_moves_no_draw():
    without, learning = seen(""), seen(LEARNING.format(rate=0.8))
    assert without.word.keys() == learning.word.keys()
    for label, word in without.word.items():
        assert np.array_equal(word, learning.word[label]), label
    assert not np.array_equal(without.output.finish, learning.output.finish)


def test_what_has_begun_is_not_learnt_any_more():
    under_way = ("data_date = 2027-03-03", BEGUN)
    order = [LEARNING.format(rate=0.5).replace('["a", "b", "x"]', tasks) for tasks in ('["a", "b"]', '["b", "a"]')]
    without, first, second = (seen(said, *under_way) for said in ("", *order))
    row = plan.compile(scenario("", *under_way)).task.index("a")
    for learning in (first, second):
        assert np.array_equal(without.output.duration[row], learning.output.duration[row])
    assert np.array_equal(without.output.finish, second.output.finish)
    assert not np.array_equal(without.output.finish, first.output.finish)


def test_a_changed_rate_is_that_of_a_plan_compiled_anew():
    made = plan.compile(scenario(LEARNING.format(rate=0.8)))
    for learning in (LEARNING.format(rate=0.7), LEARNING.format(rate=1), ""):
        other = scenario(learning)
        assert differences(plan.changed(made, other), plan.compile(other)) == []


def test_a_levelled_plan_learns_once():
    """The plan without levelling is made from the scenario that has learnt already."""
    levelled = scenario(LEARNING.format(rate=0.5)).model_copy(update={"levelling": None})
    text = "levelling = true\n[resources.w]\ncapacity = 5\n" + NET.format(
        learning=LEARNING.format(rate=0.5), start="", progress="resources = { w = 1 }"
    ).replace('schema = 1\nname = "net"\n', "")
    head = 'schema = 1\nname = "net"\nstart = 2027-03-01\n'
    one = plan.compile(parse(tomllib.loads(head + text), "net"))
    again = plan.changed(one, parse(tomllib.loads(head + text.replace("[2, 5, 9]", "[2, 5, 8]")), "net"))
    expected = plan.compile(levelled).estimates.plan_value
    for made in (one, again):
        assert np.array_equal(made.estimates.plan_value, expected)
        assert np.array_equal(made.levelling.unlevelled.estimates.plan_value, expected)
