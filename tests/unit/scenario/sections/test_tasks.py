"""Tasks: milestones, defaults, labels, costs, resources."""

import pytest

from riskengine.model import Constant
from tests.support.scenario_text import TASK, faults, issues, only, read_text


def test_a_milestone_has_a_constant_duration_of_zero():
    task = read_text("[tasks.a]\nmilestone = true\n").tasks["a"]
    assert task.duration == Constant(value=0, unit="d")
    assert task.is_milestone


def test_a_task_of_no_duration_is_a_milestone_too():
    assert read_text("[tasks.a]\nduration = 0\n").tasks["a"].is_milestone
    assert not read_text(TASK).tasks["a"].is_milestone


def test_a_milestone_takes_no_duration():
    assert faults("[tasks.a]\nmilestone = true\nduration = 5\n") == [("RE240", "tasks.a.duration")]
    assert not faults("[tasks.a]\nmilestone = false\nduration = 5\n")


def test_tasks_take_defaults_unless_they_say_otherwise():
    text = """
        [defaults.task]
        team = "Systems"
        owner = "Ada"
        [tasks.a]
        duration = 5
        [tasks.b]
        duration = 5
        team = "Civil"
        owner = ""
        """
    tasks = read_text(text).tasks
    assert (tasks["a"].team, tasks["a"].owner) == ("Systems", "Ada")
    assert (tasks["b"].team, tasks["b"].owner) == ("Civil", "")


def test_tags_are_sorted_and_unique():
    assert read_text(TASK + "tags = ['b', 'a', 'b']\n").tasks["a"].tags == ("a", "b")


def test_fixed_cost_and_rate_each_take_an_estimate():
    cost = read_text(TASK + "cost = {fixed = [10, 20, 40], rate = 1500}\n").tasks["a"].cost
    assert cost.fixed.shape == "pert" and cost.rate == Constant(value=1500)
    assert read_text(TASK).tasks["a"].cost.fixed is None


@pytest.mark.parametrize("name", ["project", "*", "team:x", "tag:x", "wbs:1"])
def test_words_that_impacts_use_are_no_ids_of_tasks(name):
    assert [code for code, _ in faults(f'[tasks."{name}"]\nduration = 5\n')] == ["RE244"]


def test_other_ids_with_colons_are_fine():
    assert not issues('[tasks."A:1"]\nduration = 5\n')


def test_resources_need_no_list_but_where_there_is_one_they_must_be_in_it():
    task = TASK + "resources = {welder = 2, crane = 0.5}\n"
    assert read_text(task).tasks["a"].resources == {"crane": 0.5, "welder": 2}
    issue = only(task + "[resources.welders]\nrate = 5\n[resources.crane]\nrate = 5\n")
    assert (issue.code, issue.path) == ("RE242", "tasks.a.resources.welder")
    assert issue.cure == 'did you mean "welders"?'


@pytest.mark.parametrize(("units", "code"), [("0", "RE243"), ("-1", "RE243"), ("nan", "RE122"), ("'2'", "RE113")])
def test_units_of_a_resource_are_positive_numbers(units, code):
    assert faults(TASK + f"resources = {{welder = {units}}}\n") == [(code, "tasks.a.resources.welder")]


def test_minimum_duration_is_a_time_that_is_not_negative():
    assert read_text("minimum_duration = '4h'\n" + TASK).minimum_duration == Constant(value=4, unit="h")
    assert read_text(TASK).minimum_duration == Constant(value=0, unit="d")
    assert faults("minimum_duration = -1\n" + TASK) == [("RE212", "minimum_duration")]


def test_a_rate_of_a_resource_is_not_negative():
    assert read_text(TASK + "[resources.r]\n").resources["r"].rate == 0
    assert faults(TASK + "[resources.r]\nrate = -1\n") == [("RE408", "resources.r.rate")]


def test_a_cost_line_has_an_amount():
    line = read_text(TASK + "[costs.c]\nfixed = [1, 2, 3]\nrate = 5\n").costs["c"]
    assert line.fixed.shape == "pert" and line.rate.value == 5
    assert faults(TASK + "[costs.c]\nname = 'x'\n") == [("RE407", "costs.c")]


SIMPLE_TASKS = """
    [defaults.task]
    team = "Systems"
    early_finish_passed_on = 0.5
    [tasks.a]
    duration = 5
    [tasks.b]
    duration = [4, 5, 9]
    after = ["a SS+1d"]
    name = "B"
    description = "two\\nlines"
    wbs = "1.2"
    team = ""
    cost = { fixed = [1, 2, 9], rate = 5 }
    owner = "Ada"
    tags = ["y", "x"]
    [tasks.c]
    duration = 0
    after = ["a", "b"]
    [tasks.d]
    duration = "0h"
    """


def test_a_task_of_simple_keys_is_read_as_any_other(monkeypatch):
    simple = read_text(SIMPLE_TASKS).tasks
    monkeypatch.setattr("riskengine.scenario.sections.tasks.SIMPLE", frozenset())
    whole = read_text(SIMPLE_TASKS).tasks
    assert simple == whole
    assert {key: repr(task) for key, task in simple.items()} == {key: repr(task) for key, task in whole.items()}
    assert simple["c"].resources is not simple["a"].resources
    assert simple["c"].early_finish_passed_on == 1.0


def test_faults_of_a_task_of_simple_keys_are_those_of_any_other(monkeypatch):
    text = '[tasks.a]\nduration = -1\nname = 5\nafter = ["zz"]\ncost = { fixed = "x", more = 1 }\n'
    text += 'tags = "x"\n[tasks."*"]\nduration = 1\n'
    simple = faults(text)
    monkeypatch.setattr("riskengine.scenario.sections.tasks.SIMPLE", frozenset())
    assert simple == faults(text) != []


def test_a_copy_of_a_task_has_names_of_set_fields_of_its_own():
    tasks = read_text(SIMPLE_TASKS).tasks
    copy = tasks["a"].model_copy(update={"name": "A"})
    assert copy.model_fields_set is not tasks["b"].model_fields_set
    assert (copy.name, tasks["a"].name) == ("A", "")


def test_more_relationships_than_any_plan_has_are_refused_once(monkeypatch):
    text = "".join(f"[tasks.t{at}]\nduration = 5\nafter = {[f't{to}' for to in range(at)]}\n" for at in range(6))
    monkeypatch.setattr("riskengine.scenario.sections.tasks.MOST_RELATIONSHIPS", 15)
    assert len(read_text(text).tasks["t5"].after) == 5
    monkeypatch.setattr("riskengine.scenario.sections.tasks.MOST_RELATIONSHIPS", 5)
    assert faults(text) == [("RE103", "tasks.t3.after")]
