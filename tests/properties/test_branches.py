"""Branches and rework: what they leave alone, to the last bit, and what holds whatever the numbers are."""

import tomllib

import numpy as np
import pytest

from riskengine import plan
from riskengine.engine import Settings, replay, simulate
from riskengine.engine.simulate import deterministic
from riskengine.scenario import parse

NET = """
schema = 1
name = "net"
start = 2027-03-01
targets = ["test"]
[tasks.design]
duration = [4, 6, 12]
[tasks.test]
duration = [3, 5, 9]
after = ["design"]
cost.fixed = 100
[tasks.accept]
duration = [1, 2, 3]
after = ["test"]
[tasks.reject]
duration = [8, 9, 20]
after = ["test"]
[tasks.ship]
duration = 1
after = ["accept", "reject FS+2d"]
"""
BRANCH = '[branches.b]\nafter = "test"\npaths = {{ {paths} }}\n'
REWORK = '[rework.r]\ntasks = ["test"]\nprobability = {p}\nfactor = 0.5\nmost = {most}\n'
METHOD_NAMES = ("sobol", "lhs", "random")


def compiled(text):
    return plan.compile(parse(tomllib.loads(text), "net"))


def same(one, other):
    return [name for name, column in one._asdict().items() if column.tobytes() != getattr(other, name).tobytes()] == []


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_one_path_of_weight_1_gives_the_bytes_of_no_branch(method):
    without, alone = (replay(compiled(NET + more), 7, method, 512) for more in ("", BRANCH.format(paths="accept = 1")))
    assert same(without.output, alone.output)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_rework_of_probability_0_gives_the_bytes_of_none(method):
    without, never = (replay(compiled(NET + more), 7, method, 512) for more in ("", REWORK.format(p=0, most=3)))
    assert same(without.output, never.output)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_exactly_one_path_is_followed_in_every_iteration(method):
    branched = compiled(NET + BRANCH.format(paths="accept = 0.7, reject = 0.3"))
    exists = replay(branched, 7, method, 2_560).output.exists.astype(bool)
    accept, reject = (exists[branched.task.index(name)] for name in ("accept", "reject"))
    assert np.array_equal(accept, ~reject)
    assert abs(accept.mean() - 0.7) < 0.04
    assert exists[branched.task.index("ship")].all()


def test_a_branch_moves_nobody_elses_draw():
    texts = (NET, NET + BRANCH.format(paths="accept = 0.7, reject = 0.3"))
    without, branched = (replay(compiled(text), 7, "sobol", 512).word for text in texts)
    assert branched.keys() - without.keys() == {"branch/b/path"}
    assert all(np.array_equal(word, branched[label]) for label, word in without.items())


def test_the_deterministic_plan_follows_the_heaviest_path():
    for paths, absent in (("accept = 0.7, reject = 0.3", "reject"), ("accept = 0.4, reject = 0.6", "accept")):
        branched = compiled(NET + BRANCH.format(paths=paths))
        exists = deterministic(branched).exists[:, 0]
        assert [name for name, there in zip(branched.task, exists, strict=True) if not there] == [absent]


def test_a_path_that_has_begun_is_followed():
    begun = "[tasks.reject]\nactual_start = 2027-02-22\nremaining = 4"
    text = NET.replace("start =", "data_date =").replace("[tasks.reject]", begun)
    branched = compiled(text + BRANCH.format(paths="accept = 0.9, reject = 0.1"))
    exists = replay(branched, 7, "sobol", 256).output.exists.astype(bool)
    assert exists[branched.task.index("reject")].all() and not exists[branched.task.index("accept")].any()


def test_repeats_are_one_inside_the_other_and_finish_the_target():
    looped = compiled(NET + REWORK.format(p=0.5, most=3))
    run = replay(looped, 7, "random", 2_560).output
    exists = run.exists.astype(bool)
    repeats = [exists[looped.task.index(f"test (again {k})")] for k in (1, 2, 3)]
    assert not (repeats[1] & ~repeats[0]).any() and not (repeats[2] & ~repeats[1]).any()
    for share, repeat in zip((0.5, 0.25, 0.125), repeats, strict=True):
        assert abs(repeat.mean() - share) < 0.04
    last = looped.task.index("test (again 3)")
    assert np.array_equal(run.finish[1], run.end[last])
    assert (run.end[last] >= run.end[looped.task.index("test")]).all()


def test_results_have_the_repeats_as_tasks():
    sample = simulate(compiled(NET + REWORK.format(p=0.5, most=1)), Settings(256))
    assert "test (again 1)" in sample.tasks.id
