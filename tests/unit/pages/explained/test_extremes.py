"""What is certain, impossible or absent reads as it is: nothing is said of risks, gates or money that are not there."""

import pytest

import riskengine
from riskengine.pages.explained.audiences import AUDIENCES

PLAN = """schema = 1
name = "Extreme"
{before}
[tasks.only]
duration = {duration}
{after}
"""
WIDE = "{ shape = 'uniform', low = 5, high = 15 }"


def words(audience="board", duration=WIDE, before="start = 2027-03-01", after="", iterations=256):
    """The sentences about a plan of one task."""
    text = PLAN.format(duration=duration, before=before, after=after)
    return riskengine.explain(text, audience=audience, iterations=iterations).words


def gate(finish, confidence=0.8):
    return f"[gates.done]\nfinish = {finish}\nconfidence = {confidence}"


def test_a_gate_that_no_future_passes():
    said = words(after=gate("2027-03-02"))
    assert said[0] == "Gate done: the project finishes by 2 Mar 2027 in none of the simulated futures."
    assert said[1] == "It has to hold in 8 of 10 futures. The gate fails."


def test_a_gate_that_every_future_passes():
    said = words(after=gate("2028-03-01", 0.875))
    assert said[0] == "Gate done: the project finishes by 1 Mar 2028 in all simulated futures."
    assert said[1] == "It has to hold in 875 of 1,000 futures. The gate passes."


def test_one_task_without_gate_risk_or_cost():
    said = words()
    assert said[0] == "The plan has no gates, so there is nothing to decide."
    assert "Nothing in the plan costs anything." in said and "The plan has no risks." in said
    assert "Task only is on the driving path in all simulated futures." in said
    assert any(one.startswith("Write down what has to be kept, as a gate.") for one in said)
    assert any(one.startswith("Write down what could go wrong") for one in said)


def test_a_plan_in_which_nothing_varies():
    said = words(duration="10")
    assert "Nothing in the plan varies its finish: it is 12 Mar 2027." in said
    assert not any(one.startswith("In 8 of 10 futures the project") for one in said)
    assert any(one.startswith("Give the estimates ranges") for one in said)


def test_a_plan_that_is_over():
    over = "actual_start = 2027-03-01\nactual_finish = 2027-03-12"
    said = words(duration="10", before="data_date = 2027-03-15", after=over)
    assert "Nothing in the plan varies its finish: it is 12 Mar 2027." in said, said


def test_a_risk_without_effect_is_no_number():
    risk = "[risks.idle]\nprobability = 0.5\nimpacts.only.delay = 0"
    assert "No risk moves the finish or the cost in this run." in words(after=risk)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_one_iteration_is_explained(audience):
    said = words(audience, iterations=1, after=gate("2027-03-10"))
    assert said and not any("nan" in one or "None" in one for one in said)


def test_contributions_that_were_left_out_are_asked_for():
    risk = "[risks.late]\nprobability = 0.5\nimpacts.only.delay = 5"
    text = PLAN.format(duration="10", before="start = 2027-03-01", after=risk)
    run = riskengine.simulate(text, iterations=256, contributions=False)
    said = riskengine.explain(run).words
    assert "What each risk adds was not measured in this run." in said
    assert "Have it measured what each risk adds." in said
