"""Microsoft Project XML: tasks, relationships, constraints, progress, manual tasks, resources, and what is refused."""

from datetime import datetime

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.msproject import calendars as mspdi_calendars
from riskengine.importers.msproject import project as mspdi
from riskengine.importers.msproject.project import read_mspdi
from tests.support.stored_dates import differences, expected, stored
from tests.unit.importers.msproject.mspdi_text import WEEK, by_id, calendar, imported, link, project, task, week_day


def notes(schedule):
    return "\n".join(schedule.notes)


def refusal(folder, text):
    with pytest.raises(ScenarioError) as refused:
        imported(folder, text)
    return refused.value.issues


def test_a_stored_schedule_has_the_tasks_links_calendars_and_dates_that_its_tool_stored():
    name = "mpxj-task-links-project2003-mspdi.xml"
    schedule = read_mspdi(stored(name), name)
    assert differences(schedule, expected(name)) == []
    assert len(schedule.tasks) == 16
    assert schedule.start == datetime(2014, 10, 17, 8)


@pytest.mark.parametrize("year", [2007, 2010, 2013])
def test_four_versions_of_the_tool_write_the_same_schedule(year):
    name = f"mpxj-task-links-project{year}-mspdi.xml"
    schedule = read_mspdi(stored(name), name)
    assert differences(schedule, expected("mpxj-task-links-project2003-mspdi.xml")) == []


@pytest.mark.parametrize(
    ("lag", "format", "hours", "unit"),
    [
        (4800, 7, 8, "h"),
        (-4800, 7, -8, "h"),
        (4800, 9, 8, "h"),
        (14400, 8, 24, "eh"),
        (600, 36, 1, "eh"),
        (50, 19, 50, "%"),
        (-25, 20, -25, "e%"),
        (50, 51, 50, "%"),
        (4800, 39, 8, "h"),
        (0, 7, 0, "h"),
    ],
)
def test_lags_are_tenths_of_minutes_or_percent_by_their_format(tmp_path, lag, format, hours, unit):
    text = project(task(1) + task(2, links=link(1, 1, lag, format)))
    found = by_id(imported(tmp_path, text))["2"].relationships[0]
    assert (found.predecessor, found.type, found.lag, found.lag_unit) == ("1", "FS", hours, unit)


@pytest.mark.parametrize(("code", "type"), [(0, "FF"), (1, "FS"), (2, "SF"), (3, "SS")])
def test_the_code_of_a_link_is_its_type(tmp_path, code, type):
    schedule = imported(tmp_path, project(task(1) + task(2, links=link(1, code))))
    assert by_id(schedule)["2"].relationships[0].type == type


def test_a_link_of_a_summary_acts_on_every_task_below(tmp_path):
    rows = (
        task(1)
        + task(2, links=link(1))
        + task(3, level=2)
        + task(4, level=2)
        + task(5, level=3)
        + task(6, level=3)
        + task(7, links=link(2))
    )
    tasks = by_id(imported(tmp_path, project(rows)))
    assert [tasks[id].type for id in ("2", "4")] == ["summary", "summary"]
    assert [tasks[id].wbs for id in ("1", "2", "3", "4", "5", "6", "7")] == [
        "1",
        "2",
        "2.1",
        "2.2",
        "2.2.1",
        "2.2.2",
        "3",
    ]
    assert {id: [found.predecessor for found in tasks[id].relationships] for id in ("3", "5", "6")} == {
        "3": ["1"],
        "5": ["1"],
        "6": ["1"],
    }
    assert [found.predecessor for found in tasks["7"].relationships] == ["3", "5", "6"]
    assert tasks["2"].relationships == tasks["4"].relationships == []


def test_a_link_from_the_start_of_a_summary_comes_from_the_task_that_starts_first(tmp_path):
    rows = (
        task(1)
        + task(2, level=2, Start="2027-03-03T08:00:00")
        + task(3, level=2, Start="2027-03-02T08:00:00")
        + task(4, links=link(1, 3))
    )
    found = by_id(imported(tmp_path, project(rows)))["4"].relationships
    assert [(one.predecessor, one.type) for one in found] == [("3", "SS")]


def test_a_link_between_a_task_and_its_own_summary_is_left_out_and_told(tmp_path):
    schedule = imported(tmp_path, project(task(1) + task(2, level=2, links=link(1))))
    assert by_id(schedule)["2"].relationships == []
    assert "its own summary left out: 1 -> 2" in notes(schedule)


