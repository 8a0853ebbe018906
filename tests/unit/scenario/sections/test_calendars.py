"""Calendars: patterns, night shifts, exceptions, inheritance, and the impossible ones."""

from datetime import date

import pytest

from riskengine.scenario.values.shifts import day_text
from tests.support.scenario_text import TASK, faults, issues, only, read_text

OFFICE = "08:00-12:00 13:00-17:00"


def calendar(text, name="c"):
    """Return a calendar of a scenario whose calendars are `text`."""
    return read_text(TASK + text).calendars[name]


def week(pattern):
    """Return the days of a week written as `pattern`, as text."""
    return [day_text(day) for day in calendar(f"[calendars.c]\nweek = {pattern}\n").week]


def test_the_standard_calendar_is_forty_hours():
    standard = read_text(TASK).calendars["standard"]
    assert [day_text(day) for day in standard.week] == [OFFICE] * 5 + ["off"] * 2
    assert standard.hours_per_day == 8


def test_round_the_clock_is_built_in():
    scenario = read_text("calendar = '24h'\n" + TASK)
    assert scenario.calendars["24h"].week == (((0, 1440),),) * 7
    assert scenario.calendars["24h"].hours_per_day == 24
    assert list(scenario.calendars) == ["24h"]


def test_built_in_calendars_are_listed_where_they_are_used():
    assert list(read_text("lag_calendar = '24h'\n" + TASK).calendars) == ["24h", "standard"]
    scenario = read_text("calendar = 'c'\n" + TASK + "[calendars.c]\nweek = 'mon 08:00-09:00'\n")
    assert list(scenario.calendars) == ["c"]


def test_a_file_can_define_a_built_in_calendar_anew():
    assert calendar("[calendars.standard]\nweek = 'mon-thu 09:00-17:00'\n", "standard").hours_per_day == 8


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (f"'mon-fri {OFFICE}'", [OFFICE] * 5 + ["off"] * 2),
        ("['mon-thu 08:00-16:00', 'fri 08:00-13:00']", ["08:00-16:00"] * 4 + ["08:00-13:00", "off", "off"]),
        ("'mon,wed,fri 8:00-16:00'", ["08:00-16:00", "off"] * 2 + ["08:00-16:00", "off", "off"]),
        ("'sat-mon 08:00-16:00'", ["08:00-16:00"] + ["off"] * 4 + ["08:00-16:00"] * 2),
        ("'mon-sun 00:00-24:00'", ["00:00-24:00"] * 7),
        ("'mon 16:00-00:00'", ["16:00-24:00"] + ["off"] * 6),
        ("'mon 22:00-06:00'", ["22:00-24:00", "00:00-06:00"] + ["off"] * 5),
        ("'sun 22:00-06:00'", ["00:00-06:00"] + ["off"] * 5 + ["22:00-24:00"]),
        ("'mon 13:00-17:00 08:00-12:00'", [OFFICE] + ["off"] * 6),
        ("'mon 08:00-12:00 12:00-16:00'", ["08:00-16:00"] + ["off"] * 6),
        ("['mon 08:00-16:00', 'tue off']", ["08:00-16:00"] + ["off"] * 6),
        ("'Mon-Tue 08:00-16:00'", ["08:00-16:00"] * 2 + ["off"] * 5),
    ],
)
def test_weeks_are_written_as_days_and_shifts(pattern, expected):
    assert week(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "hours"),
    [
        ("['mon-thu 08:00-17:00', 'fri 08:00-13:00']", 9),
        ("['mon 08:00-12:00', 'tue 08:00-16:00']", 8),
        ("['mon,tue 08:00-12:00', 'wed,thu 08:00-16:00', 'fri 06:00-22:00']", 8),
    ],
)
def test_a_day_is_the_commonest_working_day_and_of_equals_the_longest(pattern, hours):
    assert calendar(f"[calendars.c]\nweek = {pattern}\n").hours_per_day == hours


