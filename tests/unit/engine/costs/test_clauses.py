"""Damages and bonuses in runs: what is over, what changes a plan, what no iteration can be beyond."""

import numpy as np
import pytest

from riskengine import analysis, engine, plan
from riskengine.engine import Settings
from riskengine.engine.limits import limits
from tests.support.scenario_text import read_text

CLOCK = 'schema = 1\nname = "clauses"\nstart = 2027-03-01\ncalendar = "24h"\n'
WORK = '[tasks.work]\nduration = { shape = "uniform", low = 10, high = 30 }\n'
DAMAGES = "[damages.delay]\ndate = 2027-03-16T12:00:00\nrate = 100\n"
BONUS = '[bonuses.early]\ntarget = "work"\ndate = 2027-03-16T00:00:00\nrate = 10\nmost = 30\n'
OVER = """
schema = 1
name = "over"
data_date = 2027-05-10
[tasks.first]
duration = 5
actual_start = 2027-03-01
actual_finish = 2027-03-10T17:00:00
[tasks.next]
duration = 5
after = ["first"]
[damages.delay]
target = "first"
date = 2027-03-05
rate = 100
"""


def sample_of(text, iterations=512, head=CLOCK, **settings):
    """A run of a scenario."""
    return engine.simulate(plan.compile(read_text(text, head=head)), Settings(iterations, **settings))


def days(sample):
    """Days of the finish after the start, to the microsecond."""
    return (sample.finish[0] - np.datetime64("2027-03-01")) / np.timedelta64(1, "D")


def test_cost_of_every_iteration_is_that_of_its_finish():
    sample = sample_of(WORK + DAMAGES + BONUS)
    late = days(sample) - 15.5
    owed = 100 * np.ceil(np.maximum(late, 0))
    earned = np.minimum(10 * np.floor(np.maximum(15 - days(sample), 0)), 30)
    assert sample.cost.tolist() == (owed - earned).tolist()
    assert owed.max() == 1500 and earned.max() == 30


def test_a_target_that_is_over_owes_what_it_owes():
    """Friday's end to Wednesday 17:00 is four days and seventeen hours: five begun, known in every iteration."""
    sample = sample_of(OVER, head="")
    assert set(sample.cost) == {500.0} and sample.deterministic_cost == 500.0
    clauses = analysis.tables(sample)["clauses"].to_pylist()
    assert [(row["mean"], row["mean_ci_low"], row["mean_ci_high"]) for row in clauses] == [(500, 500, 500)]


def test_mean_and_chance_of_a_uniform_task_are_those_of_its_days():
    """14.5 of 20 days are late: 1 to 14 days owed with a 20th each, 15 with half of it; blocks know the mean to 1."""
    table = analysis.tables(sample_of(WORK + DAMAGES, 2560, method="lhs"))["clauses"].to_pylist()[0]
    assert table["chance"] == pytest.approx(0.725, abs=0.002)
    assert table["mean"] == pytest.approx(562.5, abs=1.5)
    assert table["mean_ci_low"] <= 562.5 <= table["mean_ci_high"]
    assert (table["p80_ci_low"], table["p80_ci_high"]) in [(1000, 1100), (1100, 1100), (1100, 1200)]


def test_limits_are_the_money_of_the_earliest_finish_and_the_latest():
    bounds = limits(plan.compile(read_text(WORK + DAMAGES + BONUS, head=CLOCK)))
    assert bounds.clauses.tolist() == [[0.0, -30.0], [1500.0, 0.0]]
    assert bounds.cost.tolist() == [-30.0, 1500.0]


def test_a_clause_that_cannot_be_due_is_certain_not_to_be():
    row = analysis.tables(sample_of(WORK + DAMAGES.replace("03-16", "04-16")))["clauses"].to_pylist()[0]
    assert (row["mean"], row["mean_ci_low"], row["mean_ci_high"]) == (0, 0, 0)


def test_a_rare_risk_that_did_not_occur_widens_the_interval_of_the_mean():
    risk = "[risks.storm]\nprobability = 0.0005\nimpacts.work.delay = 200\n"
    with_it, without = (
        analysis.tables(sample_of(WORK + DAMAGES + more, 1024, seed=1))["clauses"].to_pylist()[0] for more in (risk, "")
    )
    assert with_it["mean"] == without["mean"]
    assert with_it["mean_ci_high"] > without["mean_ci_high"] + 5


def test_damages_are_paid_in_the_month_of_the_finish():
    sample = sample_of(WORK + DAMAGES, 256)
    periods = sample.cost_periods
    month = periods.month.astype("M8[M]").astype(str).tolist()
    assert month == ["2027-03"] and periods.cost[0, 0].tolist() == sample.cost.tolist()


def test_a_changed_clause_gives_what_compiling_anew_does():
    scenario = read_text(WORK + DAMAGES, head=CLOCK)
    other = read_text(WORK + DAMAGES.replace("rate = 100", "rate = 50"), head=CLOCK)
    revised = plan.changed(plan.compile(scenario), other)
    cost = engine.simulate(revised, Settings(256)).cost
    assert cost.tolist() == (sample_of(WORK + DAMAGES, 256).cost / 2).tolist()


def test_threads_and_further_iterations_change_no_cost():
    one, two = (sample_of(WORK + DAMAGES + BONUS, 2048, threads=count) for count in (1, 2))
    assert one.cost.tobytes() == two.cost.tobytes()
    assert sample_of(WORK + DAMAGES + BONUS, 512).cost.tobytes() == one.cost[:512].tobytes()


def test_a_risk_contributes_the_damages_that_it_causes():
    risk = "[risks.storm]\nprobability = 0.5\nimpacts.work.delay = 4\n[gates.g]\ncost = 1\nconfidence = 0.5\n"
    work = "[tasks.work]\nduration = 15\n"
    row = analysis.tables(sample_of(work + risk + DAMAGES, 2560))["risks"].to_pylist()[0]
    assert row["cost_mean"] == pytest.approx(200, abs=1) and row["cost_p80"] == 400