OTHER = "<CrossProject>1</CrossProject><CrossProjectName>C:\\other.mpp\\7</CrossProjectName>"


def test_links_to_tasks_that_are_not_in_the_file_are_told(tmp_path):
    schedule = imported(tmp_path, project(task(1, links=link(99))))
    assert by_id(schedule)["1"].relationships == []
    assert "1 relationship to tasks that are not in the file left out: 99 -> 1" in notes(schedule)


@pytest.mark.parametrize(
    ("type", "constraint"),
    [
        (1, ("SNET", datetime(2027, 3, 8, 8))),
        (3, ("SNET", datetime(2027, 3, 8, 8))),
        (0, ("FNET", datetime(2027, 3, 9, 17))),
        (2, ("FNET", datetime(2027, 3, 9, 17))),
    ],
)
@pytest.mark.parametrize("number", [0, 2, 7])
def test_a_link_from_another_project_leaves_the_stored_date_as_a_constraint(tmp_path, type, constraint, number):
    dates = {"EarlyStart": "2027-03-08T08:00:00", "EarlyFinish": "2027-03-09T17:00:00"}
    schedule = imported(tmp_path, project(task(1, 16, links=link(number, type, more=OTHER), **dates) + task(2)))
    assert (by_id(schedule)["1"].relationships, by_id(schedule)["1"].constraints) == ([], [constraint])
    assert "1 relationship from other projects: the dates in the file hold" in notes(schedule)
    assert "C:\\other.mpp\\7 -> 1" in notes(schedule)


def test_a_link_from_another_project_into_a_summary_holds_what_is_below(tmp_path):
    rows = task(1, links=link(7, more=OTHER), Start="2027-03-08T08:00:00") + task(2, level=2) + task(3, level=2)
    tasks = by_id(imported(tmp_path, project(rows)))
    assert tasks["2"].constraints == tasks["3"].constraints == [("SNET", datetime(2027, 3, 8, 8))]


def test_a_link_from_another_project_that_leaves_no_date_is_told(tmp_path):
    schedule = imported(tmp_path, project(task(1, links=link(7, more=OTHER))))
    assert by_id(schedule)["1"].constraints == []
    assert "left out, for want of dates in the file" in notes(schedule)


@pytest.mark.parametrize(("code", "type"), [(2, "MSO"), (3, "MFO"), (4, "SNET"), (5, "SNLT"), (6, "FNET"), (7, "FNLT")])
def test_constraints_keep_their_kind_and_date(tmp_path, code, type):
    row = task(1, ConstraintType=code, ConstraintDate="2027-05-03T08:00:00", Deadline="2027-06-01T17:00:00")
    found = by_id(imported(tmp_path, project(row)))["1"]
    assert found.constraints == [(type, datetime(2027, 5, 3, 8))]
    assert found.deadline == datetime(2027, 6, 1, 17)


def test_as_late_as_possible_has_no_date_and_as_soon_as_possible_is_no_constraint(tmp_path):
    tasks = by_id(imported(tmp_path, project(task(1, ConstraintType=1) + task(2, ConstraintType=0))))
    assert tasks["1"].constraints == [("ALAP", None)]
    assert tasks["2"].constraints == []


def test_inflexible_constraints_yield_to_links_where_the_project_says_so(tmp_path):
    row = task(1, ConstraintType=2, ConstraintDate="2027-05-03T08:00:00")
    assert by_id(imported(tmp_path, project(row, HonorConstraints=0)))["1"].constraints[0][0] == "SO"
    assert by_id(imported(tmp_path, project(row, HonorConstraints=1)))["1"].constraints[0][0] == "MSO"


def test_a_start_bound_of_a_summary_holds_for_the_tasks_below(tmp_path):
    rows = task(1, ConstraintType=4, ConstraintDate="2027-05-03T08:00:00") + task(2, level=2)
    assert by_id(imported(tmp_path, project(rows)))["2"].constraints == [("SNET", datetime(2027, 5, 3, 8))]


def test_a_task_in_progress_goes_on_at_its_resume_date(tmp_path):
    row = task(
        1,
        40,
        ActualStart="2027-03-01T08:00:00",
        PercentComplete=25,
        RemainingDuration="PT30H0M0S",
        Resume="2027-03-04T08:00:00",
        Stop="2027-03-02T10:00:00",
    )
    found = by_id(imported(tmp_path, project(row)))["1"]
    assert (found.actual_start, found.actual_finish) == (datetime(2027, 3, 1, 8), None)
    assert (found.remaining_hours, found.resume) == (30, datetime(2027, 3, 4, 8))


