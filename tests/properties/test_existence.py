"""What may not exist: what it moves, and what it leaves alone, to the last bit."""

import tomllib
from datetime import date

import numpy as np
import pytest

from riskengine import plan
from riskengine.analysis.tables.run import tables
from riskengine.engine import Settings, replay, simulate
from riskengine.scenario import parse

NET = """
schema = 1
name = "net"
start = 2027-03-01
[tasks.a]
duration = [4, 6, 12]
[tasks.x]
duration = [5, 8, 9]
after = ["a FS+2d"]
cost = {{ fixed = 1000, rate = 10 }}
constraints = ["SNET 2027-05-03"]
{exists}
[tasks.y]
duration = [3, 7, 9]
after = ["a"]
[tasks.b]
duration = [1, 2, 3]
after = ["x SS+1d", "y"]
[risks.late]
probability = 0.4
impacts.x.delay = [2, 5, 9]
impacts.y.delay = [1, 2, 3]
"""
METHOD_NAMES = ("sobol", "lhs", "random")


def compiled(text):
    return plan.compile(parse(tomllib.loads(text), "net"))


def outputs(text, method="sobol", iterations=512):
    return replay(compiled(text), 7, method, iterations)


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_exists_1_gives_the_bytes_of_a_plan_without_it(method):
    without, certain = outputs(NET.format(exists=""), method), outputs(NET.format(exists="exists = 1"), method)
    for name, column in without.output._asdict().items():
        assert column.tobytes() == getattr(certain.output, name).tobytes(), name
    assert without.word.keys() == certain.word.keys()


@pytest.mark.parametrize("method", METHOD_NAMES)
def test_existence_moves_nobody_elses_draw(method):
    without, uncertain = outputs(NET.format(exists=""), method), outputs(NET.format(exists="exists = 0.4"), method)
    assert uncertain.word.keys() - without.word.keys() == {"task/x/exists"}
    for label, word in without.word.items():
        assert np.array_equal(word, uncertain.word[label]), label


def test_where_it_exists_every_date_is_that_of_the_plan_without():
    plans = [compiled(NET.format(exists=exists)) for exists in ("", "exists = 0.4")]
    without, uncertain = (simulate(each, Settings(512, seed=7)).tasks for each in plans)
    exists = replay(plans[1], 7, "sobol", 512).draws["task/x/exists"] >= 0.6
    assert 0.3 < exists.mean() < 0.5
    for name in ("start", "finish", "duration"):
        one, other = getattr(without, name), getattr(uncertain, name)
        assert np.array_equal(one[:, exists], other[:, exists]), name
        assert not np.array_equal(one, other)


def test_exists_0_gives_the_dates_of_a_milestone_on_no_constraint():
    """The plan without x has a milestone in its place, with the same relationships and nothing else."""
    never = compiled(NET.format(exists="exists = 0"))
    text = NET.format(exists="").replace("duration = [5, 8, 9]", "milestone = true")
    text = text.replace("a FS+2d", "a").replace("x SS+1d", "x")
    text = text.replace('constraints = ["SNET 2027-05-03"]', "").replace("cost = { fixed = 1000, rate = 10 }", "")
    milestone = compiled(text.replace("impacts.x.delay = [2, 5, 9]", ""))
    one, other = (simulate(each, Settings(512, seed=7, method="random")) for each in (never, milestone))
    for name in ("start", "finish", "duration", "cost"):
        assert np.array_equal(getattr(one.tasks, name), getattr(other.tasks, name)), name
    assert np.array_equal(one.finish, other.finish)
    assert np.array_equal(one.tasks.criticality_count[0, :3], other.tasks.criticality_count[0, :3])
    assert np.allclose(one.tasks.total_float, other.tasks.total_float)


def test_what_has_begun_exists():
    text = NET.replace("start =", "data_date =").replace(
        "[tasks.x]", "[tasks.x]\nactual_start = 2027-02-22\nremaining = 4"
    )
    without, uncertain = compiled(text.format(exists="")), compiled(text.format(exists="exists = 0.2"))
    assert uncertain.existence is None
    one, other = (replay(each, 7, "sobol", 256).output for each in (without, uncertain))
    assert np.array_equal(one.end, other.end)


def test_an_absent_task_waits_for_no_season_of_its_own_calendar():
    """A task of the summer that is not there keeps nobody waiting in winter."""
    text = """
schema = 1
name = "season"
start = 2027-01-04
[calendars.summer]
week = "mon-fri 08:00-12:00 13:00-17:00"
exceptions = { "2027-01-01..2027-05-31" = "off" }
[tasks.a]
duration = 5
[tasks.paint]
duration = 3
calendar = "summer"
after = ["a"]
exists = 0.5
[tasks.b]
duration = 2
after = ["paint"]
"""
    sample = simulate(compiled(text), Settings(512))
    early, late = sorted(set(sample.finish[0].astype("datetime64[D]").tolist()))
    assert (early, late) == (date(2027, 1, 12), date(2027, 6, 7))


def test_criticality_over_all_and_over_existing_iterations():
    text = """
schema = 1
name = "fork"
start = 2027-03-01
[tasks.long]
duration = 10
exists = 0.25
[tasks.short]
duration = 6
[tasks.end]
milestone = true
after = ["long", "short"]
"""
    sample = simulate(compiled(text), Settings(10_240, method="random"))
    row = {row["task"]: row for row in tables(sample)["tasks"].to_pylist()}
    assert row["long"]["criticality"] == row["long"]["existence"] == pytest.approx(0.25, abs=0.02)
    assert row["long"]["criticality_existing"] == 1.0
    assert row["short"]["criticality_existing"] == row["short"]["criticality"] == 1 - row["long"]["criticality"]
    assert row["short"]["existence"] == row["short"]["existence_ci_low"] == 1.0
    of_targets = {row["task"]: row for row in tables(sample)["criticality"].to_pylist()}
    assert of_targets["long"]["criticality_existing"] == 1.0


def test_a_task_that_never_exists_has_no_criticality_of_its_own():
    sample = simulate(compiled(NET.format(exists="exists = 0")), Settings(512))
    row = next(row for row in tables(sample)["tasks"].to_pylist() if row["task"] == "x")
    assert (row["existence"], row["criticality"], row["criticality_existing"]) == (0.0, 0.0, None)
