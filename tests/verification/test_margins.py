"""Margins against chances that are worked out by hand."""

import tomllib

import numpy as np
import pytest

from riskengine import analysis, engine, plan
from riskengine.scenario import parse

HEAD = """
schema = 1
name = "Margins"
start = 2027-03-01
calendar = "{calendar}"
defaults.shape = "uniform"
[tasks.a]
duration = [2, 10]
[tasks.b]
duration = [2, 10]
calendar = "{other}"
[tasks.reserve]
duration = 3
margin = true
after = {after}
[tasks.end]
milestone = true
after = ["reserve"]
"""
ONE, BOTH = ["a"], ["a", "b"]


def simulated(after: list[str], seed: int = 1, calendar: str = "24h", other: str = "24h"):
    """The sample of 10,240 independent iterations, and the row of the margin."""
    text = HEAD.format(after=after, calendar=calendar, other=other)
    sample = engine.simulate(
        plan.compile(parse(tomllib.loads(text), "x.toml")), engine.Settings(10_240, seed, method="random")
    )
    rows = {row["task"]: row for row in analysis.tables(sample)["tasks"].to_pylist()}
    return sample, rows


@pytest.mark.parametrize(("after", "exact"), [(ONE, 7 / 8), (BOTH, 49 / 64)])
@pytest.mark.parametrize("seed", range(5))
def test_a_margin_suffices_as_often_as_what_is_before_it_ends_in_time(after, exact, seed):
    """Uniform from 2 to 10 days, planned at 6, before a margin of 3: done by day 9 with 7/8, two of them with 49/64.

    Within 4 standard errors: cries wolf in one of 1,600 runs of ten; a margin of a day more or less is off by 30.
    """
    _, rows = simulated(after, seed)
    row = rows["reserve"]
    iterations = row["kept"]
    assert abs(row["margin_suffices"] - exact) < 4 * np.sqrt(exact * (1 - exact) / iterations)
    assert row["margin_suffices_ci_low"] < row["margin_suffices"] < row["margin_suffices_ci_high"]
    assert row["margin_days"] == 3
    assert rows["a"]["margin_days"] is None and rows["a"]["margin_suffices"] is None


def test_the_plan_has_its_margin_and_no_future_does():
    sample, rows = simulated(BOTH)
    assert sample.deterministic_finish_days[0] == 9
    assert rows["reserve"]["deterministic_duration"] == 3
    assert rows["reserve"]["duration_mean"] == 0 and rows["reserve"]["duration_sd"] == 0
    tasks = sample.tasks
    last = np.maximum(tasks.finish[tasks.id.index("a")], tasks.finish[tasks.id.index("b")])
    assert np.array_equal(tasks.finish[tasks.id.index("end")], last)


def test_the_end_of_a_shift_is_in_time_where_calendars_differ():
    """Work around the clock before a margin of office days: what ends by Friday 17:00 is in time, Saturday is not."""
    sample, rows = simulated(ONE, calendar="standard", other="24h")
    days = sample.tasks.duration[sample.tasks.id.index("a")]
    assert rows["reserve"]["margin_suffices"] == (days <= 9).mean()


def test_a_margin_of_nothing_left_is_no_margin():
    text = HEAD.format(after=ONE, calendar="24h", other="24h").replace("start = 2027-03-01", "data_date = 2027-03-10")
    text = text.replace("duration = 3\n", "duration = 3\nactual_start = 2027-03-02\nactual_finish = 2027-03-03\n")
    text = text.replace("[tasks.a]\n", "[tasks.a]\nactual_start = 2027-03-01\nactual_finish = 2027-03-01\n")
    sample = engine.simulate(plan.compile(parse(tomllib.loads(text), "x.toml")), engine.Settings(256))
    row = {row["task"]: row for row in analysis.tables(sample)["tasks"].to_pylist()}["reserve"]
    assert row["margin_days"] is None and row["margin_suffices"] is None


def test_what_ends_before_the_next_shift_is_in_time():
    """Work around the clock may end on Saturday at 00:00; a margin to Friday then stands at Monday's first shift."""
    text = HEAD.format(after=["b"], calendar="standard", other="24h")
    head, other = text.split("[tasks.b]")
    other = other.replace("duration = [2, 10]", "duration = { shape = 'discrete', values = [2, 5], weights = [2, 1] }")
    sample = engine.simulate(
        plan.compile(parse(tomllib.loads(f"{head}[tasks.b]{other}"), "x.toml")), engine.Settings(512)
    )
    row = {row["task"]: row for row in analysis.tables(sample)["tasks"].to_pylist()}["reserve"]
    assert str(row["deterministic_finish"]) == "2027-03-05 17:00:00"
    assert str(row["finish_p90"]) == "2027-03-08 08:00:00"
    assert row["margin_suffices"] == 1
