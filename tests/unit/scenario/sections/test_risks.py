"""Risks: kinds, signs, selectors, double hits."""

import pytest

from tests.support.scenario_text import faults, issues, only, read_text

TASKS = """
[tasks.a]
duration = 5
team = "Systems"
tags = ["civil", "steel"]
wbs = "1.2.3"
[tasks.b]
duration = 5
team = "Systems"
wbs = "1.20"
[tasks.c]
duration = 5
tags = ["civil"]
wbs = "1.2"
"""


def risk(impacts, kind="threat", probability="0.3"):
    """Return the text of a scenario with one risk."""
    return f"{TASKS}[risks.r]\nkind = '{kind}'\nprobability = {probability}\n[risks.r.impacts]\n{impacts}\n"


def test_a_threat_needs_a_probability_and_a_driver_has_one():
    assert faults(TASKS + "[risks.r]\n") == [("RE112", "risks.r.probability")]
    assert read_text(TASKS + "[risks.r]\nkind = 'driver'\n").risks["r"].probability == 1
    assert read_text(TASKS + "[risks.r]\nkind = 'driver'\nprobability = 0.5\n").risks["r"].probability == 0.5


@pytest.mark.parametrize("probability", ["-0.1", "1.1", "30"])
def test_a_probability_lies_between_0_and_1(probability):
    assert faults(risk("", probability=probability)) == [("RE301", "risks.r.probability")]
    assert only(risk("", probability="30")).cure == "write 30 % as 0.3"


@pytest.mark.parametrize("probability", ["0", "1", "0.0", "1.0"])
def test_never_and_always_are_probabilities(probability):
    assert not issues(risk("", probability=probability))


def test_a_nan_probability_is_refused():
    assert faults(risk("", probability="nan")) == [("RE122", "risks.r.probability")]


@pytest.mark.parametrize(
    "key", ["a", "'team:Systems'", "'tag:civil'", "'wbs:1'", "'wbs:1.2'", "'wbs:1.20'", "'*'", "project"]
)
def test_every_selector_is_known(key):
    assert not issues(risk(f"{key} = {{delay = 5}}"))


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("'team:Sytems'", "RE302"),
        ("'tag:x'", "RE302"),
        ("'wbs:1.3'", "RE302"),
        ("'wbs:1.2.'", "RE302"),
        ("'team:'", "RE302"),
        ("z", "RE303"),
        ("'Team:Systems'", "RE309"),
        ("'crew:x'", "RE309"),
    ],
)
def test_what_selects_nothing_is_refused(key, code):
    assert [code for code, _ in faults(risk(f"{key} = {{delay = 5}}"))] == [code]


def test_a_selector_that_is_misspelt_brings_the_one_meant():
    assert only(risk("'team:Sytems' = {delay = 5}")).cure == 'did you mean "team:Systems"?'
    assert only(risk("'Team:Systems' = {delay = 5}")).cure == 'did you mean "team:"?'


def test_the_team_of_the_defaults_counts_for_selectors():
    assert not issues("[defaults.task]\nteam = 'T'\n" + risk("'team:T' = {delay = 5}"))


def test_a_task_of_odd_name_is_no_selector():
    assert not issues("[tasks.'x:y']\nduration = 1\n" + risk("'x:y' = {delay = 5}"))


