"""What the dates stored by Microsoft Project show: splits, levelling, tasks pulled back, tasks before the start."""

from datetime import datetime

from riskengine.importers import document, write_toml
from riskengine.scenario import read
from tests.unit.importers.msproject.mspdi_text import by_id, imported, link, project, task

MONDAY = datetime(2027, 3, 1, 8)


def dated(uid, start, finish, hours=8, level=1, links="", **fields):
    dates = {"Start": start, "Finish": finish, "EarlyStart": start, "EarlyFinish": finish}
    return task(uid, hours, level, links, **{**dates, **fields})


def notes(schedule):
    return "\n".join(schedule.notes)


def test_a_split_task_lasts_as_long_as_it_does_in_the_file(tmp_path):
    schedule = imported(tmp_path, project(dated(1, "2027-03-01T08:00:00", "2027-03-04T17:00:00", 16)))
    assert by_id(schedule)["1"].hours == 32
    assert "1 task is split" in notes(schedule)


def test_the_rest_of_a_split_task_lasts_until_its_stored_finish(tmp_path):
    progress = {"PercentComplete": 50, "RemainingDuration": "PT8H0M0S", "Resume": "2027-03-02T08:00:00"}
    row = dated(1, "2027-03-01T08:00:00", "2027-03-04T17:00:00", 16, ActualStart="2027-03-01T08:00:00", **progress)
    found = by_id(imported(tmp_path, project(row)))["1"]
    assert (found.remaining_hours, found.hours) == (24, 16)


def test_a_task_of_its_duration_and_one_that_was_moved_keep_it(tmp_path):
    rows = dated(1, "2027-03-01T08:00:00", "2027-03-02T17:00:00", 16) + dated(
        2, "2027-03-03T08:00:00", "2027-03-04T17:00:00", 16, EarlyStart="2027-03-01T08:00:00"
    )
    schedule = imported(tmp_path, project(rows))
    assert [found.hours for found in schedule.tasks] == [16, 16]
    assert "split" not in notes(schedule)


def test_a_levelled_task_starts_no_earlier_than_levelling_let_it(tmp_path):
    row = dated(1, "2027-03-03T08:00:00", "2027-03-03T17:00:00", LevelingDelay=28800)
    schedule = imported(tmp_path, project(row + dated(2, "2027-03-01T08:00:00", "2027-03-01T17:00:00")))
    assert by_id(schedule)["1"].constraints == [("SNET", datetime(2027, 3, 3, 8))]
    assert by_id(schedule)["2"].constraints == []
    assert "1 task was delayed by levelling" in notes(schedule)


def bound(tmp_path, start, finish, **fields):
    rows = dated(1, "2027-03-01T08:00:00", "2027-03-05T17:00:00", 40) + dated(
        2, start, finish, 8, 1, link(1), ConstraintType=7, ConstraintDate="2027-03-04T17:00:00"
    )
    return by_id(imported(tmp_path, project(rows, **fields)))["2"].constraints


def test_a_late_bound_that_moved_a_task_before_its_predecessor_s_end_is_mandatory(tmp_path):
    early, late = ("2027-03-04T08:00:00", "2027-03-04T17:00:00"), ("2027-03-08T08:00:00", "2027-03-08T17:00:00")
    assert bound(tmp_path, *early) == [("MFO", datetime(2027, 3, 4, 17))]
    assert bound(tmp_path, *late) == [("FNLT", datetime(2027, 3, 4, 17))]
    assert bound(tmp_path, *early, HonorConstraints=0) == [("FNLT", datetime(2027, 3, 4, 17))]


def test_only_a_constraint_brings_a_task_before_the_project_s_start(tmp_path):
    rows = (
        task(1, ConstraintType=4, ConstraintDate="2027-02-22T08:00:00")
        + task(2)
        + task(3, links=link(2))
        + task(4, ConstraintType=4, ConstraintDate="2027-03-09T08:00:00")
    )
    schedule = imported(tmp_path, project(rows))
    assert schedule.start == datetime(2027, 2, 22, 8)
    assert [found.constraints for found in schedule.tasks] == [
        [("SNET", datetime(2027, 2, 22, 8))],
        [("SNET", MONDAY)],
        [],
        [("SNET", datetime(2027, 3, 9, 8))],
    ]
    assert "before the project's start" in notes(schedule)


def test_a_start_bound_before_the_project_s_start_brings_nothing_that_follows_others_forward(tmp_path):
    rows = task(1) + task(2, 8, 1, link(1), ConstraintType=4, ConstraintDate="2027-02-22T08:00:00")
    schedule = imported(tmp_path, project(rows))
    assert schedule.start == MONDAY


def test_a_started_task_that_has_done_no_work_waits_for_nobody(tmp_path):
    rows = task(1, 80) + task(2, 8, 1, link(1) + link(1, 0), ActualStart="2027-03-01T08:00:00", PercentComplete=0)
    schedule = imported(tmp_path, project(rows))
    assert [one.type for one in by_id(schedule)["2"].relationships] == ["FF"]
    assert "has started and done no work" in notes(schedule)


def written(tmp_path, text):
    """The constraints of the tasks as the scenario that is written has them, read back."""
    path = tmp_path / "written.toml"
    path.write_text(write_toml(document(imported(tmp_path, text))), encoding="utf-8")
    tasks = read(path).tasks
    return {id: [(found.type, found.date) for found in task.constraints] for id, task in tasks.items()}


def test_of_several_bounds_on_a_start_the_latest_is_written(tmp_path):
    def at(day):
        return f"2027-03-{day:02}T08:00:00"

    other = link(7, more="<CrossProject>1</CrossProject><CrossProjectName>other.mpp</CrossProjectName>")
    rows = task(1, Manual=1, Start=at(10), ManualStart=at(10)) + dated(
        2, at(12), "2027-03-12T17:00:00", 8, 2, other, ConstraintType=4, ConstraintDate=at(8), LevelingDelay=4800
    )
    assert written(tmp_path, project(rows))["2"] == [("SNET", datetime(2027, 3, 12, 8))]


def test_a_mandatory_date_takes_the_place_of_bounds_on_the_same_end(tmp_path):
    def at(day, hour="08"):
        return f"2027-03-{day:02}T{hour}:00:00"

    rows = (
        task(9, level=1, ConstraintType=4, ConstraintDate=at(1))
        + dated(1, at(1), at(5, 17), 40, 2)
        + dated(2, at(4), at(4, 17), 8, 2, link(1), ConstraintType=5, ConstraintDate=at(4))
    )
    assert written(tmp_path, project(rows))["2"] == [("MSO", datetime(2027, 3, 4, 8))]


def test_a_bound_before_the_project_s_start_that_moved_nothing_leaves_the_start(tmp_path):
    row = dated(1, "2027-03-02T08:00:00", "2027-03-02T17:00:00", ConstraintType=4, ConstraintDate="2020-01-01T08:00:00")
    assert imported(tmp_path, project(row)).start == MONDAY
