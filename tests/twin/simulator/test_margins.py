"""Engine and twin on plans that set time aside, and what that comes to by hand."""

import pytest

from tests.twin.simulator import agreement
from tests.twin.simulator.build import impact, risk, task
from tests.twin.simulator.margin_scenarios import with_margins
from tests.twin.simulator.network import Times
from tests.twin.simulator.shown import happened, planned
from tests.twin.simulator.simulator import Simulator
from tests.twin.simulator.sweep import KINDS, differences_of, disagreements
from tests.twin.simulator.written import read

OF_MARGINS = [kind for kind in KINDS if kind.startswith("margins") and "lost" not in kind]


@pytest.mark.parametrize("kind", OF_MARGINS)
def test_engine_and_twin_agree_on_margins(kind, tmp_path):
    assert disagreements(kind, range(8), tmp_path, iterations=12) == []


def test_runs_keep_their_limits_where_time_is_set_aside(tmp_path):
    assert [line for seed in range(8) for line in differences_of("limits of margins", seed, tmp_path, 100)] == []


def test_a_margin_is_in_the_plan_and_in_no_future():
    tasks = (task("A", 2), task("M", 5, "A", margin=True), task("B", 1, "M"))
    assert planned(*tasks).finish["B"] == "10 17:00"
    assert happened({}, *tasks).finish == {"A": "02 17:00", "M": "02 17:00", "B": "03 17:00"}


def test_no_risk_acts_on_a_margin_and_no_least_duration_holds_for_it():
    tasks = (task("A", 2, tags=("x",)), task("M", 5, "A", margin=True, tags=("x",)))
    late = (risk("R", 1.0, {"tag:x": impact(delay="1d", cost=7)}),)
    seen = happened({}, *tasks, risks=late, minimum_duration="4h")
    assert seen.finish == {"A": "03 17:00", "M": "03 17:00"}
    assert seen.outcome.cost == 7


def as_long_as_planned(right):
    def times(self, task, draw, acting):
        return right(self, task, None if task.margin else draw, acting)

    return times


def nothing_in_the_plan(right):
    def times(self, task, draw, acting):
        return Times(0) if task.margin else right(self, task, draw, acting)

    return times


@pytest.mark.parametrize("fault", [as_long_as_planned, nothing_in_the_plan])
def test_agreement_fails_where_the_twin_has_another_rule(fault, tmp_path, monkeypatch):
    pairs = []
    for seed in range(12):
        plan = read(with_margins(seed), tmp_path, ".toml")
        pairs.append((plan, agreement.run(plan, seed, "random", 12)))
    monkeypatch.setattr(Simulator, "times", fault(Simulator.times))
    assert sum(next(agreement.differences(*pair), None) is not None for pair in pairs) >= 3
