"""PSPLIB j30: 48 instances with proven optima, one per parameter setting (Kolisch and Sprecher 1996)."""

import json

import pytest

from riskengine import engine
from tests.support.levelled_plans import DAY, compiled, simulated
from tests.support.places import ROOT

SOURCE = ROOT.parent / "shared" / "data" / "psplib_j30.json"
WORST_MEAN = 0.06


@pytest.fixture(scope="module")
def instances():
    if not SOURCE.is_file():
        pytest.skip(f"no {SOURCE}")
    return json.loads(SOURCE.read_text(encoding="utf-8"))["instances"]


def document(instance, rule="late finish"):
    """Write an instance as a scenario: a period is a day round the clock."""
    after = {task["id"]: [] for task in instance["tasks"]}
    for task in instance["tasks"]:
        for successor in task["successors"]:
            after[successor].append(f"t{task['id']:02d}")
    return {
        "levelling": {"rule": rule},
        "resources": {f"r{k}": {"capacity": units} for k, units in enumerate(instance["capacity"])},
        "tasks": {
            f"t{task['id']:02d}": {
                "duration": task["duration"],
                "after": after[task["id"]],
                "resources": {f"r{k}": units for k, units in enumerate(task["demand"]) if units},
            }
            for task in instance["tasks"]
        },
    }


def makespan(made):
    """Return the deterministic finish of a plan, in days."""
    return float(engine.deterministic(made).finish[0, 0]) * made.time.tick / DAY


def test_without_levelling_every_instance_takes_its_critical_path(instances):
    assert len(instances) == 48
    assert all(makespan(compiled(document(each)).unlevelled) == each["mpm_time"] for each in instances)


def test_late_finish_is_never_better_than_the_optimum_and_within_six_percent_on_average(instances):
    gaps = [makespan(compiled(document(each))) / each["optimum"] - 1 for each in instances]
    assert min(gaps) >= 0
    assert sum(gaps) / len(gaps) <= WORST_MEAN


@pytest.mark.parametrize("rule", ["total float", "early start", "priority", "shortest"])
def test_no_rule_is_ever_better_than_the_optimum(instances, rule):
    assert all(makespan(compiled(document(each, rule))) >= each["optimum"] for each in instances)


def test_a_simulation_without_ranges_is_the_deterministic_plan_in_every_iteration(instances):
    for each in instances:
        made = compiled(document(each))
        exact, output = engine.deterministic(made), simulated(made)
        assert (output.finish == exact.finish[:, :1]).all()
        assert (output.start == exact.start).all() and (output.end == exact.end).all()
