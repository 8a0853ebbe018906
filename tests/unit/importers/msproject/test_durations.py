"""Durations of Microsoft Project XML: every unit of ISO 8601, and tasks that have none."""

import pytest

from riskengine.errors import ScenarioError
from tests.unit.importers.msproject.mspdi_text import by_id, calendar, imported, link, project, task

TEN_DAYS = {"Start": "2027-03-01T08:00:00", "Finish": "2027-03-12T17:00:00"}


def without_duration(uid, **fields):
    return task(uid, **fields).replace("<Duration>PT8H0M0S</Duration>", "")


def hours_of(folder, text, format=7, **head):
    return by_id(imported(folder, project(task(1, Duration=text, DurationFormat=format), **head)))["1"].hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("PT80H", 80),
        ("P10D", 80),
        ("P1DT2H", 10),
        ("P2W", 80),
        ("P1W2DT4H", 60),
        ("P1M", 160),
        ("P1Y", 1920),
        ("P1Y2M10DT2H30M", 1920 + 320 + 80 + 2.5),
        ("P0.5D", 4),
        ("P1,5W", 60),
        ("PT1.5H", 1.5),
        ("PT90M", 1.5),
        ("PT5400S", 1.5),
        ("PT1H30M36.0S", 1.51),
        ("+P1D", 8),
        ("P0D", 0),
    ],
)
def test_a_duration_counts_the_working_days_of_the_project(tmp_path, text, hours):
    assert hours_of(tmp_path, text) == pytest.approx(hours)


@pytest.mark.parametrize(("text", "hours"), [("P1D", 6), ("P1W", 24), ("P1M", 96), ("P1Y", 1152)])
def test_a_project_says_how_long_it_works_in_a_day_a_week_and_a_month(tmp_path, text, hours):
    head = {"MinutesPerDay": 360, "MinutesPerWeek": 1440, "DaysPerMonth": 16}
    assert hours_of(tmp_path, text, **head) == hours


@pytest.mark.parametrize(
    ("text", "hours"), [("P1D", 24), ("P1W", 168), ("P1M", 720), ("P1Y", 8760), ("PT24H", 24), ("P1DT2H", 26)]
)
@pytest.mark.parametrize("format", [8, 40])
def test_an_elapsed_duration_counts_days_around_the_clock(tmp_path, text, hours, format):
    made = by_id(imported(tmp_path, project(task(1, Duration=text, DurationFormat=format))))["1"]
    assert (made.hours, made.is_elapsed) == (hours, True)


def test_a_head_that_stands_behind_the_tasks_counts_all_the_same(tmp_path):
    text = project(task(1, Duration="P10D"), MinutesPerDay=600)
    head = "<MinutesPerDay>600</MinutesPerDay>\n"
    moved = text.replace(head, "").replace("</Project>", f"{head}</Project>")
    assert by_id(imported(tmp_path, moved))["1"].hours == 100


@pytest.mark.parametrize(
    "text", ["P", "PT", "-P1D", "P1H", "10D", "P1DT", "PT1D", "P1D2W", "P--1D", "P1e3D", "PT8H8H", "p1d"]
)
def test_what_is_no_duration_is_refused(tmp_path, text):
    with pytest.raises(ScenarioError) as caught:
        imported(tmp_path, project(task(1, Duration=text)))
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("RE836", "Task.Duration")]


@pytest.mark.parametrize(
    ("lag", "format", "hours", "unit"),
    [
        ("P1D", 7, 8, "h"),
        ("-P1D", 7, -8, "h"),
        ("-PT4H", 5, -4, "h"),
        ("P1W", 9, 40, "h"),
        ("P1D", 8, 24, "eh"),
        ("-P1DT2H", 8, -26, "eh"),
    ],
)
def test_a_lag_may_be_a_duration_and_a_negative_one(tmp_path, lag, format, hours, unit):
    rows = task(1) + task(2, links=link(1, 1, lag, format))
    (relationship,) = by_id(imported(tmp_path, project(rows)))["2"].relationships
    assert (relationship.lag, relationship.lag_unit) == (hours, unit)


def test_what_remains_counts_working_days_too(tmp_path):
    fields = {"ActualStart": "2027-03-01T08:00:00", "PercentComplete": 20, "RemainingDuration": "P8D"}
    made = by_id(imported(tmp_path, project(task(1, Duration="P10D", **fields))))["1"]
    assert (made.hours, made.remaining_hours) == (80, 64)


