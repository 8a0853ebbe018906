"""A status update is a file of a few lines: a later data date, and the progress since."""

import pytest

from riskengine.errors import ScenarioError
from riskengine.scenario import digest, read
from tests.support.scenario_text import HEAD, written

PLAN = """
[tasks.a]
duration = [20, 30, 50]
cost = { fixed = 5000, rate = 100 }
[tasks.b]
duration = 10
after = ["a"]
"""
APRIL = 'extends = "plan.toml"\nname = "April"\ndata_date = 2027-04-12\n'
MAY = 'extends = "april.toml"\nname = "May"\ndata_date = 2027-05-10\n'


def updated(folder, april, may=""):
    """Return the scenario of a plan with one update, or with two."""
    written(folder, PLAN)
    written(folder, april, "april.toml", APRIL)
    return read(written(folder, may, "may.toml", MAY) if may else folder / "april.toml")


def test_the_data_date_of_an_update_takes_the_place_of_the_start(tmp_path):
    scenario = updated(tmp_path, "tasks.a.actual_start = 2027-03-01\ntasks.a.percent_complete = 40\n")
    assert scenario.is_data_date and scenario.start.isoformat() == "2027-04-12T00:00:00"
    assert scenario.project == "Test"


def test_what_is_not_named_stays_as_it_was(tmp_path):
    scenario = updated(tmp_path, "tasks.a.actual_start = 2027-03-01\ntasks.a.percent_complete = 40\n")
    plan = read(tmp_path / "plan.toml")
    assert scenario.tasks["b"] == plan.tasks["b"]
    assert scenario.tasks["a"].duration == plan.tasks["a"].duration
    assert scenario.tasks["a"].remaining.most_likely == 18


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("percent_complete = 40\n", "remaining = 7\n", 7),
        ("remaining = 25\n", "percent_complete = 80\n", 6),
        ("remaining = 25\n", "remaining = 3\npercent_complete = 80\n", 3),
    ],
)
def test_what_is_left_now_takes_the_place_of_what_was_left(tmp_path, before, after, left):
    april = "[tasks.a]\nactual_start = 2027-03-01\n" + before
    remaining = updated(tmp_path, april, "[tasks.a]\n" + after).tasks["a"].remaining
    assert (remaining.value if remaining.shape == "constant" else remaining.most_likely) == left


def test_a_task_that_is_done_has_nothing_left_whatever_was_said_before(tmp_path):
    april = "[tasks.a]\nactual_start = 2027-03-01\nremaining = 9\nresume = 2027-04-19\n"
    task = updated(tmp_path, april, "tasks.a.actual_finish = 2027-04-30\n").tasks["a"]
    assert task.is_finished and task.remaining is None and task.resume is None


def test_an_update_that_contradicts_itself_is_refused(tmp_path):
    april = "[tasks.a]\nactual_start = 2027-03-01\nremaining = 9\n"
    with pytest.raises(ScenarioError) as caught:
        updated(tmp_path, april, "[tasks.a]\nactual_finish = 2027-04-30\nremaining = 2\n")
    assert [issue.code for issue in caught.value.issues] == ["RE257"]


def test_money_spent_is_added_to_the_cost_of_the_plan(tmp_path):
    april = "[tasks.a]\nactual_start = 2027-03-01\nremaining = 9\ncost = { actual = 3000, fixed = 2500 }\n"
    cost = updated(tmp_path, april).tasks["a"].cost
    assert (cost.actual, cost.fixed.value, cost.rate.value) == (3000, 2500, 100)


