"""Risks that depend on others: what they move, and what they leave alone, to the last bit."""

import tomllib

import numpy as np
import pytest

import riskengine
from riskengine import plan
from riskengine.analysis.tables.run import tables
from riskengine.engine import Settings, replay, simulate
from riskengine.engine.blocks.run import Request, run_blocks
from riskengine.engine.limits import limits
from riskengine.report.summary import chains
from riskengine.scenario import parse

NET = """
schema = 1
name = "net"
start = 2027-03-01
[tasks.a]
duration = [4, 6, 12]
[tasks.b]
duration = [3, 7, 9]
after = ["a"]
cost.rate = 100
[risks.strike]
probability = {strike}
impacts.a.delay = [2, 5, 9]
[risks.walkout]
probability = 0.5
{walkout}
impacts.b.delay = [1, 2, 3]
[risks.rock]
probability = 0.3
impacts.a.delay = 8
[risks.water]
probability = 0.25
impacts.a.delay = 12
{more}
"""
GROUND = '[exclusive.ground]\nrisks = ["rock", "water"]'
METHODS = ("sobol", "lhs", "random")


def read(strike=0.2, walkout="", more=""):
    return parse(tomllib.loads(NET.format(strike=strike, walkout=walkout, more=more)), "net")


def outputs(method="sobol", iterations=2560, **changes):
    return replay(plan.compile(read(**changes)), 7, method, iterations)


def table(name, scenario, settings):
    """One table of a run, by the id that stands first in its rows."""
    rows = tables(simulate(plan.compile(scenario), settings))[name].to_pylist()
    return {next(iter(row.values())): row for row in rows}


TRIGGERED = 'triggered_by = ["strike"]'


@pytest.mark.parametrize("method", METHODS)
def test_a_trigger_moves_nobody_elses_draw(method):
    without, with_it = outputs(method), outputs(method, walkout=TRIGGERED)
    assert without.word.keys() == with_it.word.keys()
    for label, word in without.word.items():
        assert np.array_equal(word, with_it.word[label]), label
    rock, strike, walkout, water = without.output.occurs
    assert np.array_equal(with_it.output.occurs, [rock, strike, strike & walkout, water])


@pytest.mark.parametrize("method", METHODS)
def test_a_certain_trigger_gives_the_bytes_of_none(method):
    without, with_it = outputs(method, strike=1), outputs(method, strike=1, walkout=TRIGGERED)
    for name, column in without.output._asdict().items():
        assert column.tobytes() == getattr(with_it.output, name).tobytes(), name


@pytest.mark.parametrize("method", METHODS)
def test_at_most_one_of_a_set_occurs_as_often_as_it_says(method):
    rock, _, _, water = outputs(method, more=GROUND).output.occurs
    assert not (rock & water).any()
    for occurs, chance in ((rock, 0.3), (water, 0.25)):
        assert abs(occurs.mean() - chance) < 4 * np.sqrt(chance * (1 - chance) / occurs.size)


def test_a_set_moves_nobody_elses_draw():
    without, with_it = outputs(), outputs(more=GROUND)
    assert with_it.word.keys() - without.word.keys() == {"exclusive/ground/outcome"}
    assert without.word.keys() - with_it.word.keys() == {"risk/rock/occurs", "risk/water/occurs"}
    for label in without.word.keys() & with_it.word.keys():
        assert np.array_equal(without.word[label], with_it.word[label]), label


def test_switching_off_one_outcome_moves_no_other():
    with_it, scenario = outputs(more=GROUND), read(more=GROUND)
    silent = scenario.risks["rock"].model_copy(update={"active": False})
    changed = scenario.model_copy(update={"risks": {**scenario.risks, "rock": silent}})
    less = replay(plan.compile(changed), 7, "sobol", 2560)
    assert not less.output.occurs[0].any()
    assert np.array_equal(less.output.occurs[1:], with_it.output.occurs[1:])


@pytest.mark.parametrize("method", METHODS)
def test_what_a_trigger_contributes_is_what_it_sets_off(method):
    """A risk without impacts that triggers 5 days in half of its futures: 0.2 x 0.5 x 5 = 0.5 days."""
    text = """
schema = 1
name = "trigger"
start = 2027-03-01
[tasks.a]
duration = 10
[risks.strike]
probability = 0.2
[risks.penalty]
probability = 0.5
triggered_by = ["strike"]
impacts.a.delay = 5
"""
    risks = table("risks", parse(tomllib.loads(text), "trigger"), Settings(25_600, seed=3, method=method))
    for id in ("strike", "penalty"):
        row = risks[id]
        assert row["days_mean_ci_low"] <= 0.5 <= row["days_mean_ci_high"], row
        assert row["days_mean_ci_high"] - row["days_mean_ci_low"] < 0.1
    assert risks["penalty"]["probability"] == pytest.approx(0.1)
    assert risks["penalty"]["probability_triggered"] == 0.5
    assert risks["penalty"]["occurrence_ci_low"] <= 0.1 <= risks["penalty"]["occurrence_ci_high"]


