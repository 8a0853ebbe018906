"""The value that the deterministic plan takes for an estimate: one for `check`, the engine and the twin."""

import tomllib

import pytest

from riskengine import engine, plan
from riskengine.model.estimate import SHAPES
from riskengine.scenario import parse
from riskengine.schedule.health.dcma import without_dates
from riskengine.schedule.health.logic import Logic
from tests.twin.draws import values

HEAD = 'schema = 1\nname = "plan values"\nstart = 2027-03-01\n'
ESTIMATES = {
    "constant": "5",
    "uniform": '{ shape = "uniform", low = 4, high = 9 }',
    "uniform in hours": '{ shape = "uniform", low = "10h", high = "31h" }',
    "triangular": '{ shape = "triangular", low = 4, most_likely = 5, high = 90 }',
    "pert": "[4, 5, 90]",
    "trigen": '{ shape = "trigen", low = 4, most_likely = 5, high = 9 }',
    "normal": '{ shape = "normal", mean = 20, sd = 2, min = 0 }',
    "normal by percentiles": '{ shape = "normal", p10 = 5, p90 = 90, min = 0 }',
    "lognormal": '{ shape = "lognormal", mean = 20, sd = 20 }',
    "lognormal by percentiles": '{ shape = "lognormal", p10 = 5, p90 = 90 }',
    "lognormal from a shift": '{ shape = "lognormal", mean = 20, sd = 8, shift = 12 }',
    "uniform by percentiles": '{ shape = "uniform", low = 4, high = 9, low_is = "p10", high_is = "p70" }',
    "pert by percentiles": '{ shape = "pert", low = 4, most_likely = 5, high = 9, low_is = "p5", high_is = "p90" }',
    "gamma": '{ shape = "gamma", mean = 20, sd = 8 }',
    "gamma from a shift": '{ shape = "gamma", mean = "20h", sd = "4h", shift = "12h" }',
    "gamma without a mode": '{ shape = "gamma", mean = 20, sd = 30 }',
    "weibull": '{ shape = "weibull", scale = 20, form = 2, shift = 3 }',
    "weibull without a mode": '{ shape = "weibull", scale = 20, form = 0.8 }',
    "double triangular": '{ shape = "double_triangular", low = 4, most_likely = 5, high = 90, weight_below = 0.2 }',
    "exponential from a shift": '{ shape = "exponential", mean = 7, shift = 5 }',
    "exponential": '{ shape = "exponential", mean = 7 }',
    "beta": '{ shape = "beta", low = 2, high = 50, alpha = 2, beta = 5 }',
    "beta without a mode": '{ shape = "beta", low = 2, high = 50, alpha = 0.7, beta = 5 }',
    "discrete": '{ shape = "discrete", values = [3, 60, 7], weights = [2, 2, 1] }',
    "discrete that repeats": '{ shape = "discrete", values = [3, 60, 3], weights = [2, 3, 2] }',
    "discrete, of which one is left": '{ shape = "discrete", values = [3, 60], weights = [2, 1], min = 10 }',
    "empirical": '{ shape = "empirical", values = [9, 3, 60, 7] }',
    "empirical, of which two are left": '{ shape = "empirical", values = [9, 3, 60, 7], min = 8 }',
    "cumulative": '{ shape = "cumulative", values = ["3h", "9h", "60h"], probabilities = [0, 0.7, 1] }',
    "metalog": '{ shape = "metalog", values = [5, 9, 16], percentiles = [0.1, 0.4, 0.9], lower_bound = 2 }',
    "mixture": '{ shape = "mixture", of = [[4, 5, 9], [6, 7, 20]] }',
    "average": '{ shape = "average", of = [[4, 5, 9], { shape = "gamma", mean = 8, sd = 1 }], weights = [2, 1] }',
    "triangular from above its mode": '{ shape = "triangular", low = 4, most_likely = 5, high = 90, min = 40 }',
    "lognormal that ends below its mode": '{ shape = "lognormal", mean = 20, sd = 5, max = 12 }',
}


def scenario_of(estimate):
    return parse(tomllib.loads(f"{HEAD}[tasks.a]\nduration = {estimate}\n"), "x.toml")


def test_every_shape_is_among_them():
    assert {scenario_of(estimate).tasks["a"].duration.shape for estimate in ESTIMATES.values()} == set(SHAPES)


@pytest.mark.parametrize("name", ESTIMATES)
def test_check_and_engine_have_one_plan_value_for_every_shape(name):
    scenario = scenario_of(ESTIMATES[name])
    sample = engine.simulate(plan.compile(scenario), engine.Settings(1))
    task = scenario.tasks["a"]
    checked = scenario.work_days(task)
    second = 1 / 28_800
    assert sample.tasks.deterministic_duration[0] == pytest.approx(checked, abs=second)
    hours = {"h": 1 / 8}.get(task.duration.unit, 1.0)
    assert values.plan_value(task.duration) * hours == pytest.approx(checked, rel=1e-12)


def test_a_wide_lognormal_is_no_high_duration():
    """P10 = 5 and P90 = 90 have their mode at 5.9 d; the middle of the two is 47.5 d."""
    scenario = scenario_of(ESTIMATES["lognormal by percentiles"])
    (measure,) = [measure for measure in without_dates(Logic(scenario)) if measure.code == "RE558"]
    assert measure.behind == ()


def test_a_backlog_is_no_high_duration():
    """It takes 60 days of the plan, and its items tell how far it is; the task beside it is counted alone."""
    text = f"{HEAD}\n[tasks.a]\nduration = 60\n[backlogs.b]\nitems = 48\ndone = {[4] * 12}\n"
    scenario = parse(tomllib.loads(text), "x.toml")
    assert scenario.work_days(scenario.tasks["b"]) == 60
    (measure,) = [measure for measure in without_dates(Logic(scenario)) if measure.code == "RE558"]
    assert (measure.behind, measure.denominator) == (("a",), 1)


def scenario_with_elapsed_predecessor(lag):
    text = f"""{HEAD}
[tasks.a]
duration = "10ed"
[tasks.b]
duration = "5d"
after = [{{ task = "a", lag = "{lag}" }}]
"""
    return parse(tomllib.loads(text), "x.toml")


def test_a_lag_counts_in_the_working_time_of_its_predecessor_which_is_the_clock_behind_elapsed_work():
    scenario = scenario_with_elapsed_predecessor("48h")
    (link,) = Logic(scenario).relationships
    assert link.lag == pytest.approx(2.0)
    plan_of_it = plan.compile(scenario)
    day = plan_of_it.time.calendars[plan_of_it.time.lag_calendar[0]].day_ticks
    assert plan_of_it.estimates.lag[0] / day == pytest.approx(link.lag)


OWN_24H = """
lag_calendar = "24h"
[calendars.24h]
week = "mon-fri 00:00-24:00"
hours_per_day = 12
"""


@pytest.mark.parametrize("duration", ["5d", "5ed"])
def test_the_clock_stays_the_clock_where_a_scenario_has_a_calendar_of_its_name(duration):
    text = f'{HEAD}{OWN_24H}[tasks.a]\nduration = "{duration}"\n[tasks.b]\nduration = 5\nafter = ["a FS+48h"]\n'
    scenario = parse(tomllib.loads(text), "x.toml")
    (link,) = Logic(scenario).relationships
    assert link.lag == pytest.approx(2.0)
    assert scenario.work_days(scenario.tasks["a"]) == 5.0