@pytest.mark.parametrize("more", [{}, {"Work": "PT80H0M0S"}, {"Milestone": 1}, {"DurationFormat": 7}])
def test_without_a_duration_the_working_time_from_start_to_finish_counts_and_it_is_said(tmp_path, more):
    schedule = imported(tmp_path, project(without_duration(1, **TEN_DAYS, **more) + task(2, links=link(1))))
    made = by_id(schedule)["1"]
    assert (made.hours, made.type) == (80, "task")
    assert any("1 task has no duration in the file; the working time" in note for note in schedule.notes)


def test_without_a_duration_the_calendar_of_the_task_counts(tmp_path):
    times = "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>18:00:00</ToTime></WorkingTime>"
    day = f"<WeekDay><DayType>{{}}</DayType><DayWorking>1</DayWorking><WorkingTimes>{times}</WorkingTimes></WeekDay>"
    week = "<WeekDays>" + "".join(day.format(number) for number in range(1, 8)) + "</WeekDays>"
    calendars = calendar() + calendar(2, "Seven tens", week=week)
    made = by_id(imported(tmp_path, project(without_duration(1, **TEN_DAYS, CalendarUID=2), calendars)))["1"]
    assert made.hours == 119


def test_without_a_duration_an_elapsed_format_counts_the_clock(tmp_path):
    made = by_id(imported(tmp_path, project(without_duration(1, **TEN_DAYS, DurationFormat=8))))["1"]
    assert (made.hours, made.is_elapsed) == (11 * 24 + 9, True)


def test_without_a_duration_actual_dates_count_first(tmp_path):
    actual = {"ActualStart": "2027-03-02T08:00:00", "ActualFinish": "2027-03-03T17:00:00", "PercentComplete": 100}
    made = by_id(imported(tmp_path, project(without_duration(1, **TEN_DAYS, **actual))))["1"]
    assert (made.hours, made.type) == (16, "task")


@pytest.mark.parametrize(
    ("fields", "hours", "words"),
    [
        ({"ActualDuration": "PT16H0M0S", "RemainingDuration": "P8D"}, 80, "the actual and the remaining duration"),
        ({"RemainingDuration": "PT80H0M0S"}, 80, "the actual and the remaining duration"),
        ({"Work": "PT80H0M0S"}, 40, "the work by the units assigned"),
    ],
)
def test_without_a_duration_and_dates_progress_or_work_counts_and_it_is_said(tmp_path, fields, hours, words):
    assignment = "<Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>2</Units></Assignment>"
    text = project(without_duration(1, **fields), resources="<Resource><UID>1</UID></Resource>", assignments=assignment)
    schedule = imported(tmp_path, text)
    assert by_id(schedule)["1"].hours == hours
    assert any(words in note for note in schedule.notes)


def test_a_task_whose_duration_nothing_tells_is_refused(tmp_path):
    with pytest.raises(ScenarioError) as caught:
        imported(tmp_path, project(without_duration(1) + task(2)))
    assert [(issue.code, issue.path, issue.line) for issue in caught.value.issues] == [("RE838", "Task.Duration", 9)]


@pytest.mark.parametrize(
    "fields", [{"Milestone": 1}, {"Start": "2027-03-01T08:00:00", "Finish": "2027-03-01T08:00:00"}]
)
def test_a_milestone_by_its_name_or_its_dates_needs_no_duration(tmp_path, fields):
    schedule = imported(tmp_path, project(without_duration(1, **fields)))
    assert by_id(schedule)["1"].type == "milestone"
    assert not any("duration" in note for note in schedule.notes)


def test_a_date_without_a_time_is_a_whole_day(tmp_path):
    dates = {"Start": "2027-03-01", "Finish": "2027-03-12", "EarlyStart": "2027-03-01", "EarlyFinish": "2027-03-12"}
    made = by_id(imported(tmp_path, project(without_duration(1, **dates))))["1"]
    assert made.hours == 80
    assert made.early_finish.isoformat() == "2027-03-13T00:00:00"


def test_work_that_is_no_duration_is_left_out_and_told(tmp_path):
    assignment = "<Assignment><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Work>80</Work></Assignment>"
    row = task(1, Work="-PT8H0M0S", ActualDuration="some")
    text = project(row, resources="<Resource><UID>1</UID></Resource>", assignments=assignment)
    said = imported(tmp_path, text).notes
    for path in ("Task.Work", "Task.ActualDuration", "Assignment.Work"):
        assert f"1 value of {path} left out: it is no number" in said


def test_time_zones_of_dates_are_left_out_with_a_note(tmp_path):
    dates = {"Start": "2027-03-01T08:00:00Z", "Finish": "2027-03-01T17:00:00+02:00"}
    note = "time zones of dates left out, as their times stand in the file: Z (1), +02:00 (1)"
    assert note in imported(tmp_path, project(task(1, **dates))).notes
    assert not any("time zone" in words for words in imported(tmp_path, project(task(1))).notes)
