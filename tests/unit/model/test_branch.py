"""Which tasks belong to the path of a branch, and which join; where loops are entered and left."""

import tomllib

import pytest

from riskengine.model.branch import Paths
from riskengine.model.unroll import Loop, unrolled
from riskengine.scenario import parse

NET = """
schema = 1
name = "net"
start = 2027-03-01
[tasks]
permit = { duration = 3 }
test = { duration = 5 }
accept = { milestone = true, after = ["test"] }
pack = { duration = 1, after = ["accept"] }
send = { duration = 1, after = ["pack", "permit"] }
reject = { duration = 4, after = ["test"] }
mend = { duration = 2, after = ["reject"] }
check = { duration = 2, after = ["mend", "reject"] }
ship = { duration = 1, after = ["pack", "check"] }
[branches.b]
after = "test"
paths = { accept = 0.8, reject = 0.2 }
"""


@pytest.fixture
def scenario():
    return parse(tomllib.loads(NET), "net")


def test_a_path_holds_what_only_follows_from_it(scenario):
    members = Paths(scenario.tasks).members(scenario.branches["b"])
    assert members == {"accept": {"accept", "pack"}, "reject": {"reject", "mend", "check"}}


def test_what_waits_for_a_task_outside_joins(scenario):
    members = Paths(scenario.tasks).members(scenario.branches["b"])
    assert not any("send" in path or "ship" in path for path in members.values())


def test_a_loop_is_entered_at_its_first_tasks_and_left_at_its_last(scenario):
    rework = type("R", (), {"tasks": ("reject", "mend", "check")})()
    loop = Loop(rework, Paths(scenario.tasks))
    assert (loop.first, loop.last, loop.between) == (("reject",), ("check",), ())


def test_a_task_between_two_of_a_loop_is_told(scenario):
    rework = type("R", (), {"tasks": ("reject", "check")})()
    assert Loop(rework, Paths(scenario.tasks)).between == ("mend",)


def test_what_waits_for_the_last_task_of_a_loop_waits_for_its_last_repeat():
    text = NET + '[rework.r]\ntasks = ["test"]\nprobability = 0.3\nfactor = 0.5\nmost = 2\n'
    tasks = unrolled(parse(tomllib.loads(text), "net")).tasks
    assert [r.task for r in tasks["accept"].after] == ["test (again 2)"]
    assert [r.task for r in tasks["test (again 2)"].after] == ["test (again 1)"]
    assert [r.task for r in tasks["test (again 1)"].after] == ["test"]
    assert [tasks[f"test (again {k})"].duration.value for k in (1, 2)] == [2.5, 1.25]


def test_without_a_probability_nothing_is_unrolled():
    plan = parse(tomllib.loads(NET + '[rework.r]\ntasks = ["test"]\nprobability = 0\n'), "net")
    assert unrolled(plan) is plan
