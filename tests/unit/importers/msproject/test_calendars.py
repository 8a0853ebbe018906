"""Calendars of Microsoft Project XML: bases, exceptions, recurring exceptions, work weeks."""

from datetime import date, timedelta

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.msproject import calendars as mspdi_calendars
from tests.unit.importers.msproject.mspdi_text import WEEK, calendar, exception, imported, project, task, week_day

DAY = [(480, 720), (780, 1020)]
SHORT = "<WorkingTime><FromTime>09:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
NIGHT = "<WorkingTime><FromTime>20:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime>"
FULL = "<WorkingTime><FromTime>00:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime>"


def read(folder, *exceptions, name="Standard", calendars=None, more=""):
    inside = f"<Exceptions>{''.join(exceptions)}</Exceptions>{more}"
    text = project(task(1), calendars or calendar(more=inside))
    return imported(folder, text).calendars[name]


def off(found):
    return [day for day, times in found.exceptions.items() if not times]


def test_the_week_begins_on_monday_and_midnight_ends_a_day(tmp_path):
    week = "<WeekDays>" + week_day(1, NIGHT) + week_day(2) + week_day(3, FULL) + "</WeekDays>"
    found = read(tmp_path, calendars=calendar(week=week))
    assert found.week == [DAY, [(0, 1440)], [], [], [], [], [(1200, 1440)]]
    assert found.hours_per_day == 8


def test_exceptions_are_days_off_and_days_of_other_hours(tmp_path):
    found = read(tmp_path, exception("2027-03-01", "2027-03-03"), exception("2027-03-04", times=SHORT))
    assert found.exceptions == {
        date(2027, 3, 1): [],
        date(2027, 3, 2): [],
        date(2027, 3, 3): [],
        date(2027, 3, 4): [(540, 720)],
    }


def test_an_exception_that_changes_nothing_is_not_kept(tmp_path):
    assert read(tmp_path, exception("2027-03-06", "2027-03-07")).exceptions == {}


def test_exceptions_before_2007_stand_among_the_days_of_the_week(tmp_path):
    old = (
        "<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod><FromDate>2027-03-01T00:00:00</FromDate>"
        "<ToDate>2027-03-01T23:59:00</ToDate></TimePeriod></WeekDay>"
    )
    week = WEEK.replace("</WeekDays>", old + "</WeekDays>")
    assert off(read(tmp_path, calendars=calendar(week=week))) == [date(2027, 3, 1)]
    # Newer files have both, and say the same twice.
    both = calendar(week=week, more=f"<Exceptions>{exception('2027-03-02')}</Exceptions>")
    assert off(read(tmp_path, calendars=both)) == [date(2027, 3, 2)]


def test_a_calendar_inherits_days_and_exceptions_and_overrides_them(tmp_path):
    base = calendar(more=f"<Exceptions>{exception('2027-03-01')}{exception('2027-03-02')}</Exceptions>")
    own = calendar(
        2,
        "Crew",
        1,
        "<WeekDays>" + week_day(7, SHORT) + "</WeekDays>",
        f"<Exceptions>{exception('2027-03-02', times=SHORT)}</Exceptions>",
    )
    crew = imported(tmp_path, project(task(1, CalendarUID=2), base + own)).calendars["Crew"]
    assert crew.week == [DAY] * 5 + [[(540, 720)], []]
    assert crew.exceptions == {date(2027, 3, 1): [], date(2027, 3, 2): [(540, 720)]}


def test_a_week_that_differs_for_a_while_gives_way_to_exceptions(tmp_path):
    days = week_day(2, SHORT) + week_day(3, SHORT)
    week = (
        "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2027-03-01T00:00:00</FromDate><ToDate>2027-03-07T23:59:00</ToDate>"
        f"</TimePeriod><Name>Easter</Name><WeekDays>{days}</WeekDays></WorkWeek></WorkWeeks>"
    )
    found = read(tmp_path, exception("2027-03-02"), more=week)
    assert found.exceptions == {
        date(2027, 3, 1): [(540, 720)],
        date(2027, 3, 2): [],
        **{date(2027, 3, day): [] for day in (3, 4, 5)},
    }


EVERY_DAY = "<WeekDays>" + "".join(week_day(n) for n in range(1, 8)) + "</WeekDays>"