def test_holidays_ranges_and_exceptions_replace_whole_days():
    text = f"""
        [calendars.c]
        week = "mon-fri {OFFICE}"
        holidays = ["2027-12-24..2027-12-26", 2027-04-05]
        exceptions = {{"2027-05-08" = "09:00-12:00", "2027-06-01..2027-06-02" = "off"}}
        """
    found = calendar(text).exceptions
    assert {day.isoformat(): day_text(shifts) for day, shifts in found.items()} == {
        "2027-04-05": "off",
        "2027-05-08": "09:00-12:00",
        "2027-06-01": "off",
        "2027-06-02": "off",
        "2027-12-24": "off",
        "2027-12-25": "off",
        "2027-12-26": "off",
    }
    assert list(found) == sorted(found)


def test_a_single_date_wins_over_a_range_and_a_range_over_a_holiday():
    text = """
        [calendars.c]
        week = "mon-fri 08:00-16:00"
        holidays = ["2027-12-20..2027-12-31"]
        exceptions = {"2027-12-22..2027-12-24" = "08:00-12:00", "2027-12-23" = "08:00-10:00"}
        """
    found = calendar(text).exceptions
    days = [day_text(found[date(2027, 12, day)]) for day in (21, 22, 23, 24, 27)]
    assert days == ["off", "08:00-12:00", "08:00-10:00", "08:00-12:00", "off"]


def test_a_calendar_extends_another_and_adds_to_it():
    text = """
        [calendars.site]
        week = "mon-sat 07:00-17:00"
        holidays = ["2027-04-05", "2027-06-01"]
        [calendars.c]
        extends = "site"
        holidays = ["2027-05-01"]
        exceptions = {"2027-04-05" = "08:00-10:00"}
        """
    found = calendar(text)
    assert found.week == calendar(text, "site").week
    assert found.hours_per_day == 10
    assert {day.isoformat(): day_text(shifts) for day, shifts in found.exceptions.items()} == {
        "2027-04-05": "08:00-10:00",
        "2027-05-01": "off",
        "2027-06-01": "off",
    }


def test_a_calendar_with_a_week_of_its_own_counts_its_own_hours():
    text = "[calendars.b]\nweek = 'mon 08:00-18:00'\nhours_per_day = 12\n"
    assert calendar(text + "[calendars.c]\nextends = 'b'\n").hours_per_day == 12
    assert calendar(text + "[calendars.c]\nextends = 'b'\nweek = 'mon 08:00-12:00'\n").hours_per_day == 4


def test_a_calendar_can_extend_a_built_in_one():
    assert calendar("[calendars.c]\nextends = 'standard'\nholidays = ['2027-04-05']\n").hours_per_day == 8


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("week = 'mon-fri 08:00-12:00 11:00-17:00'", "RE231", "week"),
        ("week = ['mon 22:00-06:00', 'tue 05:00-08:00']", "RE231", "week"),
        ("week = 'mon 06:00-05:00 04:00-07:00'", "RE231", "week"),
        ("week = ['mon-fri 08:00-16:00', 'fri off']", "RE231", "week"),
        ("week = 'mon-sun off'", "RE232", "week"),
        ("week = []", "RE232", "week"),
        ("week = 'mon-fri 08:00-25:00'", "RE230", "week"),
        ("week = 'mon-fri 08:60-12:00'", "RE230", "week"),
        ("week = 'mon-fri 08:00-08:00'", "RE230", "week"),
        ("week = 'mon-fri 24:00-08:00'", "RE230", "week"),
        ("week = 'mon-fri 8-12'", "RE230", "week"),
        ("week = 'mon-fri'", "RE230", "week"),
        ("week = 'monday 08:00-12:00'", "RE230", "week"),
        ("week = 'mon,mon 08:00-12:00'", "RE230", "week"),
        ("week = '08:00-12:00'", "RE230", "week"),
        ("week = ''", "RE230", "week"),
        ("week = ['mon 08:00-09:00', 'x']", "RE230", "week[1]"),
        ("week = 5", "RE113", "week"),
        ("name = 'x'", "RE112", "week"),
        ("week = 'mon 08:00-09:00'\nhours_per_day = 0", "RE233", "hours_per_day"),
        ("week = 'mon 08:00-09:00'\nhours_per_day = 25", "RE233", "hours_per_day"),
        ("week = 'mon 08:00-09:00'\nholidays = ['2028-01-02..2027-12-24']", "RE236", "holidays[0]"),
        ("week = 'mon 08:00-09:00'\nholidays = ['2000-01-01..2027-12-24']", "RE236", "holidays[0]"),
        ("week = 'mon 08:00-09:00'\nholidays = ['2027-02-29']", "RE120", "holidays[0]"),
        ("week = 'mon 08:00-09:00'\nholidays = [2027-02-28T08:00:00]", "RE120", "holidays[0]"),
        ("week = 'mon 08:00-09:00'\nholidays = [5]", "RE120", "holidays[0]"),
        ("week = 'mon 08:00-09:00'\nexceptions.x = 'off'", "RE120", "exceptions.x"),
        ("week = 'mon 08:00-09:00'\nexceptions.2027-05-08 = '9-12'", "RE230", "exceptions.2027-05-08"),
        ("week = 'mon 08:00-09:00'\nexceptions.2027-05-08 = '22:00-06:00'", "RE230", "exceptions.2027-05-08"),
        ("week = 'mon 08:00-09:00'\nexceptions.2027-05-08 = '8:00-9:00 8:30-10:00'", "RE231", "exceptions.2027-05-08"),
        ("week = 'mon 08:00-09:00'\nexceptions.2027-05-08 = 5", "RE113", "exceptions.2027-05-08"),
        ("extends = 'nowhere'", "RE234", "extends"),
    ],
)  # fmt: skip
def test_impossible_calendars_are_refused(text, code, path):
    assert faults(TASK + "[calendars.c]\n" + text + "\n") == [(code, f"calendars.c.{path}")]


