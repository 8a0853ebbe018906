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


def test_a_plan_that_is_over_is_asked_for_nothing_that_comes_too_late():
    over = "actual_start = 2027-03-01\nactual_finish = 2027-03-12"
    said = words(duration="10", before="data_date = 2027-03-15", after=over)
    assert not any(one.startswith(("Give the estimates ranges", "Write down what could go wrong")) for one in said)


def test_one_future_says_nothing_of_what_varies():
    """One iteration agrees with itself; that is no evidence that the plan has no other."""
    said = words(iterations=1)
    assert not any(one.startswith("Nothing in the plan varies") for one in said)
    assert any(one.startswith("In at least 8 of 10 futures the project finishes by ") for one in said)


@pytest.mark.parametrize("audience", ["board", "analyst"])
def test_a_cost_that_a_short_run_never_saw_is_not_nothing(audience):
    risk = "[risks.fire]\nprobability = 0.001\nimpacts.only.cost = 5000000"
    said = words(audience, after=risk, iterations=16)
    assert "Nothing in the plan costs anything." not in said
    assert "In none of the simulated futures does anything cost anything." in said


def test_a_risk_beyond_the_p80_is_no_risk_without_effect():
    """It moves neither P80 and makes the gate fail: there is nothing else to act on."""
    risk = "[risks.late]\nprobability = 0.1\nimpacts.only.delay = 30\n"
    said = words(duration="5", after=risk + gate("2027-03-12", 0.95), iterations=1024)
    assert "No risk moves the finish or the cost in this run." not in said
    assert any(one.startswith("On average it adds ") for one in said)
    assert any(one.startswith("Begin with risk late") for one in said)


def test_what_a_short_run_never_saw_still_varies():
    risk = "[risks.late]\nprobability = 0.001\nimpacts.only.delay = 50"
    said = words(duration="10", after=risk, iterations=64)
    assert not any(one.startswith("Nothing in the plan varies") for one in said)


@pytest.mark.parametrize("audience", ["board", "analyst"])
def test_an_income_keeps_its_sign(audience):
    """The amounts of a plan that earns money are negative, here and on the terminal."""
    income = "[costs.sale]\nfixed = { shape = 'uniform', low = -100000, high = -50000 }"
    said = words(audience, after=income)
    assert "The plan costs -75,000." in said
    kept = [one for one in said if "the project costs at most" in one]
    assert len(kept) in (2, 4) and all("the project costs at most -" in one for one in kept)
    means = [one for one in said if one.startswith("On average it costs")]
    assert all(one.startswith("On average it costs -") for one in means) and len(means) == (audience == "analyst")


def test_a_sure_income_keeps_its_sign():
    said = words(duration="10", after="[costs.sale]\nfixed = -100000")
    assert "Nothing in the plan varies its cost: it is -100,000." in said


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_distance_from_the_plan_is_that_of_the_date_before_it(audience):
    """Reviewers are told four percentiles; the last date that was named must still be the one that is measured."""
    said = words(audience)
    (place,) = [place for place, one in enumerate(said) if one.startswith("That last date is ")]
    assert said[place - 1].startswith("In at least 8 of 10 futures the project finishes by "), said[place - 1]


def test_a_date_that_holds_by_itself_is_no_promise_of_a_gate_with_money():
    both = "[costs.camp]\nfixed = [100, 200, 400]\n" + gate("2027-03-09") + "\ncost = 150"
    (step,) = [one for one in words(after=both) if one.startswith("For gate done, ")]
    assert step.endswith(" holds in at least 8 of 10 futures where only the date counts, whatever it costs.")


def test_tied_tasks_are_not_said_to_help():
    """Of two tasks of one length, a shorter one helps never: only what the tables say is said of them."""
    other = "[tasks.other]\nduration = 10\n" + gate("2027-03-02")
    said = words(duration="10", after=other)
    assert "Begin with task only: no other task with work is on the driving path more often." in said


def test_the_task_to_begin_with_is_not_said_to_be_critical_most_often():
    """The order is that of SSI: a task that varies widely comes before one that is on the path more often."""
    other = "[tasks.other]\nduration = 12\n" + gate("2027-03-02")
    wide = "{ shape = 'discrete', values = [1, 30], weights = [9, 1] }"
    said = words(duration=wide, after=other)
    begin = "Begin with task only: by how often it decides the finish and how widely it varies it matters most."
    assert begin in said


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_project_under_way_has_started_before_its_status(audience):
    """The data date is no start, and at midnight it is the day that begins."""
    under_way = "data_date = 2027-03-15\nproject_start = 2027-02-01"
    text = PLAN.format(duration=WIDE, before=under_way, after="")
    explanation = riskengine.explain(text, audience=audience, iterations=64)
    assert "started 1 Feb 2027, status of 15 Mar 2027" in explanation.text(200)
    if audience == "analyst":
        assert "Progress up to the data date, 15 Mar 2027." in explanation.words


def test_one_future_is_no_plural():
    text = PLAN.format(duration=WIDE, before="start = 2027-03-01", after="")
    assert "1 simulated future · starts 1 Mar 2027" in riskengine.explain(text, iterations=1).text(200)


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
