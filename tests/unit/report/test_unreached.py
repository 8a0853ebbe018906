"""Gates on a task that leave delays of the whole project out."""

import json
from dataclasses import replace

from riskengine.report.summary.unreached import project_delays, unreached
from riskengine.report.summary.words import sentences
from tests.support.report_runs import gate, run, sample

RISK = {"active": True, "probability": 0.4, "impacts": {"project": {"delay": {"shape": "constant", "value": 9}}}}
SCENARIO = json.dumps({"risks": {"R-06": RISK}})
WORDS = (
    "Gate opening asks for the finish of A5800, which the delays of R-06 on the whole project do not reach; a gate "
    "without a target would count them."
)


def said(question, scenario=SCENARIO):
    made = run(sample([question], targets=("A5800",)))
    return sentences(replace(made, scenario_json=scenario))


def test_a_gate_on_a_task_says_that_delays_of_the_project_do_not_reach_it():
    assert said(gate("opening", target=1))[-1] == WORDS


def test_a_gate_on_the_project_counts_them_and_says_nothing():
    assert len(said(gate("opening"))) == 1


def test_a_gate_on_money_alone_leaves_no_delay_out():
    assert len(said(gate("opening", share=None, cost_share=0.9, target=1))) == 1


def test_only_a_risk_that_can_delay_the_project_counts():
    others = {
        "off": RISK | {"active": False},
        "never": RISK | {"probability": 0.0},
        "money": RISK | {"impacts": {"project": {"cost": {}}}},
        "task": RISK | {"impacts": {"A5800": {"delay": {}}}},
    }
    assert project_delays(json.dumps({"risks": others})) == []
    assert project_delays(json.dumps({"risks": others | {"R-06": RISK}})) == ["R-06"]


def test_several_gates_are_one_sentence_and_no_more_than_three_of_a_kind_are_named():
    words = unreached([("a", "x"), ("b", "x")], ["r1", "r2", "r3", "r4", "r5"])
    assert words.startswith("gates a, b ask for the finish of x, which the delays of r1, r2, r3 and 2 more on")


def test_a_hostile_id_cannot_act_on_the_terminal():
    assert unreached([("\x1b[2J", "x")], ["r"]).isprintable()
