"""Progress: what has happened, what is left, and what is left out of a file because of it."""

from datetime import datetime

import pytest

from riskengine.model import Constant, Task
from riskengine.model.estimate.scaling import scaled
from tests.support.scenario_text import TASK, faults, only, read_text

START = "[tasks.a]\nactual_start = 2027-03-01\n"
DONE = START + "actual_finish = 2027-03-05\n"


def work(text):
    """Return what is simulated of task a."""
    return read_text(text).tasks["a"].work


def test_what_is_simulated_is_the_duration_then_the_rest_then_nothing():
    assert work(TASK) == Constant(value=5, unit="d")
    assert work(START + "duration = 5\nremaining = 3\n") == Constant(value=3, unit="d")
    assert work(DONE + "duration = 5\n") == Constant(value=0, unit="d")


def test_the_rest_of_a_percentage_is_that_share_of_every_point():
    remaining = work(START + "duration = {low = 20, most_likely = 30, high = 70, min = 21}\npercent_complete = 65\n")
    assert (remaining.low, remaining.most_likely, remaining.high, remaining.min) == (7, 10.5, 24.5, 7.35)
    assert remaining.shape == "pert" and remaining.lambda_ == 4


def test_the_rest_of_a_percentage_is_exact_where_the_numbers_are():
    assert work(START + "duration = 10\npercent_complete = 6\n").value == 9.4 != 10 * (94 / 100)


def test_remaining_wins_over_a_percentage():
    assert work(START + "duration = 10\npercent_complete = 90\nremaining = 8\n").value == 8


def test_nothing_is_left_of_a_task_that_is_complete_but_not_finished():
    task = read_text(START + "duration = [5, 6, 9]\npercent_complete = 100\n").tasks["a"]
    assert task.remaining == Constant(value=0, unit="d")
    assert task.is_started and not task.is_finished


def test_a_percentage_of_nothing_changes_nothing_of_a_task_that_has_not_begun():
    assert read_text(TASK + "percent_complete = 0\n") == read_text(TASK)


def test_duration_may_be_left_out_where_progress_says_what_is_left():
    for text in (DONE, DONE + "percent_complete = 100\n", START + "remaining = 4\n"):
        task = read_text(text).tasks["a"]
        assert task.duration == Constant(value=0, unit="d")
        assert not task.is_milestone
    assert faults(START + "percent_complete = 40\n") == [("RE112", "tasks.a.duration")]


def test_a_date_is_midnight_at_its_beginning_for_a_start_and_at_its_end_for_a_finish():
    task = read_text(DONE).tasks["a"]
    assert (task.actual_start, task.actual_finish) == (datetime(2027, 3, 1), datetime(2027, 3, 6))


def test_work_of_one_day_may_start_and_finish_on_it():
    assert read_text("[tasks.a]\nactual_start = 2027-03-01\nactual_finish = 2027-03-01\n").tasks["a"].is_finished


@pytest.mark.parametrize("key", ["actual_start", "actual_finish"])
def test_a_milestone_has_happened_with_either_date(key):
    task = read_text(f"[tasks.a]\nmilestone = true\n{key} = 2027-03-01T08:00:00\n").tasks["a"]
    assert task.actual_start == task.actual_finish == datetime(2027, 3, 1, 8)


def test_a_task_that_was_planned_to_take_no_time_may_still_have_work_left():
    task = read_text(START + "duration = 0\nremaining = 4\n").tasks["a"]
    assert (task.type, task.work.value, task.is_milestone) == ("task", 4, False)


def test_a_percentage_in_percent_is_shown_as_a_number():
    issue = only(START + "duration = 5\npercent_complete = '40 %'\n")
    assert (issue.code, issue.cure) == ("RE113", "write 50 % as 50")


def test_working_and_elapsed_time_are_not_mixed_in_one_task():
    assert faults(START + "duration = '10ed'\nremaining = 3\n") == [("RE210", "tasks.a.remaining")]
    assert not faults(START + "duration = '10ed'\nremaining = '20eh'\n")
    assert not faults(START + "duration = '10ed'\nremaining = 0\n")


def test_nothing_scaled_is_a_constant_that_keeps_unit_and_source():
    task = read_text("[tasks.a]\nduration = {low = 1, most_likely = 2, high = 4, unit = 'w', source = 'x'}\n").tasks[
        "a"
    ]
    assert scaled(task.duration, 0) == Constant(value=0, unit="w", source="x")
    assert scaled(task.duration, 1) == task.duration


def test_a_model_made_by_hand_knows_what_is_left():
    task = Task(id="a", duration=Constant(value=0, unit="d"), calendar="c")
    assert task.is_milestone and task.work is task.duration
    begun = Task(id="a", duration=Constant(value=0, unit="d"), calendar="c", actual_start=datetime(2027, 3, 1))
    assert not begun.is_milestone