@pytest.mark.parametrize(
    ("base", "over", "kind"),
    [
        ("duration = 5", "type = 'finish milestone'", "finish milestone"),
        ("duration = 5", "milestone = true", "milestone"),
        ("type = 'finish milestone'", "duration = 5", "task"),
        ("type = 'finish milestone'", "milestone = true", "milestone"),
        ("milestone = true", "type = 'start milestone'", "start milestone"),
        ("milestone = true", "type = 'level of effort'\nafter = ['z SS']", "level of effort"),
        ("duration = 5", "type = 'level of effort'\nafter = ['z SS']", "level of effort"),
        ("type = 'task'\nduration = 5", "duration = 6", "task"),
    ],
)
def test_a_type_laid_over_takes_the_place_of_a_duration_and_the_other_way_round(tmp_path, base, over, kind):
    written(tmp_path, f"[tasks.z]\nduration = 1\n[tasks.x]\n{base}\n")
    variant = 'extends = "plan.toml"\nname = "Variant"\n'
    assert read(written(tmp_path, f"[tasks.x]\n{over}\n", "variant.toml", variant)).tasks["x"].type == kind


def test_options_of_scheduling_are_laid_over_one_by_one(tmp_path):
    written(tmp_path, "[schedule]\nfloat = 'start'\nstart_lag = 'actual start'\n" + PLAN)
    april = written(tmp_path, "[schedule]\nfloat = 'smallest'\n", "april.toml", APRIL)
    options = read(april).schedule
    assert (options.float_kind, options.start_lag) == ("smallest", "actual start")


def test_an_update_written_in_full_has_the_same_digest(tmp_path):
    progress = "[tasks.a]\nactual_start = 2027-03-01\nremaining = 9\n" + PLAN.split("[tasks.a]\n")[1]
    update = updated(tmp_path, "[tasks.a]\nactual_start = 2027-03-01\nremaining = 9\n")
    head = HEAD.replace("Test", "April").replace("start = 2027-03-01", 'data_date = 2027-04-12\nproject = "Test"')
    head += "project_start = 2027-03-01\n"
    whole = read(written(tmp_path, progress, "whole.toml", head))
    assert digest(whole) == digest(update)


def test_the_start_of_the_plan_is_that_of_the_project_at_every_status(tmp_path):
    """Days that count from a data date cannot be compared with those of the month before."""
    april = updated(tmp_path, "tasks.a.actual_start = 2027-03-03\ntasks.a.percent_complete = 40\n")
    may = updated(
        tmp_path, "tasks.a.actual_start = 2027-03-03\ntasks.a.percent_complete = 40\n", "tasks.b.owner = 'Bo'\n"
    )
    assert [each.first_start.isoformat() for each in (april, may)] == ["2027-03-01T00:00:00"] * 2


def test_a_start_of_the_project_may_be_given(tmp_path):
    scenario = updated(tmp_path, "[tasks.a]\nowner = 'Bo'\n", "project_start = 2027-02-01\n")
    assert scenario.first_start.isoformat() == "2027-02-01T00:00:00"


def test_a_plan_that_starts_anew_forgets_the_former_start(tmp_path):
    updated(tmp_path, "tasks.a.owner = 'Bo'\n")
    anew = read(written(tmp_path, "", "anew.toml", 'extends = "april.toml"\nname = "Anew"\nstart = 2027-06-01\n'))
    assert anew.project_start is None and anew.first_start == anew.start


def test_a_data_date_before_the_start_takes_over_no_start(tmp_path):
    written(tmp_path, PLAN)
    early = read(written(tmp_path, "", "early.toml", 'extends = "plan.toml"\nname = "E"\ndata_date = 2027-02-01\n'))
    assert early.project_start is None and early.first_start == early.start


def test_without_a_start_the_first_task_that_began_tells_it(tmp_path):
    head = HEAD.replace("start = 2027-03-01", "data_date = 2027-04-12")
    text = "[tasks.a]\nduration = 5\nactual_start = 2027-03-08\nremaining = 2\n[tasks.b]\nactual_finish = 2027-03-04\n"
    text += "actual_start = 2027-03-03\n[tasks.c]\nduration = 1\nactual_start = 2027-05-01\nremaining = 1\n"
    assert read(written(tmp_path, text, head=head)).first_start.isoformat() == "2027-03-03T00:00:00"
    waiting = read(written(tmp_path, "[tasks.a]\nduration = 5\n", head=head))
    assert waiting.first_start == waiting.start
