"""Baselines and status date of Microsoft Project, for points 11 and 14; what binds a task from outside."""

from datetime import datetime

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers import document, write_toml
from riskengine.importers.read import read_schedule
from riskengine.scenario import read
from riskengine.schedule.health.dcma_baseline import with_baseline
from riskengine.schedule.health.logic import Logic
from tests.support.stored_dates import stored
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj
from tests.unit.importers.msproject.mspdi_text import by_id, imported, link, project, task
from tests.unit.importers.test_stored_handshake import handshake


def baseline(start, finish, number=0):
    return f"<Baseline><Number>{number}</Number><Start>{start}</Start><Finish>{finish}</Finish></Baseline>"


def promised(finish, number=0):
    return baseline("2027-03-01T08:00:00", f"{finish}T17:00:00", number)


def finished(uid, finish, links=""):
    dates = {"ActualStart": "2027-03-01T08:00:00", "ActualFinish": f"{finish}T17:00:00", "PercentComplete": 100}
    return task(uid, 8, 1, links, **dates)


def test_points_11_and_14_are_assessed_against_the_baseline(tmp_path):
    rows = (
        finished(1, "2027-03-02", promised("2027-03-02"))
        + finished(2, "2027-03-04", promised("2027-03-03"))
        + task(3, 8, 1, promised("2027-03-05"))
        + task(4, 8, 1, promised("2027-03-30"))
        + task(5)
    )
    schedule = imported(tmp_path, project(rows, StatusDate="2027-03-10T17:00:00"))
    assert "the baseline: planned dates of 4 of 5 tasks were read" in schedule.notes
    path = tmp_path / "plan.toml"
    path.write_text(write_toml(document(schedule)), encoding="utf-8")
    missed, execution = with_baseline(Logic(read(path)))
    assert (missed.behind, missed.numerator, missed.denominator, missed.result) == (("2", "3"), 2, 3, "fail")
    # Two finished of three due by now and one without a baseline.
    assert (execution.numerator, execution.denominator, execution.behind) == (2, 4, ("3",))


@pytest.mark.parametrize(
    ("named", "numbers", "day", "words"),
    [
        (0, (0, 1), 10, "the baseline of 2: planned"),
        (1, (0, 1), 11, "baseline 1 of 2: planned"),
        (3, (2, 4), 12, "baseline 2 of 2: planned"),
        (0, (5,), 15, "baseline 5: planned"),
    ],
)
def test_the_baseline_that_the_project_compares_itself_with_is_taken(tmp_path, named, numbers, day, words):
    links = "".join(promised(f"2027-03-{10 + number}", number) for number in numbers)
    schedule = imported(tmp_path, project(task(1, 8, 1, links), BaselineForEarnedValue=named))
    assert by_id(schedule)["1"].baseline_finish == datetime(2027, 3, day, 17)
    assert any(note.startswith(words) for note in schedule.notes)


def test_a_baseline_that_was_cleared_is_none(tmp_path):
    schedule = imported(tmp_path, project(task(1, 8, 1, "<Baseline><Number>0</Number></Baseline>")))
    assert by_id(schedule)["1"].baseline_finish is None
    assert not any("baseline" in note for note in schedule.notes)


def test_a_baseline_of_an_impossible_number_is_refused(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        imported(tmp_path, project(task(1), BaselineForEarnedValue=11))
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("RE837", "Project.BaselineForEarnedValue")]


@needs_mpxj
def test_a_file_through_mpxj_takes_its_baseline_along():
    (schedule,) = read_schedule(stored("mpxj-mpp14baseline.mpp"))
    assert sum(task.baseline_finish is not None for task in schedule.tasks) == 6


@pytest.mark.parametrize(("name", "words"), [("other.mpp\\2", "FS from other.mpp\\2"), ("", "FS from another file")])
def test_what_binds_a_task_from_another_file_is_named(tmp_path, name, words):
    more = f"<CrossProject>1</CrossProject><CrossProjectName>{name}</CrossProjectName>"
    schedule = imported(tmp_path, project(task(1, links=link(9, more=more)) + task(11) + task(2, ExternalTask=1)))
    assert [found.external for found in schedule.tasks] == [[words], [], ["a task of another project"]]


def test_the_handshake_names_the_link_to_another_file_and_no_task_of_a_similar_number(tmp_path):
    more = "<CrossProject>1</CrossProject><CrossProjectName>other.mpp\\1</CrossProjectName>"
    dates = {"EarlyStart": "2027-03-08T08:00:00", "EarlyFinish": "2027-03-08T17:00:00"}
    # Its own bound would start it a week later: the file was changed in one of the two.
    own = {"ConstraintType": 4, "ConstraintDate": "2027-03-15T08:00:00"}
    rows = task(11, links=link(3, more=more), **dates, **own) + task(1, **dates)
    path = tmp_path / "plan.xml"
    path.write_text(project(rows), encoding="utf-8")
    reasons = {found.task: (found.reason, found.words) for found in handshake(path, tmp_path).differences}
    assert reasons["11"][0] == "external relationship"
    assert "other.mpp" in reasons["11"][1]
    assert reasons["1"][0] != "external relationship"
