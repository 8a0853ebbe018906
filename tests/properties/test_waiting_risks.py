"""Risks that wait for a date: the finish of each iteration decides, and nobody else's draw moves."""

import tomllib

import numpy as np
import pytest

import riskengine
from riskengine import plan
from riskengine.analysis.tables.run import tables
from riskengine.engine import Settings, replay, simulate
from riskengine.engine.dates.display_dates import early_dates
from riskengine.report.summary import chains
from riskengine.scenario import parse

NET = """
schema = 1
name = "net"
start = 2027-03-01
{more}
[tasks.dig]
duration = [4, 6, 12]
{actual}
[tasks.pour]
duration = [3, 5, 9]
after = ["dig"]
cost.rate = 100
[tasks.cure]
duration = 2
after = ["pour"]
[risks.frost]
probability = {chance}
{wait}
impacts.pour = {{ delay = [1, 2, 3], factor = [1.1, 1.2, 1.5], cost_factor = [1.1, 1.3, 1.4], cost = [10, 20, 30] }}
impacts.cure.factor = [1.1, 1.2, 1.5]
impacts."dig -> pour".delay = 1
[risks.heating]
probability = 0.5
triggered_by = ["frost"]
impacts.project = {{ cost = 500, delay = 1 }}
"""
SEVERAL = '[calendars.early]\nweek = "mon-sat 06:00-14:00"\n[tasks.other]\nduration = 3\ncalendar = "early"\n'
METHODS = ("sobol", "lhs", "random")


def wait(date):
    return f'after = "dig"\nif_later_than = {date}'


def read(condition="", chance=0.6, more="", actual=""):
    return parse(tomllib.loads(NET.format(wait=condition, chance=chance, more=more, actual=actual)), "net")


def compiled(condition="", several="", **changes):
    text = NET.format(wait=condition, chance=changes.get("chance", 0.6), more="", actual="") + several
    return plan.compile(parse(tomllib.loads(text), "net"))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("several", ["", SEVERAL])
@pytest.mark.parametrize("date", ["2027-03-09", "2027-03-10T12:30:00"])
def test_it_occurs_where_its_draw_and_the_finish_of_the_iteration_say_so(method, several, date):
    made = compiled(wait(date), several)
    seen = replay(made, 7, method, 1_280)
    _, finish = early_dates(made, seen.output, 1_280)
    instant = np.datetime64(date) + np.timedelta64("T" not in date, "D")
    is_later = made.instants(finish[made.task.index("dig")]) > instant
    assert 0.1 < is_later.mean() < 0.9
    frost, heating = (seen.output.occurs[made.risk.index(name)].astype(bool) for name in ("frost", "heating"))
    assert np.array_equal(frost, is_later & seen.draws["risk/frost/occurs"])
    assert np.array_equal(heating, frost & seen.draws["risk/heating/occurs"])


@pytest.mark.parametrize("method", METHODS)
def test_a_date_that_is_always_passed_gives_the_bytes_of_none(method):
    always, plain = (replay(compiled(text), 7, method, 512).output for text in (wait("2026-01-01"), ""))
    assert np.array_equal(always.finish, plain.finish) and np.array_equal(always.occurs, plain.occurs)
    assert np.array_equal(always.cost, plain.cost)


def test_a_date_that_is_never_passed_gives_the_bytes_without_the_risk():
    never, without = (
        replay(compiled(text, chance=chance), 7, "sobol", 512).output
        for text, chance in ((wait("2990-01-01"), 1.0), ("", 0.0))
    )
    assert np.array_equal(never.finish, without.finish) and np.array_equal(never.cost, without.cost)
    assert not never.occurs.any()


def test_waiting_for_a_date_moves_nobody_elses_draw():
    words = [replay(compiled(text), 7, "sobol", 512).word for text in ("", wait("2027-03-09"), wait("2990-01-01"))]
    assert all(each.keys() == words[0].keys() for each in words)
    assert all(np.array_equal(word, each[label]) for each in words for label, word in words[0].items())


@pytest.mark.parametrize(("date", "chance"), [("2027-03-09", 1.0), ("2027-03-10", 0.0)])
def test_the_actual_finish_decides_once_there_is_one(date, chance):
    actual = "actual_start = 2027-03-01\nactual_finish = 2027-03-10T17:00:00"
    text = NET.replace("start = 2027-03-01\n{more}", "data_date = 2027-03-12\n{more}", 1)
    scenario = parse(tomllib.loads(text.format(wait=wait(date), chance=1, more="", actual=actual)), "net")
    made = plan.compile(scenario)
    assert made.existence is None
    assert replay(made, 7, "sobol", 256).output.occurs[made.risk.index("frost")].mean() == chance


def test_a_plan_in_which_no_risk_waits_is_compiled_without_dates_that_decide():
    assert compiled().existence is None


def test_the_probability_is_what_the_iterations_show():
    made = compiled(wait("2027-03-09"), chance=1)
    rows = {row["risk"]: row for row in tables(simulate(made, Settings(iterations=2560)))["risks"].to_pylist()}
    frost = rows["frost"]
    assert frost["probability"] == frost["occurrence"]
    assert frost["occurrence_ci_low"] < frost["probability"] < frost["occurrence_ci_high"]
    assert frost["probability_triggered"] == 1 and frost["after"] == "dig"
    assert 0 < rows["heating"]["probability"] < frost["probability"]
    never = tables(simulate(compiled(wait("2990-01-01")), Settings(iterations=512)))["risks"].to_pylist()[0]
    assert never["occurrence"] == 0 and 0 < never["probability"] < 0.01


def test_a_contribution_is_the_difference_to_the_run_without_it():
    scenario = read(wait("2027-03-09"))
    settings = Settings(iterations=512)
    rows = tables(simulate(plan.compile(scenario), settings))["risks"].to_pylist()
    off = scenario.model_copy(
        update={"risks": scenario.risks | {"frost": scenario.risks["frost"].model_copy(update={"active": False})}}
    )
    with_it, without = (simulate(plan.compile(each), settings) for each in (scenario, off))
    assert rows[0]["days_mean"] == pytest.approx(float((with_it.finish_days - without.finish_days)[0].mean()))
    assert rows[0]["cost_mean"] == pytest.approx(float((with_it.cost - without.cost).mean()))


def test_a_report_names_the_date_that_a_risk_waits_for():
    lines = "\n".join(chains.section(riskengine.simulate(read(wait("2027-03-09")), iterations=256), 100))
    assert "dig later than 2027-03-09" in lines and "a date decides" in lines
