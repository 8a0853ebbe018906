"""Levelling, capacities and the options of scheduling."""

import pytest

from riskengine.model import Constant, Levelling, ScheduleOptions
from riskengine.scenario import digest, resolve
from tests.support.scenario_text import TASK, faults, only, read_text

CRANE = "[resources.crane]\ncapacity = 2\n"
NEEDS = TASK + "resources = {crane = 3}\n"


def test_true_takes_the_default_rule_and_false_is_none():
    assert read_text("levelling = true\n" + CRANE + TASK).levelling == Levelling(rule="late finish")
    assert read_text("levelling = {rule = 'shortest'}\n" + CRANE + TASK).levelling == Levelling(rule="shortest")
    assert read_text("levelling = {}\n" + CRANE + TASK).levelling == Levelling()
    assert read_text("levelling = false\n" + TASK).levelling is None


def test_a_rule_without_a_table_is_shown_with_one():
    issue = only("levelling = 'shortest'\n" + CRANE + TASK)
    assert (issue.code, issue.cure) == ("RE113", 'write levelling = { rule = "shortest" }')


@pytest.mark.parametrize(
    "change",
    [
        "actual_start = 2027-02-01\nactual_finish = 2027-02-05\n",
        "actual_start = 2027-02-01\npercent_complete = 100\n",
    ],
)
def test_nobody_needs_what_is_done(change):
    assert faults("levelling = true\n" + CRANE + NEEDS) == [("RE410", "tasks.a.resources.crane")]
    assert not faults("levelling = true\n" + CRANE + NEEDS + change)


def test_without_levelling_a_task_may_need_more_than_there_is():
    assert not faults(CRANE + NEEDS)


def test_a_resource_without_a_capacity_has_no_end():
    assert not faults("levelling = true\n[resources.x]\ncapacity = 1\n[resources.crane]\n" + NEEDS)


def test_no_capacity_at_all_leaves_nothing_to_level():
    assert faults("levelling = true\n" + TASK) == [("RE411", "levelling")]


def test_a_calendar_that_only_a_resource_uses_is_part_of_the_scenario():
    scenario = read_text("[resources.crane]\ncalendar = '24h'\n" + TASK)
    assert set(scenario.calendars) == {"24h", "standard"}
    assert set(read_text("[resources.crane]\n" + TASK).calendars) == {"standard"}


def test_options_at_their_defaults_leave_the_resolved_form_as_it_was():
    plain = read_text(TASK)
    text = "levelling = false\nschedule = {float = 'finish', critical_float = '0d'}\n" + TASK + "type = 'task'\n"
    assert read_text(text) == plain
    assert digest(read_text(text)) == digest(plain)
    assert not {"schedule", "levelling", "imported"} & set(resolve(plain))


def test_a_critical_float_is_a_working_time_of_either_sign():
    options = read_text("schedule = {critical_float = '-4h'}\n" + TASK).schedule
    assert options == ScheduleOptions(critical_float=Constant(value=-4, unit="h"))


def test_a_priority_is_a_whole_number_in_a_file_and_in_a_table():
    assert read_text(TASK + "priority = 900\n").tasks["a"].priority == 900
    table = read_text("tasks = 't.csv'\n", t_csv="id,duration,priority\na,5,900\nb,5,\n").tasks
    assert (table["a"].priority, table["b"].priority) == (900, 500)
    assert faults(TASK + "priority = 1_000_001\n") == [("RE113", "tasks.a.priority")]
