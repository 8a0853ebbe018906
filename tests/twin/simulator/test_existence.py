"""Engine and twin on scenarios in which some tasks need not exist, and what that comes to by hand."""

import pytest

from tests.twin.simulator import agreement
from tests.twin.simulator.branched_scenarios import uncertain
from tests.twin.simulator.build import scenario, task
from tests.twin.simulator.shown import happened, planned
from tests.twin.simulator.sweep import KINDS, differences_of, disagreements
from tests.twin.simulator.written import read

OF_EXISTENCE = [kind for kind in KINDS if kind.startswith("existence")]


@pytest.mark.parametrize("kind", OF_EXISTENCE)
def test_engine_and_twin_agree_where_tasks_need_not_exist(kind, tmp_path):
    assert disagreements(kind, range(4 if "under way" in kind else 10), tmp_path, iterations=8) == []


def test_runs_keep_their_limits_where_tasks_need_not_exist(tmp_path):
    assert [line for seed in range(10) for line in differences_of("limits of existence", seed, tmp_path, 100)] == []


def test_an_absent_task_hands_on_the_finish_of_its_predecessor():
    tasks = (task("A", 2), task("X", 5, "A", exists=0.4), task("B", 1, "X"))
    assert happened({"task/X/exists": 0.59}, *tasks).finish["B"] == "03 17:00"
    assert happened({"task/X/exists": 0.6}, *tasks).finish["B"] == "10 17:00"
    assert planned(*tasks).finish["B"] == "03 17:00"


def test_lags_on_both_sides_of_an_absent_task_fall_away():
    tasks = (task("A", 2), task("X", 5, "A FS+1d", exists=0.4), task("B", 1, "X SS+2d"))
    assert happened({"task/X/exists": 0.1}, *tasks).finish["B"] == "03 17:00"
    assert happened({"task/X/exists": 0.9}, *tasks).finish["B"] == "08 17:00"


def test_a_lead_out_of_an_absent_task_lets_nobody_begin_before_its_predecessor_ends():
    tasks = (task("A", 5), task("X", 5, "A", exists=0.4), task("B", 1, "X FS-3d"))
    assert happened({"task/X/exists": 0.1}, *tasks).finish["B"] == "08 17:00"


def forgets_to_leave_out(scenario, draw):
    return set()


def always_by_half(scenario, draw):
    return {id for id, task in scenario.tasks.items() if task.exists < 1 and draw and draw(f"task/{id}/exists") < 0.5}


@pytest.mark.parametrize("fault", [forgets_to_leave_out, always_by_half])
def test_agreement_fails_where_the_twin_has_another_rule(fault, tmp_path, monkeypatch):
    pairs = []
    for seed in range(12):
        plan = read(uncertain(seed), tmp_path, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    monkeypatch.setattr("tests.twin.simulator.simulator.absent_tasks", fault)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3


def test_the_generator_makes_tasks_that_need_not_exist():
    chances = {task.get("exists") for seed in range(40) for task in uncertain(seed)["tasks"].values()}
    assert {None, 0, 0.3, 0.5, 1} < chances


def test_a_scenario_by_hand_has_the_field():
    assert scenario(task("X", 5, exists=0.4)).tasks["X"].exists == 0.4
