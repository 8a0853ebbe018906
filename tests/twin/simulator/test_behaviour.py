"""Engine and twin where people do something with time that is left, and what that comes to by hand."""

import pytest

from tests.twin.simulator import agreement
from tests.twin.simulator.build import impact, risk, task
from tests.twin.simulator.shown import happened, planned
from tests.twin.simulator.sweep import KINDS, differences_of, disagreements
from tests.twin.simulator.unhurried_scenarios import unhurried
from tests.twin.simulator.written import read

OF_EARLY_FINISHES = [kind for kind in KINDS if kind.startswith("early finishes") and "lost" not in kind]


@pytest.mark.parametrize(
    "kind",
    # in branches the core is compiled once more, which takes longer than the scenarios
    [pytest.param(each, marks=pytest.mark.slow if "branches" in each else ()) for each in OF_EARLY_FINISHES],
)
def test_engine_and_twin_agree_on_early_finishes(kind, tmp_path):
    assert disagreements(kind, range(6), tmp_path, iterations=8) == []


def test_runs_keep_their_limits_where_gains_are_kept(tmp_path):
    assert [line for seed in range(8) for line in differences_of("limits of early finishes", seed, tmp_path, 100)] == []


def test_half_of_a_gain_is_worked_away():
    tasks = (task("A", "2..10d", early_finish_passed_on=0.5), task("B", 1, "A"))
    draws = {"task/A/duration": 2 * 28_800}
    assert planned(*tasks).finish == {"A": "08 17:00", "B": "09 17:00"}
    assert happened(draws, *tasks).finish == {"A": "04 17:00", "B": "05 17:00"}
    assert happened({"task/A/duration": 7 * 28_800}, *tasks).finish["A"] == "09 17:00"


def test_what_an_opportunity_gains_is_a_gain():
    tasks = (task("A", 6, early_finish_passed_on=0), task("B", 1, "A"))
    saved = (risk("R", 1.0, {"A": impact(delay="-2d")}, kind="opportunity"),)
    assert happened({"risk/R/occurs": 1.0}, *tasks, risks=saved).finish["A"] == "08 17:00"


@pytest.mark.parametrize(
    "fault", [lambda task, work, planned: work, lambda task, work, planned: max(work, planned)], ids=["none", "all"]
)
def test_agreement_fails_where_the_twin_has_another_rule(fault, tmp_path, monkeypatch):
    pairs = []
    for seed in range(12):
        plan = read(unhurried(seed), tmp_path, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    monkeypatch.setattr("tests.twin.simulator.simulator.hurried_by_nobody", fault)
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3


def test_the_generator_makes_tasks_that_keep_their_gains():
    shares = {task.get("early_finish_passed_on") for seed in range(40) for task in unhurried(seed)["tasks"].values()}
    assert {None, 0, 0.3, 0.5, 1} < shares