@pytest.mark.parametrize(
    ("first", "last", "fields", "days"),
    [
        ("2027-03-01", "2027-03-10", {"Type": 1, "Period": 3}, ["03-01", "03-04", "03-07", "03-10"]),
        ("2027-03-01", "2027-03-31", {"Type": 7, "Period": 14}, ["03-01", "03-15", "03-29"]),
        ("2027-03-01", "2027-03-15", {"Type": 6, "Period": 1, "DaysOfWeek": 2}, ["03-01", "03-08", "03-15"]),
        # Monday and Sunday of every other week; weeks begin on Sunday.
        (
            "2027-03-01",
            "2027-03-31",
            {"Type": 6, "Period": 2, "DaysOfWeek": 3},
            ["03-01", "03-14", "03-15", "03-28", "03-29"],
        ),
        ("2027-01-01", "2027-06-30", {"Type": 4, "Period": 2, "MonthDay": 31}, ["01-31", "03-31", "05-31"]),
        ("2027-01-15", "2027-04-30", {"Type": 4, "Period": 1, "MonthDay": 10}, ["02-10", "03-10", "04-10"]),
        # Item 4 is Monday: 3 is Sunday, 9 Saturday. Position 0 is the first, 4 the last.
        ("2027-01-01", "2027-03-31", {"Type": 5, "MonthItem": 4, "MonthPosition": 0}, ["01-04", "02-01", "03-01"]),
        ("2027-01-01", "2027-03-31", {"Type": 5, "MonthItem": 8, "MonthPosition": 4}, ["01-29", "02-26", "03-26"]),
        ("2027-01-01", "2027-03-31", {"Type": 5, "MonthItem": 1, "MonthPosition": 0}, ["01-01", "02-01", "03-01"]),
        ("2027-01-01", "2027-03-31", {"Type": 5, "MonthItem": 2, "MonthPosition": 1}, ["01-03", "02-07", "03-07"]),
        ("2026-06-01", "2027-12-31", {"Type": 2, "Month": 11, "MonthDay": 25}, ["2026-12-25", "12-25"]),
        ("2027-01-01", "2027-12-31", {"Type": 3, "Month": 4, "MonthItem": 4, "MonthPosition": 4}, ["05-31"]),
        (
            "2027-03-01",
            "2027-12-31",
            {"Type": 6, "DaysOfWeek": 2, "EnteredByOccurrences": 1, "Occurrences": 2},
            ["03-01", "03-08"],
        ),
        (
            "2027-03-01",
            "2027-03-09",
            {"Type": 6, "DaysOfWeek": 2, "EnteredByOccurrences": 0, "Occurrences": 9},
            ["03-01", "03-08"],
        ),
    ],
)
def test_recurring_exceptions_fall_on_their_days(tmp_path, first, last, fields, days):
    inside = f"<Exceptions>{exception(first, last, **fields)}</Exceptions>"
    found = read(tmp_path, calendars=calendar(week=EVERY_DAY, more=inside))
    assert off(found) == [date.fromisoformat(day if len(day) > 5 else f"2027-{day}") for day in days]


@pytest.mark.parametrize(
    "fields",
    [
        {"Type": 77},
        {"Type": 6, "DaysOfWeek": 0},
        {"Type": 6, "DaysOfWeek": 128},
        {"Type": 2, "Month": 12},
        {"Type": 4, "MonthDay": 32},
        {"Type": 5, "MonthItem": 10},
        {"Type": 5, "MonthPosition": 5},
    ],
)
def test_a_pattern_that_means_nothing_is_refused(tmp_path, fields):
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, exception("2027-01-01", "2027-12-31", **fields))
    assert {issue.code for issue in refused.value.issues} == {"RE837"}


def test_exceptions_without_end_are_cut_where_the_tool_ends(tmp_path):
    found = read(tmp_path, exception("1901-01-01", "2199-12-31", times=SHORT))
    assert min(found.exceptions) == date(1984, 1, 1)
    assert max(found.exceptions) - min(found.exceptions) == timedelta(60630)


def test_too_many_days_of_exceptions_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(mspdi_calendars, "MOST_DAYS", 1000)
    with pytest.raises(ScenarioError) as refused:
        read(tmp_path, exception("2020-01-01", "2030-12-31"))
    assert refused.value.issues[0].code == "RE842"


def test_a_calendar_without_days_has_the_usual_week_and_says_so(tmp_path):
    schedule = imported(tmp_path, project(task(1), calendar(week="")))
    assert schedule.calendars["Standard"].week == [DAY] * 5 + [[], []]
    assert "no week days in the file" in schedule.notes[0]


def test_the_minutes_of_the_working_day_are_the_project_s(tmp_path):
    assert imported(tmp_path, project(task(1), MinutesPerDay=450)).calendars["Standard"].hours_per_day == 7.5


