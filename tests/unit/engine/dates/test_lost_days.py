"""Days that calendars lose by chance, in dates, floats and costs."""

import tomllib
from dataclasses import replace

import numpy as np
import pytest

from riskengine import engine, plan
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.dates.lost_days import lost_in
from riskengine.errors import ScenarioError
from riskengine.plan.lost_days import compile_lost_days
from riskengine.scenario import parse
from tests.twin.simulator.lost_days import in_iteration

HEAD = 'schema = 1\nname = "x"\nstart = 2027-03-01\ncalendar = "site"\n'
SITE = '[calendars.site]\nweek = "mon-fri 08:00-16:00"\n[calendars.site.lost]\nmar = 0.4\napr = 0.2\n'
TASKS = """
[tasks.a]
duration = { shape = "uniform", low = 2, high = 6 }
[tasks.b]
duration = { shape = "uniform", low = 2, high = 6 }
after = ["a SS+1d"]
[tasks.c]
duration = 1
after = ["a", "b FS+2d"]
"""
ASIDE = """
[tasks.p]
duration = 2
after = ["a"]
[tasks.q]
duration = 1
after = ["p FS+1d"]
calendar = "24h"
[tasks.r]
duration = 1
after = ["q FF+4h"]
deadline = 2027-03-16
"""
DRY = SITE.split("[calendars.site.lost]")[0]


def scenario(text):
    return parse(tomllib.loads(HEAD + text), "x.toml")


def sample(text, **settings):
    return engine.simulate(plan.compile(scenario(text)), engine.Settings(300, seed=4, **settings))


def lost(text, calendar=0, blocks=1):
    """Which days a calendar loses, (day, iteration), in the order of the plan's calendars."""
    compiled = plan.compile(scenario(text))
    return (lost_in(compiled, Request(7, 0, 256 * blocks), blocks)[calendar] & 1) != 0


@pytest.mark.parametrize("iteration", [0, 3, 299])
def test_floats_are_those_of_a_plan_with_the_lost_days_as_holidays(iteration):
    """The same draws, and every day that the twin says is lost in an iteration as a day off."""
    given = scenario(SITE + TASKS + ASIDE)
    holidays = in_iteration(given, 4, iteration)
    assert len(holidays.calendars["site"].exceptions) > 10
    tasks = engine.simulate(plan.compile(given), engine.Settings(300, seed=4)).tasks
    as_holidays = engine.simulate(plan.compile(holidays), engine.Settings(300, seed=4)).tasks
    assert tasks.start[:, iteration].tolist() == as_holidays.start[:, iteration].tolist()
    np.testing.assert_allclose(tasks.total_float[:, iteration], as_holidays.total_float[:, iteration], atol=1e-9)
    assert tasks.total_float.max() > 1
    assert tasks.total_float.min() < 0


def test_another_calendar_or_a_longer_course_moves_no_lost_day():
    """The first 60 days, with another calendar before it in the alphabet, and with ten times the work."""
    alone = lost(SITE + TASKS)[:60]
    assert 0.2 < alone[:31].mean() < 0.4  # 40 % of five days in seven
    crane = "[calendars.crane]\nextends = 'site'\nlost = { mar = 0.9 }\n[tasks.d]\nduration = 3\ncalendar = 'crane'\n"
    assert (lost(SITE + crane + TASKS, calendar=0)[:60] == alone).all()
    assert (lost(SITE + TASKS + "[tasks.z]\nduration = 400\n")[:60] == alone).all()
    other = lost((SITE + TASKS).replace("apr = 0.2", "apr = 0.7"))[:60]
    assert (other[:31] == alone[:31]).all()
    assert (other[31:] >= alone[31:]).all()
    assert (other[31:] != alone[31:]).any()


def test_a_calendar_that_shares_draws_loses_the_same_days_and_more():
    crane = "[calendars.crane]\nweek = 'mon-fri 06:00-22:00'\nlost = { shared_with = 'site', mar = 0.6 }\n"
    task = "[tasks.d]\nduration = 3\ncalendar = 'crane'\n"
    text = SITE + crane + TASKS + task
    site, own = lost(text, 0)[:31], lost(text, 1)[:31]
    assert (own >= site).all()
    assert own.sum() > 1.3 * site.sum()
    same = text.replace(", mar = 0.6", "")
    assert (lost(same, 1)[:31] == lost(same, 0)[:31]).all()


def test_a_calendar_that_extends_another_loses_the_same_days():
    late = "[calendars.late]\nextends = 'site'\nweek = 'mon-fri 14:00-22:00'\n"
    late += "[tasks.d]\nduration = 3\ncalendar = 'late'\n"
    text = SITE + late + TASKS
    assert (lost(text, 1)[:31] == lost(text, 0)[:31]).all()


def test_calendars_without_chances_give_the_bytes_of_none():
    zero = SITE.replace("0.4", "0").replace("0.2", "0") + TASKS
    assert sample(DRY + TASKS).finish.tobytes() == sample(zero).finish.tobytes()
    assert plan.compile(scenario(zero)).lost is None


def test_threads_and_a_longer_run_change_no_byte():
    one, two = sample(SITE + TASKS, threads=1), sample(SITE + TASKS, threads=2)
    assert one.finish.tobytes() == two.finish.tobytes()
    longer = engine.simulate(plan.compile(scenario(SITE + TASKS)), engine.Settings(1000, seed=4))
    assert (longer.finish[:, :256] == one.finish[:, :256]).all()


def test_the_deterministic_plan_loses_no_day():
    with_lost, without = sample(SITE + TASKS), sample(DRY + TASKS)
    assert with_lost.deterministic_finish[0] == without.deterministic_finish[0]
    assert with_lost.finish_days.mean() > without.finish_days.mean() + 2


def test_lost_days_cost_a_task_nothing_and_the_project_its_overhead():
    text = SITE + "[tasks.a]\nduration = 5\ncost.rate = 1000\n"
    costs = sample(text).cost
    assert costs.tolist() == [5000] * 300
    with_overhead = sample(text + "[costs.camp]\nrate = 100\n")
    np.testing.assert_allclose(with_overhead.cost, 5000 + 100 * with_overhead.finish_days[0], atol=1e-6)
    assert with_overhead.finish_days[0].max() > 8


def test_nothing_is_below_the_least_that_a_run_says_is_possible():
    """With a lead a lost day may let others begin earlier: then nothing is said."""
    for relationship in ("a SS+1d", "a FS-1d", "a FF"):
        made = sample((SITE + TASKS).replace("a SS+1d", relationship))
        least, most = made.limits.finish_days[:, 0]
        assert least <= made.finish_days[0].min()
        assert most == np.inf


def test_a_run_that_goes_on_behind_the_days_drawn_is_refused():
    compiled = plan.compile(scenario(SITE + TASKS))
    calendars = compiled.stages.structure.calendars

    def run_with(days):
        lost = compile_lost_days(calendars, compiled.time.calendars, days)
        return run_blocks(replace(compiled, lost=lost), Request(1, 0, 256), compiled.variables.dimension)

    with pytest.raises(ScenarioError, match="RE608"):
        run_with(10)
    run_with(90)