UNDER_WAY = {
    "Start": "2027-03-01T08:00:00",
    "ActualStart": "2027-03-01T08:00:00",
    "PercentComplete": 20,
    "RemainingDuration": "PT64H0M0S",
    "Stop": "2027-03-02T17:00:00",
    "Resume": "2027-03-09T08:00:00",
}


@pytest.mark.parametrize(
    ("finish", "stop", "resume"),
    [
        ("2027-03-12T17:00:00", "2027-03-02T17:00:00", datetime(2027, 3, 2, 17)),  # the start and the duration
        ("2027-03-12T17:00:00", "", datetime(2027, 3, 2, 17)),
        ("2027-03-18T17:00:00", "2027-03-02T17:00:00", datetime(2027, 3, 9, 8)),  # a gap that is there
        ("2027-03-31T17:00:00", "2027-03-02T17:00:00", datetime(2027, 3, 9, 8)),  # nothing leads there
    ],
)
def test_the_stored_finish_decides_whether_the_rest_follows_a_gap(tmp_path, finish, stop, resume):
    row = task(1, 80, **{**UNDER_WAY, "Stop": stop, "Finish": finish})
    schedule = imported(tmp_path, project(row))
    assert by_id(schedule)["1"].resume == resume
    assert ("the finish contradicts" in notes(schedule)) is (resume < datetime(2027, 3, 9))


def test_what_remains_is_the_duration_less_what_was_done(tmp_path):
    row = task(1, 80, ActualStart="2027-03-01T08:00:00", PercentComplete=10, ActualDuration="PT16H0M0S")
    assert by_id(imported(tmp_path, project(row)))["1"].remaining_hours == 64


def test_without_a_resume_date_the_rest_follows_the_work_done(tmp_path):
    row = task(1, 40, ActualStart="2027-03-01T08:00:00", PercentComplete=25, RemainingDuration="PT30H0M0S")
    assert by_id(imported(tmp_path, project(row)))["1"].resume == datetime(2027, 3, 2, 10)


def test_a_finished_task_keeps_its_actual_dates(tmp_path):
    row = task(1, ActualStart="2027-03-01T08:00:00", ActualFinish="2027-03-02T12:00:00", PercentComplete=100)
    found = by_id(imported(tmp_path, project(row)))["1"]
    assert (found.actual_start, found.actual_finish) == (datetime(2027, 3, 1, 8), datetime(2027, 3, 2, 12))
    assert found.remaining_hours is None


def test_the_status_date_moves_nothing(tmp_path):
    schedule = imported(tmp_path, project(task(1), StatusDate="2027-03-10T17:00:00"))
    assert schedule.data_date is None
    assert schedule.start == datetime(2027, 3, 1, 8)
    assert "status date 2027-03-10" in notes(schedule)


def test_the_rest_of_a_started_task_waits_unless_the_file_shows_that_it_did_not(tmp_path):
    def rule(resume, **fields):
        rows = task(1, 80, EarlyFinish="2027-03-12T17:00:00") + task(
            2, 16, 1, link(1), ActualStart="2027-03-01T08:00:00", PercentComplete=50, Resume=resume
        )
        return imported(tmp_path, project(rows, **fields)).out_of_sequence

    assert rule("2027-03-15T08:00:00") == "retained logic"
    assert rule("2027-03-02T08:00:00") == "progress override"
    assert rule("2027-03-15T08:00:00", SplitsInProgressTasks=0) == "progress override"


def test_a_manual_task_keeps_its_dates(tmp_path):
    row = task(1, 8, 1, Manual=1, Start="2027-04-01T08:00:00", Finish="2027-04-02T17:00:00", ConstraintType=0)
    schedule = imported(tmp_path, project(row))
    found = by_id(schedule)["1"]
    assert found.constraints == [("MSO", datetime(2027, 4, 1, 8))]
    assert found.hours == 16
    assert "1 task is scheduled by hand and keeps the dates in the file (MSO): 1" in notes(schedule)


BY_HAND = {"Manual": 1, "Start": "2027-03-10T08:00:00", "ManualStart": "2027-03-10T08:00:00"}


