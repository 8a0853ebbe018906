"""Which of several exceptions of a Microsoft Project calendar decides a day: every ordered pair of kinds."""

import itertools
from datetime import date

import pytest

from riskengine.errors import ScenarioError
from tests.unit.importers.msproject.mspdi_text import WEEK, calendar, exception, imported, project, task

FRIDAY = date(2027, 3, 5)
SHORT = "<WorkingTime><FromTime>09:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
OFF, MORNING = [], [(540, 720)]
YEAR, YEARS = ("2027-01-01", "2027-12-31"), ("2027-01-01", "2030-12-31")

# All of them name Friday 5 March 2027; from the weakest to the strongest.
KINDS = {
    "weekly": (("2027-03-01", "2027-06-30"), {"Type": 6, "Period": 1, "DaysOfWeek": 32}),
    "every other week": (("2027-03-05", "2027-06-30"), {"Type": 6, "Period": 2, "DaysOfWeek": 32}),
    "monthly": (YEAR, {"Type": 4, "Period": 1, "MonthDay": 5}),
    "monthly by position": (YEAR, {"Type": 5, "Period": 1, "MonthItem": 8, "MonthPosition": 0}),
    "yearly": (YEARS, {"Type": 2, "Month": 2, "MonthDay": 5}),
    "yearly by position": (YEARS, {"Type": 3, "Month": 2, "MonthItem": 8, "MonthPosition": 0}),
    "every other day": (("2027-03-01", "2027-03-31"), {"Type": 1, "Period": 2}),
    "every other day by number": (("2027-03-01", "2027-03-31"), {"Type": 7, "Period": 2}),
    "period": (("2027-03-03", "2027-03-09"), {"Type": 1}),
    "shorter period": (("2027-03-04", "2027-03-05"), {"Type": 1}),
    "day": (("2027-03-05", "2027-03-05"), {"Type": 1}),
}
STRENGTH = dict(zip(KINDS, (1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7), strict=True))


def of_kind(kind, times=""):
    (first, last), fields = KINDS[kind]
    return exception(first, last, times, EnteredByOccurrences=0, **fields)


def on_friday(folder, *exceptions, more="", calendars=None):
    inside = f"<Exceptions>{''.join(exceptions)}</Exceptions>{more}"
    schedule = imported(folder, project(task(1), calendars or calendar(more=inside)))
    said = [note for note in schedule.notes if "contradicts" in note]
    return schedule.calendars[schedule.default_calendar].exceptions.get(FRIDAY), said


@pytest.mark.parametrize(("first", "second"), tuple(itertools.product(KINDS, KINDS)))
@pytest.mark.parametrize("is_first_off", [True, False])
def test_the_stronger_kind_holds_whichever_stands_first(tmp_path, first, second, is_first_off):
    times = ("", SHORT) if is_first_off else (SHORT, "")
    found, notes = on_friday(tmp_path, of_kind(first, times[0]), of_kind(second, times[1]))
    is_first = STRENGTH[first] > STRENGTH[second]
    assert found == (OFF if is_first is is_first_off else MORNING)
    is_doubtful = STRENGTH[first] == STRENGTH[second] or max(STRENGTH[first], STRENGTH[second]) < STRENGTH["period"]
    assert bool(notes) is is_doubtful


@pytest.mark.parametrize("kinds", tuple(itertools.permutations(("weekly", "monthly", "yearly", "day"))))
def test_of_many_the_strongest_holds(tmp_path, kinds):
    found, _ = on_friday(tmp_path, *(of_kind(kind, SHORT if kind == "day" else "") for kind in kinds))
    assert found == MORNING


@pytest.mark.parametrize("kind", KINDS)
def test_two_that_say_the_same_contradict_nobody(tmp_path, kind):
    assert on_friday(tmp_path, of_kind(kind, SHORT), of_kind("weekly", SHORT)) == (MORNING, [])


@pytest.mark.parametrize("type", ["0", "1", "9"])
def test_a_period_of_days_is_no_pattern_whatever_its_type_is_called(tmp_path, type):
    worked = exception("2027-03-05", "2027-03-08", SHORT, Type=type, Period=1)
    for order in ((worked, of_kind("weekly")), (of_kind("weekly"), worked)):
        assert on_friday(tmp_path, *order) == (MORNING, [])


def test_a_pattern_that_occurs_once_is_a_single_day(tmp_path):
    once = exception("2027-03-05", "2027-03-05", SHORT, Type=6, Period=1, DaysOfWeek=32)
    for order in ((once, of_kind("yearly")), (of_kind("yearly"), once)):
        assert on_friday(tmp_path, *order)[0] == MORNING


@pytest.mark.parametrize("kind", KINDS)
def test_an_exception_of_any_kind_beats_a_week_that_differs_for_a_while(tmp_path, kind):
    day = f"<WeekDay><DayType>6</DayType><DayWorking>1</DayWorking><WorkingTimes>{SHORT}</WorkingTimes></WeekDay>"
    week = (
        "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2027-03-01T00:00:00</FromDate><ToDate>2027-03-07T23:59:00</ToDate>"
        f"</TimePeriod><WeekDays>{day}</WeekDays></WorkWeek></WorkWeeks>"
    )
    assert on_friday(tmp_path, of_kind(kind), more=week)[0] == OFF
    assert on_friday(tmp_path, more=week)[0] == MORNING


@pytest.mark.parametrize(("own", "base"), tuple(itertools.product(KINDS, KINDS)))
def test_a_derived_calendar_s_own_exception_beats_any_of_its_base(tmp_path, own, base):
    base_calendar = calendar(more=f"<Exceptions>{of_kind(base)}</Exceptions>")
    crew = calendar(2, "Crew", 1, "", f"<Exceptions>{of_kind(own, SHORT)}</Exceptions>")
    schedule = imported(tmp_path, project(task(1, CalendarUID=2), base_calendar + crew))
    assert schedule.calendars["Crew"].exceptions[FRIDAY] == MORNING
    assert schedule.calendars["Standard"].exceptions[FRIDAY] == OFF


CREW = calendar(4, "Crew", -65533, WEEK)
PERSON = "<Resource><UID>7</UID><Name>Ann</Name><Type>1</Type><CalendarUID>4</CalendarUID></Resource>"
WORKS = "<Assignment><TaskUID>1</TaskUID><ResourceUID>7</ResourceUID><Units>1</Units></Assignment>"


@pytest.mark.parametrize("person", ["", PERSON])
@pytest.mark.parametrize("assignments", ["", WORKS.replace("<TaskUID>1", "<TaskUID>0")])
def test_a_base_that_is_missing_is_noted_where_nobody_works_on_the_calendar(tmp_path, person, assignments):
    schedule = imported(tmp_path, project(task(1), calendar() + CREW, person, assignments))
    assert len([note for note in schedule.notes if "unknown base calendar -65533" in note]) == 1
    assert [resource.calendar for resource in schedule.resources.values()] == [""] * bool(person)


@pytest.mark.parametrize("field", [{"CalendarUID": 4}, {}])
def test_a_base_that_is_missing_is_a_fault_where_somebody_works_on_the_calendar(tmp_path, field):
    with pytest.raises(ScenarioError) as caught:
        imported(tmp_path, project(task(1, **field), calendar() + CREW, PERSON, "" if field else WORKS))
    assert [(issue.code, issue.path) for issue in caught.value.issues] == [("RE841", "Calendar.BaseCalendarUID")]
