"""Gates and targets."""

import pytest

from tests.support.scenario_text import TASK, faults, only, read_text


def gate(text):
    """Return a gate written as `text`."""
    return read_text(f"{TASK}[gates.g]\n{text}\n").gates["g"]


def test_a_date_is_acceptable_to_its_end():
    assert gate("finish = 2028-02-29\nconfidence = 0.8").finish.isoformat() == "2028-03-01T00:00:00"
    assert gate("finish = '2028-12-31'\nconfidence = 0.8").finish.isoformat() == "2029-01-01T00:00:00"


def test_an_instant_is_that_instant():
    assert gate("finish = 2028-02-29T17:00:00\nconfidence = 0.8").finish.isoformat() == "2028-02-29T17:00:00"


def test_the_last_day_of_the_calendar_does_no_harm():
    assert gate("finish = 2999-12-31\nconfidence = 0.8").finish.year == 3000


def test_a_gate_of_a_later_year_can_be_read_again():
    from riskengine.scenario import parse, resolve

    scenario = read_text(f"{TASK}[gates.g]\nfinish = 2999-12-31\nconfidence = 0.8\n")
    assert parse(resolve(scenario)) == scenario


def test_finish_and_cost_together_are_a_joint_gate():
    found = gate("finish = 2028-02-29\ncost = 900000\nconfidence = 0.7\ntarget = 'a'")
    assert found.finish is not None and found.cost == 900000 and found.target == "a"


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("confidence = 0.8", "RE401", "gates.g"),
        ("cost = 5", "RE402", "gates.g"),
        ("cost = 5\nconfidence = 0", "RE403", "gates.g.confidence"),
        ("cost = 5\nconfidence = 1", "RE403", "gates.g.confidence"),
        ("cost = 5\nconfidence = 80", "RE403", "gates.g.confidence"),
        ("cost = 5\nconfidence = nan", "RE122", "gates.g.confidence"),
        ("cost = inf\nconfidence = 0.5", "RE122", "gates.g.cost"),
        ("cost = 5\nconfidence = 0.5\ntarget = 'z'", "RE404", "gates.g.target"),
        ("finish = 5\nconfidence = 0.5", "RE120", "gates.g.finish"),
        ("finish = 2028-02-29T17:00:00Z\nconfidence = 0.5", "RE120", "gates.g.finish"),
    ],
)
def test_gates_that_cannot_be_answered_are_refused(text, code, path):
    assert faults(f"{TASK}[gates.g]\n{text}\n") == [(code, path)]


def test_a_percentage_is_recognised():
    assert only(f"{TASK}[gates.g]\ncost = 5\nconfidence = 80\n").cure == "write 80 % as 0.8"


def test_targets_are_tasks_sorted_and_unique():
    text = "[tasks.b]\nduration = 1\n"
    assert read_text("targets = ['b', 'a', 'b']\n" + TASK + text).targets == ("a", "b")
    assert faults("targets = ['a', 'z', 5]\n" + TASK) == [("RE405", "targets[1]"), ("RE113", "targets[2]")]
