"""Late dates of Microsoft Project: compared, but where its own rules for tasks scheduled by hand decide them."""

import pytest

from tests.unit.importers.msproject.mspdi_text import by_id, imported, link, project, task
from tests.unit.importers.test_stored_handshake import handshake

MONDAY, TUESDAY = ("2027-03-01T08:00:00", "2027-03-01T17:00:00"), ("2027-03-02T08:00:00", "2027-03-02T17:00:00")
WEDNESDAY = ("2027-03-03T08:00:00", "2027-03-03T17:00:00")


def dated(uid, early, late, links="", **fields):
    names = ("Start", "Finish", "EarlyStart", "EarlyFinish", "LateStart", "LateFinish")
    return task(uid, 8, 1, links, **dict(zip(names, (*early, *early, *late), strict=True)), **fields)


def rates(folder, rows, **head):
    path = folder / "plan.xml"
    path.write_text(project(rows, **head), encoding="utf-8")
    return {rate.measure: (rate.matched, rate.compared) for rate in handshake(path, folder).rates}


def test_late_dates_are_compared(tmp_path):
    rows = dated(1, MONDAY, TUESDAY) + dated(2, MONDAY, MONDAY) + dated(3, TUESDAY, TUESDAY, link(2))
    assert rates(tmp_path, rows)["late_finish"] == rates(tmp_path, rows)["late_start"] == (3, 3)
    wrong = dated(1, MONDAY, MONDAY) + dated(2, MONDAY, MONDAY) + dated(3, TUESDAY, TUESDAY, link(2))
    assert rates(tmp_path, wrong)["late_finish"] == (2, 3)


def test_with_several_critical_paths_an_open_end_has_no_float(tmp_path):
    rows = dated(1, MONDAY, MONDAY) + dated(2, MONDAY, MONDAY) + dated(3, TUESDAY, TUESDAY, link(2))
    assert rates(tmp_path, rows, MultipleCriticalPaths=1)["late_finish"] == (3, 3)


def test_late_dates_that_lead_to_tasks_with_float_placed_by_hand_are_left_out_and_told(tmp_path):
    rows = (
        dated(1, MONDAY, TUESDAY)
        + dated(2, TUESDAY, WEDNESDAY, link(1), Manual=1)
        + dated(3, MONDAY, WEDNESDAY)
        + dated(4, WEDNESDAY, WEDNESDAY, Manual=1)
    )
    schedule = imported(tmp_path, project(rows))
    tasks = by_id(schedule)
    assert [tasks[id].late_finish is None for id in ("1", "2", "3", "4")] == [True, True, False, False]
    assert any(
        "2 tasks are, or lead to what is, scheduled by hand" in note and "1, 2" in note for note in schedule.notes
    )
    found = rates(tmp_path, rows)
    assert (found["early_start"], found["late_start"]) == ((4, 4), (2, 2))


@pytest.mark.parametrize(("fields", "count"), [({}, 0), ({"Start": MONDAY[0], "Finish": MONDAY[1]}, 1)])
def test_without_early_dates_the_scheduled_ones_are_compared_or_their_lack_is_told(tmp_path, fields, count):
    schedule = imported(tmp_path, project(task(1, **fields)))
    assert any("no dates are stored" in note for note in schedule.notes) is (count == 0)
    assert rates(tmp_path, task(1, **fields))["early_start"] == rates(tmp_path, task(1, **fields))["early_finish"]
    assert rates(tmp_path, task(1, **fields))["early_start"] == (count, count)
