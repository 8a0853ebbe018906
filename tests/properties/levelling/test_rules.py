"""Who is served first: each rule in a case that tells it from the others, and what they have in common."""

import pytest

from riskengine import plan
from tests.support.levelled_plans import compiled, drawn, planned, scenario

RULES = ["late finish", "total float", "early start", "priority", "shortest"]

TASKS = {
    # latest finishes: sooner 10, float 12, first 15, vip 18, brief 19
    "gate": {"duration": 3},
    "sooner": {"duration": 2, "after": ["gate"]},
    "sooner-end": {"duration": 10, "after": ["sooner"]},
    "float": {"duration": 9, "after": ["gate"]},
    "float-end": {"duration": 8, "after": ["float"]},
    "first": {"duration": 4},
    "first-end": {"duration": 5, "after": ["first"]},
    "vip": {"duration": 3, "after": ["gate"], "priority": 900},
    "vip-end": {"duration": 2, "after": ["vip"]},
    "brief": {"duration": 1, "after": ["gate"]},
    "brief-end": {"duration": 1, "after": ["brief"]},
}
NEEDY = ("sooner", "float", "first", "vip", "brief")


def served(rule):
    """Return who is served in which order once all of them could start."""
    tasks = {name: dict(task) for name, task in TASKS.items()}
    for name in NEEDY:
        tasks[name]["resources"] = {"crane": 1}
    found = planned({"resources": {"crane": {"capacity": 1}}, "levelling": {"rule": rule}, "tasks": tasks})
    return sorted(NEEDY, key=lambda name: found[name][0])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("late finish", ["sooner", "float", "first", "vip", "brief"]),
        ("total float", ["float", "sooner", "first", "vip", "brief"]),
        ("early start", ["first", "sooner", "float", "vip", "brief"]),
        ("priority", ["vip", "sooner", "float", "first", "brief"]),
        ("shortest", ["brief", "sooner", "vip", "first", "float"]),
    ],
)
def test_each_rule_serves_in_its_own_order(rule, expected):
    assert served(rule) == expected


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", range(8))
def test_nobody_comes_before_a_predecessor_whatever_the_rule(rule, seed):
    document = drawn(seed) | {"levelling": {"rule": rule}}
    made = compiled(document)
    place = {name: at for at, name in enumerate(made.task)}
    for name, task in scenario(document).tasks.items():
        assert all(place[link.task] < place[name] for link in task.after)


def test_the_order_of_the_file_changes_nothing():
    document = drawn(4)
    backwards = document | {"tasks": dict(reversed(document["tasks"].items()))}
    assert compiled(document).task == compiled(backwards).task


def test_ties_go_by_id():
    tasks = {name: {"duration": 2, "resources": {"crane": 1}} for name in ("c", "a", "b")}
    found = planned({"resources": {"crane": {"capacity": 1}}, "tasks": tasks})
    assert found == {"a": (0, 2), "b": (2, 4), "c": (4, 6)}


def test_late_finish_counts_lags_and_leads():
    # with the same durations behind them, who has the longer lag behind it can wait less
    tasks = {
        "a": {"duration": 2, "resources": {"crane": 1}},
        "b": {"duration": 2, "resources": {"crane": 1}},
        "a-end": {"duration": 10, "after": ["a FS-3d"]},
        "b-end": {"duration": 10, "after": ["b FS+3d"]},
    }
    found = planned({"resources": {"crane": {"capacity": 1}}, "tasks": tasks})
    assert found["b"] == (0, 2) and found["a"] == (2, 4)


def test_ranges_and_risks_do_not_change_who_is_served_first():
    document = drawn(7)
    fixed = scenario(document)
    calm = fixed.model_copy(update={"risks": {}})
    assert plan.compile(fixed).task == plan.compile(calm).task