def test_a_summary_scheduled_by_hand_holds_what_is_below_it(tmp_path):
    rows = task(1) + task(2, **BY_HAND) + task(3, level=2, links=link(1)) + task(4, level=2) + task(5, level=3)
    schedule = imported(tmp_path, project(rows))
    tasks = by_id(schedule)
    bound = [("SNET", datetime(2027, 3, 10, 8))]
    assert [tasks[id].constraints for id in ("1", "3", "5")] == [[], bound, bound]
    assert "1 summary is scheduled by hand: nothing below starts before it (SNET)" in notes(schedule)


def test_a_summary_scheduled_by_hand_yields_to_dates_and_constraints_below_it(tmp_path):
    rows = (
        task(1, **BY_HAND)
        + task(2, level=2, Start="2027-03-02T08:00:00", Finish="2027-03-02T17:00:00")
        + task(3, level=2, ConstraintType=2, ConstraintDate="2027-03-03T08:00:00")
        + task(4, level=2, Manual=1, Start="2027-03-04T08:00:00", Finish="2027-03-04T17:00:00")
        + task(5, level=2, ActualStart="2027-03-01T08:00:00", ActualFinish="2027-03-01T17:00:00", PercentComplete=100)
    )
    schedule = imported(tmp_path, project(rows))
    tasks = by_id(schedule)
    assert tasks["2"].constraints == tasks["5"].constraints == []
    assert tasks["3"].constraints == [("MSO", datetime(2027, 3, 3, 8))]
    assert tasks["4"].constraints == [("MSO", datetime(2027, 3, 4, 8))]
    assert "1 task starts before the summary above" in notes(schedule)


PHASE = {**BY_HAND, "Finish": "2027-03-19T17:00:00", "ManualFinish": "2027-03-19T17:00:00"}


@pytest.mark.parametrize(
    ("type", "lag", "format", "constraint"),
    [
        (1, 0, 7, ("SNET", datetime(2027, 3, 19, 17))),
        (1, 4800, 7, ("SNET", datetime(2027, 3, 22, 17))),
        (1, 14400, 8, ("SNET", datetime(2027, 3, 20, 17))),
        (3, 0, 7, ("SNET", datetime(2027, 3, 10, 8))),
        (0, 0, 7, ("FNET", datetime(2027, 3, 19, 17))),
    ],
)
def test_what_follows_a_summary_scheduled_by_hand_waits_for_its_own_dates(tmp_path, type, lag, format, constraint):
    rows = task(1, **PHASE) + task(2, level=2) + task(3, links=link(1, type, lag, format))
    schedule = imported(tmp_path, project(rows))
    assert by_id(schedule)["3"].constraints == [constraint]
    assert "1 task follows summaries scheduled by hand" in notes(schedule)


def test_what_starts_before_the_end_of_a_summary_scheduled_by_hand_does_not_wait_for_it(tmp_path):
    early = {"Start": "2027-03-11T08:00:00", "Finish": "2027-03-11T17:00:00"}
    rows = task(1, **PHASE) + task(2, level=2) + task(3, links=link(1), **early)
    assert by_id(imported(tmp_path, project(rows)))["3"].constraints == []


def test_inactive_tasks_are_left_out_and_told(tmp_path):
    rows = task(1) + task(2, Active=0, links=link(1)) + task(3, links=link(2)) + task(4) + task(5, level=2, Active=0)
    schedule = imported(tmp_path, project(rows))
    assert sorted(by_id(schedule)) == ["1", "3"]
    assert by_id(schedule)["3"].relationships == []
    assert "left out: 2 Task 2, 4 Task 4, 5 Task 5" in notes(schedule)


def test_elapsed_durations_and_milestones(tmp_path):
    tasks = by_id(imported(tmp_path, project(task(1, 48, DurationFormat=8) + task(2, 0, Milestone=1) + task(3))))
    assert (tasks["1"].hours, tasks["1"].is_elapsed) == (48, True)
    assert (tasks["2"].type, tasks["3"].type) == ("milestone", "task")
    assert not tasks["3"].is_elapsed


WORKER = (
    "<Resource><UID>1</UID><Name>Ann</Name><Type>1</Type><MaxUnits>2</MaxUnits><StandardRate>50</StandardRate>"
    "<CalendarUID>{}</CalendarUID></Resource>"
)
JOB = "<Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Cost>40000</Cost></Assignment>"
WEEKEND = "<WeekDays>" + week_day(1) + "".join(week_day(n, "") for n in range(2, 7)) + week_day(7) + "</WeekDays>"


