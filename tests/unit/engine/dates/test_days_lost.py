"""How many days are lost until the project is finished: an exact law, the twin's count, and the words for it."""

import json
from datetime import timedelta

import numpy as np
import pytest
from scipy.stats import nbinom

import riskengine
from riskengine.engine.simulate import Settings, simulate
from riskengine.plan import compile
from riskengine.report.reading import rows
from riskengine.report.summary.document import document
from riskengine.report.summary.terminal import render
from tests.support.scenario_text import read_text
from tests.twin.simulator import agreement, build
from tests.twin.simulator.lost_days import MONTHS, lost_dates
from tests.twin.simulator.simulator import Simulator

HALF = ", ".join(f"{month} = 0.5" for month in MONTHS)
WORK = 15
TEXT = f"""
schema = 1
name = "site"
start = 2027-03-01
calendar = "site"
[calendars.site]
name = "Building site"
week = "mon-sun 08:00-16:00"
lost = {{ {HALF} }}
[calendars.crane]
extends = "site"
lost = {{ shared_with = "site", {HALF.replace("0.5", "0.6")} }}
[calendars.unused]
extends = "site"
[tasks.build]
duration = {WORK}
[tasks.lift]
duration = 1
calendar = "crane"
"""


@pytest.fixture(scope="module")
def record():
    return riskengine.simulate(TEXT, iterations=4096)


def test_days_lost_by_a_task_on_one_calendar_are_a_negative_binomial(record):
    row = {row["calendar"]: row for row in rows(record, "lost_days")}["site"]
    law = nbinom(WORK, 0.5)
    assert row["mean_ci_low"] <= law.mean() <= row["mean_ci_high"]
    assert row["mean"] == pytest.approx(law.mean(), abs=4 * law.std() / 64)
    assert row["working_days"] == pytest.approx(row["mean"] + WORK)
    for percent in (10, 50, 80, 90):
        exact = law.ppf(percent / 100)
        assert row[f"p{percent}_ci_low"] <= exact <= row[f"p{percent}_ci_high"]
        assert abs(row[f"p{percent}"] - exact) <= 1


def test_only_calendars_in_use_have_a_row_each_with_days_of_its_own(record):
    both = rows(record, "lost_days")
    assert [(row["calendar"], row["name"]) for row in both] == [("crane", ""), ("site", "Building site")]
    assert both[0]["mean"] > both[1]["mean"]
    assert both[0]["working_days"] == both[1]["working_days"]


def test_they_are_the_days_that_the_twin_loses():
    lost = dict.fromkeys(MONTHS, 0.4)
    plan = build.scenario(
        build.task("A", "2..6d", calendar="six"),
        build.task("B", "4d", "A SS+2d"),
        build.task("C", "1..3d", "A FF-1d", "B", calendar="night"),
        start=build.MONDAY.replace(hour=15),
        lost={"office": {**lost, "spell": 3}, "six": {**lost, "mar": 0.8}},
    )
    compiled = compile(plan)
    sample = simulate(compiled, Settings(300, seed=5, method="random", threads=1))
    assert sample.lost_days.calendar == ("office", "six")
    run = agreement.run(plan, 5, "random", 300)
    twin = Simulator(plan, compiled.time.tick, on_clock=True)
    for iteration in range(0, 300, 29):
        finish = agreement.twin_of(twin, 5, iteration).iteration(agreement.draws_of(plan, run.seen, iteration))
        for at, name in enumerate(sample.lost_days.calendar):
            walk = twin.walks[name]
            worked = [day for day in range(60) if works(walk.shifts(day), finish.project_finish)]
            dates = {plan.start.date() + timedelta(days=day) for day in worked}
            assert sample.lost_days.working_days[at, iteration] == len(dates)
            gone = dates & set(lost_dates(plan, plan.calendars[name], 5, iteration))
            assert sample.lost_days.lost_days[at, iteration] == len(gone)


def works(shifts, finish):
    """Whether anything of a day lies between the start, at 0, and the finish."""
    return any(end > 0 and begin < finish for begin, end in shifts)


def test_many_iterations_are_counted_in_pieces_alike():
    plan = compile(read_text(TEXT.replace("schema = 1", "")[TEXT.index("calendar =") - 11 :]))
    short, long = (simulate(plan, Settings(n, seed=5, method="random", threads=1)).lost_days for n in (300, 5000))
    assert np.array_equal(short.lost_days, long.lost_days[:, :300])


def test_a_run_without_lost_days_has_none():
    text = "schema = 1\nname = 'dry'\nstart = 2027-03-01\n[tasks.a]\nduration = [1, 2, 4]\n"
    dry = riskengine.simulate(text, iterations=256)
    assert rows(dry, "lost_days") == []
    assert document(dry)["lost_days"] == []
    assert "Lost days" not in render(dry)


def test_the_terminal_says_how_many_of_how_many(record):
    lines = render(record, 100).splitlines()
    first = lines.index("Lost days")
    row = rows(record, "lost_days")[1]
    (line,) = [line for line in lines[first:] if line.split()[:1] == ["site"] and " d" in line]
    assert f"{row['mean']:.1f} d" in line
    assert f"{row['p80']:.1f} d" in line
    assert line.endswith(f"{row['working_days']:.1f} d")


def test_json_has_each_with_its_interval_and_unit(record):
    said = json.loads(json.dumps(document(record)))["lost_days"]
    row = rows(record, "lost_days")[0]
    assert said[0]["calendar"] == "crane"
    assert said[0]["unit"] == "working days"
    assert said[0]["p80"]["value"] == row["p80"]
