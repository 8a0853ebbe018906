"""Work and quantities at a pace: by hand in the twin, and the engine against it."""

import pytest

from riskengine.model import Constant, Uniform
from tests.twin.draws import drawn
from tests.twin.simulator import agreement, pace, written
from tests.twin.simulator.build import impact, risk, task
from tests.twin.simulator.faults import _changed, _instead
from tests.twin.simulator.shown import happened, planned
from tests.twin.simulator.simulator import Simulator
from tests.twin.simulator.sweep import differences_of, disagreements
from tests.twin.simulator.work_scenarios import at_a_pace

KINDS = ("work", "work under way", "work in branches")
SEEDS = range(300, 306)
HOURS = 3600
PEOPLE, SPEED = Uniform(low=2, high=4), Uniform(low=0.5, high=1)
FAULTS = {
    "every iteration at the pace of the plan": _instead(Simulator, "slowness", lambda *asked: 1.0),
    "multiplied by people": _changed(
        Simulator, "slowness", lambda right, self, task, draw: 1 / right(self, task, draw)
    ),
    "productivity forgotten in the plan": _changed(
        pace, "paces", lambda right, task: {key: one for key, one in right(task).items() if key != "productivity"}
    ),
    "a quantity in hours": _changed(
        pace,
        "divided",
        lambda right, estimate, by: right(estimate, by) if estimate.unit else right(estimate, by * 8),
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_engine_and_twin_agree_on_work_at_a_pace(kind, tmp_path):
    assert disagreements(kind, SEEDS, tmp_path, iterations=3) == []


def test_no_run_is_beyond_the_limits_of_work_at_a_pace(tmp_path):
    assert disagreements("limits of work", range(6), tmp_path, iterations=12) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, "limits of work"])
def test_engine_and_twin_agree_on_hundreds_of_scenarios_of_work(kind, tmp_path):
    assert disagreements(kind, range(2000, 2200), tmp_path, iterations=12) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_pace_shows(fault, tmp_path, monkeypatch):
    FAULTS[fault](monkeypatch)
    assert any(differences_of("work", seed, tmp_path, 3) for seed in SEEDS)


def test_work_and_paces_are_drawn_from_the_quantiles_of_their_words(tmp_path):
    wrong, shapes = [], set()
    for seed in SEEDS:
        scenario = written.read(at_a_pace(seed), tmp_path)
        run = agreement.run(scenario, seed, "lhs", 8)
        wrong += drawn.wrong_draws(scenario, run, [0, 1, 5])
        asked = drawn.estimates(scenario, run.plan.time.tick).values()
        shapes |= {estimate.pace.shape for estimate, _ in asked if estimate.shape == "one over"}
    assert wrong == []
    assert len(shapes) > 3


def at_work(**more):
    """A task of a hundred hours, in the plan three people at three quarters: 44 hours, 26 minutes and 40 seconds."""
    hundred = Constant(value=100, unit="h")
    return task(
        "A", Constant(value=100 / 3 / 0.75, unit="h"), effort=hundred, people=PEOPLE, productivity=SPEED, **more
    )


def test_the_plan_divides_work_by_planned_people_and_productivity():
    assert planned(at_work()).outcome.work == {"A": 160_000}


def test_an_iteration_divides_by_its_own_pace():
    draws = {"task/A/people": 3 / 2, "task/A/productivity": 0.75 / 0.5}  # two people at one half: 100 hours
    assert happened(draws, at_work()).outcome.work == {"A": 100 * HOURS}


def test_factors_of_risks_act_on_what_comes_of_it_and_rates_run_over_it():
    draws = {"task/A/people": 3 / 4, "task/A/productivity": 0.75}  # four people as fast as can be: 25 hours
    result = happened(draws, at_work(rate=80), risks=(risk("R", 1, {"A": impact(factor=2)}),))
    assert result.outcome.work == {"A": 50 * HOURS}
    assert result.outcome.cost == 50 / 8 * 80


def test_a_quantity_takes_days_of_its_calendar():
    quantity, rate = Constant(value=900), Constant(value=100)
    dig = task("A", Constant(value=9, unit="d"), quantity=quantity, rate_per_day=rate)
    assert planned(dig).outcome.work == {"A": 9 * 8 * HOURS}


@pytest.mark.parametrize(("left", "hours"), [({"remaining_work": "60h"}, 20), ({"percent_complete": 40}, 20)])
def test_what_is_left_is_divided_by_the_same_pace(left, hours, tmp_path):
    code = {"work": "100h", "people": 3, "actual_start": "2027-02-22", **left}
    document = {"schema": 1, "name": "left", "data_date": "2027-03-01", "tasks": {"code": code}}
    scenario = written.read(document, tmp_path, ".json")
    run = agreement.run(scenario, 1, "lhs", 1)
    assert int(run.exact.duration[0, 0]) == hours * HOURS