def test_one_overlap_of_several_days_is_told_once_with_its_days():
    issue = only(TASK + "[calendars.c]\nweek = 'mon-wed 08:00-12:00 11:00-17:00'\n")
    assert issue.value == '"mon,tue,wed 08:00-12:00 and 11:00-17:00"'


def test_two_ranges_that_disagree_about_a_day_are_refused():
    text = "[calendars.c]\nweek = 'mon 08:00-09:00'\n[calendars.c.exceptions]\n"
    ranges = "'2027-05-01..2027-05-05' = '08:00-10:00'\n'2027-05-04..2027-05-09' = 'off'\n"
    assert only(TASK + text + ranges).code == "RE237"
    assert not issues(TASK + text + ranges.replace("08:00-10:00", "off"))


def test_calendars_that_extend_each_other_are_refused_with_the_circle():
    text = "[calendars.a]\nextends = 'b'\n[calendars.b]\nextends = 'c'\n[calendars.c]\nextends = 'b'\n"
    issue = only(TASK + text)
    assert issue.code == "RE235"
    assert issue.rule.endswith("b -> c -> b")


def test_a_long_chain_of_calendars_is_read_without_recursion():
    links = "".join(f"[calendars.c{n}]\nextends = 'c{n + 1}'\n" for n in range(3000))
    assert calendar(links + "[calendars.c3000]\nweek = 'mon 08:00-09:00'\n", "c0").hours_per_day == 1


@pytest.mark.parametrize("text", ["calendar = 'ofice'\n", "defaults.task.calendar = 'ofice'\n"])
def test_a_calendar_that_is_not_there_is_refused(text):
    issue = only(text + TASK + "[calendars.office]\nweek = 'mon 08:00-09:00'\n")
    assert issue.code == "RE234"
    assert issue.cure == 'did you mean "office"?'


def test_tasks_take_the_calendar_of_the_defaults_else_of_the_project():
    text = "[tasks.b]\nduration = 5\ncalendar = '24h'\n"
    scenario = read_text("defaults.task.calendar = '24h'\n" + TASK)
    assert (scenario.calendar, scenario.tasks["a"].calendar) == ("standard", "24h")
    scenario = read_text("calendar = 'standard'\n" + TASK + text)
    assert (scenario.tasks["a"].calendar, scenario.tasks["b"].calendar) == ("standard", "24h")