def test_the_calendar_of_its_people_drives_a_task(tmp_path):
    calendars = calendar() + calendar(2, "Ann", 1, WEEKEND)
    schedule = imported(tmp_path, project(task(1), calendars, WORKER.format(2), JOB))
    assert by_id(schedule)["1"].calendar == "Ann"
    assert schedule.calendars["Ann"].week[5] == [(480, 720), (780, 1020)]
    assert schedule.calendars["Ann"].week[0] == []
    assert "1 task runs on the calendars of its resources: 1" in notes(schedule)


def test_a_fixed_duration_a_flag_and_the_dates_in_the_file_can_keep_people_out(tmp_path):
    calendars = calendar() + calendar(2, "Ann", 1, WEEKEND) + calendar(3, "Site")
    for fields in (
        {"Type": 1},
        {"CalendarUID": 3, "IgnoreResourceCalendar": 1},
        {"Start": "2027-03-01T08:00:00", "Finish": "2027-03-01T17:00:00"},
    ):
        schedule = imported(tmp_path, project(task(1, **fields), calendars, WORKER.format(2), JOB))
        assert by_id(schedule)["1"].calendar in ("Standard", "Site")
        assert "calendars of its resources" not in notes(schedule)


def test_lags_run_on_the_calendar_of_the_task_that_follows_but_never_on_that_of_its_people(tmp_path):
    calendars = calendar() + calendar(2, "Ann", 1, WEEKEND) + calendar(3, "Site")
    lag = link(2, 1, 4800)
    of_task = imported(tmp_path, project(task(1, 8, 1, lag, CalendarUID=3) + task(2), calendars))
    assert of_task.lag_calendar == "successor"
    of_people = imported(tmp_path, project(task(1, 8, 1, lag) + task(2), calendars, WORKER.format(2), JOB))
    assert of_people.lag_calendar == "project"
    both = task(1, 8, 1, lag) + task(2) + task(3, 8, 1, lag, CalendarUID=3)
    schedule = imported(tmp_path, project(both, calendars, WORKER.format(2), JOB))
    assert "1 lag runs on another calendar than in Microsoft Project" in notes(schedule)


def test_people_work_within_the_calendar_of_the_task(tmp_path):
    long = "<WorkingTime><FromTime>06:00:00</FromTime><ToTime>10:00:00</ToTime></WorkingTime>"
    site = "<WeekDays>" + "".join(week_day(n, long) for n in range(1, 8)) + "</WeekDays>"
    calendars = calendar() + calendar(2, "Ann", 1, "") + calendar(3, "Site", -1, site)
    schedule = imported(tmp_path, project(task(1, CalendarUID=3), calendars, WORKER.format(2), JOB))
    found = schedule.calendars[by_id(schedule)["1"].calendar]
    assert found.week == [[(480, 600)]] * 5 + [[], []]


def test_a_calendar_that_differs_in_nothing_is_its_base(tmp_path):
    calendars = calendar() + calendar(2, "Ann", 1, "")
    schedule = imported(tmp_path, project(task(1), calendars, WORKER.format(2), JOB))
    assert list(schedule.calendars) == ["Standard"]
    assert schedule.resources["Ann"].calendar == "Standard"


def test_money_of_people_is_a_rate_and_of_materials_a_fixed_cost(tmp_path):
    cement = "<Resource><UID>2</UID><Name>Cement</Name><Type>0</Type></Resource>"
    used = "<Assignment><TaskUID>1</TaskUID><ResourceUID>2</ResourceUID><Units>3</Units><Cost>9000</Cost></Assignment>"
    row = task(1, FixedCost=10000, Cost=59000)
    schedule = imported(tmp_path, project(row, calendar(), WORKER.format(1) + cement, JOB + used, CurrencyCode="EUR"))
    found = by_id(schedule)["1"]
    assert [(one.resource, one.units, one.cost) for one in found.assignments] == [("Ann", 1.0, 400.0)]
    assert found.fixed_cost == 190.0
    assert (schedule.resources["Ann"].capacity, schedule.resources["Ann"].rate) == (2.0, 50.0)
    assert list(schedule.resources) == ["Ann"]
    assert schedule.currency == "EUR"


