"""Primavera P6 XML gives the same schedule as the XER file of the same project."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from riskengine.errors import ScenarioError
from riskengine.importers.mpxj.convert import convert
from riskengine.importers.p6.pmxml import read_pmxml
from riskengine.importers.p6.projects import read_xer
from tests.support.stored_dates import stored
from tests.unit.importers.mpxj.mpxj_here import needs_mpxj


def element(tag, more="", **fields):
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return f"<{tag}>{inside}{more}</{tag}>\n"


def shift(start, finish):
    return element("WorkTime", Start=start, Finish=finish)


def week(times):
    return element("StandardWorkWeek", "".join(element("StandardWorkHours", t, DayOfWeek=d) for d, t in times.items()))


DAY = shift("08:00:00", "11:59:00") + shift("13:00:00", "16:59:00")
OFFICE = dict.fromkeys(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"), DAY) | {"Saturday": "", "Sunday": ""}


def calendar(id=1, name="Office", days=OFFICE, exceptions="", **fields):
    holidays = element("HolidayOrExceptions", exceptions)
    return element("Calendar", week(days) + holidays, ObjectId=id, Name=name, HoursPerDay=8, **fields)


def activity(id, more="", **fields):
    given = {
        "ObjectId": id,
        "Id": f"A{id}",
        "Name": f"Activity {id}",
        "ProjectObjectId": 7,
        "CalendarObjectId": 1,
        "Type": "Task Dependent",
        "Status": "Not Started",
        "PlannedDuration": 40,
        "RemainingDuration": 40,
        **fields,
    }
    return element("Activity", more, **given)


def relationship(before, after, type="Finish to Start", lag=0):
    return element(
        "Relationship",
        PredecessorActivityObjectId=before,
        SuccessorActivityObjectId=after,
        PredecessorProjectObjectId=7,
        SuccessorProjectObjectId=7,
        Type=type,
        Lag=lag,
    )


def project(inside, outside=None, **fields):
    given = {
        "ObjectId": 7,
        "Id": "PLANT",
        "Name": "New plant",
        "PlannedStartDate": "2027-03-01T00:00:00",
        "DataDate": "2027-03-01T08:00:00",
        "ActivityDefaultCalendarObjectId": 1,
        "RelationshipLagCalendar": "Predecessor Activity Calendar",
        **fields,
    }
    body = (outside if outside is not None else calendar()) + element("Project", inside, **given)
    space = "http://xmlns.oracle.com/Primavera/P6/V22.12/API/BusinessObjects"
    return f'<?xml version="1.0"?>\n<APIBusinessObjects xmlns="{space}">\n{body}</APIBusinessObjects>'


def imported(folder, text):
    path = folder / "plan.xml"
    path.write_text(text, encoding="utf-8")
    return read_pmxml(path, "plan.xml")


def only(folder, text):
    (schedule,) = imported(folder, text)
    return schedule


def by_id(schedule):
    return {task.id: task for task in schedule.tasks}


def test_a_stored_schedule_is_read():
    name = "mpxj-PredecessorCalendar.xml"
    (schedule,) = read_pmxml(stored(name), name)
    (task,) = schedule.tasks
    assert (schedule.id, schedule.name, schedule.data_date) == ("201020", "Test Project", datetime(2021, 5, 17, 22))
    assert schedule.calendars["12002"].week == [[(420, 720), (750, 930)]] * 5 + [[], []]
    assert (task.id, task.actual_start, task.actual_finish) == (
        "A1000",
        datetime(2021, 2, 5, 8),
        datetime(2021, 4, 19, 15, 30),
    )
    assert task.early_start == datetime(2021, 5, 17, 22)
    assert schedule.float_kind == "smallest"


@needs_mpxj
@pytest.mark.parametrize(
    "name",
    [
        "mpxj-PredecessorCalendar",
        "mpxj-SuccessorCalendar",
        "mpxj-ProjectDefaultCalendar",
        "mpxj-TwentyFourHourCalendar",
        "mpxj-percent-complete-8.4",
    ],
)
def test_it_gives_what_the_xer_file_of_the_same_project_gives(tmp_path, name):
    source = stored(f"{name}.xer")
    (xer,) = read_xer(source)
    (pmxml,) = read_pmxml(convert(source, source.name, tmp_path, "made.pmxml"), source.name)
    told = {"file": "", "notes": [], "float_kind": "finish", "must_finish": None}
    # The converter fills in early dates that the file does not have and leaves out those of finished work.
    undated = {"early_start": None, "early_finish": None, "late_start": None, "late_finish": None}
    xer, pmxml = (
        replace(schedule, tasks=[replace(task, **undated) for task in schedule.tasks], **told)
        for schedule in (xer, pmxml)
    )
    assert pmxml == replace(xer, currency=pmxml.currency)


@pytest.mark.parametrize(
    ("words", "type"),
    [
        ("Task Dependent", "task"),
        ("Resource Dependent", "task"),
        ("Start Milestone", "start milestone"),
        ("Finish Milestone", "finish milestone"),
        ("Level of Effort", "level of effort"),
        ("WBS Summary", "summary"),
    ],
)
def test_every_type_of_activity_is_known(tmp_path, words, type):
    hours = {} if "Milestone" not in words else {"PlannedDuration": 0, "RemainingDuration": 0}
    assert only(tmp_path, project(activity(1, Type=words, **hours))).tasks[0].type == type


@pytest.mark.parametrize(
    ("words", "type"),
    [
        ("Start On", "SO"),
        ("Start On or After", "SNET"),
        ("Start On or Before", "SNLT"),
        ("Finish On", "FO"),
        ("Finish On or After", "FNET"),
        ("Finish On or Before", "FNLT"),
        ("Mandatory Start", "MSO"),
        ("Mandatory Finish", "MFO"),
    ],
)
def test_every_constraint_is_known(tmp_path, words, type):
    row = activity(1, PrimaryConstraintType=words, PrimaryConstraintDate="2027-05-03T08:00:00")
    assert only(tmp_path, project(row)).tasks[0].constraints == [(type, datetime(2027, 5, 3, 8))]


def test_time_zones_of_dates_are_left_out_with_a_note(tmp_path):
    dates = {"RemainingEarlyStartDate": "2027-03-01T08:00:00Z", "RemainingEarlyFinishDate": "2027-03-05T17:00:00+02:00"}
    schedule = only(tmp_path, project(activity(1, **dates), DataDate="2027-03-01T08:00:00+0200"))
    zones = "Z (1), +02:00 (1), +0200 (1)"
    assert schedule.notes == [f"time zones of dates left out, as their times stand in the file: {zones}"]


def test_relationships_have_types_and_lags_in_hours(tmp_path):
    rows = activity(1) + activity(2)
    for words, type in (
        ("Finish to Start", "FS"),
        ("Start to Start", "SS"),
        ("Finish to Finish", "FF"),
        ("Start to Finish", "SF"),
    ):
        (link,) = by_id(only(tmp_path, project(rows + relationship(1, 2, words, -16))))["A2"].relationships
        assert (link.predecessor, link.type, link.lag, link.lag_unit) == ("A1", type, -16, "h")


def test_scheduling_options_stand_in_the_project_or_in_an_element_of_their_own(tmp_path):
    options = element(
        "ScheduleOptions",
        ProjectObjectId=7,
        RelationshipLagCalendar="24 Hour Calendar",
        ComputeTotalFloatType="Start Float = Late Start - Early Start",
        OutOfSequenceScheduleType="Progress Override",
        StartToStartLagCalculationType=0,
        MakeOpenEndedActivitiesCritical=1,
    )
    schedule = only(tmp_path, project(options + activity(1)))
    assert (schedule.lag_calendar, schedule.float_kind) == ("24h", "start")
    assert (schedule.out_of_sequence, schedule.start_lag) == ("progress override", "actual start")
    assert schedule.open_ends_critical
    fields = {"RelationshipLagCalendar": "Successor Activity Calendar", "OutOfSequenceScheduleType": "Actual Dates"}
    schedule = only(tmp_path, project(activity(1), MustFinishByDate="2027-09-01T17:00:00", **fields))
    assert (schedule.lag_calendar, schedule.out_of_sequence) == ("successor", "actual dates")
    assert schedule.must_finish == datetime(2027, 9, 1, 17)


def test_float_counts_from_a_scheduled_finish_after_everything_in_the_file(tmp_path):
    row = activity(1, EarlyStartDate="2027-03-01T08:00:00", EarlyFinishDate="2027-03-05T17:00:00")
    schedule = only(tmp_path, project(row, ScheduledFinishDate="2027-09-01T17:00:00"))
    assert schedule.must_finish == datetime(2027, 9, 1, 17)
    late = row.replace("</Activity>", "<LateFinishDate>2027-03-05T17:00:00</LateFinishDate></Activity>")
    assert only(tmp_path, project(late, ScheduledFinishDate="2027-09-01T17:00:00")).must_finish is None


def test_calendars_have_exceptions_and_end_with_the_minute_that_they_name(tmp_path):
    full = shift("00:00:00", "23:59:00")
    exceptions = element("HolidayOrException", Date="2027-03-02T00:00:00") + element(
        "HolidayOrException", full, Date="2027-03-06T00:00:00"
    )
    (found,) = only(tmp_path, project(activity(1), calendar(exceptions=exceptions))).calendars.values()
    assert found.week == [[(480, 720), (780, 1020)]] * 5 + [[], []]
    assert found.exceptions == {date(2027, 3, 2): [], date(2027, 3, 6): [(0, 1440)]}
    assert found.hours_per_day == 8


def test_a_calendar_may_name_the_end_itself(tmp_path):
    days = OFFICE | {"Monday": shift("08:00:00", "12:00:00") + shift("20:00:00", "00:00:00")}
    (found,) = only(tmp_path, project(activity(1), calendar(days=days))).calendars.values()
    assert found.week[0] == [(480, 720), (1200, 1440)]


def test_the_wbs_begins_with_the_project_whether_or_not_the_file_has_its_top(tmp_path):
    rows = element("WBS", ObjectId=11, ProjectObjectId=7, Code="CIVIL", Name="Civil works") + element(
        "WBS", ObjectId=12, ProjectObjectId=7, Code="DIG", Name="Digging", ParentObjectId=11
    )
    below = activity(1, WBSObjectId=12) + activity(2, WBSObjectId=11)
    wbs = {task.id: task.wbs for task in only(tmp_path, project(rows + below)).tasks}
    assert wbs == {"A1": "PLANT.CIVIL.DIG", "A2": "PLANT.CIVIL"}
    top = rows.replace("<Code>CIVIL</Code>", "<Code>PLANT</Code>")
    schedule = only(tmp_path, project(top + below))
    assert {task.id: task.wbs for task in schedule.tasks} == {"A1": "PLANT.DIG", "A2": "PLANT"}
    assert schedule.name == "Civil works"


def test_activity_codes_become_tags(tmp_path):
    codes = element("ActivityCodeType", ObjectId=5, Name="Phase") + element(
        "ActivityCode", ObjectId=6, CodeTypeObjectId=5, CodeValue="DES", Description="Design"
    )
    row = activity(1, element("Code", TypeObjectId=5, ValueObjectId=6))
    assert only(tmp_path, project(row, calendar() + codes)).tasks[0].tags == ["Phase=DES"]


def test_resources_have_rates_and_assignments_costs(tmp_path):
    people = element("Resource", ObjectId=3, Id="WELD", Name="Welders", ResourceType="Labor", CalendarObjectId=1)
    people += element("ResourceRate", ResourceObjectId=3, EffectiveDate="2020-01-01T00:00:00", PricePerUnit=40)
    job = element(
        "ResourceAssignment",
        ActivityObjectId=1,
        ResourceObjectId=3,
        ProjectObjectId=7,
        RemainingCost=3200,
        RemainingUnitsPerTime=2,
    )
    spent = element("ActivityExpense", ActivityObjectId=1, ProjectObjectId=7, RemainingCost=500, ActualCost=100)
    schedule = only(tmp_path, project(activity(1) + job + spent, calendar() + people))
    (task,) = schedule.tasks
    assert [(one.units, one.cost) for one in task.assignments] == [(2.0, 3200.0)]
    assert (task.fixed_cost, task.actual_cost) == (500.0, 100.0)
    assert [(one.id, one.rate) for one in schedule.resources.values()] == [("WELD", 40.0)]


def test_risks_have_their_activities_and_ratings(tmp_path):
    scale = element("RiskThresholdLevel", ObjectId=91, ThresholdType="Probability", Code="H")
    scale += element("RiskThresholdLevel", ObjectId=92, ThresholdType="Schedule", Code="VL")
    risk = element("Risk", ObjectId=61, ProjectObjectId=7, Id="R1", Name="Flood", Type="Threat", Status="Open")
    risk += element("ActivityRisk", ActivityObjectId=1, RiskObjectId=61)
    risk += "".join(element("RiskImpact", RiskObjectId=61, RiskThresholdLevelObjectId=level) for level in (91, 92))
    (found,) = only(tmp_path, project(activity(1) + risk, calendar() + scale)).risks
    assert (found.id, found.name, found.status, found.probability) == ("R1", "Flood", "open", 0.6)
    assert (found.tasks, found.is_opportunity) == (["A1"], False)
    assert "schedule very low" in found.description


def test_every_project_of_a_file_is_read_and_baselines_are_none(tmp_path):
    text = project(activity(1))
    other = element("Project", activity(1, ObjectId=31, ProjectObjectId=8), ObjectId=8, Id="TWO", DataDate="2027-04-01")
    base = element("BaselineProject", activity(1, ObjectId=51, ProjectObjectId=9), ObjectId=9, Id="BASE")
    head = element("ProjectList", '<Project ObjectId="7"><Id>PLANT</Id></Project>')
    found = imported(
        tmp_path, text.replace("<Calendar>", head + "<Calendar>", 1).replace("</API", other + base + "</API")
    )
    assert [(one.id, len(one.tasks)) for one in found] == [("PLANT", 1), ("TWO", 1)]


def test_a_record_without_a_project_belongs_to_the_one_that_it_stands_in(tmp_path):
    row = activity(1).replace("<ProjectObjectId>7</ProjectObjectId>", "")
    assert [task.id for task in only(tmp_path, project(row)).tasks] == ["A1"]


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        (project(activity(1, ActualStartDate="soon", Status="In Progress")), "RE809", "Activity.ActualStartDate"),
        (project(activity(1, RemainingDuration="long")), "RE808", "Activity.RemainingDuration"),
        (project(activity(1) + activity(1)), "RE811", "Activity.ObjectId"),
        (project(activity(1), calendar(days={"Moonday": DAY})), "RE837", "StandardWorkHours.DayOfWeek"),
        (project(activity(1), calendar(days={"Monday": shift("25:00:00", "26:00:00")})), "RE842", "WorkTime.Start"),
        (project(activity(1), calendar(days={"Monday": shift("12:00:00", "08:00:00")})), "RE842", "WorkTime"),
        (project(activity(1), calendar(days={"Monday": shift("", "12:00:00")})), "RE842", "WorkTime"),
    ],
)
def test_a_fault_is_told_with_its_place_and_the_names_of_the_file(tmp_path, text, code, path):
    with pytest.raises(ScenarioError) as refused:
        imported(tmp_path, text)
    found = [(issue.code, issue.path, issue.file) for issue in refused.value.issues]
    assert (code, path, "plan.xml") in found
    assert all(issue.line for issue in refused.value.issues)


def test_a_file_without_projects_or_activities_is_refused(tmp_path):
    for text in (project(""), "<APIBusinessObjects/>"):
        with pytest.raises(ScenarioError) as refused:
            imported(tmp_path, text)
        assert refused.value.issues[0].code == "RE807"


def test_start_and_finish_of_what_has_not_begun_stand_for_early_dates_that_are_missing(tmp_path):
    dates = {"StartDate": "2027-03-01T08:00:00", "FinishDate": "2027-03-05T17:00:00+02:00"}
    begun = {"Status": "In Progress", "ActualStartDate": "2027-02-01T08:00:00"}
    other = {"RemainingEarlyStartDate": "2027-03-08T08:00:00"}
    text = project(activity(1, **dates) + activity(2, **dates, **begun) + activity(3, **dates, **other))
    first, second, third = only(tmp_path, text).tasks
    assert (first.early_start, first.early_finish) == (datetime(2027, 3, 1, 8), datetime(2027, 3, 5, 17))
    assert (second.early_start, second.early_finish) == (None, None)
    assert third.early_start == datetime(2027, 3, 8, 8)