@pytest.mark.parametrize(
    ("kind", "impact", "sound"),
    [
        ("threat", "delay = 0", True),
        ("threat", "delay = [0, 1, 2]", True),
        ("threat", "delay = [-1, 1, 2]", False),
        ("threat", "delay = {shape = 'normal', mean = 50, sd = 1}", False),
        ("threat", "delay = {shape = 'normal', mean = 50, sd = 1, min = 0}", True),
        ("threat", "delay = {shape = 'lognormal', mean = 50, sd = 1}", True),
        ("threat", "cost = -1", False),
        ("threat", "cost = 0", True),
        ("threat", "factor = 1", True),
        ("threat", "factor = [0.9, 1, 1.1]", False),
        ("threat", "factor = {shape = 'lognormal', mean = 2, sd = 1}", False),
        ("threat", "factor = {shape = 'lognormal', mean = 2, sd = 1, min = 1}", True),
        ("opportunity", "delay = [-5, -2, 0]", True),
        ("opportunity", "delay = [-5, -2, 1]", False),
        ("opportunity", "cost = 5", False),
        ("opportunity", "factor = [0.5, 0.9, 1]", True),
        ("opportunity", "factor = [0, 0.9, 1]", False),
        ("opportunity", "factor = 1.1", False),
        ("driver", "factor = [0, 1, 2]", True),
        ("driver", "factor = [-0.1, 1, 2]", False),
        ("driver", "delay = [-5, 0, 5]", True),
        ("driver", "cost = [-5, 0, 5]", True),
    ],
)
def test_the_sign_of_an_impact_suits_the_kind_of_the_risk(kind, impact, sound):
    found = [code for code, _ in faults(risk(f"a = {{{impact}}}", kind))]
    assert found == ([] if sound else ["RE304"])


def test_an_unknown_kind_hides_no_other_fault_and_invents_none():
    text = risk("a = {factor = [0.5, 1, 2]}\nz = {delay = 1}", "thread")
    assert [code for code, _ in faults(text)] == ["RE123", "RE303"]


@pytest.mark.parametrize(
    ("impacts", "twice"),
    [
        ("a = {delay = 5}\n'*' = {delay = 5}", True),
        ("a = {delay = 5}\n'tag:civil' = {delay = 5}", True),
        ("'team:Systems' = {delay = 5}\n'tag:civil' = {delay = 5}", True),
        ("'wbs:1.2' = {cost = 5}\n'wbs:1.2.3' = {cost = 5}", True),
        ("'wbs:1.2' = {delay = 5}\n'wbs:1.20' = {delay = 5}", False),
        ("a = {delay = 5}\n'*' = {cost = 5}", False),
        ("a = {delay = 5}\nb = {delay = 5}", False),
        ("project = {delay = 5}\n'*' = {delay = 5}", False),
    ],
)
def test_one_risk_hits_a_task_in_one_way_once(impacts, twice):
    assert [code for code, _ in faults(risk(impacts))] == (["RE305"] if twice else [])


def test_the_double_hit_names_the_task_and_both_entries():
    rule = only(risk("a = {delay = 5}\n'*' = {delay = 5}")).rule
    assert rule == 'task "a" is hit by "*" and by "a"'


def test_two_risks_may_hit_the_same_task():
    assert not issues(risk("a = {delay = 5}") + "[risks.s]\nprobability = 0.1\nimpacts.a = {delay = 5}\n")


def test_a_factor_on_the_project_is_refused():
    assert faults(risk("project = {factor = 2}")) == [("RE307", "risks.r.impacts.project.factor")]


def test_an_empty_impact_is_refused():
    assert faults(risk("a = {}")) == [("RE306", "risks.r.impacts.a")]


def test_a_risk_without_impacts_is_read():
    assert read_text(TASKS + "[risks.r]\nprobability = 0.3\n").risks["r"].impacts == {}


def test_delays_take_units_and_money_none():
    scenario = read_text(risk("a = {delay = '3ed', cost = 5, factor = 2}"))
    impact = scenario.risks["r"].impacts["a"]
    assert (impact.delay.unit, impact.cost.unit, impact.factor.unit) == ("ed", None, None)
    assert faults(risk("a = {factor = '2d'}")) == [("RE211", "risks.r.impacts.a.factor")]


def test_owner_of_the_defaults_and_switches_are_read():
    text = "[defaults.risk]\nowner = 'Ada'\n" + TASKS
    text += "[risks.r]\nprobability = 0.3\nactive = false\nparallel = 'p'\nimpact_sampling = 'shared'\n"
    found = read_text(text).risks["r"]
    assert (found.owner, found.active, found.parallel, found.impact_sampling) == ("Ada", False, "p", "shared")