def test_a_project_scheduled_from_its_finish_is_refused(tmp_path):
    issues = refusal(tmp_path, project(task(1), ScheduleFromStart=0))
    assert [(issue.code, issue.line) for issue in issues] == [("RE840", 3)]


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        (project(task(1, ConstraintType=99)), "RE837", "Task.ConstraintType"),
        (project(task(1, Start="soon")), "RE835", "Task.Start"),
        (project(task(1, "8 days")), "RE836", "Task.Duration"),
        (project(task(1) + task(1)), "RE839", "Task.UID"),
        (project(task("")), "RE838", "Task.UID"),
        (project(""), "RE843", "Project.Tasks"),
        (project(task(1, Active=0)), "RE843", "Project.Tasks"),
        (project(task(1), CalendarUID=9), "RE841", "Project.CalendarUID"),
        (project(task(1, CalendarUID=9)), "RE841", "Task.CalendarUID"),
        (project(task(1, links=link(1, 9))), "RE837", "PredecessorLink.Type"),
        (project(task(1), MinutesPerDay=-5), "RE837", "Project.MinutesPerDay"),
        (project(task(1), calendar(base=1)), "RE841", "Calendar.BaseCalendarUID"),
        (project(task(1), calendar(week="<WeekDays>" + week_day(2, "") + "</WeekDays>")), "RE842", "Calendar"),
        (project(task(1), calendar(week=WEEK.replace("12:00:00", "07:00:00"))), "RE842", "WorkingTime"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, text, code, path):
    issues = refusal(tmp_path, text)
    assert (code, path) in [(issue.code, issue.path) for issue in issues]
    assert all(issue.file == "plan.xml" and issue.line for issue in issues)


def test_every_fault_is_told_at_once_in_the_order_of_the_file(tmp_path):
    issues = refusal(tmp_path, project(task(1, Start="x") + "\n" + task(2, Finish="y")))
    assert [(issue.code, issue.line) for issue in issues] == [("RE835", 9), ("RE835", 10)]


def test_too_many_records_of_a_kind_are_refused(tmp_path, monkeypatch):
    text = project(task(1) + task(2) + task(3), calendar() + calendar(2, "Two"), WORKER.format(1), JOB + JOB)
    for limit in ("MOST_TASKS", "MOST_RESOURCES", "MOST_ASSIGNMENTS", "MOST_RELATIONSHIPS"):
        monkeypatch.setattr(mspdi, limit, -1 if limit == "MOST_RELATIONSHIPS" else 0)
        assert [issue.code for issue in refusal(tmp_path, text)] == ["RE833"]
        monkeypatch.undo()
    monkeypatch.setattr(mspdi_calendars, "MOST_CALENDARS", 1)
    assert [issue.code for issue in refusal(tmp_path, text)] == ["RE833"]


def test_odd_values_that_decide_no_date_are_left_out_and_told(tmp_path):
    rows = task(1, Priority="high", FixedCost="1,50 EUR") + task(2, Priority=700)
    schedule = imported(tmp_path, project(rows))
    assert [found.priority for found in schedule.tasks] == [500, 700]
    assert "1 value of Task.FixedCost left out: it is no number" in notes(schedule)
    assert "1 value of Task.Priority left out" in notes(schedule)


def test_a_project_is_called_by_its_title_then_by_its_file(tmp_path):
    named = imported(tmp_path, project(task(1), Title="Plant", Name="plan-march.xml", UID="X1"))
    assert (named.id, named.name) == ("Plant", "Plant")
    assert imported(tmp_path, project(task(1), Name="plan-march.xml")).id == "plan-march.xml"
    assert imported(tmp_path, project(task(1))).id == "plan"


def test_a_working_day_without_times_has_the_usual_ones(tmp_path):
    week = "<WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays>"
    schedule = imported(tmp_path, project(task(1), calendar(week=week)))
    assert schedule.calendars["Standard"].week[0] == [(480, 720), (780, 1020)]


def test_a_finish_before_the_start_is_told(tmp_path):
    text = project(task(1, ActualStart="2027-03-05T08:00:00", ActualFinish="2027-03-01T17:00:00"))
    schedule = imported(tmp_path, text)
    (found,) = schedule.tasks
    assert found.actual_start == found.actual_finish == datetime(2027, 3, 5, 8)
    assert "1 task finished before it started: the actual start was taken for both: 1" in schedule.notes
