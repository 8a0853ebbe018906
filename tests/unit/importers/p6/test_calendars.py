"""Calendars of XER files."""

from datetime import date

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.p6.calendars import CalendarTextError, parse
from riskengine.importers.p6.projects import read_xer
from tests.unit.importers.p6.xer_files import CALENDAR, activity, calendar_data, day, off, plan, write

OFFICE = [(480, 720), (780, 1020)]


def calendar(text):
    return parse(text, "10", "Office")[0]


def test_days_are_counted_from_sunday():
    week = calendar(calendar_data(day(1, "09:00-10:00") + day(2))).week
    assert week[6] == [(540, 600)]
    assert week[0] == OFFICE
    assert week[1:6] == [[]] * 5


def test_ends_of_shifts_stand_in_any_order():
    text = calendar_data("(0||2()((0||0(f|16:00|s|08:00)())))")
    assert calendar(text).week[0] == [(480, 960)]


def test_midnight_is_the_end_of_the_day():
    assert calendar(calendar_data(day(2, "00:00-00:00"))).week[0] == [(0, 1440)]
    assert calendar(calendar_data(day(2, "16:00-00:00"))).week[0] == [(960, 1440)]


def test_a_night_shift_ends_on_the_day_after():
    week = calendar(calendar_data(day(7, "22:00-06:00"))).week
    assert week[5] == [(1320, 1440)]
    assert week[6] == [(0, 360)]


def test_clocks_of_twelve_hours_are_read():
    week = calendar(calendar_data("(0||2()((0||0(s|8:00 AM|f|1:30 PM)())))")).week
    assert week[0] == [(480, 810)]


def test_exceptions_are_days_as_excel_counts_them():
    found = calendar(calendar_data("", off(46447) + "(0||1(d|46448)((0||0(s|08:00|f|12:00)())))")).exceptions
    assert found == {date(2027, 3, 1): [], date(2027, 3, 2): [(480, 720)]}


def test_the_separators_of_old_versions_are_read():
    text = calendar_data().replace("()(", "()\x7f(\x7f\x7f  ")
    assert calendar(text).week[0] == OFFICE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        calendar_data(day(9)),
        calendar_data(day(2, "08:61-12:00")),
        calendar_data(day(2, "08:00-26:00")),
        calendar_data("(0||2()((0||0(s|08:00)())))"),
        calendar_data("", off(999999999)),
        calendar_data("", "(0||0(d|tomorrow)())"),
        "(0||a()(" * 50,
    ],
)
def test_a_text_that_is_no_calendar_is_refused(text):
    with pytest.raises(CalendarTextError):
        calendar(text)


def test_a_calendar_inherits_exceptions_and_its_own_count_first(tmp_path):
    base = {"clndr_id": 20, "clndr_name": "Company", "clndr_data": calendar_data("", off(46447) + off(46448))}
    own = "(0||0(d|46448)((0||0(s|08:00|f|12:00)())))" + off(46449)
    child = {**CALENDAR, "base_clndr_id": 20, "clndr_data": calendar_data(day(2), own)}
    (schedule,) = read_xer(write(tmp_path, plan([activity("A")], CALENDAR=[child, base])))
    found = schedule.calendars["10"]
    assert found.exceptions == {date(2027, 3, 1): [], date(2027, 3, 2): [(480, 720)], date(2027, 3, 3): []}
    assert found.week[1] == []


def test_calendars_that_inherit_in_a_circle_end(tmp_path):
    first = {**CALENDAR, "base_clndr_id": 20}
    second = {**CALENDAR, "clndr_id": 20, "base_clndr_id": 10}
    (schedule,) = read_xer(write(tmp_path, plan([activity("A")], CALENDAR=[first, second])))
    assert schedule.calendars["10"].week[0] == OFFICE


@pytest.mark.parametrize("text", ["broken", "(0||CalendarData()(", calendar_data()[:150]])
def test_a_calendar_in_use_that_cannot_be_read_is_re810(tmp_path, text):
    path = write(tmp_path, plan([activity("A")], CALENDAR=[{**CALENDAR, "clndr_data": text}]))
    with pytest.raises(ScenarioError, match="RE810"):
        read_xer(path)


def test_a_calendar_whose_end_is_missing_is_read_with_a_note(tmp_path):
    cut = calendar_data("", off(46447))[:-12]
    (schedule,) = read_xer(write(tmp_path, plan([activity("A")], CALENDAR=[{**CALENDAR, "clndr_data": cut}])))
    assert schedule.calendars["10"].week[0] == OFFICE
    assert any("the end, which is missing" in note for note in schedule.notes)


def test_a_calendar_without_working_days_gets_the_usual_ones_and_a_note(tmp_path):
    never = {**CALENDAR, "clndr_data": calendar_data(day(1, ""))}
    (schedule,) = read_xer(write(tmp_path, plan([activity("A")], CALENDAR=[never])))
    assert schedule.calendars["10"].week[:5] == [OFFICE] * 5
    assert any("without working days" in note for note in schedule.notes)


def test_a_calendar_that_nobody_uses_may_be_broken(tmp_path):
    broken = {"clndr_id": 30, "clndr_name": "Broken", "clndr_data": "broken"}
    (schedule,) = read_xer(write(tmp_path, plan([activity("A")], CALENDAR=[CALENDAR, broken])))
    assert list(schedule.calendars) == ["10"]


def test_activities_of_a_missing_calendar_have_that_of_the_project(tmp_path):
    (schedule,) = read_xer(write(tmp_path, plan([activity("A", clndr_id=99)])))
    assert schedule.tasks[0].calendar == "10"
    assert any("calendar is not in the file" in note for note in schedule.notes)