def test_a_secondary_risk_occurs_only_with_its_action():
    more = '[actions.drain]\nactive = {active}\ncost = 5\nsecondary_risks = ["rock"]'
    without, with_it = (outputs(more=more.format(active=active)) for active in ("false", "true"))
    assert not without.output.occurs[0].any()
    assert np.array_equal(with_it.output.occurs, outputs().output.occurs)
    scenario = read(more=more.format(active="true"))
    row = table("risks", scenario, Settings(256, seed=1))["rock"]
    assert (row["probability_before"], row["probability"]) == (0.0, 0.3)
    effect = table("action_effects", scenario, Settings(256, seed=1))["drain"]
    assert (effect["risk"], effect["probability_before"], effect["probability_after"]) == ("rock", 0.0, 0.3)


def test_what_has_occurred_needs_no_trigger_and_rules_out_the_others_of_its_set():
    made = outputs(walkout='status = "occurred"\n' + TRIGGERED, strike=0.2, more=GROUND)
    assert made.output.occurs[2].all()
    scenario = read(more=GROUND)
    occurred = scenario.risks["rock"].model_copy(update={"status": "occurred"})
    changed = scenario.model_copy(update={"risks": {**scenario.risks, "rock": occurred}})
    rock, *_, water = replay(plan.compile(changed), 7, "sobol", 512).output.occurs
    assert rock.all()
    assert not water.any()


def test_no_risk_that_others_trigger_is_in_the_deterministic_plan():
    sample = simulate(plan.compile(read(walkout=TRIGGERED, strike=1, more=GROUND)), Settings(256, seed=1))
    assert sample.deterministic_finish_days[0] == 13


def test_a_changed_probability_gives_the_plan_of_a_new_file():
    scenario = read(walkout=TRIGGERED, more=GROUND)
    before = plan.compile(scenario)
    risks = dict(scenario.risks)
    for name, chance in (("rock", 0.6), ("strike", 0.4)):
        risks[name] = risks[name].model_copy(update={"probability": chance})
    changed = scenario.model_copy(update={"risks": risks})
    ours, anew = (
        simulate(each, Settings(1024, seed=2)) for each in (plan.changed(before, changed), plan.compile(changed))
    )
    assert np.array_equal(ours.finish_days, anew.finish_days)
    assert np.array_equal(ours.risks.probability, anew.risks.probability)
    assert anew.risks.probability.tolist() == pytest.approx([0.6, 0.4, 0.2, 0.25])


def test_limits_are_not_below_what_a_chain_comes_to():
    """An opportunity sets off the only threat: the latest finish is with the threat and without the opportunity."""
    more = '[risks.luck]\nkind = "opportunity"\nprobability = 0.5\nimpacts.a.delay = -3'
    compiled = plan.compile(read(walkout='triggered_by = ["luck"]', more=f"{more}\n{GROUND}"))
    finish = replay(compiled, 7, "random", 2560).output.finish[0]
    days = compiled.finishes(finish[np.newaxis])[1]
    low, high = limits(compiled).finish_days[:, 0]
    assert low <= days.min()
    assert days.max() <= high


def test_summary_says_what_a_risk_depends_on():
    run = riskengine.simulate(read(walkout=TRIGGERED, more=GROUND), iterations=256)
    text = "\n".join(chains.section(run, 80))
    assert "walkout" in text
    assert "50.0%        10.0%" in text
    assert "at most one of ground" in text
    assert chains.section(riskengine.simulate(read(), iterations=256), 80) == []


def test_a_risk_that_is_made_to_occur_does_whatever_triggers_or_excludes_it():
    compiled = plan.compile(read(walkout=TRIGGERED, more=GROUND))
    request = Request(7, 0, 2560, risk_iterations=2560, always=(2, 3))
    rock, strike, walkout, water = run_blocks(compiled, request, compiled.variables.dimension).occurs
    assert walkout.all()
    assert water.all()
    assert not rock.any()
    assert 0.1 < strike.mean() < 0.3
