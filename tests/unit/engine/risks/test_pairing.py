"""Which risks are run without."""

import tomllib
from importlib import import_module

import numpy as np

from riskengine import engine
from riskengine import plan as plans
from riskengine.analysis import tables
from riskengine.engine.risks import pairing
from riskengine.scenario import parse
from tests.support.compiled_plans import compiled


def test_every_risk_is_run_without_where_that_is_cheap():
    plan = compiled(tasks=20, risks=15)
    none = np.zeros((15, 256), bool)
    assert pairing.paired_rows(plan, none, np.arange(256.0), np.arange(256.0)) == list(range(15))


def test_where_it_is_dear_the_risks_that_move_the_finish_most_are_taken(monkeypatch):
    monkeypatch.setattr(pairing, "PAIRED_VALUES", 0)
    monkeypatch.setattr(pairing, "LEAST_PAIRED", 2)
    plan = compiled(tasks=6, risks=4)
    occurs = np.zeros((4, 8), bool)
    occurs[0] = [1, 0, 1, 0, 1, 0, 1, 0]
    occurs[1] = [1, 1, 1, 1, 0, 0, 0, 0]
    occurs[2] = [1, 0, 0, 1, 1, 0, 0, 1]
    occurs[3] = [1, 1, 0, 0, 1, 1, 0, 0]
    finish = 10.0 * occurs[1] + 3.0 * occurs[3]
    assert pairing.paired_rows(plan, occurs, finish, np.ones(8)) == [1, 3]


def test_a_risk_that_always_occurs_is_always_taken(monkeypatch):
    monkeypatch.setattr(pairing, "PAIRED_VALUES", 0)
    monkeypatch.setattr(pairing, "LEAST_PAIRED", 1)
    plan = compiled(tasks=6, risks=3)
    occurs = np.zeros((3, 8), bool)
    occurs[0, ::2] = occurs[2] = True
    assert pairing.paired_rows(plan, occurs, 5.0 * occurs[0] + np.arange(8), np.ones(8)) == [2]


def test_a_risk_that_goes_with_another_is_always_taken(monkeypatch):
    """The difference between iterations with and without it would hold what the other one does, too."""
    monkeypatch.setattr(pairing, "PAIRED_VALUES", 0)
    monkeypatch.setattr(pairing, "LEAST_PAIRED", 1)
    plan = compiled(tasks=6, risks=4, more='[correlations.x]\nbetween = ["risk:r02", "risk:r03"]\nrank = 0.5\n')
    occurs = np.zeros((4, 8), bool)
    occurs[:, ::2] = True
    finish = 10.0 * occurs[0] + np.arange(8)
    assert pairing.paired_rows(plan, occurs, finish, np.ones(8)) == [2, 3]


def test_of_thousands_of_risks_as_many_are_run_without_as_their_draws_allow(monkeypatch):
    """Few tasks, but each run without a risk draws all the others: 5,000 of them took minutes."""
    plan = compiled(tasks=40, risks=40)
    draws = 40 + plan.draws.variable.size
    occurs = np.zeros((40, 256), bool)
    monkeypatch.setattr(pairing, "PAIRED_DRAWS", 15 * draws * 256)
    monkeypatch.setattr(pairing, "FORCED_DRAWS", 12 * draws * 256)
    assert len(pairing.paired_rows(plan, occurs, np.arange(256.0), np.arange(256.0))) == 15
    assert len(pairing.forced_rows(plan, occurs)) == 12
    assert pairing.acting(plan) == 40


def test_risks_that_are_not_run_without_are_said(monkeypatch):
    monkeypatch.setattr(pairing, "PAIRED_DRAWS", 0)
    said = []
    engine.simulate(compiled(tasks=12, risks=12), engine.Settings(256, seed=1), lambda *step: said.append(step))
    assert [words for _, total, words in said if total == 0 and "2 risks are not run without" in words]


def test_a_risk_that_was_seen_on_one_side_only_is_run_on_the_other():
    plan = compiled(tasks=6, risks=3)
    occurs = np.zeros((3, 256), bool)
    occurs[0, :128] = occurs[1, 1:] = occurs[2, 0] = True
    assert pairing.forced_rows(plan, occurs) == [1, 2]
    assert pairing.is_mostly_on(occurs).tolist() == [False, True, False]


def test_what_a_nearly_sure_risk_changes_is_known_though_it_always_occurred():
    """A mean that takes a risk of 99.8 % for certain is off by half a day, which its interval has to hold."""
    lines = 'schema = 1\nname = "sure"\nstart = 2027-03-01\ncalendar = "24h"\n[tasks.w]\nduration = 10\n'
    lines += "[risks.sure]\nprobability = 0.998\nimpacts.w.delay = 250\n"
    made = plans.compile(parse(tomllib.loads(lines), "sure.toml"))
    always = 0
    for seed in range(8):
        sample = engine.simulate(made, engine.Settings(100, seed, "random"))
        (row, _) = tables(sample)["summary"].to_pylist()
        assert row["mean_ci_low"] < 259.5 < row["mean_ci_high"]
        sd, high = 250 * (0.998 * 0.002) ** 0.5, row["sd_ci_high"]
        assert high is None or sd <= high
        if sample.risks.occurs.all():
            always += 1
            assert high is not None, "limits say how far a miss can be"
            assert sample.risks.forced_finish_days[0, 0].max() == row["deterministic"] == 10
    assert always > 4


def test_a_risk_that_the_stored_iterations_do_not_show_widens_the_mean_of_its_task(monkeypatch):
    """20 of 10,240 iterations have the risk, and none of the 256 in which tasks are stored."""
    text = 'schema = 1\nname = "rare"\nstart = 2027-03-01\ncalendar = "24h"\n[tasks.a]\n'
    text += 'duration = { shape = "uniform", low = 10, high = 12 }\n'
    text += "[risks.rare]\nprobability = 0.002\nimpacts.a.delay = 100\n"
    monkeypatch.setattr(import_module("riskengine.engine.simulate"), "STORED_TASK_VALUES", 0)
    sample = engine.simulate(plans.compile(parse(tomllib.loads(text))), engine.Settings(10_240, 3, "random"))
    assert sample.risks.occurs[0].sum() >= 2
    assert not sample.risks.occurs[0, :256].any()
    row = tables(sample)["tasks"].to_pylist()[0]
    assert row["kept"] == 256
    assert row["duration_mean"] < 11.1
    assert row["duration_mean_ci_high"] > 11 + 0.002 * 100
