"""Points 11 and 14 of the DCMA assessment: what a baseline had finished by now."""

from datetime import datetime

import pytest

from riskengine.model import Imported, ImportSource
from riskengine.scenario import parse
from riskengine.schedule.health.dcma import without_dates
from riskengine.schedule.health.logic import Logic
from tests.support.schedules import numbered, scenario

NOW = "2027-03-22"


def plan(tasks):
    """A scenario with a data date: by id the day of the baseline's finish and of the actual one, 0 for none."""
    table = {}
    for name, (baseline, actual) in tasks.items():
        table[name] = {"duration": 5}
        if baseline:
            table[name]["imported"] = {"baseline_finish": f"2027-03-{baseline:02}T17:00:00"}
        if actual:
            table[name] |= {"actual_start": "2027-03-01", "actual_finish": f"2027-03-{actual:02}T17:00:00"}
    return parse({"schema": 1, "name": "Test", "data_date": NOW, "tasks": table})


def points(found):
    measures = numbered(without_dates(Logic(found)))
    return measures[11], measures[14]


TASKS = {"early": (12, 10), "in_time": (12, 12), "late": (12, 15), "open": (19, 0), "ahead": (26, 12), "next": (26, 0)}


def test_tasks_due_by_now_that_finished_later_or_not_at_all_are_missed():
    missed, _ = points(plan(TASKS))
    assert (missed.numerator, missed.denominator, missed.behind) == (2, 4, ("late", "open"))
    assert (missed.value, missed.result) == (0.5, "fail")


def test_every_finished_task_counts_against_those_that_were_due_or_have_no_baseline():
    _, index = points(plan({**TASKS, "new": (0, 0)}))
    assert (index.numerator, index.denominator, index.value) == (4, 5, 0.8)
    assert (index.result, index.behind) == ("fail", ("open",))


def test_a_project_that_keeps_its_baseline_passes():
    missed, index = points(plan({"a": (12, 12), "b": (19, 19), "c": (26, 0)}))
    assert (missed.result, index.result, index.value) == ("pass", "pass", 1.0)


def test_milestones_are_left_out():
    found = plan({"a": (12, 12)})
    stone = found.tasks["a"].model_copy(update={"id": "m", "type": "finish milestone", "actual_finish": None})
    missed, _ = points(found.model_copy(update={"tasks": {**found.tasks, "m": stone}}))
    assert missed.denominator == 1


@pytest.mark.parametrize(
    ("tasks", "remark"), [({"a": (0, 12)}, "no task has a baseline finish"), ({"a": (26, 0)}, "nothing is due yet")]
)
def test_what_cannot_be_assessed_says_why(tasks, remark):
    _, index = points(plan(tasks))
    assert (index.result, index.remark) == ("not assessable", remark)


def test_without_a_data_date_the_status_date_of_the_tool_counts():
    found = scenario({"a": {"duration": 5}})
    task = found.tasks["a"].model_copy(update={"imported": Imported(baseline_finish=datetime(2027, 3, 5, 17))})
    found = found.model_copy(update={"tasks": {"a": task}})
    assert points(found)[0].remark == "no data date says what is due by now"
    source = ImportSource(tool="Microsoft Project", status=datetime(2027, 3, 8))
    assert points(found.model_copy(update={"imported": source}))[0].behind == ("a",)


def test_a_finish_on_the_day_of_the_baseline_is_in_time_at_any_hour():
    found = plan({"a": (12, 12)})
    task = found.tasks["a"].model_copy(update={"actual_finish": datetime(2027, 3, 13)})
    assert points(found.model_copy(update={"tasks": {"a": task}}))[0].numerator == 0