# As Microsoft Project 2013 wrote them: it gives the last day and the number of occurrences itself.
WRITTEN = [
    ("2000-02-01", "2000-02-10", 4, {"Type": 7, "Period": 3}),
    ("2000-04-01", "2000-05-06", 6, {"Type": 7, "Period": 7}),
    ("2001-01-01", "2001-01-15", 3, {"Type": 6, "Period": 1, "DaysOfWeek": 2}),
    ("2001-01-01", "2001-02-13", 4, {"Type": 6, "Period": 2, "DaysOfWeek": 4}),
    ("2001-01-01", "2001-03-28", 5, {"Type": 6, "Period": 3, "DaysOfWeek": 8}),
    ("2001-01-01", "2001-05-24", 6, {"Type": 6, "Period": 4, "DaysOfWeek": 16}),
    ("2001-01-01", "2001-10-27", 8, {"Type": 6, "Period": 6, "DaysOfWeek": 64}),
    ("2001-01-01", "2002-03-17", 9, {"Type": 6, "Period": 7, "DaysOfWeek": 1}),
    ("2002-01-01", "2002-05-06", 3, {"Type": 5, "Period": 2, "MonthItem": 4, "MonthPosition": 0}),
    ("2002-01-01", "2002-10-08", 4, {"Type": 5, "Period": 3, "MonthItem": 5, "MonthPosition": 1}),
    ("2002-01-01", "2004-02-26", 6, {"Type": 5, "Period": 5, "MonthItem": 7, "MonthPosition": 3}),
    ("2002-01-01", "2005-01-28", 7, {"Type": 5, "Period": 6, "MonthItem": 8, "MonthPosition": 4}),
    ("2002-01-01", "2006-02-04", 8, {"Type": 5, "Period": 7, "MonthItem": 9, "MonthPosition": 0}),
    ("2002-01-01", "2007-05-13", 9, {"Type": 5, "Period": 8, "MonthItem": 3, "MonthPosition": 1}),
    ("2003-01-01", "2003-05-01", 3, {"Type": 4, "Period": 2, "MonthDay": 1}),
    ("2003-01-01", "2005-02-04", 6, {"Type": 4, "Period": 5, "MonthDay": 4}),
    ("2004-01-01", "2007-03-06", 4, {"Type": 3, "Month": 2, "MonthItem": 5, "MonthPosition": 0}),
    ("2004-01-01", "2009-05-21", 6, {"Type": 3, "Month": 4, "MonthItem": 7, "MonthPosition": 2}),
    ("2005-01-01", "2007-02-01", 3, {"Type": 2, "Month": 1, "MonthDay": 1}),
]


@pytest.mark.parametrize(("first", "last", "count", "fields"), WRITTEN)
def test_a_pattern_ends_on_the_day_and_has_the_number_that_the_tool_wrote(tmp_path, first, last, count, fields):
    for bound, more in ((last, {}), ("2030-12-31", {"EnteredByOccurrences": 1, "Occurrences": count})):
        inside = f"<Exceptions>{exception(first, bound, **fields, **more)}</Exceptions>"
        found = off(read(tmp_path, calendars=calendar(week=EVERY_DAY, more=inside)))
        assert (found[-1], len(found)) == (date.fromisoformat(last), count)


@pytest.mark.parametrize(
    ("odd", "note"),
    [
        ("<Exception><DayWorking>0</DayWorking></Exception>", "1 exception or week without both dates"),
        (
            exception("2027-03-09", "2027-03-05"),
            "1 exception or week without both dates, or with the last before the first: left out",
        ),
        (
            "<Exception><TimePeriod><FromDate>2027-03-05T00:00:00</FromDate></TimePeriod></Exception>",
            "1 exception or week without both dates",
        ),
        (
            exception("2027-03-05", times=SHORT).replace("<DayWorking>1", "<DayWorking>0"),
            "1 day has working times but DayWorking says that nobody works: nobody does",
        ),
        (
            exception("2027-03-06", times=SHORT).replace(f"<WorkingTimes>{SHORT}</WorkingTimes>", ""),
            "1 day is worked but has no working times: 08:00-12:00 and 13:00-17:00 assumed",
        ),
    ],
)
def test_days_that_contradict_themselves_are_told(tmp_path, odd, note):
    schedule = imported(tmp_path, project(task(1), calendar(more=f"<Exceptions>{odd}</Exceptions>")))
    assert any(note in each for each in schedule.notes), schedule.notes


def test_a_day_that_is_not_worked_has_no_times_whatever_stands_there(tmp_path):
    idle = exception("2027-03-05", times=SHORT).replace("<DayWorking>1", "<DayWorking>0")
    assert off(read(tmp_path, idle)) == [date(2027, 3, 5)]


@pytest.mark.parametrize("tag", ["FromTime", "ToTime"])
def test_a_working_time_without_its_begin_or_its_end_is_re842(tmp_path, tag):
    half = SHORT.replace(f"<{tag}>{'09' if tag == 'FromTime' else '12'}:00:00</{tag}>", "")
    with pytest.raises(ScenarioError, match="RE842"):
        read(tmp_path, exception("2027-03-05", times=half))
    assert off(read(tmp_path, exception("2027-03-05", times="<WorkingTime></WorkingTime>"))) == [date(2027, 3, 5)]
