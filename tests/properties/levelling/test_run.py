"""A levelled scenario from its text to the report: what levelling does is said, paired with the same draws."""

import json
from datetime import date

import numpy as np
import pytest

import riskengine
from riskengine import engine
from riskengine.engine.resources.levelled import peak, usage
from riskengine.report.summary.document import document
from riskengine.report.summary.terminal import render
from riskengine.scenario import parse
from tests.support.levelled_plans import compiled

CRANE = {
    "schema": 1,
    "name": "two lifts",
    "start": date(2027, 3, 1),
    "calendar": "24h",
    "levelling": True,
    "targets": ["b"],
    "resources": {"crane": {"name": "Tower crane", "capacity": 1, "rate": 100}},
    "costs": {"site": {"rate": 1000}},
    "tasks": {name: {"duration": [4, 5, 9], "resources": {"crane": 1}} for name in ("a", "b")},
    "risks": {"wind": {"probability": 0.3, "impacts": {"a": {"delay": 3}}}},
}


@pytest.fixture(scope="module")
def run():
    return riskengine.simulate(parse(CRANE), iterations=2560)


@pytest.fixture(scope="module")
def sample():
    return engine.simulate(compiled(CRANE), engine.Settings(2560))


def test_without_levelling_the_lifts_run_at_once_and_with_it_one_after_the_other(sample):
    both = sample.tasks.duration
    assert np.allclose(sample.finish_days[0], both.sum(axis=0))
    assert np.allclose(sample.levelling.finish_days[0], both.max(axis=0))
    assert sample.deterministic_finish_days[0] == 10.0
    assert sample.levelling.deterministic_finish_days[0] == 5.0


def test_the_overhead_follows_the_levelled_project(sample):
    days = sample.tasks.duration
    assert np.allclose(sample.cost, 1000 * days.sum(axis=0) + 100 * days.sum(axis=0))
    assert np.allclose(sample.levelling.cost, 1000 * days.max(axis=0) + 100 * days.sum(axis=0))


def test_the_crane_is_never_free_and_was_asked_for_twice(sample):
    found = sample.levelling.resources
    assert (found.id, found.name, found.capacity.tolist(), found.demand.tolist()) == (
        ("crane",),
        ("Tower crane",),
        [1.0],
        [2.0],
    )
    assert np.allclose(found.use, 1.0) and np.allclose(found.full, 1.0)


def test_p80_stands_with_and_without_in_table_json_and_on_the_terminal(run):
    rows = {(r["target"], r["measure"], r["statistic"]): r for r in run.tables["levelling"].to_pylist()}
    assert set(rows) >= {("project", "finish", "p80"), ("b", "finish", "p80"), ("project", "cost", "p80")}
    row = rows["project", "finish", "p80"]
    said = json.loads(json.dumps(document(run), allow_nan=False))["levelling"]
    assert said["finish"]["p80"]["levelled"] == row["levelled"]
    assert said["finish"]["p80"]["difference"]["value"] == row["difference"] > 4
    assert f"{row['difference']:+.1f} d" in render(run, width=100)


def test_p80_with_levelling_is_the_p80_of_the_run(run):
    finish = next(
        row
        for row in run.tables["percentiles"].to_pylist()
        if (row["target"], row["measure"], row["percentile"]) == ("project", "finish", 80)
    )
    row = next(r for r in run.tables["levelling"].to_pylist() if r["measure"] == "finish" and r["statistic"] == "p80")
    assert (row["levelled"], row["levelled_instant"]) == (finish["value"], finish["instant"])


def test_a_run_that_goes_on_until_it_is_decided_compares_all_its_iterations():
    made = compiled(CRANE)
    more = engine.simulate_until(made, engine.Settings(512), lambda seen: seen.iterations >= 2048, 4096)
    once = engine.simulate(made, engine.Settings(2048))
    assert more.iterations == 2048
    assert (more.levelling.finish_days == once.levelling.finish_days).all()
    assert (more.finish_days == once.finish_days).all()


def test_a_levelled_run_is_written_and_read_back(run, tmp_path):
    run.write(tmp_path / "lifts")
    again = riskengine.open_run(tmp_path / "lifts")
    assert again.tables["levelling"].equals(run.tables["levelling"])
    assert again.tables["resources"].equals(run.tables["resources"])


def test_a_scenario_without_levelling_has_empty_tables():
    free = {key: value for key, value in CRANE.items() if key != "levelling"}
    run = riskengine.simulate(parse(free), iterations=256)
    assert run.tables["levelling"].num_rows == run.tables["resources"].num_rows == 0


def test_peak_and_use_count_what_is_held_between_starts_and_finishes():
    start = np.array([[0, 0], [4, 2], [4, 9]], np.int32)
    finish = np.array([[4, 4], [8, 6], [6, 9]], np.int32)
    units = np.array([1.0, 1.0, 0.5])
    # first iteration: 1 until 4, 1.5 until 6, 1 until 8; second: 1 until 2, 2 until 4, 1 until 6, and one of no length
    assert peak(start[:, :1], finish[:, :1], units) == 1.5 and peak(start[:, 1:], finish[:, 1:], units) == 2.0
    used, full = usage(start, finish, units, 2.0, 0, np.array([10, 10], np.int32))
    assert np.allclose(used, [(4 + 3 + 2) / 20, (2 + 4 + 2) / 20])
    assert np.allclose(full, [0.0, 0.2])
